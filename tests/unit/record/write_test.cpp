#include "govctl/record/write.hpp"

#include "reading.hpp"

using namespace govctl;
using namespace govctl::record;
using namespace govctl::record::test;

namespace {

const std::string digest(64, 'a');
const std::string blob(40, 'b');

Instant at(const char* text) {
    return *Instant::parse(text);
}

model::Ballot full_ballot() {
    model::Ballot ballot;
    ballot.matter = "rfc-0042";
    ballot.voter = "ada";
    ballot.now = {at("2026-11-03T12:00:00Z"), 2, digest, model::Vote::abstain, "one line\nand another: with a colon\n"};
    ballot.earlier = {{at("2026-11-01T12:00:00Z"), 1, digest, model::Vote::no, "no, \"not\" yet"},
                      {at("2026-11-02T12:00:00Z"), 1, digest, {}, ""}};
    for (const auto& [minute, form] : {std::pair("2026-11-02T12:01:00Z", 'r'), std::pair("2026-11-02T12:02:00Z", 'a'),
                                       std::pair("2026-11-02T12:03:00Z", 's')}) {
        model::Position said{at(minute), 2, digest};
        if (form == 'r') said.rank = model::Ranking{{"b"}, {"a", "no"}};
        if (form == 'a') said.approve = std::vector<std::string>{};
        if (form == 's') said.score = std::map<std::string, int>{{"a", 0}, {"b", 5}};
        ballot.earlier.push_back(said);
    }
    ballot.objections = {{"upgrade path", "none: nothing", at("2026-11-02T08:00:00Z"), at("2026-11-05T08:00:00Z")},
                         {"no", "", at("2026-11-02T08:00:00Z"), {}}};
    ballot.second = at("2026-11-01T10:00:00Z");
    ballot.appeal = at("2026-12-01T10:00:00Z");
    ballot.recused = model::DeclaredRecusal{at("2026-11-01T10:00:00Z"), "my employer, Acme {labs}, sells this"};
    ballot.signature = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n";
    return ballot;
}

model::Decision full_decision() {
    model::Decision decision;
    decision.id = "2026-11-20-motion-2026-11-01-x";
    decision.subject = "motion/2026-11-01-x";
    decision.group = "sig-node";
    decision.outcome = model::Outcome::affirmed;
    decision.was = model::Outcome::rejected;
    decision.decided = at("2026-11-20T09:30:00Z");
    decision.by = "ada";
    decision.evidence = blob;
    decision.rule = {"fcp", "sig-node", blob, blob};
    decision.round = 3;
    decision.text = digest;
    decision.eligible = {"ada", "bob"};
    decision.recused = {{"eve", "subject of the motion"}};
    decision.tally = {3, 1, 4, 1, 5};
    decision.because = {{"review",
                         at("2026-11-01T10:00:00Z"),
                         at("2026-11-10T09:00:00Z"),
                         model::RunState::restarted,
                         {{"yes >= min(2, eligible)", "3", "9/2", false}, {"objections = 0", "0", "0", true}}},
                        {"final", at("2026-11-10T09:00:00Z"), {}, model::RunState::open, {}}};
    decision.enacted = {"conventions/probes.md", "a file, with comma.md"};
    return decision;
}

model::Person full_person() {
    model::Person person;
    person.handle = "ada";
    person.name = "Ada: \"Countess\" #1";
    person.emails = {"ada@example.org", "1+ada@users.noreply.github.com"};
    person.keys = {{"ssh-ed25519 AAAAC3Nz ada@laptop"},
                   {"ssh-ed25519 AAAAC3Ny", model::Key::Revoked{std::string(40, 'a'), true}},
                   {"ssh-ed25519 AAAAC3Nx", {}, "bob", "-----BEGIN\nx\n-----END\n"}};
    person.accounts = {{"github", "ada-l"}, {"gitlab", "123"}};
    person.aliases = {"alovelace"};
    person.affiliations = {{"acme", at("2024-01-01T00:00:00Z"), at("2026-05-01T12:00:00Z")}};
    person.ladder = {{"member", at("2024-02-01T00:00:00Z"), {}, "motion/2024-02-01-member-ada"}};
    person.mentor = "cy";
    person.mentorships = {{"bob", at("2026-03-01T00:00:00Z"), {}}};
    person.agreed = {{"CODE_OF_CONDUCT.md", blob, at("2024-02-01T00:00:00Z")}};
    person.interests = {{"organization/acme", "shareholder", at("2024-01-01T00:00:00Z"), {}}};
    return person;
}

std::string flow(const yaml::Value& value) {
    return yaml::emit(yaml::Value::mapping({{"x", value}}));
}

}  // namespace

