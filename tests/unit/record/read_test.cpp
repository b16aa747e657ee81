#include "govctl/record/read.hpp"

#include "govctl/record/findings.hpp"
#include "reading.hpp"

using namespace govctl;
using namespace govctl::record;
using namespace govctl::record::test;

namespace {

const std::string digest(64, 'a');
const std::string blob(40, 'b');

const std::string full_project = R"(kind: project
format: 1
name: Example
branch: trunk
root: governance
steering: steering
community: community
policy: pm-group
matters: {charter: parent, policy: pm-group, default-on: steering}
signatures: required
accounts: gitlab
business: {days: mon-thu, hours: "08:00-16:00", zone: UTC}
holidays: [2026-12-25]
rules:
  consensus:
    - {stage: discussion, lasts: {at-least: 5bd, at-most: 4w}, passes: [yes >= 2, objections = 0], on-pass: accept, on-failure: next}
    - {stage: vote, lasts: 1w, quorum: cast >= 1/2 of eligible, passes: [yes > no]}
decisions:
  "*": consensus
  removal: {rule: consensus, fixed: true}
ladder:
  - level: member
    requires: [sponsors >= 2, "organizations(sponsors) >= 2", "contributions(pkg/, 1y) >= 1", member for 3mo, mentor = 1, agreed CODE_OF_CONDUCT.md]
  - level: reviewer
duties: [moderation, release]
limits: [{of: leadership, per: organization, at-most: 1/3, count: [elected, continuing], apply: skip}]
protected: [CODE_OF_CONDUCT.md, conventions/]
charters: {sig: {requires: [parent, roles.pm]}}
)";

const std::string full_person = R"(kind: person
handle: Ada
name: Ada Lovelace
emails: [ada@example.org]
keys: [ssh-ed25519 AAAAC3Nz ada@laptop]
accounts: {github: ada-l}
aliases: ["@ALovelace"]
affiliations:
  - {organization: acme, since: 2024-01-01, until: 2026-05-01}
  - {organization: independent, since: 2026-05-01T12:00:00Z}
ladder:
  - {level: member, since: 2024-02-01, by: motion/2024-02-01-member-ada}
mentor: cy
mentorships: [{mentee: bob, since: 2026-03-01}]
mentor-room: 2
agreed: [{text: CODE_OF_CONDUCT.md, blob: BLOB, on: 2024-02-01}]
interests: [{in: organization/acme, why: shareholder, since: 2024-01-01}]
)";

const std::string full_charter = R"(kind: charter
id: sig-node
name: SIG Node
type: sig
parent: steering
mission: Everything that runs on a node.
scope: {in: [kubelet, container runtimes], out: [scheduling]}
areas: [pkg/kubelet/, cmd/kubelet/]
duties: [testing]
roles:
  chair:     {track: administrative, seats: 2, filled-by: election, terms: {length: 2y, consecutive: 2, lifetime: 4, window: {at-most: 3y, in: 4y}, cool-off: 1y, partial-exempt: 1y}, vacancy: next-ranked}
  tech-lead: {track: technical, seats: 2+, filled-by: appointment, requires: [level approver, mentored >= 1], keeps: [reviews >= 1], grants: [merge], leads: true, reserved: {release: 1}, not-with: [chair]}
  pm:        {track: project, seats: 1, filled-by: appointment, term: 1y}
  member:    {seats: any, filled-by: ladder}
rules:
  fcp:
    - stage: review
      by: [members, role tech-lead of sig-net, level member, owners pkg/, group sig-net, everyone, voters of election/x]
      except: [authors, subject, person bob]
      as-of: stage
      lasts: {at-most: 26w}
      early: passing for 2d
      ballots: fresh
      quorum: cast >= 1/2 of eligible
      passes: [yes >= eligible - 2, objections = 0]
      objection: {effect: restart, needs: reason, from: review, by: [everyone]}
      cap: {per: organization, votes: 6}
      tie: casting-vote role chair of steering
      on-pass: accept
      on-failure: {quorum: lapse, recused: escalate, objection: deadlock, tie: affirm decision, else: fallback}
      and: [sig-net]
      recuse: none
    - {stage: ranking, ballot: ranked, options: {default: nothing, ratio: {default: 1, major: 3}}, unranked: last, method: schulze, and: with, objection: veto, lasts: 1w, on-failure: next}
decisions:
  rfc: fcp
  ownership: {rule: fcp, lasts: 72h, by: [role chair]}
  removal: {rule: fcp, opened-by: [members, authors], seconds: 1, within: 1w}
