#include "support/catch.hpp"
#include "support/world.hpp"

using namespace govctl;
using namespace govctl::model;
using namespace govctl::testing;

/// Five members, two of them chairs; ada, bob and eve vote yes, cy and dan no, then eve objects.
static World five(const std::string& keys) {
    World world;
    world.seat("member", {"ada", "bob", "cy", "dan", "eve"}).seat("chair", {"ada", "bob"});
    const std::string vote = "{stage: vote, " + keys + "}";
    world.rule({"{stage: notice, lasts: 1d, passes: []}", vote.c_str(), "{stage: last, lasts: 1d, passes: []}"});
    world.named_rule("other", {"{stage: again, lasts: 1d, passes: []}"});
    world.vote("ada", "yes", "1h").vote("bob", "yes", "1h").vote("eve", "yes", "1h");
    return world.vote("cy", "no", "1h").vote("dan", "no", "1h").object("eve", "x", "1d 2h");
}

TEST_CASE("every key of a stage, and everything it may say") {
    const struct {
        const char* keys;
        const char* vote;  ///< how the stage ends
    } cases[] = {
        {"by: [members], lasts: 1d, passes: [eligible = 5]", "passed 2d"},
        {"by: [role chair], lasts: 1d, passes: [eligible = 2]", "passed 2d"},
        {"by: [everyone], except: [role chair], lasts: 1d, passes: [eligible = 3]", "passed 2d"},
        {"as-of: open, lasts: 1d, passes: [eligible = 5]", "passed 2d"},
        {"as-of: stage, lasts: 1d, passes: [eligible = 5]", "passed 2d"},
        {"as-of: decision, lasts: 1d, passes: [eligible = 5]", "passed 2d"},
        {"ballot: position, lasts: 1d, passes: [yes = 3]", "passed 2d"},
        {"lasts: 1d, passes: [yes = 3]", "passed 2d"},
        {"lasts: {at-least: 1d}, passes: [yes = 3]", "passed 2d"},
        {"lasts: {at-most: 1d}, passes: [yes = 3]", "passed 1d"},
        {"lasts: {at-least: 12h, at-most: 1d}, passes: [yes = 3]", "passed 1d 12h"},
        {"early: never, lasts: 1d, passes: [yes = 3]", "passed 2d"},
        {"early: passing, lasts: 1d, passes: [yes = 3]", "passed 1d"},
        {"early: passing for 3h, lasts: 1d, passes: [yes = 3]", "passed 1d 3h"},
        {"early: certain, lasts: 1d, passes: [yes = 3]", "passed 1d"},
        {"early: certain, lasts: 1d, passes: [objections = 0]", "passed 1d"},  // all have voted
        {"early: all-voted, lasts: 1d, passes: [yes = 2]", "failed else 1d"},
        {"early: unanimous, lasts: 1d, passes: [yes = 3]", "passed 2d"},
        {"ballots: carried, lasts: 1d, passes: [cast = 5]", "passed 2d"},
        {"ballots: fresh, lasts: 1d, passes: [cast = 1]", "passed 2d"},
        {"quorum: cast = 5, lasts: 1d, passes: []", "passed 2d"},
        {"quorum: cast = 6, lasts: 1d, passes: []", "failed quorum 2d"},
        {"objection: {effect: none}, lasts: 1d, passes: [yes > no]", "passed 2d"},
        {"objection: {effect: block}, lasts: 1d, passes: [yes > no]", "failed objection 2d"},
        {"objection: {effect: veto}, lasts: 1d, passes: [yes > no]", "failed objection 1d 2h"},
        {"objection: {effect: restart}, lasts: 1d, passes: [yes > no]", "stopped"},
        {"objection: {effect: restart, from: notice}, lasts: 1d, passes: [yes > no]", "stopped"},
        {"objection: {effect: block, needs: reason}, lasts: 1d, passes: [yes > no]", "failed objection 2d"},
        {"objection: {effect: block, by: [role chair]}, lasts: 1d, passes: [yes > no]", "passed 2d"},
        {"cap: 2, lasts: 1d, passes: [yes = 3]", "passed 2d"},
        {"tie: fails, except: [person eve], lasts: 1d, passes: [yes > no]", "failed tie 2d"},
        {"tie: passes, except: [person eve], lasts: 1d, passes: [yes > no]", "passed 2d"},
        {"tie: casting-vote role chair, except: [person eve], lasts: 1d, passes: [yes > no]", "passed 2d"},
        {"tie: revote, except: [person eve], lasts: 1d, passes: [yes > no]", "failed tie 2d"},
        {"on-pass: accept, lasts: 1d, passes: []", "passed 2d"},
        {"on-pass: next, lasts: 1d, passes: []", "passed 2d"},
        {"recuse: none, lasts: 1d, passes: []", "passed 2d"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.keys);
        const std::string story = five(each.keys).story("2d");
        const std::string expected = "notice passed 1d; vote " + std::string(each.vote);
        CHECK(story.substr(0, expected.size()) == expected);
    }
}

