#include "govctl/tally/count.hpp"

#include <algorithm>

#include "methods.hpp"
#include "question.hpp"
#include "seats.hpp"
#include "winnow.hpp"

namespace govctl::tally {
namespace {

/// Whether the row says something of everyone who stands.
bool is_whole(const Ballots& ballots, std::size_t row) {
    for (Candidate candidate = 0; candidate < ballots.width(); ++candidate) {
        if (is_withdrawn(ballots, candidate)) continue;
        if (ballots.marks() == Marks::ranks ? ballots.ranks(row)[candidate] == 0
                                            : ballots.scores(row)[candidate] == Ballots::not_scored)
            return false;
    }
    return true;
}

/// The ballots without what they say of those who have withdrawn, and without those that do not count.
Ballots counted_ballots(const Ballots& ballots, bool only_whole) {
    Ballots counted(ballots.marks(), ballots.candidates());
    for (std::size_t row = 0; row < ballots.rows(); ++row) {
        if (only_whole && !is_whole(ballots, row)) continue;
        if (ballots.marks() == Marks::ranks) {
            const std::span<const std::uint8_t> said = ballots.ranks(row);
            std::vector<std::uint32_t> ranks(said.begin(), said.end());
            for (Candidate candidate : ballots.withdrawn) ranks[candidate] = 0;
            counted.add_ranks(ranks, ballots.weight(row));
        } else {
            const std::span<const std::uint32_t> said = ballots.scores(row);
            std::vector<std::optional<std::uint32_t>> scores;
            for (std::uint32_t score : said)
                scores.push_back(score == Ballots::not_scored ? std::nullopt : std::optional(score));
            for (Candidate candidate : ballots.withdrawn) scores[candidate].reset();
            counted.add_scores(scores, ballots.weight(row));
        }
    }
    return counted;
}

/// A pair with one who has withdrawn is no pair.
Matrix pairs_of(const Ballots& ballots, const std::vector<Candidate>& withdrawn, Unranked unranked) {
    Matrix matrix = pairwise(ballots, unranked == Unranked::invalid ? Unranked::last : unranked);
    for (Candidate gone : withdrawn)
        for (Candidate other = 0; other < matrix.width(); ++other) matrix.at(gone, other) = matrix.at(other, gone) = 0;
    return matrix;
}

Tiers rank(const Poll& poll, Tally& tally) {
    switch (poll.question.method) {
        case Method::schulze:
            return schulze(poll, Strength::winning_votes, tally);
        case Method::schulze_margins:
            return schulze(poll, Strength::margins, tally);
        case Method::schulze_wl:
            return schulze(poll, Strength::winning_losing, tally);
        case Method::schulze_dropping:
            return schulze_dropping(poll, tally);
        case Method::ranked_pairs:
            return ranked_pairs(poll, tally);
        case Method::minimax:
            return minimax(poll, tally);
        case Method::condorcet:
            return condorcet(poll, tally);
        case Method::copeland:
            return copeland(poll, tally);
        case Method::condorcet_irv:
            return condorcet_irv(poll, tally);
        case Method::plurality:
            return plurality(poll, tally);
        case Method::approval:
        case Method::score:
            return totals(poll, tally);
        default:
            return star(poll, tally);
    }
}

void transfer(const Poll& poll, Tally& tally) {
    switch (poll.question.method) {
        case Method::stv_meek:
            return stv_meek(poll, tally);
        case Method::stv_scottish:
            return stv_scottish(poll, tally);
        default:
            return irv(poll, tally);
    }
}

/// Puts who stands in an order, and elects from it.
void decide(const Poll& poll, Tally& tally) {
    if (transfers_votes(poll.question.method)) return transfer(poll, tally);
    tally.order = rank(poll, tally);
    const bool has_no_winner = poll.question.method == Method::condorcet && tally.order.front().size() > 1;
    if (has_no_winner) return;
    if (poll.question.method == Method::schulze_dropping) return fill_seats(poll, tally.order, tally);
    const Tiers electable = above_default(poll, tally.order);
    if (electable.empty())
        tally.elected = {*poll.question.default_option};
    else
        fill_seats(poll, electable, tally);
}

Tally count_ready(const Ballots& ballots, const std::vector<Candidate>& withdrawn, const Question& question) {
    Poll poll{ballots, question, {}};
    for (Candidate candidate = 0; candidate < ballots.width(); ++candidate)
        if (!std::binary_search(withdrawn.begin(), withdrawn.end(), candidate)) poll.standing.push_back(candidate);
    Tally tally;
    tally.counted = ballots.count();
    if (compares_pairs(question.method) || compares_with_default(question))
        tally.pairwise = pairs_of(ballots, withdrawn, *question.unranked);
    tally.dropped = winnow(poll, tally);
    for (const Dropped& dropped : tally.dropped) {
        std::erase(poll.standing, dropped.option);
        tally.steps.push_back(
            {"drop",
             {dropped.option},
             dropped.why == Dropped::Why::quorum ? "the quorum is not met"
                                                 : "it does not have its majority over the default option",
             {{"for", std::to_string(dropped.votes_for)}, {"against", std::to_string(dropped.votes_against)}},
             {}});
    }
    if (!poll.standing.empty()) decide(poll, tally);
    return tally;
}

}  // namespace

Result<Tally> count(const Ballots& ballots, const Question& question) {
    GOVCTL_CHECK(check(ballots, question));
    const bool only_whole = question.unranked == Unranked::invalid;
    if (ballots.withdrawn.empty() && !only_whole) return count_ready(ballots, {}, question);
    return count_ready(counted_ballots(ballots, only_whole), ballots.withdrawn, question);
}

}  // namespace govctl::tally
