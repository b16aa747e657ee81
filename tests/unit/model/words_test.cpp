#include "support/catch.hpp"

#include "govctl/model/ballot.hpp"
#include "govctl/model/decision.hpp"
#include "govctl/model/group.hpp"
#include "govctl/model/project.hpp"
#include "govctl/model/proposal.hpp"

using namespace govctl;
using namespace govctl::model;

TEST_CASE("each word is read as it is written") {
    for (const char* word : {"yes", "no", "abstain"}) CHECK(vote_word(*parse_vote(word)) == word);
    for (const char* word :
         {"accepted", "rejected", "postponed", "lapsed", "escalated", "affirmed", "vetoed", "overridden", "elected"})
        CHECK(outcome_word(*parse_outcome(word)) == word);
    for (const char* word : {"passed", "failed", "restarted", "open", "stopped"})
        CHECK(run_state_word(*parse_run_state(word)) == word);
    for (const char* word : {"draft", "open", "accepted", "rejected", "lapsed", "withdrawn", "postponed", "superseded"})
        CHECK(status_word(*parse_status(word)) == word);
    for (const char* word : {"steering", "policy", "community", "committee", "sig", "working-group", "desk"})
        CHECK(group_type_word(*parse_group_type(word)) == word);
    CHECK_FALSE(parse_vote("Yes"));
    CHECK_FALSE(parse_status(""));
    CHECK(effect_word(Effect::Kind::charter) == "charter");
    CHECK(effect_word(Effect::Kind::file) == "file");
}

TEST_CASE("draft, open and postponed are not the end") {
    for (const char* word : {"draft", "open", "postponed"}) CHECK_FALSE(is_terminal(*parse_status(word)));
    for (const char* word : {"accepted", "rejected", "lapsed", "withdrawn", "superseded"})
        CHECK(is_terminal(*parse_status(word)));
}

TEST_CASE("seats") {
    CHECK(Seats{}.str() == "any");
    CHECK(Seats{2, false}.str() == "2");
    CHECK(Seats{2, true}.str() == "2+");
}

TEST_CASE("a proposal is before the group that decides now") {
    Proposal proposal;
    proposal.group = "sig-node";
    CHECK(proposal.deciding_group() == "sig-node");
    proposal.before = "steering";
    CHECK(proposal.deciding_group() == "steering");
}

TEST_CASE("a ladder and a charter find their parts by name") {
    Project project;
    project.ladder = {{"member", {}}, {"approver", {}}};
    CHECK(project.level("approver") == 1U);
    CHECK_FALSE(project.level("owner"));
    Charter charter;
    charter.roles = {{.name = "chair", .seats = {2, false}}, {.name = "lead", .seats = {}}};
    CHECK(charter.role("lead") == &charter.roles[1]);
    CHECK(charter.role("owner") == nullptr);
}

TEST_CASE("a ranking is read as it is typed") {
    CHECK(*parse_ranking("b > a = c") == Ranking{{"b"}, {"a", "c"}});
    CHECK(*parse_ranking("b") == Ranking{{"b"}});
    CHECK(ranking_text(*parse_ranking("b>a=c")) == "b > a = c");
    for (const char* text : {"", " ", "a >", "> a", "a = = b", "a > b > a"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_ranking(text));
    }
}
