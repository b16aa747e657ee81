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
    std::string default_option{};
    std::string quorum{};
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
/// A secret election needs the public half of a key, which ballots are sealed to.
Result<Change> open_election(const State& state, const Act& act, const RecordId& id, const rules::Deeds& deeds,
                             const std::string& key = {});

/// One form of ballot: what the method counts.
struct Choice {
    std::optional<model::Ranking> rank{};
    std::optional<std::vector<std::string>> approve{};
    std::optional<std::map<std::string, int>> score{};
    std::string sealed{};  ///< one of these, sealed by seal_choice()
};
Result<Change> cast(const State& state, const Act& act, const RecordId& id, const Choice& choice);

/// A secret election is closed with ballots.csv, as unseal_ballots() makes it.
Result<Change> close_election(const State& state, const Act& act, const RecordId& id, const std::string& csv = {});

/// A sealed ballot, and what its voter keeps to find it by when all are published.
struct Sealed {
    std::string sealed;
    std::string receipt;
};
/// `random` is twice seal::randomness bytes. Errors: as seal::seal().
Result<Sealed> seal_choice(const Contest& contest, const std::string& voter, const Choice& choice,
                           std::string_view random);
/// ballots.csv: a line for each sealed ballot, a receipt and a mark for each candidate, in the order of the receipts,
/// which tells nothing. Errors: `invalid`: not the private half of the election's key.
Result<std::string> unseal_ballots(const Contest& contest, const std::string& secret);

/// A line of ballots.csv.
struct PublishedBallot {
    std::string receipt;
    std::vector<std::optional<int>> marks;  ///< in the order of options_of()
};
/// Errors: `invalid`: as many lines as sealed ballots, each receipt once and in order, each mark a number or nothing.
Result<std::vector<PublishedBallot>> read_published(const Contest& contest, const std::string& csv);

/// Who stands, and the default option after them: the columns of a count.
std::vector<std::string> options_of(const model::Election& election);
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

}  // namespace govctl::app
