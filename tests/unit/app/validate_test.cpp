#include "govctl/app/validate.hpp"

#include <fmt/format.h>

#include "base.hpp"
#include "govctl/app/catalogue.hpp"
#include "support/catch.hpp"

using namespace govctl;

namespace {

const Instant now = *Instant::parse("2026-03-01T00:00:00Z");

constexpr const char* project = "govctl.yaml";
constexpr const char* ada = "people/ada.yaml";
constexpr const char* node = "groups/sig-node/charter.yaml";
constexpr const char* node_roster = "groups/sig-node/roster.yaml";
constexpr const char* policy = "groups/policy/charter.yaml";
constexpr const char* rfc = "rfcs/0001-probes/rfc.yaml";
constexpr const char* readme = "rfcs/0001-probes/README.md";
constexpr const char* ballot = "rfcs/0001-probes/ballots/ada.yaml";
constexpr const char* draft = "rfcs/draft-gates/rfc.yaml";
constexpr const char* motion = "motions/2026-01-05-seat-cy/motion.yaml";
constexpr const char* decision = "decisions/2026-01-17-motion-2026-01-05-seat-cy.yaml";

/// A change of one file of tests/data/base: `from` becomes `to`; without `from`, `to` is added at the end, or is all of
/// a new file; without either, the file goes.
struct Edit {
    std::string path;
    std::string from;
    std::string to;
};

using Files = std::map<std::string, std::string>;

Files edited(Files files, const std::vector<Edit>& edits) {
    for (const auto& [path, from, to] : edits) {
        if (from.empty() && to.empty()) {
            REQUIRE(files.erase(path) == 1);
        } else if (from.empty()) {
            files[path] += to;
        } else {
            const std::size_t at = files[path].find(from);
            INFO(path << " without " << from);
            REQUIRE(at != std::string::npos);
            files[path].replace(at, from.size(), to);
        }
    }
    return files;
}

std::shared_ptr<const app::State> state_of(const std::vector<Edit>& edits) {
    // Versions that matters were opened under stay known, as in a repository.
    const auto base = test::base_files();
    const Files files = edited(base, edits);
    FileChanges changes;
    for (const auto& [path, _] : base)
        if (files.count(path) == 0) changes[path] = std::nullopt;
    for (const auto& [path, bytes] : files) changes[path] = bytes;
    auto state = app::State::load(overlay(in_memory(base), std::move(changes)));
    REQUIRE(state);
    return *state;
}

/// `error GOV402 groups/x/roster.yaml:4:28 nobody on record is called "x"`
std::string line(const Finding& finding) {
    const char* words[] = {"note", "warning", "error"};
    return fmt::format("{} {} {}:{}:{} {}", words[static_cast<int>(finding.severity)], finding.rule, finding.place.file,
                       finding.place.line, finding.place.column, finding.message);
}

std::vector<std::string> lines(const Findings& findings) {
    std::vector<std::string> result;
    for (const Finding& finding : findings) result.push_back(line(finding));
    return result;
}

struct Case {
    const char* what;
    std::vector<Edit> edits;
    std::vector<std::string> found;
};

void check(const std::vector<Case>& cases) {
    for (const Case& each : cases) {
        CAPTURE(each.what);
        CHECK(lines(app::validate(*state_of(each.edits), now)) == each.found);
    }
}

}  // namespace

