#include "support/ballot_text.hpp"
#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::tally;
using namespace govctl::testing;

namespace {

struct Case {
    const char* source;
    const char* candidates;
    const char* ballots;
    const char* order;
};

// Markus Schulze, Social Choice and Welfare 36 (2011) 267-303, section 3.
const Case examples[] = {
    {"example 1", "A B C D", "8 A>C>D>B\n2 B>A>D>C\n4 C>D>B>A\n4 D>B>A>C\n3 D>C>B>A", "D>A>C>B"},
    {"the 45 voters, in Wikipedia's article too", "A B C D E",
     "5 A>C>B>E>D\n5 A>D>E>C>B\n8 B>E>D>A>C\n3 C>A>B>E>D\n7 C>A>E>B>D\n2 C>B>A>D>E\n7 D>C>E>B>A\n8 E>B>A>D>C",
     "E>A>C>B>D"},
};

}  // namespace

TEST_CASE("schulze") {
    for (const Case& c : examples) {
        INFO(c.source);
        const Ballots ballots = ranked(c.candidates, c.ballots);
        Question question;
        question.unranked = Unranked::last;
        const auto tally = count(ballots, question);
        REQUIRE(tally);
        CHECK(order_text(ballots, tally->order) == c.order);
    }
}
