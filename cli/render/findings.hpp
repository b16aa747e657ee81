#pragma once

#include <nlohmann/json_fwd.hpp>

#include "govctl/base/finding.hpp"
#include "invocation.hpp"

namespace govctl::cli {

/// Each finding with its line, a caret below its column, and what helps.
void print_findings(Output& out, const Findings& findings, const Source& source);

/// Workflow commands that a forge shows beside the lines.
void print_annotations(Output& out, const Findings& findings);

/// `2 errors and 1 warning in 14 records`.
Text finding_summary(const Findings& findings, std::size_t examined, const std::string& what = "record");

nlohmann::ordered_json to_json(const Finding& finding);
std::string_view severity_word(Severity severity);

}  // namespace govctl::cli
