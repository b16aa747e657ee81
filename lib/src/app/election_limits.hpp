#pragma once

#include <optional>
#include <string>
#include <vector>

#include "govctl/app/state.hpp"
#include "govctl/model/election.hpp"
#include "govctl/tally/count.hpp"

/// How many of the seats of an election one organization, person or side of a conflict may hold.
namespace govctl::app {

/// Whose seats are counted beside those to be given.
enum class Holders {
    others,  ///< not those whose seats are up, nor those of this election
    all,
};

/// Who holds on to a seat of one of these roles at `at`, once for each seat.
std::vector<std::string> continuing(const State& state, const model::Election& election,
                                    const std::vector<std::string>& roles, Instant at,
                                    Holders holders = Holders::others);

/// The limits that bind an election, as they stand at `at`. Errors: `invalid`, as fault_of().
Result<std::vector<tally::Limit>> limits_of(const State& state, const model::Election& election, Instant at,
                                            Holders holders = Holders::others);

/// Why an election of the group by that method, or by any, cannot count the limit; empty: it can.
std::string fault_of(const model::SeatLimit& limit, const model::Charter& charter,
                     std::optional<tally::Method> method = {});

/// Whether those who hold on to their seats leave none to the candidate.
bool is_barred(tally::Candidate candidate, const std::vector<tally::Limit>& limits);

/// Whom the limits pass over, of people whom nothing but their order tells apart: each of them takes the seat in turn.
std::vector<tally::Skipped> passed_over(const std::vector<tally::Candidate>& in_order,
                                        const std::vector<tally::Limit>& limits);

}  // namespace govctl::app
