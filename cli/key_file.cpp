#include "key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "govctl/base/text.hpp"

namespace govctl::cli {
namespace {

namespace fs = std::filesystem;

bool lies_below(const fs::path& file, const std::string& folder) {
    if (folder.empty()) return false;
    std::error_code ignored;
    const fs::path top = fs::weakly_canonical(folder, ignored);
    const fs::path inside = fs::weakly_canonical(fs::absolute(file, ignored), ignored).lexically_relative(top);
    return !inside.empty() && *inside.begin() != "..";
}

}  // namespace

Result<void> write_key(const app::Workspace& workspace, const std::string& file, const std::string& secret) {
    const git::Repository& repository = workspace.repository();
    if (lies_below(file, repository.work_tree()) || lies_below(file, repository.git_folder()))
        return Error{ErrorKind::usage,
                     "\"" + file + "\" lies in the repository, where everybody would have the key",
                     {"name a file elsewhere, as ~/steering-2026.key"}};
    const int out = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (out < 0)
        return Error{ErrorKind::blocked,
                     "cannot make the key file \"" + file + "\"",
                     {"it must not be there already, and its folder must be"}};
    const std::string line = secret + "\n";
    const bool written = write(out, line.data(), line.size()) == static_cast<ssize_t>(line.size()) && fsync(out) == 0;
    if (close(out) != 0 || !written) return Error{ErrorKind::environment, "cannot write the key file \"" + file + "\""};
    return {};
}

Result<std::string> read_key(const std::string& file) {
    std::ifstream in(file);
    std::string key;
    if (!in || !std::getline(in, key)) return Error{ErrorKind::not_found, "cannot read the key file \"" + file + "\""};
    return trim(key);
}

}  // namespace govctl::cli
