#include "figures.hpp"

#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::model;
using namespace govctl::rules;

static Figures sample() {
    Figures figures;
    figures[Count::yes] = 6;
    figures[Count::no] = 3;
    figures[Count::eligible] = 9;
    figures[Count::seats] = 12;
    figures[Count::cast] = 988;
    figures[Count::decisive] = 9;
    figures[Count::abstain] = 2;
    return figures;
}

TEST_CASE("amounts are exact") {
    const struct {
        const char* amount;
        const char* value;
    } cases[] = {
        {"4", "4"},
        {"eligible", "9"},
        {"1/2 of eligible", "9/2"},
        {"2/3 of eligible", "6"},
        {"eligible - 12", "-3"},
        {"eligible + 1", "10"},
        {"sqrt(eligible)", "3"},
        {"1/2 * sqrt(eligible)", "3/2"},
        {"sqrt(seats)", "sqrt(12)"},
        {"3/2 * sqrt(cast)", "3/2 * sqrt(988)"},
        {"sqrt(abstain)", "sqrt(2)"},
        {"sqrt(objections)", "0"},
        {"0 * sqrt(seats)", "0"},
        {"ceil(1/2 of eligible)", "5"},
        {"ceil(1/2 of seats)", "6"},
        {"floor(1/2 of eligible)", "4"},
        {"floor(3/2 * sqrt(cast))", "47"},
        {"ceil(3/2 * sqrt(cast))", "48"},
        {"floor(eligible - 12)", "-3"},
        {"min(eligible, 4)", "4"},
        {"min(sqrt(seats), 7/2 of no)", "sqrt(12)"},
        {"min(ceil(sqrt(seats)), 10/3 of no)", "4"},
        // 17/8 and 3/2 * sqrt(2) have squares between 4 and 5; 2.125 is the larger by 0.004.
        {"min(17/24 of no, 3/2 * sqrt(abstain))", "3/2 * sqrt(2)"},
        {"min(3/2 * sqrt(abstain), 17/24 of no)", "3/2 * sqrt(2)"},
        {"min(19/27 of no, 3/2 * sqrt(abstain))", "19/9"},
        {"min(3/2 * sqrt(abstain), 19/27 of no)", "19/9"},
    };
    for (const auto& each : cases) {
        CAPTURE(each.amount);
        CHECK(value_of(*Amount::parse(each.amount), sample()).str() == each.value);
    }
}

TEST_CASE("every comparator, on both sides of equal") {
    const struct {
        const char* condition;
        bool holds;
    } cases[] = {
        {"yes = 6", true},
        {"yes = 5", false},
        {"yes != 6", false},
        {"yes != 5", true},
        {"yes < 6", false},
        {"yes < 7", true},
        {"yes <= 6", true},
        {"yes <= 5", false},
        {"yes > 6", false},
        {"yes > 5", true},
        {"yes >= 6", true},
        {"yes >= 7", false},
        {"yes >= 2/3 of eligible", true},  // 6 of 9: no rounding
        {"yes > 2/3 of eligible", false},
        {"yes >= ceil(1/2 of seats)", true},
        {"yes > 1/2 of seats", false},
        {"no < sqrt(seats)", true},  // 3 < 3.46
        {"no > sqrt(seats)", false},
        {"no != sqrt(seats)", true},
        {"no = sqrt(eligible)", true},
        {"no > eligible - 12", true},
        {"cast >= 1/2 * sqrt(cast)", true},
        {"no >= 3/2 * sqrt(no)", true},
        {"no >= 7/4 * sqrt(no)", false},  // 3.03
    };
    for (const auto& each : cases) {
        CAPTURE(each.condition);
        CHECK(holds(*Condition::parse(each.condition), sample()) == each.holds);
    }
}

TEST_CASE("66 percent is not two thirds") {
    Figures figures;
    figures[Count::yes] = 33;
    figures[Count::cast] = 50;
    CHECK(holds(*Condition::parse("yes >= 66/100 of cast"), figures));
    CHECK_FALSE(holds(*Condition::parse("yes >= 2/3 of cast"), figures));
}

TEST_CASE("Debian's quorum is not rounded") {
    Figures figures;
    figures[Count::eligible] = 1018;  // 3/2 * sqrt(1018) = 47.86
    figures[Count::cast] = 47;
    CHECK_FALSE(holds(*Condition::parse("cast >= 3/2 * sqrt(eligible)"), figures));
    figures[Count::cast] = 48;
    CHECK(holds(*Condition::parse("cast >= 3/2 * sqrt(eligible)"), figures));
}

TEST_CASE("what names yes holds with nobody's silence") {
    const Figures nobody;
    for (const char* text :
         {"yes >= 0", "yes = 0", "no <= yes", "yes >= no", "cast >= 1/2 of yes", "no >= min(yes, 0)"}) {
        CAPTURE(text);
        CHECK_FALSE(holds(*Condition::parse(text), nobody));
    }
    for (const char* text : {"no = 0", "objections = 0", "cast >= 0"}) {
        CAPTURE(text);
        CHECK(holds(*Condition::parse(text), nobody));
    }
}

TEST_CASE("the largest figures compare without overflow") {
    Figures figures;
    figures[Count::yes] = 2147483647;
    figures[Count::eligible] = 2147483646;
    CHECK(holds(*Condition::parse("yes < 2147483647/2147483646 * sqrt(eligible)"), figures) == false);
    CHECK(holds(*Condition::parse("yes > 2147483645/2147483647 of eligible"), figures));
    CHECK(holds(*Condition::parse("no < 1/2147483647 * sqrt(eligible)"), figures));
    CHECK(value_of(*Amount::parse("floor(2147483647 * sqrt(eligible))"), figures).str() == "99516432290533");
}
