#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The pages of `govctl explain GOVnnn`: what a finding means, why it matters, how to mend it, an example of each.
namespace govctl::app::explain {

/// The page of a finding, in Markdown; the id in any case. None: there is no such finding.
std::optional<std::string_view> page(std::string_view id);

/// The ids that have a page, sorted.
std::vector<std::string> all();

}  // namespace govctl::app::explain
