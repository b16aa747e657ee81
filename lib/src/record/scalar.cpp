#include "scalar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <vector>

#include "govctl/base/text.hpp"
#include "govctl/base/time.hpp"
#include "govctl/model/requirement.hpp"
#include "govctl/model/rule.hpp"

namespace govctl::record {
namespace {

using MaybeFault = std::optional<Fault>;

// Patterns are for schemas, which cannot do all that reading does: they must accept whatever it accepts.
constexpr ScalarForm forms[] = {
    {Scalar::text, "text", "", true, true, true},
    {Scalar::line, "a line of text", "^[^\\n]+$", true, true, true},
    {Scalar::name, "a name", "^[a-z0-9][a-z0-9-]*$", true},
    {Scalar::handle, "a handle", "^@?[A-Za-z0-9][A-Za-z0-9-]{0,38}$", true},
    {Scalar::id, "an id", "^[a-z0-9][a-z0-9-]*$", true},
    {Scalar::record_id, "the id of a record", "^(rfc-[0-9]+|[a-z]+/[a-z0-9][a-z0-9-]*)$"},
    {Scalar::matter_id, "the id of an RFC or a motion", "^(rfc-[0-9]+|motion/[a-z0-9][a-z0-9-]*)$"},
    {Scalar::voted_id, "the id of an RFC, a motion or an election",
     "^(rfc-[0-9]+|(motion|election)/[a-z0-9][a-z0-9-]*)$"},
    {Scalar::election_id, "the id of an election", "^election/[a-z0-9][a-z0-9-]*$"},
    {Scalar::voter, "a term or a requirement", "^[a-z]"},
    {Scalar::old_number, "the number of an RFC", "^(rfc-)?[0-9]+$", true},
    {Scalar::matter_kind, "a kind of matter", "^([*]|[a-z0-9][a-z0-9-]*)$"},
    {Scalar::instant, "an instant", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"},
    {Scalar::date, "a date or an instant", "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?$"},
    {Scalar::duration, "a duration", "^[0-9]+(m|h|d|w|mo|y|bh|bd)$"},
    {Scalar::clock, "a time of day", "^([01][0-9]|2[0-3]):[0-5][0-9]$", true},
    {Scalar::fraction, "a fraction", "^[0-9]+/[0-9]+$"},
    {Scalar::share, "a number or a fraction", "^[0-9]+(/[0-9]+)?( of seats)?$", true},
    {Scalar::integer, "a whole number", "^[0-9]+$", true},
    {Scalar::positive, "a whole number above zero", "^[0-9]*[1-9][0-9]*$", true},
    {Scalar::boolean, "true or false", "^(true|false)$", false, false, true},
    {Scalar::seats, "a number of seats", "^([0-9]+[+]?|any)$", true},
    {Scalar::seconds, "a number of seconds", "^[a-z0-9/]+([ (].+)?$", true},
    {Scalar::condition, "a condition", "^[a-z-]+ +(=|!=|<|<=|>|>=) +[^ ]"},
    {Scalar::term, "an electorate", "^(members|everyone|(role|group|level|owners|voters) +[^ ].*)$"},
    {Scalar::any_term, "a term for people",
     "^(members|everyone|authors|subject|(role|group|level|owners|voters|person) +[^ ].*)$"},
    {Scalar::early, "a way to end early", "^(never|all-voted|certain|passing( for [0-9]+[a-z]+)?|unanimous)$"},
    {Scalar::tie, "a way to settle a tie", "^(fails|passes|casting-vote role .+|lot|revote)$"},
    {Scalar::failure, "what follows a failure", "^[a-z0-9-]+( [a-z0-9-]+)?$"},
    {Scalar::requirement, "a requirement", "^[a-z]"},
    {Scalar::path, "a path", "^[^/].*$", true, true},
    {Scalar::email, "an e-mail address", "^[^@ <>]+@[^@ <>]+$"},
    {Scalar::digest, "a SHA-256", "^[0-9a-f]{64}$", true, true},
    {Scalar::blob, "an object id of git", "^([0-9a-f]{40}|[0-9a-f]{64})$", true, true},
    {Scalar::replaced_blob, "an object id of git or 'none'", "^([0-9a-f]{40}|[0-9a-f]{64}|none)$", true, true},
    {Scalar::word, "a word", "", false, false, false},
};

std::string not_a(std::string_view text, std::string_view noun) {
    return fmt::format("\"{}\" is not {}", printable(text), noun);
}

MaybeFault unless(bool good, const FindingKind& kind, Scalar scalar, const std::string& text, std::string help) {
    if (good) return std::nullopt;
    return Fault{&kind, not_a(text, form_of(scalar).noun), std::move(help)};
}

/// Our sentence with the hints of a parser of `base`, which does not know where the text stands.
template <class T>
MaybeFault unless(const Result<T>& parsed, const FindingKind& kind, Scalar scalar, const std::string& text) {
    return unless(bool(parsed), kind, scalar, text, parsed ? "" : join(parsed.error().hints, "; "));
}

/// The sentence of a parser of the rule language, which knows the column.
template <class T>
MaybeFault fault_of(const Result<T>& parsed, const FindingKind& kind) {
    if (parsed) return std::nullopt;
    const Error& error = parsed.error();
    return Fault{&kind, error.message, join(error.hints, "; "), error.place ? error.place->column : 1};
}

bool is_name(std::string_view text) {
    return bool(RecordId::parse(fmt::format("group/{}", text)));
}

bool is_record_id(std::string_view text) {
    return bool(RecordId::parse(text));
}

bool is_election_id(std::string_view text) {
    const auto id = RecordId::parse(text);
    return id && id->space == RecordId::Space::election;
}

bool is_matter_id(std::string_view text) {
    const auto id = RecordId::parse(text);
    return id && (id->space == RecordId::Space::rfc || id->space == RecordId::Space::motion);
}

bool is_clock(std::string_view text) {
    const bool digits =
        text.size() == 5 && text[2] == ':' && parse_integer(text.substr(0, 2)) && parse_integer(text.substr(3));
    return digits && *parse_integer(text.substr(0, 2)) < 24 && *parse_integer(text.substr(3)) < 60;
}

bool is_hex(std::string_view text, std::size_t size) {
    return text.size() == size && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_blob(std::string_view text) {
    return is_hex(text, 40) || is_hex(text, 64);
}

bool is_email(std::string_view text) {
    const std::size_t at = text.find('@');
    return at != 0 && at != std::string_view::npos && at + 1 < text.size() &&
           text.find('@', at + 1) == std::string_view::npos && text.find_first_of(" \t\n<>") == std::string_view::npos;
}

/// Relative, with nothing in it that leads elsewhere; `.` is the top.
bool is_path(std::string_view text) {
    if (text == ".") return true;
    if (text.starts_with('/') || text.find("//") != std::string_view::npos || text.find('\n') != std::string_view::npos)
        return false;
    const auto parts = split(text, '/');
    return std::none_of(parts.begin(), parts.end(),
                        [](const std::string& part) { return part == "." || part == ".."; });
}

bool is_share(std::string_view text) {
    constexpr std::string_view of_seats = " of seats";
    if (text.ends_with(of_seats)) return bool(parse_fraction(text.substr(0, text.size() - of_seats.size())));
    return parse_integer(text) || parse_fraction(text);
}

std::string fraction_help(std::string_view text) {
    if (text.find('%') != std::string_view::npos || text.find('.') != std::string_view::npos) {
        return "write two whole numbers, as 2/3: a percentage or a decimal is never exactly that";
    }
    return "write two whole numbers, as 2/3";
}

// --- seconds ---

/// `2`, `min(5, 1/2 * sqrt(eligible))`: before a matter is seconded there is nothing to count but who may.
MaybeFault seconds_fault(const std::string& text) {
    const auto amount = model::Amount::parse(text);
    if (!amount) return fault_of(amount, bad_condition);
    for (model::Count count : model::all_counts())
        if (count != model::Count::eligible && amount->names(count))
            return Fault{&bad_condition, not_a(text, "a number of seconds"),
                         "it may count `eligible`, those who may open such a matter, and nothing else"};
    return std::nullopt;
}

// --- requirements ---

MaybeFault requirement_fault(const std::string& text) {
    const auto requirement = model::Requirement::parse(text);
    if (!requirement) return fault_of(requirement, bad_requirement);
    if (requirement->kind != model::Requirement::Kind::agreed || is_path(requirement->of)) return std::nullopt;
    return Fault{&bad_requirement, not_a(text, "a requirement"),
                 "what is agreed to is a file: agreed CODE_OF_CONDUCT.md"};
}

/// Only `except` and its like may take out the authors, the subject or one person.
MaybeFault term_fault(const std::string& text, bool personal_too) {
    using Kind = model::Term::Kind;
    const auto term = model::Term::parse(text);
    if (!term) return fault_of(term, bad_term);
    const bool personal = term->kind == Kind::authors || term->kind == Kind::subject || term->kind == Kind::person;
    if (personal_too || !personal) return std::nullopt;
    return Fault{&bad_term, fmt::format("\"{}\" is no electorate", printable(text)),
                 "it may stand under `except`; an electorate is made of members, roles, groups, levels and owners"};
}

}  // namespace

const ScalarForm& form_of(Scalar scalar) {
    return *std::find_if(std::begin(forms), std::end(forms),
                         [&](const ScalarForm& form) { return form.scalar == scalar; });
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc() || value > std::numeric_limits<std::int32_t>::max()) return std::nullopt;
    return value;
}

std::optional<Rational> parse_fraction(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    const auto numerator = parse_integer(text.substr(0, slash));
    const auto denominator = parse_integer(text.substr(slash + 1));
    if (!numerator || !denominator || *denominator == 0) return std::nullopt;
    return Rational(*numerator, *denominator);
}

std::optional<Rational> parse_share(std::string_view text) {
    if (const auto whole = parse_integer(text)) return Rational(*whole);
    return parse_fraction(text);
}

std::optional<model::Seats> parse_seats(std::string_view text) {
    if (text == "any") return model::Seats{};
    model::Seats seats;
    seats.or_more = text.ends_with('+');
    seats.number = parse_integer(seats.or_more ? text.substr(0, text.size() - 1) : text);
    return seats.number ? std::optional(seats) : std::nullopt;
}

std::string canonical_id(const std::string& text) {
    if (const auto number = parse_integer(text)) return RecordId::rfc(static_cast<int>(*number)).str();
    const auto id = RecordId::parse(text);
    return id ? id->str() : text;
}

std::optional<Fault> fault_in(Scalar scalar, const std::string& text) {
    constexpr auto name_help = "lower-case letters, digits and dashes";
    const auto check = [&](bool good, const FindingKind& kind, const char* help) {
        return unless(good, kind, scalar, text, help);
    };
    switch (scalar) {
        case Scalar::text:
        case Scalar::word:
            return std::nullopt;
        case Scalar::line:
            return check(text.find('\n') == std::string::npos, bad_form, "write it on one line");
        case Scalar::name:
        case Scalar::id:
            return check(is_name(text), bad_handle, name_help);
        case Scalar::matter_kind:
            return check(text == "*" || is_name(text), bad_handle, name_help);
        case Scalar::handle:
            return check(is_handle(normal_handle(text)), bad_handle, "letters, digits and dashes, at most 39");
        case Scalar::record_id:
            return check(is_record_id(text), bad_record_id,
                         "as person/ada, organization/acme, rfc-0042 or motion/2026-11-20-x");
        case Scalar::matter_id:
            return check(is_matter_id(text), bad_record_id, "as rfc-0042 or motion/2026-11-20-x");
        case Scalar::voted_id:
            return check(is_matter_id(text) || is_election_id(text), bad_record_id,
                         "as rfc-0042, motion/2026-11-20-x or election/2026-steering");
        case Scalar::election_id:
            return check(is_election_id(text), bad_record_id, "as election/2026-steering");
        case Scalar::voter:
            return !term_fault(text, true) ? std::nullopt : requirement_fault(text);
        case Scalar::old_number:
            return check(is_matter_id(canonical_id(text)), bad_record_id, "as rfc-0042");
        case Scalar::instant:
            return unless(Instant::parse(text), bad_instant, scalar, text);
        case Scalar::date:
            return unless(Instant::parse_date_or_instant(text), bad_instant, scalar, text);
        case Scalar::duration:
            return unless(Duration::parse(text), bad_duration, scalar, text);
        case Scalar::clock:
            return check(is_clock(text), bad_form, "as 16:00");
        case Scalar::fraction:
            return unless(bool(parse_fraction(text)), bad_fraction, scalar, text, fraction_help(text));
        case Scalar::share:
            return unless(is_share(text), bad_fraction, scalar, text, fraction_help(text));
        case Scalar::integer:
            return check(bool(parse_integer(text)), bad_number, "digits alone, below 2147483648");
        case Scalar::positive:
            return check(parse_integer(text).value_or(0) > 0, bad_number, "digits alone, from 1 to 2147483647");
        case Scalar::boolean:
            return check(text == "true" || text == "false", unknown_word, "write true or false");
        case Scalar::seats:
            return check(bool(parse_seats(text)), bad_number, "as 2, 2+ (two or more) or any");
        case Scalar::seconds:
            return seconds_fault(text);
        case Scalar::condition:
            return fault_of(model::Condition::parse(text), bad_condition);
        case Scalar::term:
            return term_fault(text, false);
        case Scalar::any_term:
            return term_fault(text, true);
        case Scalar::early:
            return fault_of(model::Early::parse(text), unknown_word);
        case Scalar::tie:
            return fault_of(model::TieRule::parse(text), unknown_word);
        case Scalar::failure:
            return fault_of(model::Failure::parse(text), unknown_word);
        case Scalar::requirement:
            return requirement_fault(text);
        case Scalar::path:
            return check(is_path(text), bad_path, "relative, without . and .. in it; a folder ends in /");
        case Scalar::email:
            return check(is_email(text), bad_form, "as ada@example.org");
        case Scalar::digest:
            return check(is_hex(text, 64), bad_form, "64 hexadecimal digits");
        case Scalar::blob:
            return check(is_blob(text), bad_form, "40 or 64 hexadecimal digits, as git writes them");
        case Scalar::replaced_blob:
            return check(text == "none" || is_blob(text), bad_form,
                         "40 or 64 hexadecimal digits, as git writes them, or none");
    }
    return std::nullopt;
}

}  // namespace govctl::record
