#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "govctl/app/acts.hpp"
#include "govctl/app/state.hpp"
#include "govctl/git/repository.hpp"

/// A repository and the person at it: where acts become commits.
namespace govctl::app {

/// Who runs govctl and when, as the caller found out from git's rules and the clock.
struct Session {
    git::Identity author;
    git::Identity committer;
    Instant now;
    int offset_minutes = 0;
    std::optional<std::string> branch{};  ///< `--branch`
    git::Sign sign{};                     ///< commits; empty: they are not signed
};

/// Where reads look.
struct View {
    enum class Source { work_tree, staged, revision };
    Source source = Source::work_tree;
    std::string revision{};
    std::string index_file{};  ///< staged: another index than the repository's
};

class Foundings;

class Workspace {
public:
    /// Errors: `environment`: no repository.
    static Result<Workspace> open(const std::string& folder, const git::Surroundings& surroundings = {});

    git::Repository& repository() { return repository_; }
    const git::Repository& repository() const { return repository_; }

    /// The state that reads see: as `view` says; in a bare repository the canonical branch unless a revision is given.
    /// Errors: `environment` where there is no govctl.yaml.
    Result<std::shared_ptr<const State>> look(const View& view) const;
    /// Where what is at a commit comes from.
    std::shared_ptr<const Lineage> lineage(const git::Oid& commit) const;
    /// The state at a commit.
    Result<std::shared_ptr<const State>> state_at(const git::Oid& commit) const;

    /// The branch acts go to, and its tip.
    struct Base {
        std::string branch;
        std::optional<git::Oid> tip;
        std::shared_ptr<const State> state;
    };
    /// Errors: `blocked`: detached HEAD, merge under way, a clock before the tip's.
    Result<Base> base(const Session& session) const;
    /// As base(). Errors also: `environment` where nothing is governed.
    Result<Base> governed_base(const Session& session) const;
    /// The branch whose state is in force: as govctl.yaml at HEAD says, where it exists, else the checked-out one.
    Result<std::string> canonical_branch() const;

    /// The person on record that the session's author is, after mailmap.
    Result<std::optional<std::string>> person_of(const State& state, const Session& session) const;
    /// As person_of(). Errors: `refused`, with how to be added.
    Result<std::string> actor(const State& state, const Session& session) const;

    /// Numbers of RFCs in use on the local and remote-tracking branches.
    Result<std::set<int>> taken_numbers() const;

    /// Commits a change on top of `base`, after it has been read back and may_follow() has allowed it; the founding of
    /// a governance too. The one place where acts are written. `adopted` is what the work tree holds of files that the
    /// user edited on the way to this change. Errors: `refused`, with the findings as hints; `blocked`.
    Result<git::Oid> commit(const Base& base, const Session& session, const Change& change,
                            const FileChanges& adopted = {});

private:
    explicit Workspace(git::Repository repository);
    git::Repository repository_;
    std::shared_ptr<RecordCache> cache_;
    std::shared_ptr<Foundings> foundings_;
};

}  // namespace govctl::app
