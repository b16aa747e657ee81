#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "govctl/base/result.hpp"

namespace govctl {

enum class FileMode { file, executable, symlink, submodule };

struct FileEntry {
    std::string path;  ///< from the top of the tree, `/` between folders
    std::string blob;  ///< object id, as git names it
    FileMode mode = FileMode::file;
};

/// The files of one state of a repository: a commit's tree, the index, the work tree, or a map in memory.
class Snapshot {
public:
    virtual ~Snapshot() = default;

    /// Every file, sorted by path. Ignored and untracked files of a work tree: untracked ones are listed, ignored not.
    virtual Result<std::vector<FileEntry>> list() const = 0;

    /// The bytes of a file. Errors: `not_found`.
    virtual Result<std::string> read(const std::string& path) const = 0;

    /// The bytes of a blob of the repository by its id, whether or not this state names it. Errors: `not_found`.
    virtual Result<std::string> read_blob(const std::string& id) const = 0;
};

/// What an act does to files: new bytes, or nothing where the file goes.
using FileChanges = std::map<std::string, std::optional<std::string>>;

/// `git hash-object` of these bytes: SHA-1 in hexadecimal. The only hash of blobs outside `git`.
std::string blob_id(const std::string& bytes);

/// `base` with `changes` laid over it. Keeps `base` alive.
std::shared_ptr<const Snapshot> overlay(std::shared_ptr<const Snapshot> base, FileChanges changes);

/// Files in memory, for tests and drafts of change.
std::shared_ptr<const Snapshot> in_memory(std::map<std::string, std::string> files);

}  // namespace govctl
