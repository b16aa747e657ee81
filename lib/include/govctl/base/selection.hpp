#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/base/result.hpp"
#include "govctl/base/snapshot.hpp"

namespace govctl {

/// Which files are meant: those of a name, wherever they lie.
struct Selection {
    std::vector<std::string> names;      ///< `OWNERS`
    std::vector<std::string> endings{};  ///< of names: `.md`

    bool has(std::string_view path) const;
};

/// A snapshot that finds some files without listing all. Asked through the functions below.
class Selective {
public:
    virtual ~Selective() = default;
    virtual Result<std::vector<FileEntry>> select(const Selection& wanted) const = 0;
    virtual Result<std::optional<std::string>> read_plain(const std::string& path) const = 0;
};

/// The files of a snapshot that are meant, sorted by path; links and submodules too.
Result<std::vector<FileEntry>> select(const Snapshot& snapshot, const Selection& wanted);

/// The bytes of a file; none: nothing is there, or a link.
Result<std::optional<std::string>> read_plain(const Snapshot& snapshot, const std::string& path);

}  // namespace govctl
