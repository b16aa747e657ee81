#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "govctl/base/result.hpp"
#include "govctl/base/snapshot.hpp"
#include "govctl/base/time.hpp"

/// The one door to git. Nothing outside this module names libgit2. Reading runs no program and follows no configuration
/// that would.
namespace govctl::git {

/// An object id, 40 hexadecimal digits.
using Oid = std::string;

struct Identity {
    std::string name;
    std::string email;
};

struct Commit {
    Oid id;
    Oid tree;
    std::vector<Oid> parents;
    Identity author;
    Identity committer;
    Instant authored;
    Instant committed;
    std::string message;  ///< whole, as stored
};

struct PathChange {
    std::string path;
    std::optional<FileEntry> before;
    std::optional<FileEntry> after;
};

/// What a commit's signature is over, and the signature as it stands there.
struct SignedBytes {
    std::string bytes;
    std::string signature;
};

/// A commit of the first-parent chain, as much of it as a walk needs.
struct Link {
    Oid id;
    Oid tree;
    std::vector<Oid> parents;
    Instant committed;
    std::string problem;  ///< why it can be read in two ways; empty: it cannot
};

/// What stands in the way of a commit on the checked-out branch.
enum class Obstacle { none, detached_head, merge, rebase, other_operation };

/// Makes a signature over a commit's bytes, armored as SSH's or OpenPGP's; runs what programs it must, and may wait for
/// its user.
using Sign = std::function<Result<std::string>(const std::string& bytes)>;

/// What an act writes.
struct CommitRequest {
    std::string branch;           ///< short name, as `main`
    std::optional<Oid> expected;  ///< the tip it was computed from; none: the branch must not exist yet
    FileChanges changes;
    std::string message;
    Identity author;
    Identity committer;
    Instant when;
    int author_offset_minutes = 0;  ///< east of UTC, for display
    /// What the work tree holds of touched paths that the user edited on the way to this commit: that may be replaced.
    FileChanges adopted{};
    /// Empty: the commit is not signed. Called in the turn of this act, before any of git's own locks is taken.
    Sign sign{};
};

/// Where git has put parts of a repository, as it tells the programs that it starts in variables named GIT_...; what is
/// empty is where it always is.
struct Surroundings {
    std::string git_folder{};     ///< GIT_DIR
    std::string work_tree{};      ///< GIT_WORK_TREE
    std::string object_folder{};  ///< GIT_OBJECT_DIRECTORY: what a push brings, before it is accepted
    std::vector<std::string> other_object_folders{};  ///< GIT_ALTERNATE_OBJECT_DIRECTORIES
};

class WriterLock;

/// Whoever holds it is the one govctl that writes to a git folder; it ends with its last copy.
class Turn {
public:
    Turn() = default;

private:
    friend class Repository;
    explicit Turn(std::shared_ptr<WriterLock> lock) : lock_(std::move(lock)) {}
    std::shared_ptr<WriterLock> lock_;
};

/// Libgit2 is set up by the first and torn down by the last of these.
class Repository {
public:
    /// The repository that `folder` lies in. Errors: `environment`: none, not owned by the user (with git's advice on
    /// `safe.directory`), SHA-256 or reftable, unreadable.
    static Result<Repository> discover(const std::string& folder, const Surroundings& surroundings = {});

    Repository(Repository&&) noexcept;
    Repository& operator=(Repository&&) noexcept;
    ~Repository();
    /// Another handle on the same repository, for what may outlive this one.
    Repository share() const;

    bool is_bare() const;
    bool is_shallow() const;
    /// Replace refs or grafts are present, so that history may not be what it seems.
    bool has_rewritten_objects() const;
    std::string work_tree() const;   ///< absolute, with a slash at the end; empty when bare
    std::string git_folder() const;  ///< the common one, absolute, with a slash at the end
    Obstacle obstacle() const;

    /// The checked-out branch's short name, also when unborn. Errors: `blocked` on a detached HEAD.
    Result<std::string> head_branch() const;
    /// The tip of a local branch; none when it does not exist.
    Result<std::optional<Oid>> branch_tip(const std::string& branch) const;
    /// Short names of local branches, and of remote-tracking ones with their remote (`origin/main`), sorted.
    Result<std::vector<std::string>> branches() const;

    /// The commit that a revision names. Errors: `not_found`.
    Result<Oid> resolve(const std::string& revision) const;
    /// `A..B` as {A, B}; `B` alone as {nothing, B}.
    Result<std::pair<std::optional<Oid>, Oid>> resolve_range(const std::string& range) const;
    Result<Commit> commit(const Oid& id) const;
    Result<std::optional<Oid>> merge_base(const Oid& a, const Oid& b) const;
    /// From `from` (excluded; none: the root) to `to`, oldest first, along first parents. Errors: `environment` where
    /// the history ends in anything but its root or `from`; `not_found` where `from` is not on the chain.
    Result<std::vector<Commit>> first_parents(const std::optional<Oid>& from, const Oid& to) const;
    /// From after the first of `ends` that is met (none is: from the root) to `to`, oldest first, along first parents,
    /// malformed commits too. Errors: `environment` where a commit is missing.
    Result<std::vector<Link>> first_parent_links(const std::set<Oid>& ends, const Oid& to) const;
    /// Whether `old` is `commit` or among what it comes from, along all parents.
    bool descends_from(const Oid& commit, const Oid& old) const;