TEST_CASE("names that lead nowhere") {
    check({
        {"a parent",
         {{node, "parent: steering", "parent: stering"}},
         {"error GOV401 groups/sig-node/charter.yaml:5:9 there is no group \"stering\""}},
        {"the group of a draft",
         {{draft, "group: sig-node", "group: sig-mode"}},
         {"error GOV401 rfcs/draft-gates/rfc.yaml:4:8 there is no group \"sig-mode\""}},
        {"a consenting group",
         {{draft, "", "with: [policy, sig-mode]\n"}},
         {"error GOV401 rfcs/draft-gates/rfc.yaml:7:16 there is no group \"sig-mode\""}},
        {"where govctl.yaml sends matters",
         {{project, "", "matters: {hold: testing}\n"}},
         {"error GOV401 govctl.yaml:17:17 there is no group \"testing\""}},
        {"a roster without its charter",
         {{"groups/lost/roster.yaml", "", "kind: roster\ngroup: lost\n"}},
         {"error GOV401 groups/lost/roster.yaml:2:8 there is no group \"lost\""}},
        {"a seat's person",
         {{node_roster, "person: bob", "person: bobb"}},
         {"error GOV402 groups/sig-node/roster.yaml:5:28 nobody on record is called \"bobb\""}},
        {"a person by an old handle, in another case",
         {{node_roster, "person: bob", "person: Robert"}, {"people/bob.yaml", "", "aliases: [robert]\n"}},
         {}},
        {"an author and a sponsor",
         {{draft, "[ada]", "[ada, al]"}, {draft, "", "sponsor: bo\n"}},
         {"error GOV402 rfcs/draft-gates/rfc.yaml:5:16 nobody on record is called \"al\"",
          "error GOV402 rfcs/draft-gates/rfc.yaml:7:10 nobody on record is called \"bo\""}},
        {"a mentor and a mentee",
         {{ada, "", "mentor: al\nmentorships: [{mentee: bo, since: 2026-01-01}]\n"}},
         {"error GOV402 people/ada.yaml:7:9 nobody on record is called \"al\"",
          "error GOV402 people/ada.yaml:8:24 nobody on record is called \"bo\""}},
        {"an employer",
         {{ada, "",
           "affiliations: [{organization: acme, since: 2026-01-01}, {organization: akme, since: 2026-01-01}]\n"}},
         {"error GOV403 people/ada.yaml:7:72 there is no organization \"akme\""}},
        {"nobody's employee", {{ada, "", "affiliations: [{organization: independent, since: 2026-01-01}]\n"}}, {}},
        {"a related organization",
         {{"organizations/acme.yaml", "", "related: [acme-labs]\n"}},
         {"error GOV403 organizations/acme.yaml:4:11 there is no organization \"acme-labs\""}},
        {"a level",
         {{ada, "level: member", "level: senior"}},
         {"error GOV404 people/ada.yaml:6:13 there is no level \"senior\""}},
        {"the level of a community",
         {{"groups/community/charter.yaml", "member: {", "senior: {"}},
         {"error GOV404 groups/community/charter.yaml:7:11 there is no level \"senior\""}},
        {"a duty of a charter and of an organization",
         {{node, "areas:", "duties: [cooking]\nareas:"},
          {"organizations/acme.yaml", "", "staffing: [{duty: baking, people: 1}]\n"}},
         {"error GOV405 groups/sig-node/charter.yaml:7:10 there is no duty \"cooking\"",
          "error GOV405 organizations/acme.yaml:4:19 there is no duty \"baking\""}},
        {"a role of a seat and of an effect",
         {{node_roster, "role: chair", "role: char"},
          {draft, "", "effects:\n  - appoint: {group: sig-node, role: boss, person: eve}\n"}},
         {"warning GOV421 groups/sig-node/charter.yaml:9:10 1 of 1 seats as chair of \"sig-node\" is empty",
          "error GOV406 groups/sig-node/roster.yaml:4:12 group \"sig-node\" has no role \"char\"",
          "error GOV406 rfcs/draft-gates/rfc.yaml:8:38 group \"sig-node\" has no role \"boss\""}},
        {"what gave a seat",
         {{node_roster, "by: motion/2026-01-05-seat-cy", "by: rfc-0042"}},
         {"error GOV407 groups/sig-node/roster.yaml:6:65 there is no proposal \"rfc-0042\""}},
        {"an election that is not there",
         {{node_roster, "by: motion/2026-01-05-seat-cy", "by: election/2026-node"}},
         {"error GOV407 groups/sig-node/roster.yaml:6:65 there is no proposal \"election/2026-node\""}},
        {"what is required and superseded",
         {{draft, "", "requires: [rfc-1, rfc-0007]\nsupersedes: [rfc-0008]\n"}},
         {"error GOV407 rfcs/draft-gates/rfc.yaml:7:19 there is no proposal \"rfc-0007\"",
          "error GOV407 rfcs/draft-gates/rfc.yaml:8:14 there is no proposal \"rfc-0008\""}},
        {"a subject and an interest",
         {{draft, "", "subject: person/al\n"}, {ada, "", "interests: [{in: organization/akme, since: 2026-01-01}]\n"}},
         {"error GOV408 people/ada.yaml:7:18 \"organization/akme\" is not a record here",
          "error GOV408 rfcs/draft-gates/rfc.yaml:7:10 \"person/al\" is not a record here"}},
    });
}

TEST_CASE("what cannot be read is reported once, and not at everything that names it") {
    check({
        {"a person",
         {{"people/bob.yaml", "emails: [", "emails: [["}},
         {"error GOV001 people/bob.yaml:5:1 a '[' is not closed, or a ',' is missing"}},
        {"an organization",
         {{ada, "", "affiliations: [{organization: acme, since: 2026-01-01}]\n"},
          {"organizations/acme.yaml", "id: acme", "id: Acme Corp"}},
         {"error GOV006 organizations/acme.yaml:2:5 \"Acme Corp\" is not an id"}},
        {"a charter",
         {{policy, "type: policy", "type: politics"}},
         {"error GOV012 groups/policy/charter.yaml:4:7 \"type\" cannot be \"politics\""}},
        {"a proposal that gave a seat",
         {{motion, "type: appointment", "type: An appointment"}},
         {"error GOV006 motions/2026-01-05-seat-cy/motion.yaml:3:7 \"An appointment\" is not a name"}},
        {"a decision",
         {{decision, "round: 1", "round: one"}},
         {"error GOV018 decisions/2026-01-17-motion-2026-01-05-seat-cy.yaml:8:8 \"one\" is not a whole number above "
          "zero"}},
        {"the project",
         {{project, "format: 1", "format: 2"}},
         {"error GOV012 govctl.yaml:2:9 \"format\" cannot be \"2\""}},
    });
}

