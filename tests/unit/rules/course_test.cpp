#include "govctl/rules/course.hpp"

#include "support/catch.hpp"
#include "support/world.hpp"

using namespace govctl;
using namespace govctl::model;
using namespace govctl::rules;
using namespace govctl::testing;

using Handles = std::vector<std::string>;

/// Four members, one stage.
static World team(const std::string& stage) {
    World world;
    world.seat("member", {"ada", "bob", "cy", "dan"}).rule({stage.c_str()});
    return world;
}

// --- time -----------------------------------------------------------------------------------------------------------

TEST_CASE("silence passes lazy consensus at the end of its time") {
    World world = team("{stage: notice, lasts: 72h, passes: [objections = 0], on-failure: deadlock}");
    CHECK(world.story("1d") == "notice open; open; next 3d");
    CHECK(world.story("3d -1s") == "notice open; open; next 3d");
    CHECK(world.story("3d") == "notice passed 3d; accepted");
    CHECK(world.story("30d") == "notice passed 3d; accepted");
}

TEST_CASE("a fixed time is looked at once, at its end, and its last second is too late") {
    World world = team("{stage: vote, lasts: 1w, passes: [yes > no]}");
    CHECK(world.vote("ada", "yes", "1d").story("6d") == "vote open; open; next 7d");
    CHECK(world.story("7d") == "vote passed 7d; accepted");
    CHECK(world.vote("bob", "no", "7d").story("8d") == "vote passed 7d; accepted");
    CHECK(world.vote("cy", "no", "7d -1s").story("8d") == "vote failed tie 7d; rejected");
}

TEST_CASE("between least and most time a stage passes at the first instant at which it holds") {
    World world = team("{stage: talk, lasts: {at-least: 2d, at-most: 1w}, passes: [yes >= 2]}");
    CHECK(world.story("1d") == "talk open; open; next 7d");
    world.vote("ada", "yes", "1d").vote("bob", "yes", "1d 1h");
    CHECK(world.story("1d 2h") == "talk open; open; next 2d");
    CHECK(world.story("3d") == "talk passed 2d; accepted");
    world.vote("bob", "no", "2d -1s");
    CHECK(world.story("3d") == "talk open; open; next 7d");
    world.vote("cy", "yes", "3d");
    CHECK(world.story("3d") == "talk passed 3d; accepted");
    CHECK(world.vote("cy", "no", "4d").story("5d") == "talk passed 3d; accepted");
}

TEST_CASE("at the most time it fails, whatever comes in that second") {
    World world = team("{stage: talk, lasts: {at-least: 2d, at-most: 1w}, passes: [yes >= 2]}");
    world.vote("ada", "yes", "1d").vote("bob", "yes", "7d");
    CHECK(world.story("8d") == "talk failed else 7d; rejected");
    world.vote("cy", "yes", "7d -1s");
    CHECK(world.story("8d") == "talk passed 6d 23h 59m 59s; accepted");
}

TEST_CASE("with only a most time it passes from its opening on") {
    World world = team("{stage: vote, lasts: {at-most: 2w}, passes: [yes > 1/2 of eligible]}");
    world.vote("ada", "yes", "1d").vote("bob", "yes", "2d");
    CHECK(world.story("3d") == "vote open; open; next 14d");
    CHECK(world.vote("cy", "yes", "2d 5h").story("3d") == "vote passed 2d 5h; accepted");
}

TEST_CASE("with only a least time it never fails by time") {
    World world = team("{stage: talk, lasts: {at-least: 1d}, passes: [yes >= 1]}");
    CHECK(world.story("300d") == "talk open; open");
    CHECK(world.vote("ada", "yes", "200d").story("300d") == "talk passed 200d; accepted");
}

TEST_CASE("without a time a stage ends only when it is decided") {
    World world = team("{stage: vote, passes: [yes >= 2]}");
    world.vote("ada", "yes", "1d");
    CHECK(world.story("2d") == "vote open; open");
    world.vote("bob", "yes", "3d");
    CHECK(world.story("4d") == "vote passed 4d; accepted");
    CHECK(world.course("4d").upon_decision);
    CHECK(may_vote(world.matter(), world.people, "ada", world.after("4d")));
    CHECK(world.vote("bob", "no", "4d").story("5d") == "vote open; open");
}

TEST_CASE("business time and months end where the calendar says") {
    // Opened on Monday 2 February at 10:00Z, the project's hours are 09:00-17:00.
    CHECK(team("{stage: a, lasts: 8bh, passes: []}").story("2d") == "a passed 1d; accepted");
    CHECK(team("{stage: a, lasts: 72bh, passes: []}").story("20d") == "a passed 11d; accepted");
    CHECK(team("{stage: a, lasts: 5bd, passes: []}").story("20d") == "a passed 7d; accepted");
    CHECK(team("{stage: a, lasts: 1mo, passes: []}").story("40d") == "a passed 28d; accepted");
    World summer = team("{stage: a, lasts: 30bd, passes: []}");
    summer.people.project.calendar = *Calendar::make("mon-fri", "09:00-17:00", "Europe/Berlin", {"2026-02-03"});
    // Six weeks and a holiday later it is summer in Berlin from 29 March on: still 11:00 there, 09:00Z no more 10:00Z.
    CHECK(summer.story("60d") == "a passed 43d; accepted");
    summer.rule({"{stage: a, lasts: 40bd, passes: []}"});
    CHECK(summer.story("90d") == "a passed 56d 23h; accepted");
}

TEST_CASE("a stage that lasts no time ends as it opens") {
    CHECK(team("{stage: a, lasts: 0h, passes: []}").story("1d") == "a passed 0; accepted");
}

// --- stages one after another
// -----------------------------------------------------------------------------------------

TEST_CASE("the next stage opens when the one before ends") {
    World world;
    world.seat("member", {"ada", "bob"})
        .rule({"{stage: one, lasts: 1d, passes: []}", "{stage: two, lasts: 2d, passes: []}"});
    CHECK(world.story("2d") == "one passed 1d; two open; open; next 3d");
    CHECK(world.story("3d") == "one passed 1d; two passed 3d; accepted");
}

TEST_CASE("on-pass: accept leaves the later stages to failure") {
    World world;
    world.seat("member", {"ada", "bob"})
        .rule({"{stage: talk, lasts: 1d, passes: [objections = 0], on-pass: accept, on-failure: next}",
               "{stage: vote, lasts: 1w, passes: [yes > no]}"});
    CHECK(world.story("2d") == "talk passed 1d; accepted");
    world.object("ada", "x", "2h").vote("bob", "yes", "3h");
    CHECK(world.story("2d") == "talk failed objection 1d; vote open; open; next 8d");
    CHECK(world.story("9d") == "talk failed objection 1d; vote passed 8d; accepted");
}

TEST_CASE("what follows a failure") {
    const struct {
        const char* on_failure;
        const char* story;
    } cases[] = {
        {"reject", "a passed 1d; b failed else 2d; rejected"},
        {"lapse", "a passed 1d; b failed else 2d; lapsed"},
        {"escalate", "a passed 1d; b failed else 2d; escalated"},
        {"deadlock", "a passed 1d; b stopped; deadlock"},
        {"affirm a", "a passed 1d; b failed else 2d; affirmed was accepted"},
        {"affirm decision", "a passed 1d; b failed else 2d; affirmed was rejected"},
        {"other", "a passed 1d; b failed else 2d; c passed 3d; accepted"},
        {"next", "a passed 1d; b failed else 2d; rejected"},  // does not validate
    };
    for (const auto& each : cases) {
        CAPTURE(each.on_failure);
        const std::string b =
            "{stage: b, lasts: 1d, passes: [yes >= 2], on-failure: " + std::string(each.on_failure) + "}";
        World world;
        world.seat("member", {"ada", "bob"})
            .rule({"{stage: a, lasts: 1d, passes: []}", b.c_str()})
            .named_rule("other", {"{stage: c, lasts: 1d, passes: []}"});
        world.appealed = Outcome::rejected;
        CHECK(world.story("9d") == each.story);
    }
}

TEST_CASE("a stage that failed is affirmed as rejected") {
    World world;
    world.seat("member", {"ada"})
        .rule({"{stage: a, lasts: 1d, passes: [yes >= 1], on-failure: next}",
               "{stage: b, lasts: 1d, passes: [no = 0], on-pass: accept, on-failure: affirm a}"});
    CHECK(world.vote("ada", "no", "2h").story("5d") == "a failed else 1d; b failed else 2d; affirmed was rejected");
}

