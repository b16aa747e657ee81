#include "govctl/rules/procedure.hpp"
#include "support/catch.hpp"
#include "support/rule_text.hpp"

using namespace govctl;
using namespace govctl::model;
using namespace govctl::rules;
using namespace govctl::testing;

static Register project() {
    Register people;
    people.project.steering = "council";
    people.project.ladder = {{"member", {}}};
    people.people["ada"].handle = "ada";
    Charter council;
    council.id = "council";
    council.roles = {{.name = "member", .seats = {7, false}}};
    people.charters["council"] = council;
    Charter team;
    team.id = "team";
    team.parent = "council";
    team.roles = {{.name = "chair", .seats = {2, false}}, {.name = "lead", .seats = {2, true}}};
    people.charters["team"] = team;
    return people;
}

/// `stage/key GOV3xx` of each complaint, errors marked with `!`.
static std::vector<std::string> complaints(const Rule& rule, const Register& people,
                                           const std::string& group = "team") {
    std::vector<std::string> lines;
    for (const Complaint& each : examine(rule, people.charters.at(group), people))
        lines.push_back(each.stage + "/" + each.key + " " + each.id + (each.is_error ? "!" : ""));
    return lines;
}

using Lines = std::vector<std::string>;

TEST_CASE("one stage, what is wrong with it") {
    const struct {
        const char* stage;
        Lines complaints;
    } cases[] = {
        {"stage: a, lasts: 1w, passes: [yes > no], on-failure: reject", {}},
        {"stage: a, lasts: 1w, passes: [], on-failure: escalate", {}},
        {"stage: a, passes: [yes > no], on-failure: reject", {"a/lasts GOV314"}},
        {"stage: a, lasts: 1w, passes: [yes > no]", {"a/on-failure GOV315"}},
        {"lasts: 1w, passes: [], on-failure: reject", {"/stage GOV301!"}},
        {"stage: a, lasts: 1w, on-failure: reject", {"a/passes GOV302!"}},
        {"stage: a, lasts: 1w, passes: [], on-failure: next", {"a/on-failure GOV303!"}},
        {"stage: a, lasts: 1w, passes: [], on-failure: {tie: next, else: reject}", {"a/on-failure GOV303!"}},
        {"stage: a, lasts: {at-least: 2w, at-most: 1w}, passes: [], on-failure: reject", {"a/lasts GOV305!"}},
        {"stage: a, lasts: {at-least: 1w, at-most: 1w}, passes: [], on-failure: reject", {"a/lasts GOV305!"}},
        {"stage: a, lasts: {at-least: 5bd, at-most: 1w}, passes: [], on-failure: reject", {"a/lasts GOV305!"}},
        {"stage: a, lasts: {at-least: 5bd, at-most: 4w}, passes: [], on-failure: reject", {}},
        {"stage: a, lasts: 1w, passes: [], on-failure: supermajority", {"a/on-failure GOV306!"}},
        {"stage: a, lasts: 1w, passes: [], on-failure: affirm b", {"a/on-failure GOV308!"}},
        {"stage: a, lasts: 1w, passes: [], on-failure: affirm decision", {"a/on-failure GOV308!"}},
        {"stage: a, lasts: 1w, passes: [yes > 1/2 of seats], on-failure: reject", {"a/passes GOV310!"}},
        {"stage: a, by: [role chair], lasts: 1w, passes: [yes > 1/2 of seats], on-failure: reject", {}},
        {"stage: a, by: [level member], lasts: 1w, quorum: cast > 1/2 of seats, passes: [], on-failure: reject",
         {"a/quorum GOV310!"}},
        {"stage: a, by: [role chiar], lasts: 1w, passes: [], on-failure: reject", {"a/by GOV311!"}},
        {"stage: a, by: [role member of council], lasts: 1w, passes: [yes >= 1/2 of seats], on-failure: reject", {}},
        {"stage: a, by: [group council], lasts: 1w, passes: [yes >= 1/2 of seats], on-failure: reject", {}},
        {"stage: a, by: [group cuoncil], lasts: 1w, passes: [], on-failure: reject", {"a/by GOV311!"}},
        {"stage: a, by: [level owner], lasts: 1w, passes: [], on-failure: reject", {"a/by GOV311!"}},
        {"stage: a, by: [voters of election/x], lasts: 1w, passes: [], on-failure: reject", {"a/by GOV311!"}},
        {"stage: a, except: [person eve], lasts: 1w, passes: [], on-failure: reject", {"a/except GOV311!"}},
        {"stage: a, except: [person ada], lasts: 1w, passes: [], on-failure: reject", {}},
        {"stage: a, objection: {effect: block, by: [role x]}, lasts: 1w, passes: [], on-failure: reject",
         {"a/objection GOV311!"}},
        {"stage: a, tie: casting-vote role x, lasts: 1w, passes: [yes > no], on-failure: reject", {"a/tie GOV311!"}},
        {"stage: a, tie: lot, lasts: 1w, passes: [yes >= 2], on-failure: reject", {"a/tie GOV317"}},
        {"stage: a, tie: lot, lasts: 1w, passes: [no < yes], on-failure: reject", {}},
        {"stage: a, objection: {effect: restart, from: b}, lasts: 1w, passes: [], on-failure: reject",
         {"a/objection GOV312!"}},
        {"stage: a, objection: {effect: restart, from: a}, lasts: 1w, passes: [], on-failure: reject", {}},
        {"stage: a, objection: {effect: veto, from: a}, lasts: 1w, passes: [], on-failure: reject",
         {"a/objection GOV312!"}},
        {"stage: a, lasts: 1w, quorum: above-default >= 3, passes: [], on-failure: reject", {"a/quorum GOV313!"}},
        {"stage: a, lasts: {at-most: 1w}, passes: [objections = 0], on-failure: reject", {"a/lasts GOV316"}},
        {"stage: a, lasts: {at-most: 1w}, passes: [yes > no], on-failure: reject", {"a/lasts GOV316"}},
        {"stage: a, lasts: {at-most: 1w}, quorum: cast >= 1/2 of eligible, passes: [yes > no], on-failure: reject", {}},
        {"stage: a, lasts: {at-most: 1w}, passes: [yes >= eligible - 2], on-failure: reject", {}},
        {"stage: a, ballot: ranked, method: schulze, unranked: last, lasts: 1w, on-failure: reject", {}},
        {"stage: a, ballot: approval, lasts: 1w, on-failure: reject", {}},
        {"stage: a, ballot: score, method: star, lasts: 1w, on-failure: reject", {}},
        {"stage: a, ballot: ranked, unranked: last, lasts: 1w, on-failure: reject", {"a/ballot GOV322!"}},
        {"stage: a, ballot: ranked, method: schulze, lasts: 1w, on-failure: reject", {"a/ballot GOV322!"}},
        {"stage: a, ballot: ranked, method: schulze, unranked: zero, lasts: 1w, on-failure: reject",
         {"a/ballot GOV322!"}},
        {"stage: a, ballot: ranked, method: shulze, unranked: last, lasts: 1w, on-failure: reject",
         {"a/ballot GOV322!"}},
        {"stage: a, ballot: ranked, method: approval, unranked: last, lasts: 1w, on-failure: reject",
         {"a/ballot GOV322!"}},
        {"stage: a, ballot: approval, lasts: {at-most: 1w}, on-failure: reject",
         {"a/lasts GOV316", "a/ballot GOV322!"}},
        {"stage: a, ballot: ranked, method: schulze, unranked: last, lasts: 1w, on-failure: reject, early: certain",
         {"a/ballot GOV322!"}},
        {"stage: a, ballot: ranked, method: schulze, unranked: last, lasts: 1w, on-failure: reject, and: council",
         {"a/ballot GOV322!"}},
        {"stage: a, ballot: ranked, method: schulze, unranked: last, lasts: 1w, on-failure: reject, cap: 2",
         {"a/ballot GOV322!"}},
        {"stage: a, ballot: ranked, method: schulze, unranked: last, lasts: 1w, on-failure: reject, tie: passes",
         {"a/ballot GOV322!"}},
        {"stage: a, ballot: approval, lasts: 1w, on-failure: deadlock", {"a/ballot GOV322!"}},
        {"stage: a, ballot: ranked, method: schulze, unranked: last, lasts: 1w, on-failure: reject, quorum: cast >= 2",
         {}},
        {"stage: a, ballot: ranked, method: schulze, unranked: last, lasts: 1w, on-failure: reject, passes: [yes >= 2]",
         {"a/passes GOV313!"}},
        {"stage: a, ballot: ranked, method: schulze, unranked: last, lasts: 1w, on-failure: reject, quorum: "
         "above-default >= 2",
         {"a/quorum GOV313!", "a/ballot GOV322!"}},
        {"stage: a, ballot: ranked, method: schulze, unranked: last, lasts: 1w, on-failure: reject, options: {default: "
         "none of these}, quorum: above-default >= 2",
         {}},
        {"stage: a, ballot: ranked, method: schulze, unranked: last, lasts: 1w, on-failure: reject, options: {default: "
         "none of these}, passes: [above-default >= 2]",
         {"a/passes GOV313!"}},
        {"stage: a, ballot: ranked, method: schulze-dropping, unranked: last, lasts: 1w, on-failure: reject",
         {"a/ballot GOV322!"}},
        {"stage: a, ballot: approval, options: {default: x, ratio: {major: 2}}, lasts: 1w, on-failure: reject",
         {"a/ballot GOV322!"}},
        {"stage: a, ballot: approval, unranked: last, lasts: 1w, on-failure: reject", {"a/ballot GOV322!"}},
        {"stage: a, and: council, lasts: 1w, passes: [], on-failure: reject", {}},
        {"stage: a, and: [council, with], lasts: 1w, passes: [], on-failure: reject", {}},
        {"stage: a, and: cuoncil, lasts: 1w, passes: [], on-failure: reject", {"a/and GOV311!"}},
        {"stage: a, cap: 0, lasts: 1w, passes: [], on-failure: reject", {"a/cap GOV319!"}},
    };
    for (const auto& each : cases) {
        CAPTURE(each.stage);
        const Rule rule{"one", {stage("{" + std::string(each.stage) + "}")}};
        CHECK(complaints(rule, project()) == each.complaints);
    }
}

