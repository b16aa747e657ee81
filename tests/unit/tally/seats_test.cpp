#include "support/ballot_text.hpp"
#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::tally;
using namespace govctl::testing;

namespace {

Question approving(std::size_t seats) {
    Question question;
    question.method = Method::approval;
    question.seats = seats;
    return question;
}

/// Approval totals as asked for: `A=B>C` becomes ballots that say so.
Ballots with_order(std::string_view names, std::string_view tiers) {
    const Ballots order = ranked(names, tiers);
    Ballots ballots(Marks::scores, order.candidates());
    for (std::uint32_t level = 1; level <= order.width(); ++level) {
        std::vector<std::optional<std::uint32_t>> scores;
        for (Candidate each = 0; each < order.width(); ++each) scores.push_back(order.ranks(0)[each] <= level ? 1 : 0);
        ballots.add_scores(scores);
    }
    return ballots;
}

struct Case {
    const char* what;
    const char* order;
    std::size_t seats;
    std::vector<Limit> limits;
    const char* elected;
    const char* skipped = "";
    const char* tied = "";
    std::size_t left = 0;
};

constexpr auto skip = Limit::Apply::skip;
constexpr auto drop = Limit::Apply::drop_lowest;

const Candidate A = 0, B = 1, C = 2, D = 3, E = 4;

const Case cases[] = {
    {"plain", "A>B>C>D>E", 2, {}, "A B"},
    {"fewer candidates than seats", "A>B>C>D>E", 9, {}, "A B C D E"},
    {"a tie within the seats", "A=B>C>D>E", 2, {}, "A B"},
    {"a tie across the last seat", "A>B=C>D>E", 2, {}, "A", "", "B C", 1},
    {"two seats for three", "A=B=C>D>E", 2, {}, "", "", "A B C", 2},
    {"one passed over", "A>B>C>D>E", 2, {{"x", {A, B}, 1, skip}}, "A C", "B"},
    {"exactly the limit", "A>B>C>D>E", 2, {{"x", {A, B}, 2, skip}}, "A B"},
    {"nobody of them", "A>B>C>D>E", 2, {{"x", {A, B}, 0, skip}}, "C D", "A B"},
    {"a limit settles a tie", "A>B=C>D>E", 2, {{"x", {A, B}, 1, skip}}, "A C", "B"},
    {"a tie that a limit makes", "A=B>C>D>E", 2, {{"x", {A, B}, 1, skip}}, "C", "", "A B", 1},
    {"one of a tie is certain", "A=B=C>D>E", 2, {{"x", {A, B}, 1, skip}}, "C", "", "A B", 1},
    {"two limits", "A>B>C>D>E", 3, {{"x", {A, B}, 1, skip}, {"y", {A, C}, 1, skip}}, "A D E", "B C"},
    {"not enough who may", "A>B>C>D>E", 4, {{"x", {A, B, C}, 1, skip}}, "A D E", "B C"},
    {"the lowest drops out", "A>B>C>D>E", 3, {{"x", {A, B, C}, 2, drop}}, "A B D", "C"},
    {"and the next, again", "A>B>C>D>E", 3, {{"x", {A, B, C, D}, 2, drop}}, "A B E", "C D"},
    {"who drops out of two limits first",
     "A>B>C>D>E",
     3,
     {{"x", {A, B}, 1, drop}, {"y", {B, C}, 1, drop}},
     "A C D",
     "B"},
    {"a tie about who drops out", "A>B=C>D>E", 3, {{"x", {B, C}, 1, drop}}, "A D", "", "B C", 1},
};

}  // namespace

TEST_CASE("filling seats from the top of the tiers") {
    for (const Case& c : cases) {
        INFO(c.what);
        const Ballots ballots = with_order("A B C D E", c.order);
        Question question = approving(c.seats);
        question.limits = c.limits;
        const auto tally = count(ballots, question);
        REQUIRE(tally);
        CHECK(order_text(ballots, tally->order) == c.order);
        CHECK(names_text(ballots, tally->elected) == c.elected);
        std::vector<Candidate> skipped;
        for (const Skipped& each : tally->skipped) skipped.push_back(each.candidate);
        CHECK(names_text(ballots, skipped) == c.skipped);
        CHECK(names_text(ballots, tally->tie ? tally->tie->between : std::vector<Candidate>{}) == c.tied);
        CHECK((tally->tie ? tally->tie->seats : 0) == c.left);
    }
}

TEST_CASE("what settles a tie for the last seat") {
    const Ballots ballots = with_order("A B C D E", "A>B=C=D>E");
    Question question = approving(2);
    question.tie = {TieBreak::Kind::order, {E, D, C, B, A}, {}};
    CHECK(names_text(ballots, count(ballots, question)->elected) == "A D");
    question.tie = {TieBreak::Kind::lot, {}, "seed"};
    CHECK(names_text(ballots, count(ballots, question)->elected) ==
          "A C");  // printf 'seed\nC' | sha256sum: 89…, D a9…, B dc…
    question.tie.order = {A, B, C, D};
    question.tie.kind = TieBreak::Kind::order;
    CHECK(count(ballots, question).error().message == "the order that settles ties does not name \"E\" once");
}

