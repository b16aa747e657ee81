#include "govctl/rules/course.hpp"

#include <algorithm>
#include <utility>

#include "property/dice.hpp"
#include "support/catch.hpp"
#include "support/world.hpp"

using namespace govctl;
using namespace govctl::model;
using namespace govctl::testing;

namespace {

const std::vector<std::string> handles = {"ada", "bob", "cy", "dan", "eve", "fay"};

std::string moment(Dice& dice) {
    return std::to_string(dice.between(1, 30 * 24)) + "h";
}

std::string random_stage(Dice& dice, int index) {
    const auto pick = [&](std::vector<std::string> options) { return dice.of(options); };
    std::string text = "{stage: s" + std::to_string(index);
    text += pick({"", ", by: [role lead]", ", by: [role lead, role member]"});
    text += pick({"", ", as-of: stage", ", as-of: decision"});
    text += pick({", lasts: 3d", ", lasts: {at-least: 2d, at-most: 6d}", ", lasts: {at-most: 5d}", ", lasts: 5bd"});
    text += pick({"", "", ", early: certain", ", early: all-voted", ", early: passing", ", early: passing for 1d",
                  ", early: unanimous"});
    text += pick({"", "", ", ballots: fresh"});
    text += pick({"", ", quorum: cast >= 2", ", quorum: cast >= 1/2 of eligible"});
    text += pick({", passes: []", ", passes: [yes > no]", ", passes: [objections = 0]",
                  ", passes: [yes >= 2, objections = 0]", ", passes: [yes > 1/2 of eligible]"});
    text += pick({"", ", objection: {effect: block}", ", objection: {effect: restart}", ", objection: {effect: veto}",
                  ", objection: {effect: restart, from: s0}"});
    text += pick({"", "", ", cap: 1", ", tie: lot", ", tie: passes", ", tie: revote", ", tie: casting-vote role lead"});
    text += pick({"", "", ", on-pass: accept"});
    text += pick({"", ", on-failure: next", ", on-failure: deadlock",
                  ", on-failure: {tie: escalate, quorum: lapse, else: next}"});
    return text + "}";
}

World random_world(Dice& dice) {
    World world;
    world.seat("member", {"ada", "bob", "cy", "dan"}).seat("lead", {"dan", "eve"});
    world.person("fay");
    for (const std::string& handle : handles)
        world.person(handle, "", dice.of(std::vector<std::string>{"acme", "zoo", "independent"}));
    world.people.rosters["team"].seats.push_back({"lead", "fay", world.after(moment(dice)), {}, "", ""});
    world.people.rosters["team"].seats[0].until = world.after(moment(dice));
    Rule& rule = world.people.project.rules["rule"];
    rule.name = "rule";
    for (int i = 0, stages = dice.between(1, 3); i < stages; ++i) rule.stages.push_back(stage(random_stage(dice, i)));
    if (dice.one_in(4)) world.charter().appeals = Appeals{terms({"members"}), 1, *Duration::parse("4d")};
    if (dice.one_in(4)) world.charter().recusal.at_most = Rational(1, 3);
    for (int i = dice.between(0, 20); i > 0; --i) {
        const std::string& who = dice.of(handles);
        switch (dice.below(10)) {
            case 0:
                world.object(who, "x" + std::to_string(i), moment(dice));
                break;
            case 1: {
                const int raised = dice.between(1, 30 * 24);
                world.object(who, "y" + std::to_string(i), std::to_string(raised) + "h");
                world.resolve(who, "y" + std::to_string(i), std::to_string(raised + dice.between(0, 200)) + "h");
                break;
            }
            case 2:
                if (dice.one_in(3)) world.recuse(who, moment(dice));
                break;
            case 3:
                world.appeal(who, moment(dice));
                break;
            default:
                world.vote(who, dice.of(std::vector<std::string>{"yes", "yes", "no", "abstain"}), moment(dice));
        }
    }
    // As `vote` would have written them: the latest word in front, what was said before in order.
    for (Ballot& ballot : world.ballots) {
        std::vector<Position> all = ballot.earlier;
        all.push_back(ballot.now);
        std::stable_sort(all.begin(), all.end(), [](const Position& a, const Position& b) { return a.cast < b.cast; });
        ballot.now = all.back();
        all.pop_back();
        ballot.earlier = all;
    }
    if (dice.one_in(4)) {
        const std::string when = moment(dice);
        world.revise(when, "text-2");
        for (Ballot& ballot : world.ballots)
            if (ballot.now.cast >= world.after(when)) ballot.now.text = "text-2";
    }
    return world;
}

std::string told(const rules::Run& run) {
    std::string text = run.stage + " " + run.from.str() + " " + (run.to ? run.to->str() : "-") + " " +
                       std::string(run_state_word(run.state));
    if (run.cause) text += " " + std::string(cause_word(*run.cause));
    for (const rules::Standing& each : run.conditions)
        text += "; " + each.figures.is + " " + each.figures.left + " " + each.figures.right +
                (each.figures.met ? " met " : " unmet ") + each.lacking;
    for (const auto& list : {run.eligible, run.may_object, run.missing})
        for (const std::string& handle : list) text += " " + handle;
    return text;
}

/// Everything that a course says, a line each.
std::vector<std::string> told(const rules::Course& course) {
    std::vector<std::string> lines;
    for (const rules::Run& run : course.runs) lines.push_back(told(run));
    lines.push_back(std::string(course.outcome ? outcome_word(*course.outcome) : "open") +
                    (course.deadlocked ? " deadlocked" : "") + (course.next ? " next " + course.next->at.str() : ""));
    return lines;
}

std::string rules_of(const World& world) {
    std::string text;
    for (const Stage& stage : world.people.project.rules.at("rule").stages) {
        text += stage.name;
        for (const std::string& key : stage.given) text += " " + key;
        for (const Condition& condition : stage.passes) text += "; " + condition.str();
        text += " | ";
    }
    return text;
}

/// Leaves out the revisions that nobody could have made: once a matter is over its text stays, but for one that was
/// accepted and is stuck, because what it would put in force has moved.
void keep_lawful_revisions(World& world, bool is_stuck) {
    const std::vector<HistoryEntry> all = std::exchange(world.proposal.history, {});
    for (const HistoryEntry& entry : all) {
        if (entry.act == "revised") {
            const rules::Course course = rules::course(world.matter(), world.people, entry.at).value();
            const Outcome stands = course.was.value_or(course.outcome.value_or(Outcome::accepted));
            if (course.outcome && !course.upon_decision && !(is_stuck && stands == Outcome::accepted)) continue;
        }
        world.proposal.history.push_back(entry);
    }
}

}  // namespace

