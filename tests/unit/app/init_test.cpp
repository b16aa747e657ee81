#include "govctl/app/init.hpp"

#include <algorithm>

#include "govctl/app/state.hpp"
#include "govctl/app/templates.hpp"
#include "govctl/app/validate.hpp"
#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::app;

namespace {

const Instant now = *Instant::parse("2026-01-05T09:00:00Z");

Beginning alone() {
    Beginning beginning;
    beginning.name = "Example";
    beginning.runner = {"Ada Lovelace", "ada@example.org"};
    beginning.now = now;
    return beginning;
}

Beginning from_owners(const std::string& owners, const std::string& aliases = "") {
    Beginning beginning = alone();
    beginning.owners = InputFile{"OWNERS", owners};
    if (!aliases.empty()) beginning.owners_aliases = InputFile{"OWNERS_ALIASES", aliases};
    return beginning;
}

Result<Founding> start(const Beginning& beginning, std::map<std::string, std::string> present = {}) {
    return init(*in_memory(std::move(present)), beginning);
}

std::shared_ptr<const State> state_after(const Founding& founding) {
    auto state = State::load(overlay(in_memory({}), founding.change.files));
    REQUIRE(state);
    return *state;
}

const model::Person& person(const State& state, const std::string& handle) {
    const model::Person* found = state.people().person(handle);
    REQUIRE(found);
    return *found;
}

std::vector<std::string> steering(const State& state) {
    return state.people().seated("steering", std::nullopt, now);
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("what init writes has no error, and warns only of empty seats") {
    for (const Beginning& beginning : {alone(), from_owners("approvers: [ada, bob, cy]\nreviewers: [dan]\n")}) {
        for (const char* root : {"", "governance/"}) {
            Beginning below = beginning;
            below.root = root;
            const auto founding = start(below);
            REQUIRE(founding);
            for (const Finding& finding : validate(*state_after(*founding), now)) {
                CAPTURE(finding.place.file, finding.message);
                CHECK(finding.severity == Severity::warning);
                const Names empty{"GOV349", "GOV421"};
                CHECK(std::find(empty.begin(), empty.end(), finding.rule) != empty.end());
            }
        }
    }
}

TEST_CASE("whoever runs it is the first person") {
    const auto founding = start(alone());
    REQUIRE(founding);
    const auto state = state_after(*founding);
    CHECK(founding->summary == "initialised governance for Example: steering (ada), pm-group, front-desk, moderation");
    CHECK(founding->notes.empty());
    CHECK(person(*state, "ada").name == "Ada Lovelace");
    CHECK(person(*state, "ada").emails == Names{"ada@example.org"});
    CHECK(steering(*state) == Names{"ada"});
    CHECK(state->people().at_level("approver", now) == Names{"ada"});
}

TEST_CASE("the first person's handle") {
    const struct {
        const char* email;
        const char* me;
        const char* handle;  ///< none: an error of usage
    } cases[] = {
        {"ada@example.org", "", "ada"},
        {"Ada.Lovelace@example.org", "", "ada-lovelace"},
        {"12345+Ada-L@users.noreply.github.com", "", "ada-l"},
        {"ada@example.org", "Countess", "countess"},
        {"ada@example.org", "@countess", "countess"},
        {"ada@example.org", "not a handle", nullptr},
        {"@example.org", "", nullptr},
    };
    for (const auto& each : cases) {
        CAPTURE(each.email, each.me);
        Beginning beginning = alone();
        beginning.runner.email = each.email;
        beginning.me = each.me;
        const auto founding = start(beginning);
        REQUIRE(static_cast<bool>(founding) == (each.handle != nullptr));
        if (founding)
            CHECK(state_after(*founding)->people().by_email(each.email)->handle == each.handle);
        else
            CHECK(founding.error().kind == ErrorKind::usage);
    }
}

TEST_CASE("OWNERS: approvers are steering, reviewers are people") {
    const auto founding = start(from_owners("approvers: [leads, Cy]\nreviewers: [cy, dan]\nemeritus_approvers: [eve]\n",
                                            "aliases:\n  leads: [Ada, bob]\n  others: [fay]\n"));
    REQUIRE(founding);
    const auto state = state_after(*founding);
    CHECK(founding->summary ==
          "initialised governance for Example: steering (ada, bob, cy from OWNERS), pm-group, front-desk, moderation");
    CHECK(steering(*state) == Names{"ada", "bob", "cy"});
    CHECK(state->people().at_level("approver", now) == Names{"ada", "bob", "cy"});
    CHECK(state->people().at_level("reviewer", now) == Names{"ada", "bob", "cy", "dan"});
    CHECK(state->people().people.size() == 4);
    CHECK(state->people().by_email("7+Dan@users.noreply.github.com")->handle == "dan");
}

TEST_CASE("OWNERS: who runs it") {
    const struct {
        const char* email;
        const char* me;
        const char* emails;
        const char* is;  ///< whose address it is afterwards; empty: nobody's
        std::size_t notes;
    } cases[] = {
        {"x@example.org", "bob", "", "bob", 0},
        {"x@example.org", "@Bob", "", "bob", 0},
        {"b@example.org", "", "bob <b@example.org>", "bob", 0},
        {"9+bob@users.noreply.github.com", "", "", "bob", 0},
        {"bob@example.org", "", "", "bob", 1},                  // taken for bob, and said so
        {"bob@elsewhere.org", "", "bob b@example.org", "", 1},  // bob's addresses are known: this is none
        {"stranger@example.org", "", "", "", 1},
    };
    for (const auto& each : cases) {
        CAPTURE(each.email, each.me, each.emails);
        Beginning beginning = from_owners("approvers: [ada, bob]\n");
        beginning.runner.email = each.email;
        beginning.me = each.me;
        beginning.emails = InputFile{"emails", each.emails};
        const auto founding = start(beginning);
        REQUIRE(founding);
        CHECK(founding->notes.size() == each.notes);
        const auto state = state_after(*founding);
        const model::Person* found = state->people().by_email(each.email);
        CHECK((found ? found->handle : "") == each.is);
    }
}

TEST_CASE("addresses from a file") {
    Beginning beginning = from_owners("approvers: [ada, bob]\n");
    beginning.emails = InputFile{"emails",
                                 "# who is who\n\nADA <ada@work.example>\n@ada ada@home.example\nbob <b@example.org>\n"
                                 "zoe <z@example.org>\n"};
    const auto founding = start(beginning);
    REQUIRE(founding);
    const auto state = state_after(*founding);
    CHECK(person(*state, "ada").emails == Names{"ada@work.example", "ada@home.example"});
    CHECK(founding->notes.front() == "passed over zoe, who is none of the founders");

    const struct {
        const char* emails;
        const char* message;
        int line;
    } bad[] = {
        {"ada\n", "'ada' is no line 'handle <address>'", 1},
        {"\nada nowhere\n", "'ada nowhere' is no line 'handle <address>'", 2},
        {"ada <a@x.org> <b@x.org>\n", "'ada <a@x.org> <b@x.org>' is no line 'handle <address>'", 1},
        {"ada <a@x.org>\nbob <A@x.org>\n", "A@x.org is the address of both ada and bob", 2},
    };
    for (const auto& each : bad) {
        beginning.emails->bytes = each.emails;
        const auto failed = start(beginning);
        REQUIRE(!failed);
        CHECK(failed.error().message == each.message);
        CHECK(failed.error().place == Place{"emails", each.line, 1});
    }
}

TEST_CASE("what init refuses") {
    const struct {
        Beginning beginning;
        std::map<std::string, std::string> present;
        ErrorKind kind;
        const char* message;
    } cases[] = {
        {alone(), {{"govctl.yaml", "kind: project\n"}}, ErrorKind::blocked, "already governed: there is a govctl.yaml"},
        {alone(), {{"people/ada.yaml", ""}}, ErrorKind::blocked, "'people/ada.yaml' is in the way"},
        {from_owners("approvers: []\n"), {}, ErrorKind::invalid, "OWNERS names no approvers"},
        {from_owners("approvers: [a_b, cy, d.e]\n"),
         {},
         ErrorKind::invalid,
         "OWNERS names people who cannot be handles: 'a_b', 'd.e'"},
    };
    for (const auto& each : cases) {
        const auto founding = start(each.beginning, each.present);
        REQUIRE(!founding);
        CHECK(founding.error().kind == each.kind);
        CHECK(founding.error().message == each.message);
    }
    Beginning other = from_owners("approvers: [ada]\n");
    other.me = "zoe";
    CHECK(start(other).error().message == "zoe is neither approver nor reviewer in OWNERS");
    for (const char* root : {"../up/", "/etc/", "a/../b/", "./", ".git/x/"}) {
        CAPTURE(root);
        Beginning outside = alone();
        outside.root = root;
        CHECK(start(outside).error().kind == ErrorKind::usage);
    }
    Beginning nameless = alone();
    nameless.name = " ";
    CHECK(start(nameless).error().kind == ErrorKind::usage);
}

TEST_CASE("a name is quoted where YAML asks for it") {
    for (const char* name : {"Kettle: the library", "# hash", "yes", "Größe \"XL\"", "- dash"}) {
        Beginning beginning = alone();
        beginning.name = name;
        const auto founding = start(beginning);
        REQUIRE(founding);
        CHECK(state_after(*founding)->project().name == name);
    }
}

TEST_CASE("the message says who was given what") {
    const auto founding = start(from_owners("approvers: [ada, bob]\n"));
    REQUIRE(founding);
    CHECK(founding->change.message() ==
          "Found the governance of Example\n\n"
          "The approvers of OWNERS are the first steering committee: ada, bob.\n\n"
          "Govctl-Record: group/steering\n"
          "Govctl-Act: init\n");
}

TEST_CASE("templates") {
    for (const std::string& type : rfc_types()) {
        CAPTURE(type);
        CHECK(required_sections(type).size() >= 4);
        CHECK(required_sections(type).front() == "Summary");
        const std::string text = rfc_template(type, "gRPC {{title}} probes");
        CHECK(text.starts_with("# gRPC {{title}} probes\n\n## Summary\n\nTODO: "));
    }
    CHECK(required_sections("nonsense").empty());
    CHECK(fill_template("{{a}} {{b}} {{ {{a}}", {{"a", "1"}}) == "1 {{b}} {{ {{a}}");
    CHECK(fill_template("no end {{a", {{"a", "1"}}) == "no end {{a");
}
