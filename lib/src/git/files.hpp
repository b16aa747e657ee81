#pragma once

#include <sys/stat.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "govctl/base/result.hpp"

/// Files of a work tree, reached from its top one folder at a time, so that no symbolic link leads out of it.
namespace govctl::git {

/// A file descriptor that closes itself.
class Fd {
public:
    explicit Fd(int number = -1) : number_(number) {}
    Fd(Fd&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Fd& operator=(Fd&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Fd();

    int get() const { return number_; }
    explicit operator bool() const { return number_ >= 0; }

private:
    int number_;
};

/// `what`, and what the system says of errno.
Error system_failure(std::string what);

Result<Fd> open_folder(const std::string& path);
/// A folder in a folder; false with errno set where there is none, or a link.
Fd open_folder_in(const Fd& folder, const std::string& name);

/// The folder that `path` (from `top`) lies in, and the name there. No folder: errno says why.
struct Spot {
    Fd folder;
    std::string name;
};
Spot find_spot(const Fd& top, std::string_view path);

/// What lies at a spot, links not followed.
std::optional<struct stat> status_at(const Fd& folder, const std::string& name);

/// The bytes of a file, or the text of a link. Messages call it `path`.
Result<std::string> read_file(const Fd& folder, const std::string& name, const std::string& path);
Result<std::string> read_link(const Fd& folder, const std::string& name, const std::string& path);

}  // namespace govctl::git
