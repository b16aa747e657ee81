#include "support/catch.hpp"

#include "govctl/model/rule.hpp"

using namespace govctl;
using namespace govctl::model;

TEST_CASE("a condition prints as it is read") {
    const char* const cases[] = {
        "yes >= 2",
        "yes > no",
        "objections = 0",
        "objectors < 5",
        "yes != 3",
        "missing <= 1",
        "cast >= 1/2 of eligible",
        "yes >= 2/3 of seats",
        "yes >= eligible - 2",
        "yes > eligible-abstain + 0",
        "yes > 1/2 of eligible-abstain",
        "yes > 1/2 of present",
        "above-default >= 3/2 * sqrt(eligible)",
        "above-default > sqrt(eligible)",
        "yes >= ceil(1/2 of seats)",
        "yes >= floor(2/3 of decisive)",
        "yes >= min(5, ceil(1/3 of cast))",
        "yes >= ceil(min(1/2 * sqrt(eligible), 3/4 of seats))",
        "organizations >= 2",
        "abstain < 1/3 of cast",
        "seconds >= 20",
    };
    for (const char* text : cases) {
        CAPTURE(text);
        const Result<Condition> condition = Condition::parse(text);
        REQUIRE(condition);
        CHECK(condition->str() == text);
        CHECK(*Condition::parse(condition->str()) == *condition);
    }
}

TEST_CASE("a condition has one canonical form") {
    const struct {
        const char* text;
        const char* canonical;
    } cases[] = {
        {"  yes   >=  2 ", "yes >= 2"},
        {"yes >= 4/6 of eligible", "yes >= 2/3 of eligible"},
        {"yes >= 1 of eligible", "yes >= eligible"},
        {"yes >= 2 of no", "yes >= 2 of no"},
        {"yes >= 6/3 * sqrt( eligible )", "yes >= 2 * sqrt(eligible)"},
        {"yes >= eligible - 0", "yes >= eligible + 0"},
        {"yes >= min( 2 ,no )", "yes >= min(2, no)"},
        {"yes >= 007", "yes >= 7"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.text);
        const Result<Condition> condition = Condition::parse(each.text);
        REQUIRE(condition);
        CHECK(condition->str() == each.canonical);
        CHECK(*Condition::parse(each.canonical) == *condition);
    }
}

TEST_CASE("what is no condition is refused with its column") {
    const struct {
        const char* text;
        int column;
        const char* message;
    } cases[] = {
        {"", 1, "expected a count, found the end"},
        {"yes", 4, "expected one of = != < <= > >=, found the end"},
        {"yes>=2", 1, "expected a count, found \"yes>=2\""},
        {"yes >=2", 5, "expected one of = != < <= > >=, found \">=2\""},
        {"yes >= eligible-2", 8, "expected an amount, found \"eligible-2\""},
        {"yes >= -1", 8, "expected an amount, found \"-1\""},
        {"yes >= 66% of eligible", 8, "expected an amount, found \"66%\""},
        {"yes >= 0.66 of eligible", 8, "expected an amount, found \"0.66\""},
        {"yes >= 2/3", 11, "a fraction is of something: expected \"of COUNT\", found the end"},
        {"yes >= 1/0 of eligible", 8, "expected an amount, found \"1/0\""},
        {"yes >= 2/3 eligible", 12, "a fraction is of something: expected \"of COUNT\", found \"eligible\""},
        {"yes >= 2147483648", 8, "expected an amount, found \"2147483648\""},
        {"yes == 2", 5, "expected one of = != < <= > >=, found \"==\""},
        {"2 <= yes", 1, "expected a count, found \"2\""},
        {"yes >= ceil 3", 13, "expected \"(\", found \"3\""},
        {"yes >= ceil(3", 14, "expected \")\", found the end"},
        {"yes >= min(3)", 13, "expected \",\", found \")\""},
        {"yes >= sqrt(4)", 13, "expected a count, found \"4\""},
        {"yes >= 3 * eligible", 12, "expected \"sqrt\", found \"eligible\""},
        {"yes >= eligible - no", 19, "expected a whole number, found \"no\""},
        {"yes >= eligible - 1 - 1", 21, "unexpected \"-\" after the condition"},
        {"yes >= 2 and no = 0", 10, "unexpected \"and\" after the condition"},
        {"ye >= 2", 1, "expected a count, found \"ye\""},
    };
    for (const auto& each : cases) {
        CAPTURE(each.text);
        const Result<Condition> condition = Condition::parse(each.text);
        REQUIRE_FALSE(condition);
        CHECK(condition.error().kind == ErrorKind::invalid);
        CHECK(condition.error().message == each.message);
        CHECK(condition.error().place->column == each.column);
    }
}

TEST_CASE("an amount nested without end is refused, not followed") {
    std::string deep;
    for (int i = 0; i < 100000; ++i) deep += "ceil(";
    CHECK_FALSE(Amount::parse(deep));
}

TEST_CASE("a condition knows what it counts") {
    const Condition condition = *Condition::parse("cast >= min(3, ceil(1/2 of yes))");
    CHECK(condition.names(Count::cast));
    CHECK(condition.names(Count::yes));
    CHECK_FALSE(condition.names(Count::no));
    // An integer has a count by default; it names nothing.
    CHECK_FALSE(Condition::parse("cast >= 3")->names(Count::yes));
}

TEST_CASE("every count has its word") {
    CHECK(all_counts().size() == 15);
    for (Count count : all_counts()) CHECK(parse_count(count_word(count)) == count);
    CHECK_FALSE(parse_count("votes"));
}
