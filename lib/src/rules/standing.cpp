#include "standing.hpp"

namespace govctl::rules {

using model::Condition;
using model::Count;

/// What the figures would be with `n` more or fewer of one kind of word: new ballots are of people who are missing.
static Figures with_change(const Figures& figures, Count kind, std::int64_t n) {
    Figures changed = figures;
    changed[kind] += n;
    if (kind == Count::objections || kind == Count::objectors) return changed;
    if (kind != Count::cast) changed[Count::cast] += n;
    changed[Count::missing] -= n;
    if (kind == Count::yes || kind == Count::no) changed[Count::decisive] += n;
    return changed;
}

static std::string counted(std::int64_t n, const std::string& one, const std::string& many) {
    return std::to_string(n) + " " + (n == 1 ? one : many);
}

/// The least change of one kind that makes the condition hold, at most `limit`; 0: there is none.
static std::int64_t least_change(const Condition& condition, const Figures& figures, Count kind, std::int64_t direction,
                                 std::int64_t limit) {
    for (std::int64_t n = 1; n <= limit; ++n)
        if (holds(condition, with_change(figures, kind, direction * n))) return n;
    return 0;
}

static std::string lacking(const Condition& condition, const Figures& figures) {
    const std::int64_t missing = figures[Count::missing];
    if (condition.left == Count::yes || condition.right.names(Count::yes))
        if (auto n = least_change(condition, figures, Count::yes, 1, missing))
            return counted(n, "more yes", "more yes");
    if (condition.left == Count::cast)
        if (auto n = least_change(condition, figures, Count::cast, 1, missing))
            return counted(n, "more ballot", "more ballots");
    if (condition.left == Count::no)
        if (auto n = least_change(condition, figures, Count::no, -1, figures[Count::no]))
            return counted(n, "fewer no", "fewer no");
    if (condition.left == Count::objections)
        if (auto n = least_change(condition, figures, Count::objections, -1, figures[Count::objections]))
            return counted(n, "objection to be resolved", "objections to be resolved");
    if (condition.left == Count::objectors)
        if (auto n = least_change(condition, figures, Count::objectors, -1, figures[Count::objectors]))
            return counted(n, "fewer objector", "fewer objectors");
    return "";
}

std::vector<Standing> standings(const Demands& demands, const Figures& figures, bool has_attendance) {
    std::vector<Standing> all;
    for (const Condition& condition : demands.all()) {
        Standing standing;
        standing.figures = {condition.str(), std::to_string(figures[condition.left]),
                            value_of(condition.right, figures).str(), holds(condition, figures)};
        if (!has_attendance && condition.names(Count::present)) {
            standing.figures.met = false;
            standing.lacking = "attendance is not recorded";
        } else if (!standing.figures.met) {
            standing.lacking = lacking(condition, figures);
        }
        all.push_back(std::move(standing));
    }
    return all;
}

}  // namespace govctl::rules
