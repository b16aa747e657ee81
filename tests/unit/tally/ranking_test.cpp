#include "support/ballot_text.hpp"
#include "support/catch.hpp"

// What sets one method apart from another: cycles, ties, and what each tells of its steps.

using namespace govctl;
using namespace govctl::tally;
using namespace govctl::testing;

namespace {

Question asking(const char* method) {
    Question question;
    question.method = *parse_method(method);
    if (marks_of(question.method) == Marks::ranks) question.unranked = Unranked::last;
    return question;
}

std::string order_by(const Ballots& ballots, const char* method) {
    const auto tally = count(ballots, asking(method));
    REQUIRE(tally);
    return order_text(ballots, tally->order);
}

std::string steps_of(const Ballots& ballots, const Question& question) {
    const auto tally = count(ballots, question);
    REQUIRE(tally);
    std::string text;
    for (const Step& step : tally->steps) {
        text += step.is + " " + names_text(ballots, step.of);
        for (const auto& [name, value] : step.figures) text += ", " + name + " " + value;
        for (const auto& [who, votes] : step.votes) text += " | " + ballots.candidates()[who] + " " + votes;
        text += "\n";
    }
    return text;
}

/// Ballots with these duels and no others: `A>B 7`. For each, pairs of ballots that cancel out in all but this duel.
Ballots with_duels(std::string_view names, const std::vector<std::tuple<Candidate, Candidate, std::uint64_t>>& duels) {
    Ballots ballots = ranked(names, "");
    for (const auto& [winner, loser, margin] : duels) {
        std::vector<std::uint32_t> up(ballots.width()), down(ballots.width());
        std::uint32_t rank = 0;
        for (Candidate each = 0; each < ballots.width(); ++each) {
            if (each == winner || each == loser) continue;
            ++rank;
            up[each] = 2 + rank;
            down[each] = 200 - rank;
        }
        up[winner] = 1, up[loser] = 2;
        down[winner] = 201, down[loser] = 202;
        ballots.add_ranks(up, margin);
        ballots.add_ranks(down, margin);
    }
    return ballots;
}

}  // namespace

TEST_CASE("winning votes, margins and (W,L) part ways") {
    // A beats C 10 to 7, B beats A 7 to 6, C beats B 6 to 4: the weakest is the last by votes, the second by margin.
    const Ballots cycle = ranked("A B C", "7 B=C>A\n6 A>C>B\n4 A=B>C");
    CHECK(order_by(cycle, "schulze") == "B>A>C");
    CHECK(order_by(cycle, "schulze-margins") == "A>C>B");
    CHECK(order_by(cycle, "schulze-wl") == "B>A>C");
    // A beats C 8 to 6, B beats A 6 to 3, C beats B 6 to 5: the last two are alike but for the votes against.
    const Ballots alike = ranked("A B C", "5 A=B>C\n6 C>B>A\n3 A>B=C");
    CHECK(order_by(alike, "schulze") == "A=B>C");
    CHECK(order_by(alike, "schulze-margins") == "B>A>C");
    CHECK(order_by(alike, "schulze-wl") == "B>A>C");
}

TEST_CASE("schulze tells the ways that say something else than the duel") {
    const Ballots ballots = ranked("A B C", "8 A>B>C\n7 B>C>A\n6 C>A>B");
    CHECK(steps_of(ballots, asking("schulze")) == "path A B C, strength 14, back 13\nrank A B C | A 0 | B 1 | C 2\n");
    CHECK(order_by(ballots, "schulze") == "A>B>C");
}

