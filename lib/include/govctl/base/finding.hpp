#pragma once

#include <string>
#include <vector>

#include "govctl/base/result.hpp"

namespace govctl {

enum class Severity { note, warning, error };

/// Something a record says that it should not. Findings are data: reading never stops at the first.
struct Finding {
    std::string rule;  ///< stable id, as `GOV012`; `govctl explain` has a page for each
    Severity severity = Severity::error;
    Place place;
    std::string message;
    std::string help{};

    friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

bool has_errors(const Findings& findings);

/// Orders by file, line, column, rule, message, and drops exact repeats.
void sort_findings(Findings& findings);

}  // namespace govctl
