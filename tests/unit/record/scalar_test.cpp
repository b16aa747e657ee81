#include "scalar.hpp"

#include <re2/re2.h>

#include <set>

#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::record;

namespace {

struct Case {
    Scalar scalar;
    std::vector<std::string> good;
    std::vector<std::string> bad;
};

const std::string digest(64, 'a');
const std::string blob(40, '0');

const Case cases[] = {
    {Scalar::text, {"x", "two\nlines"}, {}},
    {Scalar::line, {"x", "a: b"}, {"two\nlines"}},
    {Scalar::name, {"chair", "tech-lead", "2026-x", "7"}, {"Chair", "tech lead", "-x", "x_y"}},
    {Scalar::handle, {"ada", "Ada", "@ada", "a-1"}, {"ada l", "-ada", "@@ada", std::string(40, 'a'), "äda"}},
    {Scalar::id, {"sig-node"}, {"SIG", "a/b", ".."}},
    {Scalar::record_id,
     {"rfc-0042", "rfc-7", "person/ada", "organization/acme", "group/g", "motion/2026-11-20-x", "election/2026-tsc"},
     {"42", "ada", "person/", "person/Ada", "election/", "thing/x", "rfc-0"}},
    {Scalar::matter_id, {"rfc-0042", "motion/2026-11-20-x"}, {"person/ada", "draft/x", "42"}},
    {Scalar::voted_id, {"rfc-0042", "motion/2026-11-20-x", "election/2026-x"}, {"person/ada", "draft/x", "42"}},
    {Scalar::election_id, {"election/2026-x"}, {"rfc-0042", "election/", "2026-x"}},
    {Scalar::voter,
     {"level member", "members", "contributions(1y) >= 50", "member for 3mo"},
     {"sometimes", "level member or chair", "contributions"}},
    {Scalar::old_number, {"42", "rfc-0042", "rfc-42"}, {"0", "x", "person/ada"}},
    {Scalar::matter_kind, {"*", "removal"}, {"**", "Removal"}},
    {Scalar::instant,
     {"2026-11-22T09:30:00Z"},
     {"2026-11-22", "2026-11-22T09:30:00+01:00", "2026-11-22 09:30:00Z", "now"}},
    {Scalar::date, {"2026-11-22", "2026-11-22T09:30:00Z"}, {"2026-02-30", "22.11.2026", "2026-11"}},
    {Scalar::duration, {"90m", "72h", "10d", "2w", "6mo", "2y", "72bh", "5bd"}, {"10", "d", "1.5d", "-1d", "10 days"}},
    {Scalar::clock, {"00:00", "16:30", "23:59"}, {"24:00", "9:00", "16:60", "16.30", "1600"}},
    {Scalar::fraction, {"1/3", "2/2", "3/2"}, {"1", "0.5", "50%", "1/0", "1/", "-1/2", "1 / 3"}},
    {Scalar::share, {"2", "1/3", "1/3 of seats"}, {"33%", "0.5", "of seats", "two"}},
    {Scalar::integer, {"0", "7", "2147483647"}, {"-1", "1.0", "2147483648", "x", "1 "}},
    {Scalar::positive, {"1", "42"}, {"0", "-1"}},
    {Scalar::boolean, {"true", "false"}, {"yes", "True", "1"}},
    {Scalar::seats, {"2", "2+", "0", "any"}, {"+", "two", "2-", "all"}},
    {Scalar::seconds,
     {"0", "2", "eligible", "1/2 of eligible", "sqrt(eligible)", "min(5, 1/2 * sqrt(eligible))"},
     {"two", "-1", "50%", "1/2 of yes", "min(5, cast)"}},
    {Scalar::condition,
     {"yes > no", "objections = 0", "yes >= ceil(1/2 of seats)", "yes  >=  2", "above-default >= 3/2 * sqrt(eligible)"},
     {"yes", "yes>no", "2 >= yes", "yes >= 66% of eligible"}},
    {Scalar::term,
     {"members", "everyone", "role chair", "role chair of tsc", "group g", "level l", "owners pkg/a b",
      "voters of election/x"},
     {"member", "authors", "subject", "person ada", "role", "chair"}},
    {Scalar::any_term, {"members", "authors", "subject", "person ada", "role chair"}, {"author", "person"}},
    {Scalar::early,
     {"never", "all-voted", "certain", "passing", "passing for 2d", "unanimous"},
     {"soon", "passing 2d", "certain for 2d"}},
    {Scalar::tie,
     {"fails", "passes", "lot", "revote", "casting-vote role chair", "casting-vote role chair of tsc"},
     {"chair", "casting-vote chair"}},
    {Scalar::failure,
     {"next", "reject", "lapse", "escalate", "deadlock", "affirm body", "another-rule"},
     {"affirm", "reject it"}},
    {Scalar::requirement,
     {"contributions >= 1", "contributions(1y) >= 5", "contributions(pkg/, 1y) >= 5", "organizations(sponsors) >= 2",
      "member for 3mo", "mentor = 1", "level approver", "agreed CODE_OF_CONDUCT.md"},
     {"commits >= 1", "contributions", "contributions >= many", "contributions(1y >= 5", "member for ever", "agreed",
      "level A", ">= 1"}},
    {Scalar::path,
     {"a", "a/b", "docs/", "a b/ü.md", "**/*_test.go", ".", ".github/x"},
     {"/a", "a//b", "../a", "a/..", "./a", "a\nb"}},
    {Scalar::email,
     {"ada@example.org", "1+ada@users.noreply.github.com"},
     {"ada", "@example.org", "ada@", "a@b@c", "a b@c", "<a@b>"}},
    {Scalar::digest, {digest}, {blob, digest + "a", std::string(64, 'A')}},
    {Scalar::blob, {blob, digest}, {"none", "abc", std::string(40, 'g')}},
    {Scalar::replaced_blob, {blob, digest, "none"}, {"nothing", "abc"}},
};

}  // namespace

