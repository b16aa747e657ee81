#pragma once

#include <string>

#include "govctl/app/elections.hpp"
#include "govctl/yaml/edit.hpp"
#include "proposal_edit.hpp"

/// What the acts on elections share.
namespace govctl::app {

Result<const Contest*> contest_of(const State& state, const RecordId& id);

/// Errors: `usage`: not in the form that the election's method counts; `refused`: names who does not stand.
Result<void> must_fit(const model::Election& election, const Choice& choice);

/// Who may call an election of a group: its members, those of the groups above it, and steering. Sorted.
std::vector<std::string> may_call(const State& state, const std::string& group, Instant at);

/// Errors: `refused` where the actor is no officer, or stands in the election themself. Where every officer stands,
/// steering has to do it.
Result<void> must_be_officer(const State& state, const Contest& contest, const Act& act, const char* verb);
Result<void> must_be(const Contest& contest, model::ElectionStatus status, const char* verb);

/// Those who said yes and did not stand down, sorted.
std::vector<std::string> willing(const Contest& contest);

/// A change of election.yaml with a line of history.
Result<Change> change_election(const Contest& contest, const Act& act, yaml::Editor editor, const char* done,
                               const char* verb, const std::string& subject);

std::string called(const model::Election& election);

/// What is wrong with what an election asks for, which no schema tells; empty: nothing.
std::string fault_of(const State& state, const model::Election& election);

/// What is asked of the ballots of an election without fault; limits, and what settles a tie, are for others to add.
tally::Question question_of(const model::Election& election);

/// Errors: `refused` where limits on terms bar the person from another term beginning at `from`.
Result<void> may_serve_again(const State& state, const model::Election& election, const std::string& person,
                             Instant from);

}  // namespace govctl::app
