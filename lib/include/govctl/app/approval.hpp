#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "govctl/app/cover.hpp"
#include "govctl/app/survey.hpp"
#include "govctl/app/workspace.hpp"
#include "govctl/base/finding.hpp"

/// Whether those who approved a change may, for every path of it.
namespace govctl::app {

/// Somebody who approved, as they were called, and every name by which OWNERS may mean them.
struct Approver {
    std::string called;
    std::set<std::string> names;
};

enum class ApprovalState {
    approved,
    missing,
    not_needed,  ///< in a folder that `auto_approve_unowned_subfolders` leaves to anybody
    by_rules,    ///< governed: OWNERS have no say in it, a decision has
};

struct PathApproval {
    std::string path;
    ApprovalState state = ApprovalState::missing;
    std::vector<std::string> approvers;    ///< who may, by OWNERS; sorted
    std::vector<std::string> approved_by;  ///< who of them did
};

struct Approvals {
    std::vector<PathApproval> paths;
    std::vector<std::string> approved_by;  ///< as they were called
    std::vector<std::string> nobody;       ///< trailers that name nobody who can be told
    Cover missing;                         ///< a smallest set of people whose approval is all that is missing
    Findings findings;                     ///< governed files that may not change so

    bool complete() const;
};

/// Holds paths against OWNERS as they are in one state. Prow asks for an approver of every path that differs from what
/// `auto_approve_unowned_subfolders` frees; a freed path is asked about too where another path of the same OWNERS is.
Result<Approvals> assess(Survey& survey, const std::vector<std::string>& paths, const std::vector<Approver>& approvers);

/// What `to` changes since it left `from`: both names of what was renamed, sorted. `from` none: everything in `to`.
Result<std::vector<std::string>> changed_paths(const git::Repository& repository, const std::optional<git::Oid>& from,
                                               const git::Oid& to);

/// Everyone called so. Names are handles, old handles or logins, in any case, with `@` or without.
Result<std::vector<Approver>> approvers_called(Survey& survey, const std::vector<std::string>& names);

/// Who approved by `Approved-by:`, `Acked-by:` or `Reviewed-by:` in the commits that `to` has and `from` has not: an
/// address of somebody on record or of GitHub's, or a login. Trailers that tell nobody go into `nobody`.
Result<std::vector<Approver>> approvers_by_trailers(const Workspace& workspace, Survey& survey, const git::Oid& from,
                                                    const git::Oid& to, std::vector<std::string>& nobody);

/// What `to` brings onto `from`, whose OWNERS and rules are those that count. `names` none: by trailers.
Result<Approvals> judge_approvals(const Workspace& workspace, const git::Oid& from, const git::Oid& to,
                                  const std::optional<std::vector<std::string>>& names);

}  // namespace govctl::app
