#pragma once

#include "poll.hpp"

/// One function a method, told apart by where its rule is published: that stands in its file.
namespace govctl::tally {

/// What makes one duel stronger than another.
enum class Strength { winning_votes, margins, winning_losing };

/// These put who stands in tiers, and tell their steps to the tally.
Tiers schulze(const Poll& poll, Strength strength, Tally& tally);
Tiers schulze_dropping(const Poll& poll, Tally& tally);
Tiers ranked_pairs(const Poll& poll, Tally& tally);
Tiers minimax(const Poll& poll, Tally& tally);
Tiers condorcet(const Poll& poll, Tally& tally);  ///< one tier where nobody beats all the others
Tiers copeland(const Poll& poll, Tally& tally);
Tiers condorcet_irv(const Poll& poll, Tally& tally);
Tiers plurality(const Poll& poll, Tally& tally);
Tiers totals(const Poll& poll, Tally& tally);  ///< approval and score
Tiers star(const Poll& poll, Tally& tally);

/// These fill the seats themselves: `order`, `elected`, `skipped` and `tie` of the tally.
void irv(const Poll& poll, Tally& tally);
void stv_meek(const Poll& poll, Tally& tally);
void stv_scottish(const Poll& poll, Tally& tally);

}  // namespace govctl::tally
