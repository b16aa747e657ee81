#include "commit.hpp"
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

class TreeSnapshot : public Blobs {
public:
    TreeSnapshot(std::shared_ptr<const Opened> opened, git_oid root) : Blobs(std::move(opened)), root_(root) {}

    Result<std::vector<FileEntry>> list() const override { return list_tree(*opened_, root_); }

    Result<std::string> read(const std::string& path) const override {
        auto slash = path.rfind('/');
        GOVCTL_TRY(const Tree* folder, folder_at(slash == path.npos ? "" : path.substr(0, slash)));
        const TreeEntry* entry = folder != nullptr ? find_entry(*folder, path.substr(slash + 1)) : nullptr;
        if (entry == nullptr || entry->is_folder() || entry->mode == GIT_FILEMODE_COMMIT) return no_file(path);
        return Blobs::read_blob(entry->id);
    }

private:
    /// Kept: a folder may hold ten thousand files, read one after the other. Null: none at this path.
    Result<const Tree*> folder_at(const std::string& path) const {
        auto known = folders_.find(path);
        if (known != folders_.end()) return &known->second;
        GOVCTL_TRY(auto found, find_in_tree(*opened_, root_, path));
        if (!found || found->mode != folder_mode) return static_cast<const Tree*>(nullptr);
        GOVCTL_TRY(Tree tree, read_tree(*opened_, found->id));
        return &folders_.emplace(path, std::move(tree)).first->second;
    }

    git_oid root_;
    mutable std::map<std::string, Tree> folders_;
};

class IndexSnapshot : public Blobs {
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

private:
    IndexFile index_;
};

/// Its blobs are not in the repository until someone adds them, so list() keeps where each was seen.
class WorkSnapshot : public Blobs {
public:
    using Blobs::Blobs;

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

private:
    mutable std::map<std::string, std::string> path_of_hashed_;
};

}  // namespace

Result<std::shared_ptr<const Snapshot>> Repository::tree_of(const Oid& commit) const {
    GOVCTL_TRY(auto root, tree_of_commit(*state_->opened, commit));
    return std::shared_ptr<const Snapshot>(std::make_shared<TreeSnapshot>(state_->opened, *root));
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
