#include "govctl/app/may_follow.hpp"

#include "govctl/app/rename.hpp"

#include "support/catch.hpp"
#include "support/small_world.hpp"

using namespace govctl;
using govctl::testing::SmallWorld;

namespace {

const char* const t0 = "2026-01-05T00:00:00Z";
const char* const t1 = "2026-01-06T00:00:00Z";
const char* const t2 = "2026-01-08T00:00:00Z";
const char* const t3 = "2026-01-09T00:00:00Z";

SmallWorld::Make voting(const RecordId& id, model::Vote vote) {
    return [=](const auto& state, const auto& act) { return app::vote(state, act, id, vote, ""); };
}

SmallWorld::Make deciding(const RecordId& id) {
    return [=](const auto& state, const auto& act) -> Result<app::Change> {
        auto verdict = app::decide(state, act, id, std::string(40, 'e'));
        if (!verdict) return verdict.error();
        if (!verdict->change) return Error{ErrorKind::refused, "still open"};
        return *verdict->change;
    };
}

std::string told(const Result<app::Change>& change) {
    if (change) return "";
    std::string text = change.error().message;
    for (const std::string& hint : change.error().hints) text += "; " + hint;
    return text;
}

void must(const Result<app::Change>& change) {
    INFO(told(change));
    REQUIRE(change);
}

std::string rules_of(const Findings& findings) {
    std::string rules;
    for (const Finding& finding : findings) rules += (rules.empty() ? "" : " ") + finding.rule;
    return rules;
}

/// A world with one RFC that has been accepted by ada and bob.
struct Accepted : SmallWorld {
    RecordId id = opened_rfc("A thing", t0);
    Accepted() {
        must(act("ada", t1, voting(id, model::Vote::yes)));
        must(act("bob", t1, voting(id, model::Vote::yes)));
        must(act("cy", t3, deciding(id)));
    }
    std::string folder() const { return state().matters().at(id).folder(); }
};

}  // namespace

TEST_CASE("an RFC goes from draft to decision, each step allowed by the judge") {
    Accepted world;
    const auto& matter = world.state().matters().at(world.id);
    CHECK(matter.proposal().status == model::Status::accepted);
    CHECK(world.state().decision_records().size() == 1);
    const auto& decision = world.state().decision_records().begin()->second.value;
    CHECK(decision.id == "2026-01-09-rfc-0001");
    CHECK(decision.tally.yes == 2);
    CHECK(decision.because.size() == 1);
    CHECK(decision.because[0].to->str() == "2026-01-07T00:00:00Z");
}

