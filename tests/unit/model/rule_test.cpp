#include "support/catch.hpp"

#include "govctl/model/rule.hpp"

using namespace govctl;
using namespace govctl::model;

template <class T>
static void check_identity(std::initializer_list<const char*> texts) {
    for (const char* text : texts) {
        CAPTURE(text);
        const Result<T> value = T::parse(text);
        REQUIRE(value);
        CHECK(value->str() == text);
        CHECK(*T::parse(value->str()) == *value);
    }
}

template <class T>
static void check_refused(std::initializer_list<const char*> texts) {
    for (const char* text : texts) {
        CAPTURE(text);
        CHECK_FALSE(T::parse(text));
    }
}

TEST_CASE("terms") {
    check_identity<Term>({"members", "role chair", "role leader of debian", "group sig-node", "level approver",
                          "owners pkg/kubelet", "owners a folder/with spaces", "voters of election/2026-steering",
                          "everyone", "authors", "subject", "person ada"});
    check_refused<Term>({"", "member", "role", "role a b", "role a of", "group", "group a b", "owners", "voters",
                         "voters of x", "voters of election/", "members all", "subject x"});
    CHECK(Term::parse("memebrs").error().hints.at(0) == "did you mean \"members\"?");
}

TEST_CASE("ways to end early") {
    check_identity<Early>({"never", "all-voted", "certain", "passing", "passing for 2d", "unanimous"});
    check_refused<Early>({"", "sometimes", "passing for", "passing for soon", "certain for 2d", "passing 2d"});
}

TEST_CASE("ways to settle a tie") {
    check_identity<TieRule>(
        {"fails", "passes", "casting-vote role chair", "casting-vote role leader of debian", "lot", "revote"});
    check_refused<TieRule>({"", "coin", "casting-vote", "casting-vote chair", "lot twice"});
}

TEST_CASE("what follows a failure") {
    check_identity<Failure>(
        {"next", "reject", "lapse", "escalate", "affirm body", "affirm decision", "deadlock", "supermajority"});
    check_refused<Failure>({"", "affirm", "affirm a b", "reject now"});
    CHECK(Failure::parse("supermajority")->action == Failure::Action::rule);
}

TEST_CASE("a cause without a line of its own follows `else`") {
    OnFailure on_failure;
    on_failure.tie = Failure{Failure::Action::escalate, ""};
    CHECK(on_failure.of(Cause::tie).action == Failure::Action::escalate);
    for (Cause cause : {Cause::quorum, Cause::recused, Cause::objection, Cause::other})
        CHECK(on_failure.of(cause).action == Failure::Action::reject);
    on_failure.quorum = Failure{Failure::Action::lapse, ""};
    on_failure.recused = Failure{Failure::Action::next, ""};
    on_failure.objection = Failure{Failure::Action::deadlock, ""};
    CHECK(on_failure.of(Cause::quorum).str() == "lapse");
    CHECK(on_failure.of(Cause::recused).str() == "next");
    CHECK(on_failure.of(Cause::objection).str() == "deadlock");
    CHECK(cause_word(Cause::other) == "else");
}

/// A stage in which every key differs from its default.
static Stage unusual() {
    Stage stage;
    stage.by = {*Term::parse("role chair")};
    stage.except = {*Term::parse("authors")};
    stage.as_of = AsOf::decision;
    stage.ballot = BallotForm::score;
    stage.lasts.fixed = Duration{3, Duration::Unit::days};
    stage.early = *Early::parse("certain");
    stage.fresh_ballots = true;
    stage.quorum = *Condition::parse("cast >= 3");
    stage.passes = {*Condition::parse("yes > no")};
    stage.objection.effect = ObjectionRule::Effect::veto;
    stage.cap = 6;
    stage.tie = *TieRule::parse("lot");
    stage.accept_on_pass = true;
    stage.on_failure.otherwise = *Failure::parse("lapse");
    stage.also = {"sig-network"};
    stage.recusal = false;
    return stage;
}

TEST_CASE("keys given anew replace those of the stage, and only those") {
    Stage base;
    base.name = "vote";
    base.given = {"stage", "passes"};

    Stage anew = unusual();
    CHECK(with_keys(base, anew) == base);

    anew.given = {"by",     "except",    "as-of", "ballot", "lasts",   "early",      "ballots", "quorum",
                  "passes", "objection", "cap",   "tie",    "on-pass", "on-failure", "and",     "recuse"};
    Stage all = with_keys(base, anew);
    Stage expected = anew;
    expected.name = "vote";
    expected.given.insert("stage");
    CHECK(all == expected);
}
