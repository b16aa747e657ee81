#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "govctl/app/state.hpp"
#include "govctl/base/finding.hpp"
#include "govctl/base/time.hpp"

namespace govctl::app {

/// Who brought a file's change, and when.
struct Origin {
    std::string email;  ///< after mailmap
    Instant date;       ///< of the commit
};

/// Whether the records may change from `before` to `after`: the one judge that commands ask before they commit, that
/// hooks ask about the index, and that the audit asks about every commit. Findings GOV201–GOV299, none: allowed.
/// `origin_of` is asked for each changed path.
Findings may_follow(const State& before, const State& after,
                    const std::function<Origin(const std::string& path)>& origin_of);

/// The same, where it is known which paths differ; those that nothing governs may be left out.
Findings may_follow(const State& before, const State& after, std::set<std::string> changed,
                    const std::function<Origin(const std::string& path)>& origin_of);

/// Those of the paths whose change may_follow() judges: records, owners of areas, protected files.
std::set<std::string> held_to_rules(const State& before, const State& after, const std::vector<std::string>& paths);

}  // namespace govctl::app
