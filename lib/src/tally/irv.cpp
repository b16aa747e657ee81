#include "contest.hpp"
#include "methods.hpp"
#include "preferences.hpp"

// Instant runoff, as Robert's Rules of Order Newly Revised (12th ed.), 45:62, "preferential voting", and Maine's law
// (21-A M.R.S. §723-A) have it: each ballot counts for its highest candidate still in; more than half of the ballots
// that still count for somebody wins, else whoever has the fewest is out. An equal rank ends a ballot (an overvote
// exhausts it).
namespace govctl::tally {
namespace {

std::vector<std::uint64_t> run(const Poll& poll, const Preferences& preferences, Contest& contest) {
    std::vector<std::uint64_t> votes;
    while (contest.exclude_barred()) continue;
    while (true) {
        votes.assign(poll.ballots.width(), 0);
        std::vector<bool> is_in(poll.ballots.width());
        for (Candidate each : contest.hopeful()) is_in[each] = true;
        std::uint64_t counting = 0;
        for (std::size_t row = 0; row < preferences.rows(); ++row) {
            const std::span<const std::uint8_t> ranked = preferences[row];
            const auto highest =
                std::find_if(ranked.begin(), ranked.end(), [&](Candidate each) { return is_in[each]; });
            if (highest == ranked.end()) continue;
            votes[*highest] += poll.ballots.weight(row);
            counting += poll.ballots.weight(row);
        }
        contest.tell(
            {"round",
             contest.hopeful(),
             "",
             {{"counting", std::to_string(counting)}, {"exhausted", std::to_string(poll.ballots.count() - counting)}},
             told(contest.hopeful(), votes)});
        if (contest.is_over()) break;
        const Tiers tiers = tiers_by(contest.hopeful(), votes);
        if (2 * votes[tiers.front().front()] > counting) {
            contest.elect(tiers.front().front(), "more than half");
            break;
        }
        contest.exclude(contest.choose_out(tiers.back(), votes), "the fewest");
    }
    contest.finish(votes);
    return votes;
}

}  // namespace

void irv(const Poll& poll, Tally& tally) {
    const Preferences preferences(poll.ballots, Preferences::Equal::end);
    contest_every_way(
        poll, [&](Contest& contest) { return run(poll, preferences, contest); }, tally);
}

}  // namespace govctl::tally
