// Ballots as Debian's tally sheets.
#include "ballots.hpp"

using namespace govctl;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text(data, size);
    fuzz::check_ballots(bytes, tally::Format::debian, tally::Marks::ranks);
    tally::guess_format(bytes);
    return 0;
}