TEST_CASE("text is what its key asks for, or a fault") {
    std::set<Scalar> seen = {Scalar::word};
    for (const auto& [scalar, good, bad] : cases) {
        CAPTURE(form_of(scalar).noun);
        seen.insert(scalar);
        for (const std::string& text : good) {
            CAPTURE(text);
            CHECK_FALSE(fault_in(scalar, text));
        }
        for (const std::string& text : bad) {
            CAPTURE(text);
            const auto fault = fault_in(scalar, text);
            REQUIRE(fault);
            CHECK_FALSE(fault->message.empty());
            CHECK(fault->column >= 1);
        }
    }
    for (int i = 0; i <= static_cast<int>(Scalar::word); ++i) CHECK(seen.contains(static_cast<Scalar>(i)));
}

TEST_CASE("schemas take whatever the reader takes") {
    for (const auto& [scalar, good, bad] : cases) {
        const std::string pattern(form_of(scalar).pattern);
        CAPTURE(pattern);
        for (const std::string& text : good) {
            CAPTURE(text);
            CHECK(re2::RE2::PartialMatch(text, pattern));
        }
    }
}

TEST_CASE("nouns tell the forms of text apart, as schemas name them by it") {
    std::set<std::string_view> nouns;
    for (int i = 0; i <= static_cast<int>(Scalar::word); ++i) {
        CHECK(nouns.insert(form_of(static_cast<Scalar>(i)).noun).second);
    }
}

TEST_CASE("ids have one form") {
    CHECK(canonical_id("rfc-42") == "rfc-0042");
    CHECK(canonical_id("42") == "rfc-0042");
    CHECK(canonical_id("rfc-12345") == "rfc-12345");
    CHECK(canonical_id("motion/2026-11-20-x") == "motion/2026-11-20-x");
    CHECK(canonical_id("election/2026-tsc") == "election/2026-tsc");
}
