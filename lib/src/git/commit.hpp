#pragma once

#include "govctl/git/repository.hpp"
#include "opened.hpp"

namespace govctl::git {

/// A commit as most would read it.
struct ReadCommit {
    Commit commit;
    std::string problem{};  ///< why others may read it otherwise, such as two authors; empty: nobody can
    int signatures = 0;
};
ReadCommit parse_commit(const Oid& id, std::string_view bytes);

/// Reads a commit, malformed or not. Errors: `environment` for one that is missing.
Result<ReadCommit> read_any_commit(const Opened& opened, const git_oid& id);
/// Errors also: `invalid` for one that can be read in two ways.
Result<Commit> read_commit(const Opened& opened, const git_oid& id);

/// The tree of a commit; none of none.
Result<std::optional<git_oid>> tree_of_commit(const Opened& opened, const std::optional<Oid>& commit);

}  // namespace govctl::git
