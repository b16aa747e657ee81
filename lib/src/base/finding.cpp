#include "govctl/base/finding.hpp"

#include <algorithm>
#include <tuple>

namespace govctl {

bool has_errors(const Findings& findings) {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.severity == Severity::error; });
}

void sort_findings(Findings& findings) {
    const auto key = [](const Finding& f) { return std::tie(f.place, f.rule, f.message, f.severity, f.help); };
    std::sort(findings.begin(), findings.end(), [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
    findings.erase(std::unique(findings.begin(), findings.end()), findings.end());
}

}  // namespace govctl
