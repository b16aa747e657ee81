#include "verdict.hpp"

#include <algorithm>

namespace govctl::rules {

using model::Amount;
using model::Cause;
using model::Comparator;
using model::Condition;
using model::Count;
using model::ObjectionRule;
using model::Stage;
using model::TieRule;

static Condition no_objections() {
    Condition condition;
    condition.left = Count::objections;
    condition.comparator = Comparator::equal;
    return condition;
}

Demands Demands::of(const Stage& stage, bool is_revote) {
    Demands demands{stage.quorum, stage.passes, stage.objection.effect, stage.tie.kind};
    if (stage.ballot != model::BallotForm::position) {
        // The count of the options drops what misses such a quorum, and knows its own ties.
        if (stage.quorum && stage.quorum->names(Count::above_default)) demands.quorum.reset();
        demands.tie = TieRule::Kind::fails;
    }
    const Condition blocked = no_objections();
    const bool is_said = std::find(stage.passes.begin(), stage.passes.end(), blocked) != stage.passes.end();
    if (demands.objected == ObjectionRule::Effect::block && !is_said) demands.passes.push_back(blocked);
    if (is_revote && demands.tie == TieRule::Kind::revote) demands.tie = TieRule::Kind::fails;
    return demands;
}

std::vector<Condition> Demands::all() const {
    std::vector<Condition> conditions = passes;
    if (quorum) conditions.insert(conditions.begin(), *quorum);
    return conditions;
}

bool Demands::name(Count count) const {
    const auto names = [&](const Condition& condition) { return condition.names(count); };
    return (quorum && names(*quorum)) || std::any_of(passes.begin(), passes.end(), names);
}

static bool forbids(ObjectionRule::Effect effect) {
    return effect == ObjectionRule::Effect::veto || effect == ObjectionRule::Effect::restart;
}

bool Demands::hold(const Figures& figures) const {
    if (forbids(objected) && figures[Count::objections] > 0) return false;
    if (quorum && !holds(*quorum, figures)) return false;
    return std::all_of(passes.begin(), passes.end(), [&](const Condition& each) { return holds(each, figures); });
}

bool is_tied(const Figures& figures) {
    return figures[Count::yes] == figures[Count::no] && figures[Count::yes] > 0;
}

namespace {

enum class Truth { no, yes, open };

/// A condition that sets `yes` against `no` and nothing else: what a casting vote or a lot can settle.
bool compares_yes_with_no(const Condition& condition) {
    const auto is_plain = [&](Count left, Count right) {
        return condition.left == left && condition.right.form == Amount::Form::share &&
               condition.right.factor == Rational(1) && condition.right.count == right;
    };
    return is_plain(Count::yes, Count::no) || is_plain(Count::no, Count::yes);
}

bool names_objections(const Condition& condition) {
    return condition.names(Count::objections) || condition.names(Count::objectors);
}

class Judge {
public:
    Judge(const Demands& demands, const Figures& low, const Figures& high, std::optional<bool> settled)
        : demands_(demands), low_(low), high_(high), settled_(settled) {}

    /// Each step decides, or passes on; where it cannot tell, the counts it would have to know are the answer.
    Judgement run() {
        using Step = std::optional<Verdict> (Judge::*)();
        for (Step step :
             {&Judge::by_objection, &Judge::by_quorum, &Judge::by_conditions, &Judge::by_tie, &Judge::by_cause}) {
            const std::optional<Verdict> verdict = (this->*step)();
            if (!open_.empty()) return {std::nullopt, open_};
            if (verdict) return {verdict, {}};
        }
        return {Verdict{Verdict::Kind::fails, Cause::other}, {}};
    }

private:
    using Filter = bool (*)(const Condition&);

    std::optional<Verdict> by_objection() {
        if (!forbids(demands_.objected) || !is(objected(), {Count::objections})) return std::nullopt;
        if (demands_.objected == ObjectionRule::Effect::restart) return Verdict{Verdict::Kind::stops};
        return Verdict{Verdict::Kind::fails, Cause::objection};
    }

    std::optional<Verdict> by_quorum() {
        if (!demands_.quorum || is(truth(*demands_.quorum), counts_of(*demands_.quorum))) return std::nullopt;
        return Verdict{Verdict::Kind::fails, Cause::quorum};
    }

    std::optional<Verdict> by_conditions() {
        if (!all_hold([](const Condition&) { return true; })) return std::nullopt;
        return Verdict{Verdict::Kind::passes};
    }

