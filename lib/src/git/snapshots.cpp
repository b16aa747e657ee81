#include <unordered_map>

#include "commit.hpp"
#include "govctl/base/selection.hpp"
#include "index.hpp"
#include "index_file.hpp"
#include "state.hpp"
#include "tree.hpp"
#include "work_files.hpp"

namespace govctl::git {

namespace {

Error no_file(const std::string& path) {
    return {ErrorKind::not_found, "no file '" + path + "'"};
}

/// As much as any system takes.
constexpr std::size_t longest_path = 4096;

/// What all states share: blobs by their id.
class Blobs : public Snapshot {
public:
    explicit Blobs(std::shared_ptr<const Opened> opened) : opened_(std::move(opened)) {}

    Result<std::vector<FileEntry>> list() const override { return std::vector<FileEntry>(); }
    Result<std::string> read(const std::string& path) const override { return no_file(path); }
    Result<std::string> read_blob(const std::string& id) const override {
        GOVCTL_TRY(git_oid oid, parse_oid(id));
        return read_blob(oid);
    }

protected:
    Result<std::string> read_blob(const git_oid& id) const {
        GOVCTL_TRY(OdbObjectHandle object, read_object(*opened_, id, GIT_OBJECT_BLOB));
        return std::string(bytes_of(object));
    }

    std::shared_ptr<const Opened> opened_;
};

bool is_plain(unsigned mode) {
    return file_mode(mode) == FileMode::file || file_mode(mode) == FileMode::executable;
}

class TreeSnapshot : public Blobs, public Selective {
public:
    TreeSnapshot(std::shared_ptr<const Opened> opened, git_oid root) : Blobs(std::move(opened)), root_(root) {}

    Result<std::vector<FileEntry>> list() const override { return list_tree(*opened_, root_); }

    Result<std::string> read(const std::string& path) const override {
        GOVCTL_TRY(const TreeEntry* entry, entry_at(path));
        if (entry == nullptr || entry->is_folder() || entry->mode == GIT_FILEMODE_COMMIT) return no_file(path);
        return Blobs::read_blob(entry->id);
    }

    Result<std::vector<FileEntry>> select(const Selection& wanted) const override {
        if (wanted.below.empty()) return select_in_tree(*opened_, root_, {}, wanted);
        GOVCTL_TRY(const TreeEntry* folder, entry_at(wanted.below.substr(0, wanted.below.size() - 1)));
        if (folder == nullptr || !folder->is_folder()) return std::vector<FileEntry>();
        return select_in_tree(*opened_, folder->id, wanted.below, wanted);
    }

    Result<std::optional<std::string>> read_plain(const std::string& path) const override {
        GOVCTL_TRY(const TreeEntry* entry, entry_at(path));
        if (entry == nullptr || entry->is_folder() || !is_plain(entry->mode)) return std::optional<std::string>();
        GOVCTL_TRY(std::string bytes, Blobs::read_blob(entry->id));
        return std::optional(std::move(bytes));
    }

private:
    Result<const TreeEntry*> entry_at(const std::string& path) const {
        if (path.size() > longest_path) return static_cast<const TreeEntry*>(nullptr);
        auto slash = path.rfind('/');
        GOVCTL_TRY(const Tree* folder, folder_at(slash == path.npos ? "" : path.substr(0, slash)));
        return folder != nullptr ? find_entry(*folder, std::string_view(path).substr(slash + 1)) : nullptr;
    }

    /// Kept, with those above it: questions come about many files of a folder, one after the other. Null: none at this
    /// path.
    Result<const Tree*> folder_at(const std::string& path) const {
        auto known = folders_.find(path);
        if (known != folders_.end()) return known->second.get();
        std::shared_ptr<const Tree> tree;
        if (path.empty()) {
            GOVCTL_TRY(tree, cached_tree(*opened_, root_));
        } else {
            GOVCTL_TRY(const TreeEntry* entry, entry_at(path));
            if (entry != nullptr && entry->is_folder()) {
                GOVCTL_TRY(tree, cached_tree(*opened_, entry->id));
            }
        }
        return folders_.emplace(path, std::move(tree)).first->second.get();
    }

    git_oid root_;
    mutable std::unordered_map<std::string, std::shared_ptr<const Tree>> folders_;
};

class IndexSnapshot : public Blobs, public Selective {
public:
    IndexSnapshot(std::shared_ptr<const Opened> opened, IndexFile index)
        : Blobs(std::move(opened)), index_(std::move(index)) {}

