#include "support/catch.hpp"
#include "support/world.hpp"

/// The rules that man 7 govctl-rules begins with, each run as its constitution would.

using namespace govctl;
using namespace govctl::model;
using namespace govctl::testing;

TEST_CASE("lazy consensus: silence is consent") {
    World world;
    world.seat("member", {"ada", "bob"});
    world.rule({"{stage: notice, lasts: 72h, passes: [objections = 0], on-failure: deadlock}"});
    CHECK(world.story("2d") == "notice open; open; next 3d");
    CHECK(world.story("3d") == "notice passed 3d; accepted");
    world.object("bob", "cost", "1d");
    CHECK(world.story("9d") == "notice stopped; deadlock");
    CHECK(world.resolve("bob", "cost", "10d").story("11d") == "notice passed 10d; accepted");
}

TEST_CASE("consensus, with a vote where it cannot be reached") {
    World world;
    world.seat("member", {"ada", "bob", "cy", "dan"});
    world.rule(
        {"{stage: discussion, lasts: {at-least: 5bd, at-most: 4w}, passes: [yes >= 2, objections = 0], on-pass: "
         "accept, "
         "on-failure: next}",
         "{stage: vote, lasts: 1w, quorum: cast >= 1/2 of eligible, passes: [yes > no]}"});
    world.vote("ada", "yes", "1d").vote("bob", "yes", "2d");
    CHECK(world.story("6d") == "discussion open; open; next 7d");
    CHECK(world.story("7d") == "discussion passed 7d; accepted");
    world.object("cy", "cost", "3d");
    CHECK(world.story("20d") == "discussion open; open; next 28d");
    CHECK(World(world).resolve("cy", "cost", "20d").story("21d") == "discussion passed 20d; accepted");
    CHECK(world.story("35d") == "discussion failed objection 28d; vote passed 35d; accepted");
    world.vote("cy", "no", "29d").vote("dan", "no", "30d");
    CHECK(world.story("35d") == "discussion failed objection 28d; vote failed tie 35d; rejected");
}

TEST_CASE("sig-technical: silence, or leads who disagree, go up") {
    World world;
    world.seat("member", {"ada", "bob", "cy"}).seat("tech-lead", {"dan", "eve"});
    world.rule(
        {"{stage: consensus, lasts: {at-least: 5bd, at-most: 4w}, passes: [yes >= 2, objections = 0], on-pass: accept, "
         "on-failure: next}",
         "{stage: lead, by: [role tech-lead], ballots: fresh, lasts: {at-most: 1w}, early: certain, quorum: cast > 1/2 "
         "of "
         "eligible, passes: [yes > 1/2 of eligible], on-failure: {quorum: escalate, tie: escalate, else: reject}}"});
    const std::string consensus = "consensus failed else 28d; ";
    CHECK(world.story("40d") == consensus + "lead failed quorum 35d; escalated");
    CHECK(World(world).vote("dan", "yes", "29d").vote("eve", "no", "30d").story("40d") ==
          consensus + "lead failed tie 30d; escalated");
    CHECK(World(world).vote("dan", "yes", "29d").vote("eve", "yes", "30d").story("40d") ==
          consensus + "lead passed 30d; accepted");
    // One no and silence: whether it is a quorum, a tie or neither is open until the end.
    CHECK(World(world).vote("dan", "no", "29d").story("34d") == consensus + "lead open; open; next 35d");
    CHECK(World(world).vote("dan", "no", "29d").story("40d") == consensus + "lead failed quorum 35d; escalated");
    CHECK(World(world).vote("dan", "no", "29d").vote("eve", "abstain", "30d").story("40d") ==
          consensus + "lead failed else 30d; rejected");
    CHECK(World(world).vote("dan", "yes", "27d").story("40d") == consensus + "lead failed quorum 35d; escalated");
}

