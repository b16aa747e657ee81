#pragma once

#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

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

struct Tree;

struct OidHash {
    std::size_t operator()(const git_oid& id) const {
        std::size_t hash = 0;
        std::memcpy(&hash, id.id, sizeof hash);
        return hash;
    }
};
struct OidEqual {
    bool operator()(const git_oid& a, const git_oid& b) const { return git_oid_equal(&a, &b) == 1; }
};

/// Trees read lately: from one commit to the next, most are the same. Forgets all when it holds too many entries.
struct TreeCache {
    std::unordered_map<git_oid, std::shared_ptr<const Tree>, OidHash, OidEqual> trees;
    std::size_t entries = 0;
};

/// One repository as libgit2 has it open. Snapshots share it, so they may outlive the Repository they came from. For
/// one thread at a time.
struct Opened {
    Session session;  // first: the last to go
    RepositoryHandle repository;
    OdbHandle odb;
    mutable TreeCache cache;

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