appeals: {by: [authors, members], seconds: 2, within: 2w}
needs-rfc: [api/]
exempt:
  - {what: changes that touch only tests or documentation, paths: ["**/*_test.go", docs/]}
limits: [{of: chair, per: organization, at-most: 1}]
recusal: {employer: true, at-most: 1/3}
conventions: [docs/conventions/node.md]
communication:
  response: 5bd
  meetings: [{day: tuesday, at: 10:00, zone: America/Los_Angeles, every: 1w, for: 1h, url: "https://example.org/node"}]
  office-hours: [{day: thursday, at: 16:00, zone: UTC, every: 2w, for: 30m}]
  channels: {list: sig-node@example.org, chat: "#sig-node"}
weights: {docs/: 2, pkg/: 1/2}
)";

const std::string full_rfc = R"(kind: rfc
number: 42
title: gRPC probes
type: technical
group: sig-node
with: [sig-network]
authors: [ada]
sponsor: bob
status: open
opened: 2026-11-01T10:00:00Z
text: TEXT
rule: {name: fcp, group: sig-node, charter: BLOB, project: BLOB}
before: steering
present: [Ada, bob]
discussion: ["https://example.org/42"]
supersedes: [rfc-7]
superseded-by: rfc-50
requires: [rfc-0031]
aliases: [41, rfc-0040]
delivery: {stage: unstable, release: v1.32, confidence: likely}
metrics: [{name: probe failures, baseline: 4%, target: 1%, due: 2027-06-01}]
options: [{id: a, title: An option, class: major, effects: [{file: {path: x.md}}]}]
effects:
  - charter: {group: sig-new, from: charter.yaml, was: none}
  - project: {from: govctl.yaml, was: BLOB}
  - appoint: {group: sig-node, role: chair, person: Bob, until: 2028-01-01}
  - remove: {group: sig-node, role: chair, person: eve}
  - promote: {person: dan, level: member}
  - ownership: {path: pkg/kubelet, approvers: {add: [dan], remove: []}, reviewers: {add: [], remove: [eve]}}
  - ownership: {path: .}
  - file: {path: conventions/probes.md, from: probes.md}
errata: [the date in the second section]
history:
  - {act: opened, at: 2026-11-01T10:00:00Z, round: 1, by: ada, text: TEXT}
  - {act: escalated, at: 2026-11-20T10:00:00Z, round: 2, group: steering}
)";

const std::string full_motion = R"(kind: motion
title: Remove Eve as chair of SIG Node
type: removal
group: sig-node
by: "@Bob"
subject: person/eve
status: draft
effects: [{remove: {group: sig-node, role: chair, person: eve}}]
)";

const std::string full_ballot = R"(kind: ballot
matter: rfc-42
voter: ada
round: 2
text: TEXT
cast: 2026-11-03T12:00:00Z
vote: yes
reason: because
objections:
  - {name: upgrade path, reason: none for existing clusters, raised: 2026-11-02T08:00:00Z, resolved: 2026-11-05T08:00:00Z}
second: 2026-11-01T10:00:00Z
appeal: 2026-12-01T10:00:00Z
recused: {at: 2026-11-01T10:00:00Z, why: my employer sells this}
earlier:
  - {cast: 2026-11-01T12:00:00Z, round: 1, text: TEXT, vote: no}
  - {cast: 2026-11-01T11:00:00Z, round: 1, text: TEXT}
signature: |
  -----BEGIN SSH SIGNATURE-----
)";

const std::string full_decision = R"(kind: decision
subject: rfc-0042
group: sig-node
outcome: escalated
was: accepted
decided: 2026-11-20T09:30:00Z
by: ada
evidence: BLOB
rule: {name: fcp, group: sig-node, charter: BLOB, project: BLOB}
round: 1
text: TEXT
electorate: {eligible: [ada, bob], recused: [{person: eve, why: subject of the motion}]}
tally: {yes: 3, no: 0, abstain: 0, objections: 0, missing: 1}
because:
  - {stage: review, from: 2026-11-01T10:00:00Z, to: 2026-11-10T09:00:00Z, state: passed, conditions: [{is: yes >= 9/2, left: 3, right: 9/2, met: false}]}
  - {stage: final-comment, from: 2026-11-10T09:00:00Z, state: open, conditions: []}
enacted: [conventions/probes.md]
)";