TEST_CASE("affirming a decision after anything but an appeal is an error") {
    World world = team("{stage: a, lasts: 1d, passes: [yes >= 1], on-failure: affirm decision}");
    CHECK_FALSE(course(world.matter(), world.people, world.after("2d")));
}

TEST_CASE("rules that lead in a circle are an error, not a hang") {
    World world = team("{stage: a, lasts: 1d, passes: [yes >= 1], on-failure: other}");
    world.named_rule("other", {"{stage: b, lasts: 1d, passes: [yes >= 1], on-failure: rule}"});
    CHECK(world.story("1d 1h") == "a failed else 1d; b open; open; next 2d");
    CHECK_FALSE(course(world.matter(), world.people, world.after("2d")));
}

TEST_CASE("the cause is the first that applies, and chooses what follows") {
    World world;
    world.seat("member", {"ada", "bob", "cy", "dan", "eve", "fay"})
        .rule({"{stage: vote, lasts: 1d, quorum: cast >= 3, passes: [objections = 0, yes > no], on-failure: {quorum: "
               "lapse, "
               "recused: next, objection: deadlock, tie: escalate, else: reject}}",
               "{stage: rest, recuse: none, lasts: 1d, passes: []}"});
    world.charter().recusal.at_most = Rational(1, 3);
    CHECK(world.story("2d") == "vote failed quorum 1d; lapsed");
    world.vote("ada", "yes", "1h").vote("bob", "no", "1h").vote("cy", "no", "1h");
    CHECK(world.story("2d") == "vote failed else 1d; rejected");
    world.vote("dan", "yes", "1h");
    CHECK(world.story("2d") == "vote failed tie 1d; escalated");
    World objected = world;
    CHECK(objected.object("eve", "x", "2h").story("2d") == "vote stopped; deadlock");
    CHECK(objected.resolve("eve", "x", "3d").vote("eve", "yes", "3d").story("3d 1h") ==
          "vote passed 3d; rest open; open; next 4d");
    world.recuse("eve", "2h").recuse("fay", "3h");
    CHECK(world.story("2d") == "vote failed tie 1d; escalated");
    world.recuse("dan", "4h");
    CHECK(world.story("2d") == "vote failed recused 4h; rest passed 1d 4h; accepted");
}

TEST_CASE("a cause that the map does not name is `else`, and `else` is reject") {
    World world = team("{stage: vote, lasts: 1d, quorum: cast >= 3, passes: [], on-failure: {tie: escalate}}");
    CHECK(world.story("2d") == "vote failed quorum 1d; rejected");
}

// --- who
// ----------------------------------------------------------------------------------------------------------------

TEST_CASE("a person in two roles counts once, and nobody else does") {
    World world;
    world.seat("chair", {"ada"}).seat("lead", {"ada", "bob"}).person("eve");
    world.rule({"{stage: vote, by: [role chair, role lead], lasts: 1d, passes: [yes = 2, eligible = 2]}"});
    world.vote("ada", "yes", "1h").vote("bob", "yes", "1h").vote("eve", "yes", "1h");
    CHECK(world.story("1d") == "vote passed 1d; accepted");
}

TEST_CASE("except takes people out") {
    World world = team("{stage: vote, except: [authors, person bob], lasts: 1d, passes: []}");
    world.proposal.authors = {"ada"};
    CHECK(world.course("2d").last().eligible == Handles{"cy", "dan"});
}

TEST_CASE("the electorate is read at the opening, the stage or the decision") {
    const auto eligible = [](const char* as_of, const char* when) {
        World world;
        const std::string vote = "{stage: vote, as-of: " + std::string(as_of) + ", lasts: 4d, passes: []}";
        world.seat("member", {"ada", "bob", "cy"}).rule({"{stage: notice, lasts: 2d, passes: []}", vote.c_str()});
        auto& seats = world.people.rosters["team"].seats;
        seats[1].until = world.after("1d");  // bob leaves during the notice
        seats[2].until = world.after("3d");  // cy during the vote
        world.person("dan").person("eve");
        seats.push_back({"member", "dan", world.after("1d"), {}, "", ""});
        seats.push_back({"member", "eve", world.after("5d"), {}, "", ""});
        return world.course(when).last().eligible;
    };
    CHECK(eligible("open", "4d") == Handles{"ada", "bob", "cy"});
    CHECK(eligible("open", "7d") == Handles{"ada", "bob", "cy"});
    CHECK(eligible("stage", "4d") == Handles{"ada", "cy", "dan"});
    CHECK(eligible("stage", "7d") == Handles{"ada", "cy", "dan"});
    CHECK(eligible("decision", "2d 1h") == Handles{"ada", "cy", "dan"});
    CHECK(eligible("decision", "4d") == Handles{"ada", "dan"});
    CHECK(eligible("decision", "7d") == Handles{"ada", "dan", "eve"});
}

TEST_CASE("a change of seats can pass a stage read at the decision") {
    World world;
    world.seat("member", {"ada", "bob", "cy"})
        .rule({"{stage: vote, as-of: decision, lasts: {at-most: 4w}, passes: [yes > 1/2 of eligible]}"});
    world.vote("ada", "yes", "1d");
    CHECK(world.story("9d") == "vote open; open; next 28d");
    world.people.rosters["team"].seats[1].until = world.people.rosters["team"].seats[2].until = world.after("5d");
    CHECK(world.story("9d") == "vote passed 5d; accepted");
}

TEST_CASE("a stage with nobody eligible fails at once, whatever it asks") {
    World world =
        team("{stage: vote, by: [role chair], lasts: 1w, passes: [], on-failure: {quorum: escalate, else: reject}}");
    CHECK(world.story("0h") == "vote failed quorum 0; escalated");
    World recused = team("{stage: vote, by: [person ada], lasts: 1w, passes: []}");
    CHECK(recused.story("2d") == "vote open; open; next 7d");
    CHECK(recused.recuse("ada", "1d").story("2d") == "vote failed quorum 1d; rejected");
}

TEST_CASE("seats count vacancies, each role once") {
    World world;
    world.charter().roles = {{.name = "chair", .seats = {2, false}}, {.name = "lead", .seats = {3, false}}};
    world.seat("chair", {"ada"}).seat("lead", {"bob", "cy"});
    world.rule(
        {"{stage: vote, by: [members, role chair], lasts: 1d, passes: [yes >= ceil(1/2 of seats), eligible = 3, seats "
         "= 5]}"});
    world.vote("ada", "yes", "1h").vote("bob", "yes", "1h");
    CHECK(world.story("1d") == "vote failed else 1d; rejected");
    CHECK(world.vote("cy", "yes", "1h").story("1d") == "vote passed 1d; accepted");
    world.charter().roles[1].seats = {3, true};
    CHECK_FALSE(course(world.matter(), world.people, world.after("1d")));
}

// --- ballots
// --------------------------------------------------------------------------------------------------------------

TEST_CASE("the last word before the instant counts, and every word stays known") {
    World world = team("{stage: vote, lasts: 2d, passes: [yes >= 1]}");
    world.vote("ada", "yes", "1d").vote("ada", "no", "1d 1h").vote("ada", "yes", "3d");
    CHECK(world.story("4d") == "vote failed else 2d; rejected");
    CHECK(world.course("1d 30m").last().tally.yes == 1);
    CHECK(world.course("1d 2h").last().tally.no == 1);
}

TEST_CASE("carried ballots count in later stages, fresh ones do not") {
    World world;
    world.seat("member", {"ada", "bob"}).seat("lead", {"ada"});
    world.rule({"{stage: one, lasts: 1d, passes: []}", "{stage: two, by: [role lead], lasts: 1d, passes: [yes = 1]}"});
    world.vote("ada", "yes", "1h").vote("bob", "yes", "1h");
    CHECK(world.story("3d") == "one passed 1d; two passed 2d; accepted");
    world.rule({"{stage: one, lasts: 1d, passes: []}", "{stage: two, ballots: fresh, lasts: 1d, passes: [yes = 1]}"});
    CHECK(world.story("3d") == "one passed 1d; two failed else 2d; rejected");
    CHECK(world.vote("ada", "yes", "1d").story("3d") == "one passed 1d; two passed 2d; accepted");
}

