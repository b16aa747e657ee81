#include "verified.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace govctl::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t longest_file = 4096;

/// None: the user has no home.
std::optional<fs::path> folder(const Environment& environment) {
    if (const auto state = environment.variable("XDG_STATE_HOME"); state && fs::path(*state).is_absolute())
        return fs::path(*state) / "govctl/verified";
    if (const auto home = environment.variable("HOME")) return fs::path(*home) / ".local/state/govctl/verified";
    return std::nullopt;
}

std::optional<app::Verified> read(const fs::directory_entry& entry) {
    std::error_code failed;
    if (!entry.is_regular_file(failed) || failed || entry.file_size(failed) > longest_file || failed)
        return std::nullopt;
    std::ifstream file(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return app::verified_from(text.str());
}

Error cannot_write(const fs::path& path) {
    return {ErrorKind::environment, "cannot write \"" + path.string() + "\""};
}

}  // namespace

std::vector<app::Verified> remembered(const Environment& environment) {
    std::vector<app::Verified> all;
    const auto place = folder(environment);
    if (!place) return all;
    std::error_code failed;
    for (fs::directory_iterator entry(*place, failed), end; !failed && entry != end; entry.increment(failed))
        if (auto verified = read(*entry)) all.push_back(*std::move(verified));
    return all;
}

Result<void> remember(const Environment& environment, const app::Verified& verified) {
    const auto place = folder(environment);
    if (!place) return Error{ErrorKind::environment, "there is no home folder to remember this audit in"};
    std::error_code failed;
    fs::create_directories(*place, failed);
    const fs::path path = *place / verified.genesis;
    const fs::path draft = path.string() + "." + std::to_string(::getpid());
    std::ofstream file(draft, std::ios::binary | std::ios::trunc);
    file << app::to_text(verified);
    file.close();
    if (!file) return cannot_write(path);
    fs::rename(draft, path, failed);
    return failed ? Result<void>(cannot_write(path)) : Result<void>();
}

}  // namespace govctl::cli