TEST_CASE("what plain git would take and the judge refuses") {
    Accepted world;
    const RecordId open = world.opened_rfc("Another", t3);
    const std::string folder = world.state().matters().at(open).folder();
    must(world.act("ada", t3, voting(open, model::Vote::yes)));
    must(world.act("bob", t3,
                   [&](const auto& s, const auto& a) { return app::object(s, a, open, "cost", "too much"); }));
    const std::string decision = "decisions/2026-01-09-rfc-0001.yaml";
    const std::string ada_ballot = folder + "ballots/ada.yaml";
    const std::string bob_ballot = folder + "ballots/bob.yaml";

    struct Attack {
        const char* what;
        const char* who;
        FileChanges files;
        const char* rules;
    };
    auto renamed_ballot = [&](const std::string& from, const std::string& to) {
        std::string bytes = world.read(ada_ballot);
        const auto at = bytes.find("voter: " + from);
        REQUIRE(at != std::string::npos);
        return bytes.replace(at, 7 + from.size(), "voter: " + to);
    };
    const std::vector<Attack> attacks{
        {"a charter edited by hand", "ada", world.replaced("groups/sig-node/charter.yaml", "seats: 4", "seats: 1"),
         "GOV201"},
        {"a seat taken by hand", "dan", world.replaced("groups/steering/roster.yaml", "person: cy", "person: dan"),
         "GOV201"},
        {"govctl.yaml edited by hand", "ada", world.replaced("govctl.yaml", "yes >= 2", "yes >= 1"), "GOV201"},
        {"a charter removed", "ada", {{"groups/sig-docs/charter.yaml", std::nullopt}}, "GOV201"},
        {"owners of an area edited by hand", "bob", world.replaced("pkg/node/OWNERS", "- ada", "- bob"), "GOV201"},
        {"an alias that makes others owners of an area",
         "bob",
         {{"OWNERS_ALIASES", "aliases:\n  ada: [bob]\n"}},
         "GOV201"},
        {"a status flipped by hand", "ada", world.replaced(folder + "rfc.yaml", "status: open", "status: accepted"),
         "GOV202"},
        {"the text of an open matter edited",
         "ada",
         {{folder + "README.md", "# Another\n\nSomething else.\n"}},
         "GOV202"},
        {"an accepted text edited", "ada", {{world.folder() + "README.md", "else\n"}}, "GOV202"},
        {"a proposal removed", "ada", {{folder + "rfc.yaml", std::nullopt}}, "GOV202"},
        {"a ballot for somebody else", "ada", {{folder + "ballots/cy.yaml", renamed_ballot("ada", "cy")}}, "GOV203"},
        {"a ballot changed by somebody else", "bob", world.replaced(ada_ballot, "vote: yes", "vote: no"), "GOV203"},
        {"a ballot of one outside the electorate",
         "eve",
         {{folder + "ballots/eve.yaml", renamed_ballot("ada", "eve")}},
         "GOV205"},
        {"a vote rewritten in place", "ada", world.replaced(ada_ballot, "vote: yes", "vote: no"), "GOV204"},
        {"a ballot removed", "ada", {{ada_ballot, std::nullopt}}, "GOV204"},
        {"an objection reworded", "bob", world.replaced(bob_ballot, "too much", "fine"), "GOV204"},
        {"a decision edited", "ada", world.replaced(decision, "outcome: accepted", "outcome: rejected"), "GOV206"},
        {"a comment in a decision", "ada", {{decision, "# noted\n" + world.read(decision)}}, "GOV206"},
        {"a decision removed", "ada", {{decision, std::nullopt}}, "GOV206"},
        {"a decision made up",
         "ada",
         {{"decisions/2026-01-09-rfc-0002.yaml",
           [&] {
               std::string bytes = world.read(decision);
               for (auto at = bytes.find("rfc-0001"); at != std::string::npos; at = bytes.find("rfc-0001"))
                   bytes.replace(at, 8, "rfc-0002");
               return bytes;
           }()}},
         "GOV207"},
        {"a person's record edited by another", "ada",
         world.replaced("people/dan.yaml", "dan@example.org", "ada2@example.org"), "GOV210"},
        {"a person's record removed", "dan", {{"people/dan.yaml", std::nullopt}}, "GOV210"},
        {"a level taken",
         "zed",
         {{"people/zed.yaml", world.read("people/zed.yaml") + "ladder:\n  - {level: member, since: 2026-01-01}\n"}},
         "GOV211"},
        {"a person added by a stranger",
         "mallory",
         {{"people/new.yaml", "kind: person\nhandle: new\nname: New\nemails: [new@example.org]\n"}},
         "GOV210"},
    };
    for (const Attack& attack : attacks) {
        INFO(attack.what);
        const Findings findings = world.judge(attack.who, t3, attack.files);
        for (const Finding& finding : findings)
            UNSCOPED_INFO(finding.place.file << " " << finding.rule << " " << finding.message);
        CHECK(rules_of(findings) == attack.rules);
    }
}

