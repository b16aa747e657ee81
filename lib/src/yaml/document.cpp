#include "govctl/yaml/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "builder.hpp"
#include "check_text.hpp"
#include "events.hpp"
#include "govctl/yaml/lenient.hpp"
#include "refusal.hpp"

namespace govctl::yaml {
namespace {

Place place_of(const std::string& file, std::string_view bytes, std::size_t offset) {
    const std::string_view before = bytes.substr(0, offset);
    const auto lines = std::count(before.begin(), before.end(), '\n');
    const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
    return {file, static_cast<int>(lines) + 1, static_cast<int>(before.size() - line_begin) + 1};
}

/// yaml-cpp keeps hundreds of bytes for each bracket and comma of a line until the line ends. Text has few of them.
void refuse_flood(std::string_view bytes, const Limits& limits) {
    const auto is_flow = [](char c) { return c == '[' || c == ']' || c == '{' || c == '}' || c == ','; };
    if (std::count_if(bytes.begin(), bytes.end(), is_flow) > 5 * std::ptrdiff_t{limits.nodes}) {
        throw Refusal{0, fmt::format("more than {} brackets, braces and commas", 5 * limits.nodes)};
    }
}

Node read(std::string_view bytes, const Limits& limits, bool lenient) {
    if (bytes.size() > limits.bytes) throw Refusal{0, fmt::format("larger than {} bytes", limits.bytes)};
    if (const auto bad = find_bad_character(bytes)) throw Refusal{bad->offset, bad->what};
    refuse_flood(bytes, limits);
    return build_tree(bytes, read_events(bytes, limits), lenient);
}

const Node* step_into(const Node& node, const Step& step) {
    if (const auto* key = std::get_if<std::string>(&step)) return node.find(*key);
    const std::size_t index = std::get<std::size_t>(step);
    return index < node.items.size() ? &node.items[index] : nullptr;
}

std::vector<const Entry*> by_key(const Node& node) {
    std::vector<const Entry*> entries;
    entries.reserve(node.entries.size());
    for (const Entry& entry : node.entries) entries.push_back(&entry);
    std::sort(entries.begin(), entries.end(), [](const Entry* a, const Entry* b) { return a->key.text < b->key.text; });
    return entries;
}

/// RFC 8785 sorts by UTF-16 code units. That is the order of UTF-8 bytes, but that U+E000 to U+FFFF (0xee, 0xef) come
/// after what takes two code units (0xf0 and above).
bool before_in_utf16(std::string_view a, std::string_view b) {
    const auto rank = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == 0xee || byte == 0xef ? byte + 0x10 : int{byte};
    };
    return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                        [&](char x, char y) { return rank(x) < rank(y); });
}

void add_json_string(std::string& json, std::string_view text) {
    json += '"';
    for (const char c : text) {
        switch (c) {
            case '"':
                json += "\\\"";
                break;
            case '\\':
                json += "\\\\";
                break;
            case '\b':
                json += "\\b";
                break;
            case '\f':
                json += "\\f";
                break;
            case '\n':
                json += "\\n";
                break;
            case '\r':
                json += "\\r";
                break;
            case '\t':
                json += "\\t";
                break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    json += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
                } else {
                    json += c;
                }
        }
    }
    json += '"';
}

void add_json(std::string& json, const Node& node) {
    if (node.is_scalar()) return add_json_string(json, node.text);
    std::string_view separator;
    if (node.is_sequence()) {
        json += '[';
        for (const Node& item : node.items) {
            json += std::exchange(separator, ",");
            add_json(json, item);
        }
        json += ']';
        return;
    }
    std::vector<const Entry*> entries = by_key(node);
    std::sort(entries.begin(), entries.end(),
              [](const Entry* a, const Entry* b) { return before_in_utf16(a->key.text, b->key.text); });
    json += '{';
    for (const Entry* entry : entries) {
        json += std::exchange(separator, ",");
        add_json_string(json, entry->key.text);
        json += ':';
        add_json(json, entry->value);
    }
    json += '}';
}

}  // namespace

const Entry* Node::find_entry(std::string_view key) const {
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key.text == key; });
    return found == entries.end() ? nullptr : &*found;
}

const Node* Node::find(std::string_view key) const {
    const Entry* entry = find_entry(key);
    return entry == nullptr ? nullptr : &entry->value;
}

const Node* Document::find(const Path& path) const {
    const Node* node = &root;
    for (const Step& step : path) {
        node = step_into(*node, step);
        if (node == nullptr) return nullptr;
    }
    return node;
}

Place Document::place(const Node& node) const {
    return {file, node.begin.line, node.begin.column};
}

Place Document::place(const Path& path) const {
    const Node* node = &root;
    for (const Step& step : path) {
        const Node* below = step_into(*node, step);
        if (below == nullptr) break;
        node = below;
    }
    return place(*node);
}

namespace {

Result<Document> parse_as(std::string file, std::string bytes, const Limits& limits, bool lenient) {
    try {
        Node root = read(bytes, limits, lenient);
        return Document{std::move(file), std::move(bytes), std::move(root)};
    } catch (Refusal& refusal) {
        return Error{ErrorKind::invalid, std::move(refusal.message), std::move(refusal.hints),
                     place_of(file, bytes, refusal.offset)};
    }
}

}  // namespace

Result<Document> parse(std::string file, std::string bytes, const Limits& limits) {
    return parse_as(std::move(file), std::move(bytes), limits, false);
}

Result<Document> parse_lenient(std::string file, std::string bytes) {
    return parse_as(std::move(file), std::move(bytes), {}, true);
}

bool same_value(const Node& a, const Node& b) {
    if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size() ||
        a.entries.size() != b.entries.size()) {
        return false;
    }
    if (!std::equal(a.items.begin(), a.items.end(), b.items.begin(), same_value)) return false;
    const auto left = by_key(a);
    const auto right = by_key(b);
    return std::equal(left.begin(), left.end(), right.begin(), [](const Entry* x, const Entry* y) {
        return x->key.text == y->key.text && same_value(x->value, y->value);
    });
}

std::string canonical_json(const Node& node) {
    std::string json;
    add_json(json, node);
    return json;
}

}  // namespace govctl::yaml
