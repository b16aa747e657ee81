#pragma once

#include <map>
#include <string>

#include "govctl/app/acts.hpp"

namespace govctl::app {

struct Renaming {
    std::string from;                             ///< a handle
    std::string to;                               ///< free, or one that the person had before
    std::map<std::string, std::string> accounts;  ///< forge → login, where these change with the handle
};

/// Gives a person another handle: their record moves and keeps the old one in `aliases:`, and whatever may still change
/// calls them by the new one: people, rosters, charters, govctl.yaml, drafts, the authors of undecided matters, and
/// OWNERS files where the name there changes with it. What is decided, and every ballot, stays as it was written; the
/// old handle leads to the person. Only the bytes of the names change. Errors: `refused` where the actor is neither the
/// person nor of steering or a desk, where an account changes that is not the actor's, or while an election names the
/// person that is not over; `not_found`, `usage`, `blocked` as new_person().
Result<Change> rename_person(const State& state, const Act& act, const Renaming& renaming);

}  // namespace govctl::app
