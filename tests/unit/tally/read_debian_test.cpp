#include "reading.hpp"
#include "support/catch.hpp"

using namespace govctl::tally;

namespace {

/// The lines that name the options, as devotee draws them.
std::string picture(int options) {
    static const std::string keys = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    std::string text;
    for (int i = 0; i < options; ++i) {
        text += "   " + std::string(static_cast<std::size_t>(i), '|') + "/  Option " +
                keys[static_cast<std::size_t>(i)] + "--->: o" + std::to_string(i + 1) + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("Debian: ranks, ties and none, with names or hashes behind them") {
    const ReadCase cases[] = {
        {picture(3) + "   |||/\nV: 123 \t\tdeadbeef\nV: 1-1\taj\tAnthony Towns\nV: ---\n", "o1 o2 o3: 123 | 1-1 | ---"},
        {picture(3) + "V: 932", "o1 o2 o3: 321"},
        {picture(3) + "V: 312\r\nsome words\nV: 21-\r\n", "o1 o2 o3: 312 | 21-"},
        {picture(2) + "V: 12 x\tM\xfcller\n", "o1 o2: 12"},
        {"  Option 1->: Rapha\xebl\n  Option 2->:  Further  discussion \nV: 21\n", "Raphaël Further  discussion: 21"},
        {picture(11) + "V: 123456789AB\nV: -----------\nV: BA987654321\n",
         "o1 o2 o3 o4 o5 o6 o7 o8 o9 o10 o11: 1234567891011 | ----------- | 1110987654321"},
    };
    for (const ReadCase& each : cases) {
        INFO(each.bytes);
        CHECK(read_as(each.bytes, Format::debian) == each.read);
    }
    CHECK(read_as("Option 1->: a\nOption 2->: b\nOption 4->: c\nV: 123", Format::debian) ==
          "3:8: option 3 is called \"4\"");
}

TEST_CASE("Debian: what is wrong is told to the column") {
    const ReadCase cases[] = {
        {"words\nV: 12\n", "1:1: no line above the votes names an option"},
        {picture(2) + "nothing\n", "1:1: there are no ballots in the file"},
        {picture(2) + "V: 1\n", "3:5: too few ranks: 1 for 2 options"},
        {picture(2) + "V: 123\n", "3:6: too many ranks for 2 options"},
        {picture(2) + "V: 1x\n", "3:5: \"x\" is not a rank"},
        {picture(2) + "V: 10\n", "3:5: \"0\" is not a rank"},
        {picture(2) + std::string("V: 1\0\n", 6), "3:5: \"\\x00\" is not a rank"},
        {"  Option 1->: a\n  Option 2->: a\nV: 12\n", "2:15: two candidates are called \"a\""},
    };
    for (const ReadCase& each : cases) {
        INFO(each.bytes);
        CHECK(read_as(each.bytes, Format::debian) == each.read);
    }
}

TEST_CASE("Debian: scores are not in it") {
    Reading how;
    how.marks = Marks::scores;
    CHECK(read_as(picture(2) + "V: 12\n", Format::debian, how) ==
          "1:1: a Debian tally sheet ranks options, and this method wants scores");
}

TEST_CASE("Debian: read leniently") {
    Reading how;
    how.lenient = true;
    CHECK(read_as(picture(2) + "V: 12\nV: 1\nV: 21\n", Format::debian, how) ==
          "o1 o2: 12 | 21; 1 spoilt; 4:5: too few ranks: 1 for 2 options");
}
