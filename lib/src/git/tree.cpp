#include "tree.hpp"

#include <algorithm>
#include <cstring>

namespace govctl::git {

namespace {

// Bounds for trees made to be read without end.
constexpr int deepest = 256;
constexpr std::size_t most_files = 5'000'000;

constexpr std::size_t most_cached_entries = 500'000;

constexpr unsigned file_of_any_mode = GIT_FILEMODE_BLOB;

Error malformed(const git_oid& id, const std::string& why) {
    return {ErrorKind::invalid, "tree '" + hex(id) + "' is malformed: " + why};
}

bool is_known_mode(unsigned mode) {
    switch (mode) {
        case folder_mode:
        case GIT_FILEMODE_BLOB:
        case GIT_FILEMODE_BLOB_EXECUTABLE:
        case 0100664:  // git wrote these once
        case GIT_FILEMODE_LINK:
        case GIT_FILEMODE_COMMIT:
            return true;
        default:
            return false;
    }
}

bool is_usable_name(std::string_view name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos;
}

/// Takes `<mode> <name>\0<id>` from the front of `bytes`.
std::optional<TreeEntry> take_entry(std::string_view& bytes) {
    auto space = bytes.find(' ');
    auto end = bytes.find('\0');
    if (space == 0 || space > 6 || end == std::string_view::npos || end < space || bytes.size() - end <= GIT_OID_RAWSZ)
        return std::nullopt;
    TreeEntry entry;
    for (char digit : bytes.substr(0, space)) {
        if (digit < '0' || digit > '7') return std::nullopt;
        entry.mode = entry.mode * 8 + static_cast<unsigned>(digit - '0');
    }
    entry.name = bytes.substr(space + 1, end - space - 1);
    std::memcpy(entry.id.id, bytes.data() + end + 1, GIT_OID_RAWSZ);
    bytes.remove_prefix(end + 1 + GIT_OID_RAWSZ);
    return entry;
}

const TreeEntry* find_entry_as(const std::vector<TreeEntry>& entries, std::string_view name, bool as_folder) {
    TreeEntry wanted{as_folder ? folder_mode : file_of_any_mode, name, {}};
    auto at = std::lower_bound(entries.begin(), entries.end(), wanted, sorts_before);
    return at != entries.end() && at->name == name && at->is_folder() == as_folder ? &*at : nullptr;
}

/// A file and a folder of one name sort apart, but all between them begin with that name.
bool is_file_too(const std::vector<TreeEntry>& before, const TreeEntry& folder) {
    for (auto entry = before.rbegin(); entry != before.rend() && entry->name.starts_with(folder.name); ++entry)
        if (entry->name == folder.name) return true;
    return false;
}

/// Whether two entries stand side by side in the order of trees.
bool same_name(const TreeEntry& a, const TreeEntry& b) {
    return a.is_folder() == b.is_folder() && a.name == b.name;
}

class Comparison {
public:
    Comparison(const Opened& opened, const Difference& visit, const Wanted& wanted)
        : opened_(opened), visit_(visit), wanted_(wanted) {}

    Result<void> folders(const git_oid* old_id, const git_oid* new_id, int depth) {
        if (old_id != nullptr && new_id != nullptr && git_oid_equal(old_id, new_id)) return {};
        if (depth > deepest) return Error{ErrorKind::environment, "folders lie too deep at '" + path_ + "'"};
        GOVCTL_TRY(const auto old_tree, read(old_id));
        GOVCTL_TRY(const auto new_tree, read(new_id));
        auto a = old_tree->entries.begin(), a_end = old_tree->entries.end();
        auto b = new_tree->entries.begin(), b_end = new_tree->entries.end();
        while (a != a_end || b != b_end) {
            const bool both = a != a_end && b != b_end && same_name(*a, *b);
            const bool only_old = !both && (b == b_end || (a != a_end && sorts_before(*a, *b)));
            const bool only_new = !both && !only_old;
            GOVCTL_CHECK(entries(only_new ? nullptr : &*a++, only_old ? nullptr : &*b++, depth));
        }
        return {};
    }

private:
    Result<std::shared_ptr<const Tree>> read(const git_oid* id) {
        if (id == nullptr) return std::make_shared<const Tree>();
        return cached_tree(opened_, *id);
    }

    /// One name on both sides, a folder on both or on neither.
    Result<void> entries(const TreeEntry* a, const TreeEntry* b, int depth) {
        if (a != nullptr && b != nullptr && a->mode == b->mode && git_oid_equal(&a->id, &b->id)) return {};
        const TreeEntry& any = a != nullptr ? *a : *b;
        auto length = path_.size();
        path_ += any.name;
        if (any.is_folder()) path_ += '/';
        if (wanted_ && !wanted_(path_)) {
            path_.resize(length);
            return {};
        }
        if (any.is_folder()) {
            GOVCTL_CHECK(folders(a != nullptr ? &a->id : nullptr, b != nullptr ? &b->id : nullptr, depth + 1));
        } else {
            if (++count_ > most_files) return Error{ErrorKind::environment, "more files than govctl reads"};
            visit_(path_, a, b);
        }
        path_.resize(length);
        return {};
    }