    /// Every commit that `to` has and `from` has not, along all parents, newest first.
    Result<std::vector<Commit>> between(const Oid& from, const Oid& to) const;
    /// Every commit that `to` has and no ref has, newest first: what a push brings that is not accepted yet.
    Result<std::vector<Commit>> unknown_commits(const Oid& to) const;
    /// Visits every commit that `to` has, along all parents, newest first.
    Result<void> each_commit(const Oid& to, const std::function<void(const Commit&)>& visit) const;

    Result<std::shared_ptr<const Snapshot>> tree_of(const Oid& commit) const;
    Result<std::shared_ptr<const Snapshot>> snapshot_of_tree(const Oid& tree) const;
    /// What is staged; in another index file than the repository's where one is named (git's hooks name one).
    Result<std::shared_ptr<const Snapshot>> index(const std::string& file = {}) const;
    Result<std::shared_ptr<const Snapshot>> work_files() const;  ///< the work tree, links not followed
    std::shared_ptr<const Snapshot> nothing() const;             ///< no files; blobs can be read by id

    /// Files that differ between two commits; `before` none: everything in `after`. Sorted by path.
    Result<std::vector<PathChange>> changes(const std::optional<Oid>& before, const Oid& after) const;
    /// Files that differ between two trees, of those that `wanted` says of folders (with a slash at the end) and files.
    /// Errors: `invalid` for a tree that can be read in two ways.
    Result<std::vector<PathChange>> tree_changes(const std::optional<Oid>& before, const Oid& after,
                                                 const std::function<bool(const std::string& path)>& wanted = {}) const;
    /// Files that differ between a commit's tree and the index (`git diff --cached`).
    Result<std::vector<PathChange>> staged_changes(const std::optional<Oid>& commit) const;

    /// For each line of `path` at `commit`: the commit along first parents that brought it as it stands.
    Result<std::vector<Oid>> blame(const Oid& commit, const std::string& path) const;

    /// The commit that brought a file as `commit` has it: back along each side that has it so, for `most` commits.
    /// None: no such file, or farther back.
    Result<std::optional<Oid>> brought_by(const Oid& commit, const std::string& path, int most) const;
    /// None: not signed. Errors: `environment`: signed twice.
    Result<std::optional<SignedBytes>> signed_bytes(const Oid& commit) const;

    /// One value of git's configuration (repository, user, system).
    std::optional<std::string> config(const std::string& name) const;
    /// After `.mailmap` of the commit.
    Identity mapped(const Identity& identity, const std::optional<Oid>& commit) const;

    /// Which of `paths` differ, in the index or the work tree, from `commit` (none: from nothing). Untracked counts.
    Result<std::vector<std::string>> dirty(const std::vector<std::string>& paths,
                                           const std::optional<Oid>& commit) const;

    /// Waits until no other govctl writes, and ends what one that died left half done. What is read from then on is
    /// what write() meets, unless git itself comes in between. Errors: `blocked` after half a minute.
    Result<Turn> take_turn();

    /// Writes one commit and moves the branch to it, if the branch is still at `expected`; then brings index and work
    /// tree of the touched paths along, where the branch is checked out (also in another work tree). Objects and ref
    /// are on disk when it returns. What the user staged or edited elsewhere stays. Errors: `blocked`: the branch
    /// moved, a lock, a touched path that is dirty; nothing is written then.
    Result<Oid> write(const CommitRequest& request);

    /// Notes a commit under a name of govctl's own, as `verified` for refs/govctl/verified, so that git keeps it.
    Result<void> note(const std::string& name, const Oid& commit);
    /// What note() noted; none: nothing.
    std::optional<Oid> noted(const std::string& name) const;

    /// Writes files to the work tree and commits nothing. Errors: `blocked`: a path is not as in `commit`, or there is
    /// no work tree; nothing is written then.
    Result<void> write_work_files(const FileChanges& changes, const std::optional<Oid>& commit);

private:
    struct State;
    explicit Repository(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Whether to hash every object that is read, and refuse one that is not what its id says: a third more time. Off.
void check_hashes(bool on);

/// Makes an empty repository with an unborn branch. For `init` outside any repository, and for tests.
Result<Repository> create(const std::string& folder, const std::string& branch, bool bare = false);

}  // namespace govctl::git