TEST_CASE("what anybody may change") {
    Accepted world;
    struct Case {
        const char* what;
        const char* who;
        FileChanges files;
    };
    const std::vector<Case> cases{
        {"a file that is not governed", "mallory", {{"README.md", "changed\n"}, {"src/new.c", "int x;\n"}}},
        {"a comment in a charter",
         "mallory",
         {{"groups/sig-node/charter.yaml", "# a comment\n" + world.read("groups/sig-node/charter.yaml")}}},
        {"layout of an accepted RFC's record",
         "mallory",
         {{world.folder() + "rfc.yaml", world.read(world.folder() + "rfc.yaml") + "\n# end\n"}}},
        {"one's own record", "dan", world.replaced("people/dan.yaml", "name: dan", "name: Daniel")},
        {"a record for oneself",
         "new",
         {{"people/new.yaml", "kind: person\nhandle: new\nname: New\nemails: [new@example.org]\n"}}},
        {"a record for another, by steering",
         "ada",
         {{"people/new.yaml", "kind: person\nhandle: new\nname: New\nemails: [new@example.org]\n"}}},
        {"an organization", "zed", {{"organizations/acme.yaml", "kind: organization\nid: acme\nname: Acme\n"}}},
        {"an alias that no area names", "mallory", {{"OWNERS_ALIASES", "aliases:\n  web: [ada]\n"}}},
        {"owners outside every area", "mallory", {{"web/OWNERS", "approvers: [ada]\n"}}},
    };
    for (const Case& one : cases) {
        INFO(one.what);
        const Findings findings = world.judge(one.who, t3, one.files);
        for (const Finding& finding : findings)
            UNSCOPED_INFO(finding.place.file << " " << finding.rule << " " << finding.message);
        CHECK(findings.empty());
    }
}

TEST_CASE("a ballot after the close is refused, also when it is backdated past its commit") {
    Accepted world;
    must(world.act("ada", t3, [&](const auto& s, const auto& a) {
        return app::new_rfc(s, a, {"Other", "technical", "sig-node"});
    }));
    auto late = world.act("dan", t3, voting(world.id, model::Vote::no));
    CHECK_FALSE(late);
    CHECK(late.error().kind == ErrorKind::refused);

    const RecordId open = world.opened_rfc("Open one", t3);
    auto vote = app::vote(world.state(), {"dan", *Instant::parse("2026-01-20T00:00:00Z")}, open, model::Vote::no, "");
    REQUIRE(vote);
    CHECK(rules_of(world.judge("dan", t3, vote->files)) == "GOV213");
}

TEST_CASE("a decision puts its effects in force in its own commit, and nothing else may ride along") {
    SmallWorld world;
    const RecordId id = world.opened_rfc(
        "Conventions", t0,
        {{"c.md", "the convention\n"}, {"rfc.yaml", "effects:\n  - file: {path: pkg/node/c.md, from: c.md}\n"}});
    must(world.act("ada", t1, voting(id, model::Vote::yes)));
    must(world.act("bob", t1, voting(id, model::Vote::yes)));
    auto verdict = app::decide(world.state(), {"ada", *Instant::parse(t2)}, id, "");
    REQUIRE(verdict);
    REQUIRE(verdict->change);
    CHECK(verdict->change->files.at("pkg/node/c.md") == "the convention\n");
    CHECK(verdict->decision->enacted == std::vector<std::string>{"pkg/node/c.md"});
    CHECK(world.judge("ada", t2, verdict->change->files).empty());

    FileChanges greedy = verdict->change->files;
    greedy.merge(world.replaced("groups/sig-node/charter.yaml", "seats: 4", "seats: 1"));
    CHECK(rules_of(world.judge("ada", t2, greedy)) == "GOV201");
}

TEST_CASE("a revision makes positions stale and is judged like an opening") {
    SmallWorld world;
    const RecordId id = world.opened_rfc("A thing", t0);
    must(world.act("ada", t1, voting(id, model::Vote::yes)));
    must(world.act("bob", t1, voting(id, model::Vote::yes)));
    const std::string folder = world.state().matters().at(id).folder();
    auto edited = world.state().with({{folder + "README.md", "# A thing\n\nOtherwise.\n"}});
    REQUIRE(edited);
    auto revising = [&](const auto& state, const auto& act) { return app::revise(state, **edited, act, id); };
    auto stranger = world.act("bob", t1, revising);
    CHECK_FALSE(stranger);
    must(world.act("ada", t1, revising));
    auto verdict = app::decide(world.state(), {"ada", *Instant::parse(t3)}, id, "");
    REQUIRE(verdict);
    CHECK_FALSE(verdict->change);
    CHECK(verdict->course.last().tally.yes == 0);
}

