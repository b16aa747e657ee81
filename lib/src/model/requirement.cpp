#include "govctl/model/requirement.hpp"

#include <algorithm>
#include <charconv>

#include "govctl/base/id.hpp"
#include "govctl/base/text.hpp"
#include "govctl/base/words.hpp"

namespace govctl::model {

using Kind = Requirement::Kind;

/// Those that are counted, in the order of Kind.
static constexpr Words<9> counted = {
    "contributions",
    "reviews",
    "approvals",
    "sponsors",
    "organizations(sponsors)",
    "mentor",
    "mentored",
    "endorsements",
    "organizations(endorsements)",
};
static constexpr Words<6> signs = {"=", "!=", "<", "<=", ">", ">="};

static std::string quoted(std::string_view text) {
    return "\"" + std::string(text) + "\"";
}

static Error invalid(std::string message, std::string hint) {
    return Error{ErrorKind::invalid, std::move(message), {std::move(hint)}, Place{}};
}

static bool is_name(std::string_view text) {
    return bool(RecordId::parse("group/" + std::string(text)));
}

/// Digits only, below 2^31.
static std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

/// `contributions(pkg/, 1y) >= 5` in three parts; only the first may hold spaces.
struct Phrase {
    std::string_view what;
    std::string_view how;
    std::string_view amount;
};

static std::optional<Phrase> phrase_of(std::string_view text) {
    const std::size_t second = text.rfind(' ');
    if (second == std::string_view::npos || second == 0) return std::nullopt;
    const std::size_t first = text.rfind(' ', second - 1);
    if (first == std::string_view::npos || first == 0) return std::nullopt;
    return Phrase{text.substr(0, first), text.substr(first + 1, second - first - 1), text.substr(second + 1)};
}

static Error uncountable(std::string_view what) {
    std::vector<std::string> known;
    for (std::string_view word : counted) known.emplace_back(word);
    const std::string word(what.substr(0, what.find('(')));
    const auto meant = nearest(word, known);
    return invalid(quoted(what) + " cannot be counted", meant && *meant != word ? "did you mean " + quoted(*meant) + "?"
                                                                                : "what can be: " + join(known, ", "));
}

/// `(1y)`, `(pkg/)` or `(pkg/, 1y)` behind `contributions`.
static bool read_places(Requirement& requirement, std::string_view brackets) {
    const std::string inner(brackets.substr(1, brackets.size() - 2));
    const std::size_t comma = inner.rfind(',');
    const std::string last = trim(comma == std::string::npos ? inner : inner.substr(comma + 1));
    if (auto span = Duration::parse(last)) {
        requirement.span = *span;
        if (comma != std::string::npos) requirement.of = trim(inner.substr(0, comma));
        return comma == std::string::npos || !requirement.of.empty();
    }
    requirement.of = trim(inner);
    return comma == std::string::npos && !requirement.of.empty();
}

static Result<Requirement> counting(const Phrase& phrase, Comparator comparator, std::int64_t amount) {
    Requirement requirement{Kind::contributions, "", std::nullopt, comparator, amount};
    static constexpr std::string_view contributions = "contributions(";
    if (phrase.what.starts_with(contributions) && phrase.what.ends_with(')')) {
        if (read_places(requirement, phrase.what.substr(contributions.size() - 1))) return requirement;
    } else if (auto kind = value_of<Kind>(counted, phrase.what)) {
        requirement.kind = *kind;
        return requirement;
    }
    return uncountable(phrase.what);
}

Result<Requirement> Requirement::parse(std::string_view text) {
    static constexpr std::string_view agreed = "agreed ", level = "level ";
    if (text.starts_with(agreed) && !trim(text.substr(agreed.size())).empty())
        return Requirement{Kind::agreed, std::string(text.substr(agreed.size())), {}, {}, 0};
    if (text.starts_with(level) && is_name(text.substr(level.size())))
        return Requirement{Kind::level, std::string(text.substr(level.size())), {}, {}, 0};
    if (const auto phrase = phrase_of(text)) {
        if (phrase->how == "for" && is_name(phrase->what)) {
            GOVCTL_TRY(auto span, Duration::parse(phrase->amount));
            return Requirement{Kind::held, std::string(phrase->what), span, {}, 0};
        }
        const auto comparator = value_of<Comparator>(signs, phrase->how);
        const auto amount = parse_integer(phrase->amount);
        if (comparator && amount) return counting(*phrase, *comparator, *amount);
    }
    return invalid(quoted(text) + " is not a requirement",
                   "write WORD >= NUMBER, WORD for DURATION, level L or agreed PATH");
}

std::string Requirement::str() const {
    switch (kind) {
        case Kind::agreed:
            return "agreed " + of;
        case Kind::level:
            return "level " + of;
        case Kind::held:
            return of + " for " + span->str();
        default:
            break;
    }
    std::string text(word_of(counted, kind));
    if (!of.empty() || span)
        text += "(" + of + (!of.empty() && span ? ", " : "") + (span ? span->str() : std::string()) + ")";
    return text + " " + std::string(comparator_sign(comparator)) + " " + std::to_string(amount);
}

}  // namespace govctl::model
