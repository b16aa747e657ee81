// Ballots as csv, ranks and scores.
#include "ballots.hpp"

using namespace govctl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text(data, size);
    fuzz::check_ballots(bytes, tally::Format::csv, tally::Marks::ranks);
    fuzz::check_ballots(bytes, tally::Format::csv, tally::Marks::scores);
    tally::guess_format(bytes);
    return 0;
}