    const Opened& opened_;
    const Difference& visit_;
    const Wanted& wanted_;
    std::string path_;
    std::size_t count_ = 0;
};

}  // namespace

bool sorts_before(const TreeEntry& a, const TreeEntry& b) {
    auto length = std::min(a.name.size(), b.name.size());
    if (int order = std::memcmp(a.name.data(), b.name.data(), length); order != 0) return order < 0;
    auto next = [length](const TreeEntry& entry) -> int {
        if (entry.name.size() > length) return static_cast<unsigned char>(entry.name[length]);
        return entry.is_folder() ? '/' : '\0';
    };
    return next(a) < next(b);
}

Result<Tree> read_tree(const Opened& opened, const git_oid& id) {
    auto object = read_object(opened, id, GIT_OBJECT_TREE);
    if (!object) return Error{ErrorKind::environment, object.error().message, object.error().hints};
    Tree tree{*std::move(object), {}};
    auto bytes = bytes_of(tree.object);
    tree.entries.reserve(bytes.size() / 32);
    while (!bytes.empty()) {
        auto entry = take_entry(bytes);
        if (!entry) return malformed(id, "an entry ends too soon");
        if (!is_known_mode(entry->mode) || !is_usable_name(entry->name))
            return malformed(id, "'" + std::string(entry->name) + "' is no file and no folder");
        if (!tree.entries.empty() && !sorts_before(tree.entries.back(), *entry))
            return malformed(id, "'" + std::string(entry->name) + "' comes twice or out of order");
        if (entry->is_folder() && is_file_too(tree.entries, *entry))
            return malformed(id, "'" + std::string(entry->name) + "' is a file and a folder");
        tree.entries.push_back(*entry);
    }
    return tree;
}

Result<std::shared_ptr<const Tree>> cached_tree(const Opened& opened, const git_oid& id) {
    auto& [trees, entries] = opened.cache;
    if (auto known = trees.find(id); known != trees.end()) return known->second;
    GOVCTL_TRY(Tree read, read_tree(opened, id));
    auto tree = std::make_shared<const Tree>(std::move(read));
    if (entries > most_cached_entries) {
        trees.clear();
        entries = 0;
    }
    entries += tree->entries.size();
    trees.emplace(id, tree);
    return tree;
}

const TreeEntry* find_entry(const Tree& tree, std::string_view name) {
    const TreeEntry* file = find_entry_as(tree.entries, name, false);
    return file != nullptr ? file : find_entry_as(tree.entries, name, true);
}

Result<std::optional<Found>> find_in_tree(const Opened& opened, const git_oid& root, std::string_view path) {
    Found at{folder_mode, root};
    while (!path.empty()) {
        if (at.mode != folder_mode) return std::optional<Found>();
        auto name = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(path.size(), name.size() + 1));
        GOVCTL_TRY(const auto tree, cached_tree(opened, at.id));
        const TreeEntry* entry = find_entry(*tree, name);
        if (entry == nullptr) return std::optional<Found>();
        at = {entry->mode, entry->id};
    }
    return std::optional(at);
}

FileMode file_mode(unsigned mode) {
    switch (mode) {
        case GIT_FILEMODE_BLOB_EXECUTABLE:
            return FileMode::executable;
        case GIT_FILEMODE_LINK:
            return FileMode::symlink;
        case GIT_FILEMODE_COMMIT:
            return FileMode::submodule;
        default:
            return FileMode::file;
    }
}

FileEntry file_entry(std::string path, unsigned mode, const git_oid& id) {
    return {std::move(path), hex(id), file_mode(mode)};
}

Result<std::vector<FileEntry>> list_tree(const Opened& opened, const git_oid& root) {
    std::vector<FileEntry> files;
    GOVCTL_CHECK(
        compare_trees(opened, nullptr, &root, [&](const std::string& path, const TreeEntry*, const TreeEntry* entry) {
            files.push_back(file_entry(path, entry->mode, entry->id));
        }));
    return files;
}

namespace {

/// Goes through all folders, and makes a path of what is meant only.
class Selecting {
public:
    Selecting(const Opened& opened, const std::string& prefix, const Selection& wanted)
        : opened_(opened), wanted_(wanted), path_(prefix) {}

    Result<void> folder(const git_oid& id, int depth) {
        if (depth > deepest) return Error{ErrorKind::environment, "folders lie too deep at '" + path_ + "'"};
        GOVCTL_TRY(const Tree tree, read_tree(opened_, id));
        for (const TreeEntry& entry : tree.entries) {
            if (!entry.is_folder() && !wanted_.has_name(entry.name)) continue;
            const auto length = path_.size();
            path_ += entry.name;
            if (entry.is_folder()) {
                path_ += '/';
                GOVCTL_CHECK(folder(entry.id, depth + 1));
            } else {
                found_.push_back(file_entry(path_, entry.mode, entry.id));
            }
            path_.resize(length);
        }
        return {};
    }

    std::vector<FileEntry> take() && { return std::move(found_); }

private:
    const Opened& opened_;
    const Selection& wanted_;
    std::string path_;
    std::vector<FileEntry> found_;
};

}  // namespace

Result<std::vector<FileEntry>> select_in_tree(const Opened& opened, const git_oid& root, const std::string& prefix,
                                              const Selection& wanted) {
    Selecting selecting(opened, prefix, wanted);
    GOVCTL_CHECK(selecting.folder(root, 0));
    return std::move(selecting).take();
}

Result<void> compare_trees(const Opened& opened, const git_oid* before, const git_oid* after, const Difference& visit,
                           const Wanted& wanted) {
    return Comparison(opened, visit, wanted).folders(before, after, 0);
}

}  // namespace govctl::git
