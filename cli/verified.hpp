#pragma once

#include <vector>

#include "environment.hpp"
#include "govctl/app/audit.hpp"

namespace govctl::cli {

/// What earlier audits of this user found to be right, one file a project in $XDG_STATE_HOME/govctl/verified. What is
/// not there, or cannot be read, is not remembered.
std::vector<app::Verified> remembered(const Environment& environment);

/// Keeps what an audit found in place of what was known of the project. Errors: `environment`: it cannot be written.
Result<void> remember(const Environment& environment, const app::Verified& verified);

}  // namespace govctl::cli