TEST_CASE("a limit by lot: who of them keeps a seat is drawn, whatever their votes") {
    const Ballots ballots = with_order("A B C D E", "A>B>C>D>E");
    Question question = approving(3);
    question.limits = {{"x", {A, B, C}, 1, Limit::Apply::lot}};
    question.tie.seed = "seed";
    const auto tally = count(ballots, question);
    REQUIRE(tally);
    CHECK(tally->elected.size() == 3);
    CHECK(tally->skipped.size() == 2);
    question.limits[0].at_most = 3;
    CHECK(names_text(ballots, count(ballots, question)->elected) == "A B C");
}

TEST_CASE("of many tied, only those before them are certain") {
    const Ballots ballots = with_order("A B C D E F G H I", "A>B=C=D=E=F=G=H>I");
    Question question = approving(4);
    auto tally = count(ballots, question);
    CHECK(names_text(ballots, tally->elected) == "A");
    CHECK(names_text(ballots, tally->tie->between) == "B C D E F G H");
    CHECK(tally->tie->seats == 3);
}

TEST_CASE("the list of winners ends at the default option") {
    const Ballots ballots = with_order("A B C D E", "A>B>C>D>E");
    Question question = approving(4);
    question.default_option = C;
    CHECK(names_text(ballots, count(ballots, question)->elected) == "A B");
    question.default_option = A;
    CHECK(names_text(ballots, count(ballots, question)->elected) == "A");
    const Ballots tied = with_order("A B C D E", "A=B>C>D>E");
    CHECK(names_text(tied, count(tied, question)->elected) == "A");  // B does not rank above it
}

TEST_CASE("who has withdrawn is taken out before the count") {
    Ballots ballots = ranked("A B C", "4 B>A>C\n3 A>C>B\n2 C>A>B");
    ballots.withdrawn = {1};
    for (Method method : all_methods()) {
        if (marks_of(method) == Marks::scores || method == Method::schulze_dropping) continue;
        INFO(method_word(method));
        Question question;
        question.method = method;
        question.unranked = Unranked::last;
        const auto tally = count(ballots, question);
        REQUIRE(tally);
        CHECK(names_text(ballots, tally->elected) == "A");
        CHECK(order_text(ballots, tally->order) == "A>C");
        if (tally->pairwise) CHECK(tally->pairwise->at(1, 0) + tally->pairwise->at(0, 1) == 0);
    }
    Ballots scores = scored("A B C", "2 A:3 B:5\n1 C:4");
    scores.withdrawn = {1};
    for (const char* method : {"approval", "score", "star", "bloc-star"}) {
        Question question;
        question.method = *parse_method(method);
        CHECK(order_text(scores, count(scores, question)->order) == "A>C");
    }
}

TEST_CASE("what a candidate who is left out means") {
    const Ballots ballots = ranked("A B C", "3 A\n2 B>A>C\n2 B>C>A");
    const struct {
        Unranked unranked;
        std::uint64_t counted, a_over_b, a_over_c, b_over_c;
    } readings[] = {
        {Unranked::last, 7, 3, 5, 4},
        {Unranked::no_opinion, 7, 0, 2, 4},
        {Unranked::invalid, 4, 0, 2, 4},
    };
    for (const auto& each : readings) {
        INFO(unranked_word(each.unranked));
        Question question;
        question.unranked = each.unranked;
        const auto tally = count(ballots, question);
        REQUIRE(tally);
        CHECK(tally->counted == each.counted);
        CHECK(tally->pairwise->at(0, 1) == each.a_over_b);
        CHECK(tally->pairwise->at(0, 2) == each.a_over_c);
        CHECK(tally->pairwise->at(1, 2) == each.b_over_c);
        CHECK(pairwise(ballots, each.unranked) == *tally->pairwise);
    }
    const Ballots scores = scored("A B", "3 A:1\n1 B:2 A:0");
    Question question;
    question.method = Method::score;
    CHECK(count(scores, question)->counted == 4);
    question.unranked = Unranked::invalid;
    CHECK(count(scores, question)->counted == 1);
    question.unranked = Unranked::zero;
    CHECK(count(scores, question)->counted == 4);
}

