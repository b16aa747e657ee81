#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/app/workspace.hpp"

namespace govctl::app {

struct Violation {
    git::Oid commit;
    Finding finding;
};

/// How far a history was found to be right. Kept by who asked, outside of the repository, so that the next audit can
/// begin there, and a history that was rewritten since can be told.
struct Verified {
    git::Oid genesis;  ///< the root that first parents lead to
    git::Oid tip;
    std::string judge;  ///< which govctl it was: another may see more
    std::size_t commits = 0;
    std::size_t governed = 0;
    std::size_t decisions = 0;
    std::size_t ballots = 0;
};
std::string to_text(const Verified& verified);
/// None: not such a text.
std::optional<Verified> verified_from(std::string_view text);

struct AuditReport {
    std::size_t commits = 0;     ///< examined, now or by the audit before
    std::size_t remembered = 0;  ///< of those, by the audit before
    std::size_t governed = 0;    ///< since the founding
    std::size_t decisions = 0;   ///< recomputed
    std::size_t ballots = 0;
    std::vector<Violation> violations;  ///< in the order of the commits
    bool complete = true;               ///< false: shallow, partial, or a history that is not what it seems
    std::string incomplete_because{};
    std::optional<Verified> verified{};  ///< to be kept: nothing was wrong or left out
};

/// Told how many commits are done of how many.
using AuditProgress = std::function<void(std::size_t done, std::size_t all)>;

/// Asks may_follow() of each first parent from `from` (excluded; none: the root) to `to`, and of merges against every
/// parent. Nothing is held against what lies before the founding, nor against the founding itself. What is malformed is
/// a violation. Also for a push that is not accepted yet. Errors: `not_found` where `from` is not on the chain.
Result<AuditReport> audit_range(const Workspace& workspace, const std::optional<git::Oid>& from, const git::Oid& to,
                                const AuditProgress& progress = {});

struct AuditRequest {
    std::optional<std::string> range{};  ///< `A..B` or `B`; none: the canonical branch
    std::string judge{};                 ///< the version of govctl that asks
    std::vector<Verified> verified{};    ///< what is kept of earlier audits, of any project
    bool anew = false;                   ///< believe no earlier audit
    AuditProgress progress{};
};

/// audit_range() of what is asked for, of the canonical branch only from where an earlier audit has come to. Errors:
/// `environment` where nothing is governed.
Result<AuditReport> audit(const Workspace& workspace, const AuditRequest& request);

/// The name that refs/govctl/ has for the tip of the last audit.
constexpr const char* verified_note = "verified";

/// Judges what `head` brings since its merge base with `onto`, applied to `onto`.
Result<Findings> judge_branch(const Workspace& workspace, const git::Oid& head, const git::Oid& onto);

}  // namespace govctl::app
