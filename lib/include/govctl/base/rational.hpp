#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace govctl {

/// An exact fraction in lowest terms; the denominator is positive. Operands are kept below 2^31 by the readers, so that
/// no product of two overflows 64 bits.
class Rational {
public:
    constexpr Rational(std::int64_t whole = 0) : numerator_(whole) {}
    Rational(std::int64_t numerator, std::int64_t denominator);

    std::int64_t numerator() const { return numerator_; }
    std::int64_t denominator() const { return denominator_; }

    Rational operator+(const Rational& other) const;
    Rational operator-(const Rational& other) const;
    Rational operator*(const Rational& other) const;

    std::int64_t floor() const;
    std::int64_t ceil() const;
    std::int64_t round_half_up() const;

    std::string str() const;  ///< `3` or `9/2`

    friend bool operator==(const Rational&, const Rational&) = default;
    friend std::strong_ordering operator<=>(const Rational& a, const Rational& b);

private:
    std::int64_t numerator_ = 0;
    std::int64_t denominator_ = 1;
};

}  // namespace govctl
