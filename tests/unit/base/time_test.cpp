#include "govctl/base/time.hpp"

#include "support/catch.hpp"

using namespace govctl;

namespace {

Instant at(std::string_view text) {
    return *Instant::parse(text);
}

std::string after(const Calendar& calendar, std::string_view from, std::string_view duration) {
    return calendar.after(at(from), *Duration::parse(duration)).str();
}

Calendar calendar(std::string_view hours, std::string_view zone, const std::vector<std::string>& holidays = {}) {
    return *Calendar::make("mon-fri", hours, zone, holidays);
}

}  // namespace

TEST_CASE("instants are read and written in one form") {
    for (const char* text :
         {"1970-01-01T00:00:00Z", "2026-11-22T09:30:00Z", "2028-02-29T23:59:59Z", "9999-12-31T23:59:59Z"}) {
        CHECK(at(text).str() == text);
    }
    CHECK(at("1970-01-02T00:00:01Z").seconds == 86401);
    CHECK(at("2026-11-22T09:30:00Z").date() == "2026-11-22");
}

TEST_CASE("what is no instant is refused") {
    for (const char* text : {"",
                             "2026-11-22",
                             "2026-11-22T09:30Z",
                             "2026-11-22t09:30:00z",
                             "2026-11-22 09:30:00Z",
                             "2026-11-22T09:30:00",
                             "2026-11-22T09:30:00+00:00",
                             "2026-02-29T00:00:00Z",
                             "2026-13-01T00:00:00Z",
                             "2026-00-01T00:00:00Z",
                             "2026-11-00T00:00:00Z",
                             "2026-11-22T24:00:00Z",
                             "2026-11-22T23:60:00Z",
                             "2026-11-22T23:59:60Z",
                             "1969-12-31T23:59:59Z",
                             "02026-11-22T09:30:00Z",
                             "2026-11-22T09:30:00.0Z",
                             " 2026-11-22T09:30:00Z",
                             "2026-11-22T-9:30:00Z",
                             "+026-11-22T09:30:00Z"}) {
        CAPTURE(text);
        const auto instant = Instant::parse(text);
        REQUIRE(!instant);
        CHECK(instant.error().kind == ErrorKind::invalid);
    }
    CHECK(Instant::parse("soon").error().message == "'soon' is not an instant");
}

TEST_CASE("a bare date may stand for its first second") {
    CHECK(Instant::parse_date_or_instant("2026-11-22")->str() == "2026-11-22T00:00:00Z");
    CHECK(Instant::parse_date_or_instant("2026-11-22T09:30:00Z")->str() == "2026-11-22T09:30:00Z");
    CHECK(!Instant::parse_date_or_instant("2026-11-31"));
    CHECK(!Instant::parse_date_or_instant("22.11.2026"));
}

TEST_CASE("durations are read and written in one form") {
    for (const char* text : {"90m", "72h", "10d", "2w", "6mo", "2y", "72bh", "5bd", "0d", "1000000m"}) {
        CAPTURE(text);
        CHECK(Duration::parse(text)->str() == text);
    }
    for (const char* text :
         {"", "h", "10", "10 d", "-1d", "+1d", "1.5d", "1D", "01d", "1000001m", "99999999999d", "1d2h", "1bw"}) {
        CAPTURE(text);
        CHECK(!Duration::parse(text));
    }
    CHECK(Duration::parse("10d")->words() == "10 days");
    CHECK(Duration::parse("1mo")->words() == "1 month");
    CHECK(Duration::parse("72bh")->words() == "72 business hours");
}

TEST_CASE("plain time") {
    const Calendar utc;
    CHECK(after(utc, "2026-11-22T09:30:00Z", "90m") == "2026-11-22T11:00:00Z");
    CHECK(after(utc, "2026-11-22T09:30:00Z", "72h") == "2026-11-25T09:30:00Z");
    CHECK(after(utc, "2026-12-30T09:30:00Z", "10d") == "2027-01-09T09:30:00Z");
    CHECK(after(utc, "2026-11-22T09:30:00Z", "2w") == "2026-12-06T09:30:00Z");
}

