#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "govctl/base/rational.hpp"
#include "govctl/model/group.hpp"
#include "govctl/record/findings.hpp"
#include "govctl/record/shape.hpp"

namespace govctl::record {

/// What is wrong with a text, and at which of its columns, counted from 1.
struct Fault {
    const FindingKind* kind = nullptr;
    std::string message;
    std::string help{};
    int column = 1;
};

/// Holds a text that is not empty against what it should be; `word` is the shape's to judge.
std::optional<Fault> fault_in(Scalar scalar, const std::string& text);

std::optional<std::int64_t> parse_integer(std::string_view text);  ///< digits, below 2^31
std::optional<Rational> parse_fraction(std::string_view text);     ///< `1/3`
std::optional<Rational> parse_share(std::string_view text);        ///< `2`, `1/3`; not of the seats
std::optional<model::Seats> parse_seats(std::string_view text);    ///< `2`, `2+`, `any`

/// `rfc-42`, `42` → `rfc-0042`; other ids as they are.
std::string canonical_id(const std::string& text);

}  // namespace govctl::record