TEST_CASE("what is written is read back") {
    CHECK(good(read_ballot, "rfcs/0042-x/ballots/ada.yaml", write_ballot(full_ballot())) == full_ballot());
    CHECK(good(read_decision, "decisions/2026-11-20-motion-2026-11-01-x.yaml", write_decision(full_decision())) ==
          full_decision());
    CHECK(good(read_person, "people/ada.yaml", write_person(full_person())) == full_person());
}

TEST_CASE("so is what has only what it must") {
    model::Ballot ballot;
    ballot.matter = "motion/2026-11-20-x";
    ballot.voter = "ada";
    ballot.now = {at("2026-11-03T12:00:00Z"), 1, digest, {}, ""};
    CHECK(good(read_ballot, "motions/2026-11-20-x/ballots/ada.yaml", write_ballot(ballot)) == ballot);

    model::Person person;
    person.handle = "ada";
    person.name = "Ada";
    CHECK(write_person(person) == "kind: person\nhandle: ada\nname: Ada\n");

    model::Decision decision;
    decision.id = "2026-11-20-rfc-0042";
    decision.subject = "rfc-0042";
    decision.group = "g";
    decision.decided = at("2026-11-20T09:30:00Z");
    decision.rule = {"fcp", "g", blob, blob};
    decision.text = digest;
    CHECK(good(read_decision, "decisions/2026-11-20-rfc-0042.yaml", write_decision(decision)) == decision);
}

TEST_CASE("a ballot is laid out for people") {
    model::Ballot ballot = full_ballot();
    ballot.now.reason = "because";
    ballot.earlier.erase(ballot.earlier.begin() + 1, ballot.earlier.end());
    ballot.objections.pop_back();
    ballot.appeal.reset();
    CHECK(write_ballot(ballot) ==
          "kind: ballot\nmatter: rfc-0042\nvoter: ada\nround: 2\ntext: " + digest +
              "\ncast: 2026-11-03T12:00:00Z\nvote: abstain\nreason: because\n"
              "objections:\n"
              "  - {name: upgrade path, reason: \"none: nothing\", raised: 2026-11-02T08:00:00Z, resolved: "
              "2026-11-05T08:00:00Z}\n"
              "second: 2026-11-01T10:00:00Z\n"
              "recused: {at: 2026-11-01T10:00:00Z, why: \"my employer, Acme {labs}, sells this\"}\n"
              "earlier:\n  - {cast: 2026-11-01T12:00:00Z, round: 1, text: " +
              digest +
              ", vote: no, reason: 'no, \"not\" yet'}\n"
              "signature: |\n  -----BEGIN SSH SIGNATURE-----\n  U1NIU0lH\n  -----END SSH SIGNATURE-----\n");
}

