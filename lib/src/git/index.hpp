#pragma once

#include <string>

#include "opened.hpp"

namespace govctl::git {

std::string index_path(const Opened& opened);

/// The index for editing: libgit2's, fresh from a file; an empty one where there is none.
Result<IndexHandle> read_index(const std::string& path);

/// Not yet really added: a promise made by `git add --intent-to-add`.
bool is_intent_to_add(const git_index_entry& entry);

}  // namespace govctl::git
