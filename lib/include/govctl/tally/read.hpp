#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/base/result.hpp"
#include "govctl/tally/ballots.hpp"

namespace govctl::tally {

enum class Format {
    csv,     ///< a header of candidates, then a rank (or a score) for each; blank or `No opinion`: none
    elekto,  ///< the csv that Elekto publishes
    civs,    ///< the csv that CIVS publishes
    blt,     ///< Wichmann's format for transferable votes: numbers, weights, `=` for ties, names and a title at the end
    debian,  ///< the tally sheets of vote.debian.org: `V: 12-3  name or hash`
};

std::string_view format_word(Format format);
std::optional<Format> parse_format(std::string_view word);
/// What the bytes look like; none: nothing known.
std::optional<Format> guess_format(std::string_view bytes);

struct Reading {
    std::string file;  ///< named in errors
    Marks marks = Marks::ranks;
    bool lenient = false;  ///< a ballot that cannot be read is spoilt, not an error
};

/// A ballot that could not be read, and why.
struct Spoilt {
    Error error;
};

struct Read {
    Ballots ballots;
    std::vector<Spoilt> spoilt;  ///< in the order of the file, at most a hundred; `ballots.spoilt` counts all
};

/// Errors: `invalid`, with the place: unknown candidate, a rank that is no number from 1 to 2^31 - 1, too few or too
/// many columns, no candidate, no header, more than Ballots::most_candidates.
Result<Read> read_ballots(std::string_view bytes, Format format, const Reading& how);

}  // namespace govctl::tally
