#include <map>

#include "govctl/rules/requirements.hpp"
#include "support/catch.hpp"
#include "support/world.hpp"

namespace govctl::rules {
namespace {

/// Deeds made up: by person and place.
class ToldDeeds : public Deeds {
public:
    struct Told {
        const char* person;
        const char* path;
        const char* at;
    };

    explicit ToldDeeds(std::vector<Told> told) : told_(std::move(told)) {}

    Result<std::vector<Deed>> contributions(const model::Person& person, const Places& places) const override {
        std::vector<Deed> deeds;
        for (const Told& each : told_) {
            const std::string path = each.path;
            const auto in_area = [&](const std::string& area) { return path.starts_with(area); };
            if (each.person != person.handle) continue;
            if (!places.areas.empty() && std::none_of(places.areas.begin(), places.areas.end(), in_area)) continue;
            const auto weight = places.weights.find(path);
            deeds.push_back({Instant::parse_date_or_instant(each.at).value(),
                             weight == places.weights.end() ? Rational(1) : weight->second});
        }
        return deeds;
    }
    Result<std::vector<Deed>> reviews(const model::Person& person) const override {
        return contributions(person, {{"reviewed"}, {}});
    }
    Result<std::vector<Deed>> approvals(const model::Person&) const override {
        return Error{ErrorKind::environment, "the history is not at hand", {}};
    }

private:
    std::vector<Told> told_;
};

const ToldDeeds deeds({
    {"bob", "pkg/", "2024-05-01"},
    {"bob", "pkg/", "2025-06-01"},
    {"bob", "docs/", "2025-12-01"},
    {"bob", "api/", "2026-03-01"},
    {"bob", "pkg/", "2027-01-01"},
    {"eve", "pkg/", "2026-03-01"},
    {"bob", "reviewed", "2026-01-01"},
    {"bob", "reviewed", "2026-02-01"},
});

Instant on(const std::string& date) {
    return Instant::parse_date_or_instant(date).value();
}

/// Bob, a member since 2025 and a reviewer since March 2026; a chair once. Ada mentors him; he mentored Cy.
testing::World world() {
    testing::World world;
    world.person("ada", "", "acme").person("cy", "", "acme").person("dan", "", "umbrella").person("fay");
    world.person("bob", "member");
    model::Register& people = world.people;
    people.project.ladder = {{"member", {}}, {"reviewer", {}}, {"approver", {}}};
    people.charters["docs"].id = "docs";
    people.charters["docs"].areas = {"docs/", "api/"};
    people.charters["docs"].weights = {{"docs/", Rational(1, 2)}};
    world.charter().roles.push_back({"chair", "", {}, "", "", {}});
    people.rosters["team"].seats.push_back({"chair", "bob", on("2025-01-01"), on("2025-07-01"), "", ""});
    model::Person& bob = people.people["bob"];
    bob.ladder = {{"member", on("2025-01-01"), on("2026-03-01"), ""}, {"reviewer", on("2026-03-01"), {}, ""}};
    bob.mentor = "ada";
    people.people["ada"].mentorships = {{"bob", on("2025-02-01"), {}}, {"dan", on("2025-02-01"), {}}};
    people.people["cy"].mentor = "bob";
    bob.mentorships = {{"cy", on("2025-02-01"), on("2025-08-01")}, {"dan", on("2025-02-01"), {}}};
    bob.agreed = {{"CODE_OF_CONDUCT.md", "new", on("2026-02-01")}, {"CLA.md", "old", on("2026-02-01")}};
    people.blob = [](const std::string& path) {
        return path == "CODE_OF_CONDUCT.md" || path == "CLA.md" ? std::string("new") : std::string();
    };
    return world;
}

std::string told(const std::string& requirement, const std::string& at, const Applicant& applicant) {
    const testing::World here = world();
    Applicant bob = applicant;
    bob.at = on(at);
    const auto parsed = model::Requirement::parse(requirement);
    if (!parsed) return parsed.error().message;
    CHECK(model::Requirement::parse(parsed->str()).value() == *parsed);
    const auto found = fulfilment(*parsed, bob, here.people, deeds);
    if (!found) return "error: " + found.error().message;
    CHECK(found->requirement == parsed->str());
    return (found->is_met ? "met: " : "not met: ") + found->found;
}

}  // namespace

TEST_CASE("each word of a requirement is counted from the records and the history, as of the act") {
    struct Case {
        const char* requirement;
        const char* at;
        const char* expected;
    };
    const Case cases[] = {
        // Two by May 2026, one at docs/ for half; the reviews are commits of this test's too. Cy's mentorship is one.
        {"contributions >= 6", "2026-05-01", "met: 13/2"},
        {"contributions(1y) >= 6", "2026-05-01", "not met: 11/2"},
        {"contributions(pkg/) = 2", "2026-05-01", "met: 2"},
        {"contributions(pkg/, 1y) >= 2", "2026-05-01", "not met: 1"},
        {"contributions(pkg/, 1y) < 2", "2026-06-01", "met: 1"},
        {"contributions(pkg/, 1y) < 1", "2026-06-02", "met: 0"},
        {"contributions(docs) > 1", "2026-05-01", "met: 3/2"},
        {"contributions(docs) != 2", "2026-05-01", "met: 3/2"},
        {"reviews >= 2", "2026-02-01", "met: 2"},
        {"reviews >= 2", "2026-01-31", "not met: 1"},
        {"approvals >= 2", "2026-01-31", "error: the history is not at hand"},
        {"member for 1y", "2025-12-31", "not met: since 2025-01-01"},
        {"member for 1y", "2026-01-01", "met: since 2025-01-01"},
        {"member for 18mo", "2026-07-01", "met: since 2025-01-01"},  // a reviewer is a member still
        {"reviewer for 3mo", "2026-05-31", "not met: since 2026-03-01"},
        {"approver for 3mo", "2026-05-31", "not met: not held"},
        {"chair for 3mo", "2025-04-01", "met: since 2025-01-01"},
        {"chair for 3mo", "2025-07-01", "not met: not held"},
        {"lord for 3mo", "2025-07-01",
         "error: `lord for 3mo` cannot be counted: \"lord\" is no level of the ladder and no role of any group"},
        {"level member", "2026-05-01", "met: held"},
        {"level approver", "2026-05-01", "not met: not held"},
        {"level lord", "2026-05-01", "error: `level lord` cannot be counted: there is no level \"lord\""},
        {"mentor = 1", "2026-05-01", "met: 1"},
        {"mentor = 1", "2025-01-31", "not met: 0"},
        {"mentored >= 2", "2026-05-01", "not met: 1"},  // Dan's record does not say so
        {"agreed CODE_OF_CONDUCT.md", "2026-05-01", "met: agreed on 2026-02-01"},
        {"agreed CODE_OF_CONDUCT.md", "2026-01-01", "not met: not agreed to"},
        {"agreed CLA.md", "2026-05-01", "not met: agreed to an earlier text"},
        {"agreed DCO.md", "2026-05-01", "error: `agreed DCO.md` cannot be counted: there is no such file"},
        {"sponsors >= 2", "2026-05-01", "error: `sponsors >= 2` cannot be counted: nobody can second this matter"},
        {"endorsements >= 2", "2026-05-01",
         "error: `endorsements >= 2` cannot be counted: only nominations are endorsed"},
        {"commits >= 2", "2026-05-01", "\"commits\" cannot be counted"},
        {"contributions(1y, pkg/) >= 2", "2026-05-01", "\"contributions(1y, pkg/)\" cannot be counted"},
        {"reviews(1y) >= 2", "2026-05-01", "\"reviews(1y)\" cannot be counted"},
        {"member for ages", "2026-05-01", "not a duration"},
    };
    for (const Case& each : cases) {
        CAPTURE(each.requirement, each.at);
        const std::string found = told(each.requirement, each.at, {"bob", {}, {}, {}});
        if (std::string(each.expected) == "not a duration")
            CHECK(found.find("ages") != std::string::npos);
        else
            CHECK(found == each.expected);
    }
}

TEST_CASE("supporters count once, and by their employers of the day they spoke") {
    Applicant bob{"bob", {}, std::vector<Supporter>{}, std::vector<Supporter>{}};
    for (const char* who : {"ada", "cy", "ada", "fay"}) bob.sponsors->push_back({who, on("2026-04-01")});
    for (const char* who : {"dan", "ada"}) bob.endorsements->push_back({who, on("2026-04-01")});
    CHECK(told("sponsors >= 3", "2026-05-01", bob) == "met: 3");
    CHECK(told("organizations(sponsors) >= 2", "2026-05-01", bob) == "not met: 1");  // Fay is nobody's
    CHECK(told("endorsements >= 2", "2026-05-01", bob) == "met: 2");
    CHECK(told("organizations(endorsements) >= 2", "2026-05-01", bob) == "met: 2");
}

TEST_CASE("what is not met is told with what there is") {
    const testing::World here = world();
    const Applicant bob{"bob", on("2026-05-01"), {}, {}};
    const auto lines = unmet({"level member", "reviews >= 20", "mentored >= 2"}, bob, here.people, deeds);
    REQUIRE(lines);
    CHECK(*lines ==
          std::vector<std::string>{"`reviews >= 20` is required: found 2", "`mentored >= 2` is required: found 1"});
    CHECK_FALSE(unmet({"level member", "approvals >= 2"}, bob, here.people, deeds));
    CHECK_FALSE(unmet({"level member", "2 reviews"}, bob, here.people, deeds));
    CHECK_FALSE(unmet({"level member"}, {"nobody", on("2026-05-01"), {}, {}}, here.people, deeds));
}

}  // namespace govctl::rules
