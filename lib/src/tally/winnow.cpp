#include "winnow.hpp"

#include "govctl/model/figures.hpp"

namespace govctl::tally {

using model::Count;

__extension__ typedef unsigned __int128 Wide;

static bool has_ratio(std::uint64_t in_favour, std::uint64_t against, const Rational& least) {
    const Wide left = Wide{in_favour} * static_cast<std::uint64_t>(least.denominator());
    const Wide right = Wide{against} * static_cast<std::uint64_t>(least.numerator());
    return in_favour > against && left >= right;
}

static std::optional<Rational> ratio_of(const Question& question, Candidate option) {
    for (const Ratio& ratio : question.ratios)
        if (ratio.option == option) return ratio.least;
    if (question.method == Method::schulze_dropping) return Rational(1);
    return std::nullopt;
}

static bool has_quorum(const Poll& poll, const Tally& tally, std::uint64_t above_default) {
    if (!poll.question.quorum) return true;
    model::Figures figures;
    figures[Count::above_default] = static_cast<std::int64_t>(above_default);
    figures[Count::cast] = static_cast<std::int64_t>(tally.counted);
    figures[Count::eligible] = static_cast<std::int64_t>(poll.question.eligible.value_or(0));
    return holds(*poll.question.quorum, figures);
}

std::vector<Dropped> winnow(const Poll& poll, const Tally& tally) {
    const std::optional<Candidate> fallback = poll.question.default_option;
    std::vector<Dropped> dropped;
    for (Candidate option : poll.standing) {
        if (option == fallback) continue;
        const std::uint64_t in_favour = fallback && tally.pairwise ? tally.pairwise->at(option, *fallback) : 0;
        const std::uint64_t against = fallback && tally.pairwise ? tally.pairwise->at(*fallback, option) : 0;
        const std::optional<Rational> ratio = ratio_of(poll.question, option);
        if (!has_quorum(poll, tally, in_favour))
            dropped.push_back({option, Dropped::Why::quorum, in_favour, against});
        else if (ratio && !has_ratio(in_favour, against, *ratio))
            dropped.push_back({option, Dropped::Why::ratio, in_favour, against});
    }
    return dropped;
}

}  // namespace govctl::tally