TEST_CASE("a vote that ends one stage does not count afresh in the next") {
    World world;
    world.seat("member", {"ada", "bob"});
    world.rule({"{stage: one, lasts: {at-most: 2d}, passes: [yes >= 2]}",
                "{stage: two, ballots: fresh, lasts: 1d, passes: [yes = 1]}"});
    world.vote("ada", "yes", "1h").vote("bob", "yes", "1d");
    CHECK(world.story("3d") == "one passed 1d; two failed else 2d; rejected");
    CHECK(world.vote("ada", "yes", "1d 1s").story("3d") == "one passed 1d; two passed 2d; accepted");
}

TEST_CASE("a vote that completes a tie does not count in the revote") {
    World world;
    world.seat("member", {"ada", "bob"});
    world.rule({"{stage: vote, lasts: 2d, early: all-voted, tie: revote, passes: [yes > no]}"});
    world.vote("ada", "yes", "1h").vote("bob", "no", "1d");
    CHECK(world.course("1d 1h").last().tally.no == 0);
    CHECK(world.story("4d") == "vote failed tie 1d; vote failed else 3d; rejected");
}

TEST_CASE("fresh stages see only objections raised since they opened") {
    World world;
    world.seat("member", {"ada", "bob"});
    world.rule(
        {"{stage: one, lasts: 1d, passes: []}", "{stage: two, ballots: fresh, lasts: 1d, passes: [objections = 0]}"});
    CHECK(world.object("ada", "old", "1h").story("3d") == "one passed 1d; two passed 2d; accepted");
    CHECK(world.object("ada", "new", "1d").story("3d") == "one passed 1d; two failed objection 2d; rejected");
}

TEST_CASE("a revision makes positions stale, leaves objections, and opens the first stage anew") {
    World world = team("{stage: vote, lasts: 2d, passes: [yes >= 1, objections = 0]}");
    world.vote("ada", "yes", "1h").object("bob", "x", "2h").revise("1d", "text-2");
    CHECK(world.story("1d 1h") == "vote restarted 1d; vote open; open; next 3d");
    CHECK(world.story("4d") == "vote restarted 1d; vote failed objection 3d; rejected");
    world.resolve("bob", "x", "1d 2h");
    CHECK(world.story("4d") == "vote restarted 1d; vote failed else 3d; rejected");
    World back = world;
    back.revise("1d 3h", "text-1");  // the old text returns, the old vote does not
    CHECK(back.story("4d") == "vote restarted 1d; vote restarted 1d 3h; vote failed else 3d 3h; rejected");
    CHECK(world.vote("ada", "yes", "1d").story("4d") == "vote restarted 1d; vote passed 3d; accepted");
}

TEST_CASE("a revision in a later stage goes back to the first, for the same people") {
    World world;
    world.seat("member", {"ada", "bob"}).person("cy");
    world.rule({"{stage: one, as-of: stage, ballots: fresh, lasts: 1d, passes: [objections = 0]}",
                "{stage: two, lasts: 1d, passes: []}"});
    world.people.rosters["team"].seats.push_back({"member", "cy", world.after("1h"), {}, "", ""});
    world.object("ada", "x", "2h").resolve("ada", "x", "1d 1h").revise("1d 12h", "text-2");
    CHECK(world.story("1d 13h") == "one failed objection 1d; rejected");
    world.resolve("ada", "x", "3h");
    CHECK(world.story("1d 13h") == "one passed 1d; two restarted 1d 12h; one open; open; next 2d 12h");
    CHECK(world.course("1d 13h").last().eligible == Handles{"ada", "bob"});
    world.object("bob", "y", "5h");
    world.ballots.back().objections[0].resolved = world.after("23h");
    CHECK(world.story("3d 12h") ==
          "one passed 1d; two restarted 1d 12h; one passed 2d 12h; two passed 3d 12h; accepted");
}

TEST_CASE("what was accepted and then revised begins anew, what was rejected does not") {
    World world = team("{stage: vote, lasts: 2d, passes: [yes > no]}");
    world.vote("ada", "yes", "1h");
    CHECK(world.story("3d") == "vote passed 2d; accepted");
    world.revise("4d", "text-2");
    CHECK(world.story("4d 1h") == "vote passed 2d; vote open; open; next 6d");
    CHECK(world.story("7d") == "vote passed 2d; vote failed else 6d; rejected");
    CHECK(world.vote("ada", "yes", "5d").story("7d") == "vote passed 2d; vote passed 6d; accepted");
    World rejected = team("{stage: vote, lasts: 2d, passes: [yes > no]}");
    CHECK(rejected.revise("4d", "text-2").story("7d") == "vote failed else 2d; rejected");
}

TEST_CASE("objections stand through a revision of a fresh first stage") {
    World world = team("{stage: one, ballots: fresh, lasts: 1d, passes: [objections = 0]}");
    world.object("ada", "x", "2h").revise("12h", "text-2");
    CHECK(world.story("2d") == "one restarted 12h; one failed objection 1d 12h; rejected");
}

TEST_CASE("a vote counts in the round in which it was cast") {
    World world = team("{stage: vote, lasts: 1d, passes: [yes >= 1]}");
    world.vote("ada", "yes", "1h").object("bob", "x", "2h").reopen("10d");
    CHECK(world.story("12d") == "vote failed else 11d; rejected");
    CHECK(world.course("12d").last().tally.objections == 1);  // objections stand through a reopening
    CHECK(world.vote("ada", "yes", "10d 1h").story("12d") == "vote passed 11d; accepted");
}

TEST_CASE("an escalation begins a round in the group above, without the old objections") {
    World world = team("{stage: vote, by: [members], lasts: 1d, passes: [yes >= 1, objections = 0]}");
    world.seat_in("council", "member", {"bob", "eve"});
    world.vote("bob", "yes", "1h").object("ada", "x", "2h").escalate("2d", "council");
    CHECK(world.course("2d 1h").last().eligible == Handles{"bob", "eve"});
    CHECK(world.story("4d") == "vote failed else 3d; rejected");
    world.vote("eve", "yes", "2d");
    CHECK(world.story("4d") == "vote passed 3d; accepted");
    CHECK(world.object("bob", "y", "2d 1h").story("4d") == "vote failed objection 3d; rejected");
}

// --- objections
// -------------------------------------------------------------------------------------------------------------

TEST_CASE("an objection is no `no`, and stands until it is resolved") {
    World world = team("{stage: vote, lasts: 2d, passes: [objections = 0, no = 0]}");
    world.object("ada", "x", "1h").vote("ada", "yes", "2h");
    CHECK(world.story("3d") == "vote failed objection 2d; rejected");
    CHECK(world.resolve("ada", "x", "2d").story("3d") == "vote failed objection 2d; rejected");
    CHECK(world.resolve("ada", "x", "2d -1s").story("3d") == "vote passed 2d; accepted");
}

TEST_CASE("block is short for objections = 0") {
    World world = team("{stage: vote, lasts: {at-most: 2d}, passes: [yes >= 1], objection: {effect: block}}");
    world.object("ada", "x", "1h").vote("bob", "yes", "2h");
    CHECK(world.story("1d") == "vote open; open; next 2d");
    CHECK(world.course("1d").last().conditions.back().figures == ConditionFigures{"objections = 0", "1", "0", false});
    CHECK(world.story("3d") == "vote failed objection 2d; rejected");
    CHECK(world.resolve("ada", "x", "5h").story("3d") == "vote passed 5h; accepted");
}

TEST_CASE("without an effect an objection only counts where a condition counts it") {
    World world = team("{stage: vote, lasts: 2d, passes: [objections <= 2, objectors < 2]}");
    world.object("ada", "x", "1h").object("ada", "y", "2h");
    CHECK(world.story("3d") == "vote passed 2d; accepted");
    World two = world;
    CHECK(two.object("bob", "z", "3h").story("3d") == "vote failed objection 2d; rejected");
    CHECK(world.object("ada", "z", "3h").story("3d") == "vote failed objection 2d; rejected");
}

