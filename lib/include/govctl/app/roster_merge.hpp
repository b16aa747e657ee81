#pragma once

#include <string>

#include "govctl/base/result.hpp"

namespace govctl::app {

/// One roster of three: `ours` with what `theirs` did since `base`, seat by seat; comments and layout are those of
/// `ours`. A seat is known by its role, person and since. The bytes are what enacting the other side's decisions on
/// ours would give, so that the merge passes the audit. Errors: `refused` where both sides say different things of a
/// seat, or one takes a seat away; `invalid` where one of them is no roster.
Result<std::string> merge_rosters(const std::string& file, std::string base, std::string ours, std::string theirs);

}  // namespace govctl::app