    Result<std::vector<FileEntry>> list() const override { return index_.list(); }

    Result<std::string> read(const std::string& path) const override {
        const IndexEntry* entry = index_.find(path);
        const bool holds_bytes = entry != nullptr && !entry->intent_to_add && entry->mode != GIT_FILEMODE_COMMIT;
        if (!holds_bytes) return no_file(path);
        return Blobs::read_blob(entry->id);
    }

    Result<std::vector<FileEntry>> select(const Selection& wanted) const override {
        GOVCTL_CHECK(index_.has_no_conflicts());
        std::vector<FileEntry> files;
        for (auto entry = index_.at_or_after(wanted.below);
             entry != index_.entries().end() && entry->path.starts_with(wanted.below); ++entry)
            if (!entry->intent_to_add && wanted.has(entry->path))
                files.push_back(file_entry(std::string(entry->path), entry->mode, entry->id));
        return files;
    }

    Result<std::optional<std::string>> read_plain(const std::string& path) const override {
        const IndexEntry* entry = index_.find(path);
        if (entry == nullptr || entry->intent_to_add || !is_plain(entry->mode)) return std::optional<std::string>();
        GOVCTL_TRY(std::string bytes, Blobs::read_blob(entry->id));
        return std::optional(std::move(bytes));
    }

private:
    IndexFile index_;
};

/// Its blobs are not in the repository until someone adds them, so list() keeps where each was seen.
class WorkSnapshot : public Blobs, public Selective {
public:
    explicit WorkSnapshot(std::shared_ptr<const Opened> opened) : Blobs(std::move(opened)) {}

    Result<std::vector<FileEntry>> list() const override {
        GOVCTL_TRY(WorkFiles found, list_work_files(*opened_));
        path_of_hashed_ = std::move(found.path_of_hashed);
        return std::move(found.files);
    }

    Result<std::string> read(const std::string& path) const override {
        return read_work_file(opened_->work_tree(), path);
    }

    Result<std::string> read_blob(const std::string& id) const override {
        auto stored = Blobs::read_blob(id);
        auto seen = path_of_hashed_.find(id);
        if (stored || seen == path_of_hashed_.end()) return stored;
        return read(seen->second);
    }

    Result<std::vector<FileEntry>> select(const Selection& wanted) const override {
        if (!wanted.below.empty()) return find_work_files(opened_->work_tree(), wanted);
        if (wanted.endings.empty()) return find_in_tracked_folders(*opened_, wanted.names);
        GOVCTL_TRY(std::vector<FileEntry> files, list());
        std::erase_if(files, [&](const FileEntry& file) { return !wanted.has(file.path); });
        return files;
    }

    Result<std::optional<std::string>> read_plain(const std::string& path) const override {
        return read_plain_work_file(opened_->work_tree(), path);
    }

private:
    mutable std::map<std::string, std::string> path_of_hashed_;
};

}  // namespace

Result<std::shared_ptr<const Snapshot>> Repository::tree_of(const Oid& commit) const {
    GOVCTL_TRY(auto root, tree_of_commit(*state_->opened, commit));
    return std::shared_ptr<const Snapshot>(std::make_shared<TreeSnapshot>(state_->opened, *root));
}

Result<std::shared_ptr<const Snapshot>> Repository::snapshot_of_tree(const Oid& tree) const {
    GOVCTL_TRY(git_oid root, parse_oid(tree));
    return std::shared_ptr<const Snapshot>(std::make_shared<TreeSnapshot>(state_->opened, root));
}

Result<std::shared_ptr<const Snapshot>> Repository::index(const std::string& file) const {
    GOVCTL_TRY(IndexFile index, IndexFile::read(file.empty() ? index_path(*state_->opened) : file));
    return std::shared_ptr<const Snapshot>(std::make_shared<IndexSnapshot>(state_->opened, std::move(index)));
}

Result<std::shared_ptr<const Snapshot>> Repository::work_files() const {
    if (is_bare()) return Error{ErrorKind::environment, "a bare repository has no work tree"};
    return std::shared_ptr<const Snapshot>(std::make_shared<WorkSnapshot>(state_->opened));
}

std::shared_ptr<const Snapshot> Repository::nothing() const {
    return std::make_shared<Blobs>(state_->opened);
}

}  // namespace govctl::git
