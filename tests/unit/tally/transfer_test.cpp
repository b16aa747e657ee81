#include "support/ballot_text.hpp"
#include "support/catch.hpp"

// Transferable votes. "Droop" is the reference output of Jonathan Lundell's Droop (github.com/jklundell/droop,
// test/ref), which was checked against eSTV and the New Zealand calculator.

using namespace govctl;
using namespace govctl::tally;
using namespace govctl::testing;

namespace {

Question asking(const char* method, std::size_t seats) {
    Question question;
    question.method = *parse_method(method);
    question.seats = seats;
    question.unranked = Unranked::last;
    return question;
}

Tally counted(const Ballots& ballots, const Question& question) {
    auto tally = count(ballots, question);
    REQUIRE(tally);
    return *tally;
}

/// `is who: figure figure | who votes`, a line for each step of that kind.
std::string told(const Ballots& ballots, const Tally& tally, const std::string& kind) {
    std::string text;
    for (const Step& step : tally.steps) {
        if (step.is != kind) continue;
        text += names_text(ballots, step.of) + ":";
        for (const auto& [name, value] : step.figures) text += " " + name + " " + value;
        for (const auto& [who, votes] : step.votes) text += " | " + ballots.candidates()[who] + " " + votes;
        text += "\n";
    }
    return text;
}

const char* twins = "Castor Pollux Helen";

}  // namespace

TEST_CASE("stv-meek: Droop 42t, to the last of nine decimal places") {
    const Ballots ballots = ranked(twins, "4 Castor>Pollux\n2 Helen");
    const Tally tally = counted(ballots, asking("stv-meek", 2));
    CHECK(names_text(ballots, tally.elected) == "Castor Helen");
    CHECK(order_text(ballots, tally.order) == "Castor>Helen>Pollux");
    CHECK(told(ballots, tally, "round") ==
          "Castor Pollux Helen: quota 2.000000001 surplus 1.999999999 exhausted 0 iterations 1"
          " | Castor 4 | Pollux 0 | Helen 2\n"
          "Pollux Helen: quota 2.000000001 surplus 0.000000003 exhausted 0 iterations 2"
          " | Castor 2.000000004 | Pollux 1.999999996 | Helen 2\n");
    CHECK(told(ballots, tally, "keep") == "Castor: | Castor 0.500000001\n");
}

TEST_CASE("stv-meek: a tie, and what settles it") {
    const Ballots ballots = ranked("A B C", "6 A\n2 B\n2 C");
    Question question = asking("stv-meek", 2);
    const Tally tally = counted(ballots, question);
    CHECK(names_text(ballots, tally.elected) == "A");
    CHECK(tally.tie == Tie{{1, 2}, 1});
    CHECK(order_text(ballots, tally.order) == "A>B=C");
    question.tie = {TieBreak::Kind::order, {2, 1, 0}, {}};
    CHECK(names_text(ballots, counted(ballots, question).elected) == "A C");
    question.tie.order = {1, 2, 0};
    CHECK(names_text(ballots, counted(ballots, question).elected) == "A B");
    question.tie = {TieBreak::Kind::lot, {}, "2026-03-01 block 12"};
    const Tally drawn = counted(ballots, question);
    CHECK(drawn.elected.size() == 2);
    CHECK(!drawn.tie);

    const Ballots surpluses = ranked("A B C D", "5 A>C\n5 B>D\n1 C\n1 D");
    question = asking("stv-scottish", 3);
    question.tie = {TieBreak::Kind::order, {1, 0, 3, 2}, {}};  // whose surplus goes first, and who is out last
    CHECK(names_text(surpluses, counted(surpluses, question).elected) == "A B D");
}

