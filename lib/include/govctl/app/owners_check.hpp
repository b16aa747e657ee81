#pragma once

#include <cstddef>

#include "govctl/app/state.hpp"
#include "govctl/base/finding.hpp"

namespace govctl::app {

struct OwnersCheck {
    Findings findings;       ///< sorted
    std::size_t owners = 0;  ///< files read
    std::size_t files = 0;   ///< of the tree
};

/// What is wrong with the OWNERS of a state: what Prow passes over in silence, aliases and expressions that do harm or
/// nothing, what nobody owns. Where the state is governed also owners who are unknown, have left, or are below what
/// `owners:` in govctl.yaml asks, and areas whose OWNERS do not fit their group. Errors: `environment` where git cannot
/// read.
Result<OwnersCheck> check_ownership(const State& state, Instant now);

}  // namespace govctl::app
