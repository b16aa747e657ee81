// Prow reads an OWNERS file twice: once as lists with options, and, where that fails or has no list, once more as
// filters with options. A value of the wrong type makes a whole reading fail. Both are done here as there, so that a
// file means the same; what Prow passes over in silence is a finding.

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>

#include "govctl/base/id.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/findings.hpp"
#include "govctl/record/owners.hpp"

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

bool is_nothing(const Node& node) {
    return node.is_scalar() && node.text.empty() && node.style == yaml::Style::plain;
}

/// Letters, digits, dashes, dots and underscores: of logins and aliases.
bool may_be_name(std::string_view name) {
    return !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-._") == std::string_view::npos;
}

/// As YAML 1.1 has it, which is what Prow reads.
std::optional<bool> truth_of(const Node& node) {
    if (!node.is_scalar() || node.style != yaml::Style::plain) return std::nullopt;
    const std::string word = lower(node.text);
    if (word == "true" || word == "yes" || word == "on" || word == "y") return true;
    if (word == "false" || word == "no" || word == "off" || word == "n" || word.empty()) return false;
    return std::nullopt;
}

bool is_empty(const OwnersLists& lists) {
    return lists.approvers.empty() && lists.reviewers.empty() && lists.required_reviewers.empty() &&
           lists.labels.empty();
}

class Reader {
public:
    Reader(const yaml::Document& document, Findings& findings) : document_(document), findings_(findings) {}

    std::optional<Owners> owners() {
        const Node& root = document_.root;
        if (!is_mapping(root, "an OWNERS file")) return std::nullopt;
        check_keys(root, {"approvers", "reviewers", "required_reviewers", "labels", "options", "filters",
                          "emeritus_approvers", "emeritus_reviewers"});
        Owners owners;
        owners.folder = folder_of(document_.file);
        read_emeritus(root, owners);
        const auto lists = read_lists(root);
        const bool options = read_options(root, owners);
        if (lists && !is_empty(*lists)) {
            owners.lists = *lists;
            note_dead_filters(root);
        } else if (!read_filters(root, owners)) {
            return std::nullopt;
        }
        return options ? std::optional(owners) : std::nullopt;
    }

    std::optional<Aliases> aliases() {
        const Node& root = document_.root;
        if (!is_mapping(root, "OWNERS_ALIASES")) return std::nullopt;
        check_keys(root, {"aliases"});
        const Node* node = root.find("aliases");
        if (!node || is_nothing(*node)) return Aliases{};
        if (!is_mapping(*node, "\"aliases\"")) return std::nullopt;
        Aliases aliases;
        bool good = true;
        for (const yaml::Entry& entry : node->entries) {
            const auto members = read_names(entry.value, entry.key.text);
            good = members && good;
            if (members) aliases[normal_handle(entry.key.text)] = *members;
        }
        note_dead_aliases(*node, aliases);
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
        for (const yaml::Entry& entry : mapping.entries) {
            const std::string& key = entry.key.text;
            if (std::find(known.begin(), known.end(), key) != known.end()) continue;
            const auto meant = nearest(key, known);
            note(owners_unknown_key, entry.key, fmt::format("unknown key {}, which is passed over", quoted(key)),
                 meant ? fmt::format("did you mean {}?", quoted(*meant)) : "one of: " + join(known, ", "));
        }
    }

    /// The texts of a list; none: it is no list of texts.
    std::optional<std::vector<std::string>> read_texts(const Node& node, const std::string& key) {
        std::vector<std::string> texts;
        bool good = node.is_sequence() || is_nothing(node);
        if (!good) note(owners_wrong_type, node, quoted(key) + " must be a list", "write [] around it");
        for (const Node& item : node.items) {
            if (!item.is_scalar()) note(owners_wrong_type, item, "an item of " + quoted(key) + " must be text");
            good = good && item.is_scalar();
            texts.push_back(item.text);
        }
        return good ? std::optional(texts) : std::nullopt;
    }