TEST_CASE("affirmed: challenged, the community votes; if it cannot, the body's word stands") {
    World world;
    world.charter().roles = {{.name = "member", .seats = {3, false}}};
    world.seat("member", {"ada", "bob", "cy"});
    for (int i = 0; i < 20; ++i) world.person("m" + std::to_string(i), "member");
    world.rule(
        {"{stage: body, lasts: {at-most: 4w}, early: certain, passes: [yes >= 2/3 of seats]}",
         "{stage: affirmation, by: [level member], lasts: 2w, ballots: fresh, passes: [objectors < 5], on-pass: "
         "accept, "
         "on-failure: next}",
         "{stage: community, by: [level member], lasts: 2w, ballots: fresh, quorum: cast >= 1/10 of eligible, passes: "
         "[yes > no], on-failure: {quorum: affirm body, tie: affirm body, else: reject}}"});
    CHECK(World(world).vote("ada", "no", "1d").vote("bob", "no", "1d").story("2d") == "body failed else 1d; rejected");
    world.vote("ada", "yes", "1d").vote("bob", "yes", "2d");
    CHECK(world.story("16d") == "body passed 2d; affirmation passed 16d; accepted");
    for (int i = 0; i < 4; ++i) world.object("m" + std::to_string(i), "x", "3d");
    CHECK(world.story("16d") == "body passed 2d; affirmation passed 16d; accepted");
    world.object("m4", "x", "3d");
    const std::string challenged = "body passed 2d; affirmation failed objection 16d; ";
    CHECK(world.story("30d") == challenged + "community failed quorum 30d; affirmed was accepted");
    world.vote("m0", "no", "20d");
    CHECK(world.story("30d") == challenged + "community failed quorum 30d; affirmed was accepted");
    world.vote("m1", "yes", "20d");
    CHECK(world.story("30d") == challenged + "community failed tie 30d; affirmed was accepted");
    CHECK(World(world).vote("m2", "no", "20d").story("30d") == challenged + "community failed else 30d; rejected");
    CHECK(World(world).vote("m2", "yes", "20d").story("30d") == challenged + "community passed 30d; accepted");
}

TEST_CASE("fcp: all but two, a majority, no concern; then ten days, and a new concern starts over") {
    World world;
    world.seat("member", {"ada", "bob", "cy", "dan", "eve", "fay"});
    world.rule(
        {"{stage: review, lasts: {at-most: 26w}, passes: [yes >= eligible - 2, yes > 1/2 of eligible, objections = 0], "
         "on-failure: lapse}",
         "{stage: final-comment, lasts: 10d, passes: [objections = 0, yes > no], objection: {effect: restart, from: "
         "review}}"});
    world.vote("ada", "yes", "1d").vote("bob", "yes", "2d").vote("cy", "yes", "3d").object("dan", "upgrade", "3d");
    CHECK(world.story("180d") == "review open; open; next 182d");
    CHECK(world.story("182d") == "review failed objection 182d; lapsed");
    world.vote("dan", "yes", "4d");
    CHECK(world.story("5d") == "review open; open; next 182d");
    world.resolve("dan", "upgrade", "6d");
    CHECK(world.story("7d") == "review passed 6d; final-comment open; open; next 16d");
    CHECK(World(world).story("16d") == "review passed 6d; final-comment passed 16d; accepted");
    world.object("eve", "docs", "15d");
    CHECK(world.story("20d") == "review passed 6d; final-comment stopped; deadlock");
    world.resolve("eve", "docs", "21d");
    CHECK(world.story("31d") ==
          "review passed 6d; final-comment restarted 21d; review passed 21d; final-comment passed 31d; accepted");
}

TEST_CASE("steering-routine: half of the seats rounded up, vacancies count") {
    World world;
    world.charter().roles = {{.name = "member", .seats = {7, false}}};
    world.seat("member", {"ada", "bob", "cy", "dan", "eve"});
    world.rule({"{stage: vote, lasts: {at-most: 2w}, passes: [yes >= ceil(1/2 of seats)]}"});
    world.vote("ada", "yes", "1d").vote("bob", "yes", "1d").vote("cy", "yes", "1d");
    CHECK(world.story("14d") == "vote failed else 14d; rejected");
    CHECK(world.vote("dan", "yes", "2d").story("14d") == "vote passed 2d; accepted");
}

