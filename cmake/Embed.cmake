# Files carried inside the program, so that one binary is all that is needed.
#
#   govctl_embed(<target> <name> <folder> <pattern>...)
#
# compiles the files of <folder> that match into <target> as `std::span<const EmbeddedFile> govctl::embedded::<name>()`
# (govctl/base/embedded.hpp), each by its path in <folder>, in order of path. Declare that function where it is used.
# A changed, new or removed file is picked up by the next build.

set(GOVCTL_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})

function(govctl_embed target name folder)
  list(TRANSFORM ARGN PREPEND ${folder}/ OUTPUT_VARIABLE patterns)
  file(GLOB files CONFIGURE_DEPENDS RELATIVE ${folder} ${patterns})
  list(SORT files)
  list(TRANSFORM files PREPEND ${folder}/ OUTPUT_VARIABLE paths)
  set(output ${PROJECT_BINARY_DIR}/embedded/${name}.cpp)
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D NAME=${name} -D FOLDER=${folder} "-DFILES=${files}" -D OUTPUT=${output}
            -P ${GOVCTL_EMBED_SCRIPT}
    DEPENDS ${paths} ${GOVCTL_EMBED_SCRIPT}
    COMMENT "Embedding ${name}"
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()

if(NOT CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
  return()
endif()

# ---- as a script: writes the source file ----------------------------------------------------------------------------

list(LENGTH FILES count)
set(entries "")
foreach(file IN LISTS FILES)
  file(READ ${FOLDER}/${file} bytes)
  string(APPEND entries "    {\"${file}\", R\"embedded(${bytes})embedded\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include <array>
#include <span>

#include \"govctl/base/embedded.hpp\"

namespace govctl::embedded {

std::span<const EmbeddedFile> ${NAME}();

static constexpr std::array<EmbeddedFile, ${count}> files{{
${entries}}};

std::span<const EmbeddedFile> ${NAME}() { return files; }

}  // namespace govctl::embedded
")
