#pragma once

#include "govctl/git/repository.hpp"
#include "opened.hpp"

namespace govctl::git {

/// Reads a commit object's bytes. Errors: `environment` where they could be read in two ways, such as two authors.
Result<Commit> parse_commit(const Oid& id, std::string_view bytes);

/// Reads a commit. Errors: `environment` for one that is missing or malformed.
Result<Commit> read_commit(const Opened& opened, const git_oid& id);

/// The tree of a commit; none of none.
Result<std::optional<git_oid>> tree_of_commit(const Opened& opened, const std::optional<Oid>& commit);

}  // namespace govctl::git