    std::optional<Verdict> by_tie() {
        if (demands_.tie == TieRule::Kind::fails) return std::nullopt;
        if (!is(tied(), {Count::yes, Count::no})) return std::nullopt;
        if (!all_hold([](const Condition& each) { return !each.names(Count::yes); })) return std::nullopt;
        if (all_hold(compares_yes_with_no)) return std::nullopt;  // there is nothing to settle
        if (demands_.tie == TieRule::Kind::revote) return Verdict{Verdict::Kind::revotes};
        // What else asks for yes must hold by itself.
        if (!all_hold([](const Condition& each) { return !compares_yes_with_no(each); })) return std::nullopt;
        if (demands_.tie == TieRule::Kind::passes) return Verdict{Verdict::Kind::passes};
        if (!settled_) return Verdict{Verdict::Kind::unsettled};
        if (*settled_) return Verdict{Verdict::Kind::passes};
        return std::nullopt;
    }

    std::optional<Verdict> by_cause() {
        if (!all_hold(names_objections)) return Verdict{Verdict::Kind::fails, Cause::objection};
        if (is(tied(), {Count::yes, Count::no})) return Verdict{Verdict::Kind::fails, Cause::tie};
        return std::nullopt;
    }

    /// Yes or no; where that is open, notes the counts to be known.
    bool is(Truth truth, const std::vector<Count>& counts) {
        if (truth == Truth::open) open_.insert(open_.end(), counts.begin(), counts.end());
        return truth == Truth::yes;
    }

    bool all_hold(Filter filter) {
        std::vector<Count> undetermined;
        for (const Condition& condition : demands_.passes) {
            if (!filter(condition)) continue;
            const Truth here = truth(condition);
            if (here == Truth::no) return false;
            if (here == Truth::open)
                for (Count count : counts_of(condition)) undetermined.push_back(count);
        }
        open_.insert(open_.end(), undetermined.begin(), undetermined.end());
        return undetermined.empty();
    }

    static std::vector<Count> counts_of(const Condition& condition) {
        std::vector<Count> counts;
        for (Count count : model::all_counts())
            if (condition.names(count)) counts.push_back(count);
        return counts;
    }

    Truth objected() const {
        if (low_[Count::objections] > 0) return Truth::yes;
        return high_[Count::objections] > 0 ? Truth::open : Truth::no;
    }

    Truth tied() const {
        const std::int64_t least = std::max({low_[Count::yes], low_[Count::no], std::int64_t{1}});
        const std::int64_t most = std::min(high_[Count::yes], high_[Count::no]);
        if (least > most) return Truth::no;
        const bool is_known = low_[Count::yes] == high_[Count::yes] && low_[Count::no] == high_[Count::no];
        return is_known ? Truth::yes : Truth::open;
    }

    /// Every amount grows with every count in it, so its bounds are those at the bounds of the counts.
    Truth truth(const Condition& condition) const {
        const bool names_yes = condition.names(Count::yes);
        if (names_yes && high_[Count::yes] < 1) return Truth::no;
        const Truth compared =
            compare(condition.comparator, Value{Rational(low_[condition.left])}, Value{Rational(high_[condition.left])},
                    value_of(condition.right, low_), value_of(condition.right, high_));
        if (compared == Truth::yes && names_yes && low_[Count::yes] < 1) return Truth::open;
        return compared;
    }

    static Truth less(const Value& low, const Value& high, const Value& right_low, const Value& right_high) {
        if (high < right_low) return Truth::yes;
        return low < right_high ? Truth::open : Truth::no;
    }

    static Truth opposite(Truth truth) {
        if (truth == Truth::open) return truth;
        return truth == Truth::yes ? Truth::no : Truth::yes;
    }

    static Truth compare(Comparator comparator, const Value& low, const Value& high, const Value& right_low,
                         const Value& right_high) {
        switch (comparator) {
            case Comparator::less:
                return less(low, high, right_low, right_high);
            case Comparator::greater:
                return less(right_low, right_high, low, high);
            case Comparator::at_least:
                return opposite(less(low, high, right_low, right_high));
            case Comparator::at_most:
                return opposite(less(right_low, right_high, low, high));
            case Comparator::equal:
                return equal(low, high, right_low, right_high);
            case Comparator::not_equal:
                return opposite(equal(low, high, right_low, right_high));
        }
        return Truth::open;
    }

    static Truth equal(const Value& low, const Value& high, const Value& right_low, const Value& right_high) {
        if (high < right_low || right_high < low) return Truth::no;
        const bool is_known = (low <=> high) == 0 && (right_low <=> right_high) == 0;
        return is_known ? Truth::yes : Truth::open;
    }

    const Demands& demands_;
    const Figures& low_;
    const Figures& high_;
    std::optional<bool> settled_;
    std::vector<Count> open_;
};

}  // namespace

Judgement judge(const Demands& demands, const Figures& low, const Figures& high, std::optional<bool> settled) {
    return Judge(demands, low, high, settled).run();
}

}  // namespace govctl::rules