TEST_CASE("an empty rule decides nothing") {
    CHECK(complaints(Rule{"none", {}}, project()) == Lines{"/stage GOV301!"});
}

TEST_CASE("stages beside each other") {
    CHECK(complaints(rule("r", {"{stage: a, lasts: 1w, passes: [], on-failure: next}",
                                "{stage: a, lasts: 1w, passes: [], on-failure: affirm a}"}),
                     project()) == Lines{"a/stage GOV301!"});
    CHECK(complaints(rule("r", {"{stage: a, passes: [yes > no], on-failure: next}",
                                "{stage: b, lasts: 1w, passes: [], on-failure: reject}"}),
                     project()) == Lines{"a/lasts GOV314", "a/lasts GOV304!"});
    CHECK(complaints(rule("r", {"{stage: a, passes: [yes > no], on-pass: accept, on-failure: next}",
                                "{stage: b, lasts: 1w, passes: [], on-failure: affirm a}"}),
                     project()) == Lines{"a/lasts GOV314"});
}

TEST_CASE("a group with nothing above it cannot escalate") {
    CHECK(complaints(rule("r", {"{stage: a, lasts: 1w, passes: [], on-failure: escalate}"}), project(), "council") ==
          Lines{"a/on-failure GOV309!"});
}

TEST_CASE("rules that name each other") {
    Register people = project();
    people.project.rules["a"] = rule("a", {"{stage: one, lasts: 1w, passes: [], on-failure: b}"});
    people.project.rules["b"] =
        rule("b", {"{stage: two, lasts: 1w, passes: [], on-failure: {quorum: c, else: affirm one}}"});
    people.project.rules["c"] = rule("c", {"{stage: three, lasts: 1w, passes: [], on-failure: reject}"});
    CHECK(complaints(people.project.rules["a"], people).empty());
    CHECK(complaints(people.project.rules["b"], people).empty());
    people.project.rules["c"].stages[0].on_failure.otherwise = {Failure::Action::rule, "a"};
    for (const char* name : {"a", "b", "c"})
        CHECK(complaints(people.project.rules[name], people) == Lines{"/on-failure GOV307!"});
}

TEST_CASE("affirming the decision is for appeals") {
    Register people = project();
    people.project.rules["a"] = rule("a", {"{stage: one, lasts: 1w, passes: [], on-failure: affirm decision}"});
    people.project.decisions["appeal"].rule = "a";
    CHECK(complaints(people.project.rules["a"], people).empty());
}