/// TEXT and BLOB stand for hashes, which would not fit into the lines above.
std::string filled(std::string text) {
    for (const auto& [word, value] : {std::pair{"TEXT", digest}, {"BLOB", blob}}) {
        for (std::size_t at; (at = text.find(word)) != std::string::npos;) text.replace(at, 4, value);
    }
    return text;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

const std::pair<const char*, const std::string*> full_records[] = {
    {"govctl.yaml", &full_project},
    {"people/ada.yaml", &full_person},
    {"groups/sig-node/charter.yaml", &full_charter},
    {"rfcs/0042-grpc-probes/rfc.yaml", &full_rfc},
    {"motions/2026-11-20-remove-eve/motion.yaml", &full_motion},
    {"rfcs/0042-grpc-probes/ballots/ada.yaml", &full_ballot},
    {"decisions/2026-11-20-rfc-0042.yaml", &full_decision},
};

}  // namespace

TEST_CASE("records with every key have nothing wrong") {
    for (const auto& [path, text] : full_records) {
        CAPTURE(path);
        CHECK(told(path, filled(*text)).empty());
    }
}

TEST_CASE("a project is read") {
    const auto project = good(read_project, "govctl.yaml", full_project);
    CHECK(project.name == "Example");
    CHECK(project.branch == "trunk");
    CHECK(project.root == "governance/");
    CHECK(project.community == "community");
    CHECK(project.matters.at("charter") == "parent");
    CHECK(project.signatures == model::SignaturePolicy::required);
    CHECK(project.accounts == "gitlab");
    CHECK(project.calendar.after(*Instant::parse("2026-12-24T08:00:00Z"), *Duration::parse("9bh")).str() ==
          "2026-12-28T09:00:00Z");
    CHECK(project.rules.at("consensus").stages.size() == 2);
    CHECK(project.decisions.at("removal").fixed);
    REQUIRE(project.ladder.size() == 2);
    CHECK(project.ladder[0].requires_.size() == 6);
    CHECK(project.protected_paths == std::vector<std::string>{"CODE_OF_CONDUCT.md", "conventions/"});
    CHECK(project.charters.at("sig") == std::vector<std::string>{"parent", "roles.pm"});
}

TEST_CASE("a project has defaults for all but four keys") {
    const auto project = good(read_project, "govctl.yaml", "kind: project\nformat: 1\nname: X\nsteering: tsc\n");
    CHECK(project.branch == "main");
    CHECK(project.root.empty());
    CHECK(project.accounts == "github");
    CHECK(project.signatures == model::SignaturePolicy::optional);
    for (const char* root : {".", "./"}) {
        const std::string text = std::string("kind: project\nformat: 1\nname: X\nsteering: tsc\nroot: ") + root + "\n";
        CAPTURE(root);
        CHECK(told("govctl.yaml", text).empty() == (std::string(root) == "."));
    }
}

TEST_CASE("a person is read, handles in one form") {
    const auto person = good(read_person, "people/ada.yaml", filled(full_person));
    CHECK(person.handle == "ada");
    CHECK(person.aliases == std::vector<std::string>{"alovelace"});
    CHECK(person.accounts.at("github") == "ada-l");
    REQUIRE(person.affiliations.size() == 2);
    CHECK(person.affiliations[0].until->str() == "2026-05-01T00:00:00Z");
    CHECK(person.affiliations[1].since.str() == "2026-05-01T12:00:00Z");
    CHECK(person.ladder.at(0).by == "motion/2024-02-01-member-ada");
    CHECK(person.mentor == "cy");
    CHECK(person.mentorships.at(0).mentee == "bob");
    CHECK(person.agreed.at(0).text == "CODE_OF_CONDUCT.md");
    CHECK(person.interests.at(0).in == "organization/acme");
}

TEST_CASE("an organization is read") {
    const auto acme = good(read_organization, "organizations/acme.yaml",
                           "kind: organization\nid: acme\nname: Acme Corp\ndomains: [acme.com]\nrelated: [acme-labs]\n"
                           "listed: true\nstaffing: [{duty: testing, people: 2}]\n");
    CHECK(acme.name == "Acme Corp");
    CHECK(acme.related == std::vector<std::string>{"acme-labs"});
    CHECK(acme.listed);
}

