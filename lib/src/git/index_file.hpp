#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/base/snapshot.hpp"
#include "opened.hpp"

namespace govctl::git {

/// One line of the index.
struct IndexEntry {
    std::string_view path;
    git_oid id{};
    std::uint32_t mode = 0;
    int stage = 0;                 ///< more than 0 in a conflict
    bool intent_to_add = false;    ///< a promise made by `git add --intent-to-add`: nothing is staged yet
    bool skip_work_tree = false;   ///< outside of a sparse checkout
    std::uint32_t change_time[2];  ///< of the inode: seconds and nanoseconds
    std::uint32_t write_time[2];
    std::uint32_t inode = 0;
    std::uint32_t size = 0;
};

/// The tree that a folder of the index would make, where git has noted it. Notes come a folder before those inside it.
struct CachedTree {
    std::string_view name;
    int entries = -1;  ///< of the index, folders inside included; less than 0: something was staged since
    int folders = 0;   ///< notes on folders inside that follow
    git_oid id{};
};

/// The index as a file, read without libgit2, which hashes all of it at every opening and passes over what git noted of
/// trees. Versions 2 to 4.
class IndexFile {
public:
    /// Errors: `environment`: malformed, or split or sparse, which neither this nor libgit2 reads.
    static Result<IndexFile> read(const std::string& path);

    const std::vector<IndexEntry>& entries() const { return entries_; }
    const std::vector<CachedTree>& trees() const { return trees_; }
    std::int64_t written() const { return written_; }  ///< seconds since 1970

    /// The first entry at `path` or after it.
    std::vector<IndexEntry>::const_iterator at_or_after(std::string_view path) const;
    /// The entry at `path`; null when there is none.
    const IndexEntry* find(std::string_view path) const;

    /// What is staged, sorted by path. Errors: `blocked` while a merge has conflicts.
    Result<std::vector<FileEntry>> list() const;
    Result<void> has_no_conflicts() const;

private:
    friend class IndexReader;

    std::string bytes_;               ///< too long to move when the object does: entries look into it
    std::deque<std::string> joined_;  ///< paths of version 4, which shares their beginnings
    std::vector<IndexEntry> entries_;
    std::vector<CachedTree> trees_;
    std::int64_t written_ = 0;
};

}  // namespace govctl::git