TEST_CASE("months and years clamp to the end of the month") {
    const Calendar utc;
    CHECK(after(utc, "2026-01-31T10:00:00Z", "1mo") == "2026-02-28T10:00:00Z");
    CHECK(after(utc, "2028-01-31T10:00:00Z", "1mo") == "2028-02-29T10:00:00Z");
    CHECK(after(utc, "2026-08-31T10:00:00Z", "13mo") == "2027-09-30T10:00:00Z");
    CHECK(after(utc, "2026-12-15T10:00:00Z", "1mo") == "2027-01-15T10:00:00Z");
    CHECK(after(utc, "2028-02-29T10:00:00Z", "1y") == "2029-02-28T10:00:00Z");
    CHECK(after(utc, "2028-02-29T10:00:00Z", "4y") == "2032-02-29T10:00:00Z");
}

TEST_CASE("time ends with the year 9999") {
    const Calendar utc;
    for (const char* duration : {"1000000y", "1000000mo", "1000000w", "1000000bh", "1000000bd", "8000y"}) {
        CAPTURE(duration);
        CHECK(after(utc, "2026-11-22T09:30:00Z", duration) <= "9999-12-31T23:59:59Z");
    }
    CHECK(after(utc, "2026-11-22T09:30:00Z", "1000000y") == "9999-12-31T23:59:59Z");
    const Calendar minute = *Calendar::make("mon", "09:00-09:01", "America/New_York", {});
    CHECK(after(minute, "2026-11-22T09:30:00Z", "1000000bh") == "9999-12-31T23:59:59Z");
}

TEST_CASE("business hours count inside working hours") {
    const Calendar utc;
    // 2026-11-20 is a Friday.
    CHECK(after(utc, "2026-11-20T09:00:00Z", "8bh") == "2026-11-20T17:00:00Z");
    CHECK(after(utc, "2026-11-20T16:00:00Z", "2bh") == "2026-11-23T10:00:00Z");
    CHECK(after(utc, "2026-11-20T06:00:00Z", "1bh") == "2026-11-20T10:00:00Z");
    CHECK(after(utc, "2026-11-20T22:00:00Z", "1bh") == "2026-11-23T10:00:00Z");
    CHECK(after(utc, "2026-11-21T12:00:00Z", "1bh") == "2026-11-23T10:00:00Z");
    CHECK(after(utc, "2026-11-20T09:00:00Z", "72bh") == "2026-12-02T17:00:00Z");  // nine days
    CHECK(after(utc, "2026-11-20T23:00:00Z", "0bh") == "2026-11-20T23:00:00Z");
    const Calendar kubernetes = calendar("00:00-24:00", "UTC");
    CHECK(after(kubernetes, "2026-11-20T12:00:00Z", "72bh") == "2026-11-25T12:00:00Z");
    CHECK(after(kubernetes, "2026-11-23T00:00:00Z", "120bh") == "2026-11-28T00:00:00Z");
}

TEST_CASE("holidays are no business days") {
    const Calendar christmas = calendar("09:00-17:00", "UTC", {"2026-12-25"});
    CHECK(after(christmas, "2026-12-24T16:00:00Z", "2bh") == "2026-12-28T10:00:00Z");
    CHECK(after(christmas, "2026-12-24T16:00:00Z", "1bd") == "2026-12-28T16:00:00Z");
}

TEST_CASE("business days end at the same time of day") {
    const Calendar utc;
    CHECK(after(utc, "2026-11-20T20:00:00Z", "5bd") == "2026-11-27T20:00:00Z");
    CHECK(after(utc, "2026-11-21T20:00:00Z", "5bd") == "2026-11-27T20:00:00Z");  // a Saturday
    CHECK(after(utc, "2026-11-22T20:00:00Z", "1bd") == "2026-11-23T20:00:00Z");
    CHECK(after(utc, "2026-11-20T20:00:00Z", "0bd") == "2026-11-20T20:00:00Z");
}