TEST_CASE("schulze-dropping: the steps of a cycle, and a casting vote") {
    const Ballots ballots = ranked("A B C D", "8 A>B>C>D\n7 B>C>A>D\n6 C>A>B>D");
    Question question = asking("schulze-dropping");
    question.default_option = 3;
    CHECK(steps_of(ballots, question) == "schwartz A B C\ndrop C A, for 13, against 8\nschwartz A\n");
    CHECK(names_text(ballots, count(ballots, question)->elected) == "A");

    // Of two weakest defeats with as many votes for, the one with more against is weaker.
    const Ballots against = ranked("A B C D", "8 A>B>C>D\n8 B>C>A>D\n8 C>A>B>D\n1 A>B=C>D\n1 B>A=C>D");
    CHECK(count(against, question)->elected.size() == 1);

    const Ballots even = ranked("A B D", "5 A>B>D\n5 B>A>D");
    question.default_option = 2;
    const auto tied = count(even, question);
    CHECK(tied->elected.empty());
    CHECK(tied->tie == Tie{{0, 1}, 1});
    question.tie = {TieBreak::Kind::order, {1, 0, 2}, {}};
    CHECK(names_text(even, count(even, question)->elected) == "B");
    CHECK(order_text(even, count(even, question)->order) == "A=B>D");

    // All of a perfect cycle are dropped at once: three of them are left.
    const Ballots perfect = ranked("A B C D", "A>B>C>D\nB>C>A>D\nC>A>B>D");
    question.default_option = 3;
    question.tie = {};
    CHECK(count(perfect, question)->tie == Tie{{0, 1, 2}, 1});
}

TEST_CASE("ranked-pairs: what is locked and what is dropped") {
    const Ballots ballots = ranked("A B C", "8 A>B>C\n7 B>C>A\n6 C>A>B");
    CHECK(steps_of(ballots, asking("ranked-pairs")) ==
          "lock B C, for 15, against 6\nlock A B, for 14, against 7\ndrop C A, for 13, against 8\n");
    CHECK(order_by(ballots, "ranked-pairs") == "A>B>C");
}

TEST_CASE("ranked-pairs: a bunch is settled against what is stronger only") {
    // All three alike: each is locked, together they are a cycle, and nobody is ahead.
    CHECK(order_by(ranked("A B C", "A>B>C\nB>C>A\nC>A>B"), "ranked-pairs") == "A=B=C");
    // One stronger: it makes a cycle with neither of the two others alone, but with both.
    const Ballots two_alike = with_duels("A B C", {{0, 1, 6}, {1, 2, 4}, {2, 0, 4}});
    CHECK(steps_of(two_alike, asking("ranked-pairs")) ==
          "lock A B, for 20, against 8\nlock B C, for 18, against 10\nlock C A, for 18, against 10\n");
    CHECK(order_by(two_alike, "ranked-pairs") == "A=B=C");
}

TEST_CASE("minimax: the next worst defeat decides, and fewer votes weigh more") {
    const Ballots ballots = ranked("A B C", "8 A>B>C\n7 B>C>A\n6 C>A>B");
    CHECK(steps_of(ballots, asking("minimax")) == "rank A, for 13, margin 5\nrank B\nrank C\n");
    // A and B are undefeated, C loses to both by one margin: tied are only A and B.
    CHECK(order_by(ranked("A B C", "2 A=B>C"), "minimax") == "A=B>C");
    // The worst defeats are alike: A has one, B and C have two.
    const Ballots second = with_duels("A B C D", {{1, 0, 4}, {0, 2, 4}, {0, 3, 2}, {2, 1, 4}, {3, 1, 2}, {3, 2, 2}});
    CHECK(order_by(second, "minimax").front() == 'D');
    // One margin, fewer votes: B's defeat by C is the greater part of it.
    const Ballots part = ranked("A B C", "3 A>B\n2 B>A\n1 C=A>B\n");
    CHECK(order_by(part, "minimax") == "A>B>C");
}

TEST_CASE("copeland: half a point for a tied duel") {
    const Ballots ballots = ranked("A B C", "A>B>C\nB>A>C");
    CHECK(steps_of(ballots, asking("copeland")) ==
          "duels A, won 1, tied 1, lost 0\nduels B, won 1, tied 1, lost 0\nduels C, won 0, tied 0, lost 2\n");
    CHECK(order_by(ballots, "copeland") == "A=B>C");
}

