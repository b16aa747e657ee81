#include <fmt/format.h>

#include "errors.hpp"
#include "output.hpp"
#include "render/findings.hpp"
#include "render/words.hpp"
#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::cli;

TEST_CASE("lengths of time in words") {
    struct Case {
        std::int64_t seconds;
        const char* words;
    };
    const Case cases[] = {
        {0, "no time"},
        {1, "1 second"},
        {59, "59 seconds"},
        {60, "1 minute"},
        {119, "1 minute"},
        {3600, "1 hour"},
        {3660, "61 minutes"},
        {7200, "2 hours"},
        {86400, "1 day"},
        {2 * 86400, "2 days"},
        {8 * 86400, "8 days"},
        {14 * 86400, "2 weeks"},
        {365 * 86400, "52 weeks"},
    };
    for (const Case& each : cases) CHECK(span(each.seconds) == each.words);
    const Instant now = Instant::parse("2026-11-20T09:30:00Z").value();
    CHECK(minute(now) == "2026-11-20 09:30Z");
    CHECK(away({now.seconds + 3 * 86400}, now) == "in 3 days");
    CHECK(away({now.seconds - 7200}, now) == "2 hours ago");
    CHECK(away(now, now) == "now");
}

TEST_CASE("names are cut short") {
    CHECK(names({}) == "");
    CHECK(names({"ada", "bob"}) == "ada, bob");
    CHECK(names({"ada", "bob", "cy"}, 2) == "ada, bob and 1 more");
}

TEST_CASE("nothing reaches a terminal raw") {
    CHECK(Text("a\x1b[31mb").str(true) == "a\\x1b[31mb");
    CHECK(Text("two\nlines\tand a tab").str(true) == "two lines and a tab");
    CHECK(Text("\u202eevil").str(false) == "\\u202eevil");
    CHECK(Text(Style::bad, "not met").str(true) == "\x1b[31mnot met\x1b[0m");
    CHECK(Text(Style::bad, "not met").str(false) == "not met");
}

TEST_CASE("lines are cut to the width of a terminal") {
    const Text text = Text("gRPC ") + Text(Style::strong, "probes für alle");
    CHECK(text.width() == 20);
    CHECK(text.cut(20).str(false) == "gRPC probes für alle");
    CHECK(text.cut(14).str(false) == "gRPC probes f…");
    CHECK(Text("日本語").cut(4).str(false) == "日…");
}

TEST_CASE("the line that something is about") {
    const std::string text = "kind: rfc\ntitle: \"日本 x\"\r\nlast";
    struct Case {
        Place place;
        const char* line;
        const char* caret;
    };
    const Case cases[] = {
        {{"f", 1, 7}, "    1 | kind: rfc", "      |       ^"},
        {{"f", 2, 16}, "    2 | title: \"日本 x\"", "      |              ^"},
        {{"f", 3, 1}, "    3 | last", "      | ^"},
        {{"f", 3, 99}, "    3 | last", "      |     ^"},
    };
    for (const Case& each : cases) {
        const auto shown = excerpt(each.place, text);
        REQUIRE(shown);
        CHECK(shown->line == each.line);
        CHECK(shown->caret == each.caret);
    }
    const auto cut = excerpt({"f", 1, 501}, std::string(500, 'a') + std::string(500, 'c'));
    REQUIRE(cut);
    CHECK(cut->line == fmt::format("    1 | …{}{}…", std::string(200, 'a'), std::string(100, 'c')));
    CHECK(cut->caret == fmt::format("      | {:201}^", ""));
    CHECK_FALSE(excerpt({"f", 4, 1}, text));
    CHECK_FALSE(excerpt({"f", 0, 1}, text));
}

TEST_CASE("findings are counted") {
    const Finding error{"GOV001", Severity::error, {"a"}, "broken"};
    const Finding warning{"GOV105", Severity::warning, {"b"}, "empty"};
    CHECK(finding_summary({}, 14).str(false) == "no finding in 14 records");
    CHECK(finding_summary({warning}, 14).str(false) == "1 warning in 14 records");
    CHECK(finding_summary({error, warning, error}, 1).str(false) == "2 errors, 1 warning in 1 record");
}

TEST_CASE("every kind of error has its exit code") {
    CHECK(exit_of(ErrorKind::usage) == Exit::usage);
    CHECK(exit_of(ErrorKind::not_found) == Exit::negative);
    CHECK(exit_of(ErrorKind::invalid) == Exit::negative);
    CHECK(exit_of(ErrorKind::refused) == Exit::refused);
    CHECK(exit_of(ErrorKind::blocked) == Exit::blocked);
    CHECK(exit_of(ErrorKind::environment) == Exit::environment);
}
