#include "fields.hpp"

#include <algorithm>

#include "govctl/base/id.hpp"
#include "scalar.hpp"

namespace govctl::record {
namespace {

template <class T, class Read>
std::vector<T> all(std::vector<std::string> texts, Read read) {
    std::vector<T> values;
    for (const std::string& text : texts) values.push_back(read(text));
    return values;
}

}  // namespace

std::string Fields::text(std::string_view key, std::string fallback) const {
    const yaml::Node* node = find(key);
    return node ? node->text : std::move(fallback);
}

std::string Fields::handle(std::string_view key) const {
    return normal_handle(text(key));
}

std::string Fields::id(std::string_view key) const {
    return canonical_id(text(key));
}

bool Fields::flag(std::string_view key) const {
    return text(key) == "true";
}

int Fields::integer(std::string_view key, int fallback) const {
    const yaml::Node* node = find(key);
    return node ? static_cast<int>(*parse_integer(node->text)) : fallback;
}

std::optional<Instant> Fields::instant(std::string_view key) const {
    const yaml::Node* node = find(key);
    return node ? std::optional(*Instant::parse_date_or_instant(node->text)) : std::nullopt;
}

std::optional<Duration> Fields::duration(std::string_view key) const {
    const yaml::Node* node = find(key);
    return node ? std::optional(*Duration::parse(node->text)) : std::nullopt;
}

std::optional<Rational> Fields::fraction(std::string_view key) const {
    const yaml::Node* node = find(key);
    return node ? parse_fraction(node->text) : std::nullopt;
}

std::vector<std::string> Fields::texts(std::string_view key) const {
    const yaml::Node* node = find(key);
    if (!node) return {};
    if (node->is_scalar()) return {node->text};
    std::vector<std::string> texts;
    for (const yaml::Node& item : node->items) texts.push_back(item.text);
    return texts;
}

std::vector<std::string> Fields::handles(std::string_view key) const {
    return all<std::string>(texts(key), [](const std::string& text) { return normal_handle(text); });
}

std::vector<std::string> Fields::ids(std::string_view key) const {
    return all<std::string>(texts(key), canonical_id);
}

std::vector<model::Term> Fields::terms(std::string_view key) const {
    return all<model::Term>(texts(key), [](const std::string& text) { return *model::Term::parse(text); });
}

std::map<std::string, std::string> Fields::dictionary(std::string_view key) const {
    std::map<std::string, std::string> values;
    if (const yaml::Node* node = find(key)) {
        for (const yaml::Entry& entry : node->entries) values.emplace(entry.key.text, entry.value.text);
    }
    return values;
}

}  // namespace govctl::record
