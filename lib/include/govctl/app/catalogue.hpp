#pragma once

#include <string_view>
#include <vector>

#include "govctl/base/finding.hpp"

/// Every finding govctl can report, by its id. GOV0xx: what a file says by itself; GOV1xx: proposals, ballots and
/// decisions; GOV2xx: what may not follow; GOV3xx: charters and rules; GOV4xx: people, groups and references.
namespace govctl::app {

struct CatalogueEntry {
    std::string_view id;  ///< `GOV105`; never given to anything else
    Severity severity = Severity::error;
    std::string_view title;  ///< one line, as the heading of its page
};

/// Sorted by id.
const std::vector<CatalogueEntry>& catalogue();

/// Null: there is no such finding.
const CatalogueEntry* find_in_catalogue(std::string_view id);

}  // namespace govctl::app
