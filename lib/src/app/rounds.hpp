#pragma once

#include <string>
#include <vector>

#include "govctl/model/proposal.hpp"

namespace govctl::app {

/// A round of an opened matter, as its history tells it.
struct Round {
    int number = 1;
    Instant from;
    std::string group;               ///< who decides
    std::vector<std::string> texts;  ///< what was decided on, the last of them at the end
};

/// In the order of their numbers, from 1 without gaps; none: the history does not tell them so.
std::vector<Round> rounds_of(const model::Proposal& proposal);

}  // namespace govctl::app
