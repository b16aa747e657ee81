#include "govctl/app/validate.hpp"

#include <algorithm>

#include "govctl/model/proposal.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

/// Folders of proposals that have ended: what is wrong in them can no longer be mended, and should not stop anybody.
class History {
public:
    explicit History(const State& state) : root_(state.root()) {
        for (const auto& [_, matter] : state.matters()) {
            if (model::is_terminal(matter.proposal().status)) folders_.insert(matter.folder());
        }
    }

    bool holds(const std::string& path) const {
        const auto around = record::proposal_around(path, root_);
        return around && folders_.count(around->folder) > 0;
    }

private:
    std::string root_;
    std::set<std::string> folders_;
};

/// GOV120 to GOV139: a status and the decisions on it are what everybody relies on, however old they are.
bool is_about_outcome(const Finding& finding) {
    return finding.rule >= "GOV120" && finding.rule <= "GOV139";
}

void soften_history(const State& state, Findings& findings) {
    const History history(state);
    for (Finding& finding : findings) {
        if (finding.severity != Severity::error || is_about_outcome(finding)) continue;
        if (history.holds(finding.place.file)) finding.severity = Severity::warning;
    }
}

}  // namespace

Findings validate(const State& state, Instant now) {
    // Without govctl.yaml nothing is where it should be, and every name leads nowhere: what reading found is enough.
    if (!state.project_record()) return state.findings();
    Validation validation(state, now);
    validation.add(state.findings());
    for (auto* check : {check_paths, check_project, check_people, check_groups, check_rules, check_proposals,
                        check_decisions, check_elections, check_owners})
        check(validation);
    Findings findings = std::move(validation).take();
    soften_history(state, findings);
    sort_findings(findings);
    return findings;
}

Findings validate_matter(const State& state, const Matter& matter, Instant now) {
    const std::string& folder = matter.folder();
    Validation validation(state, now);
    validation.add(state.findings_below(folder));
    if (state.project_record()) {
        check_paths_of(validation, matter);
        check_proposal(validation, matter);
    }
    Findings findings = std::move(validation).take();
    std::erase_if(findings, [&](const Finding& finding) { return !finding.place.file.starts_with(folder); });
    sort_findings(findings);
    return findings;
}

}  // namespace govctl::app
