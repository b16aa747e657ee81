#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "govctl/base/text.hpp"
#include "govctl/tally/read.hpp"

/// Ballots in a line of text, for tables of cases.
namespace govctl::tally {

/// `a b c: 12- x1 | 3-1 x2`: the candidates, then each row's ranks (`-`: none) and its weight.
inline std::string shown(const Ballots& ballots) {
    std::string text = join(ballots.candidates(), " ") + ":";
    for (std::size_t row = 0; row < ballots.rows(); ++row) {
        text += row == 0 ? " " : " | ";
        for (Candidate each = 0; each < ballots.width(); ++each) {
            const std::uint32_t mark =
                ballots.marks() == Marks::ranks ? ballots.ranks(row)[each] : ballots.scores(row)[each];
            const bool none = mark == (ballots.marks() == Marks::ranks ? 0 : Ballots::not_scored);
            text += none ? "-" : fmt::format("{}", mark);
        }
        if (ballots.weight(row) != 1) text += fmt::format(" x{}", ballots.weight(row));
    }
    return text;
}

/// What is read, or `LINE:COLUMN: why not`; the ballots that a lenient reading left out follow.
inline std::string read_as(std::string_view bytes, Format format, Reading how = {}) {
    how.file = "ballots";
    const Result<Read> read = read_ballots(bytes, format, how);
    const auto told = [](const Error& error) {
        return fmt::format("{}:{}: {}", error.place->line, error.place->column, error.message);
    };
    if (!read) return told(read.error());
    std::string text = shown(read->ballots);
    if (read->ballots.spoilt > 0) text += fmt::format("; {} spoilt", read->ballots.spoilt);
    for (const Spoilt& each : read->spoilt) text += "; " + told(each.error);
    return text;
}

struct ReadCase {
    std::string bytes;
    std::string read;
};

}  // namespace govctl::tally