TEST_CASE("stv-meek: Droop 513, and equal ranks shared in equal parts") {
    const Ballots ballots = ranked(twins, "5 Castor>Pollux\n1 Pollux\n3 Helen");
    const Tally tally = counted(ballots, asking("stv-meek", 2));
    CHECK(names_text(ballots, tally.elected) == "Castor Helen");
    CHECK(told(ballots, tally, "keep") == "Castor: | Castor 0.600000001\n");

    const Ballots equal = ranked("A B C", "5 A>B\n1 B=C\n3 C");  // Droop meek/eq1
    const Tally shared = counted(equal, asking("stv-meek", 2));
    CHECK(names_text(equal, shared.elected) == "A C");
    CHECK(told(equal, shared, "round") ==
          "A B C: quota 3.000000001 surplus 2.499999998 exhausted 0 iterations 1 | A 5 | B 0.5 | C 3.5\n");

    const Ballots passed_on = ranked("A B C D", "3 A=B>C\n2 D\n1 A\n1 B");
    CHECK(names_text(passed_on, counted(passed_on, asking("stv-meek", 3)).elected) == "A B D");
    const Ballots in_threes = ranked("A B C D", "A=B=C>D\n5 D\n4 A");
    CHECK(names_text(in_threes, counted(in_threes, asking("stv-meek", 2)).elected) == "D A");
}

TEST_CASE("stv-scottish: Droop 42 and 513, stage by stage") {
    const Ballots ballots = ranked(twins, "4 Castor>Pollux\n2 Helen");
    const Tally tally = counted(ballots, asking("stv-scottish", 2));
    CHECK(names_text(ballots, tally.elected) == "Castor Helen");
    CHECK(order_text(ballots, tally.order) == "Castor>Helen>Pollux");
    CHECK(told(ballots, tally, "quota") == ": valid 6 seats 2 quota 3\n");
    CHECK(told(ballots, tally, "transfer") ==
          "Castor: surplus 1 votes 4 a whole vote 0.25 | Pollux 1\nPollux: votes 1\n");
    CHECK(told(ballots, tally, "stage") ==
          "Castor Pollux Helen: not transferable 0 | Castor 4 | Pollux 0 | Helen 2\n"
          "Pollux Helen: not transferable 0 | Castor 3 | Pollux 1 | Helen 2\n"
          "Helen: not transferable 1 | Castor 3 | Helen 2\n");
    CHECK(!tally.tie);

    const Ballots other = ranked(twins, "5 Castor>Pollux\n1 Pollux\n3 Helen");
    CHECK(names_text(other, counted(other, asking("stv-scottish", 2)).elected) == "Castor Helen");
}

TEST_CASE("stv-scottish: five decimal places, the remainder ignored") {
    // 7 votes, quota 3: of A's 5, a surplus of 2 at 2/5 each; of the 3 that B then has, 0.2 at 0.2 * 0.4 / 3.2.
    const Ballots ballots = ranked("A B C D", "3 A>B>C\n2 A\n2 B>D\n1 D\n1 C");
    const Tally tally = counted(ballots, asking("stv-scottish", 2));
    CHECK(told(ballots, tally, "quota") == ": valid 9 seats 2 quota 4\n");
    CHECK(told(ballots, tally, "stage").find("| B 2.6") != std::string::npos);

    const Ballots thirds = ranked("A B C", "3 A>B\n3 A>C\n2 B\n1 C");
    const Tally truncated = counted(thirds, asking("stv-scottish", 2));
    CHECK(told(thirds, truncated, "stage").find("not transferable 0.00002 | A 4 | B 2.99999 | C 1.99999") !=
          std::string::npos);
}

