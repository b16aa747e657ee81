#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "govctl/app/state.hpp"
#include "govctl/base/snapshot.hpp"

/// Acts: a state, a person, an instant → the change that the act is. Nothing here writes; the same functions serve the
/// commands, which commit the change, and the audit, which makes it again and compares.
namespace govctl::app {

struct Act {
    std::string actor;  ///< handle
    Instant now;
};

/// What an act does, ready to be committed.
struct Change {
    FileChanges files;
    std::string subject;               ///< `Accept RFC 42: gRPC probes`
    std::vector<std::string> reasons;  ///< lines of the body
    RecordId record;                   ///< as it is called afterwards
    std::string verb;                  ///< `decide`
    std::string rule{};                ///< `sig-node/fcp`
    std::string folder{};              ///< of the proposal, afterwards

    /// Subject, reasons and the trailers `Govctl-Record`, `Govctl-Act`, `Govctl-Rule`.
    std::string message() const;
};

// ---- proposals ------------------------------------------------------------------------------------------------------

struct NewRfc {
    std::string title;
    std::string type = "technical";
    std::string group;
};
/// A draft from the template: the repository's `templates/rfc-<type>.md` or `templates/rfc.md` below the root, else
/// ours.
Result<Change> new_rfc(const State& state, const Act& act, const NewRfc& request);

struct NewMotion {
    std::string type;
    std::string title;
    std::string group;
    std::vector<std::string> subject;
    std::vector<model::Effect> effects;
    std::string reason;
};
Result<Change> new_motion(const State& state, const Act& act, const NewMotion& request);

struct Opening {
    int number = 0;  ///< of an RFC: free everywhere it could be seen
    std::optional<std::vector<std::string>> present{};
};
/// Errors: `refused` by the rules: who may open, reach, a kind without a rule, errors in the record.
Result<Change> open_proposal(const State& state, const Act& act, const RecordId& id, const Opening& opening);

/// A new text from the files as they are in `state`, which hold the edits; `before` has the proposal as it was opened.
Result<Change> revise(const State& before, const State& edited, const Act& act, const RecordId& id);
Result<Change> withdraw(const State& state, const Act& act, const RecordId& id);
Result<Change> postpone(const State& state, const Act& act, const RecordId& id);
Result<Change> reopen(const State& state, const Act& act, const RecordId& id);
/// Adds `old` to what the draft `by` supersedes.
Result<Change> supersede(const State& state, const Act& act, const RecordId& old, const RecordId& by);
/// Gives an RFC whose number met another's a free one; the old one goes into `aliases:`.
Result<Change> renumber(const State& state, const Act& act, const Matter& matter, int number);

// ---- taking part ----------------------------------------------------------------------------------------------------

/// What a voter says: one of the forms of model::Position.
struct Say {
    std::optional<model::Vote> vote{};
    std::optional<model::Ranking> rank{};
    std::optional<std::vector<std::string>> approve{};
    std::optional<std::map<std::string, int>> score{};
};
/// Errors: `refused` by the rules, or where no stage takes this form; `usage` for options that the matter does not
/// have.
Result<Change> vote(const State& state, const Act& act, const RecordId& id, const Say& say, const std::string& reason);
Result<Change> vote(const State& state, const Act& act, const RecordId& id, model::Vote vote,
                    const std::string& reason);
Result<Change> object(const State& state, const Act& act, const RecordId& id, const std::string& name,
                      const std::string& reason);
/// Without a name: the only unresolved objection of the actor.
Result<Change> resolve(const State& state, const Act& act, const RecordId& id, const std::string& name);
Result<Change> recuse(const State& state, const Act& act, const RecordId& id, const std::string& reason);
Result<Change> second(const State& state, const Act& act, const RecordId& id);
Result<Change> appeal(const State& state, const Act& act, const RecordId& id);

// ---- deciding -------------------------------------------------------------------------------------------------------

/// What `decide` finds: how the matter runs and, once that is final, the change that says so.
struct Verdict {
    rules::Course course;
    std::optional<Change> change{};  ///< none: still open
    std::optional<model::Decision> decision{};
};
/// `evidence` is the commit it is computed from. Errors: `refused` for a draft; `blocked` where the target of an effect
/// is not what it was when the matter was opened.
Result<Verdict> decide(const State& state, const Act& act, const RecordId& id, const std::string& evidence);

/// A deadlocked matter, to the group above.
Result<Change> escalate(const State& state, const Act& act, const RecordId& id, const std::string& reason,
                        const std::string& evidence);
/// A motion `dispute` in the group whose area holds the path: a draft, opened in the same change.
Result<Change> dispute(const State& state, const Act& act, const std::string& path, const std::string& reason);

// ---- people ---------------------------------------------------------------------------------------------------------

struct NewPerson {
    std::string handle;
    std::string name;
    std::string email;
    std::map<std::string, std::string> accounts{};  ///< forge → login
};
/// A person's record. Nobody has to be on record for it: people add themselves by the e-mail it names. Errors:
/// `blocked` where somebody has that handle or e-mail already.
Result<Change> new_person(const State& state, const NewPerson& request);

// ---- what acts are made of ------------------------------------------------------------------------------------------

/// What a proposal's effects do to files when it is accepted at `decided`, and `option` won where it has options.
Result<FileChanges> enact(const State& state, const Matter& matter, Instant decided, const std::string& option);

/// Numbers of RFCs in use in this state, old ones in `aliases:` too.
std::set<int> rfc_numbers(const State& state);

}  // namespace govctl::app
