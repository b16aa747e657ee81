#pragma once

#include "environment.hpp"
#include "govctl/app/workspace.hpp"
#include "invocation.hpp"

namespace govctl::cli {

/// The instant all of this run happens at: GIT_COMMITTER_DATE, else the clock. Errors: `environment`: not a date.
Result<Instant> now(const Environment& environment);

/// `--as-of`, else now().
Result<Instant> viewed_at(const Invocation& invocation);

/// Who runs govctl, as git would name them in a commit, and when. Errors: `environment`: nobody named.
Result<app::Session> session(const Invocation& invocation, const git::Repository& repository);

}  // namespace govctl::cli