TEST_CASE("stv-scottish: a count by hand, by rules 45 to 52 of the Order's schedule 1 (SSI 2007 no. 42)") {
    const Ballots ballots = ranked("A B C D E", "17 A>B>C\n9 A>C>D\n3 A\n10 B>D\n8 C>B\n7 D>C\n5 E>D>B\n1 E");
    // Rule 46: 60 / (3 + 1) + 1 = 16. A has 29, a surplus of 13.
    // Rule 48: each paper of A's is worth 13 * 1 / 29 = 0.44827|58 to five places, the remainder ignored.
    //   B 10 + 17 * 0.44827 = 17.62059; C 8 + 9 * 0.44827 = 12.03443; 3 * 0.44827 for nobody, and 0.00017 of
    //   remainders.
    // B's surplus is 1.62059. Rule 48(3): of a paper that came at 0.44827, 1.62059 * 0.44827 / 17.62059 = 0.04122|8; of
    //   one of her own, 1.62059 * 1 / 17.62059 = 0.09197|1.
    //   D 7 + 10 * 0.09197 = 7.9197; C 12.03443 + 17 * 0.04122 = 12.73517; 0.00015 of remainders.
    // Rule 50: E is out, 5 to D, 1 for nobody. Then C: 8 papers, and 17 at 0.04122, find nobody left; 9 go on to D at
    //   the 0.44827 they came at, 4.03443: 16.95413, and she has the quota.
    const Tally tally = counted(ballots, asking("stv-scottish", 3));
    CHECK(told(ballots, tally, "quota") == ": valid 60 seats 3 quota 16\n");
    CHECK(told(ballots, tally, "stage") ==
          "A B C D E: not transferable 0 | A 29 | B 10 | C 8 | D 7 | E 6\n"
          "B C D E: not transferable 1.34498 | A 16 | B 17.62059 | C 12.03443 | D 7 | E 6\n"
          "C D E: not transferable 1.34513 | A 16 | B 16 | C 12.73517 | D 7.9197 | E 6\n"
          "C D: not transferable 2.34513 | A 16 | B 16 | C 12.73517 | D 12.9197\n"
          "D: not transferable 11.04587 | A 16 | B 16 | D 16.95413\n");
    CHECK(names_text(ballots, tally.elected) == "A B D");
    CHECK(order_text(ballots, tally.order) == "A>B>D>C>E");
}

TEST_CASE("stv: the food of Wikipedia's \"Single transferable vote\", and OpaVote's first example") {
    const Ballots food = ranked("Orange Pear Chocolate Strawberry Burger",
                                "4 Orange\n2 Pear>Orange\n8 Chocolate>Strawberry\n4 Chocolate>Burger\n1 Strawberry\n"
                                "1 Burger");
    const Tally party = counted(food, asking("stv-scottish", 3));
    CHECK(names_text(food, party.elected) == "Chocolate Orange Strawberry");
    CHECK(told(food, party, "stage").find("Chocolate 6 | Strawberry 5 | Burger 3") != std::string::npos);
    const Ballots opavote =
        ranked("Alice Bob Chris Don Eric", "28 Alice>Bob>Chris\n26 Bob>Alice>Chris\n3 Chris\n2 Don\n1 Eric");
    for (const char* method : {"stv-scottish", "stv-meek"})
        CHECK(names_text(opavote, counted(opavote, asking(method, 3)).elected) == "Alice Bob Chris");
}

TEST_CASE("stv-scottish: a tie goes by the most recent stage at which they were unequal, then by lot") {
    // Droop scotland/weak-surplus.
    const Ballots weak = ranked("A B C D E F", "10 A>C\n8 B\n6 C\n5 D\n3 E>D\n3 F>D");
    const Tally tally = counted(weak, asking("stv-scottish", 4));
    CHECK(names_text(weak, tally.elected) == "A B C D");
    CHECK(!tally.tie);  // E and F are equal at all stages, and both are out either way

    const Ballots equal = ranked("A B C", "4 A\n2 B\n2 C");
    const Tally lot = counted(equal, asking("stv-scottish", 2));
    CHECK(lot.tie == Tie{{1, 2}, 1});
    CHECK(names_text(equal, lot.elected) == "A");
    CHECK(lot.steps.back().is == "tie");

    const Ballots earlier = ranked("A B C D", "6 A\n3 B\n2 C\n1 D>C");
    CHECK(names_text(earlier, counted(earlier, asking("stv-scottish", 2)).elected) == "A B");

    // Two surpluses of one size at all stages: whose is first does not matter here.
    const Ballots surpluses = ranked("A B C D", "5 A>C\n5 B>D\n1 C\n1 D");
    CHECK(counted(surpluses, asking("stv-scottish", 3)).tie == Tie{{2, 3}, 1});
}

