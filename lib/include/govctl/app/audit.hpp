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

/// Replays first parents of a range (`A..B`, `B`; nothing: the canonical branch, from its founding) and asks
/// may_follow() of each commit, and of merges against every parent. `progress` is told how many commits are done of how
/// many.
Result<AuditReport> audit(const Workspace& workspace, const std::optional<std::string>& range,
                          const std::function<void(std::size_t done, std::size_t all)>& progress);

/// Judges what `head` brings since its merge base with `onto`, applied to `onto`.
Result<Findings> judge_branch(const Workspace& workspace, const git::Oid& head, const git::Oid& onto);

}  // namespace govctl::app
