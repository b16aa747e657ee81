#include "files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <system_error>

namespace govctl::git {

Fd::~Fd() {
    if (number_ >= 0) close(number_);
}

Error system_failure(std::string what) {
    return {ErrorKind::environment, std::move(what) + ": " + std::generic_category().message(errno)};
}

Result<Fd> open_folder(const std::string& path) {
    Fd folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder) return system_failure("cannot open folder '" + path + "'");
    return folder;
}

Fd open_folder_in(const Fd& folder, const std::string& name) {
    return Fd(openat(folder.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
}

Spot find_spot(const Fd& top, std::string_view path) {
    Fd folder(fcntl(top.get(), F_DUPFD_CLOEXEC, 0));
    for (auto slash = path.find('/'); folder && slash != std::string_view::npos; slash = path.find('/')) {
        folder = open_folder_in(folder, std::string(path.substr(0, slash)));
        path.remove_prefix(slash + 1);
    }
    return {std::move(folder), std::string(path)};
}

std::optional<struct stat> status_at(const Fd& folder, const std::string& name) {
    struct stat status {};
    if (fstatat(folder.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) return std::nullopt;
    return status;
}

Result<std::string> read_file(const Fd& folder, const std::string& name, const std::string& path) {
    // O_NONBLOCK: should it have become a pipe since it was looked at.
    Fd file(openat(folder.get(), name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status {};
    if (!file || fstat(file.get(), &status) != 0) return system_failure("cannot open '" + path + "'");
    if (!S_ISREG(status.st_mode)) return Error{ErrorKind::environment, "'" + path + "' is not a file"};
    std::string bytes;
    for (std::size_t length = 0;;) {
        bytes.resize(std::max(length + 4096, static_cast<std::size_t>(status.st_size) + 1));
        ssize_t count = ::read(file.get(), bytes.data() + length, bytes.size() - length);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return system_failure("cannot read '" + path + "'");
        length += static_cast<std::size_t>(count);
        if (count == 0) {
            bytes.resize(length);
            return bytes;
        }
    }
}

Result<std::string> read_link(const Fd& folder, const std::string& name, const std::string& path) {
    std::string text(PATH_MAX, '\0');
    ssize_t length = readlinkat(folder.get(), name.c_str(), text.data(), text.size());
    if (length < 0) return system_failure("cannot read link '" + path + "'");
    text.resize(static_cast<std::size_t>(length));
    return text;
}

}  // namespace govctl::git