TEST_CASE("a roster is read") {
    const auto roster =
        good(read_roster, "groups/sig-node/roster.yaml",
             "kind: roster\ngroup: sig-node\nseats:\n"
             "  - {role: chair, person: Ada, since: 2026-01-10, until: 2028-01-10, by: election/2026-sig-node}\n"
             "  - {role: chair, person: eve, since: 2024-01-10, until: 2026-01-10, by: rfc-7, ended: term}\n");
    REQUIRE(roster.seats.size() == 2);
    CHECK(roster.seats[0].person == "ada");
    CHECK(roster.seats[0].by == "election/2026-sig-node");
    CHECK(roster.seats[1].by == "rfc-0007");
    CHECK(roster.seats[1].ended == "term");
    CHECK(good(read_roster, "groups/x/roster.yaml", "kind: roster\ngroup: x\n").seats.empty());
}

TEST_CASE("a charter is read") {
    const auto charter = good(read_charter, "groups/sig-node/charter.yaml", full_charter);
    CHECK(charter.type == model::GroupType::sig);
    CHECK(charter.areas.size() == 2);
    REQUIRE(charter.roles.size() == 4);
    CHECK(charter.roles[0].name == "chair");
    CHECK(charter.roles[0].seats.number == 2);
    CHECK(charter.roles[1].seats.or_more);
    CHECK_FALSE(charter.roles[3].seats.number);
    CHECK(charter.roles[1].requires_ == std::vector<std::string>{"level approver", "mentored >= 1"});
    CHECK(charter.roles[0].level.empty());
    CHECK(charter.appeals->seconds == 2);
    CHECK(charter.appeals->within.str() == "2w");
    CHECK(charter.recusal.employer);
    CHECK(charter.recusal.at_most == Rational(1, 3));
    const auto& ownership = charter.decisions.at("ownership");
    CHECK(ownership.rule == "fcp");
    CHECK(ownership.anew.given == std::set<std::string>{"lasts", "by"});
    CHECK(ownership.anew.lasts.fixed == Duration{72, Duration::Unit::hours});
    CHECK(ownership.anew.by.at(0).str() == "role chair");
    const auto& removal = charter.decisions.at("removal");
    CHECK(removal.seconds.str() == "1");
    CHECK(removal.opened_by->size() == 2);
    CHECK(removal.within->str() == "1w");
    CHECK(removal.anew.given.empty());
}

TEST_CASE("a stage is read") {
    const auto rule = good(read_charter, "groups/sig-node/charter.yaml", full_charter).rules.at("fcp");
    REQUIRE(rule.stages.size() == 2);
    const model::Stage& stage = rule.stages[0];
    CHECK(stage.name == "review");
    CHECK(stage.by.size() == 7);
    CHECK(stage.except.size() == 3);
    CHECK(stage.as_of == model::AsOf::stage);
    CHECK(stage.lasts.at_most->str() == "26w");
    CHECK(stage.early.str() == "passing for 2d");
    CHECK(stage.fresh_ballots);
    CHECK(stage.quorum->str() == "cast >= 1/2 of eligible");
    CHECK(stage.passes.at(0).str() == "yes >= eligible - 2");
    CHECK(stage.objection.effect == model::ObjectionRule::Effect::restart);
    CHECK(stage.objection.needs_reason);
    CHECK(stage.objection.from == "review");
    CHECK(stage.objection.by->at(0).str() == "everyone");
    CHECK(stage.cap == 6);
    CHECK(stage.tie.str() == "casting-vote role chair of steering");
    CHECK(stage.accept_on_pass);
    CHECK(stage.on_failure.of(model::Cause::quorum).str() == "lapse");
    CHECK(stage.on_failure.of(model::Cause::recused).str() == "escalate");
    CHECK(stage.on_failure.of(model::Cause::objection).str() == "deadlock");
    CHECK(stage.on_failure.of(model::Cause::tie).str() == "affirm decision");
    CHECK(stage.on_failure.of(model::Cause::other).str() == "fallback");
    CHECK(stage.also == std::vector<std::string>{"sig-net"});
    CHECK_FALSE(stage.recusal);
    CHECK(stage.given.size() == 16);
    CHECK(rule.stages[1].ballot == model::BallotForm::ranked);
    CHECK(rule.stages[1].objection.effect == model::ObjectionRule::Effect::veto);
    CHECK(rule.stages[1].also == std::vector<std::string>{"with"});
    CHECK(rule.stages[1].on_failure.of(model::Cause::tie).str() == "next");
}