TEST_CASE("the order of the ballots does not matter") {
    Dice dice(2);
    for (int i = 0; i < 3000; ++i) {
        World world = random_world(dice);
        const std::string when = moment(dice);
        const std::vector<std::string> before = told(world.course(when));
        dice.shuffle(world.ballots);
        REQUIRE(told(world.course(when)) == before);
    }
}

TEST_CASE("what is over stays as it was, whenever it is asked about") {
    Dice dice(3);
    int begun_anew = 0;
    for (int i = 0; i < 3000; ++i) {
        World world = random_world(dice);
        const bool is_stuck = dice.one_in(4);
        keep_lawful_revisions(world, is_stuck);
        const int early = dice.between(1, 30 * 24);
        const rules::Course then = world.course(std::to_string(early) + "h");
        const rules::Course now = world.course(std::to_string(early + dice.below(30 * 24)) + "h");
        INFO(rules_of(world));
        for (std::size_t run = 0; run < then.runs.size() && then.runs[run].to; ++run) {
            REQUIRE(run < now.runs.size());
            CHECK(told(now.runs[run]) == told(then.runs[run]));
        }
        if (!then.outcome) continue;
        if (is_stuck && now.runs.size() > then.runs.size()) {
            CHECK(then.was.value_or(*then.outcome) == Outcome::accepted);
            ++begun_anew;
            continue;
        }
        CHECK(now.outcome == then.outcome);
        CHECK(now.concluded == then.concluded);
    }
    CHECK(begun_anew > 0);
}

TEST_CASE("how a matter stands does not depend on what is said later") {
    Dice dice(4);
    for (int i = 0; i < 2000; ++i) {
        World world = random_world(dice);
        world.proposal.history.resize(1);
        const int hours = dice.between(1, 30 * 24);
        const rules::Course full = world.course(std::to_string(hours) + "h");
        // Everybody's file as it was then.
        const Instant now = world.after(std::to_string(hours) + "h");
        for (Ballot& ballot : world.ballots) {
            std::vector<Position> said = ballot.earlier;
            said.push_back(ballot.now);
            std::erase_if(said, [&](const Position& each) { return each.cast > now; });
            ballot.earlier.clear();
            ballot.now.vote.reset();
            if (!said.empty()) {
                ballot.now = said.back();
                said.pop_back();
                ballot.earlier = said;
            }
            std::erase_if(ballot.objections, [&](const Objection& each) { return each.raised > now; });
            for (Objection& each : ballot.objections)
                if (each.resolved && *each.resolved > now) each.resolved.reset();
            if (ballot.recused && ballot.recused->at > now) ballot.recused.reset();
            if (ballot.appeal && *ballot.appeal > now) ballot.appeal.reset();
        }
        const rules::Course then = world.course(std::to_string(hours) + "h");
        INFO(rules_of(world));
        REQUIRE(told(then) == told(full));
    }
}

TEST_CASE("one more yes never loses a vote in which yes only helps") {
    static const std::vector<std::string> passes = {
        "yes > no",     "yes >= 2",          "yes >= 2/3 of decisive", "yes > 1/2 of cast", "yes >= 1/2 of eligible",
        "no < yes",     "objections = 0",    "yes >= sqrt(cast)",      "no <= 1/3 of cast", "cast >= 3",
        "missing <= 3", "organizations >= 2"};
    static const std::vector<std::string> ties = {"fails", "passes", "casting-vote role lead"};
    Dice dice(5);
    int won = 0;
    for (int i = 0; i < 4000; ++i) {
        World world;
        world.seat("member", {"ada", "bob", "cy", "dan", "eve", "fay"}).seat("lead", {"fay"});
        const std::string text = "{stage: vote, lasts: 3d, tie: " + dice.of(ties) +
                                 ", quorum: cast >= 1/2 of eligible, passes: [" + dice.of(passes) + ", " +
                                 dice.of(passes) + "]}";
        world.rule({text.c_str()});
        for (const std::string& handle : handles) {
            world.person(handle, "", dice.of(std::vector<std::string>{"acme", "zoo"}));
            if (handle != "ada" && !dice.one_in(3))
                world.vote(handle, dice.of(std::vector<std::string>{"yes", "no", "abstain"}), "1d");
        }
        const bool before = world.course("4d").outcome == Outcome::accepted;
        world.vote("ada", "yes", "2d");
        INFO(text);
        if (before) CHECK(world.course("4d").outcome == Outcome::accepted);
        won += before;
    }
    CHECK(won > 200);
}
