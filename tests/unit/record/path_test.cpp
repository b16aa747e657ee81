#include "govctl/record/path.hpp"

#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::record;

namespace {

/// `kind id folder name`, as one line; `misplaced`; or nothing.
std::string told(std::string_view path, std::string_view root = "") {
    if (const auto found = record_at(path, root)) {
        const std::string id = found->kind == RecordKind::project ? "-" : found->id.str();
        return std::string(kind_word(found->kind)) + " " + id + " " + (found->folder.empty() ? "-" : found->folder) +
               " " + found->name;
    }
    return is_misplaced(path, root) ? "misplaced" : "";
}

}  // namespace

TEST_CASE("a path says what record lies there") {
    const std::pair<const char*, const char*> cases[] = {
        {"govctl.yaml", "project - - govctl"},
        {"people/ada.yaml", "person person/ada - ada"},
        {"organizations/acme.yaml", "organization organization/acme - acme"},
        {"groups/sig-node/charter.yaml", "charter group/sig-node - sig-node"},
        {"groups/sig-node/roster.yaml", "roster group/sig-node - sig-node"},
        {"rfcs/0042-grpc-probes/rfc.yaml", "rfc rfc-0042 rfcs/0042-grpc-probes/ 0042-grpc-probes"},
        {"rfcs/10001-x/rfc.yaml", "rfc rfc-10001 rfcs/10001-x/ 10001-x"},
        {"rfcs/draft-grpc-probes/rfc.yaml", "rfc draft/grpc-probes rfcs/draft-grpc-probes/ draft-grpc-probes"},
        {"rfcs/0042-grpc-probes/ballots/ada.yaml", "ballot rfc-0042 rfcs/0042-grpc-probes/ ada"},
        {"motions/2026-11-20-remove-eve/motion.yaml",
         "motion motion/2026-11-20-remove-eve motions/2026-11-20-remove-eve/ 2026-11-20-remove-eve"},
        {"motions/2026-11-20-x/ballots/bob.yaml", "ballot motion/2026-11-20-x motions/2026-11-20-x/ bob"},
        {"decisions/2026-11-20-rfc-0042.yaml", "decision decision/2026-11-20-rfc-0042 - 2026-11-20-rfc-0042"},
        {"decisions/2026-11-20-rfc-0042-2.yaml", "decision decision/2026-11-20-rfc-0042-2 - 2026-11-20-rfc-0042-2"},
        {"elections/2026-x/election.yaml", "election election/2026-x elections/2026-x/ 2026-x"},
        {"elections/2026-x/voters.yaml", "voters election/2026-x elections/2026-x/ 2026-x"},
        {"elections/2026-x/result.yaml", "result election/2026-x elections/2026-x/ 2026-x"},
        {"elections/2026-x/candidates/ada.yaml", "candidate election/2026-x elections/2026-x/ ada"},
        {"elections/2026-x/endorsements/bob.yaml", "endorsement election/2026-x elections/2026-x/ bob"},
        {"elections/2026-x/ballots/bob.yaml", "ballot election/2026-x elections/2026-x/ bob"},
        // not records
        {"elections/2026-x/candidates/ada.md", ""},
        {"elections/2026-x/ballots.csv", ""},
        {"README.md", ""},
        {"people/README.md", ""},
        {"pkg/people/ada.yaml", ""},
        {"people", ""},
        {"deploy.yaml", ""},
        {"rfcs/0042-grpc-probes/README.md", ""},
        {"rfcs/0042-grpc-probes/probes.yaml", ""},
        {"rfcs/0042-grpc-probes/charter.yaml", ""},
        {"rfcs/0042-grpc-probes/files/govctl.yaml", ""},
        // records, but not where they should be
        {"people/Ada.yaml", "misplaced"},
        {"people/ada.yml", "misplaced"},
        {"people/team/ada.yaml", "misplaced"},
        {"people/-ada.yaml", "misplaced"},
        {"people/.yaml", "misplaced"},
        {"elections/election.yaml", "misplaced"},
        {"elections/2026-x/roll.yaml", "misplaced"},
        {"elections/2026-x/candidates/Ada.yaml", "misplaced"},
        {"groups/charter.yaml", "misplaced"},
        {"groups/sig-node/charters.yaml", "misplaced"},
        {"groups/a/b/charter.yaml", "misplaced"},
        {"rfcs/rfc.yaml", "misplaced"},
        {"rfcs/42-x/rfc.yaml", "misplaced"},
        {"rfcs/0000-x/rfc.yaml", "misplaced"},
        {"rfcs/00042-x/rfc.yaml", "misplaced"},
        {"rfcs/0042/rfc.yaml", "misplaced"},
        {"rfcs/0042-/rfc.yaml", "misplaced"},
        {"rfcs/draft-/rfc.yaml", "misplaced"},
        {"rfcs/0042-x/motion.yaml", "misplaced"},
        {"rfcs/0042-x/ballots/Ada.yaml", "misplaced"},
        {"rfcs/0042-x/ballots/a/b.yaml", "misplaced"},
        {"rfcs/draft-x/ballots/ada.yaml", "misplaced"},
        {"motions/remove-eve/motion.yaml", "misplaced"},
        {"motions/2026-02-30-x/motion.yaml", "misplaced"},
        {"motions/2026-11-20-x/rfc.yaml", "misplaced"},
        {"decisions/rfc-0042.yaml", "misplaced"},
    };
    for (const auto& [path, expected] : cases) {
        CAPTURE(path);
        CHECK(told(path) == expected);
    }
}

