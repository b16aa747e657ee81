#pragma once

#include <string>
#include <vector>

#include "govctl/app/state.hpp"
#include "govctl/base/finding.hpp"
#include "govctl/base/time.hpp"

namespace govctl::app {

/// Everything wrong with a state by itself: what reading found, references between records, charters, duplicate people,
/// dates, statuses and decisions, template text. Sorted. Findings about terminal records are warnings at most.
/// `now` is for what depends on the day: seats that have ended, unfilled ones.
Findings validate(const State& state, Instant now);

/// What validate() finds in the folder of a matter that has not ended, at the cost of that matter alone.
Findings validate_matter(const State& state, const Matter& matter, Instant now);

/// Duplicate numbers, handles and e-mails that two states would have together.
Findings collisions(const State& ours, const State& theirs);

}  // namespace govctl::app