TEST_CASE("people on record twice") {
    check({
        {"an alias that is another's handle",
         {{ada, "", "aliases: [BOB]\n"}},
         {"error GOV410 people/bob.yaml:2:9 the handle \"bob\" is also in people/ada.yaml"}},
        {"an address in another case",
         {{"people/bob.yaml", "bob@example.org", "bob@example.org, ADA@Example.org"}},
         {"error GOV411 people/bob.yaml:4:27 the e-mail address \"ADA@Example.org\" is also in people/ada.yaml"}},
        {"a key with another comment",
         {{ada, "",
           "keys: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJa0CauyXVthXDJqtzPA/aCQiuEf+dJTgS5G3u+UIE3o ada@laptop]\n"},
          {"people/bob.yaml", "",
           "keys: [ssh-ed25519  AAAAC3NzaC1lZDI1NTE5AAAAIJa0CauyXVthXDJqtzPA/aCQiuEf+dJTgS5G3u+UIE3o bob]\n"}},
         {"error GOV412 people/bob.yaml:7:8 the key \"ssh-ed25519  "
          "AAAAC3NzaC1lZDI1NTE5AAAAIJa0CauyXVthXDJqtzPA/aCQiuEf+dJTgS5G3u+UIE3o bob\" is also in people/ada.yaml"}},
        {"keys that differ by case are two",
         {{ada, "", "keys: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJa0CauyXVthXDJqtzPA/aCQiuEf+dJTgS5G3u+UIE3o]\n"},
          {"people/bob.yaml", "",
           "keys: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJa0CauyXVthXDJqtzPA/aCQiuEf+dJTgS5G3u+UIe3o]\n"}},
         {}},
        {"an account",
         {{ada, "", "accounts: {github: lovelace}\n"}, {"people/bob.yaml", "", "accounts: {github: Lovelace}\n"}},
         {"error GOV413 people/bob.yaml:7:20 the account \"github: Lovelace\" is also in people/ada.yaml"}},
        {"an address that is GitHub's word for another's account",
         {{ada, "", "accounts: {github: lovelace}\n"},
          {"people/bob.yaml", "bob@example.org", "7+Lovelace@users.noreply.github.com"}},
         {"error GOV413 people/bob.yaml:4:10 the account \"7+Lovelace@users.noreply.github.com\" is also in "
          "people/ada.yaml"}},
        {"such an address beside one's own account",
         {{ada, "", "accounts: {github: lovelace}\n"}, {ada, "ada@example.org", "7+Lovelace@users.noreply.github.com"}},
         {}},
        {"one login on two forges",
         {{ada, "", "accounts: {github: lovelace}\n"}, {"people/bob.yaml", "", "accounts: {gitlab: lovelace}\n"}},
         {}},
        {"a number",
         {{"rfcs/0001-sidecars/rfc.yaml", "",
           "kind: rfc\nnumber: 1\ntitle: Sidecars\ntype: technical\ngroup: sig-node\nauthors: [cy]\nstatus: open\n"}},
         {"error GOV101 rfcs/0001-sidecars/rfc.yaml:1:1 rfc-0001 is also the number of rfcs/0001-probes/"}},
        {"case twins among records",
         {{"people/Ada.yaml", "", "kind: person\n"}},
         {"error GOV013 people/Ada.yaml:1:1 no record lies here",
          "error GOV414 people/ada.yaml:1:1 this path differs from \"people/Ada.yaml\" only by case"}},
        {"case twins elsewhere are nobody's business", {{"src/a.c", "", "x"}, {"src/A.c", "", "y"}}, {}},
    });
}

TEST_CASE("ends before beginnings") {
    check({
        {"a seat",
         {{node_roster, "person: bob, since: 2026-01-01", "person: bob, since: 2026-01-01, until: 2025-01-01"}},
         {"error GOV409 groups/sig-node/roster.yaml:5:59 this ends on 2025-01-01, before it begins on 2026-01-01"}},
        {"a level",
         {{ada, "since: 2026-01-01}", "since: 2026-01-01, until: 2025-12-31}"}},
         {"error GOV409 people/ada.yaml:6:47 this ends on 2025-12-31, before it begins on 2026-01-01"}},
        {"an objection",
         {{ballot, "",
           "objections:\n  - {name: x, reason: y, raised: 2026-02-22T00:00:00Z, resolved: 2026-02-21T00:00:00Z}\n"}},
         {"error GOV409 rfcs/0001-probes/ballots/ada.yaml:9:66 this ends on 2026-02-21, before it begins on "
          "2026-02-22"}},
    });
}

