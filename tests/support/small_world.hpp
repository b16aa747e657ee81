#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "govctl/app/acts.hpp"
#include "govctl/app/may_follow.hpp"
#include "govctl/app/state.hpp"
#include "govctl/base/snapshot.hpp"

namespace govctl::testing {

/// A small governance in memory, in which people act. Steering (ada, bob, cy) above SIG Node (ada, bob, cy, dan) and
/// SIG Docs (eve); every one is a member; zed is on record only.
class SmallWorld {
public:
    SmallWorld();

    const app::State& state() const { return *state_; }
    std::shared_ptr<const app::State> share() const { return state_; }

    using Make = std::function<Result<app::Change>(const app::State&, const app::Act&)>;

    /// Makes a change as this person at this instant (`2026-01-05T00:00:00Z`), asks may_follow(), and takes it over
    /// when both allow it. Answers what the act answered, or the first thing the judge found (kind `refused`, its rule
    /// first).
    Result<app::Change> act(const std::string& who, const std::string& when, const Make& make);

    /// What the judge says of files changed by hand in a commit of this person's at this instant.
    Findings judge(const std::string& who, const std::string& when, const FileChanges& files) const;
    Findings judge(const std::string& who, const std::string& when, const app::State& after) const;

    /// Takes files over without asking anybody.
    void force(const FileChanges& files);

    std::string read(const std::string& path) const;

    /// A file with one piece of text, which must be there, changed to another.
    FileChanges replaced(const std::string& path, const std::string& from, const std::string& to) const;

    /// An RFC of ada's before SIG Node, opened at `when`; its id.
    RecordId opened_rfc(const std::string& title, const std::string& when, const FileChanges& more = {});

private:
    std::shared_ptr<const app::State> state_;
    int next_number_ = 1;
};

std::string email_of(const std::string& who);

}  // namespace govctl::testing
