#include "govctl/model/rule.hpp"
#include "property/dice.hpp"
#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::model;
using namespace govctl::testing;

namespace {

Amount random_amount(Dice& dice, int depth) {
    Amount amount;
    const Count count = dice.of(all_counts());
    const Rational factor(dice.between(0, 12), dice.between(1, 12));
    switch (depth > 0 ? dice.below(7) : dice.below(4)) {
        case 0:
            amount.integer = dice.between(0, 2'000'000'000);
            return amount;
        case 1:
            amount.form = Amount::Form::share;
            amount.factor = factor;
            amount.count = count;
            return amount;
        case 2:
            amount.form = Amount::Form::sum;
            amount.integer = dice.between(-50, 50);
            amount.count = count;
            return amount;
        case 3:
            amount.form = Amount::Form::root;
            amount.factor = factor;
            amount.count = count;
            return amount;
        case 4:
            amount.form = Amount::Form::ceil;
            break;
        case 5:
            amount.form = Amount::Form::floor;
            break;
        default:
            amount.form = Amount::Form::min;
            amount.operands.push_back(random_amount(dice, depth - 1));
    }
    amount.operands.push_back(random_amount(dice, depth - 1));
    return amount;
}

}  // namespace

TEST_CASE("a condition read from what it prints is the same condition") {
    Dice dice(6);
    for (int i = 0; i < 20'000; ++i) {
        Condition condition;
        condition.left = dice.of(all_counts());
        condition.comparator = static_cast<Comparator>(dice.below(6));
        condition.right = random_amount(dice, 4);
        INFO(condition.str());
        const Result<Condition> read = Condition::parse(condition.str());
        REQUIRE(read);
        REQUIRE(*read == condition);
    }
}

TEST_CASE("no text crashes the readers of the rule language") {
    static const std::vector<std::string> pieces = {
        "yes",    "no",        "eligible", "sqrt", "ceil", "min",    "(",   ")", ",",    "1/2",
        "3",      "of",        "*",        "+",    "-",    ">=",     "<",   "=", "role", "members",
        "voters", "election/", "passing",  "for",  "2d",   "affirm", "lot", "",  "\xff", "9999999999999999999",
        "1/0",    "\t"};
    Dice dice(7);
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        for (int n = dice.below(9); n > 0; --n) text += dice.of(pieces) + (dice.one_in(4) ? "" : " ");
        INFO(text);
        if (auto condition = Condition::parse(text)) CHECK(*Condition::parse(condition->str()) == *condition);
        if (auto term = Term::parse(text)) CHECK(*Term::parse(term->str()) == *term);
        if (auto early = Early::parse(text)) CHECK(*Early::parse(early->str()) == *early);
        if (auto tie = TieRule::parse(text)) CHECK(*TieRule::parse(tie->str()) == *tie);
        if (auto failure = Failure::parse(text)) CHECK(*Failure::parse(failure->str()) == *failure);
    }
}
