#include "files.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <system_error>

namespace govctl::git {

namespace {

bool leaves_its_folder(std::string_view path) {
    auto padded = "/" + std::string(path) + "/";
    return padded.find("/../") != std::string::npos;
}

}  // namespace

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

Spot find_spot(const Fd& top, std::string_view path, Missing folders) {
    if (leaves_its_folder(path)) {
        errno = ELOOP;
        return {Fd(), {}};
    }
    Fd folder(fcntl(top.get(), F_DUPFD_CLOEXEC, 0));
    for (auto slash = path.find('/'); folder && slash != std::string_view::npos; slash = path.find('/')) {
        std::string name(path.substr(0, slash));
        if (folders == Missing::make) mkdirat(folder.get(), name.c_str(), 0777);  // most are there; opening tells
        folder = open_folder_in(folder, name);
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
    std::string bytes(static_cast<std::size_t>(status.st_size) + 1, '\0');  // one more: the end shows without growing
    for (std::size_t length = 0;;) {
        if (length == bytes.size()) bytes.resize(length + length / 2 + 4096);
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

namespace {

bool write_all(const Fd& file, std::string_view bytes) {
    while (!bytes.empty()) {
        ssize_t count = write(file.get(), bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

constexpr const char* temporary_name = ".govctl-new";

/// Writes the file under a name of ours, which a predecessor that was killed may have left.
bool write_beside(const Fd& folder, std::string_view bytes, mode_t mode) {
    unlinkat(folder.get(), temporary_name, 0);
    Fd file(openat(folder.get(), temporary_name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    return file && write_all(file, bytes);
}

}  // namespace

Result<struct stat> place_file(const Fd& top, const std::string& path, std::string_view bytes, bool executable) {
    auto spot = find_spot(top, path, Missing::make);
    if (!spot.folder || !write_beside(spot.folder, bytes, executable ? 0777 : 0666) ||
        renameat(spot.folder.get(), temporary_name, spot.folder.get(), spot.name.c_str()) != 0) {
        Error error = system_failure("cannot write '" + path + "'");
        if (spot.folder) unlinkat(spot.folder.get(), temporary_name, 0);
        return error;
    }
    auto status = status_at(spot.folder, spot.name);
    if (!status) return system_failure("cannot read '" + path + "'");
    return *status;
}

Result<void> remove_file(const Fd& top, const std::string& path) {
    auto spot = find_spot(top, path);
    if (!spot.folder) return {};
    if (unlinkat(spot.folder.get(), spot.name.c_str(), 0) != 0 && errno != ENOENT)
        return system_failure("cannot remove '" + path + "'");
    std::string folder = path;
    for (auto slash = folder.rfind('/'); slash != std::string::npos; slash = folder.rfind('/')) {
        folder.resize(slash);
        auto above = find_spot(top, folder);
        if (!above.folder || unlinkat(above.folder.get(), above.name.c_str(), AT_REMOVEDIR) != 0) break;  // not empty
    }
    return {};
}

std::optional<std::string> read_plain(const std::string& path) {
    auto slash = path.rfind('/');
    auto folder = open_folder(slash == std::string::npos ? "." : path.substr(0, slash + 1));
    if (!folder) return std::nullopt;
    auto bytes = read_file(*folder, path.substr(slash + 1), path);
    if (!bytes) return std::nullopt;
    return *std::move(bytes);
}

Result<std::optional<std::string>> read_if_there(const std::string& path) {
    if (auto bytes = read_plain(path)) return bytes;
    if (access(path.c_str(), F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)) return std::optional<std::string>();
    return Error{ErrorKind::environment, "cannot read '" + path + "'"};
}

Result<void> write_plain(const std::string& path, std::string_view bytes) {
    std::string temporary = path + ".new";
    Fd file(open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (!file || !write_all(file, bytes) || rename(temporary.c_str(), path.c_str()) != 0)
        return system_failure("cannot write '" + path + "'");
    return {};
}

}  // namespace govctl::git
