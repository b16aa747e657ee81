#include <map>

#include "contest_edit.hpp"
#include "govctl/base/text.hpp"
#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::app;

namespace {

/// A committee of one role, with these limits and these seats.
std::shared_ptr<const State> committee(const std::string& terms, const std::vector<std::string>& seats) {
    std::map<std::string, std::string> files;
    files["govctl.yaml"] = "kind: project\nformat: 1\nname: Case\nsteering: steering\n";
    files["people/ada.yaml"] = "kind: person\nhandle: ada\n";
    files["groups/steering/charter.yaml"] =
        "kind: charter\nid: steering\nname: Steering\ntype: steering\nmission: Steers.\nroles:\n  member: {seats: 3, "
        "terms: " +
        terms + "}\ndecisions: {}\n";
    files["groups/steering/roster.yaml"] =
        std::string("kind: roster\ngroup: steering\nseats:") + (seats.empty() ? " []\n" : "\n");
    for (const std::string& seat : seats)
        files["groups/steering/roster.yaml"] += "  - {role: member, person: ada, " + seat + "}\n";
    auto state = State::load(in_memory(files));
    REQUIRE(state);
    REQUIRE_FALSE(has_errors((*state)->findings()));
    return *state;
}

struct Case {
    std::string terms;
    std::vector<std::string> seats;
    std::string from;
    std::string barred;  ///< part of why; empty: may stand
};

}  // namespace

TEST_CASE("limits on terms bar whom they name, and nobody else") {
    const std::vector<std::string> two = {"since: 2020-01-01, until: 2022-01-01",
                                          "since: 2022-01-01, until: 2024-01-01"};
    const std::vector<std::string> split = {"since: 2018-01-01, until: 2020-01-01",
                                            "since: 2022-01-01, until: 2024-01-01"};
    const std::vector<Case> cases = {
        {"{length: 2y}", two, "2024-01-01", ""},
        {"{length: 2y, consecutive: 2}", {}, "2024-01-01", ""},
        {"{length: 2y, consecutive: 2}", two, "2024-01-01", "2 terms in a row"},
        {"{length: 2y, consecutive: 2}", two, "2024-03-30", "2 terms in a row"},
        {"{length: 2y, consecutive: 2}", two, "2024-06-01", ""},
        {"{length: 2y, consecutive: 2}", split, "2024-01-01", ""},
        {"{length: 2y, consecutive: 2, cool-off: 1y}", two, "2024-12-31", "again after 1 year"},
        {"{length: 2y, consecutive: 2, cool-off: 1y}", two, "2025-01-01", ""},
        {"{length: 2y, lifetime: 2}", split, "2030-01-01", "the most in a lifetime"},
        {"{length: 2y, lifetime: 3}", split, "2030-01-01", ""},
        {"{length: 2y, lifetime: 2, partial-exempt: 1y}",
         {"since: 2018-01-01, until: 2020-01-01", "since: 2022-01-01, until: 2023-01-01"},
         "2024-01-01",
         ""},
        {"{length: 2y, lifetime: 2, partial-exempt: 1y}",
         {"since: 2018-01-01, until: 2020-01-01", "since: 2022-01-01, until: 2023-01-02"},
         "2024-01-01",
         "the most in a lifetime"},
        {"{length: 1y, lifetime: 1, partial-exempt: 1y}", split, "2024-01-01", ""},  // the new one is not counted
        {"{length: 1y, window: {at-most: 3y, in: 4y}}", two, "2024-01-01", "more than 3 years of the 4 years"},
        {"{length: 1y, window: {at-most: 3y, in: 4y}}", {"since: 2022-01-01, until: 2024-01-01"}, "2024-01-01", ""},
        {"{length: 2y, window: {at-most: 3y, in: 4y}}",
         {"since: 2022-01-01, until: 2024-01-01"},
         "2024-01-01",
         "more than 3 years"},
        {"{length: 2y, consecutive: 1}", {"since: 2022-01-01"}, "2024-01-01", "1 term in a row"},  // still seated
    };
    for (const Case& each : cases) {
        CAPTURE(each.terms, each.from, each.seats);
        const auto state = committee(each.terms, each.seats);
        model::Election election;
        election.group = "steering";
        election.role = "member";
        election.voting.until = *Instant::parse_date_or_instant(each.from);
        const auto may = may_serve_again(*state, election, "ada", election.voting.until);
        CHECK(bool(may) == each.barred.empty());
        if (!may) CHECK(may.error().message.find(each.barred) != std::string::npos);
    }
}

TEST_CASE("where terms of several lengths are dealt, the shortest is looked at") {
    const auto state = committee("{window: {at-most: 3y, in: 4y}}", {"since: 2022-01-01, until: 2024-01-01"});
    model::Election election;
    election.group = "steering";
    election.role = "member";
    election.voting.until = *Instant::parse_date_or_instant("2024-01-01");
    election.terms = {{2, Duration::Unit::years}, {1, Duration::Unit::years}};
    CHECK(may_serve_again(*state, election, "ada", election.voting.until));
    election.terms = {{2, Duration::Unit::years}};
    CHECK_FALSE(may_serve_again(*state, election, "ada", election.voting.until));
}
