#include "methods.hpp"

// Approval: Brams and Fishburn, "Approval Voting", American Political Science Review 72 (1978): a vote for each
// candidate one approves of, here a score other than 0. Score (range) voting: Smith, "Range voting" (2000): the sum of
// the scores. What is not scored is 0.
namespace govctl::tally {

Tiers totals(const Poll& poll, Tally& tally) {
    const bool approves = poll.question.method == Method::approval;
    std::vector<std::uint64_t> totals(poll.ballots.width());
    for (std::size_t row = 0; row < poll.ballots.rows(); ++row) {
        const std::span<const std::uint32_t> scores = poll.ballots.scores(row);
        for (Candidate each : poll.standing) {
            if (scores[each] == Ballots::not_scored || scores[each] == 0) continue;
            totals[each] += (approves ? 1 : scores[each]) * poll.ballots.weight(row);
        }
    }
    tally.steps.push_back(
        {"count", poll.standing, approves ? "ballots that approve" : "sum of scores", {}, told(poll.standing, totals)});
    return tiers_by(poll.standing, totals);
}

}  // namespace govctl::tally
