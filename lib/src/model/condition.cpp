#include <algorithm>
#include <charconv>
#include <limits>

#include "govctl/base/text.hpp"
#include "govctl/base/words.hpp"
#include "govctl/model/rule.hpp"

namespace govctl::model {

static constexpr Words<15> counts = {
    "yes",     "no",       "abstain",       "objections",    "objectors",
    "cast",    "decisive", "eligible",      "seats",         "eligible-abstain",
    "present", "missing",  "above-default", "organizations", "seconds",
};
static constexpr Words<6> signs = {"=", "!=", "<", "<=", ">", ">="};

std::string_view count_word(Count count) {
    return word_of(counts, count);
}
std::optional<Count> parse_count(std::string_view word) {
    return value_of<Count>(counts, word);
}

const std::vector<Count>& all_counts() {
    static const std::vector<Count> all = [] {
        std::vector<Count> values;
        for (std::string_view word : counts) values.push_back(*parse_count(word));
        return values;
    }();
    return all;
}

std::string_view comparator_sign(Comparator comparator) {
    return word_of(signs, comparator);
}

namespace {

struct Token {
    std::string_view text;  ///< empty at the end
    int column = 1;
};

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_punctuation(char c) {
    return c == '(' || c == ')' || c == ',';
}

/// Parentheses and commas stand alone; all else is one word up to the next space.
std::vector<Token> tokens_of(std::string_view text) {
    std::vector<Token> tokens;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t begin = at++;
        if (is_space(text[begin])) continue;
        if (!is_punctuation(text[begin]))
            while (at < text.size() && !is_space(text[at]) && !is_punctuation(text[at])) ++at;
        tokens.push_back({text.substr(begin, at - begin), static_cast<int>(begin) + 1});
    }
    tokens.push_back({{}, static_cast<int>(text.size()) + 1});
    return tokens;
}

/// Digits only, below 2^31 so that no product of two overflows.
std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    auto [_, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || value > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
    return value;
}

std::optional<Rational> parse_fraction(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto numerator = parse_integer(text.substr(0, slash));
    if (slash == std::string_view::npos) return numerator ? std::optional<Rational>(*numerator) : std::nullopt;
    const auto denominator = parse_integer(text.substr(slash + 1));
    if (!numerator || !denominator || *denominator == 0) return std::nullopt;
    return Rational(*numerator, *denominator);
}

class Parser {
public:
    explicit Parser(std::string_view text) : tokens_(tokens_of(text)) {}

    Result<Condition> condition() {
        Condition condition;
        GOVCTL_TRY(condition.left, count());
        GOVCTL_TRY(condition.comparator, comparator());
        GOVCTL_TRY(condition.right, amount(0));
        GOVCTL_CHECK(end());
        return condition;
    }

    Result<Amount> whole_amount() {
        GOVCTL_TRY(Amount result, amount(0));
        GOVCTL_CHECK(end());
        return result;
    }

private:
    const Token& peek() const { return tokens_[next_]; }

    Token take() {
        Token token = tokens_[next_];
        if (next_ + 1 < tokens_.size()) ++next_;
        return token;
    }

    bool accept(std::string_view text) {
        if (peek().text != text) return false;
        take();
        return true;
    }

    static Error wrong(const Token& token, std::string message, std::vector<std::string> hints = {}) {
        return Error{ErrorKind::invalid, std::move(message), std::move(hints), Place{"", 1, token.column}};
    }

    static std::string quoted(const Token& token) {
        return token.text.empty() ? "the end" : "\"" + std::string(token.text) + "\"";
    }

    Result<void> expect(std::string_view text) {
        if (accept(text)) return {};
        return wrong(peek(), "expected \"" + std::string(text) + "\", found " + quoted(peek()));
    }

    Result<void> end() {
        if (peek().text.empty()) return {};
        return wrong(peek(), "unexpected " + quoted(peek()) + " after the condition");
    }

    static Error unknown_count(const Token& token, const std::string& expected) {
        std::vector<std::string> known;
        for (std::string_view word : counts) known.emplace_back(word);
        std::vector<std::string> hints;
        if (token.text.find_first_of("+-*<>=!") != std::string_view::npos && token.text.size() > 1)
            hints.push_back("words and signs are separated by spaces, as in \"yes >= eligible - 2\"");
        if (auto meant = nearest(token.text, known)) hints.push_back("did you mean \"" + *meant + "\"?");
        if (token.text.find('%') != std::string_view::npos)
            hints.push_back("a share is a fraction, as in \"2/3 of eligible\"");
        return wrong(token, "expected " + expected + ", found " + quoted(token), std::move(hints));
    }

    Result<Count> count() {
        const Token token = take();
        if (auto found = parse_count(token.text)) return *found;
        return unknown_count(token, "a count");
    }