TEST_CASE("business time follows the clocks of its zone") {
    const Calendar berlin = calendar("09:00-17:00", "Europe/Berlin");
    // Clocks go forward on Sunday 2026-03-29 and back on Sunday 2026-10-25.
    CHECK(after(berlin, "2026-03-27T15:00:00Z", "2bh") == "2026-03-30T08:00:00Z");
    CHECK(after(berlin, "2026-03-27T12:00:00Z", "1bd") == "2026-03-30T11:00:00Z");
    CHECK(after(berlin, "2026-10-23T12:00:00Z", "1bd") == "2026-10-26T13:00:00Z");
    // The day is the local one: 23:30Z on a Thursday in summer is Friday in Berlin.
    CHECK(after(berlin, "2026-07-02T23:30:00Z", "1bd") == "2026-07-05T23:30:00Z");
    CHECK(after(calendar("09:00-17:00", "UTC"), "2026-07-02T23:30:00Z", "1bd") == "2026-07-03T23:30:00Z");
}

TEST_CASE("hours that the clocks skip or repeat") {
    const Calendar always = *Calendar::make("sun-sat", "00:00-24:00", "America/New_York", {});
    // 2026-03-08 has 23 hours, 2026-11-01 has 25; elapsed hours are counted.
    CHECK(after(always, "2026-03-08T05:00:00Z", "24bh") == "2026-03-09T05:00:00Z");
    CHECK(after(always, "2026-03-07T07:30:00Z", "1bd") == "2026-03-08T07:00:00Z");  // 02:30 is skipped
    CHECK(after(always, "2026-10-31T05:30:00Z", "1bd") == "2026-11-01T05:30:00Z");  // 01:30 comes twice
    const Calendar nights = *Calendar::make("sun", "01:00-03:00", "America/New_York", {});
    CHECK(after(nights, "2026-03-08T00:00:00Z", "1bh") == "2026-03-08T07:00:00Z");  // one hour long that night
    CHECK(after(nights, "2026-11-01T00:00:00Z", "3bh") == "2026-11-01T08:00:00Z");  // three hours long
}

TEST_CASE("calendars are checked when they are made") {
    CHECK(Calendar::make("sun-thu", "08:00-16:00", "Asia/Jerusalem", {}));
    CHECK(Calendar::make("fri-mon,wed", "00:00-24:00", "UTC", {"2026-01-01"}));
    struct Case {
        const char *days, *hours, *zone, *holiday, *message;
    };
    const Case cases[] = {
        {"", "09:00-17:00", "UTC", "2026-01-01", "'' is not a list of working days"},
        {"mon-", "09:00-17:00", "UTC", "2026-01-01", "'mon-' is not a list of working days"},
        {"monday", "09:00-17:00", "UTC", "2026-01-01", "'monday' is not a list of working days"},
        {"mon", "17:00-09:00", "UTC", "2026-01-01", "'17:00-09:00' is not a span of working hours"},
        {"mon", "09:00-24:01", "UTC", "2026-01-01", "'09:00-24:01' is not a span of working hours"},
        {"mon", "9-17", "UTC", "2026-01-01", "'9-17' is not a span of working hours"},
        {"mon", "09:00", "UTC", "2026-01-01", "'09:00' is not a span of working hours"},
        {"mon", "09:00-17:00", "Mars/Olympus", "2026-01-01", "'Mars/Olympus' is not a time zone"},
        {"mon", "09:00-17:00", "", "2026-01-01", "'' is not a time zone"},
        {"mon", "09:00-17:00", "UTC", "christmas", "'christmas' is not a date"},
    };
    for (const Case& c : cases) {
        const auto made = Calendar::make(c.days, c.hours, c.zone, {c.holiday});
        REQUIRE(!made);
        CHECK(made.error().message == c.message);
    }
}
