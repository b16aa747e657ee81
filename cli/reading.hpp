#pragma once

#include <memory>
#include <string>

#include "govctl/app/state.hpp"
#include "govctl/app/workspace.hpp"
#include "invocation.hpp"

namespace govctl::cli {

/// What a command that reads has before it.
struct Look {
    app::Workspace workspace;
    std::shared_ptr<const app::State> state;
    Instant now;
};

/// The repository around the current folder, or the one GIT_DIR names.
Result<app::Workspace> open_workspace(const Invocation& invocation);

/// The state that `--rev` names, or what is staged, or the work tree; at `--as-of`, or now.
Result<Look> look(const Invocation& invocation, bool staged = false);

/// Errors and findings about files of this state show their lines from here on.
void show_lines_of(const Invocation& invocation, std::shared_ptr<const app::State> state);

/// A path as typed in the current folder, counted from the top of the work tree. Errors: `usage`: outside of it.
Result<std::string> from_top(const app::Workspace& workspace, const std::string& typed);

}  // namespace govctl::cli
