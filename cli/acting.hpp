#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "govctl/app/acts.hpp"
#include "govctl/app/workspace.hpp"
#include "invocation.hpp"

namespace govctl::cli {

/// The branch an act goes to, and who acts.
struct Desk {
    app::Workspace workspace;
    git::Turn turn;  ///< until the act is done no other govctl writes; none with `--dry-run`
    app::Workspace::Base base;
    app::Session session;
    app::Act act;
};
Result<Desk> sit_down(const Invocation& invocation);

/// As sit_down(), for acts of people who are not on record: `act` has no actor.
Result<Desk> sit_down_unknown(const Invocation& invocation);
/// The same where nothing is governed yet.
Result<Desk> sit_down_to_found(const Invocation& invocation);

/// An act that was carried out, or that `--dry-run` only showed.
struct Done {
    app::Change change;
    std::optional<git::Oid> commit{};           ///< none: not committed
    std::shared_ptr<const app::State> after{};  ///< the state with the change
    std::optional<std::string> key{};           ///< that signed its records: the fingerprint
};

/// Commits a change; with `--no-commit` writes its files, with `--dry-run` does nothing. `adopted` are files of the
/// change that the user edited.
Result<Done> carry_out(const Invocation& invocation, Desk& desk, app::Change change, const FileChanges& adopted = {});

/// Tells what was done, where a command has nothing better to tell: as JSON, or `lines` and the commit.
Exit tell(const Invocation& invocation, const std::string& command, const Done& done, const std::vector<Text>& lines);

/// Where the matter of an act stands after it, in a line; empty for a draft.
std::string standing_after(const Done& done, Instant now);

/// A whole command that makes one change to one matter, tells that its actor `said` so (`votes yes`), and where the
/// matter stands then.
using Make = std::function<Result<app::Change>(const app::State& state, const app::Act& act, const RecordId& id)>;
Result<Exit> act_on(const Invocation& invocation, const std::string& command, const std::string& id,
                    const std::string& said, const Make& make);

}  // namespace govctl::cli
