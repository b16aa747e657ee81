#pragma once

#include "poll.hpp"

/// One function a method: it puts who stands in tiers, and tells its steps to the tally.
namespace govctl::tally {

/// What makes one duel stronger than another.
enum class Strength { winning_votes, margins, winning_losing };

Tiers schulze(const Poll& poll, Strength strength, Tally& tally);
Tiers plurality(const Poll& poll, Tally& tally);

}  // namespace govctl::tally
