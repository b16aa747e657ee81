// Ballots as BLT.
#include "ballots.hpp"

using namespace govctl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text(data, size);
    fuzz::check_ballots(bytes, tally::Format::blt, tally::Marks::ranks);
    tally::guess_format(bytes);
    return 0;
}
