#pragma once

#include "poll.hpp"

namespace govctl::tally {

/// Which of the options that stand fail the quorum or their majority ratio over the default option, as the Constitution
/// for the Debian Project, A.5.2 and A.5.3, has it: an option needs V(A,D) >= N * V(D,A) and V(A,D) > V(D,A). The
/// default option itself needs nothing. Without schulze-dropping only the options of `ratios` need more than to be
/// counted.
///
/// A quorum on `cast` that is not met drops every option.
std::vector<Dropped> winnow(const Poll& poll, const Tally& tally);

}  // namespace govctl::tally