TEST_CASE("what a stage leaves out has its default") {
    const auto project =
        good(read_project, "govctl.yaml",
             "kind: project\nformat: 1\nname: X\nsteering: tsc\nrules: {lazy: [{stage: notice, passes: []}]}\n");
    model::Stage expected;
    expected.name = "notice";
    expected.given = {"stage", "passes"};
    CHECK(project.rules.at("lazy").stages.at(0) == expected);
}

TEST_CASE("roles of a community group name a level") {
    const std::string text =
        "kind: charter\nid: all\nname: All\ntype: community\nmission: everyone\ndecisions: {}\nroles:\n"
        "  member: {seats: any}\n  elder: {requires: [reviews >= 2, level approver]}\n";
    const auto charter = good(read_charter, "groups/all/charter.yaml", text);
    CHECK(charter.roles.at(0).level == "member");
    CHECK(charter.roles.at(1).level == "approver");
}

TEST_CASE("an RFC is read") {
    const auto rfc = good(read_proposal, "rfcs/0042-grpc-probes/rfc.yaml", filled(full_rfc));
    CHECK(rfc.id == RecordId::rfc(42));
    CHECK(rfc.is_rfc);
    CHECK(rfc.number == 42);
    CHECK(rfc.authors == std::vector<std::string>{"ada"});
    CHECK(rfc.status == model::Status::open);
    CHECK(rfc.rule == model::RuleRef{"fcp", "sig-node", blob, blob});
    CHECK(rfc.deciding_group() == "steering");
    CHECK(rfc.round == 2);
    CHECK(rfc.present == std::vector<std::string>{"ada", "bob"});
    CHECK(rfc.supersedes == std::vector<std::string>{"rfc-0007"});
    CHECK(rfc.superseded_by == "rfc-0050");
    CHECK(rfc.aliases == std::vector<std::string>{"rfc-0041", "rfc-0040"});
    REQUIRE(rfc.effects.size() == 9);
    CHECK(rfc.effects[7].option.empty());
    CHECK(rfc.effects[8].option == rfc.options.front().id);
    CHECK(rfc.effects[0].was == "");
    CHECK(rfc.effects[1].was == blob);
    CHECK_FALSE(rfc.effects[2].was);
    CHECK(rfc.effects[2].person == "bob");
    CHECK(rfc.effects[2].until->date() == "2028-01-01");
    CHECK(rfc.effects[5].path == "pkg/kubelet/");
    CHECK(rfc.effects[5].add_approvers == std::vector<std::string>{"dan"});
    CHECK(rfc.effects[5].remove_reviewers == std::vector<std::string>{"eve"});
    CHECK(rfc.effects[6].path.empty());
    CHECK(rfc.effects[7].kind == model::Effect::Kind::file);
    CHECK(rfc.history.at(1).group == "steering");
}

TEST_CASE("an effect is found beside keys that are not known") {
    const auto document = parsed("motion.yaml",
                                 "kind: motion\ntitle: X\ntype: x\ngroup: g\nby: ada\nstatus: draft\n"
                                 "effects: [{note: x, promote: {person: dan, level: member}}]\n");
    const auto reading = read_proposal(document, *record_at("motions/2026-11-20-x/motion.yaml", ""));
    REQUIRE(reading.value);
    CHECK(reading.value->effects.at(0).kind == model::Effect::Kind::promote);
    CHECK(reading.findings.at(0).rule == "GOV002");
}

TEST_CASE("a draft and a motion are read") {
    const auto draft = good(read_proposal, "rfcs/draft-x/rfc.yaml",
                            "kind: rfc\ntitle: X\ntype: process\ngroup: g\nauthors: [ada]\nstatus: draft\n");
    CHECK(draft.number == 0);
    CHECK(draft.round == 1);
    CHECK_FALSE(draft.present);
    const auto motion = good(read_proposal, "motions/2026-11-20-remove-eve/motion.yaml", full_motion);
    CHECK_FALSE(motion.is_rfc);
    CHECK(motion.authors == std::vector<std::string>{"bob"});
    CHECK(motion.subject == std::vector<std::string>{"person/eve"});
    CHECK(motion.type == "removal");
}

TEST_CASE("a ballot is read") {
    const auto ballot = good(read_ballot, "rfcs/0042-grpc-probes/ballots/ada.yaml", filled(full_ballot));
    CHECK(ballot.matter == "rfc-0042");
    CHECK(ballot.now.vote == model::Vote::yes);
    CHECK(ballot.now.round == 2);
    REQUIRE(ballot.earlier.size() == 2);
    CHECK(ballot.earlier[0].vote == model::Vote::no);
    CHECK_FALSE(ballot.earlier[1].vote);
    CHECK(ballot.objections.at(0).resolved->str() == "2026-11-05T08:00:00Z");
    CHECK(ballot.second);
    CHECK(ballot.appeal);
    CHECK(ballot.recused->why == "my employer sells this");
    CHECK(ballot.signature == "-----BEGIN SSH SIGNATURE-----\n");
}

