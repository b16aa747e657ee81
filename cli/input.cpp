#include "input.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace govctl::cli {
namespace {

Error cannot_read(const std::string& path) {
    const std::string what = path == "-" ? "the standard input" : fmt::format("\"{}\"", path);
    return {ErrorKind::environment, fmt::format("cannot read {}: {}", what, std::strerror(errno))};
}

/// Closes what it opened.
class File {
public:
    explicit File(const std::string& path)
        : opened_(path != "-"), handle_(opened_ ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : STDIN_FILENO) {}
    ~File() {
        if (opened_ && handle_ >= 0) ::close(handle_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    int handle() const { return handle_; }

private:
    bool opened_;
    int handle_;
};

std::size_t expected_size(int handle) {
    struct stat status {};
    return ::fstat(handle, &status) == 0 && S_ISREG(status.st_mode) ? static_cast<std::size_t>(status.st_size) : 0;
}

}  // namespace

Result<std::string> read_input(const std::string& path) {
    const File file(path);
    if (file.handle() < 0) return cannot_read(path);
    constexpr std::size_t least_room = 1 << 16;
    std::string bytes(expected_size(file.handle()) + 1, '\0');
    for (std::size_t size = 0;;) {
        if (size == bytes.size()) bytes.resize(size + std::max(size / 2, least_room));
        const ssize_t got = ::read(file.handle(), bytes.data() + size, bytes.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return cannot_read(path);
        if (got == 0) {
            bytes.resize(size);
            return bytes;
        }
        size += static_cast<std::size_t>(got);
    }
}

}  // namespace govctl::cli
