#include "contest.hpp"
#include "methods.hpp"
#include "preferences.hpp"

// The Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to 52; the numbers below are
// its rules. Transfer values have five decimal places, "any remainder being ignored" (48(3)).
//
// A paper counts for its preferences up to the first that several candidates share: who comes next there is not
// certain. One that shares its first preference, or has none, is not valid. Ties are decided by the most recent stage
// at which they were unequal (49(2), 51(2)(a)); only what was equal at all stages goes to lot.
namespace govctl::tally {
namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr int digits = 5;
constexpr std::uint64_t one = 100'000;

struct Paper {
    std::span<const std::uint8_t> preferences;
    std::size_t at = 0;         ///< which of them it is credited to now
    std::uint64_t value = one;  ///< of each of `number` papers
    std::uint64_t number = 1;
};

class Scottish {
public:
    Scottish(const Poll& poll, const Preferences& preferences, Contest& contest)
        : poll_(poll), contest_(contest), votes_(poll.ballots.width()), parcels_(poll.ballots.width()) {
        std::uint64_t valid = 0;
        for (std::size_t row = 0; row < preferences.rows(); ++row) {
            if (preferences[row].empty()) continue;
            const std::uint64_t number = poll.ballots.weight(row);
            valid += number;
            credit({preferences[row], 0, one, number});
        }
        quota_ = (valid / (poll.question.seats + 1) + 1) * one;  // 46
        contest_.tell({"quota",
                       {},
                       "",
                       {{"valid", std::to_string(valid)},
                        {"seats", std::to_string(poll.question.seats)},
                        {"quota", decimal(quota_, digits)}},
                       {}});
    }

    std::vector<std::uint64_t> run() {
        end_stage();
        while (!contest_.is_over()) {  // 52
            if (const auto barred = contest_.exclude_barred())
                hand_on(*barred);
            else if (const std::vector<Candidate> above = greatest_surplus(); !above.empty())
                transfer_surplus(contest_.choose_first(unequal_before(above, true)));
            else
                exclude_lowest();
            end_stage();
        }
        contest_.finish(votes_);
        return votes_;
    }

private:
    void credit(Paper paper) {
        const Candidate to = paper.preferences[paper.at];
        votes_[to] += paper.value * paper.number;
        parcels_[to].push_back(paper);
    }

    /// 45, 47: what each has now, and who has reached the quota.
    void end_stage() {
        Step stage{"stage", contest_.hopeful(), "", {{"not transferable", decimal(lost_, digits)}}, {}};
        for (Candidate each : poll_.standing)
            if (votes_[each] != 0 || is_hopeful(each)) stage.votes.emplace_back(each, decimal(votes_[each], digits));
        contest_.tell(std::move(stage));
        stages_.push_back(votes_);
        std::vector<Candidate> reached;
        for (Candidate each : contest_.hopeful())
            if (votes_[each] >= quota_) reached.push_back(each);
        contest_.elect_all(reached, votes_, "reaches the quota");
    }

    bool is_hopeful(Candidate candidate) const {
        return std::binary_search(contest_.hopeful().begin(), contest_.hopeful().end(), candidate);
    }

    std::vector<Candidate> greatest_surplus() const {  // 49(1)
        std::vector<Candidate> above;
        for (Candidate each : contest_.elected())
            if (votes_[each] > quota_) above.push_back(each);
        return above.empty() ? above : tiers_by(above, votes_).front();
    }

    /// Moves a paper to the next preference that still hopes; false if there is none.
    bool move_on(Paper& paper) const {
        do ++paper.at;
        while (paper.at < paper.preferences.size() && !is_hopeful(paper.preferences[paper.at]));
        return paper.at < paper.preferences.size();
    }

    void transfer_surplus(Candidate from) {  // 48
        const std::uint64_t total = votes_[from];
        const std::uint64_t surplus = total - quota_;
        const auto lowered = [&](std::uint64_t value) {
            return static_cast<std::uint64_t>(Wide{surplus} * value / total);
        };
        const std::vector<std::uint64_t> before = votes_;
        for (Paper paper : std::exchange(parcels_[from], {})) {
            if (!move_on(paper)) continue;
            paper.value = lowered(paper.value);
            credit(paper);
        }
        votes_[from] = quota_;
        tell_transfer(from, before,
                      {{"surplus", decimal(surplus, digits)},
                       {"votes", decimal(total, digits)},
                       {"a whole vote", decimal(lowered(one), digits)}});
    }

    /// Who got what, and what is lost to all.
    void tell_transfer(Candidate from, const std::vector<std::uint64_t>& before,
                       std::vector<std::pair<std::string, std::string>> figures) {
        Step step{"transfer", {from}, "", std::move(figures), {}};
        std::uint64_t moved = 0;
        for (Candidate each : contest_.hopeful()) {
            if (votes_[each] == before[each]) continue;
            step.votes.emplace_back(each, decimal(votes_[each] - before[each], digits));
            moved += votes_[each] - before[each];
        }
        lost_ += before[from] - votes_[from] - moved;
        contest_.tell(std::move(step));
    }

    void exclude_lowest() {  // 50, 51
        const std::vector<Candidate> lowest = tiers_by(contest_.hopeful(), votes_).back();
        const Candidate out = contest_.choose_out(unequal_before(lowest, false), votes_);
        contest_.exclude(out, lowest.size() > 1 ? "the fewest, tied with others" : "the fewest");
        hand_on(out);
    }

    /// 50(3): each paper of an excluded candidate at the value it has.
    void hand_on(Candidate from) {
        const std::vector<std::uint64_t> before = votes_;
        for (Paper paper : std::exchange(parcels_[from], {}))
            if (move_on(paper)) credit(paper);
        votes_[from] = 0;
        tell_transfer(from, before, {{"votes", decimal(before[from], digits)}});
    }

    /// Of those tied, who had the most, or the fewest, at the most recent stage at which they were unequal.
    std::vector<Candidate> unequal_before(std::vector<Candidate> tied, bool most) const {
        for (auto stage = stages_.rbegin(); stage != stages_.rend() && tied.size() > 1; ++stage) {
            const Tiers tiers = tiers_by(tied, *stage);
            tied = most ? tiers.front() : tiers.back();
        }
        return tied;
    }

    const Poll& poll_;
    Contest& contest_;
    std::vector<std::uint64_t> votes_;  ///< in units of 1/10^5, as all below
    std::vector<std::vector<Paper>> parcels_;
    std::uint64_t quota_ = 0;
    std::uint64_t lost_ = 0;
    std::vector<std::vector<std::uint64_t>> stages_;
};

}  // namespace

void stv_scottish(const Poll& poll, Tally& tally) {
    const Preferences preferences(poll.ballots, Preferences::Equal::end);
    contest_every_way(
        poll, [&](Contest& contest) { return Scottish(poll, preferences, contest).run(); }, tally);
}

}  // namespace govctl::tally
