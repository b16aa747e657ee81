# Defines the target `libgit2`. Linked statically and without its network parts where that can be had: a program that
# starts in 1 ms instead of 10 (lib/src/git/no_network.c says why), and needs no more than libc for it.
include(CheckCSourceCompiles)

function(govctl_static_libgit2)
  set(archives)
  foreach(name git2 mbedcrypto http_parser pcre2-8 z)
    find_library(GOVCTL_STATIC_${name} lib${name}.a)
    mark_as_advanced(GOVCTL_STATIC_${name})
    if(GOVCTL_STATIC_${name})
      list(APPEND archives ${GOVCTL_STATIC_${name}})
    elseif(name STREQUAL git2)
      return()
    endif()
  endforeach()

  # The archive may have been built with other libraries than these: only linking tells.
  set(stubs ${PROJECT_SOURCE_DIR}/lib/src/git/no_network.c)
  set(CMAKE_REQUIRED_LIBRARIES ${archives})
  set(CMAKE_REQUIRED_QUIET ON)
  check_c_source_compiles("
    #include \"${stubs}\"
    #include <git2.h>
    int main(void) { git_repository *repository; return git_repository_open(&repository, \".\"); }"
    GOVCTL_LIBGIT2_LINKS_STATICALLY)
  if(NOT GOVCTL_LIBGIT2_LINKS_STATICALLY)
    return()
  endif()

  add_library(govctl_no_network OBJECT ${stubs})
  add_library(libgit2 INTERFACE)
  target_link_libraries(libgit2 INTERFACE $<TARGET_OBJECTS:govctl_no_network> ${archives})
endfunction()

if(GOVCTL_STATIC_LIBGIT2)
  govctl_static_libgit2()
endif()
if(TARGET libgit2)
  message(STATUS "libgit2: static, without its network parts")
else()
  message(STATUS "libgit2: shared")
  pkg_check_modules(LIBGIT2 REQUIRED IMPORTED_TARGET libgit2>=1.5)
  add_library(libgit2 INTERFACE)
  target_link_libraries(libgit2 INTERFACE PkgConfig::LIBGIT2)
endif()
