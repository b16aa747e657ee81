#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "govctl/tally/count.hpp"

namespace govctl::testing {

/// Ballots as the literature prints them: candidates "A B C", then lines of `45 A>C>B=D`, the weight left out for 1.
tally::Ballots ranked(std::string_view candidates, std::string_view lines);

/// Lines of `2 A:5 B:3`: what is not named is not scored.
tally::Ballots scored(std::string_view candidates, std::string_view lines);

/// `A>B=C`; those who are elected as `A B`.
std::string order_text(const tally::Ballots& ballots, const std::vector<std::vector<tally::Candidate>>& tiers);
std::string names_text(const tally::Ballots& ballots, const std::vector<tally::Candidate>& candidates);

/// The candidate of that name.
tally::Candidate named(const tally::Ballots& ballots, std::string_view name);

}  // namespace govctl::testing
