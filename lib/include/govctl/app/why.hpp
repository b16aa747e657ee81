#pragma once

#include <optional>
#include <string>

#include "govctl/app/workspace.hpp"

namespace govctl::app {

/// Which decision put a file, or a line of it, where it is.
struct Why {
    git::Commit commit;                       ///< the change that brought it
    std::optional<model::Decision> decision;  ///< none: no decision did (the founding, an ungoverned file, a draft)
    bool founding = false;                    ///< it came with govctl.yaml itself
};

/// Looks along first parents from `revision`. With a line (from 1), the commit that brought that line; a later edit of
/// comments or layout is seen through to the decision below it. Errors: `not_found`: no such file or line.
Result<Why> why(const Workspace& workspace, const std::string& path, std::optional<int> line,
                const std::string& revision);

}  // namespace govctl::app
