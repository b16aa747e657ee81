#include "editing.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "govctl/base/text.hpp"
#include "process.hpp"

namespace govctl::cli {
namespace {

Result<void> write_file(const std::string& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.flush();
    if (file) return {};
    return Error{ErrorKind::environment, fmt::format("cannot write \"{}\"", path)};
}

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (file) return text.str();
    return Error{ErrorKind::environment, fmt::format("cannot read \"{}\"", path)};
}

}  // namespace

bool can_edit(const Environment& environment) {
    return (environment.input_is_terminal() && environment.output_is_terminal()) ||
           environment.variable("GIT_EDITOR") || environment.variable("VISUAL") || environment.variable("EDITOR");
}

Result<std::string> edited(const git::Repository& repository, const std::string& text) {
    const auto editor = git_variable("GIT_EDITOR");
    if (!editor) return Error{ErrorKind::environment, "git knows no editor", {"set EDITOR, or use --no-edit"}};
    const std::string path = repository.git_folder() + "GOVCTL_EDIT.md";
    GOVCTL_CHECK(write_file(path, text));
    if (edit(*editor, path) != 0) {
        return Error{ErrorKind::environment,
                     fmt::format("the editor \"{}\" failed; nothing was committed", *editor),
                     {fmt::format("what you wrote is in \"{}\"", path)}};
    }
    GOVCTL_TRY(std::string result, read_file(path));
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    if (trim(result).empty()) return Error{ErrorKind::invalid, "the text is empty; nothing was committed"};
    return result;
}

}  // namespace govctl::cli