TEST_CASE("transferable votes: an equal rank ends a ballot where it is not shared") {
    const Ballots ballots = ranked("A B C", "2 A>B=C\n3 B\n4 C");
    const Tally tally = counted(ballots, asking("irv", 1));
    CHECK(names_text(ballots, tally.elected) == "C");
    CHECK(told(ballots, tally, "round") ==
          "A B C: counting 9 exhausted 0 | A 2 | B 3 | C 4\nB C: counting 7 exhausted 2 | B 3 | C 4\n");
    const Ballots void_ones = ranked("A B", "9 A=B\n1 B");
    CHECK(told(void_ones, counted(void_ones, asking("stv-scottish", 1)), "quota") == ": valid 1 seats 1 quota 1\n");
}

TEST_CASE("irv: ties") {
    const Ballots ballots = ranked("A B C", "4 A\n2 B>C\n2 C>B\n1 A>B");
    CHECK(names_text(ballots, counted(ballots, asking("irv", 1)).elected) == "A");

    const Ballots harmless = ranked("A B C D", "4 A\n3 B\nC>B\nD>B\n2 B");  // whoever goes first, B wins
    const Tally either = counted(harmless, asking("irv", 1));
    CHECK(names_text(harmless, either.elected) == "B");
    CHECK(!either.tie);

    const Ballots open = ranked("A B C", "4 A\n3 B>C\n3 C>A");
    const Tally tie = counted(open, asking("irv", 1));
    CHECK(tie.elected.empty());
    CHECK(tie.tie == Tie{{0, 2}, 1});
    CHECK(order_text(open, tie.order) == "A=C>B");

    const Ballots nobody = ranked("A B", "");
    CHECK(counted(nobody, asking("irv", 1)).tie == Tie{{0, 1}, 1});
    const Ballots unopposed = ranked("A", "A");
    CHECK(names_text(unopposed, counted(unopposed, asking("irv", 1)).elected) == "A");
}

TEST_CASE("transferable votes: beyond a hundred ways only what came before them is certain") {
    std::string lines = "40 Z\n";
    std::string names = "Z";
    for (char each = 'A'; each <= 'F'; ++each) {
        names += std::string(" ") + each;
        lines += std::string("3 ") + each + ">Z\n";
    }
    const Ballots ballots = ranked(names, lines);
    const Tally tally = counted(ballots, asking("stv-scottish", 2));
    CHECK(names_text(ballots, tally.elected) == "Z");
    REQUIRE(tally.tie);
    CHECK(names_text(ballots, tally.tie->between) == "A B C D E F");
    CHECK(tally.tie->seats == 1);
}

TEST_CASE("transferable votes: a hopeful whom a full limit bars is out at once") {
    const Ballots ballots = ranked("A B C D", "7 A>B\n6 B>A\n3 C\n1 D>C");
    for (const char* method : {"stv-meek", "stv-scottish"}) {
        INFO(method);
        Question question = asking(method, 2);
        CHECK(names_text(ballots, counted(ballots, question).elected) == "A B");
        question.limits = {{"organization/acme", {0, 1}, 1, Limit::Apply::skip}};
        const Tally tally = counted(ballots, question);
        CHECK(names_text(ballots, tally.elected) == "A C");
        CHECK(tally.skipped == std::vector<Skipped>{{1, "organization/acme"}});
        question.limits[0].at_most = 0;
        CHECK(names_text(ballots, counted(ballots, question).elected) == "C D");
        question.limits[0].apply = Limit::Apply::drop_lowest;
        CHECK(!count(ballots, question));
    }
    Question question = asking("irv", 1);
    question.limits = {{"organization/acme", {0}, 0, Limit::Apply::skip}};
    CHECK(names_text(ballots, counted(ballots, question).elected) == "B");

    // Both would be elected as the seats run out; the limit takes one, by votes.
    const Ballots last = ranked("A B C", "5 A\n3 B\n2 C");
    question = asking("stv-scottish", 3);
    question.limits = {{"organization/acme", {1, 2}, 1, Limit::Apply::skip}};
    const Tally short_of_one = counted(last, question);
    CHECK(names_text(last, short_of_one.elected) == "A B");
    CHECK(short_of_one.skipped == std::vector<Skipped>{{2, "organization/acme"}});
    const Ballots alike = ranked("A B C", "5 A\n3 B\n3 C");
    CHECK(counted(alike, question).tie == Tie{{1, 2}, 1});
}
