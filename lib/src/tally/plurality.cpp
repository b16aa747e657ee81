#include "methods.hpp"

// A ballot is one vote for its single first preference; one that puts two or more first is a vote for nobody.
namespace govctl::tally {

Tiers plurality(const Poll& poll, Tally& tally) {
    std::vector<std::uint64_t> votes(poll.ballots.width());
    std::uint64_t for_nobody = 0;
    for (std::size_t row = 0; row < poll.ballots.rows(); ++row) {
        const std::span<const std::uint8_t> ranks = poll.ballots.ranks(row);
        std::vector<Candidate> first;
        for (Candidate candidate : poll.standing) {
            if (ranks[candidate] == 0) continue;
            if (!first.empty() && ranks[candidate] < ranks[first.front()]) first.clear();
            if (first.empty() || ranks[candidate] == ranks[first.front()]) first.push_back(candidate);
        }
        (first.size() == 1 ? votes[first.front()] : for_nobody) += poll.ballots.weight(row);
    }
    tally.steps.push_back({"count",
                           poll.standing,
                           "first preferences",
                           {{"for nobody", std::to_string(for_nobody)}},
                           told(poll.standing, votes)});
    return tiers_by(poll.standing, votes);
}

}  // namespace govctl::tally
