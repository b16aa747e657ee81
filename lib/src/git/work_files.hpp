#pragma once

#include "govctl/base/snapshot.hpp"
#include "opened.hpp"

namespace govctl::git {

/// The files of the work tree that are tracked, or not ignored, sorted by path. Links are not followed; pipes, sockets
/// and devices are passed over; a repository inside counts as one entry where it is a submodule, else not at all.
Result<std::vector<FileEntry>> list_work_files(const Opened& opened);

/// The bytes of a file, the text of a link. Errors: `not_found`.
Result<std::string> read_work_file(const std::string& work_tree, const std::string& path);

}  // namespace govctl::git