TEST_CASE("seats and groups") {
    check({
        {"too many in a role",
         {{node_roster, "", "  - {role: chair, person: eve, since: 2026-02-01}\n"}},
         {"error GOV420 groups/sig-node/roster.yaml:7:5 2 people hold the one seat of \"sig-node\" as chair"}},
        {"or more is not too many",
         {{node, "seats: 1,", "seats: 1+,"}, {node_roster, "", "  - {role: chair, person: eve, since: 2026-02-01}\n"}},
         {}},
        {"a seat not yet taken", {{node_roster, "", "  - {role: chair, person: eve, since: 2026-03-02}\n"}}, {}},
        {"one that is over",
         {{node_roster, "chair, person: ada, since: 2026-01-01",
           "chair, person: ada, since: 2026-01-01, until: 2026-03-01"}},
         {"warning GOV421 groups/sig-node/charter.yaml:9:10 1 of 1 seats as chair of \"sig-node\" is empty"}},
        {"an area twice, with and without its slash",
         {{policy, "mission:", "areas: [docs/, pkg]\nmission:"}},
         {"error GOV346 groups/sig-node/charter.yaml:7:9 the area \"pkg/\" is also that of \"policy\""}},
        {"owners of an area who are nobody on record, told once",
         {{"pkg/OWNERS", "[bob]", "[bob, stranger, other]"}},
         {"warning GOV422 pkg/OWNERS:2:18 stranger, other are nobody on record"}},
        {"what Prow passes over in an OWNERS file",
         {{"pkg/OWNERS", "reviewers", "reviwers"}},
         {"warning GOV051 pkg/OWNERS:2:1 unknown key \"reviwers\", which is passed over"}},
        {"an area in an area", {{policy, "mission:", "areas: [pkg/api/]\nmission:"}}, {}},
        {"parents in a circle",
         {{"groups/steering/charter.yaml", "mission:", "parent: sig-node\nmission:"}},
         {"error GOV347 groups/sig-node/charter.yaml:5:9 the parents go round in a circle: sig-node → steering → "
          "sig-node"}},
        {"a group as its own parent",
         {{policy, "parent: steering", "parent: policy"}},
         {"error GOV347 groups/policy/charter.yaml:5:9 the parents go round in a circle: policy → policy"}},
        {"instances of other types",
         {{project, "policy: policy", "policy: sig-node"}},
         {"error GOV345 govctl.yaml:6:9 group \"sig-node\" is of type sig, not policy"}},
        {"a duty that nobody holds",
         {{project, "duties: [moderation]", "duties: [moderation, legal]"}},
         {"warning GOV348 govctl.yaml:15:22 no group holds the duty \"legal\""}},
        {"an empty seat says that its duty is not done, too",
         {{"groups/policy/roster.yaml", "since: 2026-01-01", "since: 2027-01-01"}},
         {"warning GOV421 groups/policy/charter.yaml:9:11 1 of 1 seats as member of \"policy\" is empty"}},
        {"a protected folder, and one that is not there",
         {{project, "[CODE_OF_CONDUCT.md]", "[pkg/, docs/]"}},
         {"warning GOV350 govctl.yaml:16:19 there is no \"docs/\" to protect"}},
        {"a convention",
         {{node, "areas:", "conventions: [pkg/OWNERS, pkg/style.md]\nareas:"}},
         {"warning GOV350 groups/sig-node/charter.yaml:7:27 there is no file \"pkg/style.md\""}},
        {"a group without a roster",
         {{"groups/policy/roster.yaml", "", ""}},
         {"error GOV351 groups/policy/charter.yaml:1:1 \"policy\" has no roster"}},
        {"a community with one",
         {{"groups/community/roster.yaml", "", "kind: roster\ngroup: community\n"}},
         {"error GOV352 groups/community/roster.yaml:1:1 \"community\" is a community group, and has no roster"}},
    });
}

TEST_CASE("what the project asks of charters") {
    check({
        {"of another type", {{project, "", "charters: {desk: {requires: [areas]}}\n"}}, {}},
        {"keys and keys within keys",
         {{project, "",
           "charters: {sig: {requires: [parent, areas, roles.chair, roles.pm, communication.response]}}\n"}},
         {"error GOV341 groups/sig-node/charter.yaml:1:1 the charter of \"sig-node\" has no `communication.response`",
          "error GOV341 groups/sig-node/charter.yaml:9:3 the charter of \"sig-node\" has no `roles.pm`"}},
        {"an empty list is not there",
         {{project, "", "charters: {sig: {requires: [conventions]}}\n"}, {node, "areas:", "conventions: []\nareas:"}},
         {"error GOV341 groups/sig-node/charter.yaml:7:14 the charter of \"sig-node\" has no `conventions`"}},
    });
}

