#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "govctl/app/workspace.hpp"
#include "govctl/base/finding.hpp"

/// What a push may bring to the canonical branch, as hooks ask on either side of it.
namespace govctl::app {

/// A ref that a push moves.
struct RefUpdate {
    std::string ref;                 ///< `refs/heads/main`
    std::optional<git::Oid> before;  ///< none: it is made
    std::optional<git::Oid> after;   ///< none: it is deleted
};

/// The clock of the server that receives a push.
struct ServerClock {
    Instant now;
    std::int64_t tolerance = 600;  ///< seconds that an act may be dated away from it
};

/// Why a push is refused: because of one commit it brings, or as a whole.
struct Refusal {
    std::optional<git::Oid> commit{};
    Finding finding;  ///< without a rule where no record is at fault
};

/// Judges one ref of a push. On the canonical branch every commit must follow the one before it, and none may be
/// dropped; on all branches, what is late or dated away from the server's clock is refused, where there is one
/// (integrity.md, When it happened). Branches that nobody governs may do as they like. Errors: `environment`.
Result<std::vector<Refusal>> judge_push(const Workspace& workspace, const RefUpdate& update,
                                        const std::optional<ServerClock>& server);

}  // namespace govctl::app
