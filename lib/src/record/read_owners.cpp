// Prow reads an OWNERS file twice: once as lists with options, and, where that fails or has no list, once more as
// filters with options. A value of the wrong type makes a whole reading fail. Both are done here as there, so that a
// file means the same; what Prow passes over in silence is a finding.

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <map>

#include "govctl/base/id.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/findings.hpp"
#include "govctl/record/owners.hpp"
#include "govctl/record/owners_files.hpp"
#include "govctl/yaml/lenient.hpp"

namespace govctl::record {
namespace {

using yaml::Node;

std::string quoted(std::string_view text) {
    return fmt::format("\"{}\"", printable(text));
}

/// `pkg/OWNERS` → `pkg/`.
std::string folder_of(const std::string& file) {
    return file.substr(0, file.rfind('/') + 1);
}

/// Letters, digits, dashes, dots and underscores: of logins and aliases.
bool may_be_name(std::string_view name) {
    return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-._") == std::string_view::npos;
}

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

bool is_null(const Node& node) {
    return node.is_scalar() && node.style == yaml::Style::plain &&
           is_one_of(node.text, {"", "~", "null", "Null", "NULL"});
}

/// As YAML 1.1 has it, which is what Prow reads.
std::optional<bool> truth_of(const Node& node) {
    if (!node.is_scalar() || node.style != yaml::Style::plain) return std::nullopt;
    if (is_one_of(node.text, {"y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"})) return true;
    if (is_one_of(node.text, {"n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"}))
        return false;
    return std::nullopt;
}

/// An integer as YAML 1.1 has it, in the digits that Prow makes of it: `007` is 7, and `0x1f` 31.
std::optional<std::string> number_of(const Node& node) {
    if (!node.is_scalar() || node.style != yaml::Style::plain) return std::nullopt;
    std::string_view digits = node.text;
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits.remove_prefix(1);
    const bool all_decimal = !digits.empty() && digits.find_first_not_of("0123456789") == digits.npos;
    int base = 10;
    if (digits.starts_with("0x") || digits.starts_with("0X")) base = 16;
    if (digits.starts_with("0o") || digits.starts_with("0O")) base = 8;
    if (digits.starts_with("0b") || digits.starts_with("0B")) base = 2;
    if (base != 10) digits.remove_prefix(2);
    if (all_decimal && digits.size() > 1 && digits[0] == '0' && digits.find_first_of("89") == digits.npos) base = 8;
    std::uint64_t value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
    if (problem != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
    return (negative && value != 0 ? "-" : "") + std::to_string(value);
}

/// What a scalar is to Prow where it wants text.
std::string text_of(const Node& node) {
    if (is_null(node)) return {};
    if (const auto truth = truth_of(node)) return *truth ? "true" : "false";
    return number_of(node).value_or(node.text);
}

/// Of entries with one key the last, which is the one that counts; in the order of the file.
std::vector<const yaml::Entry*> counting_entries(const Node& mapping) {
    std::map<std::string_view, const yaml::Entry*> last;
    for (const yaml::Entry& entry : mapping.entries) last[entry.key.text] = &entry;
    std::vector<const yaml::Entry*> entries;
    for (const yaml::Entry& entry : mapping.entries)
        if (last[entry.key.text] == &entry) entries.push_back(&entry);
    return entries;
}

/// Prow finds its keys whatever their case. Those that differ in case follow each other in the order of their bytes.
std::vector<const yaml::Entry*> entries_of(const Node& mapping, std::string_view key) {
    std::vector<const yaml::Entry*> entries = counting_entries(mapping);
    std::erase_if(entries, [&](const yaml::Entry* entry) { return lower(entry->key.text) != key; });
    std::sort(entries.begin(), entries.end(),
              [](const yaml::Entry* a, const yaml::Entry* b) { return a->key.text < b->key.text; });
    return entries;
}

OwnersItem item_of(const Node& node, std::string name) {
    return {std::move(name), node.begin.line, node.begin.column};
}

class Reader {
public:
    Reader(const yaml::Document& document, Findings& findings) : document_(document), findings_(findings) {}

    std::optional<Owners> owners() {
        const Node& root = document_.root;
        if (!is_mapping(root, "an OWNERS file")) return std::nullopt;
        check_keys(root, {"approvers", "reviewers", "required_reviewers", "labels", "options", "filters",
                          "emeritus_approvers", "emeritus_reviewers"});
        Owners owners{document_.file, folder_of(document_.file)};
        read_emeritus(root, owners);
        const auto lists = read_lists(root);
        const bool options = read_options(root, owners);
        if (lists && !lists->empty()) {
            owners.lists = *lists;
            note_dead_filters(root);
        } else if (!read_filters(root, owners)) {
            return std::nullopt;
        }
        return options ? std::optional(owners) : std::nullopt;
    }

    /// Other tools keep keys of theirs there.
    std::optional<Owners> front_matter() {
        const Node& root = document_.root;
        if (!root.is_mapping()) return std::nullopt;
        Owners owners{document_.file, document_.file};
        const auto lists = read_lists(root);
        if (!read_options(root, owners) || !lists) return std::nullopt;
        owners.lists = *lists;
        return owners;
    }

    std::optional<Aliases> aliases() {
        const Node& root = document_.root;
        if (!is_mapping(root, "OWNERS_ALIASES")) return std::nullopt;
        check_keys(root, {"aliases"});
        Aliases aliases;
        bool good = true;
        for (const yaml::Entry* entry : entries_of(root, "aliases")) good = read_aliases(entry->value, aliases) && good;
        return good ? std::optional(aliases) : std::nullopt;
    }

private:
    void note(const FindingKind& kind, const Node& node, std::string message, std::string help = {}) {
        findings_.push_back(found(kind, document_.place(node), std::move(message), std::move(help)));
    }

    bool is_mapping(const Node& node, std::string_view what) {
        if (node.is_mapping()) return true;
        note(owners_wrong_type, node, fmt::format("{} must be a mapping", what));
        return false;
    }

    void check_keys(const Node& mapping, const std::vector<std::string>& known) {
        for (const yaml::Entry* entry : counting(mapping)) {
            const std::string& key = entry->key.text;
            if (std::find(known.begin(), known.end(), lower(key)) != known.end()) continue;
            const auto meant = nearest(key, known);
            note(owners_unknown_key, entry->key, fmt::format("unknown key {}, which is passed over", quoted(key)),
                 meant ? fmt::format("did you mean {}?", quoted(*meant)) : "one of: " + join(known, ", "));
        }
    }

    /// counting_entries(), and a finding about each of the others.
    std::vector<const yaml::Entry*> counting(const Node& mapping) {
        const auto entries = counting_entries(mapping);
        auto next = entries.begin();
        for (const yaml::Entry& entry : mapping.entries) {
            if (next != entries.end() && *next == &entry) {
                ++next;
                continue;
            }
            note(owners_unknown_key, entry.key, quoted(entry.key.text) + " is passed over: it comes again below",
                 "write one list of both");
        }
        return entries;
    }

    /// The texts of a list; none: it is no list of texts.
    std::optional<std::vector<OwnersItem>> read_texts(const Node& node, const std::string& key) {
        std::vector<OwnersItem> texts;
        bool good = node.is_sequence() || is_null(node);
        if (!good) note(owners_wrong_type, node, quoted(key) + " must be a list", "write [] around it");
        for (const Node& item : node.items) {
            if (!item.is_scalar()) note(owners_wrong_type, item, "an item of " + quoted(key) + " must be text");
            good = good && item.is_scalar();
            texts.push_back(item_of(item, text_of(item)));
        }
        return good ? std::optional(texts) : std::nullopt;
    }

    std::optional<std::vector<OwnersItem>> read_names(const Node& node, const std::string& key) {
        auto names = read_texts(node, key);
        if (!names) return std::nullopt;
        for (std::size_t i = 0; i < names->size(); ++i) check_name(node.items[i], names->at(i).name);
        return names;
    }

    /// Makes a name of a text.
    void check_name(const Node& node, std::string& name) {
        if (name != node.text && !is_null(node))
            note(owners_bad_name, node, fmt::format("{} is read as {}", quoted(node.text), quoted(name)), "quote it");
        name = normal_handle(name);
        if (!may_be_name(name)) note(owners_bad_name, node, quoted(name) + " can be nobody's login");
    }

    /// None: Prow cannot read these lists at all.
    std::optional<OwnersLists> read_lists(const Node& mapping) {
        OwnersLists lists;
        bool good = true;
        const auto read = [&](const char* key, std::vector<OwnersItem>& into, bool are_names) {
            for (const yaml::Entry* entry : entries_of(mapping, key)) {
                const auto texts = are_names ? read_names(entry->value, key) : read_texts(entry->value, key);
                good = texts && good;
                if (texts) into = *texts;
            }
        };
        read("approvers", lists.approvers, true);
        read("reviewers", lists.reviewers, true);
        read("required_reviewers", lists.required_reviewers, true);
        read("labels", lists.labels, false);
        return good ? std::optional(lists) : std::nullopt;
    }

    void read_emeritus(const Node& root, Owners& owners) {
        for (const char* key : {"emeritus_approvers", "emeritus_reviewers"}) {
            const Node* node = root.find(key);
            const auto names = node ? read_names(*node, key) : std::nullopt;
            if (names) owners.emeritus.insert(owners.emeritus.end(), names->begin(), names->end());
        }
    }

    /// False: Prow cannot read the file in either way.
    bool read_options(const Node& root, Owners& owners) {
        bool good = true;
        for (const yaml::Entry* entry : entries_of(root, "options"))
            good = read_options_of(entry->value, owners) && good;
        return good;
    }

    bool read_options_of(const Node& options, Owners& owners) {
        if (is_null(options)) return true;
        if (!is_mapping(options, "\"options\"")) return false;
        check_keys(options, {"no_parent_owners", "auto_approve_unowned_subfolders"});
        const bool inherits = read_option(options, "no_parent_owners", owners.no_parent_owners);
        return read_option(options, "auto_approve_unowned_subfolders", owners.auto_approve_unowned_subfolders) &&
               inherits;
    }

    bool read_option(const Node& options, const char* key, bool& into) {
        bool good = true;
        for (const yaml::Entry* entry : entries_of(options, key)) {
            if (is_null(entry->value)) continue;
            const auto truth = truth_of(entry->value);
            if (!truth) note(owners_wrong_type, entry->value, quoted(key) + " must be true or false");
            good = good && truth.has_value();
            into = truth.value_or(into);
        }
        return good;
    }

    void note_dead_filters(const Node& root) {
        for (const yaml::Entry* filters : entries_of(root, "filters"))
            if (!is_null(filters->value))
                note(owners_dead_filters, filters->key, "filters are ignored beside lists at the top",
                     "move those lists into a filter \".*\"");
    }

    /// False: Prow cannot read them, and so nothing of the file.
    bool read_filters(const Node& root, Owners& owners) {
        bool good = true;
        for (const yaml::Entry* filters : entries_of(root, "filters")) {
            if (is_null(filters->value)) continue;
            if (!is_mapping(filters->value, "\"filters\"")) return false;
            for (const yaml::Entry* entry : counting(filters->value)) good = read_filter(*entry, owners) && good;
        }
        return good;
    }

    bool read_filter(const yaml::Entry& entry, Owners& owners) {
        if (is_null(entry.value)) return true;
        if (!is_mapping(entry.value, quoted(entry.key.text))) return false;
        check_keys(entry.value, {"approvers", "reviewers", "required_reviewers", "labels", "emeritus_approvers",
                                 "emeritus_reviewers"});
        const auto lists = read_lists(entry.value);
        const std::string pattern = text_of(entry.key);
        const re2::RE2 expression(pattern, re2::RE2::Quiet);
        if (!expression.ok()) {
            note(owners_bad_expression, entry.key,
                 fmt::format("{} is no regular expression: {}", quoted(entry.key.text), printable(expression.error())),
                 "the filter is passed over; expressions are those of RE2");
        } else if (lists) {
            owners.filters.insert_or_assign(pattern, *lists);
        }
        return lists.has_value();
    }

    /// False: Prow stops there, and which aliases it has by then is left to chance; here none count.
    bool read_aliases(const Node& node, Aliases& aliases) {
        if (is_null(node)) return true;
        if (!is_mapping(node, "\"aliases\"")) return false;
        bool good = true;
        for (const yaml::Entry* entry : counting(node)) {
            const auto members = read_members(*entry);
            good = members && good;
            if (members) aliases[normal_handle(text_of(entry->key))] = *members;
        }
        note_dead_aliases(node, aliases);
        return good;
    }

    /// Of a list or, as Prow has it, the keys of a mapping.
    std::optional<std::vector<std::string>> read_members(const yaml::Entry& entry) {
        std::vector<std::string> members;
        bool good = entry.value.is_sequence() || entry.value.is_mapping() || is_null(entry.value);
        if (!good)
            note(owners_wrong_type, entry.value, quoted(entry.key.text) + " must be a list", "write [] around it");
        const auto add = [&](const Node& member, bool is_text) {
            if (!is_text)
                note(owners_wrong_type, member, "an item of " + quoted(entry.key.text) + " must be text", "quote it");
            good = good && is_text;
            std::string name = text_of(member);
            check_name(member, name);
            members.push_back(std::move(name));
        };
        for (const Node& item : entry.value.items)
            add(item, item.is_scalar() && !is_null(item) && !truth_of(item) && !number_of(item));
        for (const yaml::Entry& member : entry.value.entries) add(member.key, true);
        return good ? std::optional(members) : std::nullopt;
    }

    void note_dead_aliases(const Node& node, const Aliases& aliases) {
        const auto note_nested = [&](const Node& member) {
            if (aliases.contains(normal_handle(text_of(member))))
                note(owners_dead_alias, member,
                     quoted(member.text) + " is an alias, which is not expanded inside another", "name its members");
        };
        for (const yaml::Entry& entry : node.entries) {
            const bool has_members = !entry.value.items.empty() || !entry.value.entries.empty();
            if (!has_members && (!entry.value.is_scalar() || is_null(entry.value)))
                note(owners_dead_alias, entry.key, quoted(entry.key.text) + " has no members");
            for (const Node& member : entry.value.items) note_nested(member);
            for (const yaml::Entry& member : entry.value.entries) note_nested(member.key);
        }
    }

    const yaml::Document& document_;
    Findings& findings_;
};

}  // namespace

Result<yaml::Document> parse_owners(std::string file, std::string bytes) {
    return yaml::parse_lenient(std::move(file), std::move(bytes));
}

OwnersReading read_owners(const yaml::Document& document) {
    OwnersReading reading;
    reading.value = Reader(document, reading.findings).owners();
    return reading;
}

std::optional<std::string> front_matter_of(std::string_view markdown) {
    constexpr std::string_view begin = "---\n";
    if (!markdown.starts_with(begin) || markdown.find("\n---", begin.size()) == markdown.npos) return std::nullopt;
    // Prow takes all up to the last "---", and of that the first document.
    std::size_t line = begin.size();
    while (line < markdown.size()) {
        const std::string_view rest = markdown.substr(line);
        const bool ends_here = rest.starts_with("---") || rest.starts_with("...");
        if (ends_here && (rest.size() == 3 || is_one_of(rest.substr(3, 1), {" ", "\t", "\n", "\r"}))) break;
        line = std::min(markdown.find('\n', line), markdown.size() - 1) + 1;
    }
    // The first line stays, so that all others keep their numbers.
    return std::string(markdown.substr(0, line));
}

OwnersReading read_front_matter(const yaml::Document& document) {
    OwnersReading reading;
    reading.value = Reader(document, reading.findings).front_matter();
    return reading;
}

AliasesReading read_aliases(const yaml::Document& document) {
    AliasesReading reading;
    reading.value = Reader(document, reading.findings).aliases().value_or(Aliases{});
    return reading;
}

Finding unreadable_owners(const Error& error, const std::string& file) {
    return found(owners_unreadable, error.place.value_or(Place{file, 1, 1}), error.message, join(error.hints, "; "));
}

}  // namespace govctl::record
