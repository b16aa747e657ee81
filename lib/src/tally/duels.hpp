#pragma once

#include <optional>

#include "poll.hpp"

namespace govctl::tally {

/// Whom all the others lose to.
inline std::optional<Candidate> condorcet_winner(const std::vector<Candidate>& among, const Matrix& pairs) {
    for (Candidate a : among)
        if (std::all_of(among.begin(), among.end(),
                        [&](Candidate b) { return a == b || pairs.at(a, b) > pairs.at(b, a); }))
            return a;
    return std::nullopt;
}

}  // namespace govctl::tally
