#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "poll.hpp"
#include "verdict.hpp"

/// `early: certain`: the same result and the same cause in every completion. Votes cast stay; each person without a
/// position may say yes, no, abstain or nothing and, if allowed, object once more; those who may object but not vote
/// may object; every standing objection may be resolved or stay. Recusals and roster changes are not considered.
namespace govctl::rules {

/// Someone who may still speak.
struct Undecided {
    std::string handle;
    std::string family{};     ///< where organizations count
    bool is_eligible = true;  ///< no: only a casting vote is theirs
    bool may_object = false;
    bool may_settle = false;
    int standing = 0;  ///< their unresolved objections

    friend bool operator==(const Undecided&, const Undecided&) = default;
};

/// All that is known at a moment, and all that may still be said.
struct Prospects {
    Figures fixed;  ///< `cast` counts positions only; objections are all open
    VotesByFamily by_family;
    std::optional<std::int64_t> cap;
    std::map<std::string, model::Vote> votes;  ///< cast
    std::vector<Undecided> undecided;
    std::vector<int> others;  ///< how many objections each may have who has voted or may not vote
    Votes settling;           ///< casting votes cast
    model::TieRule::Kind tie = model::TieRule::Kind::fails;
    std::string text;  ///< for the lot
};

/// Whether it can be told from the poll alone that nothing is certain yet: completions in which all the undecided say
/// the same, and no objection stands, already differ, or there are too many for certain() to say. Costs next to
/// nothing, where most words of a large electorate change nothing.
bool is_plainly_open(const Demands& demands, const Opening& opening, const Poll& poll);

/// Reads the prospects of a stage from its poll.
Prospects prospects_of(const Opening& opening, const Poll& poll, const Pollster& pollster, Moment moment,
                       const std::string& text);

/// The verdict that every completion shares; none: they differ, or there are too many to say. Exact for any number of
/// people where votes count alike; with a cap, organizations, a casting vote or a lot exact while the completions are
/// few (65,536 after people alike are put together), and silent beyond.
std::optional<Verdict> certain(const Demands& demands, const Prospects& prospects);

}  // namespace govctl::rules
