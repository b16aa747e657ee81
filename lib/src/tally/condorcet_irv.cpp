#include <map>

#include "duels.hpp"
#include "methods.hpp"
#include "preferences.hpp"
#include "seats.hpp"

// CIVS, "Condorcet-IRV" (civs1.civs.us/rp.html; Benham's method): while nobody left beats each of the others, whoever
// is on top of the fewest ballots is left out, and the tops are counted anew among those left. A ballot that puts
// several on top counts for each of them. Where all left are on top of as many, all of them win. The next place is
// decided the same way without those already ranked.
//
// Where several are on top of the fewest, CIVS draws. Here each of them is left out in turn, and whoever wins in any of
// these ways shares the place, unless something settles ties.
namespace govctl::tally {
namespace {

class Runoffs {
public:
    Runoffs(const Poll& poll, Tally& tally)
        : poll_(poll),
          tally_(tally),
          preferences_(poll.ballots, Preferences::Equal::kept),
          settling_(settling_order(poll)) {}

    Tier winners(const std::vector<Candidate>& among) {
        telling_ = true;
        known_.clear();
        const Tier found = winners_of(among);
        return known_.size() < most_known ? found : among;  // too many ways to try: all of them are in doubt
    }

private:
    static constexpr std::size_t most_known = 2000;

    Tier winners_of(const std::vector<Candidate>& among) {
        if (const auto winner = condorcet_winner(among, *tally_.pairwise)) {
            tell({"winner", {*winner}, "beats each of the others left", {}, {}});
            return {*winner};
        }
        if (const auto known = known_.find(among); known != known_.end()) return known->second;
        if (known_.size() >= most_known) return {};
        const std::vector<std::uint64_t> tops = count_tops(among);
        tell({"round", among, "on top among those left", {}, told(among, tops)});
        const Tier fewest = tiers_by(among, tops).back();
        const Tier found = fewest.size() == among.size() ? among : without_each(among, fewest);
        known_.emplace(among, found);
        return found;
    }

    Tier without_each(const std::vector<Candidate>& among, Tier fewest) {
        if (fewest.size() > 1 && !settling_.empty()) fewest = {last_in(settling_, fewest)};
        Tier found;
        for (Candidate out : fewest) {
            if (known_.size() >= most_known) break;
            tell({"eliminate", {out}, fewest.size() > 1 ? "one of several, each in turn" : "", {}, {}});
            std::vector<Candidate> left = among;
            std::erase(left, out);
            const Tier winners = winners_of(left);
            found.insert(found.end(), winners.begin(), winners.end());
            telling_ = false;
        }
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }

    std::vector<std::uint64_t> count_tops(const std::vector<Candidate>& among) const {
        std::vector<std::uint64_t> tops(poll_.ballots.width());
        std::vector<bool> is_left(poll_.ballots.width());
        for (Candidate each : among) is_left[each] = true;
        for (std::size_t row = 0; row < preferences_.rows(); ++row) {
            const std::span<const std::uint8_t> ranks = poll_.ballots.ranks(row);
            std::uint8_t best = 0;
            for (Candidate each : preferences_[row]) {
                if (!is_left[each]) continue;
                if (best != 0 && ranks[each] != best) break;
                best = ranks[each];
                tops[each] += poll_.ballots.weight(row);
            }
        }
        return tops;
    }

    /// Only one way is told to its end.
    void tell(Step step) {
        if (telling_) tally_.steps.push_back(std::move(step));
    }

    const Poll& poll_;
    Tally& tally_;
    Preferences preferences_;
    std::vector<Candidate> settling_;
    bool telling_ = true;
    std::map<std::vector<Candidate>, Tier> known_;
};

}  // namespace

Tiers condorcet_irv(const Poll& poll, Tally& tally) {
    Runoffs runoffs(poll, tally);
    return place_by_place(poll, [&](const std::vector<Candidate>& left) { return runoffs.winners(left); });
}

}  // namespace govctl::tally