TEST_CASE("parts are written on one line") {
    CHECK(flow(to_value(model::RuleRef{"fcp", "g", "1", "2"})) == "x: {name: fcp, group: g, charter: 1, project: 2}\n");
    CHECK(flow(to_value(model::HistoryEntry{"opened", at("2026-11-01T10:00:00Z"), 1, "ada", digest, ""})) ==
          "x: {act: opened, at: 2026-11-01T10:00:00Z, round: 1, by: ada, text: " + digest + "}\n");
    CHECK(flow(to_value(model::Seat{"chair", "ada", at("2026-01-10T00:00:00Z"), at("2026-02-10T09:00:00Z"), "rfc-0042",
                                    "removed"})) ==
          "x: {role: chair, person: ada, since: 2026-01-10, until: 2026-02-10T09:00:00Z, by: rfc-0042, ended: "
          "removed}\n");
    CHECK(flow(to_value(model::LadderEntry{"member", at("2024-02-01T00:00:00Z"), {}, ""})) ==
          "x: {level: member, since: 2024-02-01}\n");
}

TEST_CASE("every effect is read back") {
    using Kind = model::Effect::Kind;
    std::vector<model::Effect> effects(9);
    effects[0] = {.kind = Kind::charter, .group = "g", .from = "charter.yaml", .was = ""};
    effects[1] = {.kind = Kind::project, .from = "govctl.yaml", .was = blob};
    effects[2] = {
        .kind = Kind::appoint, .group = "g", .role = "chair", .person = "bob", .until = at("2028-01-01T00:00:00Z")};
    effects[3] = {.kind = Kind::remove, .group = "g", .role = "chair", .person = "eve"};
    effects[4] = {.kind = Kind::promote, .person = "dan", .level = "member"};
    effects[5] = {.kind = Kind::ownership, .path = "pkg/", .add_approvers = {"dan"}, .remove_reviewers = {"eve"}};
    effects[6] = {.kind = Kind::ownership, .path = "", .remove_approvers = {"dan"}, .add_reviewers = {"eve"}};
    effects[7] = {.kind = Kind::file, .path = "a b.md", .from = "c.md"};
    effects[8] = {.kind = Kind::file, .path = "gone.md"};
    for (const model::Effect& effect : effects) {
        const std::string written = flow(to_value(effect));
        CAPTURE(written);
        const auto motion = good(read_proposal, "motions/2026-11-20-x/motion.yaml",
                                 "kind: motion\ntitle: X\ntype: x\ngroup: g\nby: ada\nstatus: draft\neffects: [" +
                                     written.substr(3) + "]\n");
        CHECK(motion.effects.at(0) == effect);
    }
    CHECK(flow(to_value(effects[5])) ==
          "x: {ownership: {path: pkg/, approvers: {add: [dan]}, reviewers: {remove: [eve]}}}\n");
    CHECK(flow(to_value(effects[0])) == "x: {charter: {group: g, from: charter.yaml, was: none}}\n");
}

TEST_CASE("what people say in an election is read as it is written") {
    model::Candidate candidate{"election/2026-x", "ada", at("2026-08-02T09:00:00Z"), "bob"};
    CHECK(good(read_candidate, "elections/2026-x/candidates/ada.yaml", write_candidate(candidate)) == candidate);
    candidate.accepted = at("2026-08-03T09:00:00Z");
    candidate.withdrawn = at("2026-08-04T09:00:00Z");
    CHECK(good(read_candidate, "elections/2026-x/candidates/ada.yaml", write_candidate(candidate)) == candidate);

    const model::Endorsements endorsements{
        "election/2026-x", "bob", {{"ada", at("2026-08-02T09:00:00Z")}, {"cy", at("2026-08-02T09:00:00Z")}}};
    CHECK(good(read_endorsements, "elections/2026-x/endorsements/bob.yaml", write_endorsements(endorsements)) ==
          endorsements);

    for (const std::vector<std::string>& voters : {std::vector<std::string>{}, {"ada", "bob"}}) {
        const model::Roll roll{"election/2026-x", at("2026-08-08T09:00:00Z"), voters};
        CHECK(good(read_voters, "elections/2026-x/voters.yaml", write_voters(roll)) == roll);
    }
}
