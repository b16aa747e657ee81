#include "methods.hpp"

// T. N. Tideman, "Independence of clones as a criterion for voting rules", Social Choice and Welfare 4 (1987), with the
// duels in the order of CIVS (civs1.civs.us/rp.html, "CIVS Ranked Pairs"): more votes for, then fewer against. Duels of
// one strength are a bunch. Each of a bunch is locked unless it makes a cycle with stronger ones that are locked; so
// nothing depends on an order within the bunch, and two of a bunch may cancel each other out.
namespace govctl::tally {
namespace {

struct Duel {
    Candidate winner;
    Candidate loser;
    std::uint64_t won;
    std::uint64_t lost;

    bool is_as_strong_as(const Duel& other) const { return won == other.won && lost == other.lost; }
    bool is_stronger(const Duel& other) const { return won != other.won ? won > other.won : lost < other.lost; }
};

std::vector<Duel> duels_by_strength(const Poll& poll, const Matrix& pairs) {
    std::vector<Duel> duels;
    for (Candidate a : poll.standing)
        for (Candidate b : poll.standing)
            if (pairs.at(a, b) > pairs.at(b, a)) duels.push_back({a, b, pairs.at(a, b), pairs.at(b, a)});
    std::stable_sort(duels.begin(), duels.end(), [](const Duel& a, const Duel& b) { return a.is_stronger(b); });
    return duels;
}

/// What is locked, and what follows from it.
class Locked {
public:
    explicit Locked(const Poll& poll, std::size_t width) : poll_(poll), over_(width) {}

    bool has(Candidate a, Candidate b) const { return over_.at(a, b) != 0; }

    void add(Candidate winner, Candidate loser) {
        if (has(winner, loser)) return;
        for (Candidate a : poll_.standing) {
            if (a != winner && !has(a, winner)) continue;
            for (Candidate b : poll_.standing)
                if (b == loser || has(loser, b)) over_.at(a, b) = 1;
        }
    }

private:
    const Poll& poll_;
    Matrix over_;
};

void lock_bunch(const std::vector<Duel>& bunch, Locked& locked, Tally& tally) {
    std::vector<Duel> kept;
    for (const Duel& duel : bunch) {
        const bool makes_cycle = locked.has(duel.loser, duel.winner);
        if (!makes_cycle) kept.push_back(duel);
        tally.steps.push_back({makes_cycle ? "drop" : "lock",
                               {duel.winner, duel.loser},
                               makes_cycle ? "it makes a cycle with stronger ones" : "",
                               {{"for", std::to_string(duel.won)}, {"against", std::to_string(duel.lost)}},
                               {}});
    }
    for (const Duel& duel : kept) locked.add(duel.winner, duel.loser);
}

}  // namespace

Tiers ranked_pairs(const Poll& poll, Tally& tally) {
    const std::vector<Duel> duels = duels_by_strength(poll, *tally.pairwise);
    Locked locked(poll, tally.pairwise->width());
    for (auto from = duels.begin(); from != duels.end();) {
        const auto to =
            std::find_if_not(from, duels.end(), [&](const Duel& each) { return each.is_as_strong_as(*from); });
        lock_bunch({from, to}, locked, tally);
        from = to;
    }
    Tiers tiers;
    std::vector<Candidate> left = poll.standing;
    while (!left.empty()) {
        Tier top;
        for (Candidate a : left)
            if (std::all_of(left.begin(), left.end(),
                            [&](Candidate b) { return locked.has(a, b) || !locked.has(b, a); }))
                top.push_back(a);
        std::erase_if(left, [&](Candidate each) { return std::binary_search(top.begin(), top.end(), each); });
        tiers.push_back(std::move(top));
    }
    return tiers;
}

}  // namespace govctl::tally
