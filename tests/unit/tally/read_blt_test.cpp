#include "reading.hpp"
#include "support/catch.hpp"

using namespace govctl::tally;

TEST_CASE("BLT: weights, ties, skipped ranks, comments") {
    const std::string names = "\n\"Ann\"\n\"Bo\"\n\"Cy\"\n\"A title\"\n";
    const ReadCase cases[] = {
        {"3 1\n3 1 2 0\n1 3 0\n0" + names, "Ann Bo Cy: 12- x3 | --1"},
        {"3 1\n2 2=3 1 0\n0" + names, "Ann Bo Cy: 211 x2"},
        {"3 1\n1 2 = 3 - 1 0\n0" + names, "Ann Bo Cy: 211"},
        {"# all\n3 1 # seats\n\n 1 1 0 # one\n0" + names, "Ann Bo Cy: 1--"},
        {"3 1 -2 1 1 3 0 1 3 0 0" + names, "Ann Bo Cy: 1-2 | --1"},
        {"3 1\n(x 17) 1 1 0\n0" + names, "Ann Bo Cy: 1--"},
        {"3 1\n1 0\n0" + names, "Ann Bo Cy: ---"},
        {"3 1\r\n1 2 0\r\n0\r\nAnn\r\nBo\r\nCy\r\n", "Ann Bo Cy: -1-"},
        {"1 1\n1 1 0\n0\n\"\\\"A\\\" # B\"", "\"A\" # B: 1"},
        {"3 1\n2147483647 1 0\n0" + names, "Ann Bo Cy: 1-- x2147483647"},
    };
    for (const ReadCase& each : cases) {
        INFO(each.bytes);
        CHECK(read_as(each.bytes, Format::blt) == each.read);
    }
}

TEST_CASE("BLT: seats, title and who has withdrawn") {
    const auto read = read_ballots("4 2\n-2 -1\n3 1 3 4 0\n0\n\"A\"\n\"B\"\n\"C\"\n\"D\"\n\"Club #1\"\n\"a source\"\n",
                                   Format::blt, {});
    REQUIRE(read);
    CHECK(read->ballots.seats == 2);
    CHECK(read->ballots.title == "Club #1");
    CHECK(read->ballots.withdrawn == std::vector<Candidate>{0, 1});
}

TEST_CASE("BLT: what is wrong is told to the column") {
    const ReadCase cases[] = {
        {"x 1\n", "1:1: \"x\" is not the number of candidates"},
        {"2\n", "2:1: the file ends before the number of seats"},
        {"251 1\n", "1:1: more than 250 candidates"},
        {"0 1\n", "1:1: there are no candidates in the file"},
        {"2 1\n1 3 0\n0\nA B", "2:3: there is no candidate 3"},
        {"2 1\n-3\n0\nA B", "2:2: there is no candidate 3"},
        {"2 1\n1 2 2 0\n0\nA B", "2:5: candidate 2 stands twice on this ballot"},
        {"2 1\n1 2=2 0\n0\nA B", "2:5: candidate 2 stands twice on this ballot"},
        {"2 1\n(7 1 1 0\n0\nA B", "2:1: a bracket that is not closed"},
        {"2 1\n1 x 0\n0\nA B", "2:3: \"x\" is not the number of a candidate"},
        {"2 1\n1 1 2\n0\nA B", "2:6: a ballot that does not end with 0"},
        {"2 1\n1 =2 0\n0\nA B", "2:3: \"=\" without a candidate before it"},
        {"2 1\n1 1= 0\n0\nA B", "2:6: \"=\" without a candidate after it"},
        {"2 1\n1.5 1 0\n0\nA B", "2:1: \"1.5\" is not a number of ballots"},
        {"2 1\n9007199254740993 1 0\n0\nA B", "2:1: the number of ballots \"9007199254740993\" is above 2147483647"},
        {"2 1\n2147483647 1 0\n1 2 0\n0\nA B", "3:1: more than 2147483647 ballots"},
        {"2 1\n1 1 0\n\"A\"\n", "3:1: a name among the ballots"},
        {"2 1\n1 1 0\n", "3:1: the ballots do not end"},
        {"2 1\n1 1 0\n0\n\"A\"\n", "5:1: 1 names for 2 candidates"},
        {"2 1\n1 1 0\n0\n\"A\"\n\"A\"\n", "5:1: two candidates are called \"A\""},
        {"2 1\n1 1 0\n0\n\"A\n\"B\"\n", "4:1: a quote that is not closed in its line"},
        {"2 1\n0\n\"A\"\n\"B\"\n", "1:1: there are no ballots in the file"},
    };
    for (const ReadCase& each : cases) {
        INFO(each.bytes);
        CHECK(read_as(each.bytes, Format::blt) == each.read);
    }
}

TEST_CASE("BLT: read leniently, all ballots of a line that cannot be read are spoilt") {
    Reading how;
    how.lenient = true;
    CHECK(read_as("2 1\n1 1 0\n4 3 0\nx\n2 2 0\n0\nA B", Format::blt, how) ==
          "A B: 1- | -1 x2; 5 spoilt; 3:3: there is no candidate 3; 4:1: \"x\" is not a number of ballots");
}

TEST_CASE("BLT: scores are not in it") {
    Reading how;
    how.marks = Marks::scores;
    CHECK(read_as("1 1\n1 1 0\n0\nA", Format::blt, how) ==
          "1:1: a BLT file ranks candidates, and this method wants scores");
}
