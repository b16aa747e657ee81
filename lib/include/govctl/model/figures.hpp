#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "govctl/base/rational.hpp"
#include "govctl/model/rule.hpp"

namespace govctl::model {

/// A number for every word a condition may count.
class Figures {
public:
    std::int64_t operator[](Count count) const { return values_[static_cast<std::size_t>(count)]; }
    std::int64_t& operator[](Count count) { return values_[static_cast<std::size_t>(count)]; }

private:
    std::array<std::int64_t, 15> values_{};
};

/// An exact number: `factor` times the square root of `radicand`, which is 1 or no square.
struct Value {
    Rational factor;
    std::int64_t radicand = 1;

    /// factor * sqrt(of), simplified where `of` is a square.
    static Value root(const Rational& factor, std::int64_t of);

    std::int64_t floor() const;
    std::int64_t ceil() const;
    std::string str() const;  ///< `3`, `9/2`, `3/2 * sqrt(988)`
};

std::strong_ordering operator<=>(const Value& a, const Value& b);

Value value_of(const Amount& amount, const Figures& figures);

bool compares(std::int64_t left, Comparator comparator, const Value& right);

/// Whether the condition holds. One that names `yes`, on either side, never does without at least one yes.
bool holds(const Condition& condition, const Figures& figures);

}  // namespace govctl::model
