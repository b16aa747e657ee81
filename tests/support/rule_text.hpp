#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "govctl/model/rule.hpp"

/// Rules as rules.md writes them, for tests that should not need the readers of records.
namespace govctl::testing {

/// `2026-01-01` or an instant; tests that mistype one fail loudly.
Instant instant(const std::string& text);

/// A stage as rules.md writes it: `{stage: vote, lasts: 1w, passes: [yes > no]}`.
model::Stage stage(const std::string& text);
model::Rule rule(const std::string& name, const std::vector<const char*>& stages);
std::vector<model::Term> terms(std::initializer_list<const char*> texts);

}  // namespace govctl::testing
