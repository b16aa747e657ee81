#include "govctl/app/approval.hpp"

#include <algorithm>
#include <utility>

#include "govctl/app/audit.hpp"
#include "govctl/app/may_follow.hpp"
#include "govctl/base/text.hpp"

namespace govctl::app {
namespace {

bool is_any_of(const Approver& approver, const std::vector<std::string>& names) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return approver.names.contains(name); });
}

void settle(PathApproval& path, const std::vector<Approver>& approvers) {
    for (const Approver& approver : approvers)
        if (is_any_of(approver, path.approvers)) path.approved_by.push_back(approver.called);
    path.state = path.approved_by.empty() ? ApprovalState::missing : ApprovalState::approved;
}

void find_what_is_missing(Approvals& approvals) {
    std::vector<std::vector<std::string>> choices;
    for (const PathApproval& path : approvals.paths)
        if (path.state == ApprovalState::missing) choices.push_back(path.approvers);
    approvals.missing = smallest_cover(choices);
}

/// `Ada <ada@example.org>` → `Ada` and the address; `ada` → `ada` and nothing.
std::pair<std::string, std::string> name_and_address(const std::string& text) {
    const std::size_t opens = text.rfind('<');
    const std::size_t closes = text.rfind('>');
    if (opens == std::string::npos || closes == std::string::npos || closes < opens) return {trim(text), {}};
    return {trim(text.substr(0, opens)), trim(text.substr(opens + 1, closes - opens - 1))};
}

bool may_be_login(const std::string& name) {
    return !name.empty() &&
           normal_handle(name).find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") == std::string::npos;
}

class Trailers {
public:
    Trailers(const git::Repository& repository, Survey& survey, git::Oid onto)
        : repository_(repository), survey_(survey), onto_(std::move(onto)) {}

    Result<void> read(const std::string& message) {
        for (const std::string& line : split(message, '\n')) {
            const std::size_t colon = line.find(':');
            if (colon == std::string::npos) continue;
            const std::string key = lower(line.substr(0, colon));
            if (key != "approved-by" && key != "acked-by" && key != "reviewed-by") continue;
            GOVCTL_CHECK(add(trim(line.substr(colon + 1))));
        }
        return {};
    }

    std::vector<Approver> take(std::vector<std::string>& nobody) && {
        nobody = std::move(nobody_);
        return std::move(approvers_);
    }

private:
    Result<void> add(const std::string& text) {
        if (!seen_.insert(text).second) return {};
        GOVCTL_TRY(std::set<std::string> names, names_in(text));
        if (names.empty()) {
            nobody_.push_back(text);
            return {};
        }
        const std::string called = *names.begin();
        const bool known = std::any_of(approvers_.begin(), approvers_.end(),
                                       [&](const Approver& other) { return other.names == names; });
        if (!known) approvers_.push_back({called, std::move(names)});
        return {};
    }

    Result<std::set<std::string>> names_in(const std::string& text) {
        const auto [name, address] = name_and_address(text);
        if (!address.empty()) {
            GOVCTL_TRY(auto names, survey_.names_of_email(address));
            if (!names.empty()) return names;
            const std::string mapped = repository_.mapped({name, address}, onto_).email;
            GOVCTL_TRY(names, survey_.names_of_email(mapped));
            return names;
        }
        if (!may_be_login(name)) return std::set<std::string>();
        return survey_.names_of(name);
    }

    const git::Repository& repository_;
    Survey& survey_;
    git::Oid onto_;
    std::set<std::string> seen_;
    std::vector<Approver> approvers_;
    std::vector<std::string> nobody_;
};

