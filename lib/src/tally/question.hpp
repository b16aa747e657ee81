#pragma once

#include "govctl/tally/count.hpp"

namespace govctl::tally {

/// Whether the question can be put to these ballots; the errors of `count`.
Result<void> check(const Ballots& ballots, const Question& question);

bool compares_pairs(Method method);
bool compares_with_default(const Question& question);  ///< a ratio or the quorum counts votes over the default option
bool is_withdrawn(const Ballots& ballots, Candidate candidate);

}  // namespace govctl::tally
