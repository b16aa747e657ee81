#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/base/selection.hpp"
#include "govctl/base/snapshot.hpp"
#include "opened.hpp"

namespace govctl::git {

constexpr unsigned folder_mode = 040000;

struct TreeEntry {
    unsigned mode = 0;
    std::string_view name;  ///< lies in the bytes of its Tree
    git_oid id{};

    bool is_folder() const { return mode == folder_mode; }
};

/// The order of git: by name, a folder as if its name ended in a slash. Whole paths come out sorted by it.
bool sorts_before(const TreeEntry& a, const TreeEntry& b);

/// One tree object, its entries in order, each name once.
struct Tree {
    OdbObjectHandle object;
    std::vector<TreeEntry> entries;
};

/// Reads a tree. Errors: `environment` where it is missing; `invalid` for one that git would not have made: out of
/// order, a name twice, a name that is no file's.
Result<Tree> read_tree(const Opened& opened, const git_oid& id);
/// As read_tree(), of trees that may be asked for again soon.
Result<std::shared_ptr<const Tree>> cached_tree(const Opened& opened, const git_oid& id);

/// The entry of this name; null when there is none.
const TreeEntry* find_entry(const Tree& tree, std::string_view name);

/// The entry at `path` below the tree `root`; none when there is none.
struct Found {
    unsigned mode = 0;
    git_oid id{};

    friend bool operator==(const Found& a, const Found& b) { return a.mode == b.mode && git_oid_equal(&a.id, &b.id); }
};
Result<std::optional<Found>> find_in_tree(const Opened& opened, const git_oid& root, std::string_view path);

FileMode file_mode(unsigned mode);
FileEntry file_entry(std::string path, unsigned mode, const git_oid& id);

/// Every file below `root`, sorted by path.
Result<std::vector<FileEntry>> list_tree(const Opened& opened, const git_oid& root);

/// The files below `root` that are meant, sorted by path; `prefix` is where it lies, with a slash at its end.
Result<std::vector<FileEntry>> select_in_tree(const Opened& opened, const git_oid& root, const std::string& prefix,
                                              const Selection& wanted);

/// Called with a path and its entry on each side, null where it has none.
using Difference = std::function<void(const std::string& path, const TreeEntry* before, const TreeEntry* after)>;

/// Asked of each path that differs whether it is wanted; folders have a slash at the end.
using Wanted = std::function<bool(const std::string& path)>;

/// The files that differ between two trees, in order; subtrees with one id are not read, nor those that are not wanted.
/// Null: no tree.
Result<void> compare_trees(const Opened& opened, const git_oid* before, const git_oid* after, const Difference& visit,
                           const Wanted& wanted = {});

}  // namespace govctl::git
