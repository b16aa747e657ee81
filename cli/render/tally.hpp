#pragma once

#include <nlohmann/json_fwd.hpp>

#include "govctl/tally/count.hpp"
#include "govctl/tally/read.hpp"
#include "output.hpp"

namespace govctl::cli {

/// A count, with what it was of.
struct ShownTally {
    const tally::Ballots& ballots;
    const tally::Question& question;
    const tally::Tally& tally;
};

/// The matrix, the ranking with bars, who is elected, and why; with `trace`, every step.
void print_tally(Output& out, const ShownTally& shown, bool trace);

/// `govctl.tally/1`
nlohmann::ordered_json tally_json(const ShownTally& shown, bool trace);

}  // namespace govctl::cli
