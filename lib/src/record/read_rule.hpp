#pragma once

#include <map>
#include <string>

#include "fields.hpp"
#include "govctl/base/finding.hpp"
#include "govctl/model/rule.hpp"

namespace govctl::record {

/// Whether each stage of positions under `rules:` says when it passes; a finding for each that does not.
bool check_rules(const yaml::Document& document, Findings& findings);

/// `rules:`, by name.
std::map<std::string, model::Rule> read_rules(const Fields& parent);

/// `decisions:`, by kind of matter.
std::map<std::string, model::Procedure> read_procedures(const Fields& parent);

}  // namespace govctl::record
