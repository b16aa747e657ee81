#pragma once

#include <functional>

#include "poll.hpp"

namespace govctl::tally {

/// Elects from the top of the tiers: `elected`, `skipped` and `tie` of the tally.
void fill_seats(const Poll& poll, const Tiers& tiers, Tally& tally);

/// The tiers above the default option: who ranks at or below it is not elected.
Tiers above_default(const Poll& poll, const Tiers& tiers);

/// Place after place: whoever `winners` names among those left shares the next one.
Tiers place_by_place(const Poll& poll, const std::function<Tier(const std::vector<Candidate>& left)>& winners);

/// The candidates in the order that settles a tie; empty where none does.
std::vector<Candidate> settling_order(const Poll& poll);

/// The tiers with nobody tied.
Tiers settled_by(const std::vector<Candidate>& order, const Tiers& tiers);

/// Which of them the order puts last.
Candidate last_in(const std::vector<Candidate>& order, const std::vector<Candidate>& tied);

}  // namespace govctl::tally
