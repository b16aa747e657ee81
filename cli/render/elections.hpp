#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "govctl/app/elections.hpp"
#include "output.hpp"

/// Elections as lists, pages and lives show them.
namespace govctl::cli {

std::vector<Text> row_of(const app::Contest& contest);
nlohmann::ordered_json brief_json(const app::Contest& contest);
/// The whole page of one.
void print_election(Output& out, const app::State& state, const app::Contest& contest, Instant now);
nlohmann::ordered_json election_json(const app::State& state, const app::Contest& contest, Instant now);

/// Where it stands and what comes next, in a line: `voting until 2026-02-20 09:00Z: 3 of 9 have voted`.
std::string election_standing(const app::Contest& contest, Instant now);
/// Who has something to do in it now, sorted.
std::vector<std::string> election_waits_on(const app::Contest& contest, Instant now);
/// Whether its time to be opened, closed or certified has come.
bool is_election_due(const app::Contest& contest, Instant now);

/// The order of a count, who is elected, and the duels.
void print_count(Output& out, const app::Contest& contest, const app::Counted& counted);
nlohmann::ordered_json count_json(const app::Contest& contest, const app::Counted& counted);

}  // namespace govctl::cli
