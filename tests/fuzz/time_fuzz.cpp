// One line each: an instant, a duration, days, hours, a zone, a holiday.
#include "fuzz.hpp"
#include "govctl/base/text.hpp"
#include "govctl/base/time.hpp"

using namespace govctl;
using govctl::fuzz::must;

namespace {

void check_after(const Calendar& calendar, Instant from, const Duration& duration) {
    const Instant to = calendar.after(from, duration);
    must(to >= from, "time goes forward", from.str() + " + " + duration.str() + " = " + to.str());
    must(Instant::parse(to.str()) && *Instant::parse(to.str()) == to, "what is computed is an instant", to.str());
    const Duration more{duration.count + 1, duration.unit};
    must(calendar.after(from, more) >= to, "longer is not earlier", from.str() + " + " + more.str());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::string> lines = split(fuzz::text(data, size), '\n');
    lines.resize(6);
    const auto instant = Instant::parse(lines[0]);
    if (instant) must(instant->str() == lines[0], "an instant prints as it was read", lines[0]);
    const auto either = Instant::parse_date_or_instant(lines[0]);
    if (either) must(either->str() == lines[0] || either->date() == lines[0], "a date prints as it was read", lines[0]);
    const auto duration = Duration::parse(lines[1]);
    if (duration) must(duration->str() == lines[1], "a duration prints as it was read", lines[1]);
    const auto calendar = Calendar::make(lines[2], lines[3], lines[4], {lines[5]});
    if (!either || !duration) return 0;
    check_after(Calendar(), *either, *duration);
    if (calendar) check_after(*calendar, *either, *duration);
    return 0;
}
