#include "govctl/model/figures.hpp"

#include <algorithm>

namespace govctl::model {

__extension__ typedef __int128 Wide;

/// The largest integer whose square is at most n; n is below 2^124.
static Wide wide_root(Wide n) {
    Wide low = 0;
    Wide high = Wide{1} << 62;
    while (low < high) {
        const Wide middle = low + (high - low + 1) / 2;
        if (middle * middle <= n)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

Value Value::root(const Rational& factor, std::int64_t of) {
    const auto whole = static_cast<std::int64_t>(wide_root(of));
    if (whole * whole == of) return {factor * Rational(whole), 1};
    if (factor == Rational(0)) return {};
    return {factor, of};
}

/// The sign of a number and its square as a fraction of wide integers: enough to compare by.
struct Squared {
    int sign;
    Wide numerator;
    Wide denominator;
};

static Squared squared(const Value& value) {
    const std::int64_t n = value.factor.numerator();
    const std::int64_t d = value.factor.denominator();
    return {n < 0 ? -1 : n > 0, Wide{n} * n * value.radicand, Wide{d} * d};
}

std::strong_ordering operator<=>(const Value& a, const Value& b) {
    if (a.radicand == b.radicand) return a.factor <=> b.factor;
    const Squared left = squared(a);
    const Squared right = squared(b);
    if (left.sign != right.sign) return left.sign <=> right.sign;
    // Cross-multiplying would need more than 128 bits: whole parts first, then the fractions' remainders, as Euclid
    // does.
    Wide p = left.numerator, q = left.denominator, r = right.numerator, s = right.denominator;
    bool is_turned = left.sign < 0;
    while (true) {
        const Wide whole_left = p / q;
        const Wide whole_right = r / s;
        if (whole_left != whole_right)
            return (whole_left < whole_right) != is_turned ? std::strong_ordering::less : std::strong_ordering::greater;
        const Wide rest_left = p % q;
        const Wide rest_right = r % s;
        if (rest_left == 0 && rest_right == 0) return std::strong_ordering::equal;
        if (rest_left == 0 || rest_right == 0)
            return (rest_left == 0) != is_turned ? std::strong_ordering::less : std::strong_ordering::greater;
        p = q, q = rest_left, r = s, s = rest_right;
        is_turned = !is_turned;
    }
}

std::int64_t Value::floor() const {
    if (radicand == 1) return factor.floor();
    // Only counts and fractions not below zero are under a root; rounding down before the root changes nothing.
    const Squared square = squared(*this);
    return static_cast<std::int64_t>(wide_root(square.numerator / square.denominator));
}

std::int64_t Value::ceil() const {
    return radicand == 1 ? factor.ceil() : floor() + 1;  // a root that is left is irrational
}

std::string Value::str() const {
    if (radicand == 1) return factor.str();
    const std::string root = "sqrt(" + std::to_string(radicand) + ")";
    return factor == Rational(1) ? root : factor.str() + " * " + root;
}

Value value_of(const Amount& amount, const Figures& figures) {
    const auto operand = [&](std::size_t i) { return value_of(amount.operands.at(i), figures); };
    const Rational counted(figures[amount.count]);
    switch (amount.form) {
        case Amount::Form::integer:
            return {Rational(amount.integer)};
        case Amount::Form::share:
            return {amount.factor * counted};
        case Amount::Form::sum:
            return {counted + Rational(amount.integer)};
        case Amount::Form::root:
            return Value::root(amount.factor, figures[amount.count]);
        case Amount::Form::ceil:
            return {Rational(operand(0).ceil())};
        case Amount::Form::floor:
            return {Rational(operand(0).floor())};
        case Amount::Form::min:
            return std::min(operand(0), operand(1), [](auto& a, auto& b) { return (a <=> b) < 0; });
    }
    return {};
}

bool compares(std::int64_t left, Comparator comparator, const Value& right) {
    const std::strong_ordering order = Value{Rational(left)} <=> right;
    switch (comparator) {
        case Comparator::equal:
            return order == 0;
        case Comparator::not_equal:
            return order != 0;
        case Comparator::less:
            return order < 0;
        case Comparator::at_most:
            return order <= 0;
        case Comparator::greater:
            return order > 0;
        case Comparator::at_least:
            return order >= 0;
    }
    return false;
}

bool holds(const Condition& condition, const Figures& figures) {
    if (condition.names(Count::yes) && figures[Count::yes] < 1) return false;
    return compares(figures[condition.left], condition.comparator, value_of(condition.right, figures));
}

}  // namespace govctl::model
