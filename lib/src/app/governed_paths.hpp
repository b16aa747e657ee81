#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "govctl/app/state.hpp"

namespace govctl::app {

/// Where something may lie that the rules of a state say anything about: its records, what it protects, the OWNERS of
/// its groups' areas. May name more, never less, than may_follow() looks at, so that a walk through history can pass
/// over the rest.
class GovernedPaths {
public:
    explicit GovernedPaths(const State& state);

    /// Of a folder, with a slash at its end: whether something governed may lie in it. Of a file: whether it may be
    /// governed.
    bool may_hold(const std::string& path) const;

private:
    bool may_be_governed(std::string_view file) const;

    std::string root_;  ///< lower case: a twin of a record that differs by case is of interest, too
    std::vector<std::string> protected_;
    std::vector<std::string> areas_;  ///< with a slash at the end; empty: the top
};

}  // namespace govctl::app
