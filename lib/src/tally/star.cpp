#include "methods.hpp"
#include "seats.hpp"

// STAR voting, Equal Vote Coalition (starvoting.org): the two with the highest sums of scores go into a runoff, which
// each ballot decides for whom it scores higher. Bloc STAR: for the next seat the same among those not elected yet.
//
// Ties as in its Official Tiebreaker Protocol (starvoting.org/ties). In the scoring round: of those tied, who lost the
// most duels among them goes out, again and again; then more ballots with the highest score (five stars). In the
// runoff: the higher sum; then more five stars. What is left after that is a tie.
namespace govctl::tally {
namespace {

constexpr std::uint32_t five_stars = 5;

class Star {
public:
    Star(const Poll& poll, Tally& tally)
        : poll_(poll),
          tally_(tally),
          settling_(settling_order(poll)),
          sums_(poll.ballots.width()),
          tops_(poll.ballots.width()),
          over_(poll.ballots.width()) {
        count();
    }

    /// Whoever may win, by how the ties are drawn.
    Tier winners(const std::vector<Candidate>& among) {
        tally_.steps.push_back({"score", among, "sum of scores", {}, told(among, sums_)});
        if (among.size() == 1) return among;
        const Tiers ranked = scoring_round(among);
        Tier found;
        const Tier& first = ranked[0];
        for (std::size_t i = 0; i < first.size(); ++i)
            for (Candidate other :
                 first.size() > 1 ? Tier(first.begin() + static_cast<std::ptrdiff_t>(i) + 1, first.end()) : ranked[1])
                for (Candidate winner : runoff(first[i], other)) found.push_back(winner);
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }

private:
    void count() {
        const std::uint32_t top = std::max(five_stars, highest_score());
        for (std::size_t row = 0; row < poll_.ballots.rows(); ++row) {
            const std::uint64_t weight = poll_.ballots.weight(row);
            for (Candidate a : poll_.standing) {
                sums_[a] += weight * score(row, a);
                if (score(row, a) == top) tops_[a] += weight;
                for (Candidate b : poll_.standing)
                    if (score(row, a) > score(row, b)) over_.at(a, b) += weight;
            }
        }
    }

    std::uint32_t score(std::size_t row, Candidate candidate) const {
        const std::uint32_t given = poll_.ballots.scores(row)[candidate];
        return given == Ballots::not_scored ? 0 : given;
    }

    std::uint32_t highest_score() const {
        std::uint32_t highest = 0;
        for (std::size_t row = 0; row < poll_.ballots.rows(); ++row)
            for (Candidate each : poll_.standing) highest = std::max(highest, score(row, each));
        return highest;
    }

    /// Tiers of what is left tied after the protocol; who comes after the second place does not matter.
    Tiers scoring_round(const std::vector<Candidate>& among) {
        Tiers ranked;
        for (const Tier& tier : tiers_by(among, sums_)) {
            for (Tier& part : by_duels(tier))
                for (Tier& settled : by_settling(tiers_by(part, tops_))) ranked.push_back(std::move(settled));
            if (ranked.size() > 1 || ranked[0].size() > 1) break;
        }
        return ranked;
    }

    /// Who lost the fewest duels among the tied is ahead; those who are tied in that compare again among themselves.
    Tiers by_duels(const Tier& tied) const {
        if (tied.size() == 1) return {tied};
        std::vector<std::size_t> not_lost(poll_.ballots.width());
        for (Candidate a : tied)
            for (Candidate b : tied) not_lost[a] += over_.at(a, b) >= over_.at(b, a);
        const Tiers parts = tiers_by(tied, not_lost);
        if (parts.size() == 1) return parts;
        Tiers ranked = by_duels(without(tied, parts.back()));
        for (Tier& part : by_duels(parts.back())) ranked.push_back(std::move(part));
        return ranked;
    }

    static Tier without(const Tier& all, const Tier& some) {
        Tier rest = all;
        std::erase_if(rest, [&](Candidate each) { return std::find(some.begin(), some.end(), each) != some.end(); });
        return rest;
    }

    Tiers by_settling(Tiers tiers) const { return settling_.empty() ? tiers : settled_by(settling_, tiers); }

    Tier runoff(Candidate a, Candidate b) {
        const std::uint64_t for_a = over_.at(a, b);
        const std::uint64_t for_b = over_.at(b, a);
        Step step{"runoff", {a, b}, "", {}, {{a, std::to_string(for_a)}, {b, std::to_string(for_b)}}};
        const std::uint64_t neither = poll_.ballots.count() - for_a - for_b;
        step.figures = {{"equal", std::to_string(neither)}};
        std::vector<std::vector<std::uint64_t>> figures = {{for_a, for_b}, {sums_[a], sums_[b]}, {tops_[a], tops_[b]}};
        static constexpr const char* decided_by[] = {"", "tied, decided by the sum of scores",
                                                     "tied, decided by five stars"};
        Tier winners{a, b};
        for (std::size_t i = 0; i < figures.size() && winners.size() == 2; ++i) {
            if (figures[i][0] == figures[i][1]) continue;
            winners = {figures[i][0] > figures[i][1] ? a : b};
            step.why = decided_by[i];
        }
        tally_.steps.push_back(std::move(step));
        if (winners.size() == 2 && !settling_.empty()) return {last_in(settling_, winners) == a ? b : a};
        return winners;
    }

    const Poll& poll_;
    Tally& tally_;
    std::vector<Candidate> settling_;
    std::vector<std::uint64_t> sums_;
    std::vector<std::uint64_t> tops_;
    Matrix over_;
};

}  // namespace

Tiers star(const Poll& poll, Tally& tally) {
    Star rounds(poll, tally);
    return place_by_place(poll, [&](const std::vector<Candidate>& left) { return rounds.winners(left); });
}

}  // namespace govctl::tally
