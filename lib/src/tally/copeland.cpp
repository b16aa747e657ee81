#include "methods.hpp"

// A. H. Copeland, "A reasonable social welfare function" (University of Michigan seminar, 1951), as restated by Saari
// and Merlin, "The Copeland method", Economic Theory 8 (1996): a point for each duel won, half a point for each tied.
namespace govctl::tally {

Tiers copeland(const Poll& poll, Tally& tally) {
    const Matrix& pairs = *tally.pairwise;
    std::vector<std::size_t> half_points(pairs.width());
    for (Candidate a : poll.standing) {
        std::size_t won = 0;
        std::size_t tied = 0;
        for (Candidate b : poll.standing) {
            if (a == b) continue;
            if (pairs.at(a, b) > pairs.at(b, a)) ++won;
            if (pairs.at(a, b) == pairs.at(b, a)) ++tied;
        }
        half_points[a] = 2 * won + tied;
        const std::size_t lost = poll.standing.size() - 1 - won - tied;
        tally.steps.push_back(
            {"duels",
             {a},
             "",
             {{"won", std::to_string(won)}, {"tied", std::to_string(tied)}, {"lost", std::to_string(lost)}},
             {}});
    }
    return tiers_by(poll.standing, half_points);
}

}  // namespace govctl::tally