TEST_CASE("records count from the root, govctl.yaml from the top") {
    CHECK(told("governance/people/ada.yaml", "governance/") == "person person/ada - ada");
    CHECK(told("governance/rfcs/0001-a/rfc.yaml", "governance/") == "rfc rfc-0001 governance/rfcs/0001-a/ 0001-a");
    CHECK(told("govctl.yaml", "governance/") == "project - - govctl");
    CHECK(told("people/ada.yaml", "governance/").empty());
    CHECK(told("governance/govctl.yaml", "governance/").empty());
    CHECK(told("governance/people/ada.yml", "governance/") == "misplaced");
    CHECK(told("people/Ada.yaml", "governance/").empty());
}

TEST_CASE("every file of a proposal's folder leads to it") {
    const char* const files[] = {"rfcs/0042-x/README.md", "rfcs/0042-x/rfc.yaml", "rfcs/0042-x/a/b",
                                 "rfcs/0042-x/ballots/ada.yaml"};
    for (const char* file : files) {
        CAPTURE(file);
        const auto found = proposal_around(file, "");
        REQUIRE(found);
        CHECK(found->id == RecordId::rfc(42));
        CHECK(found->folder == "rfcs/0042-x/");
        CHECK(found->kind == RecordKind::rfc);
    }
    CHECK_FALSE(proposal_around("rfcs/README.md", ""));
    CHECK_FALSE(proposal_around("people/ada.yaml", ""));
    CHECK_FALSE(proposal_around("rfcs/0042-x/README.md", "governance/"));
}

TEST_CASE("paths are made as they are read") {
    CHECK(told(person_path("g/", "ada"), "g/") == "person person/ada - ada");
    CHECK(told(organization_path("", "acme")) == "organization organization/acme - acme");
    CHECK(told(charter_path("", "sig-node")) == "charter group/sig-node - sig-node");
    CHECK(told(roster_path("", "sig-node")) == "roster group/sig-node - sig-node");
    CHECK(told(decision_path("", "2026-11-20-rfc-0042")) ==
          "decision decision/2026-11-20-rfc-0042 - 2026-11-20-rfc-0042");
    CHECK(draft_folder("g/", "x") == "g/rfcs/draft-x/");
    CHECK(rfc_folder("", 7, "x") == "rfcs/0007-x/");
    CHECK(motion_folder("", "2026-11-20-x") == "motions/2026-11-20-x/");
    CHECK(ballot_path("rfcs/0007-x/", "ada") == "rfcs/0007-x/ballots/ada.yaml");
    CHECK(decision_name("2026-11-20", RecordId::rfc(42)) == "2026-11-20-rfc-0042");
    CHECK(decision_name("2026-11-20", *RecordId::parse("motion/2026-11-19-x")) == "2026-11-20-motion-2026-11-19-x");
}
