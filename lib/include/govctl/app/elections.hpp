#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "govctl/app/acts.hpp"
#include "govctl/rules/requirements.hpp"
#include "govctl/tally/count.hpp"

/// Elections, from the call to the seats: acts as in acts.hpp, and what they compute.
namespace govctl::app {

struct NewElection {
    std::string name;  ///< a title, or an id
    std::string title{};
    std::string group;
    std::string role;
    std::string seats = "1";
    std::string method = "schulze";
    std::string unranked{};
    std::vector<std::string> voters{};
    std::vector<std::string> officers{};
    std::vector<std::string> terms{};
    model::Window nominations;
    model::Window voting;
    int endorsements = 0;
    int organizations = 0;
    std::string tie{};
    std::string seed{};
    bool secret = false;
};
/// A draft, with its comments. Errors: `refused` where this person may not call it: members of the group, of a group
/// above it, of steering.
Result<Change> new_election(const State& state, const Act& act, const NewElection& request);
Result<Change> cancel_election(const State& state, const Act& act, const RecordId& id);

/// Nominates a person, or accepts what others did: the actor's own nomination is both. Errors: `refused` outside of the
/// time for it, and where the limits on terms bar the person.
Result<Change> nominate(const State& state, const Act& act, const RecordId& id, const std::string& person);
Result<Change> endorse(const State& state, const Act& act, const RecordId& id, const std::string& candidate);
Result<Change> stand_down(const State& state, const Act& act, const RecordId& id);

/// Freezes the roll and who stands. Where fewer stand than there are seats and the election says so, moves its dates
/// instead, once.
Result<Change> open_election(const State& state, const Act& act, const RecordId& id, const rules::Deeds& deeds);

/// One form of ballot: what the method counts.
struct Choice {
    std::optional<model::Ranking> rank{};
    std::optional<std::vector<std::string>> approve{};
    std::optional<std::map<std::string, int>> score{};
};
Result<Change> cast(const State& state, const Act& act, const RecordId& id, const Choice& choice);

Result<Change> close_election(const State& state, const Act& act, const RecordId& id);
/// The order in which the holder of the casting vote puts the tied.
Result<Change> settle(const State& state, const Act& act, const RecordId& id, const std::vector<std::string>& order);
/// The result, the seats and the decision. Errors: `invalid` where a tie is to be settled first.
Result<Change> certify(const State& state, const Act& act, const RecordId& id, const std::string& evidence);
/// A seat of it that fell vacant, to the next ranked.
Result<Change> fill_vacancy(const State& state, const Act& act, const RecordId& id, const std::string& evidence);

/// What has been counted, with what was asked.
struct Counted {
    tally::Ballots ballots;
    tally::Question question;
    tally::Tally tally;
    std::vector<std::string> elected;  ///< handles, without the default option
    std::string tie{};                 ///< in words; empty: none
    bool uncontested = false;
};
/// The count of the ballots in the record, with the limits as they bind at `at`. Errors: as tally::count().
Result<Counted> count_election(const State& state, const Contest& contest, Instant at);

/// What result.yaml of an election certified at that instant is, byte for byte. Errors: as certify().
Result<std::string> result_of(const State& state, const Contest& contest, Instant certified);

/// A candidate and what is lacking for them to stand; empty: nothing.
struct Nominee {
    std::string person;
    std::size_t endorsed = 0;
    std::string lacking;
};
std::vector<Nominee> nominees(const State& state, const Contest& contest);

/// For a state that knows no history of commits: whatever counts them is an error.
const rules::Deeds& no_deeds();

}  // namespace govctl::app