TEST_CASE("a veto fails the stage at once") {
    World world =
        team("{stage: vote, lasts: 2d, passes: [], objection: {effect: veto}, on-failure: {objection: lapse}}");
    CHECK(world.object("ada", "x", "1h").resolve("ada", "x", "2h").story("3h") == "vote failed objection 1h; lapsed");
    World late = team("{stage: vote, lasts: 2d, passes: [], objection: {effect: veto}}");
    CHECK(late.object("ada", "x", "2d").story("3d") == "vote passed 2d; accepted");
    World early = team("{stage: vote, lasts: 2d, passes: [], objection: {effect: veto}, on-failure: deadlock}");
    CHECK(early.object("ada", "x", "1h").story("2h") == "vote stopped; deadlock");
    CHECK(early.resolve("ada", "x", "2h").story("2h") == "vote passed 2h; accepted");
}

TEST_CASE("an objection without its reason is void where one is needed") {
    World world = team("{stage: vote, lasts: 2d, passes: [], objection: {effect: block, needs: reason}}");
    CHECK(world.object("ada", "x", "1h", " ").story("3d") == "vote passed 2d; accepted");
    CHECK(world.object("bob", "y", "1h", "unsafe").story("3d") == "vote failed objection 2d; rejected");
}

TEST_CASE("who may object need not be who may vote") {
    World world;
    world.seat("chair", {"ada"}).seat("lead", {"bob"});
    world.rule(
        {"{stage: vote, by: [role chair], lasts: 2d, passes: [cast = 0], objection: {effect: block, by: [role "
         "lead]}}"});
    CHECK(world.object("ada", "x", "1h").story("3d") == "vote passed 2d; accepted");
    CHECK(world.object("bob", "y", "1h").story("3d") == "vote failed objection 2d; rejected");
    CHECK(world.course("1d").last().may_object == Handles{"bob"});
}

TEST_CASE("a restart stops the stage while it stands, then gives the full time anew") {
    World world = team("{stage: fcp, lasts: 10d, passes: [yes > no], objection: {effect: restart}}");
    world.vote("bob", "yes", "1h").object("ada", "x", "9d");
    CHECK(world.story("8d") == "fcp open; open; next 10d");
    CHECK(world.story("9d") == "fcp stopped; deadlock");
    CHECK(world.story("50d") == "fcp stopped; deadlock");
    world.resolve("ada", "x", "60d");
    CHECK(world.story("61d") == "fcp restarted 60d; fcp open; open; next 70d");
    CHECK(world.story("70d") == "fcp restarted 60d; fcp passed 70d; accepted");
    CHECK(world.object("cy", "y", "70d").story("71d") == "fcp restarted 60d; fcp passed 70d; accepted");
}

TEST_CASE("two objections: the last one resolved starts the clock") {
    World world = team("{stage: fcp, lasts: 10d, passes: [], objection: {effect: restart}}");
    world.object("ada", "x", "1d").object("bob", "y", "2d").resolve("ada", "x", "3d").resolve("bob", "y", "4d");
    CHECK(world.story("14d") == "fcp restarted 4d; fcp passed 14d; accepted");
    CHECK(world.object("cy", "z", "4d").story("14d") == "fcp stopped; deadlock");
}

TEST_CASE("a recusal ends its author's objection, and with it the stop") {
    World world = team("{stage: fcp, lasts: 10d, passes: [], objection: {effect: restart}}");
    world.object("ada", "x", "1d").recuse("ada", "3d");
    CHECK(world.story("13d") == "fcp restarted 3d; fcp passed 13d; accepted");
}

// --- recusal
// --------------------------------------------------------------------------------------------------------------

TEST_CASE("the recused leave the electorate and every count, but not the seats") {
    World world =
        team("{stage: vote, lasts: 2d, passes: [yes >= 1/2 of eligible, eligible = 3, missing = 2, cast = 1]}");
    world.vote("ada", "yes", "1h").vote("bob", "no", "1h").recuse("bob", "2h");
    CHECK(world.course("1h").last().tally.no == 1);
    const Course course = world.course("1d");
    CHECK(course.last().eligible == Handles{"ada", "cy", "dan"});
    CHECK(course.last().recused == std::vector<RecusedPerson>{{"bob", "declared"}});
    CHECK(course.last().missing == Handles{"cy", "dan"});
    CHECK(world.story("3d") == "vote failed else 2d; rejected");  // 1 of 3 is less than half
}

TEST_CASE("the subject of a matter about people is recused, of no other") {
    World world = team("{stage: vote, lasts: 2d, passes: []}");
    world.proposal.subject = {"person/bob", "organization/acme"};
    world.people.people["cy"].interests = {{"organization/acme", "shareholder", instant("2026-01-01"), {}}};
    CHECK(world.course("1d").last().eligible == Handles{"ada", "bob", "cy", "dan"});
    for (const char* kind : {"appointment", "removal", "promotion", "no-confidence", "ownership"}) {
        world.kind = kind;
        CHECK(world.course("1d").last().eligible == Handles{"ada", "dan"});
    }
    world.proposal.is_rfc = false;
    CHECK(world.course("1d").last().recused ==
          std::vector<RecusedPerson>{{"bob", "subject of the motion"},
                                     {"cy", "interest in organization/acme: shareholder"}});
    Effect remove;
    remove.kind = Effect::Kind::remove;
    remove.person = "dan";
    world.proposal.effects = {remove};  // effects on people: exactly those people
    CHECK(world.course("1d").last().eligible == Handles{"ada", "bob", "cy"});
}

TEST_CASE("interests and employers are those of the day") {
    World world;
    world.seat("member", {"ada", "bob", "cy", "dan", "eve"}).rule({"{stage: vote, lasts: 9d, passes: []}"});
    world.kind = "removal";
    world.proposal.subject = {"person/eve"};
    world.people.people["eve"].affiliations = {{"acme", instant("2020-01-01"), world.after("2d")},
                                               {"zoo", world.after("2d"), {}}};
    world.people.people["ada"].interests = {{"person/eve", "married", instant("2020-01-01"), world.after("1d")}};
    world.people.people["bob"].interests = {{"organization/acme", "", instant("2020-01-01"), {}}};
    world.people.people["cy"].affiliations = {{"zoo", instant("2020-01-01"), {}}};
    CHECK(world.course("1h").last().recused == std::vector<RecusedPerson>{{"ada", "interest in person/eve: married"},
                                                                          {"bob", "interest in organization/acme"},
                                                                          {"eve", "subject of the RFC"}});
    CHECK(world.course("1d").last().eligible == Handles{"ada", "cy", "dan"});
    CHECK(world.course("2d").last().eligible == Handles{"ada", "bob", "cy", "dan"});
    world.charter().recusal.employer = true;
    CHECK(world.course("1d").last().eligible == Handles{"ada", "cy", "dan"});
    CHECK(world.course("2d").last().recused ==
          std::vector<RecusedPerson>{{"cy", "works for zoo, as eve does"}, {"eve", "subject of the RFC"}});
}

TEST_CASE("too many recused fail the stage at that instant; exactly the share is allowed") {
    World world = team("{stage: vote, lasts: 2d, passes: [], on-failure: {recused: escalate}}");
    world.charter().recusal.at_most = Rational(1, 3);
    world.kind = "removal";
    world.proposal.subject = {"person/ada"};
    CHECK(world.recuse("bob", "1h").story("1d") == "vote open; open; next 2d");  // 1 of 3, the subject left out
    CHECK(world.recuse("cy", "2h").story("1d") == "vote failed recused 2h; escalated");
}

TEST_CASE("recuse: none switches recusal off for the stage") {
    World world = team("{stage: vote, recuse: none, lasts: 2d, passes: []}");
    world.charter().recusal.at_most = Rational(0);
    world.kind = "removal";
    world.proposal.subject = {"person/ada"};
    CHECK(world.recuse("bob", "1h").course("1d").last().eligible == Handles{"ada", "bob", "cy", "dan"});
    CHECK(world.story("3d") == "vote passed 2d; accepted");
}

TEST_CASE("a recusal holds in every round") {
    World world = team("{stage: vote, lasts: 2d, passes: []}");
    CHECK(world.recuse("bob", "1h").reopen("5d").course("6d").last().eligible == Handles{"ada", "cy", "dan"});
}

// --- early
// ------------------------------------------------------------------------------------------------------------------

TEST_CASE("never: a fixed time is waited for") {
    World world = team("{stage: vote, early: never, lasts: 9d, passes: [yes = eligible]}");
    for (const char* who : {"ada", "bob", "cy", "dan"}) world.vote(who, "yes", "1d");
    CHECK(world.story("2d") == "vote open; open; next 9d");
}

