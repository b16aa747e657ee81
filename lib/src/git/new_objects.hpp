#pragma once

#include <string>
#include <vector>

#include "govctl/git/repository.hpp"
#include "kept_pack.hpp"
#include "opened.hpp"
#include "tree.hpp"

namespace govctl::git {

git_oid hash_blob(std::string_view bytes);

/// Objects made in memory, so that everything can be looked at before anything is written.
class NewObjects {
public:
    git_oid add(git_object_t type, std::string bytes);

    const std::vector<NewObject>& all() const { return objects_; }

private:
    std::vector<NewObject> objects_;
};

/// A file of a change: as it is in the commit before, and as it will be.
struct Touched {
    std::string path;
    std::optional<Found> before;
    std::optional<Found> after;
    /// The user's own edit on the way from one to the other, as it may lie in the work tree or be staged.
    std::optional<std::optional<Found>> edited{};
};

/// What `changes` make of the tree `base` (null: no tree); what stays the same is left out. Sorted by path. `adopted`
/// are the user's edits. Errors: `usage` for a path that cannot be a file's.
Result<std::vector<Touched>> touch(const Opened& opened, const git_oid* base, const FileChanges& changes,
                                   const FileChanges& adopted, NewObjects& objects);

/// The tree `base` with the files changed. Errors: `usage` where a name would be a file and a folder.
Result<git_oid> change_tree(const Opened& opened, const git_oid* base, const std::vector<Touched>& touched,
                            NewObjects& objects);

/// The commit object of a request: the one place that makes commits, so the one to sign them.
Result<std::string> commit_bytes(const CommitRequest& request, const git_oid& tree);

}  // namespace govctl::git
