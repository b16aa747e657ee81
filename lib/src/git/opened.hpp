#pragma once

#include <string>
#include <string_view>

#include "govctl/base/result.hpp"
#include "handle.hpp"

namespace govctl::git {

/// Keeps libgit2 set up. Any number may live at a time.
class Session {
public:
    Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session();
};

/// One repository as libgit2 has it open. Snapshots share it, so they may outlive the Repository they came from.
struct Opened {
    Session session;  // first: the last to go
    RepositoryHandle repository;
    OdbHandle odb;

    std::string git_folder() const { return git_repository_commondir(repository.get()); }
    std::string own_folder() const { return git_repository_path(repository.get()); }  ///< of this work tree alone
    std::string work_tree() const;
};

bool config_bool(const Opened& opened, const char* name, bool otherwise);
/// Whether git's configuration gives it a value other than `false`.
bool config_is_set(const Opened& opened, const char* name);

/// `what`, and the words of libgit2 for why, if it has any.
Error failure(ErrorKind kind, std::string what);
/// As failure(), of kind `environment`.
Error failure(std::string what);

std::string hex(const git_oid& id);
Result<git_oid> parse_oid(const std::string& text);

/// Reads one object. Errors: `not_found` when there is none of that type.
Result<OdbObjectHandle> read_object(const Opened& opened, const git_oid& id, git_object_t type);
std::string_view bytes_of(const OdbObjectHandle& object);

}  // namespace govctl::git
