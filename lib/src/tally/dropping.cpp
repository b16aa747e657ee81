#include <set>

#include "methods.hpp"
#include "seats.hpp"

// Constitution for the Debian Project (v1.9), A.5 "Vote Counting" (A.6 before v1.8), points 4 to 8. Points 2 and 3,
// quorum and majority ratio, come before (winnow.hpp).
namespace govctl::tally {
namespace {

/// `winner` is preferred to `loser` by `won` against `lost`.
struct Defeat {
    Candidate winner;
    Candidate loser;
    std::uint64_t won;
    std::uint64_t lost;

    /// A.5.7: fewer votes for it, or as many and more against it.
    bool is_weaker(const Defeat& other) const { return won != other.won ? won < other.won : lost > other.lost; }
};

class Dropping {
public:
    Dropping(const Matrix& pairs, const std::vector<Candidate>& options) : pairs_(pairs), options_(options) {
        for (Candidate a : options_)
            for (Candidate b : options_)
                if (pairs_.at(a, b) > pairs_.at(b, a)) defeats_.push_back({a, b, pairs_.at(a, b), pairs_.at(b, a)});
    }

    /// Drops the weakest defeats among the Schwartz set until there are none in it; what is left of it.
    std::vector<Candidate> run(std::vector<Step>& steps) {
        while (true) {
            const std::vector<Candidate> schwartz = schwartz_set();
            steps.push_back({"schwartz", schwartz, "whom nobody outside of it defeats, by any way", {}, {}});
            const std::vector<Defeat> weakest = weakest_among(schwartz);
            if (weakest.empty()) return schwartz;
            for (const Defeat& defeat : weakest) drop(defeat, steps);
        }
    }

private:
    std::vector<Candidate> schwartz_set() const {
        const Matrix beats = transitive();
        std::vector<Candidate> set;
        for (Candidate a : options_)
            if (std::all_of(options_.begin(), options_.end(),
                            [&](Candidate b) { return beats.at(a, b) != 0 || beats.at(b, a) == 0; }))
                set.push_back(a);
        return set;
    }

    Matrix transitive() const {
        Matrix beats(pairs_.width());
        for (const Defeat& defeat : defeats_) beats.at(defeat.winner, defeat.loser) = 1;
        for (Candidate via : options_)
            for (Candidate a : options_)
                for (Candidate b : options_)
                    if (beats.at(a, via) != 0 && beats.at(via, b) != 0) beats.at(a, b) = 1;
        return beats;
    }

    std::vector<Defeat> weakest_among(const std::vector<Candidate>& set) const {
        const auto is_in = [&](Candidate each) { return std::binary_search(set.begin(), set.end(), each); };
        std::vector<Defeat> weakest;
        for (const Defeat& defeat : defeats_) {
            if (!is_in(defeat.winner) || !is_in(defeat.loser)) continue;
            if (!weakest.empty() && weakest.front().is_weaker(defeat)) continue;
            if (!weakest.empty() && defeat.is_weaker(weakest.front())) weakest.clear();
            weakest.push_back(defeat);
        }
        return weakest;
    }

    void drop(const Defeat& defeat, std::vector<Step>& steps) {
        std::erase_if(defeats_,
                      [&](const Defeat& each) { return each.winner == defeat.winner && each.loser == defeat.loser; });
        steps.push_back({"drop",
                         {defeat.winner, defeat.loser},
                         "the weakest defeat within the Schwartz set",
                         {{"for", std::to_string(defeat.won)}, {"against", std::to_string(defeat.lost)}},
                         {}});
    }

    const Matrix& pairs_;
    const std::vector<Candidate>& options_;
    std::vector<Defeat> defeats_;
};

}  // namespace

Tiers schulze_dropping(const Poll& poll, Tally& tally) {
    std::vector<Step> later;  // who comes second is not asked by the constitution
    return place_by_place(poll, [&](const std::vector<Candidate>& left) {
        const bool is_first = left.size() == poll.standing.size();
        return Dropping(*tally.pairwise, left).run(is_first ? tally.steps : later);
    });
}

}  // namespace govctl::tally
