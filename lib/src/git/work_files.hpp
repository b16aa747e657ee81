#pragma once

#include <map>
#include <optional>

#include "govctl/base/selection.hpp"
#include "govctl/base/snapshot.hpp"
#include "opened.hpp"

namespace govctl::git {

struct WorkFiles {
    std::vector<FileEntry> files;  ///< sorted by path
    std::map<std::string, std::string>
        path_of_hashed;  ///< by id, where each was seen that may not be in the repository
};

/// The files of the work tree that are tracked, or not ignored. Links are not followed; pipes, sockets
/// and devices are passed over; a repository inside counts as one entry where it is a submodule, else not at all. A
/// file whose dates are those that its index entry notes is taken for unchanged, as git does.
Result<WorkFiles> list_work_files(const Opened& opened);

/// The files below the selection's folder that are meant, tracked, ignored or neither, sorted by path; their ids are
/// empty. The index is not read.
Result<std::vector<FileEntry>> find_work_files(const std::string& work_tree, const Selection& wanted);

/// The files of these names in folders that hold something tracked, themselves tracked or not, sorted by path; their
/// ids are empty. No folder is listed: that takes longer than to ask for the names.
Result<std::vector<FileEntry>> find_in_tracked_folders(const Opened& opened, const std::vector<std::string>& names);

/// The bytes of a file, the text of a link. Errors: `not_found`.
Result<std::string> read_work_file(const std::string& work_tree, const std::string& path);
/// The bytes of a file; none: nothing is there, or a link.
Result<std::optional<std::string>> read_plain_work_file(const std::string& work_tree, const std::string& path);

}  // namespace govctl::git
