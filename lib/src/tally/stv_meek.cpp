#include "contest.hpp"
#include "methods.hpp"
#include "preferences.hpp"

// Meek's method: I. D. Hill, B. A. Wichmann and D. R. Woodall, "Algorithm 123: Single transferable vote by Meek's
// method", The Computer Journal 30 (1987), with Hill's revisions (Voting matters 22, 2006), in the words and to the
// precision of the Proportional Representation Foundation's Reference Meek Rule
// (prfound.org/resources/reference/reference-meek-rule): nine decimal places, rounded up where it says so; a round ends
// when the total surplus is below 0.000001 or falls no more. The letters below are its steps.
//
// Where a ballot ranks several equally, what it is worth there is split in equal parts among those of them who are
// still in, each keeps its part as usual, and the rest of all parts goes on to the next rank.
namespace govctl::tally {
namespace {

__extension__ typedef unsigned __int128 Wide;

constexpr int digits = 9;
constexpr std::uint64_t one = 1'000'000'000;
constexpr std::uint64_t omega = 1'000;

std::uint64_t ceiling(Wide numerator, std::uint64_t denominator) {
    return static_cast<std::uint64_t>((numerator + denominator - 1) / denominator);
}

class Meek {
public:
    Meek(const Poll& poll, const Preferences& preferences, Contest& contest)
        : poll_(poll), preferences_(preferences), contest_(contest), keep_(poll.ballots.width()), votes_(keep_.size()) {
        for (Candidate each : poll.standing) keep_[each] = one;
    }

    std::vector<std::uint64_t> run() {
        exclude_barred();
        while (!contest_.is_over()) {  // B.1
            if (iterate()) continue;
            const Candidate lowest = contest_.choose_out(tied_for_lowest(), votes_);
            contest_.exclude(lowest, "the fewest");  // B.3
            keep_[lowest] = 0;
        }
        contest_.finish(votes_);  // C
        return votes_;
    }

private:
    void exclude_barred() {
        while (const auto barred = contest_.exclude_barred()) keep_[*barred] = 0;
    }

    /// B.2: until somebody is elected, or the surplus is as small as it gets. Whether somebody was.
    bool iterate() {
        std::uint64_t previous = UINT64_MAX;
        for (std::size_t iteration = 1;; ++iteration) {
            distribute();
            const std::vector<Candidate> winners = with_quota();
            surplus_ = total_surplus();
            if (!winners.empty() || surplus_ < omega || surplus_ >= previous) {
                tell_round(iteration);
                contest_.elect_all(winners, votes_, "reaches the quota");
                exclude_barred();
                return !winners.empty();
            }
            previous = surplus_;
            for (Candidate each : contest_.elected())  // B.2.f
                keep_[each] =
                    std::min(one, ceiling(Wide{ceiling(Wide{keep_[each]} * quota_, one)} * one, votes_[each]));
        }
    }

    void distribute() {  // B.2.a
        std::fill(votes_.begin(), votes_.end(), 0);
        for (std::size_t row = 0; row < preferences_.rows(); ++row) distribute(row);
        std::uint64_t sum = 0;
        for (std::uint64_t votes : votes_) sum += votes;
        quota_ = sum / (poll_.question.seats + 1) + 1;  // B.2.b
        exhausted_ = poll_.ballots.count() * one - sum;
    }

    void distribute(std::size_t row) {
        const std::span<const std::uint8_t> ranks = poll_.ballots.ranks(row);
        std::span<const std::uint8_t> rest = preferences_[row];
        for (std::uint64_t weight = one; weight != 0 && !rest.empty();) {
            std::size_t alike = 1;
            while (alike < rest.size() && ranks[rest[alike]] == ranks[rest[0]]) ++alike;
            weight = alike == 1 ? give(rest[0], weight, row) : give_equally(rest.first(alike), weight, row);
            rest = rest.subspan(alike);
        }
    }

    /// What is left after the candidate has kept its part.
    std::uint64_t give(Candidate candidate, std::uint64_t weight, std::size_t row) {
        const std::uint64_t kept = ceiling(Wide{weight} * keep_[candidate], one);
        votes_[candidate] += kept * poll_.ballots.weight(row);
        return weight - kept;
    }

    std::uint64_t give_equally(std::span<const std::uint8_t> tier, std::uint64_t weight, std::size_t row) {
        const auto in = static_cast<std::uint64_t>(
            std::count_if(tier.begin(), tier.end(), [&](Candidate each) { return keep_[each] != 0; }));
        if (in == 0) return weight;
        const std::uint64_t part = weight / in;
        std::uint64_t left = weight - part * in;
        for (Candidate each : tier)
            if (keep_[each] != 0) left += give(each, part, row);
        return left;
    }

    std::vector<Candidate> with_quota() const {  // B.2.c
        std::vector<Candidate> winners;
        for (Candidate each : contest_.hopeful())
            if (votes_[each] >= quota_) winners.push_back(each);
        return winners;
    }

    std::uint64_t total_surplus() const {  // B.2.d
        std::uint64_t above = 0;
        std::uint64_t below = 0;
        const auto add = [&](Candidate each) {
            (votes_[each] > quota_ ? above : below) +=
                votes_[each] > quota_ ? votes_[each] - quota_ : quota_ - votes_[each];
        };
        for (Candidate each : contest_.elected()) add(each);
        for (Candidate each : with_quota()) add(each);
        return above > below ? above - below : 0;
    }

    /// Two whose votes differ by no more than the surplus are tied.
    std::vector<Candidate> tied_for_lowest() const {
        const std::vector<Candidate>& hopeful = contest_.hopeful();
        std::uint64_t lowest = UINT64_MAX;
        for (Candidate each : hopeful) lowest = std::min(lowest, votes_[each]);
        std::vector<Candidate> tied;
        for (Candidate each : hopeful)
            if (votes_[each] <= lowest + surplus_) tied.push_back(each);
        return tied;
    }

    void tell_round(std::size_t iterations) {
        Step round{"round", contest_.hopeful(), "", {}, {}};
        round.figures = {{"quota", decimal(quota_, digits)},
                         {"surplus", decimal(surplus_, digits)},
                         {"exhausted", decimal(exhausted_, digits)},
                         {"iterations", std::to_string(iterations)}};
        Step keep{"keep", contest_.elected(), "of each vote", {}, {}};
        for (Candidate each : poll_.standing) {
            if (keep_[each] == 0) continue;
            round.votes.emplace_back(each, decimal(votes_[each], digits));
            if (keep_[each] != one) keep.votes.emplace_back(each, decimal(keep_[each], digits));
        }
        contest_.tell(std::move(round));
        if (!keep.votes.empty()) contest_.tell(std::move(keep));
    }

    const Poll& poll_;
    const Preferences& preferences_;
    Contest& contest_;
    std::vector<std::uint64_t> keep_;  ///< in units of 1/10^9, as all below
    std::vector<std::uint64_t> votes_;
    std::uint64_t quota_ = 0;
    std::uint64_t surplus_ = 0;
    std::uint64_t exhausted_ = 0;
};

}  // namespace

void stv_meek(const Poll& poll, Tally& tally) {
    const Preferences preferences(poll.ballots, Preferences::Equal::kept);
    contest_every_way(
        poll, [&](Contest& contest) { return Meek(poll, preferences, contest).run(); }, tally);
}

}  // namespace govctl::tally