TEST_CASE("rules") {
    check({
        {"kinds without a rule",
         {{node, "\"*\": fcp", "rfc: fcp\n  removal: fcp"}, {project, "\"*\": consensus", "legal: consensus"}},
         {"error GOV340 groups/sig-node/charter.yaml:12:3 nothing says how \"sig-node\" decides on: appointment, "
          "ownership"}},
        {"a rule that is not there, in a charter",
         {{node, "\"*\": fcp", "\"*\": {rule: fpc, lasts: 1w}"}},
         {"error GOV342 groups/sig-node/charter.yaml:12:15 there is no rule \"fpc\""}},
        {"in govctl.yaml, for whom it decides",
         {{project, "\"*\": consensus", "\"*\": consensus\n  hold: holding"},
          {policy, "\"*\": consensus", "rfc: consensus"}},
         {"error GOV342 govctl.yaml:12:9 there is no rule \"holding\""}},
        {"what is fixed",
         {{project, "\"*\": consensus", "\"*\": consensus\n  removal: {rule: consensus, fixed: true}"},
          {node, "\"*\": fcp", "\"*\": fcp\n  removal: fcp"}},
         {"error GOV343 groups/sig-node/charter.yaml:13:12 govctl.yaml fixes how \"removal\" is decided: this has no "
          "effect"}},
        {"appeals without a parent",
         {{node, "parent: steering\n", ""},
          {node, "on-failure: escalate", "on-failure: reject"},
          {node, "", "appeals: {by: [members], within: 2w}\n"}},
         {"error GOV344 groups/sig-node/charter.yaml:16:10 \"sig-node\" has no group above it that an appeal could go "
          "to"}},
        {"whom an appeal and an opening ask for",
         {{node, "", "appeals: {by: [role lead], within: 2w}\n"},
          {node, "\"*\": fcp", "\"*\": {rule: fcp, opened-by: [level senior]}"}},
         {"error GOV311 groups/sig-node/charter.yaml:12:31 `level senior`: no level \"senior\" on the ladder",
          "error GOV311 groups/sig-node/charter.yaml:17:15 `role lead`: group \"sig-node\" has no role \"lead\""}},
        {"a stage's own key",
         {{node, "lasts: {at-most: 4w}, passes: [yes >= 2, objections = 0]", "passes: [yes >= 2]"}},
         {"error GOV304 groups/sig-node/charter.yaml:15:7 stage \"review\" ends only when it is decided, and another "
          "follows it",
          "warning GOV314 groups/sig-node/charter.yaml:15:7 stage \"review\" has no time limit"}},
        {"a key given anew",
         {{node, "\"*\": fcp", "\"*\": {rule: fcp, lasts: {at-least: 2w, at-most: 1w}}"}},
         {"error GOV305 groups/sig-node/charter.yaml:12:27 `at-least: 2w` is not before `at-most: 1w`"}},
        {"a rule of the project that one group cannot follow",
         {{project, "on-failure: reject", "on-failure: escalate"}, {project, "community: community\n", ""}},
         {"error GOV309 govctl.yaml:8:80 group \"steering\" has no group above it to escalate to"}},
    });
}

