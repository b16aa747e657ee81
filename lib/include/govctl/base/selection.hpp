#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/base/result.hpp"
#include "govctl/base/snapshot.hpp"

namespace govctl {

/// Which files are meant: those of a name.
struct Selection {
    std::vector<std::string> names;      ///< `OWNERS`
    std::vector<std::string> endings{};  ///< of names: `.md`
    std::string below{};                 ///< a folder with a slash at its end; empty: anywhere

    bool has(std::string_view path) const;
    bool has_name(std::string_view name) const;  ///< of a file, wherever it lies
};

/// A snapshot that finds some files without listing all. Asked through the functions below.
class Selective {
public:
    virtual ~Selective() = default;
    virtual Result<std::vector<FileEntry>> select(const Selection& wanted) const = 0;
    virtual Result<std::optional<std::string>> read_plain(const std::string& path) const = 0;
};

/// The files of a snapshot that are meant, sorted by path; links and submodules too. Of a work tree, tracked or not:
/// below a folder all that lies there; files of a name wherever something tracked lies in their folder. Their ids are
/// empty.
Result<std::vector<FileEntry>> select(const Snapshot& snapshot, const Selection& wanted);

/// The bytes of a file; none: nothing is there, or a link.
Result<std::optional<std::string>> read_plain(const Snapshot& snapshot, const std::string& path);

}  // namespace govctl