/// Governed paths need a decision in place of an approval.
Result<void> hold_to_rules(const Workspace& workspace, const git::Oid& from, const git::Oid& to, Approvals& approvals) {
    GOVCTL_TRY(const auto before, workspace.state_at(from));
    if (!before->is_governed()) return {};
    GOVCTL_TRY(const auto after, workspace.state_at(to));
    GOVCTL_TRY(approvals.findings, judge_branch(workspace, to, from));
    std::vector<std::string> paths;
    for (const PathApproval& path : approvals.paths) paths.push_back(path.path);
    const std::set<std::string> held = held_to_rules(*before, *after, paths);
    for (PathApproval& path : approvals.paths)
        if (held.contains(path.path)) path.state = ApprovalState::by_rules;
    return {};
}

}  // namespace

bool Approvals::complete() const {
    return findings.empty() && std::none_of(paths.begin(), paths.end(), [](const PathApproval& path) {
               return path.state == ApprovalState::missing;
           });
}

Result<Approvals> assess(Survey& survey, const std::vector<std::string>& paths,
                         const std::vector<Approver>& approvers) {
    Approvals approvals;
    std::vector<std::pair<std::string, bool>> folders;  // of each path: whose approval it needs, and whether it is free
    std::set<std::string> asked;
    for (const std::string& path : paths) {
        GOVCTL_TRY(const record::PathOwners owners, survey.owners().owners_of(path));
        approvals.paths.push_back({path, ApprovalState::missing, record::names_of(owners.approvers), {}});
        folders.emplace_back(owners.approver_folder, owners.needs_no_approval);
        if (!owners.needs_no_approval) asked.insert(owners.approver_folder);
    }
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const auto& [folder, is_free] = folders[i];
        if (is_free && !asked.contains(folder)) {
            approvals.paths[i].state = ApprovalState::not_needed;
        } else {
            settle(approvals.paths[i], approvers);
        }
    }
    for (const Approver& approver : approvers) approvals.approved_by.push_back(approver.called);
    find_what_is_missing(approvals);
    return approvals;
}

Result<std::vector<std::string>> changed_paths(const git::Repository& repository, const std::optional<git::Oid>& from,
                                               const git::Oid& to) {
    std::optional<git::Oid> base;
    if (from) {
        GOVCTL_TRY(base, repository.merge_base(*from, to));
    }
    GOVCTL_TRY(const auto changes, repository.changes(base, to));
    std::vector<std::string> paths;
    for (const git::PathChange& change : changes) paths.push_back(change.path);
    return paths;
}

Result<std::vector<Approver>> approvers_called(Survey& survey, const std::vector<std::string>& names) {
    std::vector<Approver> approvers;
    for (const std::string& name : names) {
        GOVCTL_TRY(auto all, survey.names_of(name));
        approvers.push_back({normal_handle(name), std::move(all)});
    }
    return approvers;
}

Result<std::vector<Approver>> approvers_by_trailers(const Workspace& workspace, Survey& survey, const git::Oid& from,
                                                    const git::Oid& to, std::vector<std::string>& nobody) {
    GOVCTL_TRY(const auto commits, workspace.repository().between(from, to));
    Trailers trailers(workspace.repository(), survey, from);
    for (const git::Commit& commit : commits) GOVCTL_CHECK(trailers.read(commit.message));
    return std::move(trailers).take(nobody);
}

Result<Approvals> judge_approvals(const Workspace& workspace, const git::Oid& from, const git::Oid& to,
                                  const std::optional<std::vector<std::string>>& names) {
    GOVCTL_TRY(Survey survey, Survey::at(workspace, from));
    GOVCTL_TRY(const auto paths, changed_paths(workspace.repository(), from, to));
    std::vector<std::string> nobody;
    GOVCTL_TRY(const auto approvers,
               names ? approvers_called(survey, *names) : approvers_by_trailers(workspace, survey, from, to, nobody));
    GOVCTL_TRY(Approvals approvals, assess(survey, paths, approvers));
    approvals.nobody = std::move(nobody);
    if (survey.is_governed()) {
        GOVCTL_CHECK(hold_to_rules(workspace, from, to, approvals));
        find_what_is_missing(approvals);
    }
    return approvals;
}

}  // namespace govctl::app