TEST_CASE("condorcet-irv: tops are counted anew among those left") {
    const Ballots ballots = ranked("A B C", "8 A>B>C\n7 B>C>A\n6 C>A>B");
    CHECK(steps_of(ballots, asking("condorcet-irv")) ==
          "round A B C | A 8 | B 7 | C 6\neliminate C\nwinner A\nwinner B\nwinner C\n");
    // B and C are on top of as few: without B, A loses to C; without C, A beats B.
    const Ballots open = ranked("A B C", "4 A>B>C\n3 B>C>A\n3 C>A>B");
    const auto tally = count(open, asking("condorcet-irv"));
    CHECK(order_text(open, tally->order) == "A=C>B");
    CHECK(tally->tie == Tie{{0, 2}, 1});
    Question settled = asking("condorcet-irv");
    settled.tie = {TieBreak::Kind::order, {0, 1, 2}, {}};
    CHECK(names_text(open, count(open, settled)->elected) == "A");
    settled.tie.order = {0, 2, 1};
    CHECK(names_text(open, count(open, settled)->elected) == "C");
    CHECK(order_by(ranked("A B C", "A>B>C\nB>C>A\nC>A>B"), "condorcet-irv") == "A=B=C");
    CHECK(order_by(ranked("A B", "A\nB\n"), "condorcet-irv") == "A=B");
    CHECK(order_by(ranked("A B C", ""), "condorcet-irv") == "A=B=C");
    // Twelve on top of no ballot, in a cycle with the three who are: too many ways to leave them out one by one.
    const Ballots ring = ranked("A B C D E F G H I J K L M N O",
                                "2 A>D>E>F>G>H>I>J>K>L>M>N>O>B>C\n2 B>J>K>L>M>N>O>D>E>F>G>H>I>C>A\n"
                                "2 C>M>N>O>G>H>I>J>K>L>D>E>F>A>B");
    CHECK(order_by(ring, "condorcet-irv") == "A=B=C=D=E=F=G=H=I=J=K=L=M=N=O");
}

TEST_CASE("plurality: a shared first preference is a vote for nobody") {
    const Ballots ballots = ranked("A B", "2 A=B\n1 A>B\n3 B\n");
    CHECK(steps_of(ballots, asking("plurality")) == "count A B, for nobody 2 | A 1 | B 3\n");
}

TEST_CASE("star: the runoff overturns the scores") {
    const Ballots ballots = scored("A B C", "3 A:5 B:4 C:0\n2 A:0 B:5 C:1");
    CHECK(steps_of(ballots, asking("star")) ==
          "score A B C | A 15 | B 22 | C 2\nrunoff B A, equal 0 | B 2 | A 3\n"
          "score B C | B 22 | C 2\nrunoff B C, equal 0 | B 5 | C 0\nscore C | C 2\n");
    Question bloc = asking("bloc-star");
    bloc.seats = 2;
    CHECK(names_text(ballots, count(ballots, bloc)->elected) == "A B");
}

TEST_CASE("star: ties, by the official protocol") {
    const struct {
        const char* what;
        const char* ballots;
        const char* elected;
        const char* tied;
    } ties[] = {
        // starvote 2.1, tie in the automatic runoff, broken by five stars: Chuck wins.
        {"runoff by five stars", "A:1 B:5 C:5\nA:1 B:3 C:5\nA:1 B:4 C:2", "C", ""},
        {"runoff by the sum of scores", "A:5 B:4\nA:0 B:3", "B", ""},
        {"second place by duels", "4 A:5\n2 B:2 C:1\n1 B:1 C:3", "A", ""},
        {"second place by five stars", "9 A:5\nB:5 C:4\nB:0 C:1", "A", ""},
        {"second place is open, but does not matter", "9 A:5\nB:2\nC:2", "A", ""},
        {"all three alike", "A:1\nB:1\nC:1", "", "A B C"},
        {"two alike", "A:1\nB:1", "", "A B"},
    };
    for (const auto& each : ties) {
        INFO(each.what);
        const Ballots ballots = scored("A B C", each.ballots);
        Question question = asking("star");
        const auto tally = count(ballots, question);
        REQUIRE(tally);
        CHECK(names_text(ballots, tally->elected) == each.elected);
        CHECK(names_text(ballots, tally->tie ? tally->tie->between : std::vector<Candidate>{}) == each.tied);
        question.tie = {TieBreak::Kind::order, {2, 1, 0}, {}};
        CHECK(count(ballots, question)->elected.size() == 1);
    }
    // Three tied for both places: A beats B and C, B beats C; who lost most goes out.
    const Ballots three = scored("A B C", "A:3 B:2 C:1\nA:3 B:2 C:1\nA:0 B:2 C:4");
    CHECK(names_text(three, count(three, asking("star"))->elected) == "A");
    // Scores beyond five: the highest given is what counts as five stars.
    const Ballots ten = scored("A B", "A:10 B:6\nA:0 B:4");
    CHECK(names_text(ten, count(ten, asking("star"))->elected) == "A");
}
