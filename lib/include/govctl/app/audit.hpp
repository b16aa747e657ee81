#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "govctl/app/workspace.hpp"

namespace govctl::app {

struct Violation {
    git::Oid commit;
    Finding finding;
};

struct AuditReport {
    std::size_t commits = 0;    ///< examined
    std::size_t governed = 0;   ///< of those, since the founding
    std::size_t decisions = 0;  ///< recomputed
    std::size_t ballots = 0;
    std::vector<Violation> violations;
    bool complete = true;  ///< false: shallow, partial, or a history that is not what it seems
    std::string incomplete_because{};
};

/// Told how many commits are done of how many.
using AuditProgress = std::function<void(std::size_t done, std::size_t all)>;

/// Asks may_follow() of each first parent from `from` (excluded; none: the root) to `to`, and of merges against every
/// parent. Nothing is held against what lies before the founding, nor against the founding itself. Also for a push that
/// is not accepted yet. Errors: `not_found` where `from` is not on the chain; `environment`.
Result<AuditReport> audit_range(const Workspace& workspace, const std::optional<git::Oid>& from, const git::Oid& to,
                                const AuditProgress& progress = {});

/// audit_range() of `A..B` or `B`; of nothing: of the canonical branch. Errors: `environment` where nothing is
/// governed.
Result<AuditReport> audit(const Workspace& workspace, const std::optional<std::string>& range,
                          const AuditProgress& progress);

/// Judges what `head` brings since its merge base with `onto`, applied to `onto`.
Result<Findings> judge_branch(const Workspace& workspace, const git::Oid& head, const git::Oid& onto);

}  // namespace govctl::app
