#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "govctl/base/finding.hpp"

namespace govctl::cli {

/// A finding as tools for code scanning show it.
struct Scanned {
    Finding finding;
    std::string commit{};  ///< that it is about; empty: the state that was looked at
};

/// A log of SARIF 2.1.0 with one run. `failure`: why the run could not look at all of it; empty: it could.
nlohmann::ordered_json to_sarif(const std::vector<Scanned>& results, const std::string& failure = {});

}  // namespace govctl::cli
