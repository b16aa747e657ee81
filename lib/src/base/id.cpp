#include "govctl/base/id.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "govctl/base/text.hpp"

namespace govctl {
namespace {

using Space = RecordId::Space;

constexpr std::pair<RecordKind, std::string_view> kind_words[] = {
    {RecordKind::project, "project"},
    {RecordKind::person, "person"},
    {RecordKind::organization, "organization"},
    {RecordKind::charter, "charter"},
    {RecordKind::roster, "roster"},
    {RecordKind::rfc, "rfc"},
    {RecordKind::motion, "motion"},
    {RecordKind::ballot, "ballot"},
    {RecordKind::decision, "decision"},
    {RecordKind::election, "election"},
    {RecordKind::candidate, "candidate"},
    {RecordKind::endorsement, "endorsement"},
    {RecordKind::voters, "voters"},
    {RecordKind::result, "result"},
};

constexpr std::pair<Space, std::string_view> prefixes[] = {
    {Space::rfc, "rfc-"},
    {Space::draft, "draft/"},
    {Space::motion, "motion/"},
    {Space::decision, "decision/"},
    {Space::group, "group/"},
    {Space::person, "person/"},
    {Space::organization, "organization/"},
    {Space::election, "election/"},
};

constexpr std::size_t longest_name = 120;
constexpr std::size_t longest_number = 9;

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= longest_name && text.front() != '-' &&
           std::all_of(text.begin(), text.end(), is_name_char);
}

std::optional<int> parse_number(std::string_view text) {
    int number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.size() > longest_number || failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number > 0 ? std::optional(number) : std::nullopt;
}

Error not_an_id(std::string_view text) {
    return {ErrorKind::invalid,
            "'" + printable(text) + "' is not the id of a record",
            {"ids look like rfc-0042, motion/2026-11-20-remove-eve, group/sig-node or person/ada"}};
}

}  // namespace

bool is_handle(std::string_view text) {
    return text.size() <= 39 && is_name(text);
}

std::string normal_handle(std::string_view text) {
    if (text.starts_with('@')) text.remove_prefix(1);
    return lower(text);
}

std::string_view kind_word(RecordKind kind) {
    const auto* found = std::find_if(std::begin(kind_words), std::end(kind_words),
                                     [&](const auto& pair) { return pair.first == kind; });
    return found->second;
}

std::optional<RecordKind> parse_kind(std::string_view word) {
    for (const auto& [kind, its_word] : kind_words) {
        if (its_word == word) return kind;
    }
    return std::nullopt;
}

Result<RecordId> RecordId::parse(std::string_view text) {
    for (const auto& [space, prefix] : prefixes) {
        if (!text.starts_with(prefix)) continue;
        const std::string_view name = text.substr(prefix.size());
        if (space == Space::rfc) {
            const auto number = parse_number(name);
            return number ? Result<RecordId>(rfc(*number)) : not_an_id(text);
        }
        const bool good = space == Space::person ? is_handle(name) : is_name(name);
        return good ? Result<RecordId>(RecordId{space, std::string(name)}) : not_an_id(text);
    }
    return not_an_id(text);
}

RecordId RecordId::rfc(int number) {
    return {Space::rfc, std::to_string(number)};
}

std::string RecordId::str() const {
    const auto* prefix =
        std::find_if(std::begin(prefixes), std::end(prefixes), [&](const auto& pair) { return pair.first == space; });
    std::string text(prefix->second);
    if (space == Space::rfc && name.size() < 4) text.append(4 - name.size(), '0');
    return text + name;
}

}  // namespace govctl