TEST_CASE("proposals") {
    check({
        {"an RFC edited after it was opened",
         {{readme, "", "More.\n"}},
         {"error GOV102 rfcs/0001-probes/rfc.yaml:11:7 rfc-0001 was edited after it was opened: its text is no longer "
          "what is voted on"}},
        {"a file added to it",
         {{"rfcs/0001-probes/more.md", "", "More.\n"}},
         {"error GOV102 rfcs/0001-probes/rfc.yaml:11:7 rfc-0001 was edited after it was opened: its text is no longer "
          "what is voted on"}},
        {"comments are free", {{rfc, "kind: rfc", "# As talked about in May.\nkind:   rfc"}}, {}},
        {"opened by hand",
         {{draft, "status: draft", "status: open"}},
         {"error GOV103 rfcs/draft-gates/rfc.yaml:6:9 the status is open, but there is no `number`, `opened`, `text`, "
          "`rule`, `history`"}},
        {"a draft with what opening writes",
         {{draft, "", "opened: 2026-02-20T09:00:00Z\nhistory: []\n"}},
         {"error GOV107 rfcs/draft-gates/rfc.yaml:7:9 a draft has no `opened`"}},
        {"a numbered draft",
         {{rfc, "status: open", "status: draft"}, {ballot, "", ""}},
         {"error GOV107 rfcs/0001-probes/rfc.yaml:6:9 a draft has no number, and lies in rfcs/draft-…/"}},
        {"before another group than the history says",
         {{rfc, "", "before: steering\n"}},
         {"error GOV108 rfcs/0001-probes/rfc.yaml:12:7 the rule is that of \"sig-node\", and \"steering\" decides",
          "error GOV108 rfcs/0001-probes/rfc.yaml:15:9 the history says it is before \"sig-node\""}},
        {"an effect without its file",
         {{draft, "", "effects:\n  - file: {path: pkg/gates.md, from: gates.md}\n"}},
         {"error GOV110 rfcs/draft-gates/rfc.yaml:8:38 there is no \"rfcs/draft-gates/gates.md\" to put in force"}},
        {"nothing to delete",
         {{draft, "", "effects:\n  - file: {path: pkg/gates.md}\n"}},
         {"error GOV110 rfcs/draft-gates/rfc.yaml:8:18 there is no \"pkg/gates.md\" to delete"}},
        {"a charter is read as the one it is to become",
         {{draft, "group: sig-node", "group: steering"},
          {draft, "", "effects:\n  - charter: {group: sig-docs, from: docs.yaml}\n"},
          {"rfcs/draft-gates/docs.yaml", "",
           "kind: charter\nid: sig-doc\nname: SIG Docs\ntype: sig\nparent: steering\nmission: Docs.\nroles: {member: "
           "{seats: any}}\ndecisions: {\"*\": consensus}\n"}},
         {"error GOV005 rfcs/draft-gates/docs.yaml:2:5 \"id\" is \"sig-doc\", but the path says \"sig-docs\""}},
        {"and govctl.yaml",
         {{draft, "group: sig-node", "group: steering"},
          {draft, "", "effects:\n  - project: {from: p.yaml}\n"},
          {"rfcs/draft-gates/p.yaml", "", "kind: project\nformat: 1\nname: X\n"}},
         {"error GOV003 rfcs/draft-gates/p.yaml:1:1 \"steering\" is missing"}},
        {"a target that has moved on",
         {{"pkg/probes.md", "", "Other.\n"}},
         {"warning GOV111 rfcs/0001-probes/rfc.yaml:8:55 \"pkg/probes.md\" has changed since rfc-0001 was opened"}},
        {"two kinds",
         {{draft, "",
           "effects:\n  - promote: {person: eve, level: approver}\n  - appoint: {group: sig-node, role: member, "
           "person: eve}\n"}},
         {"error GOV112 rfcs/draft-gates/rfc.yaml:8:3 the effects are of more than one kind: appointment, promotion"}},
        {"out of reach",
         {{draft, "", "effects:\n  - appoint: {group: policy, role: member, person: eve}\n"}},
         {"error GOV114 rfcs/draft-gates/rfc.yaml:8:3 the roster of \"policy\" is not within the reach of group "
          "\"sig-node\""}},
        {"a charter that is not in the repository",
         {{rfc, "charter: bc67cfdd", "charter: 77e277e2"}},
         {"warning GOV115 rfcs/0001-probes/rfc.yaml:12:7 the charter or project that rfc-0001 was opened under is not "
          "in this repository"}},
        {"a charter that has changed since is not", {{node, "name: SIG Node", "name: SIG Nodes"}}, {}},
    });
}

TEST_CASE("sections of an RFC") {
    const std::string gates = "rfcs/draft-gates/README.md";
    check({
        {"the template's question",
         {{gates, "One more thing to look up.", "TODO: why should we not do this?"}},
         {"warning GOV105 rfcs/draft-gates/README.md:9:1 section \"Drawbacks\" still holds the template's text"}},
        {"in code it is somebody's program",
         {{gates, "One more thing to look up.", "As here:\n\n```\nTODO: x\n```"}},
         {}},
        {"a template's own words",
         {{"templates/rfc.md", "TODO: why should we not do this?", "Say why not."},
          {gates, "One more thing to look up.", "Say why not."}},
         {"warning GOV105 rfcs/draft-gates/README.md:9:1 section \"Drawbacks\" still holds the template's text"}},
        {"nothing but a comment",
         {{gates, "One more thing to look up.", "<!-- why\nnot? -->"}},
         {"warning GOV106 rfcs/draft-gates/README.md:7:1 section \"Drawbacks\" is empty"}},
        {"a section is missing",
         {{gates, "## Drawbacks", "## Costs"}},
         {"warning GOV104 rfcs/draft-gates/README.md:1:1 sections are missing: \"Drawbacks\""}},
        {"all of it is missing",
         {{gates, "", ""}},
         {"warning GOV104 rfcs/draft-gates/rfc.yaml:1:1 README.md is missing, with its sections: \"Motivation\", "
          "\"Drawbacks\""}},
        {"without a template in the repository, ours",
         {{"templates/rfc.md", "", ""}, {rfc, "", ""}},
         {"warning GOV104 rfcs/draft-gates/README.md:1:1 sections are missing: \"Summary\", \"Design\", "
          "\"Compatibility\", \"Alternatives\""}},
    });
}

