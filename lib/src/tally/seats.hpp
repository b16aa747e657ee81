#pragma once

#include "poll.hpp"

namespace govctl::tally {

/// Elects from the top of the tiers: `elected`, `skipped` and `tie` of the tally.
void fill_seats(const Poll& poll, const Tiers& tiers, Tally& tally);

/// The candidates in the order that settles a tie; empty where none does.
std::vector<Candidate> settling_order(const Poll& poll);

}  // namespace govctl::tally