TEST_CASE("lead-change: lazy consensus of the other leads, falling back to a majority") {
    World world;
    world.seat("chair", {"ada", "eve"}).seat("tech-lead", {"bob", "cy"});
    world.rule(
        {"{stage: notice, by: [role chair, role tech-lead], lasts: 1w, passes: [objections = 0], on-pass: accept, "
         "on-failure: "
         "next}",
         "{stage: vote, by: [role chair, role tech-lead], lasts: {at-most: 2w}, early: certain, passes: [yes > 1/2 of "
         "eligible], on-failure: escalate}"});
    world.kind = "removal";
    world.proposal.subject = {"person/eve"};
    CHECK(world.story("7d") == "notice passed 7d; accepted");
    world.object("bob", "unfair", "1d");
    world.vote("bob", "no", "8d").vote("cy", "yes", "8d");
    CHECK(world.story("9d") == "notice failed objection 7d; vote open; open; next 21d");
    CHECK(World(world).vote("ada", "yes", "9d").story("9d") == "notice failed objection 7d; vote passed 9d; accepted");
    CHECK(World(world).vote("ada", "no", "9d").story("9d") ==
          "notice failed objection 7d; vote failed else 9d; escalated");
    CHECK(world.story("21d") == "notice failed objection 7d; vote failed tie 21d; escalated");
}

TEST_CASE("apache-code: three binding +1 and no veto, which stands until it is withdrawn") {
    World world;
    world.seat("committer", {"ada", "bob", "cy", "dan"}).person("eve");
    world.rule(
        {"{stage: vote, by: [role committer], lasts: {at-least: 72h, at-most: 2w}, passes: [yes >= 3], objection: "
         "{effect: "
         "block, needs: reason}, on-failure: lapse}"});
    world.vote("ada", "yes", "1h").vote("bob", "yes", "1h").vote("eve", "yes", "1h");
    CHECK(world.story("14d") == "vote failed else 14d; lapsed");
    world.vote("cy", "yes", "2h");
    CHECK(world.story("14d") == "vote passed 3d; accepted");
    CHECK(World(world).object("dan", "-1", "3h", "").story("14d") == "vote passed 3d; accepted");
    world.object("dan", "-1", "3h", "it breaks the build");
    CHECK(world.story("14d") == "vote failed objection 14d; lapsed");
    CHECK(world.resolve("dan", "-1", "9d").story("14d") == "vote passed 9d; accepted");
}

TEST_CASE("general-resolution: quorum and majority over the default option, then Schwartz, then the leader") {
    World world;
    world.person("ada", "developer").person("bob", "developer").person("cy", "developer").person("dan", "developer");
    world.person("eve", "developer").person("fay", "developer").person("gus", "developer").person("hal", "developer");
    world.people.project.ladder.push_back({"developer", {}});
    world.people.charters["debian"].id = "debian";
    world.seat_in("debian", "leader", {"hal"});
    world.option("a").option("b", "foundation-document").option("c");
    world.rule({"{stage: discussion, by: [level developer], lasts: 2w, passes: []}",
                "{stage: vote, by: [level developer], ballot: ranked, options: {default: further discussion, ratio: "
                "{default: 1, foundation-document: 3}}, unranked: last, quorum: above-default >= 3/2 * sqrt(eligible), "
                "method: schulze-dropping, lasts: 2w, tie: casting-vote role leader of debian}"});
    CHECK(world.story("3w") == "discussion passed 14d; vote open; open; next 28d");
    CHECK(world.story("4w") == "discussion passed 14d; vote failed else 28d; rejected");

    // Eight developers: 3/2 * sqrt(8) is above 4, so four are too few for c. b needs three times as many as are
    // against.
    world.rank("ada", "b > a > further-discussion > c", "15d").rank("bob", "b > a > further-discussion", "16d");
    world.rank("cy", "b > c > a > further-discussion", "16d").rank("dan", "b > c > further-discussion > a", "16d");
    world.rank("eve", "a > further-discussion > b", "16d").rank("fay", "c > a > further-discussion > b", "17d");
    world.rank("hal", "b > c > further-discussion > a", "17d");
    world.vote("gus", "yes", "16d");  // no ranking: says nothing here
    const rules::Course course = world.course("4w");
    REQUIRE(course.outcome == Outcome::accepted);
    CHECK(course.option == "a");
    REQUIRE(course.last().options);
    const OptionTally& tally = *course.last().options;
    CHECK(tally.counted == 7);
    CHECK(tally.winner == "a");
    CHECK(tally.dropped == std::vector<DroppedOption>{{"b", "ratio", 5, 2}, {"c", "quorum", 4, 3}});
    CHECK(tally.pairs.at("b").at("further-discussion") == 5);

    // One more for b, and fay gives in: seven to one are more than three times as many.
    world.rank("gus", "b > a > further-discussion", "18d").rank("fay", "b > a > further-discussion", "19d");
    CHECK(world.course("4w").option == "b");
    CHECK(world.course("4w").last().options->dropped == std::vector<DroppedOption>{{"c", "quorum", 3, 5}});
}

