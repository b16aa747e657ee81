#include "methods.hpp"

// Markus Schulze, "A new monotonic, clone-independent, reversal symmetric, and condorcet-consistent single-winner
// election method", Social Choice and Welfare 36 (2011), section 2: the strength of a path is that of its weakest duel;
// a beats b if the strongest path from a to b is stronger than any from b to a. The tiers are by how many beat one.
namespace govctl::tally {
namespace {

/// Stronger is greater; none is {0, 0}.
using Duel = std::pair<std::uint64_t, std::uint64_t>;

Duel duel(std::uint64_t won, std::uint64_t lost, Strength strength) {
    if (won <= lost) return {};
    switch (strength) {
        case Strength::winning_votes:
            return {won, 0};
        case Strength::margins:
            return {won - lost, 0};
        case Strength::winning_losing:
            break;
    }
    return {won, UINT64_MAX - lost};  // of two with as many votes for, the one with fewer against is the stronger
}

class Paths {
public:
    Paths(const Poll& poll, const Matrix& pairs, Strength strength)
        : poll_(poll), width_(pairs.width()), strongest_(width_ * width_), next_(width_ * width_) {
        for (Candidate a : poll_.standing)
            for (Candidate b : poll_.standing) {
                at(a, b) = duel(pairs.at(a, b), pairs.at(b, a), strength);
                next_[a * width_ + b] = b;
            }
        strengthen();
    }

    const Duel& operator()(Candidate a, Candidate b) const { return strongest_[a * width_ + b]; }
    bool beats(Candidate a, Candidate b) const { return (*this)(a, b) > (*this)(b, a); }

    std::vector<Candidate> path(Candidate a, Candidate b) const {
        std::vector<Candidate> all{a};
        while (all.back() != b) all.push_back(next_[all.back() * width_ + b]);
        return all;
    }

private:
    Duel& at(Candidate a, Candidate b) { return strongest_[a * width_ + b]; }

    void strengthen() {  // as Floyd and Warshall do
        for (Candidate via : poll_.standing)
            for (Candidate a : poll_.standing) {
                if (a == via) continue;
                for (Candidate b : poll_.standing) {
                    if (b == a || b == via) continue;
                    const Duel& weakest = std::min(at(a, via), at(via, b));
                    if (!(weakest > at(a, b))) continue;
                    at(a, b) = weakest;
                    next_[a * width_ + b] = next_[a * width_ + via];
                }
            }
    }

    const Poll& poll_;
    std::size_t width_;
    std::vector<Duel> strongest_;
    std::vector<Candidate> next_;  ///< the second on the way
};

/// Where the way round says something else than the duel itself.
void tell_paths(const Poll& poll, const Paths& paths, Tally& tally) {
    for (Candidate a : poll.standing)
        for (Candidate b : poll.standing) {
            if (!paths.beats(a, b) || tally.pairwise->at(a, b) > tally.pairwise->at(b, a)) continue;
            tally.steps.push_back(
                {"path",
                 paths.path(a, b),
                 "the strongest way from the first to the last is stronger than any way back",
                 {{"strength", std::to_string(paths(a, b).first)}, {"back", std::to_string(paths(b, a).first)}}});
        }
}

}  // namespace

Tiers schulze(const Poll& poll, Strength strength, Tally& tally) {
    const Paths paths(poll, *tally.pairwise, strength);
    tally.strengths.emplace(poll.ballots.width());
    std::vector<std::size_t> losses(poll.ballots.width());
    std::vector<std::size_t> kept(poll.ballots.width());
    for (Candidate a : poll.standing)
        for (Candidate b : poll.standing) {
            tally.strengths->at(a, b) = paths(a, b).first;
            ++(paths.beats(b, a) ? losses : kept)[a];
        }
    tell_paths(poll, paths, tally);
    tally.steps.push_back({"rank", poll.standing, "by how many beat each of them", {}, told(poll.standing, losses)});
    return tiers_by(poll.standing, kept);
}

}  // namespace govctl::tally
