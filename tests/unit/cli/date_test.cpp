#include "date.hpp"

#include <string>

#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::cli;

namespace {

/// Central Europe in 2005: summer time from 27 March, 01:00Z.
int berlin(Instant at) {
    return at >= Instant::parse("2005-03-27T01:00:00Z").value() ? 120 : 60;
}

}  // namespace

TEST_CASE("git's dates") {
    struct Case {
        const char* text;
        const char* instant;
        int offset;
    };
    const Case cases[] = {
        {"@1112911993 +0200", "2005-04-07T22:13:13Z", 120},
        {"1112911993 -0730", "2005-04-07T22:13:13Z", -450},
        {"1112911993", "2005-04-07T22:13:13Z", 0},
        {"@0 +0000", "1970-01-01T00:00:00Z", 0},
        {"Thu, 07 Apr 2005 22:13:13 +0200", "2005-04-07T20:13:13Z", 120},
        {"Thu Apr 7 22:13:13 2005 +0200", "2005-04-07T20:13:13Z", 120},
        {"7 April 2005 22:13 -0130", "2005-04-07T23:43:00Z", -90},
        {"2005-04-07T22:13:13Z", "2005-04-07T22:13:13Z", 0},
        {"2005-04-07T22:13:13.019+02:00", "2005-04-07T20:13:13Z", 120},
        {"2005-04-07 22:13:13 +02", "2005-04-07T20:13:13Z", 120},
        {"2005.04.07 22:13:13 UTC", "2005-04-07T22:13:13Z", 0},
        {"04/07/2005 22:13:13 GMT", "2005-04-07T22:13:13Z", 0},
        {"07.04.2005 22:13:13 +0000", "2005-04-07T22:13:13Z", 0},
        {"2005-04-07", "2005-04-07T00:00:00Z", 0},
        {"2005-04-07 22:13:13", "2005-04-07T20:13:13Z", 120},
        {"2005-03-26T12:00:00", "2005-03-26T11:00:00Z", 60},
        {"2005-03-27T01:30:00", "2005-03-27T00:30:00Z", 60},
        {"2005-03-27T03:00:00", "2005-03-27T01:00:00Z", 120},
    };
    for (const Case& each : cases) {
        CAPTURE(each.text);
        const auto parsed = parse_git_date(each.text, berlin);
        REQUIRE(parsed);
        CHECK(parsed->at.str() == each.instant);
        CHECK(parsed->offset_minutes == each.offset);
    }
}

TEST_CASE("what is no date") {
    const char* cases[] = {
        "",
        "now",
        "yesterday",
        "12",
        "@",
        "@x",
        "@1112911993 +0200 +0200",
        "2005-13-07T22:13:13Z",
        "2005-02-30T22:13:13Z",
        "2005-04-07T24:13:13Z",
        "2005-04-07T22:60:13Z",
        "2005-04-07T2:1:13Z",
        "2005-04-07 2006-04-07",
        "2005/04/07 22:13:13",
        "04-07-2005",
        "1112911993 2005-04-07",
        "2005-04-07T22:13:13 +9900",
        "22:13:13",
        "2005-04-07T22:13:13Z; rm -rf /",
        "99999999999999999999",
    };
    for (const char* each : cases) {
        CAPTURE(each);
        CHECK_FALSE(parse_git_date(each, berlin));
    }
}