TEST_CASE("a tie between options: a casting vote, a lot, a second vote") {
    const auto tied = [](const std::string& tie) {
        World world;
        world.seat("member", {"ada", "bob", "cy", "dan"}).seat("lead", {"eve"}).option("a").option("b").option("c");
        const std::string stage =
            "{stage: vote, by: [role member], ballot: ranked, method: schulze, unranked: last, "
            "options: {default: nothing}, lasts: 2d, tie: " +
            tie + "}";
        world.rule({stage.c_str()});
        world.rank("ada", "a > b > nothing", "1h").rank("bob", "a > b > nothing", "1h");
        world.rank("cy", "b > a > nothing", "1h").rank("dan", "b > a > nothing", "1h");
        return world;
    };
    CHECK(tied("fails").story("2d") == "vote failed tie 2d; rejected");
    CHECK(tied("fails").course("2d").last().options->tied == std::vector<std::string>{"a", "b"});
    World cast = tied("casting-vote role lead");
    CHECK(cast.story("2d") == "vote failed tie 2d; rejected");
    CHECK(cast.rank("eve", "c > a = b > nothing", "2h").story("2d") == "vote failed tie 2d; rejected");
    CHECK(cast.course("2d").last().settled.empty());
    CHECK(cast.rank("eve", "c > b > a", "3h").course("2d").option == "b");
    CHECK(cast.course("2d").last().settled == std::vector<model::Settled>{{"eve", "c > b > a"}});
    CHECK(tied("lot").story("2d") == "vote passed 2d; accepted");
    CHECK(tied("lot").course("2d").last().settled ==
          std::vector<model::Settled>{{"", tied("lot").course("2d").option}});
    CHECK(tied("lot").course("2d").option == tied("lot").course("3d").option);
    World anew = tied("revote");
    CHECK(anew.story("4d") == "vote failed tie 2d; vote failed else 4d; rejected");
    CHECK(World(anew).rank("ada", "b > nothing", "3d").story("4d") == "vote failed tie 2d; vote passed 4d; accepted");
}

TEST_CASE("options by approval and by score; the default option wins nothing") {
    World approval;
    approval.seat("member", {"ada", "bob", "cy"}).option("a").option("b");
    approval.rule(
        {"{stage: vote, ballot: approval, options: {default: none of them}, early: all-voted, quorum: cast >= 2, "
         "lasts: 2d, on-failure: {quorum: lapse, tie: escalate, else: reject}}"});
    CHECK(approval.story("2d") == "vote failed quorum 2d; lapsed");
    approval.approve("ada", {"a", "b"}, "1h").approve("bob", {"b"}, "2h");
    CHECK(approval.course("2d").option == "b");
    CHECK(approval.course("2d").last().options->totals.at("b") == "2");
    CHECK(World(approval).approve("cy", {"a"}, "3h").story("1d") == "vote failed tie 3h; escalated");
    approval.approve("ada", {"none-of-them"}, "4h").approve("bob", {"none-of-them"}, "4h");
    CHECK(approval.approve("cy", {"a"}, "5h").story("1d") == "vote failed else 5h; rejected");

    World score;
    score.seat("member", {"ada", "bob"}).option("a").option("b");
    score.rule({"{stage: vote, ballot: score, method: score, unranked: zero, lasts: 2d}"});
    score.score("ada", {{"a", 5}, {"b", 3}}, "1h").score("bob", {{"b", 3}}, "1h");
    CHECK(score.course("2d").option == "b");
    CHECK(score.course("2d").last().options->totals.at("a") == "5");
}