TEST_CASE("a decision is read") {
    const auto decision = good(read_decision, "decisions/2026-11-20-rfc-0042.yaml", filled(full_decision));
    CHECK(decision.id == "2026-11-20-rfc-0042");
    CHECK(decision.outcome == model::Outcome::escalated);
    CHECK(decision.was == model::Outcome::accepted);
    CHECK(decision.recused.at(0).person == "eve");
    CHECK(decision.tally.yes == 3);
    REQUIRE(decision.because.size() == 2);
    CHECK(decision.because[0].conditions.at(0) == model::ConditionFigures{"yes >= 9/2", "3", "9/2", false});
    CHECK_FALSE(decision.because[1].to);
    CHECK(decision.enacted.size() == 1);
    CHECK(told("decisions/2026-11-20-rfc-0042-2.yaml", filled(full_decision)).empty());
    for (const char* path : {"decisions/2026-11-21-rfc-0042.yaml", "decisions/2026-11-20-rfc-0043.yaml",
                             "decisions/2026-11-20-rfc-0042-1.yaml", "decisions/2026-11-20-rfc-0042-x.yaml"}) {
        CAPTURE(path);
        CHECK(told(path, filled(full_decision)) ==
              "2:10 GOV005 \"rfc-0042\" decided on 2026-11-20 does not belong in a file of this name\n");
    }
}

