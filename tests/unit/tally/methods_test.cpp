#include "support/ballot_text.hpp"
#include "support/catch.hpp"

// Examples of the literature, each with its source: the order, and who is elected.

using namespace govctl;
using namespace govctl::tally;
using namespace govctl::testing;

namespace {

struct Case {
    const char* source;
    const char* method;
    const char* candidates;
    const char* ballots;
    const char* order;
    const char* elected;
    std::size_t seats = 1;
};

Question asking(const char* method, std::size_t seats = 1) {
    Question question;
    question.method = *parse_method(method);
    question.seats = seats;
    if (marks_of(question.method) == Marks::ranks) question.unranked = Unranked::last;
    return question;
}

void check(const Case& c) {
    INFO(c.method << ", " << c.source);
    const Question question = asking(c.method, c.seats);
    const Ballots ballots =
        marks_of(question.method) == Marks::ranks ? ranked(c.candidates, c.ballots) : scored(c.candidates, c.ballots);
    const auto tally = count(ballots, question);
    REQUIRE(tally);
    CHECK(order_text(ballots, tally->order) == c.order);
    CHECK(names_text(ballots, tally->elected) == c.elected);
    CHECK(!tally->steps.empty());
}

// Schulze, Social Choice and Welfare 36 (2011), section 3.
const char* schulze_1 = "8 A>C>D>B\n2 B>A>D>C\n4 C>D>B>A\n4 D>B>A>C\n3 D>C>B>A";
// The 45 voters of Schulze's example 5 elsewhere, and of "Schulze method", Wikipedia.
const char* schulze_45 =
    "5 A>C>B>E>D\n5 A>D>E>C>B\n8 B>E>D>A>C\n3 C>A>B>E>D\n7 C>A>E>B>D\n2 C>B>A>D>E\n7 D>C>E>B>A\n8 E>B>A>D>C";
// Choosing Tennessee's capital: Wikipedia, in the article of every method below.
const char* tennessee =
    "42 Memphis>Nashville>Chattanooga>Knoxville\n26 Nashville>Chattanooga>Knoxville>Memphis\n"
    "15 Chattanooga>Knoxville>Nashville>Memphis\n17 Knoxville>Chattanooga>Nashville>Memphis";
const char* cities = "Memphis Nashville Chattanooga Knoxville";
const char* tennessee_order = "Nashville>Chattanooga>Knoxville>Memphis";

const Case cases[] = {
    {"Schulze 2011, example 1", "schulze", "A B C D", schulze_1, "D>A>C>B", "D"},
    {"the 45 voters", "schulze", "A B C D E", schulze_45, "E>A>C>B>D", "E"},
    {"the 45 voters", "schulze-margins", "A B C D E", schulze_45, "E>A>C>B>D", "E"},
    {"the 45 voters", "schulze-wl", "A B C D E", schulze_45, "E>A>C>B>D", "E"},
    {"the 45 voters, three seats", "schulze", "A B C D E", schulze_45, "E>A>C>B>D", "E A C", 3},
    {"electowiki \"Schulze method\", example 2", "schulze", "A B C D",
     "5 A>C>B>D\n2 A>C>D>B\n3 A>D>C>B\n4 B>A>C>D\n3 C>B>D>A\n3 C>D>B>A\n1 D>A>C>B\n5 D>B>A>C\n4 D>C>B>A", "D>A>C>B",
     "D"},
    {"Tideman's method and participation, Schulze on the election methods list, June 1998", "ranked-pairs", "A B C D",
     "37 C>A>B>D\n20 B>D>A>C\n18 A>D>C>B\n15 B>D>C>A\n7 D>A>C>B\n3 C>B>A>D", "C>A>B>D", "C"},
    {"the same, with six more voters who put C before A", "ranked-pairs", "A B C D",
     "37 C>A>B>D\n20 B>D>A>C\n18 A>D>C>B\n21 B>D>C>A\n7 D>A>C>B\n3 C>B>A>D", "A>B>D>C", "A"},
    {"Tennessee", "schulze", cities, tennessee, tennessee_order, "Nashville"},
    {"Tennessee", "ranked-pairs", cities, tennessee, tennessee_order, "Nashville"},
    {"Tennessee", "minimax", cities, tennessee, tennessee_order, "Nashville"},
    {"Tennessee", "condorcet", cities, tennessee, "Nashville>Memphis=Chattanooga=Knoxville", "Nashville"},
    {"Tennessee", "copeland", cities, tennessee, tennessee_order, "Nashville"},
    {"Tennessee", "condorcet-irv", cities, tennessee, tennessee_order, "Nashville"},
    {"Tennessee", "irv", cities, tennessee, "Knoxville>Memphis>Nashville>Chattanooga", "Knoxville"},
    {"Tennessee", "plurality", cities, tennessee, "Memphis>Nashville>Knoxville>Chattanooga", "Memphis"},
    {"Tennessee, the two best", "approval", cities,
     "42 Memphis:1 Nashville:1\n26 Nashville:1 Chattanooga:1\n15 Chattanooga:1 Knoxville:1\n17 Knoxville:1 "
     "Chattanooga:1",
     "Nashville>Chattanooga>Memphis>Knoxville", "Nashville"},
    {"Tennessee, Wikipedia's scores", "score", cities,
     "42 Memphis:10 Nashville:4 Chattanooga:2 Knoxville:0\n26 Memphis:0 Nashville:10 Chattanooga:4 Knoxville:2\n"
     "15 Memphis:0 Nashville:3 Chattanooga:10 Knoxville:6\n17 Memphis:0 Nashville:2 Chattanooga:5 Knoxville:10",
     "Nashville>Chattanooga>Memphis>Knoxville", "Nashville"},
    {"Tennessee, Wikipedia's stars", "star", cities,
     "42 Memphis:5 Nashville:2 Chattanooga:1 Knoxville:0\n26 Memphis:0 Nashville:5 Chattanooga:2 Knoxville:2\n"
     "15 Memphis:0 Nashville:3 Chattanooga:5 Knoxville:4\n17 Memphis:0 Nashville:2 Chattanooga:4 Knoxville:5",
     tennessee_order, "Nashville"},
    {"Condorcet's paradox", "condorcet", "A B C", "A>B>C\nB>C>A\nC>A>B", "A=B=C", ""},
};

}  // namespace

TEST_CASE("methods, by the examples of the literature") {
    for (const Case& c : cases) check(c);
}

TEST_CASE("schulze: the strongest paths of the 45 voters, as Schulze prints them") {
    const Ballots ballots = ranked("A B C D E", schulze_45);
    const auto tally = count(ballots, asking("schulze"));
    REQUIRE(tally);
    const std::uint64_t duels[5][5] = {
        {0, 20, 26, 30, 22}, {25, 0, 16, 33, 18}, {19, 29, 0, 17, 24}, {15, 12, 28, 0, 14}, {23, 27, 21, 31, 0}};
    const std::uint64_t paths[5][5] = {
        {0, 28, 28, 30, 24}, {25, 0, 28, 33, 24}, {25, 29, 0, 29, 24}, {25, 28, 28, 0, 24}, {25, 28, 28, 31, 0}};
    for (Candidate a = 0; a < 5; ++a)
        for (Candidate b = 0; b < 5; ++b) {
            CHECK(tally->pairwise->at(a, b) == duels[a][b]);
            CHECK(tally->strengths->at(a, b) == paths[a][b]);
        }
}