    std::optional<std::vector<std::string>> read_names(const Node& node, const std::string& key) {
        auto names = read_texts(node, key);
        if (!names) return std::nullopt;
        for (std::size_t i = 0; i < names->size(); ++i) {
            std::string& name = names->at(i);
            name = normal_handle(name);
            if (!may_be_name(name)) note(owners_bad_name, node.items[i], quoted(name) + " can be nobody's login");
        }
        return names;
    }

    /// None: Prow cannot read these lists at all.
    std::optional<OwnersLists> read_lists(const Node& mapping) {
        OwnersLists lists;
        bool good = true;
        const auto read = [&](const char* key, std::vector<std::string>& into, bool are_names) {
            const Node* node = mapping.find(key);
            if (!node) return;
            const auto texts = are_names ? read_names(*node, key) : read_texts(*node, key);
            good = texts && good;
            if (texts) into = *texts;
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
        const Node* options = root.find("options");
        if (!options || is_nothing(*options)) return true;
        if (!is_mapping(*options, "\"options\"")) return false;
        check_keys(*options, {"no_parent_owners", "auto_approve_unowned_subfolders"});
        const bool inherits = read_option(*options, "no_parent_owners", owners.no_parent_owners);
        return read_option(*options, "auto_approve_unowned_subfolders", owners.auto_approve_unowned_subfolders) &&
               inherits;
    }

    bool read_option(const Node& options, const char* key, bool& into) {
        const Node* node = options.find(key);
        if (!node) return true;
        const auto truth = truth_of(*node);
        if (!truth) note(owners_wrong_type, *node, quoted(key) + " must be true or false");
        into = truth.value_or(false);
        return truth.has_value();
    }

    void note_dead_filters(const Node& root) {
        const yaml::Entry* filters = root.find_entry("filters");
        if (!filters || is_nothing(filters->value)) return;
        note(owners_dead_filters, filters->key, "filters are ignored beside lists at the top",
             "move those lists into a filter \".*\"");
    }

    /// False: Prow cannot read them, and so nothing of the file.
    bool read_filters(const Node& root, Owners& owners) {
        const Node* filters = root.find("filters");
        if (!filters || is_nothing(*filters)) return true;
        if (!is_mapping(*filters, "\"filters\"")) return false;
        bool good = true;
        for (const yaml::Entry& entry : filters->entries) {
            good = read_filter(entry, owners) && good;
        }
        return good;
    }

    bool read_filter(const yaml::Entry& entry, Owners& owners) {
        if (is_nothing(entry.value)) return true;
        if (!is_mapping(entry.value, quoted(entry.key.text))) return false;
        check_keys(entry.value, {"approvers", "reviewers", "required_reviewers", "labels", "emeritus_approvers",
                                 "emeritus_reviewers"});
        const auto lists = read_lists(entry.value);
        const re2::RE2 expression(entry.key.text, re2::RE2::Quiet);
        if (!expression.ok()) {
            note(owners_bad_expression, entry.key,
                 fmt::format("{} is no regular expression: {}", quoted(entry.key.text), printable(expression.error())),
                 "the filter is passed over; expressions are those of RE2");
        } else if (lists) {
            owners.filters.emplace(entry.key.text, *lists);
        }
        return lists.has_value();
    }

    void note_dead_aliases(const Node& node, const Aliases& aliases) {
        for (const yaml::Entry& entry : node.entries) {
            const bool has_members = entry.value.is_sequence() && !entry.value.items.empty();
            if (!has_members && (entry.value.is_sequence() || is_nothing(entry.value))) {
                note(owners_dead_alias, entry.key, quoted(entry.key.text) + " has no members");
            }
            for (const Node& member : entry.value.items) {
                if (!aliases.contains(normal_handle(member.text))) continue;
                note(owners_dead_alias, member,
                     quoted(member.text) + " is an alias, which is not expanded inside another", "name its members");
            }
        }
    }

    const yaml::Document& document_;
    Findings& findings_;
};

}  // namespace

OwnersReading read_owners(const yaml::Document& document) {
    OwnersReading reading;
    reading.value = Reader(document, reading.findings).owners();
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