TEST_CASE("ballots") {
    check({
        {"of nobody",
         {{ballot, "", ""},
          {"rfcs/0001-probes/ballots/al.yaml", "",
           "kind: ballot\nmatter: rfc-0001\nvoter: al\nround: 1\ntext: "
           "3c4edea9695971d59fb625229f052e4851feb712a3b3a674819995effdc1e208\ncast: 2026-02-21T09:00:00Z\nvote: "
           "yes\n"}},
         {"error GOV402 rfcs/0001-probes/ballots/al.yaml:3:8 nobody on record is called \"al\""}},
        {"in another round",
         {{ballot, "round: 1", "round: 2"}},
         {"error GOV140 rfcs/0001-probes/ballots/ada.yaml:4:8 rfc-0001 has no round 2"}},
        {"about another text",
         {{ballot, "text: 3c4edea9", "text: 00000000"}},
         {"error GOV141 rfcs/0001-probes/ballots/ada.yaml:5:7 rfc-0001 had no such text in round 1"}},
        {"too early",
         {{ballot, "cast: 2026-02-21", "cast: 2026-02-19"}},
         {"error GOV142 rfcs/0001-probes/ballots/ada.yaml:6:7 cast at 2026-02-19T09:00:00Z, before round 1 of "
          "rfc-0001"}},
        {"what was said before is later",
         {{ballot, "",
           "earlier:\n  - {cast: 2026-02-22T09:00:00Z, round: 1, text: "
           "3c4edea9695971d59fb625229f052e4851feb712a3b3a674819995effdc1e208, vote: no}\n"}},
         {"error GOV144 rfcs/0001-probes/ballots/ada.yaml:6:7 cast at 2026-02-21T09:00:00Z, before the position it "
          "replaces, at 2026-02-22T09:00:00Z"}},
    });
}

TEST_CASE("statuses and decisions") {
    check({
        {"accepted by nobody",
         {{rfc, "status: open", "status: accepted"}},
         {"error GOV120 rfcs/0001-probes/rfc.yaml:6:9 rfc-0001 is accepted, but no decision says so"}},
        {"the decision is gone",
         {{decision, "", ""}},
         {"error GOV120 motions/2026-01-05-seat-cy/motion.yaml:6:9 motion/2026-01-05-seat-cy is accepted, but no "
          "decision says so"}},
        {"open again",
         {{motion, "status: accepted", "status: open"}},
         {"error GOV121 motions/2026-01-05-seat-cy/motion.yaml:6:9 motion/2026-01-05-seat-cy is open, but "
          "decision/2026-01-17-motion-2026-01-05-seat-cy says accepted"}},
        {"the other way round",
         {{decision, "outcome: accepted", "outcome: rejected"}},
         {"error GOV121 motions/2026-01-05-seat-cy/motion.yaml:6:9 motion/2026-01-05-seat-cy is accepted, but "
          "decision/2026-01-17-motion-2026-01-05-seat-cy says rejected"}},
        {"postponed by hand",
         {{rfc, "status: open", "status: postponed"}},
         {"error GOV122 rfcs/0001-probes/rfc.yaml:6:9 rfc-0001 is postponed, but its history ends with \"opened\""}},
        {"escalated by hand",
         {{rfc, "",
           "  - {act: escalated, at: 2026-02-22T09:00:00Z, round: 2, by: bob, text: "
           "3c4edea9695971d59fb625229f052e4851feb712a3b3a674819995effdc1e208, group: steering}\nbefore: steering\n"},
          {rfc, "name: fcp, group: sig-node, charter: bc67cfdd0779054f2a8ca8b064d75e0783aa7e33",
           "name: consensus, group: steering, charter: " +
               blob_id(test::base_files().at("groups/steering/charter.yaml"))}},
         {"error GOV120 rfcs/0001-probes/rfc.yaml:15:5 rfc-0001 was escalated, but no decision says so"}},
        {"about another text",
         {{decision, "text: e5e4c0b8", "text: 00000000"}},
         {"error GOV125 decisions/2026-01-17-motion-2026-01-05-seat-cy.yaml:9:7 this is about another text than "
          "motion/2026-01-05-seat-cy had in round 1"}},
        {"by another rule",
         {{decision, "rule: {name: fcp", "rule: {name: fop"}},
         {"error GOV126 decisions/2026-01-17-motion-2026-01-05-seat-cy.yaml:7:7 motion/2026-01-05-seat-cy was before "
          "\"sig-node\" in round 1, under the rule its record names"}},
        {"in a round that never was",
         {{decision, "round: 1", "round: 3"}},
         {"error GOV129 decisions/2026-01-17-motion-2026-01-05-seat-cy.yaml:8:8 motion/2026-01-05-seat-cy has no round "
          "3"}},
        {"somebody who is gone",
         {{decision, "eligible: [ada, bob]", "eligible: [ada, bob, old-bob]"}},
         {"warning GOV130 decisions/2026-01-17-motion-2026-01-05-seat-cy.yaml:10:35 "
          "decision/2026-01-17-motion-2026-01-05-seat-cy names \"old-bob\", who is not on record"}},
    });
}

