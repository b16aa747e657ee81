#include "emit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "check_text.hpp"
#include "govctl/base/text.hpp"

namespace govctl::yaml {
namespace {

bool is_one_of(char c, std::string_view set) {
    return set.find(c) != std::string_view::npos;
}

bool has_any_of(std::string_view text, std::string_view set) {
    return text.find_first_of(set) != std::string_view::npos;
}

/// Only double quotes can hold it.
bool needs_escapes(std::string_view text) {
    return has_any_of(text, "\n\t\r") || find_bad_character(text);
}

bool is_null_word(std::string_view text) {
    return text == "~" || text == "null" || text == "Null" || text == "NULL";
}

bool begins_like_text(std::string_view text, bool flow) {
    if (is_one_of(text.front(), "[]{},#&*!|>'\"%@` ")) return false;
    if (!is_one_of(text.front(), "-?:")) return true;
    return text.size() > 1 && text[1] != ' ' && !(flow && text.front() == ':');
}

bool may_be_plain(std::string_view text, bool flow) {
    if (text.empty() || is_null_word(text) || text == "<<" || needs_escapes(text)) return false;
    if (!begins_like_text(text, flow) || text.starts_with("---") || text.starts_with("...")) return false;
    if (text.back() == ' ' || text.back() == ':') return false;
    if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos) return false;
    return !flow || !has_any_of(text, ",[]{}?");  // yaml-cpp ends text in brackets at '?'
}

std::string single_quoted(std::string_view text) {
    std::string result = "'";
    for (const char c : text) {
        result += c;
        if (c == '\'') result += c;
    }
    return result + "'";
}

std::string escaped(std::string_view character, char32_t code) {
    const auto number = static_cast<std::uint32_t>(code);
    switch (code) {
        case '"':
            return "\\\"";
        case '\\':
            return "\\\\";
        case '\n':
            return "\\n";
        case '\t':
            return "\\t";
        default:
            break;
    }
    if (number >= 0x20 && !find_bad_character(character)) return std::string(character);
    return number < 0x10000 ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

std::string double_quoted(std::string_view text) {
    std::string result = "\"";
    while (!text.empty()) {
        const CodePoint next = decode_utf8(text);
        const std::size_t size = std::max<std::size_t>(next.size, 1);
        result += next.size == 0 ? std::string(text.substr(0, 1)) : escaped(text.substr(0, size), next.code);
        text.remove_prefix(size);
    }
    return result + "\"";
}

std::string write_text(std::string_view text, bool flow, Style style) {
    const bool quoted = style == Style::single_quoted || style == Style::double_quoted;
    if (!quoted && may_be_plain(text, flow)) return std::string(text);
    if (needs_escapes(text)) return double_quoted(text);
    if (text.empty() && !quoted) return "''";
    const bool single = style == Style::single_quoted || (style != Style::double_quoted && has_any_of(text, "\"\\"));
    return single ? single_quoted(text) : double_quoted(text);
}

/// Whether `|` or `|-` gives exactly this text back.
bool may_be_literal(std::string_view text) {
    if (text.find('\n') == std::string_view::npos || is_one_of(text.front(), " \t\n")) return false;
    if (text.ends_with("\n\n") || has_any_of(text, "\r") || find_bad_character(text)) return false;
    for (const std::string& line : split(text, '\n')) {
        if (!line.empty() && trim(line).empty()) return false;
    }
    return true;
}

bool is_literal(const Value& value) {
    return value.kind() == Node::Kind::scalar && !value.flow() && may_be_literal(value.text());
}

Written write_literal(std::string_view text, std::size_t indent) {
    Written written;
    written.head = text.ends_with('\n') ? "|" : "|-";
    if (text.ends_with('\n')) text.remove_suffix(1);
    for (const std::string& line : split(text, '\n')) {
        written.lines.push_back(line.empty() ? line : std::string(indent, ' ') + line);
    }
    return written;
}

/// Adds `next` on a line of its own below.
void add_below(Written& written, Written next, std::size_t indent) {
    written.lines.push_back(std::string(indent, ' ') + std::move(next.head));
    std::move(next.lines.begin(), next.lines.end(), std::back_inserter(written.lines));
}

Written write_item(const Value& item, std::size_t indent, const Layout& layout) {
    Written written = write_in_place(item, indent + 2, layout);
    written.head.insert(0, "- ");
    return written;
}

}  // namespace

std::string Written::str(const Layout& layout) const {
    return head + below(layout);
}

std::string Written::below(const Layout& layout) const {
    std::string text;
    for (const std::string& line : lines) text += layout.line_break + line;
    return text;
}

bool is_empty_collection(const Value& value) {
    return value.kind() != Node::Kind::scalar && value.items().empty() && value.entries().empty();
}

bool is_block(const Value& value) {
    return value.kind() != Node::Kind::scalar && !value.flow() && !is_empty_collection(value);
}

std::string write_flow(const Value& value, Style style) {
    if (value.kind() == Node::Kind::scalar) return write_text(value.text(), true, style);
    std::vector<std::string> parts;
    if (value.kind() == Node::Kind::sequence) {
        for (const Value& item : value.items()) parts.push_back(write_flow(item));
        return "[" + join(parts, ", ") + "]";
    }
    for (const auto& [key, below] : value.entries()) {
        parts.push_back(write_flow_entry(key, below));
    }
    return "{" + join(parts, ", ") + "}";
}

std::string write_flow_entry(std::string_view key, const Value& value) {
    return write_text(key, true, Style::plain) + ": " + write_flow(value);
}

Written write_under_key(const Value& value, std::size_t indent, const Layout& layout, Style style) {
    if (is_literal(value)) return write_literal(value.text(), indent + layout.step);
    if (value.kind() == Node::Kind::scalar) return {write_text(value.text(), value.flow(), style)};
    if (!is_block(value)) return {write_flow(value)};
    const bool sequence = value.kind() == Node::Kind::sequence;
    const std::size_t below = indent + (sequence ? layout.sequence_step : layout.step);
    Written written;
    add_below(written, write_in_place(value, below, layout), below);
    return written;
}

Written write_in_place(const Value& value, std::size_t indent, const Layout& layout, Style style) {
    // Text below a dash may begin where the text behind it would; at the top it must be indented.
    if (is_literal(value)) return write_literal(value.text(), indent == 0 ? layout.step : indent);
    if (!is_block(value)) return write_under_key(value, indent, layout, style);
    Written written;
    for (const Value& item : value.items()) add_below(written, write_item(item, indent, layout), indent);
    for (const auto& [key, below] : value.entries()) {
        add_below(written, write_entry(key, below, indent, layout), indent);
    }
    written.head = written.lines.front().substr(indent);
    written.lines.erase(written.lines.begin());
    return written;
}

Written write_entry(std::string_view key, const Value& value, std::size_t indent, const Layout& layout) {
    Written written = write_under_key(value, indent, layout);
    const std::string separator = written.head.empty() ? ":" : ": ";
    written.head.insert(0, write_text(key, false, Style::plain) + separator);
    return written;
}

std::string emit(const Value& value) {
    const Layout layout;
    return write_in_place(value, 0, layout).str(layout) + layout.line_break;
}

Value Value::sequence(std::vector<Value> items, bool flow) {
    Value value;
    value.node_kind_ = Node::Kind::sequence;
    value.flow_ = flow;
    value.items_ = std::move(items);
    return value;
}

Value Value::mapping(std::vector<std::pair<std::string, Value>> entries, bool flow) {
    Value value;
    value.node_kind_ = Node::Kind::mapping;
    value.flow_ = flow;
    value.entries_ = std::move(entries);
    return value;
}

Value Value::copy(const Node& node) {
    if (node.is_scalar()) return Value(node.text);
    if (node.is_sequence()) {
        std::vector<Value> items;
        for (const Node& item : node.items) items.push_back(copy(item));
        return sequence(std::move(items), node.flow);
    }
    std::vector<std::pair<std::string, Value>> entries;
    for (const Entry& entry : node.entries) entries.emplace_back(entry.key.text, copy(entry.value));
    return mapping(std::move(entries), node.flow);
}

Value Value::in_flow() && {
    flow_ = true;
    return std::move(*this);
}

}  // namespace govctl::yaml
