#include <unordered_map>

#include "commit.hpp"
#include "index.hpp"
#include "index_file.hpp"
#include "state.hpp"
#include "tree.hpp"

namespace govctl::git {

namespace {

constexpr std::size_t longest_path = 4096;

/// Compares trees with the index, folder by folder, and passes over folders that the index notes to be the same.
class StagedChanges {
public:
    StagedChanges(const Opened& opened, const IndexFile& index)
        : opened_(opened), next_(index.entries().begin()), end_(index.entries().end()), trees_(index.trees()) {}

    /// Compares `tree` (null: none) with the entries from the next one on whose path begins with path_. `note` is what
    /// the index notes of this folder; null: nothing.
    Result<void> folder(const git_oid* tree, const CachedTree* note) {
        if (tree != nullptr && note != nullptr && note->entries >= 0 && git_oid_equal(&note->id, tree)) {
            next_ += std::min<std::ptrdiff_t>(note->entries, end_ - next_);
            return {};
        }
        if (path_.size() > longest_path)
            return Error{ErrorKind::environment, "folders lie too deep at '" + path_ + "'"};
        Tree committed;
        if (tree != nullptr) {
            GOVCTL_TRY(committed, read_tree(opened_, *tree));
        }
        const auto notes = notes_inside(note);
        const auto depth = path_.size();
        for (const auto& entry : committed.entries) {
            path_ += entry.name;
            if (entry.is_folder()) path_ += '/';
            added_while([&] { return next_->path < path_; });
            auto inside = notes.find(entry.name);
            GOVCTL_CHECK(entry.is_folder() ? folder(&entry.id, inside != notes.end() ? inside->second : nullptr)
                                           : file(entry));
            path_.resize(depth);
        }
        added_while([&] { return next_->path.starts_with(path_); });
        return {};
    }

    std::vector<PathChange> take() && { return std::move(changes_); }

private:
    Result<void> file(const TreeEntry& entry) {
        auto before = file_entry(path_, entry.mode, entry.id);
        const bool staged = next_ != end_ && next_->path == path_;
        const bool promised = staged && next_->intent_to_add;
        if (!staged || promised) {
            changes_.push_back({path_, std::move(before), std::nullopt});
        } else if (!git_oid_equal(&next_->id, &entry.id) || file_mode(next_->mode) != before.mode) {
            changes_.push_back({path_, std::move(before), file_entry(path_, next_->mode, next_->id)});
        }
        if (staged) ++next_;
        return {};
    }

    /// Entries that no tree has.
    template <class Condition>
    void added_while(const Condition& holds) {
        for (; next_ != end_ && holds(); ++next_)
            if (!next_->intent_to_add) {
                std::string path(next_->path);
                changes_.push_back({path, std::nullopt, file_entry(path, next_->mode, next_->id)});
            }
    }

    using Notes = std::unordered_map<std::string_view, const CachedTree*>;

    Notes notes_inside(const CachedTree* above) const {
        Notes notes;
        if (above == nullptr) return notes;
        const CachedTree* note = above + 1;
        for (int i = 0; i < above->folders && note < trees_.data() + trees_.size(); ++i, note = after(note))
            notes.emplace(note->name, note);
        return notes;
    }

    /// The note that follows `note` and all those inside it.
    const CachedTree* after(const CachedTree* note) const {
        int inside = note->folders;
        const CachedTree* end = trees_.data() + trees_.size();
        for (++note; inside > 0 && note < end; ++note) inside += note->folders - 1;
        return note;
    }

    const Opened& opened_;
    std::vector<IndexEntry>::const_iterator next_;
    std::vector<IndexEntry>::const_iterator end_;
    const std::vector<CachedTree>& trees_;
    std::string path_;
    std::vector<PathChange> changes_;
};

}  // namespace

Result<std::vector<PathChange>> Repository::staged_changes(const std::optional<Oid>& commit) const {
    const Opened& opened = *state_->opened;
    GOVCTL_TRY(IndexFile index, IndexFile::read(index_path(opened)));
    GOVCTL_CHECK(index.has_no_conflicts());
    GOVCTL_TRY(auto root, tree_of_commit(opened, commit));
    StagedChanges staged(opened, index);
    GOVCTL_CHECK(staged.folder(root ? &*root : nullptr, index.trees().empty() ? nullptr : index.trees().data()));
    return std::move(staged).take();
}

}  // namespace govctl::git