TEST_CASE("all-voted ends a stage either way, unless an objection stands") {
    World world = team("{stage: vote, early: all-voted, lasts: 9d, passes: [yes > no]}");
    world.vote("ada", "yes", "1h").vote("bob", "no", "2h").vote("cy", "abstain", "3h");
    CHECK(world.story("1d") == "vote open; open; next 9d");
    World objected = world;
    objected.object("ada", "x", "4h").vote("dan", "yes", "5h");
    CHECK(objected.story("1d") == "vote open; open; next 9d");
    CHECK(objected.resolve("ada", "x", "6h").story("1d") == "vote passed 6h; accepted");
    World lost = world;
    CHECK(lost.vote("dan", "no", "5h").story("1d") == "vote failed else 5h; rejected");
    CHECK(world.vote("dan", "abstain", "5h").story("1d") == "vote failed tie 5h; rejected");
}

TEST_CASE("passing ends a stage as soon as it would pass, and never fails it") {
    World world = team("{stage: vote, early: passing, lasts: 9d, passes: [yes >= 2]}");
    CHECK(world.vote("ada", "yes", "1h").story("1d") == "vote open; open; next 9d");
    CHECK(world.vote("bob", "yes", "2h").story("1d") == "vote passed 2h; accepted");
    World window = team("{stage: vote, early: passing, lasts: {at-least: 3d, at-most: 9d}, passes: [yes >= 1]}");
    CHECK(window.vote("ada", "yes", "1h").story("1d") == "vote passed 1h; accepted");
}

TEST_CASE("passing for a while must hold all that while") {
    World world = team("{stage: vote, early: passing for 2d, lasts: 9d, passes: [yes >= 1]}");
    world.vote("ada", "yes", "1d");
    CHECK(world.story("2d") == "vote open; open; next 3d");
    CHECK(world.story("3d") == "vote passed 3d; accepted");
    World exactly = world;
    CHECK(exactly.vote("ada", "no", "3d").story("4d") == "vote passed 3d; accepted");
    world.vote("ada", "no", "3d -1s").vote("ada", "yes", "4d");
    CHECK(world.story("5d") == "vote open; open; next 6d");
    CHECK(world.story("6d") == "vote passed 6d; accepted");
    World late = team("{stage: vote, early: passing for 2d, lasts: 9d, passes: [yes >= 1]}");
    CHECK(late.vote("ada", "yes", "8d").story("9d") == "vote passed 9d; accepted");
}

TEST_CASE("unanimous asks for the yes of all the eligible") {
    World world = team("{stage: vote, early: unanimous, lasts: 9d, passes: [yes >= 1]}");
    world.vote("ada", "yes", "1h").vote("bob", "yes", "2h").vote("cy", "yes", "3h");
    CHECK(world.story("1d") == "vote open; open; next 9d");
    CHECK(world.vote("dan", "yes", "4h").story("1d") == "vote passed 4h; accepted");
}

TEST_CASE("certain ends a stage when nothing that may still be said changes result or cause") {
    World world = team("{stage: vote, early: certain, lasts: 9d, passes: [yes > 1/2 of eligible]}");
    world.vote("ada", "yes", "1h").vote("bob", "yes", "2h");
    CHECK(world.story("1d") == "vote open; open; next 9d");
    World won = world;
    CHECK(won.vote("cy", "yes", "3h").story("1d") == "vote passed 3h; accepted");
    world.vote("cy", "no", "3h");
    CHECK(world.story("1d") == "vote open; open; next 9d");
    CHECK(world.vote("dan", "no", "4h").story("1d") == "vote failed tie 4h; rejected");
}

TEST_CASE("certain waits while the cause may still change") {
    // Two no of three: lost in any case, but a quorum may be missed or not.
    World world;
    world.seat("member", {"ada", "bob", "cy", "dan", "eve"})
        .rule({"{stage: vote, early: certain, lasts: {at-most: 9d}, quorum: cast >= 4, passes: [yes >= 4], on-failure: "
               "{quorum: escalate, else: reject}}"});
    world.vote("ada", "no", "1h").vote("bob", "no", "2h").vote("cy", "no", "3h");
    CHECK(world.story("1d") == "vote open; open; next 9d");
    CHECK(world.vote("dan", "abstain", "4h").story("1d") == "vote failed else 4h; rejected");
}

TEST_CASE("certain minds those who may object but not vote, and objections that may be resolved") {
    World world;
    world.seat("member", {"ada", "bob"}).person("eve");
    world.rule(
        {"{stage: vote, early: certain, lasts: 9d, passes: [yes >= 1, objections = 0], objection: {by: [person "
         "eve]}}"});
    world.vote("ada", "yes", "1h").vote("bob", "yes", "2h");
    CHECK(world.story("1d") == "vote open; open; next 9d");
    World own;
    own.seat("member", {"ada", "bob"});
    own.rule({"{stage: vote, early: certain, lasts: 9d, passes: [yes >= 1, objections = 0]}"});
    own.vote("ada", "yes", "1h").object("bob", "x", "2h");
    CHECK(own.story("1d") == "vote open; open; next 9d");
    CHECK(own.vote("bob", "yes", "3h").story("1d") == "vote open; open; next 9d");
    CHECK(own.resolve("bob", "x", "4h").story("1d") == "vote passed 4h; accepted");
}

// --- quorum, counts
// -----------------------------------------------------------------------------------------------------------

TEST_CASE("every count, where it decides") {
    // ada yes, bob no, cy abstains, dan only objects, eve is silent, fay is recused.
    const struct {
        const char* condition;
        const char* left;
    } cases[] = {
        {"yes = 1", "1"},           {"no = 1", "1"},
        {"abstain = 1", "1"},       {"objections = 2", "2"},
        {"objectors = 1", "1"},     {"cast = 4", "4"},
        {"decisive = 2", "2"},      {"eligible = 5", "5"},
        {"seats = 7", "7"},         {"eligible-abstain = 4", "4"},
        {"present = 3", "3"},       {"missing = 1", "1"},
        {"organizations = 1", "1"}, {"seconds = 1", "1"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.condition);
        World world;
        world.charter().roles = {{.name = "member", .seats = {7, false}}};
        world.seat("member", {"ada", "bob", "cy", "dan", "eve", "fay"});
        const std::string stage = "{stage: vote, lasts: 1d, passes: [" + std::string(each.condition) + "]}";
        world.rule({stage.c_str()});
        world.person("ada", "", "acme").person("bob", "", "zoo");
        world.proposal.present = {"ada", "bob", "eve", "fay"};
        world.vote("ada", "yes", "1h").vote("bob", "no", "1h").vote("cy", "abstain", "1h");
        world.object("dan", "x", "1h").object("dan", "y", "1h").recuse("fay", "1h").second("bob", "1h");
        const Course course = world.course("2d");
        CHECK(course.last().conditions.at(0).figures.left == each.left);
        CHECK(course.outcome == Outcome::accepted);
    }
}

TEST_CASE("distinct organizations: related ones are one, the independent none") {
    World world = team("{stage: vote, lasts: 1d, passes: [organizations >= 2]}");
    world.person("ada", "", "acme")
        .person("bob", "", "acme-labs")
        .person("cy", "", "independent")
        .person("dan", "", "zoo");
    world.people.organizations["acme"].related = {"acme-labs"};
    world.vote("ada", "yes", "1h").vote("bob", "yes", "1h").vote("cy", "yes", "1h").vote("dan", "no", "1h");
    CHECK(world.story("2d") == "vote failed else 1d; rejected");
    CHECK(world.vote("dan", "yes", "2h").story("2d") == "vote passed 1d; accepted");
}

TEST_CASE("a stage that counts the present waits for attendance to be recorded") {
    World world = team("{stage: vote, lasts: 1d, passes: [yes > 1/2 of present]}");
    world.vote("ada", "yes", "1h");
    CHECK(world.story("5d") == "vote open; open; next 1d");
    CHECK(world.course("5d").next->event == "vote waits for attendance to be recorded");
    CHECK(world.course("5d").last().conditions[0].lacking == "attendance is not recorded");
    world.proposal.present = {"ada"};
    CHECK(world.story("5d") == "vote passed 1d; accepted");
    world.proposal.present = {"ada", "Bob"};
    CHECK(world.story("5d") == "vote failed else 1d; rejected");
    CHECK(world.recuse("bob", "2h").story("5d") == "vote passed 1d; accepted");
}