TEST_CASE("what is the default may also be said") {
    Stage plain = stage("{stage: vote, passes: [yes > no]}");
    Stage said = stage(
        "{stage: vote, by: [members], as-of: open, ballot: position, early: never, ballots: carried, "
        "passes: [yes > no], objection: {effect: none}, tie: fails, on-pass: next, on-failure: reject}");
    said.given = plain.given;
    CHECK(said == plain);
}

TEST_CASE("an objection can send a matter back to an earlier stage") {
    World world = five("objection: {effect: restart, from: notice}, lasts: 1d, passes: [yes > no]");
    world.resolve("eve", "x", "5d");
    CHECK(world.story("9d") ==
          "notice passed 1d; vote restarted 5d; notice passed 6d; vote passed 7d; last passed 8d; accepted");
}

TEST_CASE("on-pass says whether the later stages are only for failure") {
    CHECK(five("on-pass: next, lasts: 1d, passes: []").story("9d") ==
          "notice passed 1d; vote passed 2d; last passed 3d; accepted");
    CHECK(five("on-pass: accept, lasts: 1d, passes: []").story("9d") == "notice passed 1d; vote passed 2d; accepted");
}

TEST_CASE("everything that may follow a failure") {
    const struct {
        const char* keys;
        const char* end;
    } cases[] = {
        {"on-failure: next", "last passed 3d; accepted"},
        {"on-failure: reject", "rejected"},
        {"on-failure: lapse", "lapsed"},
        {"on-failure: escalate", "escalated"},
        {"on-failure: affirm notice", "affirmed was accepted"},
        {"on-failure: affirm decision", "affirmed was rejected"},
        {"on-failure: other", "again passed 3d; accepted"},
        {"on-failure: {quorum: next, recused: next, objection: lapse, tie: next, else: escalate}", "escalated"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.keys);
        World world = five("lasts: 1d, passes: [yes = 5], " + std::string(each.keys));
        world.appealed = Outcome::rejected;
        CHECK(world.story("9d") == "notice passed 1d; vote failed else 2d; " + std::string(each.end));
    }
    World stuck = five("lasts: 1d, passes: [yes = 5], on-failure: deadlock");
    CHECK(stuck.story("9d") == "notice passed 1d; vote stopped; deadlock");
}

TEST_CASE("a stage that does not say how it chooses between options decides nothing") {
    for (const char* keys : {"ballot: ranked, lasts: 1d", "ballot: approval, lasts: {at-most: 1d}",
                             "ballot: score, method: irv, lasts: 1d"}) {
        CAPTURE(keys);
        const World world = five(keys);
        const auto course = rules::course(world.matter(), world.people, world.after("1h"));
        REQUIRE_FALSE(course);
        CHECK(course.error().kind == ErrorKind::invalid);
    }
}
