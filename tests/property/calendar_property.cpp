#include "govctl/base/time.hpp"
#include "property/dice.hpp"
#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::testing;
using Unit = Duration::Unit;

namespace {

const std::vector<std::string> zones = {"UTC", "Europe/Berlin", "America/Los_Angeles", "Australia/Lord_Howe",
                                        "Asia/Kathmandu"};

Calendar random_calendar(Dice& dice) {
    const std::vector<std::string> days = {"mon-fri", "sun-thu", "mon,wed", "sat"};
    const std::vector<std::string> hours = {"09:00-17:00", "00:00-24:00", "08:30-12:15"};
    return *Calendar::make(dice.of(days), dice.of(hours), dice.of(zones), {"2026-01-01", "2026-12-25"});
}

/// Any second of 2026 and 2027, changes of clocks among them.
Instant random_instant(Dice& dice) {
    return Instant{1'767'225'600 + std::int64_t{60} * dice.below(2 * 365 * 24 * 60) + dice.below(60)};
}

}  // namespace

TEST_CASE("no length of time goes back, and a longer one never ends sooner") {
    Dice dice(8);
    for (int i = 0; i < 10'000; ++i) {
        const Calendar calendar = random_calendar(dice);
        const Instant from = random_instant(dice);
        const Unit unit = static_cast<Unit>(dice.below(8));
        const int shorter = dice.below(40);
        const Duration one{shorter, unit}, other{shorter + dice.between(1, 5), unit};
        INFO(from.str() << " " << one.str() << " in " << calendar.zone());
        CHECK(from <= calendar.after(from, one));
        CHECK(calendar.after(from, one) <= calendar.after(from, other));
    }
}

TEST_CASE("business hours add up") {
    Dice dice(9);
    for (int i = 0; i < 5'000; ++i) {
        const Calendar calendar = random_calendar(dice);
        const Instant from = random_instant(dice);
        const Duration a{dice.between(1, 60), Unit::business_hours}, b{dice.between(1, 60), Unit::business_hours};
        const Duration sum{a.count + b.count, Unit::business_hours};
        INFO(from.str() << " " << a.str() << " " << b.str() << " in " << calendar.zone());
        CHECK(calendar.after(calendar.after(from, a), b) == calendar.after(from, sum));
    }
}

TEST_CASE("who starts later never ends sooner") {
    Dice dice(10);
    for (int i = 0; i < 5'000; ++i) {
        const Calendar calendar = random_calendar(dice);
        const Instant from = random_instant(dice);
        const Instant later{from.seconds + dice.below(100'000)};
        for (Unit unit : {Unit::hours, Unit::days, Unit::weeks, Unit::business_hours}) {
            const Duration length{dice.between(0, 30), unit};
            INFO(from.str() << " " << later.str() << " " << length.str() << " in " << calendar.zone());
            CHECK(calendar.after(from, length) <= calendar.after(later, length));
        }
    }
}