TEST_CASE("what is wrong is found, each at its place") {
    struct Case {
        const char* path;
        const std::string& record;
        const char* from;
        const char* to;
        const char* expected;
    };
    const char* const charter = "groups/sig-node/charter.yaml";
    const char* const rfc = "rfcs/0042-grpc-probes/rfc.yaml";
    const char* const ballot = "rfcs/0042-grpc-probes/ballots/ada.yaml";
    const char* const person = "people/ada.yaml";
    const Case cases[] = {
        // keys
        {rfc, full_rfc,
         "title:", "titel:", "1:1 GOV003 \"title\" is missing\n3:1 GOV002 unknown key \"titel\"\n(no value)\n"},
        {rfc, full_rfc, "sponsor:", "sponser:", "8:1 GOV002 unknown key \"sponser\"\n"},
        {rfc, full_rfc, "title: gRPC probes", "title:", "3:7 GOV003 \"title\" has no value\n(no value)\n"},
        {rfc, full_rfc, "act: escalated, ", "", "35:5 GOV003 \"act\" is missing\n(no value)\n"},
        {rfc, full_rfc, "authors: [ada]", "authors: []", "7:10 GOV003 \"authors\" is empty\n(no value)\n"},
        // types
        {rfc, full_rfc, "authors: [ada]", "authors: ada",
         "7:10 GOV004 \"authors\" must be a list, not text\n(no value)\n"},
        {rfc, full_rfc, "group: sig-node", "group: [sig-node]",
         "5:8 GOV004 \"group\" must be an id, not a list\n(no value)\n"},
        {rfc, full_rfc, "delivery: {stage: unstable, release: v1.32, confidence: likely}", "delivery: soon",
         "20:11 GOV004 \"delivery\" must be a mapping, not text\n(no value)\n"},
        {charter, full_charter, "lasts: {at-most: 26w}", "lasts: [26w]",
         "21:14 GOV004 \"lasts\" must be a duration or a mapping, not a list\n(no value)\n"},
        {charter, full_charter, "roles:\n", "roles: x\nrolls:\n",
         "10:8 GOV004 \"roles\" must be a mapping, not text\n"
         "11:1 GOV002 unknown key \"rolls\"\n(no value)\n"},
        // the path
        {rfc, full_rfc, "kind: rfc", "kind: motion",
         "1:7 GOV005 \"kind\" is \"motion\", but the path says \"rfc\"\n(no value)\n"},
        {rfc, full_rfc, "number: 42", "number: 43", "2:9 GOV005 \"number\" is \"43\", but the path says \"42\"\n"},
        {rfc, full_rfc, "number: 42\n", "", "1:1 GOV003 \"number\" is missing\n"},
        {"rfcs/draft-x/rfc.yaml", full_rfc, "", "", "2:1 GOV005 a draft has no number\n"},
        {"people/bob.yaml", full_person, "", "", "2:9 GOV005 \"handle\" is \"Ada\", but the path says \"bob\"\n"},
        {"groups/x/charter.yaml", full_charter, "", "", "2:5 GOV005 \"id\" is \"sig-node\", but the path says \"x\"\n"},
        {"rfcs/0041-x/ballots/bob.yaml", full_ballot, "", "",
         "2:9 GOV005 \"matter\" is \"rfc-42\", but the path says \"rfc-0041\"\n"
         "3:8 GOV005 \"voter\" is \"ada\", but the path says \"bob\"\n"},
        // text in its forms
        {rfc, full_rfc, "authors: [ada]", "authors: [Ada L]", "7:11 GOV006 \"Ada L\" is not a handle\n(no value)\n"},
        {rfc, full_rfc, "group: sig-node", "group: SIG Node", "5:8 GOV006 \"SIG Node\" is not an id\n(no value)\n"},
        {rfc, full_rfc, "opened: 2026-11-01T10:00:00Z", "opened: 2026-11-01",
         "10:9 GOV007 \"2026-11-01\" is not an instant\n(no value)\n"},
        {person, full_person, "since: 2024-01-01", "since: 2024-02-30",
         "9:33 GOV007 \"2024-02-30\" is not a date or an instant\n(no value)\n"},
        {charter, full_charter, "within: 2w", "within: 2 weeks",
         "38:55 GOV008 \"2 weeks\" is not a duration\n(no value)\n"},
        {charter, full_charter, "at-most: 1/3", "at-most: 33%", "43:36 GOV009 \"33%\" is not a fraction\n(no value)\n"},
        {charter, full_charter, "at-most: 1/3", "at-most: 1/0", "43:36 GOV009 \"1/0\" is not a fraction\n(no value)\n"},
        {charter, full_charter, "at-most: 1}", "at-most: 0.5}",
         "42:50 GOV009 \"0.5\" is not a number or a fraction\n(no value)\n"},
        {charter, full_charter, "except: [authors", "except: [\"author\"",
         "19:17 GOV011 unknown term \"author\"\n(no value)\n"},
        {charter, full_charter, "by: [members", "by: [authors",
         "18:12 GOV011 \"authors\" is no electorate\n(no value)\n"},
        {charter, full_charter, "type: sig", "type: sog", "4:7 GOV012 \"type\" cannot be \"sog\"\n(no value)\n"},
        {charter, full_charter, "early: passing for 2d", "early: passed",
         "22:14 GOV012 unknown way to end early \"passed\"\n(no value)\n"},
        {charter, full_charter, "unranked: last", "unranked: first",
         "33:110 GOV012 \"unranked\" cannot be \"first\"\n(no value)\n"},
        {charter, full_charter, "areas: [pkg/kubelet/, cmd", "areas: [cmd/kubelet/, cmd",
         "8:23 GOV016 \"areas\" has \"cmd/kubelet/\" twice\n"},
        {rfc, full_rfc, "present: [Ada, bob]", "present: [Ada, \"@ada\"]",
         "14:16 GOV016 \"present\" has \"@ada\" twice\n"},
        {charter, full_charter, "stage: ranking", "stage: review", "33:15 GOV016 \"fcp\" has \"review\" twice\n"},
        {charter, full_charter, "mentored >= 1", "mentord >= 1",
         "12:95 GOV017 \"mentord\" cannot be counted\n(no value)\n"},
        {charter, full_charter, "mentored >= 1", "mentored 1",
         "12:95 GOV017 \"mentored 1\" is not a requirement\n(no value)\n"},
        {charter, full_charter, "seats: 2,", "seats: two,",
         "11:45 GOV018 \"two\" is not a number of seats\n(no value)\n"},
        {charter, full_charter, "votes: 6", "votes: 0",
         "27:39 GOV018 \"0\" is not a whole number above zero\n(no value)\n"},
        {rfc, full_rfc, "number: 42", "number: 99999999999",
         "2:9 GOV018 \"99999999999\" is not a whole number above zero\n(no value)\n"},
        {rfc, full_rfc, "supersedes: [rfc-7]", "supersedes: [7]",
         "16:14 GOV019 \"7\" is not the id of an RFC or a motion\n(no value)\n"},
        {person, full_person, "in: organization/acme", "in: acme",
         "17:18 GOV019 \"acme\" is not the id of a record\n(no value)\n"},
        {rfc, full_rfc, "path: x.md", "path: ../x.md", "22:75 GOV020 \"../x.md\" is not a path\n(no value)\n"},
        {charter, full_charter, "areas: [pkg/kubelet/", "areas: [/pkg/kubelet/",
         "8:9 GOV020 \"/pkg/kubelet/\" is not a path\n(no value)\n"},
        {rfc, full_rfc, "promote: {person: dan, level: member}",
         "promote: {person: dan, level: member}\n    file: {path: x}",
         "28:5 GOV021 expected one effect with its name as key, found several\n(no value)\n"},
        {rfc, full_rfc, "promote: {person: dan, level: member}", "promotion: {person: dan, level: member}",
         "28:5 GOV002 unknown key \"promotion\"\n(no value)\n"},
        {rfc, full_rfc, "promote: {person: dan, level: member}", "{}",
         "28:5 GOV021 expected one effect with its name as key, found none\n(no value)\n"},
        {ballot, full_ballot, "vote: yes\n", "vote: yes\nrank: [[b], [a, c]]\n",
         "8:1 GOV021 \"vote\" and \"rank\" exclude each other\n"},
        {person, full_person, "ada@example.org", "ada", "4:10 GOV022 \"ada\" is not an e-mail address\n(no value)\n"},
        {rfc, full_rfc, "TEXT", "9f1c", "11:7 GOV022 \"9f1c\" is not a SHA-256\n(no value)\n"},
        {charter, full_charter, "at: 10:00", "at: 24:00", "47:33 GOV022 \"24:00\" is not a time of day\n(no value)\n"},
        {"govctl.yaml", full_project, "zone: UTC", "zone: Mars/Olympus",
         "12:55 GOV023 'Mars/Olympus' is not a time zone\n(no value)\n"},
        {"govctl.yaml", full_project, "format: 1", "format: 2", "2:9 GOV012 \"format\" cannot be \"2\"\n(no value)\n"},
        {"govctl.yaml", full_project,
         "    - {stage: vote, lasts: 1w, quorum: cast >= 1/2 of eligible, passes: [yes > no]}",
         "    - {stage: vote, lasts: 1w}", "17:7 GOV003 stage \"vote\" has no \"passes\"\n(no value)\n"},
        {"govctl.yaml", full_project, "ladder:", "more: {}\nladder:", "21:1 GOV002 unknown key \"more\"\n"},
    };
    for (const auto& [path, record, from, to, expected] : cases) {
        CAPTURE(path, to);
        CHECK(told(path, filled(*from ? replaced(record, from, to) : record)) == expected);
    }
}

