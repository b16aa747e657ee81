#pragma once

#include <string>

#include "govctl/app/acts.hpp"
#include "govctl/yaml/edit.hpp"

/// What the acts on proposals share.
namespace govctl::app {

/// The matter of an id. Errors: `not_found`.
Result<const Matter*> matter_of(const State& state, const RecordId& id);

/// `RFC 42: gRPC probes`, `motion 2026-11-20-remove-eve: Remove Eve`.
std::string called(const model::Proposal& proposal);
std::string called(const RecordId& id, const std::string& title);

std::string file_of(bool is_rfc);  ///< `rfc.yaml`, `motion.yaml`

bool is_author(const model::Proposal& proposal, const std::string& handle);

/// Errors: `refused` where the matter is not open, or its computed outcome is final, so that only `decide` is left.
Result<void> must_be_undecided(const State& state, const Matter& matter, Instant now);

/// Whole files that an effect replaces must be what the voters saw replaced. Lines added to rosters, ladders and OWNERS
/// go into whatever stands there by now: nothing of another's is lost. Errors: `blocked`.
Result<void> must_not_have_moved(const State& state, const Matter& matter, const std::string& option);

/// Whether sponsors are asked for: until a matter is seconded they are still to come, and only must be countable.
enum class Sponsors { to_come, wanted };

/// Everyone whom these effects promote or seat has done what the level or role requires, by the charters that the
/// matter is judged by, at this act. Errors: `refused`, with what is lacking or cannot be counted; as rules::Deeds.
Result<void> must_qualify(const State& state, const std::vector<model::Effect>& effects, const Matter& matter,
                          Instant now, Sponsors sponsors);

/// As must_be_undecided(), but a matter that was accepted and cannot be put in force any more may be given a new text,
/// or be withdrawn.
Result<void> must_be_revisable(const State& state, const Matter& matter, Instant now);

/// The group's charter, whole. Errors: `refused` where there is none or it has errors.
Result<const Loaded<model::Charter>*> charter_of(const State& state, const std::string& group);

/// The rule in force for a round that begins now before `proposal.deciding_group()`; `is_appeal`: it came there by one.
/// Errors: `refused`.
Result<model::RuleRef> rule_in_force(const State& state, const model::Proposal& proposal, bool is_appeal);

/// The charters that a proposal's effects bring, by group; one that cannot be read is left out.
std::map<std::string, model::Charter> coming_charters(const State& state, const Matter& matter);

/// Adds a line to `history:`.
Result<void> add_history(yaml::Editor& editor, const model::HistoryEntry& entry);

/// An error of another kind, told as a refusal by the rules.
Error refusal(Error error);
Error refused(std::string message, std::vector<std::string> hints = {});

/// `ada, bob and cy`; `nobody`.
std::string name_list(const std::vector<std::string>& names);

/// Where an effect is written in the record: in its own list, or in its option's.
yaml::Path effect_path(const model::Proposal& proposal, std::size_t index);

/// Writes into every effect the blob that it replaces.
Result<void> write_was(yaml::Editor& editor, const State& state, const model::Proposal& proposal);
/// The file that an effect changes.
std::string target_of(const model::Effect& effect, const State& state);

/// Errors that the effects, put in force at `now`, would bring into the project, and those of the record itself.
Result<void> must_be_sound(const State& state, const Matter& matter, Instant now);

}  // namespace govctl::app
