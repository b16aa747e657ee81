#include "govctl/tally/count.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "methods.hpp"
#include "seats.hpp"

namespace govctl::tally {
namespace {

Error invalid(std::string message, std::vector<std::string> hints = {}) {
    return Error{ErrorKind::invalid, std::move(message), std::move(hints), {}};
}

std::string quoted(std::string_view text) {
    return fmt::format("\"{}\"", text);
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

Result<void> check(const Ballots& ballots, const Question& question) {
    const std::string method = quoted(method_word(question.method));
    if (ballots.width() == 0) return invalid("there is no candidate");
    if (ballots.marks() != marks_of(question.method))
        return invalid(fmt::format("method {} cannot count these ballots", method),
                       {ballots.marks() == Marks::ranks ? "they hold ranks, it counts scores"
                                                        : "they hold scores, it counts ranks"});
    if (question.seats == 0) return invalid("there is no seat to fill");
    if (ballots.marks() == Marks::ranks) {
        if (!question.unranked) return invalid("it is not said what a candidate who is not ranked means");
        if (*question.unranked == Unranked::zero)
            return invalid(fmt::format("unranked \"zero\" is for scores; method {} counts ranks", method));
    } else if (question.unranked && *question.unranked != Unranked::zero && *question.unranked != Unranked::invalid) {
        return invalid(fmt::format("unranked \"{}\" is for ranks; method {} counts scores",
                                   unranked_word(*question.unranked), method));
    }
    return {};
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

Result<Tally> count_ready(const Ballots& ballots, const std::vector<Candidate>& withdrawn, const Question& question) {
    Poll poll{ballots, question, {}};
    for (Candidate candidate = 0; candidate < ballots.width(); ++candidate)
        if (!std::binary_search(withdrawn.begin(), withdrawn.end(), candidate)) poll.standing.push_back(candidate);
    Tally tally;
    tally.counted = ballots.count();
    if (compares_pairs(question.method)) tally.pairwise = pairs_of(ballots, withdrawn, *question.unranked);
    switch (question.method) {
        case Method::schulze:
            tally.order = schulze(poll, Strength::winning_votes, tally);
            break;
        case Method::schulze_margins:
            tally.order = schulze(poll, Strength::margins, tally);
            break;
        case Method::schulze_wl:
            tally.order = schulze(poll, Strength::winning_losing, tally);
            break;
        case Method::plurality:
            tally.order = plurality(poll, tally);
            break;
        default:
            return invalid(fmt::format("method \"{}\" is not counted yet", method_word(question.method)));
    }
    fill_seats(poll, tally.order, tally);
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
