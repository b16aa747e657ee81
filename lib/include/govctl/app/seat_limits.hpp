#pragma once

#include <string>
#include <vector>

#include "govctl/tally/count.hpp"

namespace govctl::app {

/// What a file of seat limits (man govctl-tally) means to these candidates, `seats` of whom are to be elected.
/// Errors: `invalid`, with the place: not what such a file may say, or a candidate that the ballots do not have.
Result<std::vector<tally::Limit>> read_seat_limits(const std::string& file, std::string bytes,
                                                   const std::vector<std::string>& candidates, std::size_t seats);

}  // namespace govctl::app
