#include "govctl/tally/count.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "methods.hpp"
#include "seats.hpp"
#include "winnow.hpp"

namespace govctl::tally {
namespace {

Error invalid(std::string message, std::vector<std::string> hints = {}) {
    return Error{ErrorKind::invalid, std::move(message), std::move(hints), {}};
}

bool compares_pairs(Method method) {
    switch (method) {
        case Method::schulze:
        case Method::schulze_margins:
        case Method::schulze_wl:
        case Method::schulze_dropping:
        case Method::ranked_pairs:
        case Method::minimax:
        case Method::condorcet:
        case Method::copeland:
        case Method::condorcet_irv:
            return true;
        default:
            return false;
    }
}

bool fills_one_seat(Method method) {
    return method == Method::schulze_dropping || method == Method::condorcet || method == Method::irv ||
           method == Method::star;
}

bool transfers_votes(Method method) {
    return method == Method::irv || method == Method::stv_meek || method == Method::stv_scottish;
}

Result<void> check_marks(const Ballots& ballots, const Question& question) {
    const std::string_view method = method_word(question.method);
    if (ballots.marks() != marks_of(question.method))
        return invalid(fmt::format("method \"{}\" cannot count these ballots", method),
                       {ballots.marks() == Marks::ranks ? "they hold ranks, it counts scores"
                                                        : "they hold scores, it counts ranks"});
    const bool ranks = ballots.marks() == Marks::ranks;
    if (!question.unranked && ranks) return invalid("it is not said what a candidate who is not ranked means");
    if (!question.unranked || question.unranked == Unranked::invalid) return {};
    if (ranks == (question.unranked == Unranked::zero))
        return invalid(fmt::format("unranked \"{}\" is for {}, method \"{}\" counts {}",
                                   unranked_word(*question.unranked), ranks ? "scores" : "ranks", method,
                                   ranks ? "ranks" : "scores"));
    return {};
}

bool knows(model::Count count) {
    return count == model::Count::above_default || count == model::Count::cast || count == model::Count::eligible;
}

Result<void> check_quorum(const Question& question) {
    for (model::Count count : model::all_counts()) {
        if (!question.quorum || !question.quorum->names(count)) continue;
        if (!knows(count))
            return invalid(fmt::format("a tally cannot count \"{}\", which the quorum \"{}\" names",
                                       model::count_word(count), question.quorum->str()),
                           {"it can count above-default, cast and eligible"});
        if (count == model::Count::eligible && !question.eligible)
            return invalid(fmt::format("it is not said how many are eligible, which the quorum \"{}\" counts",
                                       question.quorum->str()));
        if (count == model::Count::above_default && !question.default_option)
            return invalid(
                fmt::format("there is no default option, which the quorum \"{}\" needs", question.quorum->str()));
    }
    return {};
}

Result<void> check_default(const Ballots& ballots, const Question& question) {
    const std::string_view method = method_word(question.method);
    if (!question.default_option) {
        if (question.method == Method::schulze_dropping)
            return invalid(fmt::format("method \"{}\" needs a default option", method));
        if (!question.ratios.empty()) return invalid("a ratio is one over a default option, and there is none");
        return {};
    }
    if (question.method == Method::stv_meek || question.method == Method::stv_scottish)
        return invalid(fmt::format("method \"{}\" knows no default option", method));
    const bool needs_pairs =
        !question.ratios.empty() || (question.quorum && question.quorum->names(model::Count::above_default));
    if (needs_pairs && ballots.marks() == Marks::scores)
        return invalid(fmt::format("method \"{}\" does not compare options with the default option", method),
                       {"a ratio, and a quorum above-default, are for methods that count ranks"});
    return {};
}

Result<void> check_settling(const Ballots& ballots, const Question& question) {
    if (transfers_votes(question.method))
        for (const Limit& limit : question.limits)
            if (limit.apply != Limit::Apply::skip)
                return invalid(fmt::format("method \"{}\" can only skip whom limit \"{}\" bars",
                                           method_word(question.method), limit.name));
    if (question.tie.kind != TieBreak::Kind::order) return {};
    for (Candidate candidate = 0; candidate < ballots.width(); ++candidate)
        if (std::count(question.tie.order.begin(), question.tie.order.end(), candidate) != 1)
            return invalid(
                fmt::format("the order that settles ties does not name \"{}\" once", ballots.candidates()[candidate]));
    return {};
}

Result<void> check(const Ballots& ballots, const Question& question) {
    if (ballots.width() == ballots.withdrawn.size()) return invalid("there is no candidate");
    if (question.seats == 0) return invalid("there is no seat to fill");
    if (question.seats > 1 && fills_one_seat(question.method))
        return invalid(
            fmt::format("method \"{}\" fills one seat, not {}", method_word(question.method), question.seats));
    GOVCTL_CHECK(check_marks(ballots, question));
    GOVCTL_CHECK(check_quorum(question));
    GOVCTL_CHECK(check_default(ballots, question));
    return check_settling(ballots, question);
}

bool is_withdrawn(const Ballots& ballots, Candidate candidate) {
    return std::binary_search(ballots.withdrawn.begin(), ballots.withdrawn.end(), candidate);
}

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
    const bool needs_pairs =
        compares_pairs(question.method) || (question.default_option && ballots.marks() == Marks::ranks);
    if (needs_pairs) tally.pairwise = pairs_of(ballots, withdrawn, *question.unranked);
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