TEST_CASE("conditions are pointed at where they go wrong") {
    const auto with = [](const std::string& passes) {
        return told("govctl.yaml",
                    "kind: project\nformat: 1\nname: X\nsteering: tsc\nrules:\n  r:\n    - stage: s\n      passes: " +
                        passes + "\n");
    };
    CHECK(with("[yes > no]").empty());
    CHECK(with("[yes > non]").starts_with("8:22 GOV010 "));
    CHECK(with("[yes > no, \"yes >= 66% of eligible\"]").starts_with("8:34 GOV010 "));
    CHECK(with("\n        - 'yes ~ no'").starts_with("9:16 GOV010 "));
    CHECK(with("\n        - yes >\n          non").starts_with("9:11 GOV010 "));
}

TEST_CASE("whatever is not a mapping is one finding") {
    for (const auto& [path, text] : full_records) {
        CAPTURE(path);
        for (const char* other : {"[a]", "a", "''"}) CHECK(told(path, other).starts_with("1:1 GOV00"));
    }
}

TEST_CASE("each kind of finding has its own id, in order") {
    std::string_view last;
    for (const FindingKind* kind : finding_kinds) {
        CHECK(last < kind->id);
        CHECK(kind->id.starts_with("GOV0"));
        CHECK_FALSE(kind->title.empty());
        last = kind->id;
    }
}

TEST_CASE("a record that is not YAML is a finding") {
    const auto broken = yaml::parse("people/ada.yaml", "kind: person\nkind: person\n");
    REQUIRE_FALSE(broken);
    const Finding finding = unreadable(broken.error(), "people/ada.yaml");
    CHECK(finding.rule == "GOV001");
    CHECK(finding.place == Place{"people/ada.yaml", 2, 1});
}
