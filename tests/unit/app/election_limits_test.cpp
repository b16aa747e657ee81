#include "election_limits.hpp"

#include <map>

#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::app;

namespace {

/// A SIG whose chair and leads are its leadership, and two members up for election: ann and bo of acme, cy of its
/// daughter, dan who is independent. eve of acme and fay, married to ann, hold seats.
std::shared_ptr<const State> sig(const std::string& limits) {
    std::map<std::string, std::string> files;
    files["govctl.yaml"] = "kind: project\nformat: 1\nname: Case\nsteering: sig\n";
    for (const char* organization : {"acme", "sub"})
        files[std::string("organizations/") + organization + ".yaml"] =
            std::string("kind: organization\nid: ") + organization + "\nname: " + organization +
            (organization == std::string("sub") ? "\nrelated: [acme]\n" : "\n");
    const auto person = [&](const std::string& handle, const std::string& employer, const std::string& more = "") {
        files["people/" + handle + ".yaml"] =
            "kind: person\nhandle: " + handle + "\n" +
            (employer.empty() ? "" : "affiliations: [{organization: " + employer + ", since: 2020-01-01}]\n") + more;
    };
    person("ann", "acme");
    person("bo", "acme", "interests: [{in: person/dan, why: a firm of ours, since: 2025-01-01, until: 2026-02-01}]\n");
    person("cy", "sub");
    person("dan", "");
    person("eve", "acme");
    person("fay", "", "interests: [{in: person/ann, why: married, since: 2024-01-01}]\n");
    files["groups/sig/charter.yaml"] =
        "kind: charter\nid: sig\nname: SIG\ntype: steering\nmission: m\nroles:\n  chair: {seats: 1, leads: true}\n"
        "  lead: {seats: 3, leads: true}\n  scribe: {seats: any}\ndecisions: {}\nlimits: " +
        limits + "\n";
    files["groups/sig/roster.yaml"] =
        "kind: roster\ngroup: sig\nseats:\n  - {role: chair, person: eve, since: 2025-01-01}\n"
        "  - {role: scribe, person: fay, since: 2025-01-01}\n  - {role: scribe, person: cy, since: 2025-01-01}\n"
        "  - {role: lead, person: dan, since: 2025-01-01, until: 2026-01-01}\n";
    auto state = State::load(in_memory(files));
    REQUIRE(state);
    REQUIRE_FALSE(has_errors((*state)->findings()));
    return *state;
}

/// `organization/acme 1 of ann bo cy; …`, or what is wrong.
std::string told(const std::string& limits, const std::string& role, const std::string& at,
                 const std::string& method = "schulze") {
    model::Election election;
    election.id = *RecordId::parse("election/x");
    election.group = "sig";
    election.role = role;
    election.method = method;
    election.candidates = {"ann", "bo", "cy", "dan"};
    const auto resolved = limits_of(*sig(limits), election, *Instant::parse_date_or_instant(at));
    if (!resolved) return resolved.error().message;
    std::string text;
    for (const tally::Limit& limit : *resolved) {
        text += (text.empty() ? "" : "; ") + limit.name + " " + std::to_string(limit.at_most) + " of";
        for (const tally::Candidate each : limit.of) text += " " + election.candidates[each];
    }
    return text;
}

}  // namespace

TEST_CASE("limits count a role, the group or its leadership, per organization, person or conflict") {
    const struct {
        const char* limits;
        const char* role;
        const char* expected;
    } cases[] = {
        {"[{of: lead, per: organization, at-most: 1}]", "lead", "organization/acme 1 of ann bo cy"},
        {"[{of: chair, per: organization, at-most: 1}]", "lead", ""},
        {"[{of: leadership, per: organization, at-most: 2}]", "lead", "organization/acme 1 of ann bo cy"},
        {"[{of: leadership, per: organization, at-most: 1/2}]", "lead", "organization/acme 1 of ann bo cy"},
        {"[{of: leadership, per: organization, at-most: 1/4 of seats}]", "chair", "organization/acme 0 of ann bo cy"},
        {"[{of: leadership, per: organization, at-most: 2, count: [elected]}]", "lead",
         "organization/acme 2 of ann bo cy"},
        {"[{of: leadership, per: organization, at-most: 1}]", "scribe", ""},
        {"[{of: group, per: organization, at-most: 3}]", "lead", "organization/acme 1 of ann bo cy"},
        {"[{of: sig, per: organization, at-most: 3}]", "scribe", "organization/acme 1 of ann bo cy"},
        {"[{of: group, per: person, at-most: 1}]", "lead",
         "person/ann 1 of ann; person/bo 1 of bo; person/cy 0 of cy; person/dan 1 of dan"},
        {"[{of: group, per: conflict-pair, at-most: 1}]", "lead",
         "conflict-pair/ann+fay 0 of ann; conflict-pair/bo+dan 1 of bo dan"},
        {"[{of: lead, per: conflict-pair, at-most: 1}]", "lead", "conflict-pair/bo+dan 1 of bo dan"},
        {"[{of: lead, per: conflict-pair, at-most: 2}]", "lead",
         "a limit per conflict-pair is `at-most: 1`: of two in conflict one or the other"},
        {"[{of: committer, per: person, at-most: 1}]", "lead",
         "a limit names \"committer\", which is no role of \"sig\""},
        {"[{of: group, per: organization, at-most: 1/3}]", "lead",
         "a share of the seats as scribe cannot be counted: the charter says `seats: any`"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.limits, each.role);
        CHECK(told(each.limits, each.role, "2026-01-05") == each.expected);
    }
    // An interest counts while it lasts, and a seat while it is held.
    CHECK(told("[{of: lead, per: conflict-pair, at-most: 1}]", "lead", "2026-02-01") == "");
    CHECK(told("[{of: lead, per: person, at-most: 1}]", "lead", "2025-12-31") ==
          "person/ann 1 of ann; person/bo 1 of bo; person/cy 1 of cy; person/dan 0 of dan");
    const char* lowest = "[{of: lead, per: organization, at-most: 1, apply: drop-lowest}]";
    CHECK(told(lowest, "lead", "2026-01-05", "stv-meek") ==
          "method \"stv-meek\" can only skip whom a limit bars: `apply: drop-lowest` does not go with it");
    CHECK(told(lowest, "lead", "2026-01-05") == "organization/acme 1 of ann bo cy");
}

TEST_CASE("a charter that names no leadership has none to limit") {
    const model::Charter charter{"docs", "Docs", model::GroupType::sig,       "", "",
                                 {},     {},     {{"chair", "", {1, false}}}, {}, {}};
    CHECK(fault_of({"leadership", "organization", Rational(1)}, charter) ==
          "a limit on leadership counts no seat: no role of \"docs\" says `leads: true`");
}

TEST_CASE("whom limits pass over, by their order alone") {
    const std::vector<tally::Limit> limits = {{"a", {0, 1, 2}, 1}, {"b", {3}, 0}, {"c", {2, 4}, 1}};
    CHECK(passed_over({0, 1, 2, 3, 4}, limits) == std::vector<tally::Skipped>{{1, "a"}, {2, "a"}, {3, "b"}});
    CHECK(passed_over({4, 2, 1, 0}, limits) == std::vector<tally::Skipped>{{2, "c"}, {0, "a"}});
    CHECK(is_barred(3, limits));
    CHECK_FALSE(is_barred(0, limits));
}
