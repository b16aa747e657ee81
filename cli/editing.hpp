#pragma once

#include <string>

#include "environment.hpp"
#include "govctl/git/repository.hpp"

namespace govctl::cli {

/// Whether somebody is there to edit: at a terminal, or with an editor named in the environment.
bool can_edit(const Environment& environment);

/// A text as it comes back from the user's editor. Errors: `environment`: the editor failed; `invalid`: nothing is
/// left.
Result<std::string> edited(const git::Repository& repository, const std::string& text);

}  // namespace govctl::cli