// --- caps, ties
// -----------------------------------------------------------------------------------------------------------------

static World companies(std::int64_t cap, int yes, int no, int others_yes, const std::string& condition) {
    World world;
    const std::string stage = "{stage: vote, cap: " + std::to_string(cap) + ", lasts: 1d, passes: [" + condition + "]}";
    world.rule({stage.c_str()});
    for (int i = 0; i < yes + no + others_yes; ++i) {
        const std::string handle = "p" + std::to_string(i);
        world.seat("member", {handle.c_str()});
        if (i < yes + no) world.person(handle, "", "acme");
        world.vote(handle, i >= yes && i < yes + no ? "no" : "yes", "1h");
    }
    return world;
}

TEST_CASE("a cap scales one organization's votes down") {
    const struct {
        std::int64_t cap;
        int yes, no, others;
        std::int64_t counted_yes, counted_no;
    } cases[] = {
        {6, 6, 1, 0, 5, 1},                       // Cilium's own example
        {6, 23, 0, 2, 8, 0},                      // and the other
        {6, 3, 3, 0, 3, 3},                       // not above: untouched
        {6, 9, 3, 0, 5, 1},                       // 4.5 and 1.5 both round up: the smaller gives way
        {6, 3, 9, 0, 1, 5},  {5, 4, 4, 0, 2, 2},  // equal: both give way
        {1, 1, 1, 0, 0, 0},  {6, 100, 1, 0, 6, 0},
    };
    for (const auto& each : cases) {
        CAPTURE(each.cap, each.yes, each.no);
        const TallyFigures tally =
            companies(each.cap, each.yes, each.no, each.others, "yes > no").course("2h").last().tally;
        CHECK(tally.yes == each.counted_yes);
        CHECK(tally.no == each.counted_no);
        CHECK(tally.missing == 0);
    }
}

TEST_CASE("what names yes asks for one that is left after the cap") {
    CHECK(companies(1, 1, 1, 0, "yes >= no").story("2d") == "vote failed else 1d; rejected");
}

TEST_CASE("a cap comes after recusal") {
    World world = companies(2, 3, 0, 0, "yes = 2");
    CHECK(world.story("2d") == "vote passed 1d; accepted");
    CHECK(world.recuse("p0", "2h").recuse("p1", "2h").story("2d") == "vote failed else 1d; rejected");
}

/// ada and bob yes, cy and dan no; eve does not vote.
static World tied(const std::string& tie, const std::string& passes = "yes > no") {
    World world;
    world.seat("member", {"ada", "bob", "cy", "dan", "eve"}).seat_in("council", "chair", {"kim"});
    const std::string stage =
        "{stage: vote, lasts: 1d, tie: " + tie + ", passes: [\"" + passes + "\", objections = 0]}";
    world.rule({stage.c_str()});
    world.vote("ada", "yes", "1h").vote("bob", "yes", "1h").vote("cy", "no", "1h").vote("dan", "no", "1h");
    return world;
}

TEST_CASE("ties") {
    CHECK(tied("fails").story("2d") == "vote failed tie 1d; rejected");
    CHECK(tied("passes").story("2d") == "vote passed 1d; accepted");
    CHECK(tied("passes", "no < yes").story("2d") == "vote passed 1d; accepted");
    // Only the comparison of yes with no is settled: what else is asked must hold by itself.
    CHECK(tied("passes", "yes > 2 of no").story("2d") == "vote failed tie 1d; rejected");
    CHECK(tied("passes").object("eve", "x", "1h").story("2d") == "vote failed objection 1d; rejected");
    CHECK(tied("passes").vote("eve", "no", "1h").story("2d") == "vote failed else 1d; rejected");
    World quorum = tied("passes");
    quorum.people.project.rules["rule"].stages[0].quorum = *Condition::parse("cast >= 5");
    CHECK(quorum.story("2d") == "vote failed quorum 1d; rejected");
    World more = tied("passes");
    more.people.project.rules["rule"].stages[0].passes.push_back(*Condition::parse("yes >= 3"));
    CHECK(more.story("2d") == "vote failed tie 1d; rejected");
    World none = tied("passes");
    none.ballots.clear();
    CHECK(none.story("2d") == "vote failed else 1d; rejected");
}

TEST_CASE("a casting vote, also of one who is not of the electorate") {
    World world = tied("casting-vote role chair of council");
    CHECK(world.story("2d") == "vote failed tie 1d; rejected");
    CHECK(world.vote("kim", "yes", "2h").story("2d") == "vote passed 1d; accepted");
    CHECK(world.course("2d").last().tally.yes == 2);
    CHECK(world.course("2d").last().settled == std::vector<model::Settled>{{"kim", "yes"}});
    CHECK(World(world).recuse("kim", "3h").story("2d") == "vote failed tie 1d; rejected");
    CHECK(world.vote("kim", "no", "3h").story("2d") == "vote failed tie 1d; rejected");
    CHECK(world.course("2d").last().settled == std::vector<model::Settled>{{"kim", "no"}});
    CHECK(World(world).vote("eve", "no", "4h").course("2d").last().settled.empty());  // there is no tie to settle
    CHECK(may_vote(world.matter(), world.people, "kim", world.after("1h")));
}

TEST_CASE("a lot that anyone can draw again") {
    // printf 'text-1\nada yes\nbob yes\ncy no\ndan no\nyes' | sha256sum, and the same with `no` at the end
    World world = tied("lot");
    const std::string story = world.story("2d");
    std::reverse(world.ballots.begin(), world.ballots.end());
    CHECK(world.story("2d") == story);
    CHECK(story == "vote passed 1d; accepted");
    CHECK(world.course("2d").last().settled == std::vector<model::Settled>{{"", "yes"}});
}

TEST_CASE("a no counts where a condition, now or later, sets it against something") {
    const struct {
        const char* stage;
        const char* next;
        bool heard;
    } cases[] = {
        {"{stage: notice, lasts: 3d, passes: [objections = 0]}", nullptr, false},
        {"{stage: vote, lasts: 3d, passes: [yes >= 3], objection: {effect: block}}", nullptr, false},
        {"{stage: vote, lasts: 3d, passes: [yes >= 3]}", nullptr, true},  // nothing else would be heard either
        {"{stage: vote, lasts: 3d, passes: [yes > no, objections = 0]}", nullptr, true},
        {"{stage: vote, lasts: 3d, passes: [yes >= 2/3 of decisive], objection: {effect: veto}}", nullptr, true},
        {"{stage: talk, lasts: 3d, passes: [objections = 0]}", "{stage: vote, lasts: 3d, passes: [yes > no]}", true},
        {"{stage: talk, lasts: 3d, passes: [objections = 0]}",
         "{stage: vote, ballots: fresh, lasts: 3d, passes: [yes > no]}", false},
    };
    for (const auto& each : cases) {
        INFO(each.stage << " " << (each.next ? each.next : ""));
        World world;
        world.seat("member", {"ada", "bob", "cy", "dan"});
        if (each.next)
            world.rule({each.stage, each.next});
        else
            world.rule({each.stage});
        CHECK(hears_no(world.matter(), world.people, world.after("1h")).value() == each.heard);
    }
}

TEST_CASE("a tie is voted on once more, with fresh ballots, and no third time") {
    World world = tied("revote");
    CHECK(world.story("1d 1h") == "vote failed tie 1d; vote open; open; next 2d");
    CHECK(world.course("1d 1h").last().tally.yes == 0);
    CHECK(world.story("3d") == "vote failed tie 1d; vote failed else 2d; rejected");
    World won = world;
    CHECK(won.vote("ada", "yes", "1d").story("3d") == "vote failed tie 1d; vote passed 2d; accepted");
    world.vote("ada", "yes", "1d 1h").vote("cy", "no", "1d 1h");
    CHECK(world.story("3d") == "vote failed tie 1d; vote failed tie 2d; rejected");
}