TEST_CASE("what a ranking leaves out changes who wins") {
    const auto voted = [](const std::string& unranked) {
        World world;
        world.seat("member", {"ada", "bob", "cy", "dan", "eve"}).option("a").option("b");
        const std::string stage = "{stage: vote, ballot: ranked, method: schulze, lasts: 2d, " + unranked + "}";
        world.rule({stage.c_str()});
        for (const char* each : {"ada", "dan", "eve"}) world.rank(each, "a", "1h");
        return world.rank("bob", "b > a", "1h").rank("cy", "b > a", "1h").course("2d");
    };
    CHECK(voted("unranked: last").option == "a");
    CHECK(voted("unranked: no-opinion").option == "b");
    CHECK(voted("unranked: invalid").option == "b");
    CHECK(voted("unranked: invalid").last().options->counted == 2);
}

TEST_CASE("two groups must both pass a stage, each by its own people") {
    World world;
    world.seat("member", {"ada", "bob", "cy"}).seat_in("council", "member", {"dan", "eve", "ada"});
    world.rule(
        {"{stage: vote, and: [council], lasts: 2d, early: certain, quorum: cast >= 2, passes: [yes > 1/2 of "
         "eligible], on-failure: {quorum: lapse, else: reject}}"});
    world.vote("ada", "yes", "1h").vote("bob", "yes", "1h");
    CHECK(world.story("2d") == "vote failed quorum 2d; lapsed");
    CHECK(world.course("1d").runs.front().conditions.size() == 4);
    CHECK(world.course("1d").runs.front().conditions[3].figures.group == "council");
    CHECK(world.course("1d").runs.front().tally.yes == 2);
    CHECK(world.course("1d").runs.front().missing == std::vector<std::string>{"cy", "dan", "eve"});
    CHECK_FALSE(rules::may_vote(world.matter(), world.people, "fay", world.after("2h")));
    CHECK(rules::may_vote(world.matter(), world.people, "dan", world.after("2h")));
    CHECK(World(world).vote("dan", "yes", "2h").story("1d") == "vote passed 2h; accepted");
    CHECK(World(world).vote("dan", "no", "2h").vote("eve", "no", "3h").story("1d") == "vote failed else 3h; rejected");
    // Where the deciding group may still fail for want of a quorum, that the other fails is not certain yet.
    World other = world;
    other.ballots.clear();
    other.vote("dan", "no", "2h").vote("eve", "no", "3h");
    CHECK(other.story("1d") == "vote open; open; next 2d");
    // The groups that the proposal names.
    world.rule({"{stage: vote, and: [with], lasts: 2d, passes: [yes >= 2]}"});
    CHECK(world.story("2d") == "vote passed 2d; accepted");
    world.proposal.with = {"council"};
    CHECK(world.story("2d") == "vote failed else 2d; rejected");
}

TEST_CASE("who may vote, and in which form") {
    World world;
    world.seat("member", {"ada", "bob"}).option("a").option("b");
    world.rule({"{stage: talk, lasts: 1d, passes: []}",
                "{stage: vote, ballot: ranked, method: irv, unranked: last, lasts: 2d}"});
    const auto may = [&](const char* when, BallotForm form) {
        return bool(rules::may_vote(world.matter(), world.people, "ada", world.after(when), form));
    };
    CHECK(may("1h", BallotForm::position));
    CHECK(may("1h", BallotForm::ranked));
    CHECK_FALSE(may("2d", BallotForm::position));
    CHECK(may("2d", BallotForm::ranked));
    CHECK_FALSE(may("2d", BallotForm::score));
}
