#include "methods.hpp"

// CIVS, "Minimax-PM" (civs1.civs.us/rp.html): who has the weakest worst defeat is first; where these are alike the next
// worst decide, and who has no more is ahead. A defeat is stronger by a greater margin; of two with one margin, the one
// with fewer votes in all, where the margin is the greater part. Whom one loses to who is ranked already does not
// count.
namespace govctl::tally {
namespace {

struct Defeat {
    Candidate by;
    std::uint64_t margin;
    std::uint64_t votes_for;

    bool is_stronger(const Defeat& other) const {
        return margin != other.margin ? margin > other.margin : votes_for < other.votes_for;
    }
};

using Defeats = std::vector<Defeat>;  ///< the strongest first

Defeats defeats_of(Candidate candidate, const std::vector<Candidate>& left, const Matrix& pairs) {
    Defeats defeats;
    for (Candidate other : left) {
        const std::uint64_t against = pairs.at(other, candidate);
        const std::uint64_t in_favour = pairs.at(candidate, other);
        if (against > in_favour) defeats.push_back({other, against - in_favour, against});
    }
    std::stable_sort(defeats.begin(), defeats.end(), [](const Defeat& a, const Defeat& b) { return a.is_stronger(b); });
    return defeats;
}

/// Whether the first stands better.
bool is_better(const Defeats& a, const Defeats& b) {
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [](const Defeat& x, const Defeat& y) { return y.is_stronger(x); });
}

void tell(const Tier& tier, const std::vector<Defeats>& defeats, Tally& tally) {
    Step step{"rank", tier, "the weakest worst defeat of those left", {}, {}};
    if (const Defeats& worst = defeats[tier.front()]; worst.empty())
        step.why = "undefeated among those left";
    else
        step.figures = {{"for", std::to_string(worst[0].votes_for)}, {"margin", std::to_string(worst[0].margin)}};
    tally.steps.push_back(std::move(step));
}

}  // namespace

Tiers minimax(const Poll& poll, Tally& tally) {
    Tiers tiers;
    std::vector<Candidate> left = poll.standing;
    std::vector<Defeats> defeats(poll.ballots.width());
    while (!left.empty()) {
        for (Candidate each : left) defeats[each] = defeats_of(each, left, *tally.pairwise);
        Tier top;
        for (Candidate a : left)
            if (std::none_of(left.begin(), left.end(), [&](Candidate b) { return is_better(defeats[b], defeats[a]); }))
                top.push_back(a);
        std::erase_if(left, [&](Candidate each) { return std::binary_search(top.begin(), top.end(), each); });
        tell(top, defeats, tally);
        tiers.push_back(std::move(top));
    }
    return tiers;
}

}  // namespace govctl::tally
