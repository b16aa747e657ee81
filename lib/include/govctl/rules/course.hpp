#pragma once

#include <optional>
#include <string>
#include <vector>

#include "govctl/base/result.hpp"
#include "govctl/model/ballot.hpp"
#include "govctl/model/decision.hpp"
#include "govctl/model/proposal.hpp"
#include "govctl/model/register.hpp"

/// What follows from these ballots. Pure: no clock, no files; `now` is an argument.
namespace govctl::rules {

/// A matter and all that bears on its outcome. `proposal.rule` names the rule; its stages come from the charter and
/// project that were in force when the round opened, not from the register's.
struct Matter {
    const model::Proposal& proposal;
    const std::vector<model::Ballot>& ballots;  ///< one a voter, in any order
    const model::Charter& charter;              ///< the deciding group's, pinned
    const model::Project& project;              ///< pinned: calendar, named rules, procedures
    std::string kind;                           ///< of the matter (procedure.hpp)
    std::optional<model::Outcome> appealed{};   ///< what the decision said that an appeal took up
};

struct Standing {
    model::ConditionFigures figures;
    std::string lacking{};  ///< what would make it hold: `1 more yes`; empty when met
};

/// One run of a stage, from its opening to its end or to now.
struct Run {
    std::string stage;  ///< `seconds` before the first, where seconds are asked for; `appeal` for the last
    std::string rule;   ///< the rule it is from
    int index = -1;     ///< of the stage in that rule; -1: seconds, appeal
    Instant from;
    std::optional<Instant> to{};
    std::optional<Instant> deadline{};
    model::RunState state = model::RunState::open;
    std::optional<model::Cause> cause{};  ///< failed
    /// At `to`, or now; quorum first; those of the deciding group before those of others that must also pass it.
    std::vector<Standing> conditions;

    std::vector<std::string> eligible;          ///< sorted; of all groups, so with the next ones
    std::vector<model::RecusedPerson> recused;  ///< sorted by person
    std::vector<std::string> may_object;        ///< sorted
    model::TallyFigures tally;
    std::optional<model::OptionTally> options{};  ///< of a stage that ranks, approves or scores them
    std::vector<model::Settled> settled{};        ///< how a tie came out
    std::vector<std::string> missing;             ///< eligible without a position or unresolved objection, sorted
};

struct NextEvent {
    Instant at;
    std::string event;  ///< `review ends`, `final-comment may pass`
};

/// How a matter runs, up to an instant.
struct Course {
    std::vector<Run> runs;                    ///< in order; at least one
    std::optional<model::Outcome> outcome{};  ///< final; none: open
    std::string option{};                     ///< that a stage chose; empty: none did
    std::optional<model::Outcome> was{};      ///< affirmed: what stands; escalated by an appeal: what would have stood
    std::optional<Instant> concluded{};       ///< when it became final
    /// The outcome is that of a stage without a time: ballots and objections may change until it is decided.
    bool upon_decision = false;
    /// The last run is past its time under `on-failure: deadlock`, or stopped by an objection.
    bool deadlocked = false;
    std::optional<NextEvent> next{};  ///< none: nothing happens by time alone

    const Run& last() const { return runs.back(); }
};

/// Judges the round the proposal is in, from its opening to `now`, from the instants in the ballots. A vote counts
/// about the present text, in its round; objections as rules.md says. Errors (`invalid`): the proposal was never
/// opened, or names a rule that its charter and project do not have.
Result<Course> course(const Matter& matter, const model::Register& people, Instant now);

/// Whether this person may do this now. Errors: `refused`, saying why and who may.
/// `form` is that of the vote; none: any.
Result<void> may_vote(const Matter& matter, const model::Register& people, const std::string& person, Instant now,
                      std::optional<model::BallotForm> form = {});
/// Whether a no that is said now counts, in the open stage or in a later one. Where only objections are heard it does
/// not; true where none are.
Result<bool> hears_no(const Matter& matter, const model::Register& people, Instant now);
Result<void> may_object(const Matter& matter, const model::Register& people, const std::string& person, Instant now);
/// Whether an objection of theirs without a reason would be heard in the first stage that hears them.
Result<void> may_object_without_reason(const Matter& matter, const model::Register& people, const std::string& person,
                                       Instant now);
Result<void> may_second(const Matter& matter, const model::Register& people, const std::string& person, Instant now);
Result<void> may_appeal(const Matter& matter, const model::Register& people, const std::string& person, Instant now);
/// A deadlocked matter, to the group above.
Result<void> may_escalate(const Matter& matter, const model::Register& people, const std::string& person, Instant now);

/// The form of ballot that a position is in. It must be in one.
model::BallotForm form_of(const model::Position& position);
/// What ballots on a matter may name: its options, and the default options of its stages. Empty: it has none.
std::vector<std::string> option_names(const Matter& matter);

/// A ballot's position as a view shows it: does it count about the text and round in force at `now`?
enum class Freshness { counts, stale_text, other_round, no_vote };
Freshness freshness(const model::Proposal& proposal, const model::Ballot& ballot, Instant now);

}  // namespace govctl::rules
