#pragma once

#include "govctl/base/snapshot.hpp"
#include "opened.hpp"

namespace govctl::git {

std::string index_path(const Opened& opened);

/// A fresh reading of an index file; an empty one where there is none.
Result<IndexHandle> read_index(const std::string& path);

/// Not yet really added: a promise made by `git add --intent-to-add`.
bool is_intent_to_add(const git_index_entry& entry);

/// What is staged, sorted by path. Errors: `blocked` while a merge has conflicts.
Result<std::vector<FileEntry>> list_index(git_index* index);

}  // namespace govctl::git
