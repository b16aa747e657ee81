#include "govctl/base/rational.hpp"

#include <cassert>
#include <limits>

namespace govctl {
namespace {

// Products of two 64-bit numbers are exact here, whatever the operands.
__extension__ typedef __int128 Wide;

Wide gcd(Wide a, Wide b) {
    while (b != 0) {
        const Wide rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

std::int64_t narrow(Wide value) {
    assert(value >= std::numeric_limits<std::int64_t>::min() && value <= std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(value);
}

Rational reduced(Wide numerator, Wide denominator) {
    const Wide divisor = gcd(numerator, denominator);
    return Rational(narrow(numerator / divisor), narrow(denominator / divisor));
}

}  // namespace

Rational::Rational(std::int64_t numerator, std::int64_t denominator) {
    assert(denominator != 0);
    const Wide divisor = denominator < 0 ? -gcd(numerator, denominator) : gcd(numerator, denominator);
    numerator_ = narrow(numerator / divisor);
    denominator_ = narrow(denominator / divisor);
}

Rational Rational::operator+(const Rational& other) const {
    return reduced(Wide{numerator_} * other.denominator_ + Wide{other.numerator_} * denominator_,
                   Wide{denominator_} * other.denominator_);
}

Rational Rational::operator-(const Rational& other) const {
    return reduced(Wide{numerator_} * other.denominator_ - Wide{other.numerator_} * denominator_,
                   Wide{denominator_} * other.denominator_);
}

Rational Rational::operator*(const Rational& other) const {
    return reduced(Wide{numerator_} * other.numerator_, Wide{denominator_} * other.denominator_);
}

std::int64_t Rational::floor() const {
    const std::int64_t quotient = numerator_ / denominator_;
    return numerator_ % denominator_ < 0 ? quotient - 1 : quotient;
}

std::int64_t Rational::ceil() const {
    const std::int64_t quotient = numerator_ / denominator_;
    return numerator_ % denominator_ > 0 ? quotient + 1 : quotient;
}

std::int64_t Rational::round_half_up() const {
    return (*this + Rational(1, 2)).floor();
}

std::string Rational::str() const {
    std::string text = std::to_string(numerator_);
    if (denominator_ != 1) text += "/" + std::to_string(denominator_);
    return text;
}

std::strong_ordering operator<=>(const Rational& a, const Rational& b) {
    const Wide left = Wide{a.numerator_} * b.denominator_;
    const Wide right = Wide{b.numerator_} * a.denominator_;
    if (left == right) return std::strong_ordering::equal;
    return left < right ? std::strong_ordering::less : std::strong_ordering::greater;
}

}  // namespace govctl
