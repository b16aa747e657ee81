#pragma once

#include <algorithm>

#include "fuzz.hpp"
#include "govctl/tally/read.hpp"

namespace govctl::fuzz {

inline void must_have_a_place(const Error& error, std::string_view bytes) {
    must(error.place.has_value(), "an error says where", error.message);
    const auto lines = std::count(bytes.begin(), bytes.end(), '\n') + 1;
    must(error.place->line >= 1 && error.place->line <= lines, "an error is in the file", error.message);
    must(error.place->column >= 1, "columns count from 1", error.message);
}

inline void must_be_tiers(const tally::Ballots& ballots) {
    for (std::size_t row = 0; row < ballots.rows(); ++row) {
        const auto ranks = ballots.ranks(row);
        const std::uint8_t last = *std::max_element(ranks.begin(), ranks.end());
        for (std::uint8_t tier = 1; tier < last; ++tier) {
            must(std::find(ranks.begin(), ranks.end(), tier) != ranks.end(), "tiers have no gaps");
        }
    }
}

/// Any bytes are ballots or an error with a place; a lenient reading takes at least what a strict one does.
inline void check_ballots(std::string_view bytes, tally::Format format, tally::Marks marks) {
    const auto strict = tally::read_ballots(bytes, format, {"file", marks, false});
    const auto lenient = tally::read_ballots(bytes, format, {"file", marks, true});
    if (!lenient) must(!strict, "what a strict reading takes, a lenient one does");
    if (!strict) must_have_a_place(strict.error(), bytes);
    if (lenient) {
        for (const tally::Spoilt& each : lenient->spoilt) must_have_a_place(each.error, bytes);
        must(lenient->ballots.count() > 0, "what is read has ballots");
        if (marks == tally::Marks::ranks) must_be_tiers(lenient->ballots);
    }
    if (strict) must(lenient->ballots.count() == strict->ballots.count(), "nothing more is spoilt than what is wrong");
}

}  // namespace govctl::fuzz