TEST_CASE("what is wrong in proposals that have ended only warns, but for their outcome") {
    check({
        {"a name",
         {{motion, "by: ada", "by: al"}, {motion, "title:", "nonsense: 1\ntitle:"}},
         {"warning GOV002 motions/2026-01-05-seat-cy/motion.yaml:2:1 unknown key \"nonsense\"",
          "warning GOV402 motions/2026-01-05-seat-cy/motion.yaml:6:5 nobody on record is called \"al\""}},
        {"a ballot",
         {{"motions/2026-01-05-seat-cy/ballots/bob.yaml", "round: 1", "round: 2"}},
         {"warning GOV140 motions/2026-01-05-seat-cy/ballots/bob.yaml:4:8 motion/2026-01-05-seat-cy has no round 2"}},
        {"the outcome",
         {{motion, "status: accepted", "status: rejected"}},
         {"error GOV121 motions/2026-01-05-seat-cy/motion.yaml:6:9 motion/2026-01-05-seat-cy is rejected, but "
          "decision/2026-01-17-motion-2026-01-05-seat-cy says accepted"}},
    });
}

TEST_CASE("the catalogue is found in by id") {
    for (const app::CatalogueEntry& entry : app::catalogue()) CHECK(app::find_in_catalogue(entry.id) == &entry);
    CHECK(app::find_in_catalogue("GOV999") == nullptr);
}

TEST_CASE("what two states would have twice") {
    const std::vector<Edit> added = {
        {"people/dan.yaml", "", "kind: person\nhandle: dan\nname: Dan One\nemails: [dan@example.org]\n"}};
    const struct {
        const char* what;
        std::vector<Edit> ours;
        std::vector<Edit> theirs;
        std::vector<std::string> found;
    } cases[] = {
        {"the same state", {}, {}, {}},
        {"the same person on both sides", added, added, {}},
        {"somebody new on one side", added, {}, {}},
        {"two people with one handle",
         added,
         {{"people/dan.yaml", "", "kind: person\nhandle: dan\nname: Dan Two\nemails: [dan@example.com]\n"}},
         {"error GOV410 people/dan.yaml:2:9 the handle \"dan\" is in people/dan.yaml there"}},
        {"a person who moved", {{ada, "ada@example.org", "ada@example.com"}}, {}, {}},
        {"one address in two records",
         added,
         {{"people/daniel.yaml", "", "kind: person\nhandle: daniel\nname: Dan One\nemails: [DAN@example.org]\n"}},
         {"error GOV411 people/dan.yaml:4:10 the e-mail address \"dan@example.org\" is in people/daniel.yaml there"}},
        {"a person renamed on one side",
         {{"people/bob.yaml", "", ""},
          {"people/robert.yaml", "",
           "kind: person\nhandle: robert\nname: Bob Kahn\nemails: [bob@example.org]\naliases: [bob]\n"}},
         {},
         {}},
        {"one number",
         {},
         {{"rfcs/0001-probes/rfc.yaml", "", ""},
          {"rfcs/0001-probes/README.md", "", ""},
          {"rfcs/0001-probes/probes.md", "", ""},
          {ballot, "", ""},
          {"rfcs/0001-sidecars/rfc.yaml", "",
           "kind: rfc\nnumber: 1\ntitle: Sidecars\ntype: technical\ngroup: sig-node\nauthors: [cy]\nstatus: open\n"}},
         {"error GOV101 rfcs/0001-probes/rfc.yaml:9:9 rfc-0001 is also the number of rfcs/0001-sidecars/ there"}},
        {"one folder, opened on either side",
         {},
         {{rfc, "opened: 2026-02-20", "opened: 2026-02-19"}},
         {"error GOV101 rfcs/0001-probes/rfc.yaml:9:9 rfc-0001 is also the number of rfcs/0001-probes/ there"}},
    };
    for (const auto& each : cases) {
        CAPTURE(each.what);
        CHECK(lines(app::collisions(*state_of(each.ours), *state_of(each.theirs))) == each.found);
    }
}

TEST_CASE("without govctl.yaml there is nothing to validate") {
    CHECK(app::validate(*state_of({{project, "", ""}}), now).empty());
}
