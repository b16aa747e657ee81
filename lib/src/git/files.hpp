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
enum class Missing { leave, make };
Spot find_spot(const Fd& top, std::string_view path, Missing folders = Missing::leave);

/// What lies at a spot, links not followed.
std::optional<struct stat> status_at(const Fd& folder, const std::string& name);

/// The bytes of a file, or the text of a link. Messages call it `path`.
Result<std::string> read_file(const Fd& folder, const std::string& name, const std::string& path);
Result<std::string> read_link(const Fd& folder, const std::string& name, const std::string& path);

/// Puts a whole file in place at once, making the folders to it, and says how it lies there.
Result<struct stat> place_file(const Fd& top, const std::string& path, std::string_view bytes, bool executable);

/// Removes a file and the folders that it leaves empty. One that is not there is no error.
Result<void> remove_file(const Fd& top, const std::string& path);

/// A file outside of work trees: its bytes, none where there is none; and a new one in its place.
std::optional<std::string> read_plain(const std::string& path);
/// As read_plain(), for what must be known: one that is there and cannot be read is an error.
Result<std::optional<std::string>> read_if_there(const std::string& path);
Result<void> write_plain(const std::string& path, std::string_view bytes);

}  // namespace govctl::git