TEST_CASE("withdrawn, postponed and reopened by the authors alone") {
    SmallWorld world;
    const RecordId id = world.opened_rfc("A thing", t0);
    using Verb = Result<app::Change> (*)(const app::State&, const app::Act&, const RecordId&);
    auto by = [&](Verb verb) { return [=](const auto& s, const auto& a) { return verb(s, a, id); }; };
    CHECK_FALSE(world.act("bob", t1, by(app::withdraw)));
    CHECK_FALSE(world.act("ada", t1, by(app::reopen)));
    must(world.act("ada", t1, by(app::postpone)));
    CHECK_FALSE(world.act("bob", t1, voting(id, model::Vote::yes)));
    must(world.act("ada", t2, by(app::reopen)));
    CHECK(world.state().matters().at(id).proposal().round == 2);
    must(world.act("bob", t2, voting(id, model::Vote::yes)));
    must(world.act("ada", t3, by(app::withdraw)));
    CHECK_FALSE(world.act("ada", t3, by(app::reopen)));
}

TEST_CASE("a matter that fails its quorum goes to the group above, in a new round") {
    SmallWorld world;
    const RecordId id = world.opened_rfc("A thing", t0);
    must(world.act("dan", "2026-02-01T00:00:00Z", deciding(id)));
    const auto& proposal = world.state().matters().at(id).proposal();
    CHECK(proposal.status == model::Status::open);
    CHECK(proposal.before == "steering");
    CHECK(proposal.round == 2);
    CHECK(proposal.rule->group == "steering");
    CHECK_FALSE(world.act("dan", "2026-02-02T00:00:00Z", voting(id, model::Vote::yes)));
    must(world.act("ada", "2026-02-02T00:00:00Z", voting(id, model::Vote::yes)));
    must(world.act("bob", "2026-02-02T00:00:00Z", voting(id, model::Vote::yes)));
    must(world.act("bob", "2026-02-05T00:00:00Z", deciding(id)));
    CHECK(world.state().matters().at(id).proposal().status == model::Status::accepted);
}

TEST_CASE("a deadlock is escalated by somebody eligible") {
    SmallWorld world;
    app::NewMotion request{"ownership", "Bob approves", "sig-node", {}, {}, "he does already"};
    model::Effect effect;
    effect.kind = model::Effect::Kind::ownership;
    effect.path = "pkg/node/";
    effect.add_approvers = {"bob"};
    request.effects = {effect};
    auto drafted = world.act("ada", t0, [&](const auto& s, const auto& a) { return app::new_motion(s, a, request); });
    must(drafted);
    const RecordId id = drafted->record;
    must(world.act("ada", t0, [&](const auto& s, const auto& a) { return app::open_proposal(s, a, id, {}); }));
    must(world.act("cy", t1, [&](const auto& s, const auto& a) { return app::object(s, a, id, "not yet", "wait"); }));
    auto escalating = [&](const auto& s, const auto& a) { return app::escalate(s, a, id, "stuck", ""); };
    CHECK_FALSE(world.act("dan", t1, escalating));
    CHECK_FALSE(world.act("eve", t3, escalating));
    SECTION("up to steering") {
        must(world.act("dan", t3, escalating));
        CHECK(world.state().matters().at(id).proposal().before == "steering");
    }
    SECTION("or it is resolved, and bob becomes an approver") {
        must(world.act("cy", t3, [&](const auto& s, const auto& a) { return app::resolve(s, a, id, ""); }));
        must(world.act("dan", t3, deciding(id)));
        CHECK(world.read("pkg/node/OWNERS") == "approvers:\n  - ada\n  - bob\nreviewers:\n  - bob\n");
    }
}