    Result<Comparator> comparator() {
        const Token token = take();
        if (auto found = value_of<Comparator>(signs, token.text)) return *found;
        return wrong(token, "expected one of = != < <= > >=, found " + quoted(token));
    }

    Result<Amount> amount(int depth) {
        static constexpr int deepest = 16;
        const Token token = take();
        if (depth > deepest) return wrong(token, "the amount is nested too deeply");
        if (token.text == "sqrt") return root(Rational(1));
        if (token.text == "ceil") return rounded(Amount::Form::ceil, depth);
        if (token.text == "floor") return rounded(Amount::Form::floor, depth);
        if (token.text == "min") return smaller(depth);
        if (auto fraction = parse_fraction(token.text)) return number(token, *fraction);
        if (auto counted = parse_count(token.text)) return counted_amount(*counted);
        return unknown_count(token, "an amount");
    }

    /// What follows a number: `of COUNT`, `* sqrt(COUNT)`, or nothing.
    Result<Amount> number(const Token& token, const Rational& fraction) {
        if (accept("*")) {
            GOVCTL_CHECK(expect("sqrt"));
            return root(fraction);
        }
        Amount amount;
        if (accept("of")) {
            amount.form = Amount::Form::share;
            amount.factor = fraction;
            GOVCTL_TRY(amount.count, count());
            return amount;
        }
        if (token.text.find('/') != std::string_view::npos)
            return wrong(peek(), "a fraction is of something: expected \"of COUNT\", found " + quoted(peek()));
        amount.integer = fraction.numerator();
        return amount;
    }

    Result<Amount> root(const Rational& factor) {
        Amount amount;
        amount.form = Amount::Form::root;
        amount.factor = factor;
        GOVCTL_CHECK(expect("("));
        GOVCTL_TRY(amount.count, count());
        GOVCTL_CHECK(expect(")"));
        return amount;
    }

    Result<Amount> rounded(Amount::Form form, int depth) {
        Amount result;
        result.form = form;
        GOVCTL_CHECK(expect("("));
        GOVCTL_TRY(Amount operand, amount(depth + 1));
        GOVCTL_CHECK(expect(")"));
        result.operands = {std::move(operand)};
        return result;
    }

    Result<Amount> smaller(int depth) {
        Amount result;
        result.form = Amount::Form::min;
        GOVCTL_CHECK(expect("("));
        GOVCTL_TRY(Amount first, amount(depth + 1));
        GOVCTL_CHECK(expect(","));
        GOVCTL_TRY(Amount second, amount(depth + 1));
        GOVCTL_CHECK(expect(")"));
        result.operands = {std::move(first), std::move(second)};
        return result;
    }

    Result<Amount> counted_amount(Count counted) {
        Amount amount;
        amount.count = counted;
        amount.form = Amount::Form::share;
        if (peek().text != "+" && peek().text != "-") return amount;
        const bool negative = take().text == "-";
        const Token token = take();
        const auto integer = parse_integer(token.text);
        if (!integer) return wrong(token, "expected a whole number, found " + quoted(token));
        amount.form = Amount::Form::sum;
        amount.integer = negative ? -*integer : *integer;
        return amount;
    }

    std::vector<Token> tokens_;
    std::size_t next_ = 0;
};

}  // namespace

Result<Amount> Amount::parse(std::string_view text) {
    return Parser(text).whole_amount();
}

std::string Amount::str() const {
    const std::string counted(count_word(count));
    switch (form) {
        case Form::integer:
            return std::to_string(integer);
        case Form::share:
            return factor == Rational(1) ? counted : factor.str() + " of " + counted;
        case Form::sum:
            return counted + (integer < 0 ? " - " : " + ") + std::to_string(integer < 0 ? -integer : integer);
        case Form::root:
            return (factor == Rational(1) ? "" : factor.str() + " * ") + "sqrt(" + counted + ")";
        case Form::ceil:
            return "ceil(" + operands.at(0).str() + ")";
        case Form::floor:
            return "floor(" + operands.at(0).str() + ")";
        case Form::min:
            return "min(" + operands.at(0).str() + ", " + operands.at(1).str() + ")";
    }
    return {};
}

bool Amount::names(Count which) const {
    if (form == Form::share || form == Form::sum || form == Form::root) return count == which;
    return std::any_of(operands.begin(), operands.end(), [&](const Amount& operand) { return operand.names(which); });
}

Result<Condition> Condition::parse(std::string_view text) {
    return Parser(text).condition();
}

std::string Condition::str() const {
    return std::string(count_word(left)) + " " + std::string(comparator_sign(comparator)) + " " + right.str();
}

bool Condition::names(Count which) const {
    return left == which || right.names(which);
}

}  // namespace govctl::model
