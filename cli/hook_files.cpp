#include "hook_files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

namespace govctl::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* marker = "# Written by `govctl hook install`";

bool is_there(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(fs::symlink_status(path, ignored));
}

fs::path before(const fs::path& path) {
    return path.string() + ".before-govctl";
}

bool is_ours(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string line;
    std::getline(file, line);
    return std::getline(file, line) && line.starts_with(marker);
}

/// Hooks that git tells about refs on their standard input.
bool reads_input(const std::string& name) {
    return name == "pre-push" || name == "pre-receive";
}

std::string script(const std::string& name, bool chained) {
    std::string text = fmt::format("#!/bin/sh\n{}; `govctl hook uninstall {}` takes it away.\n", marker, name);
    if (!chained) return text + fmt::format("exec govctl hook run {} \"$@\"\n", name);
    text += "# The hook that was here before runs first.\n";
    if (!reads_input(name))
        return text + fmt::format("\"$0.before-govctl\" \"$@\" || exit\nexec govctl hook run {} \"$@\"\n", name);
    return text + fmt::format(
                      "input=$(cat)\nsay() {{ [ -z \"$input\" ] || printf '%s\\n' \"$input\"; }}\n"
                      "say | \"$0.before-govctl\" \"$@\" || exit\nsay | govctl hook run {} \"$@\"\n",
                      name);
}

Error cannot(const std::string& what, const fs::path& path, const std::error_code& why) {
    return {ErrorKind::environment, fmt::format("cannot {} \"{}\": {}", what, path.string(), why.message())};
}

Result<void> write_script(const fs::path& path, const std::string& text) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file) return cannot("write", path, std::make_error_code(std::errc::io_error));
    std::error_code error;
    const auto executable = fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec;
    fs::permissions(path, executable, fs::perm_options::add, error);
    if (error) return cannot("make executable", path, error);
    return {};
}

}  // namespace

fs::path hooks_folder(const git::Repository& repository, const Environment& environment) {
    const auto configured = repository.config("core.hooksPath");
    if (!configured || configured->empty()) return fs::path(repository.git_folder()) / "hooks";
    if (configured->starts_with("~/"))
        return fs::path(environment.variable("HOME").value_or("/")) / configured->substr(2);
    return fs::path(repository.work_tree().empty() ? repository.git_folder() : repository.work_tree()) / *configured;
}

bool has_hook(const fs::path& folder, const std::string& name) {
    return is_ours(folder / name);
}

Result<void> install_hook(const fs::path& folder, const std::string& name) {
    const fs::path path = folder / name;
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return cannot("make", folder, error);
    if (is_there(path) && !is_ours(path)) {
        if (is_there(before(path)))
            return Error{ErrorKind::blocked,
                         fmt::format("both \"{}\" and \"{}\" are there already", path.string(), before(path).string()),
                         {"remove the one that is not needed"}};
        fs::rename(path, before(path), error);
        if (error) return cannot("keep", path, error);
    }
    return write_script(path, script(name, is_there(before(path))));
}

Result<void> uninstall_hook(const fs::path& folder, const std::string& name) {
    const fs::path path = folder / name;
    if (!is_there(path)) return Error{ErrorKind::not_found, fmt::format("no {} hook is installed", name)};
    if (!is_ours(path))
        return Error{ErrorKind::blocked,
                     fmt::format("\"{}\" is not govctl's own", path.string()),
                     {fmt::format("take the line `govctl hook run {}` out of it", name)}};
    std::error_code error;
    if (is_there(before(path))) {
        fs::rename(before(path), path, error);
    } else {
        fs::remove(path, error);
    }
    if (error) return cannot("remove", path, error);
    return {};
}

}  // namespace govctl::cli
