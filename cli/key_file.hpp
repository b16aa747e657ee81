#pragma once

#include <string>

#include "govctl/app/workspace.hpp"
#include "govctl/base/result.hpp"

/// The private half of a secret election's key: a file that the officers keep, outside of the repository.
namespace govctl::cli {

/// Makes the file, readable by its owner only. Errors: `usage`: it would lie in the repository; `blocked`: there is
/// such a file already.
Result<void> write_key(const app::Workspace& workspace, const std::string& file, const std::string& secret);
/// Errors: `not_found`.
Result<std::string> read_key(const std::string& file);

}  // namespace govctl::cli