TEST_CASE("a revote that an objection stopped is still the one revote") {
    World world = tied("revote");
    world.people.project.rules["rule"].stages[0].objection.effect = ObjectionRule::Effect::restart;
    world.object("eve", "x", "1d 1h")
        .resolve("eve", "x", "1d 2h")
        .vote("ada", "yes", "1d 3h")
        .vote("cy", "no", "1d 3h");
    CHECK(world.story("3d") == "vote failed tie 1d; vote restarted 1d 2h; vote failed tie 2d 2h; rejected");
}

TEST_CASE("objections stand through a revote") {
    World world = tied("revote");
    world.people.project.rules["rule"].stages[0].passes.pop_back();
    world.people.project.rules["rule"].stages[0].passes.push_back(*Condition::parse("objections <= 1"));
    world.object("eve", "x", "1h").vote("ada", "yes", "1d 1h");
    CHECK(world.course("2d").last().tally.objections == 1);
}

// --- deadlock
// --------------------------------------------------------------------------------------------------------------------

TEST_CASE("a deadlocked stage passes at the first later instant at which it holds") {
    World world = team("{stage: notice, lasts: 72h, passes: [objections = 0, yes >= 1], on-failure: deadlock}");
    world.object("ada", "x", "1d");
    CHECK(world.story("2d") == "notice open; open; next 3d");
    CHECK(world.story("9d") == "notice stopped; deadlock");
    world.resolve("ada", "x", "10d");
    CHECK(world.story("11d") == "notice stopped; deadlock");
    CHECK(world.vote("bob", "yes", "12d").story("13d") == "notice passed 12d; accepted");
}

// --- seconds
// ---------------------------------------------------------------------------------------------------------------------

static World seconded() {
    World world = team("{stage: vote, lasts: 2d, passes: []}");
    Procedure procedure;
    procedure.rule = "rule";
    procedure.seconds.integer = 2;
    procedure.opened_by = terms({"members"});
    procedure.within = *Duration::parse("1w");
    world.people.project.decisions["*"] = procedure;
    world.proposal.authors = {"ada"};
    return world;
}

TEST_CASE("the first stage opens when the last of the seconds is there") {
    World world = seconded();
    CHECK(world.story("1d") == "seconds open; open; next 7d");
    CHECK(world.course("1d").last().conditions[0].lacking == "2 more seconds");
    world.second("ada", "1h").second("bob", "2h").person("eve").second("eve", "3h");
    CHECK(world.story("1d") == "seconds open; open; next 7d");  // neither its author nor an outsider seconds it
    CHECK(world.course("1d").last().conditions[0].figures == ConditionFigures{"seconds >= 2", "1", "2", false});
    CHECK(may_second(world.matter(), world.people, "cy", world.after("1d")));
    CHECK_FALSE(may_second(world.matter(), world.people, "ada", world.after("1d")));
    CHECK_FALSE(may_second(world.matter(), world.people, "eve", world.after("1d")));
    CHECK_FALSE(may_vote(world.matter(), world.people, "bob", world.after("1d")));
    world.second("cy", "2d").second("dan", "3d");
    CHECK(world.story("3d") == "seconds passed 2d; vote open; open; next 4d");
    CHECK(world.story("5d") == "seconds passed 2d; vote passed 4d; accepted");
    CHECK_FALSE(may_second(world.matter(), world.people, "dan", world.after("3d")));
}

TEST_CASE("how many seconds are asked for may depend on how many may give them") {
    struct Row {
        const char* amount;
        const char* wanted;
    };
    // Four members may open it, its author among them.
    const Row rows[] = {{"1/2 of eligible", "seconds >= 2"},
                        {"min(5, 1/2 * sqrt(eligible))", "seconds >= 1"},
                        {"min(5, 3/4 * sqrt(eligible))", "seconds >= 2"},  // 3/2: not rounded, so two have to come
                        {"min(1, eligible)", "seconds >= 1"}};
    for (const Row& row : rows) {
        World world = seconded();
        world.people.project.decisions["*"].seconds = *model::Amount::parse(row.amount);
        CHECK(world.course("1d").last().conditions[0].figures.is == row.wanted);
    }
}

TEST_CASE("not enough seconds in time: it lapses") {
    World world = seconded();
    world.second("bob", "1d").second("cy", "7d");
    CHECK(world.story("8d") == "seconds failed else 7d; lapsed");
    world.people.project.decisions["*"].within.reset();
    CHECK(world.story("8d") == "seconds passed 7d; vote open; open; next 9d");
}

TEST_CASE("seconds are not asked again after a revision or in a later round") {
    World world = seconded();
    world.second("bob", "1d").revise("2d", "text-2").second("cy", "3d");
    CHECK(world.story("4d") == "seconds passed 3d; vote open; open; next 5d");
    world.revise("4d", "text-3");
    CHECK(world.story("5d") == "seconds passed 3d; vote restarted 4d; vote open; open; next 6d");
    CHECK(world.reopen("20d").story("23d") == "vote passed 22d; accepted");
}

TEST_CASE("the procedure gives the first stage its own keys") {
    World world = seconded();
    Procedure& procedure = world.people.project.decisions["*"];
    procedure.seconds.integer = 0;
    procedure.anew = stage("{lasts: 5d}");
    CHECK(world.story("6d") == "vote passed 5d; accepted");
}

// --- appeals
// -----------------------------------------------------------------------------------------------------------------------

static World appealable() {
    World world = team("{stage: vote, lasts: 2d, passes: [yes >= 1], on-failure: {quorum: lapse, else: reject}}");
    world.charter().appeals = Appeals{terms({"authors", "members"}), 2, *Duration::parse("1w")};
    world.proposal.authors = {"eve"};
    world.person("eve").person("fay");
    return world;
}

TEST_CASE("an outcome waits for appeals, and stands if there are too few") {
    World world = appealable();
    world.vote("ada", "yes", "1h");
    CHECK(world.story("3d") == "vote passed 2d; appeal open; open; next 9d");
    CHECK(world.appeal("bob", "3d").story("5d") == "vote passed 2d; appeal open; open; next 9d");
    CHECK(world.appeal("fay", "3d").story("9d") == "vote passed 2d; appeal passed 9d; accepted");  // fay may not
    CHECK(world.course("9d").concluded == world.after("9d"));
    CHECK(World(world).appeal("eve", "9d").story("9d") == "vote passed 2d; appeal passed 9d; accepted");
    world.appeal("eve", "4d");
    CHECK(world.story("5d") == "vote passed 2d; appeal failed else 4d; escalated was accepted");
}

TEST_CASE("rejections are appealed against like acceptances, lapses and escalations not") {
    World world = appealable();
    CHECK(world.story("9d") == "vote failed else 2d; appeal passed 9d; rejected");
    CHECK(world.appeal("bob", "3d").appeal("cy", "3d").story("9d") ==
          "vote failed else 2d; appeal failed else 3d; escalated was rejected");
    world.people.project.rules["rule"].stages[0].quorum = *Condition::parse("cast >= 1");
    CHECK(world.story("9d") == "vote failed quorum 2d; lapsed");
}

TEST_CASE("who may appeal, and when") {
    World world = appealable();
    const auto may = [&](const char* who, const char* when) {
        return bool(may_appeal(world.matter(), world.people, who, world.after(when)));
    };
    CHECK_FALSE(may("bob", "1d"));
    CHECK(may("bob", "2d"));
    CHECK(may("eve", "3d"));
    CHECK_FALSE(may("fay", "3d"));
    CHECK_FALSE(may("bob", "9d"));
    CHECK_FALSE(may_vote(world.matter(), world.people, "bob", world.after("3d")));
    world.charter().parent = "";
    CHECK_FALSE(may("bob", "3d"));
    CHECK(world.story("3d") == "vote failed else 2d; rejected");  // no group above, no appeal
}

TEST_CASE("a revision while it waits for appeals starts over") {
    World world = appealable();
    world.vote("ada", "yes", "1h").revise("4d", "text-2");
    CHECK(world.story("5d") == "vote passed 2d; appeal restarted 4d; vote open; open; next 6d");
}

TEST_CASE("a stage without a time that can be appealed against stands since it has held") {
    World world = appealable();
    world.rule({"{stage: vote, passes: [yes >= 1]}"});
    world.vote("ada", "yes", "1d").vote("ada", "no", "2d").vote("ada", "yes", "3d");
    CHECK(world.story("4d") == "vote passed 3d; appeal open; open; next 10d");
    CHECK(world.story("10d") == "vote passed 3d; appeal passed 10d; accepted");
}

