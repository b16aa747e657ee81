#pragma once

#include <vector>

#include "govctl/rules/course.hpp"
#include "verdict.hpp"

namespace govctl::rules {

/// Each condition with its figures and what it lacks, quorum first. Without recorded attendance what counts `present`
/// is not met.
std::vector<Standing> standings(const Demands& demands, const Figures& figures, bool has_attendance);

}  // namespace govctl::rules
