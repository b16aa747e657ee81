#include "question.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace govctl::tally {

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

bool is_withdrawn(const Ballots& ballots, Candidate candidate) {
    return std::binary_search(ballots.withdrawn.begin(), ballots.withdrawn.end(), candidate);
}

bool transfers_votes(Method method) {
    return method == Method::irv || method == Method::stv_meek || method == Method::stv_scottish;
}

bool compares_with_default(const Question& question) {
    return !question.ratios.empty() || (question.quorum && question.quorum->names(model::Count::above_default));
}

namespace {

Error invalid(std::string message, std::vector<std::string> hints = {}) {
    return Error{ErrorKind::invalid, std::move(message), std::move(hints), {}};
}

bool fills_one_seat(Method method) {
    return method == Method::schulze_dropping || method == Method::condorcet || method == Method::irv ||
           method == Method::star;
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
    for (const Ratio& ratio : question.ratios)
        if (ratio.least <= Rational(0))
            return invalid(fmt::format("the ratio of \"{}\" is not above 0", ballots.candidates()[ratio.option]));
    if (question.method == Method::stv_meek || question.method == Method::stv_scottish)
        return invalid(fmt::format("method \"{}\" knows no default option", method));
    if (compares_with_default(question) && ballots.marks() == Marks::scores)
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
        if (!is_withdrawn(ballots, candidate) &&
            std::count(question.tie.order.begin(), question.tie.order.end(), candidate) != 1)
            return invalid(
                fmt::format("the order that settles ties does not name \"{}\" once", ballots.candidates()[candidate]));
    return {};
}

}  // namespace

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

}  // namespace govctl::tally
