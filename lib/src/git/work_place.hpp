#pragma once

#include <memory>
#include <string>
#include <vector>

#include "files.hpp"
#include "index.hpp"
#include "index_file.hpp"
#include "new_objects.hpp"
#include "tree.hpp"

namespace govctl::git {

/// A work tree and its index.
class WorkPlace {
public:
    static Result<WorkPlace> open(std::shared_ptr<const Opened> opened);

    /// Whether index and work tree hold the file as it was before, or as the user edited it, and nothing is in its way.
    /// Files are compared by what they hold, never by their dates.
    Result<bool> is_clean(const Touched& file) const;

    /// Brings files and index entries from `before` to `after`; nothing else of the index changes. What is neither is
    /// left as it is, and its path returned. The caller holds the lock of the index.
    Result<std::vector<std::string>> bring_along(const std::vector<Touched>& touched);

    /// Writes the file, or removes it where there are no bytes, and leaves the index alone.
    Result<void> put_file(const Touched& file, const std::string* bytes);

    const Opened& opened() const { return *opened_; }

private:
    WorkPlace(std::shared_ptr<const Opened> opened, Fd top, IndexFile index);

    bool index_is_ready(const Touched& file) const;
    Result<bool> work_tree_is_ready(const Touched& file) const;
    bool index_holds(const std::string& path, const std::optional<Found>& committed) const;
    Result<bool> work_tree_holds(const std::string& path, const std::optional<Found>& committed) const;
    Result<bool> holds_bytes(const Spot& spot, const std::string& path, const struct stat& status,
                             const Found& committed) const;
    bool is_outside_sparse(const std::string& path) const;
    Result<std::string> filtered(const std::string& path, std::string_view bytes, git_filter_mode_t direction) const;

    Result<bool> bring_file(const Touched& file);
    Result<bool> bring_entry(const Touched& file);
    Result<void> put_in_index(const std::string& path, const Found& after);
    Result<void> distrust_recent_entries();
    Result<void> copy_index();
    Result<void> write_index();

    std::shared_ptr<const Opened> opened_;
    Fd top_;
    IndexFile index_;
    IndexHandle edited_;  ///< a copy to be written in its place
    bool modes_count_;    ///< core.fileMode
};

/// The git folders of all work trees, this one's among them.
Result<std::vector<std::string>> own_folders(const Opened& opened);

/// The work trees where a branch is checked out.
Result<std::vector<std::shared_ptr<const Opened>>> places_of(const std::shared_ptr<const Opened>& opened,
                                                             const std::string& branch);

}  // namespace govctl::git