// --- what is said beside the outcome
// --------------------------------------------------------------------------------------------

TEST_CASE("what would make a condition hold") {
    const struct {
        const char* condition;
        const char* lacking;
    } cases[] = {
        // four of seven: two yes, two no, one of them with an objection
        {"yes > no", "1 more yes"},
        {"yes >= 5", "3 more yes"},
        {"yes > 1/2 of cast", "1 more yes"},
        {"yes >= 2/3 of cast", "2 more yes"},
        {"yes >= 6", ""},
        {"no <= 1", "1 fewer no"},
        {"no = 0", "2 fewer no"},
        {"no < yes", "1 more yes"},
        {"cast >= 5", "1 more ballot"},
        {"cast >= 3/4 of eligible", "2 more ballots"},
        {"objections = 0", "1 objection to be resolved"},
        {"objectors < 1", "1 fewer objector"},
        {"eligible >= 9", ""},
        {"yes >= 2", ""},
    };
    for (const auto& each : cases) {
        CAPTURE(each.condition);
        World world;
        const std::string stage = "{stage: vote, lasts: 1w, passes: [" + std::string(each.condition) + "]}";
        world.seat("member", {"a", "b", "c", "d", "e", "f", "g"}).rule({stage.c_str()});
        world.vote("a", "yes", "1h")
            .vote("b", "yes", "1h")
            .vote("c", "no", "1h")
            .vote("d", "no", "1h")
            .object("d", "x", "1h");
        CHECK(world.course("1d").last().conditions.at(0).lacking == each.lacking);
    }
}

TEST_CASE("figures are exact text") {
    World world = team(
        "{stage: vote, lasts: 1w, quorum: cast >= 3/8 * sqrt(eligible), passes: [yes >= 1/2 of missing, yes > 2/3 * "
        "sqrt(missing)]}");
    world.vote("ada", "yes", "1h");
    const auto conditions = world.course("1d").last().conditions;
    CHECK(conditions[0].figures == ConditionFigures{"cast >= 3/8 * sqrt(eligible)", "1", "3/4", true});
    CHECK(conditions[1].figures == ConditionFigures{"yes >= 1/2 of missing", "1", "3/2", false});
    CHECK(conditions[2].figures == ConditionFigures{"yes > 2/3 * sqrt(missing)", "1", "2/3 * sqrt(3)", false});
}

TEST_CASE("what can happen next by time alone") {
    World world = team("{stage: talk, lasts: {at-least: 2d, at-most: 1w}, passes: [yes >= 1]}");
    CHECK(world.course("1d").next->event == "talk ends");
    world.vote("ada", "yes", "1h");
    CHECK(world.course("1d").next->event == "talk may pass");
    World held = team("{stage: vote, early: passing for 1d, lasts: 1w, passes: [yes >= 1]}");
    CHECK(held.vote("ada", "yes", "1h").course("2h").next->event == "vote passes");
    CHECK(appealable().course("3d").next->event == "appeal ends");
    CHECK(seconded().course("1d").next->event == "seconds lapse");
}

// --- who may act
// ----------------------------------------------------------------------------------------------------------------

TEST_CASE("who may vote and object, in this stage and for a later one") {
    World world;
    world.seat("lead", {"ada"}).seat("member", {"bob"}).seat("chair", {"cy"}).person("eve");
    world.rule(
        {"{stage: one, by: [role lead], lasts: 1d, passes: [], objection: {by: [role chair]}, on-failure: other}",
         "{stage: two, by: [role member], lasts: 1d, passes: []}"});
    world.named_rule("other", {"{stage: three, by: [person eve], lasts: 1d, passes: []}"});
    const auto vote = [&](const char* who, const char* when) {
        return may_vote(world.matter(), world.people, who, world.after(when));
    };
    const auto object = [&](const char* who, const char* when) {
        return may_object(world.matter(), world.people, who, world.after(when));
    };
    CHECK(vote("ada", "1h"));
    CHECK(vote("@Bob", "1h"));
    CHECK(vote("eve", "1h"));
    CHECK_FALSE(vote("cy", "1h"));
    CHECK(vote("cy", "1h").error().kind == ErrorKind::refused);
    CHECK(vote("cy", "1h").error().message == "cy may not vote in stage \"one\" or a later one");
    CHECK(vote("cy", "1h").error().hints == std::vector<std::string>{"who may: role lead of team"});
    CHECK_FALSE(vote("nobody", "1h"));
    CHECK(object("cy", "1h"));
    CHECK_FALSE(object("ada", "1h"));
    CHECK(object("ada", "1h").error().hints == std::vector<std::string>{"who may: role chair of team"});
    CHECK(object("bob", "1h"));

    CHECK_FALSE(vote("ada", "1d"));
    CHECK(vote("bob", "1d"));
    CHECK_FALSE(vote("bob", "2d"));
    CHECK(vote("bob", "2d").error().hints == std::vector<std::string>{"only `govctl decide rfc-0001` is allowed now"});

    world.rule({"{stage: one, by: [role lead], lasts: 1d, passes: []}",
                "{stage: two, by: [role member], ballots: fresh, lasts: 1d, passes: []}"});
    CHECK_FALSE(vote("bob", "1h"));
    CHECK(vote("bob", "1d"));
}

TEST_CASE("the recused may not vote, and are told why") {
    World world = team("{stage: vote, lasts: 1d, passes: []}");
    world.recuse("ada", "1h");
    CHECK(may_vote(world.matter(), world.people, "ada", world.after("1h -1s")));
    CHECK(may_vote(world.matter(), world.people, "ada", world.after("2h")).error().message ==
          "ada is recused from rfc-0001: declared");
}

TEST_CASE("nothing is asked of what is not open") {
    World world = team("{stage: vote, lasts: 1d, passes: []}");
    world.proposal.status = Status::withdrawn;
    CHECK(may_vote(world.matter(), world.people, "ada", world.after("1h")).error().message ==
          "rfc-0001 is withdrawn already");
    world.proposal.status = Status::draft;
    CHECK_FALSE(may_object(world.matter(), world.people, "ada", world.after("1h")));
}

TEST_CASE("who may escalate a deadlock") {
    World world = team("{stage: notice, lasts: 72h, passes: [objections = 0], on-failure: deadlock}");
    world.person("eve").object("ada", "x", "1d");
    const auto may = [&](const char* who, const char* when) {
        return bool(may_escalate(world.matter(), world.people, who, world.after(when)));
    };
    CHECK_FALSE(may("bob", "2d"));
    CHECK(may("bob", "3d"));
    CHECK_FALSE(may("eve", "3d"));
    world.charter().parent = "";
    CHECK_FALSE(may("bob", "3d"));
}

TEST_CASE("whether a ballot counts now") {
    World world = team("{stage: vote, lasts: 9d, passes: []}");
    world.vote("ada", "yes", "1h").object("bob", "x", "1h");
    const auto is = [&](std::size_t i, const char* when) {
        return freshness(world.proposal, world.ballots[i], world.after(when));
    };
    CHECK(is(0, "2h") == Freshness::counts);
    CHECK(is(1, "2h") == Freshness::no_vote);
    world.revise("1d", "text-2");
    CHECK(is(0, "1d -1s") == Freshness::counts);
    CHECK(is(0, "1d") == Freshness::stale_text);
    world.reopen("2d");
    CHECK(is(0, "3d") == Freshness::other_round);
}

TEST_CASE("what cannot be judged is an error") {
    World world = team("{stage: vote, lasts: 9d, passes: []}");
    World draft = world;
    draft.proposal.opened.reset();
    CHECK_FALSE(course(draft.matter(), draft.people, draft.after("1d")));
    CHECK_FALSE(course(world.matter(), world.people, world.after("0h -1s")));
    World nowhere = team("{stage: vote, lasts: 1d, passes: [yes >= 1], on-failure: nowhere}");
    CHECK_FALSE(course(nowhere.matter(), nowhere.people, nowhere.after("1d")));
    World unknown = world;
    unknown.proposal.rule->name = "gone";
    CHECK_FALSE(course(unknown.matter(), unknown.people, unknown.after("1d")));
    const World ranked = team("{stage: a, ballot: ranked, lasts: 9d}");
    CHECK(course(ranked.matter(), ranked.people, ranked.after("1d")).error().kind == ErrorKind::invalid);
}
