#include "reading.hpp"
#include "support/catch.hpp"

using namespace govctl::tally;

namespace {

Reading scores() {
    Reading how;
    how.marks = Marks::scores;
    return how;
}

Reading lenient() {
    Reading how;
    how.lenient = true;
    return how;
}

}  // namespace

TEST_CASE("csv: ranks, ties, gaps and none") {
    const ReadCase cases[] = {
        {"a,b,c\n1,2,3\n3,1,2\n", "a b c: 123 | 312"},
        {"a,b,c\n1,2,3", "a b c: 123"},
        {"a,b,c\r\n1,2,3\r\n,2,\r\n", "a b c: 123 | -1-"},
        {"\xef\xbb\xbf"
         "a,b\n1,2\n",
         "a b: 12"},
        {"a,b,c\n20,20,10\n", "a b c: 221"},
        {"a,b,c\n1000000,5,2147483647\n", "a b c: 213"},
        {"a,b,c\nNo opinion,1,No opinion\nno opinion,-,2\n,,\n", "a b c: -1- | --1 | ---"},
        {"a,b\n1,\n,1\n", "a b: 1- | -1"},
        {"a,b\n1,", "a b: 1-"},
        {"a,b\n 1 ,\t2\n", "a b: 12"},
        {"a,b\n\n1,2\n\n\n", "a b: 12"},
        {"\"Roe, Ann\",\"say \"\"hi\"\"\",x\"y\n\"1\",\" 2 \",3\n", "Roe, Ann say \"hi\" x\"y: 123"},
        {"\"two\nlines\",b\n1,2\n", "two\nlines b: 12"},
        {"a\n1\nNo opinion\n", "a: 1 | -"},
        {"Voter ID,timestamp,a,b\nx,2026-01-05,1,2\n\"y,z\",,2,1\n", "a b: 12 | 21"},
        {"a,voter,b\n1,2,3\n", "a voter b: 123"},
        {"徐俊杰,b\n2,1\n", "徐俊杰 b: 21"},
    };
    for (const ReadCase& each : cases) {
        INFO(each.bytes);
        CHECK(read_as(each.bytes, Format::csv) == each.read);
    }
}

TEST_CASE("csv: scores") {
    CHECK(read_as("a,b,c\n5,0,\n1,No opinion,2\n", Format::csv, scores()) == "a b c: 50- | 1-2");
    CHECK(read_as("a,b\n1,x\n", Format::csv, scores()) == "2:3: \"x\" is not a score");
    CHECK(read_as("a,b\n1,-1\n", Format::csv, scores()) == "2:3: \"-1\" is not a score");
    CHECK(read_as("a,b\n1,2147483648\n", Format::csv, scores()) == "2:3: the score \"2147483648\" is above 2147483647");
}

TEST_CASE("csv: what is wrong is told to the column") {
    const ReadCase cases[] = {
        {"", "1:1: the file is empty"},
        {"\xef\xbb\xbf\n \r\n", "1:1: the file is empty"},
        {"a,b\n", "1:1: there are no ballots in the file"},
        {"a,b\n1\n", "2:2: too few columns: 1 for 2 candidates"},
        {"a,b\n1,2\n1", "3:2: too few columns: 1 for 2 candidates"},
        {"a,b\n1,2,3\n", "2:5: too many columns for 2 candidates"},
        {"a,b\n1,2,\n", "2:5: too many columns for 2 candidates"},
        {"a,b\n1,two\n", "2:3: \"two\" is not a rank"},
        {"a,b\n1,2.0\n", "2:3: \"2.0\" is not a rank"},
        {"a,b\n1,-2\n", "2:3: \"-2\" is not a rank"},
        {"a,b\n1,0\n", "2:3: ranks count from 1"},
        {"a,b,c\n1,2,3\n2,0,1\n3,2,1\n", "3:3: ranks count from 1"},
        {"a,b\n1,2147483648\n", "2:3: the rank \"2147483648\" is above 2147483647"},
        {"a,b\n1,9007199254740993\n", "2:3: the rank \"9007199254740993\" is above 2147483647"},
        {"a,b\n1,99999999999999999999999999\n", "2:3: the rank \"99999999999999999999999999\" is above 2147483647"},
        {"a,b,a\n1,2,3\n", "1:5: two candidates are called \"a\""},
        {"a,,b\n1,2,3\n", "1:3: a candidate without a name"},
        {"voter\nx\n", "2:1: \"x\" is not a rank"},
        {"voter,id,\n", "1:10: a candidate without a name"},
        {"a,b\n1,\"2\n", "2:3: a quote that is never closed"},
        {"a,b\n\"1\"2,2\n", "2:4: text after the closing quote"},
        {"a,b\xff\n1,2\n", "1:3: the name of a candidate is not valid UTF-8"},
        {"a,b\n1,\xff\n", "2:3: \"\\xff\" is not a rank"},
        {std::string("a,b\n1,2\0\n", 9), "2:3: \"2\\x00\" is not a rank"},
        {std::string("a,b\0\n1,2\n", 9), "1:3: a NUL in the name of a candidate"},
    };
    for (const ReadCase& each : cases) {
        INFO(each.bytes);
        CHECK(read_as(each.bytes, Format::csv) == each.read);
    }
}

TEST_CASE("csv: read leniently, a ballot that cannot be read is spoilt") {
    CHECK(read_as("a,b\n1,2\nx,1\n2\n1,2,3\n2,1\n", Format::csv, lenient()) ==
          "a b: 12 | 21; 3 spoilt; 3:1: \"x\" is not a rank; 4:2: too few columns: 1 for 2 candidates; "
          "5:5: too many columns for 2 candidates");
    CHECK(read_as("a,b\nx,1\n", Format::csv, lenient()) == "2:1: \"x\" is not a rank");
    CHECK(read_as("a,b\n1,2\n\"1\n,\"x,2\n2,1\n", Format::csv, lenient()) ==
          "a b: 12 | 21; 1 spoilt; 4:3: text after the closing quote");
    CHECK(read_as("a,b\n1,2\n\"1,2\n2,1\n", Format::csv, lenient()) == "3:1: a quote that is never closed");
}

TEST_CASE("csv: what is huge is refused at once") {
    const std::string long_line(10'000'000, '1');
    CHECK(read_as("a,b\n1," + long_line + "\n", Format::csv) ==
          "2:3: the rank \"" + std::string(60, '1') + "…\" is above 2147483647");
    std::string wide = "a0";
    for (int i = 1; i < 1'000'000; ++i) wide += ",a" + std::to_string(i);
    CHECK(read_as(wide, Format::csv).find("more than 250 candidates") != std::string::npos);
    CHECK(read_as("a,b\n" + wide, Format::csv) == "2:1: \"a0\" is not a rank");
    CHECK(read_as(std::string(10'000'000, 'x') + ",b\n", Format::csv) ==
          "1:1: the name of a candidate is longer than 1000 bytes");

    std::string spoilt = "a,b\n1,2\n";
    for (int i = 0; i < 300'000; ++i) spoilt += "x,1\n";
    const auto read = read_ballots(spoilt, Format::csv, lenient());
    REQUIRE(read);
    CHECK(read->ballots.spoilt == 300'000);
    CHECK(read->spoilt.size() == 100);
    CHECK(read->spoilt.back().error.place->line == 102);
}