TEST_CASE("quorum and ratio over a default option") {
    const Ballots ballots = ranked("A B D", "6 A>D>B\n2 A>B>D\n4 D>B>A\n1 B>D>A");
    Question question;
    question.method = Method::schulze_dropping;
    question.unranked = Unranked::last;
    question.default_option = 2;
    auto tally = count(ballots, question);
    CHECK(tally->dropped == std::vector<Dropped>{{1, Dropped::Why::ratio, 3, 10}});
    CHECK(names_text(ballots, tally->elected) == "A");
    question.ratios = {{0, Rational(8, 5)}};  // exactly 8 to 5
    CHECK(names_text(ballots, count(ballots, question)->elected) == "A");
    question.ratios = {{0, Rational(17, 10)}};
    CHECK(names_text(ballots, count(ballots, question)->elected) == "D");
    question.ratios = {};

    question.quorum = *model::Condition::parse("above-default > 8");
    CHECK(count(ballots, question)->dropped[0] == Dropped{0, Dropped::Why::quorum, 8, 5});
    question.quorum = *model::Condition::parse("cast >= 1/2 of eligible");
    question.eligible = 26;
    CHECK(names_text(ballots, count(ballots, question)->elected) == "A");
    question.eligible = 27;
    CHECK(names_text(ballots, count(ballots, question)->elected) == "D");

    // Without schulze-dropping only named options need more than to be counted; without a default, all may be dropped.
    question.method = Method::schulze;
    question.quorum.reset();
    CHECK(count(ballots, question)->dropped.empty());
    question.ratios = {{0, Rational(2)}};
    CHECK(names_text(ballots, count(ballots, question)->elected) == "D");
    question = {};
    question.unranked = Unranked::last;
    question.quorum = *model::Condition::parse("cast >= 100");
    tally = count(ballots, question);
    CHECK(tally->dropped.size() == 3);
    CHECK(tally->elected.empty());
    CHECK(tally->order.empty());
}

TEST_CASE("what cannot be counted") {
    const Ballots ranks = ranked("A B", "A>B");
    const Ballots scores = scored("A B", "A:1");
    const auto refusal = [&](const Ballots& ballots, auto change) {
        Question question;
        question.unranked = Unranked::last;
        change(question);
        const auto tally = count(ballots, question);
        return tally ? std::string("counted") : tally.error().message;
    };
    CHECK(refusal(ranks, [](Question&) {}) == "counted");
    CHECK(refusal(ranks, [](Question& q) { q.unranked.reset(); }) ==
          "it is not said what a candidate who is not ranked means");
    CHECK(refusal(ranks, [](Question& q) { q.unranked = Unranked::zero; }) ==
          "unranked \"zero\" is for scores, method \"schulze\" counts ranks");
    CHECK(refusal(ranks, [](Question& q) { q.method = Method::star; }) == "method \"star\" cannot count these ballots");
    CHECK(refusal(scores, [](Question&) {}) == "method \"schulze\" cannot count these ballots");
    CHECK(refusal(scores, [](Question& q) { q.method = Method::score; }) ==
          "unranked \"last\" is for ranks, method \"score\" counts scores");
    CHECK(refusal(ranks, [](Question& q) { q.seats = 0; }) == "there is no seat to fill");
    for (const char* method : {"condorcet", "irv", "schulze-dropping"})
        CHECK(refusal(ranks, [&](Question& q) { q.method = *parse_method(method), q.seats = 2; }) ==
              "method \"" + std::string(method) + "\" fills one seat, not 2");
    CHECK(refusal(ranks, [](Question& q) { q.method = Method::schulze_dropping; }) ==
          "method \"schulze-dropping\" needs a default option");
    CHECK(refusal(ranks, [](Question& q) {
              q.ratios = {{0, Rational(3)}};
          }) == "a ratio is one over a default option, and there is none");
    CHECK(refusal(ranks, [](Question& q) {
              q.default_option = 0, q.ratios = {{1, Rational(0)}};
          }) == "the ratio of \"B\" is not above 0");
    CHECK(refusal(ranks, [](Question& q) { q.method = Method::stv_meek, q.default_option = 0; }) ==
          "method \"stv-meek\" knows no default option");
    CHECK(refusal(scores, [](Question& q) {
              q = {};
              q.method = Method::score, q.default_option = 0, q.ratios = {{1, Rational(3)}};
          }) == "method \"score\" does not compare options with the default option");
    CHECK(refusal(ranks, [](Question& q) { q.quorum = *model::Condition::parse("yes > 3"); }) ==
          "a tally cannot count \"yes\", which the quorum \"yes > 3\" names");
    CHECK(refusal(ranks, [](Question& q) { q.quorum = *model::Condition::parse("cast > 1/2 of eligible"); }) ==
          "it is not said how many are eligible, which the quorum \"cast > 1/2 of eligible\" counts");
    CHECK(refusal(ranks, [](Question& q) { q.quorum = *model::Condition::parse("above-default > 3"); }) ==
          "there is no default option, which the quorum \"above-default > 3\" needs");
    CHECK(refusal(ranks, [](Question& q) {
              q.method = Method::irv, q.limits = {{"x", {0}, 0, Limit::Apply::lot}};
          }) == "method \"irv\" can only skip whom limit \"x\" bars");
    CHECK(refusal(ranked("", ""), [](Question&) {}) == "there is no candidate");
    Ballots all_gone = ranked("A", "A");
    all_gone.withdrawn = {0};
    CHECK(refusal(all_gone, [](Question&) {}) == "there is no candidate");
}

TEST_CASE("the words of methods and of what unranked means") {
    for (Method method : all_methods()) CHECK(parse_method(method_word(method)) == method);
    CHECK(all_methods().size() == 17);
    CHECK(!parse_method("borda"));
    for (const char* word : {"last", "no-opinion", "zero", "invalid"})
        CHECK(unranked_word(*parse_unranked(word)) == word);
    CHECK(!parse_unranked("first"));
}