namespace {

SmallWorld::Make renaming(const std::string& from, const std::string& to,
                          const std::map<std::string, std::string>& accounts = {}) {
    return [=](const auto& state, const auto& act) { return app::rename_person(state, act, {from, to, accounts}); };
}

}  // namespace

TEST_CASE("a handle changes by its person or by who keeps the desk, and nothing else changes with it") {
    SmallWorld world;
    CHECK_FALSE(world.act("dan", t0, renaming("eve", "eva")));
    CHECK(told(world.act("eve", t0, renaming("eve", "dan"))).starts_with("there is a person dan already"));
    const auto change = app::rename_person(world.state(), {"bob", *Instant::parse(t0)}, {"bob", "robert", {}});
    REQUIRE(change);
    CHECK(world.judge("bob", t0, change->files).empty());
    CHECK(world.judge("ada", t0, change->files).empty());
    CHECK(rules_of(world.judge("dan", t0, change->files)).find("GOV210") != std::string::npos);

    const std::string moved = "people/robert.yaml";
    struct Row {
        const char* what;
        const char* path;
        const char* from;
        const char* to;
        const char* rule;
    };
    const Row rows[] = {
        {"an e-mail of another's", "people/robert.yaml", "[bob@example.org]", "[bob@example.org, x@example.org]",
         "GOV210"},
        {"a level", "people/robert.yaml", "level: member", "level: reviewer", "GOV211"},
        {"a seat more", "groups/steering/roster.yaml", "person: robert", "person: dan", "GOV201"},
        {"an owner more", "pkg/node/OWNERS", "  - robert\n", "  - robert\n  - eve\n", "GOV201"},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        FileChanges files = change->files;
        std::string& bytes = *files.at(row.path);
        const auto at = bytes.find(row.from);
        REQUIRE(at != std::string::npos);
        bytes.replace(at, std::string(row.from).size(), row.to);
        CHECK(rules_of(world.judge("ada", t0, files)).find(row.rule) != std::string::npos);
    }
    // As where a merge brings a line that its side did not know: the old handle leads to the same person.
    FileChanges without = change->files;
    without.erase("groups/steering/roster.yaml");
    CHECK(world.judge("ada", t0, without).empty());
}

TEST_CASE("ballots under an old handle count once, and go on as they were begun") {
    SmallWorld world;
    const RecordId id = world.opened_rfc("A thing", t0);
    must(world.act("bob", t1, voting(id, model::Vote::yes)));
    const std::string ballot = world.state().matters().at(id).folder() + "ballots/bob.yaml";
    const std::string cast = world.read(ballot);
    must(world.act("bob", t1, renaming("bob", "robert")));
    CHECK(world.read(ballot) == cast);
    CHECK(world.read("people/robert.yaml").find("aliases: [bob]") != std::string::npos);
    CHECK(world.read("pkg/node/OWNERS") == "approvers:\n  - ada\nreviewers:\n  - robert\n");

    // A second file would hide what was said in the first.
    std::string second = cast;
    second.replace(second.find("voter: bob"), 10, "voter: robert");
    const std::string path = world.state().matters().at(id).folder() + "ballots/robert.yaml";
    CHECK(rules_of(world.judge("bob", t2, {{path, second}})) == "GOV204");

    auto who = world.act("bob", t2, [&](const auto& state, const auto& act) {
        return app::vote(state, {"robert", act.now}, id, model::Vote::yes, "still");
    });
    must(who);
    CHECK(who->files.contains(ballot));
    must(world.act("ada", t2, voting(id, model::Vote::yes)));
    must(world.act("cy", t3, deciding(id)));
    CHECK(world.state().matters().at(id).proposal().status == model::Status::accepted);
    // Nobody else can take the old handle by hand.
    CHECK(rules_of(world.judge("ada", t3,
                               {{"people/bob.yaml", "kind: person\nhandle: bob\nname: B\nemails: [b@x.org]\n"}})) ==
          "GOV217");
}
