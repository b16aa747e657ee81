#include "govctl/yaml/edit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

#include "check_text.hpp"
#include "emit.hpp"
#include "govctl/base/text.hpp"
#include "lines.hpp"

namespace govctl::yaml {
namespace {

/// Bytes [begin, end) give way to `text`.
struct Splice {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string text{};
};

/// In the order of the file; none overlap.
using Splices = std::vector<Splice>;

std::string spliced(std::string_view bytes, const Splices& splices) {
    std::string result;
    std::size_t at = 0;
    for (const Splice& splice : splices) {
        assert(at <= splice.begin && splice.begin <= splice.end);
        result += bytes.substr(0, splice.begin).substr(at);
        result += splice.text;
        at = splice.end;
    }
    return result + std::string(bytes.substr(at));
}

// The same change in the tree: what the edited bytes must read as.

Node to_node(const Value& value) {
    Node node;
    node.kind = value.kind();
    node.text = value.text();
    for (const Value& item : value.items()) node.items.push_back(to_node(item));
    for (const auto& [key, below] : value.entries()) node.entries.push_back({to_node(Value(key)), to_node(below)});
    return node;
}

std::vector<Entry>::iterator find_entry(Node& node, const std::string& key) {
    return std::find_if(node.entries.begin(), node.entries.end(),
                        [&](const Entry& entry) { return entry.key.text == key; });
}

/// The node at `path`, which is there.
Node& at(Node& root, const Path& path) {
    Node* node = &root;
    for (const Step& step : path) {
        const auto* key = std::get_if<std::string>(&step);
        node = key != nullptr ? &find_entry(*node, *key)->value : &node->items[std::get<std::size_t>(step)];
    }
    return *node;
}

Path parent_of(Path path) {
    path.pop_back();
    return path;
}

Path below(Path path, Step step) {
    path.push_back(std::move(step));
    return path;
}

std::string path_words(const Path& path) {
    std::string words;
    for (const Step& step : path) {
        if (const auto* key = std::get_if<std::string>(&step)) {
            words += (words.empty() ? "" : ".") + *key;
        } else {
            words += fmt::format("[{}]", std::get<std::size_t>(step));
        }
    }
    return printable(words);
}

Error cannot_edit(const Document& document, const Path& path, std::string_view why) {
    return {ErrorKind::invalid,
            fmt::format("cannot change '{}' in '{}': {}", path_words(path), printable(document.file), why),
            {"change it in an editor"},
            document.place(path)};
}

// Layout

/// Calls `visit` for each block mapping and its entries, outermost first, until it says true.
template <class Visit>
bool any_block_entry(const Node& node, Visit visit) {
    for (const Entry& entry : node.entries) {
        if (!node.flow && visit(entry)) return true;
        if (any_block_entry(entry.value, visit)) return true;
    }
    return std::any_of(node.items.begin(), node.items.end(),
                       [&](const Node& item) { return any_block_entry(item, visit); });
}

/// How far values of `kind` are indented below their keys, where there is one to learn it from.
std::optional<std::size_t> indentation(const Node& root, Node::Kind kind) {
    std::optional<std::size_t> found;
    any_block_entry(root, [&](const Entry& entry) {
        const Node& value = entry.value;
        const bool shows = value.kind == kind && !value.flow && value.end > value.begin.offset;
        if (shows) found = static_cast<std::size_t>(value.begin.column - entry.key.begin.column);
        return shows;
    });
    return found;
}

Layout layout_of(const Document& document) {
    Layout layout;
    layout.step = indentation(document.root, Node::Kind::mapping).value_or(layout.step);
    layout.sequence_step = indentation(document.root, Node::Kind::sequence).value_or(layout.sequence_step);
    const std::size_t line_feed = document.bytes.find('\n');
    const bool crlf = line_feed != std::string::npos && line_feed > 0 && document.bytes[line_feed - 1] == '\r';
    if (crlf) layout.line_break = "\r\n";
    return layout;
}

std::size_t column(const Node& node) {
    return static_cast<std::size_t>(node.begin.column - 1);
}

/// `value` as those around it are written.
Value like(const Node& neighbour, Value value) {
    if (value.kind() == Node::Kind::scalar || value.kind() != neighbour.kind || value.flow() == neighbour.flow)
        return value;
    if (neighbour.flow) return std::move(value).in_flow();
    return value.kind() == Node::Kind::sequence ? Value::sequence(value.items()) : Value::mapping(value.entries());
}

Style text_style(const Node& node) {
    const bool quoted = node.is_scalar() && (node.style == Style::single_quoted || node.style == Style::double_quoted);
    return quoted ? node.style : Style::plain;
}

/// One elementary change of a document, as splices of its bytes.
class Change {
public:
    explicit Change(const Document& document)
        : document_(document), bytes_(document.bytes), layout_(layout_of(document)) {}

    Splices replace(const Path& path, const Value& value) const {
        const Node& old = *document_.find(path);
        if (in_flow(path)) return {{old.begin.offset, old.end, space_before(old) + write_flow(value, text_style(old))}};
        const Entry* entry = entry_at(path);
        if (entry == nullptr) return replace_in_place(old, value);
        const bool own_line = old.begin.line > entry->key.begin.line;
        if (own_line && stays_in_place(*entry, value)) return replace_in_place(old, value);
        return own_line ? move_to_key(*entry, value) : replace_under_key(*entry, value);
    }

    Splices add_entry(const Path& path, const std::string& key, const Value& value) const {
        const Node& mapping = *document_.find(path);
        if (mapping.flow) return add_in_flow(mapping, mapping.entries.size(), write_flow_entry(key, value));
        const std::size_t indent = column(mapping);
        const std::string text = write_entry(key, value, indent, layout_).str(layout_);
        if (mapping.entries.empty()) return add_first_line(mapping.end, text);
        return add_line(mapping.entries.back().value.end, indent, text);
    }

    Splices insert_item(const Path& path, std::size_t index, const Value& value) const {
        const Node& sequence = *document_.find(path);
        const Node* neighbour = sequence.items.empty() ? nullptr : &sequence.items[index == 0 ? 0 : index - 1];
        const Style style = neighbour == nullptr ? Style::plain : text_style(*neighbour);
        if (sequence.flow) return add_in_flow(sequence, index, write_flow(value, style));
        const std::size_t indent = column(sequence);
        const std::size_t width = dash_width(sequence, *neighbour);
        const std::string text = "-" + std::string(width - 1, ' ') +
                                 write_in_place(like(*neighbour, value), indent + width, layout_, style).str(layout_);
        if (index > 0) return add_line(neighbour->end, indent, text);
        const std::size_t dash = sequence.begin.offset;
        return {{dash, dash, text + layout_.line_break + std::string(indent, ' ')}};
    }

    /// Takes out one of several entries or items.
    Splices take_out(const Path& path) const {
        const Node& parent = *document_.find(parent_of(path));
        const std::vector<Splice> parts = parts_of(parent);
        const std::size_t index = index_of(parent, path.back());
        return parent.flow ? take_out_of_flow(parts, index) : take_out_of_block(parts[index]);
    }

    /// Takes out all there is.
    Splices clear(const Path& path) const {
        const Node& old = *document_.find(path);
        const std::string nothing = old.is_mapping() ? "{}" : "[]";
        if (path.empty() && !old.flow && begins_line(bytes_, old.begin.offset)) {
            const std::string left = old.is_mapping() ? "" : nothing + layout_.line_break;
            return {{old.begin.offset - column(old), next_line(bytes_, old.end), left}};
        }
        const Entry* entry = entry_at(path);
        const bool own_line = !old.flow && entry != nullptr && old.begin.line > entry->key.begin.line;
        if (!own_line) return {{old.begin.offset, old.end, nothing}};
        const std::size_t colon = behind_colon(*entry);
        return {{colon, colon, " " + nothing}, {line_before(old), line_end(bytes_, old.end)}};
    }

private:
    // Where things are

    bool in_flow(Path path) const {
        while (!path.empty()) {
            path.pop_back();
            if (document_.find(path)->flow) return true;
        }
        return false;
    }

    const Entry* entry_at(const Path& path) const {
        const bool keyed = !path.empty() && std::holds_alternative<std::string>(path.back());
        return keyed ? document_.find(parent_of(path))->find_entry(std::get<std::string>(path.back())) : nullptr;
    }

    std::size_t behind_colon(const Entry& entry) const { return bytes_.find(':', entry.key.end) + 1; }

    /// The end of the line before the one that `node` begins on.
    std::size_t line_before(const Node& node) const {
        const std::size_t begin = line_begin(bytes_, node.begin.offset);
        return line_end(bytes_, line_begin(bytes_, begin - 1));
    }

    std::string space_before(const Node& node) const {
        const std::size_t begin = node.begin.offset;
        return begin == node.end && begin > 0 && !is_space(bytes_[begin - 1]) ? " " : "";
    }

    /// From a dash to what stands behind it.
    std::size_t dash_width(const Node& sequence, const Node& item) const {
        const std::size_t dash = line_begin(bytes_, item.begin.offset) + column(sequence);
        if (dash >= item.begin.offset || bytes_[dash] != '-' || item.end == item.begin.offset) return 2;
        const std::string_view between = bytes_.substr(0, item.begin.offset).substr(dash + 1);
        return std::all_of(between.begin(), between.end(), is_blank) ? between.size() + 1 : 2;
    }

    /// What each entry or item stands on, with its key or dash.
    std::vector<Splice> parts_of(const Node& node) const {
        std::vector<Splice> parts;
        for (const Entry& entry : node.entries) parts.push_back({entry.key.begin.offset, entry.value.end});
        std::size_t dash = node.begin.offset;
        for (const Node& item : node.items) {
            parts.push_back({node.flow ? item.begin.offset : dash, item.end});
            dash = skip_blank(bytes_, item.end);
        }
        return parts;
    }

    static std::size_t index_of(const Node& node, const Step& step) {
        if (const auto* index = std::get_if<std::size_t>(&step)) return *index;
        const Entry* entry = node.find_entry(std::get<std::string>(step));
        return static_cast<std::size_t>(entry - node.entries.data());
    }

    // Replacing

    /// Whether `value` can be written where the old value of `entry` begins, on its own line.
    bool stays_in_place(const Entry& entry, const Value& value) const {
        if (!is_block(value)) return false;
        const bool list = value.kind() == Node::Kind::sequence;
        return column(entry.value) > column(entry.key) || (list && column(entry.value) == column(entry.key));
    }

    Splices replace_in_place(const Node& old, const Value& value) const {
        const std::string space = space_before(old);
        const std::size_t indent = column(old) + space.size();
        const Written written = write_in_place(value, indent, layout_, text_style(old));
        const bool block = !old.is_scalar() && !old.flow;
        if (block) return {{old.begin.offset, old.end, written.str(layout_)}};
        return with_lines_below(old, {old.begin.offset, old.end, space + written.head}, written);
    }

    Splices replace_under_key(const Entry& entry, const Value& value) const {
        const Node& old = entry.value;
        const Written written = write_under_key(value, column(entry.key), layout_, text_style(old));
        Splice head{old.begin.offset, old.end, space_before(old) + written.head};
        if (written.head.empty()) head = {behind_colon(entry), old.end, ""};
        return with_lines_below(old, head, written);
    }

    /// `head` replaces what stands on the first line of `old`; lines below go behind the comment at the end of that
    /// line.
    Splices with_lines_below(const Node& old, Splice head, const Written& written) const {
        const bool literal = old.is_scalar() && (old.style == Style::literal || old.style == Style::folded);
        if (literal) head.end = end_of_block_header(bytes_, old.begin.offset);
        const std::size_t end = line_end(bytes_, head.end);
        return {head, {end, std::max(end, old.end), written.below(layout_)}};
    }

    /// The old value has lines of its own below the key; the new one begins on the line of the key. A comment behind
    /// the old value gets the line.
    Splices move_to_key(const Entry& entry, const Value& value) const {
        const Node& old = entry.value;
        const Written written = write_under_key(value, column(entry.key), layout_);
        const std::size_t colon = behind_colon(entry);
        const std::size_t end = line_end(bytes_, colon);
        const std::size_t rest = std::min(bytes_.find_first_not_of(" \t", old.end), bytes_.size());
        const bool comment = rest < line_end(bytes_, old.end);
        const Splice old_lines = comment ? Splice{old.begin.offset, rest} : Splice{line_before(old), old.end};
        const std::string head = written.head.empty() ? "" : " " + written.head;
        return {{colon, colon, head}, {end, end, written.below(layout_)}, old_lines};
    }

    // Adding

    /// Text on a new line below what ends at `end`, whose line may go on with a comment.
    Splices add_line(std::size_t end, std::size_t indent, const std::string& text) const {
        const std::size_t at = line_end(bytes_, end);
        return {{at, at, layout_.line_break + std::string(indent, ' ') + text}};
    }

    /// The first entry of an empty document.
    Splices add_first_line(std::size_t at, const std::string& text) const {
        const bool line_is_open = at > 0 && bytes_[at - 1] != '\n';
        return {{at, at, (line_is_open ? layout_.line_break : "") + text + layout_.line_break}};
    }

    Splices add_in_flow(const Node& node, std::size_t index, const std::string& text) const {
        const std::vector<Splice> parts = parts_of(node);
        if (parts.empty()) return fill(node, text);
        if (index == 0) return {{parts[0].begin, parts[0].begin, text + ", "}};
        const Splice& before = parts[index - 1];
        const std::size_t next = skip_blank(bytes_, before.end);
        const bool comma = bytes_[next] == ',';
        const std::size_t behind = comma ? next + 1 : before.end;  // what it must come after
        const bool last = index == parts.size();
        const std::string comma_behind = comma && last ? "," : "";
        const bool own_line =
            begins_line(bytes_, before.begin) && skip_blank(bytes_, behind) >= next_line(bytes_, behind);
        if (!own_line) {
            if (comma && last) return {{behind, behind, " " + text + ","}};
            return {{before.end, before.end, ", " + text}};
        }
        const std::size_t end = line_end(bytes_, behind);
        const std::size_t begin = line_begin(bytes_, before.begin);
        const std::string indent(bytes_.substr(0, before.begin).substr(begin));
        const Splice line{end, end, layout_.line_break + indent + text + (comma ? "," : "")};
        if (comma) return {line};
        return {{before.end, before.end, ","}, line};
    }

    /// The first item between brackets; a comment there stays.
    Splices fill(const Node& node, const std::string& text) const {
        const std::size_t begin = node.begin.offset + 1;
        const bool blank = skip_white(bytes_, begin) == node.end - 1;
        return {{begin, blank ? node.end - 1 : begin, text}};
    }

    // Taking out

    Splices take_out_of_block(const Splice& part) const {
        const std::size_t end = line_end(bytes_, part.end);
        if (begins_line(bytes_, part.begin)) return {{line_begin(bytes_, part.begin), next_line(bytes_, end)}};
        // The first behind a dash: what follows takes its place.
        return {{part.begin, skip_white(bytes_, end)}};
    }

    Splices take_out_of_flow(const std::vector<Splice>& parts, std::size_t index) const {
        const Splice& part = parts[index];
        const std::size_t next = skip_blank(bytes_, part.end);
        const std::size_t behind = bytes_[next] == ',' ? next + 1 : part.end;
        const bool rest_is_blank = skip_blank(bytes_, behind) >= next_line(bytes_, behind);
        const bool own_line = begins_line(bytes_, part.begin) && rest_is_blank;
        if (own_line) return {{line_begin(bytes_, part.begin), next_line(bytes_, behind)}};
        if (index + 1 < parts.size()) return {{part.begin, parts[index + 1].begin}};
        const std::size_t before = parts[index - 1].end;
        const bool comment = bytes_.substr(0, part.begin).find('#', before) != std::string_view::npos;
        return {{comment ? part.begin : before, part.end}};
    }

    const Document& document_;
    std::string_view bytes_;
    Layout layout_;
};

/// The document after the first of `ways` that gives just what is wanted.
Result<Document> first_that_reads(const Document& document, const Path& path, const Node& wanted,
                                  const std::vector<Splices>& ways) {
    for (const Splices& way : ways) {
        auto edited = parse(document.file, spliced(document.bytes, way));
        if (edited && same_value(edited->root, wanted)) return edited;
    }
    return cannot_edit(document, path, "what is around it stands in the way");
}

// The four elementary edits. Where a value cannot be written in lines of its own, it is tried in brackets.

Result<Document> replace(const Document& document, const Path& path, const Value& value) {
    Node wanted = document.root;
    at(wanted, path) = to_node(value);
    const Change change(document);
    return first_that_reads(document, path, wanted,
                            {change.replace(path, value), change.replace(path, Value(value).in_flow())});
}

Result<Document> add_entry(const Document& document, const Path& path, const std::string& key, const Value& value) {
    Node wanted = document.root;
    at(wanted, path).entries.push_back({to_node(Value(key)), to_node(value)});
    const Change change(document);
    return first_that_reads(document, path, wanted,
                            {change.add_entry(path, key, value), change.add_entry(path, key, Value(value).in_flow())});
}

Result<Document> insert_item(const Document& document, const Path& path, std::size_t index, const Value& value) {
    Node wanted = document.root;
    std::vector<Node>& items = at(wanted, path).items;
    items.insert(items.begin() + static_cast<std::ptrdiff_t>(index), to_node(value));
    const Change change(document);
    return first_that_reads(
        document, path, wanted,
        {change.insert_item(path, index, value), change.insert_item(path, index, Value(value).in_flow())});
}

Result<Document> take_out(const Document& document, const Path& path) {
    Node wanted = document.root;
    Node& parent = at(wanted, parent_of(path));
    const bool only = parent.items.size() + parent.entries.size() == 1;
    if (const auto* key = std::get_if<std::string>(&path.back())) {
        parent.entries.erase(find_entry(parent, *key));
    } else {
        parent.items.erase(parent.items.begin() + static_cast<std::ptrdiff_t>(std::get<std::size_t>(path.back())));
    }
    const Change change(document);
    return first_that_reads(document, path, wanted, {only ? change.clear(parent_of(path)) : change.take_out(path)});
}

// Edits made of those

bool is_nothing(const Node& node) {
    return node.is_scalar() && node.end == node.begin.offset;
}
bool is_empty(const Node& node) {
    return node.items.empty() && node.entries.empty();
}

/// `[]` or `{}` without a comment inside.
bool is_bare(const Document& document, const Node& node) {
    return node.flow && is_empty(node) && skip_white(document.bytes, node.begin.offset + 1) == node.end - 1;
}

Result<Document> set(Document document, const Path& path, const Value& value);

Result<Document> set_mapping(Document document, const Path& path, const Value& value) {
    for (const auto& [key, below_it] : value.entries()) {
        GOVCTL_TRY(document, set(std::move(document), below(path, key), below_it));
    }
    const Node node = to_node(value);
    const std::vector<Entry> entries = document.find(path)->entries;
    for (const Entry& entry : entries) {
        if (node.find(entry.key.text) != nullptr) continue;
        GOVCTL_TRY(document, take_out(document, below(path, entry.key.text)));
    }
    return document;
}

/// Leaves what is the same at the beginning and at the end alone.
Result<Document> set_sequence(Document document, const Path& path, const Value& value) {
    const std::vector<Node> before = document.find(path)->items;
    const std::vector<Node> after = to_node(value).items;
    const auto same = [](const Node& a, const Node& b) { return same_value(a, b); };
    const auto common = std::mismatch(before.begin(), before.end(), after.begin(), after.end(), same);
    const auto first = static_cast<std::size_t>(common.first - before.begin());
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t tail = 0;
    while (first + tail < shorter && same(before[before.size() - 1 - tail], after[after.size() - 1 - tail])) ++tail;

    std::size_t index = first;
    for (; index + tail < shorter; ++index) {
        GOVCTL_TRY(document, set(std::move(document), below(path, index), value.items()[index]));
    }
    for (std::size_t extra = index; extra + tail < after.size(); ++extra) {
        GOVCTL_TRY(document, insert_item(document, path, extra, value.items()[extra]));
    }
    for (std::size_t extra = index; extra + tail < before.size(); ++extra) {
        GOVCTL_TRY(document, take_out(document, below(path, index)));
    }
    return document;
}

Result<Document> add(Document document, const Path& path, const Value& value) {
    const Path above = parent_of(path);
    const auto* key = std::get_if<std::string>(&path.back());
    if (key == nullptr) return cannot_edit(document, path, "there is no such item");
    const Node* parent = document.find(above);
    const Value entry = Value::mapping({{*key, value}});
    if (parent == nullptr) return add(std::move(document), above, entry);
    if (is_nothing(*parent)) return replace(document, above, entry);
    if (!parent->is_mapping()) return cannot_edit(document, path, "what should hold it is no mapping");
    const bool opens_braces = is_bare(document, *parent) && value.kind() != Node::Kind::scalar;
    return opens_braces ? replace(document, above, entry) : add_entry(document, above, *key, value);
}

Result<Document> set(Document document, const Path& path, const Value& value) {
    const Node* old = document.find(path);
    if (old == nullptr) return add(std::move(document), path, value);
    if (same_value(*old, to_node(value))) return document;
    const bool merge = old->kind == value.kind() && !is_empty(*old) && !is_empty_collection(value);
    if (merge && old->is_mapping()) return set_mapping(std::move(document), path, value);
    if (merge && old->is_sequence()) return set_sequence(std::move(document), path, value);
    if (path.empty() && old->is_mapping() && is_empty(*old)) return set_mapping(std::move(document), path, value);
    return replace(document, path, value);
}

Result<Document> append(Document document, const Path& path, const Value& value) {
    const Node* old = document.find(path);
    const bool text = value.kind() == Node::Kind::scalar;
    if (old == nullptr || is_nothing(*old)) return set(std::move(document), path, Value::sequence({value}, text));
    if (!old->is_sequence()) return cannot_edit(document, path, "it is no list");
    const bool opens_brackets = is_bare(document, *old) && !text;
    if (opens_brackets) return replace(document, path, Value::sequence({value}));
    return insert_item(document, path, old->items.size(), value);
}

Result<void> check_texts(const Value& value) {
    if (const auto bad = find_bad_character(value.text())) {
        return Error{ErrorKind::invalid, fmt::format("'{}' holds {}", printable(value.text()), bad->what)};
    }
    for (const Value& item : value.items()) GOVCTL_CHECK(check_texts(item));
    for (const auto& [key, below_it] : value.entries()) {
        GOVCTL_CHECK(check_texts(Value(key)));
        GOVCTL_CHECK(check_texts(below_it));
    }
    return {};
}

}  // namespace

Result<void> Editor::set(const Path& path, const Value& value) {
    GOVCTL_CHECK(check_texts(value));
    GOVCTL_TRY(document_, yaml::set(document_, path, value));
    return {};
}

Result<void> Editor::append(const Path& path, const Value& value) {
    GOVCTL_CHECK(check_texts(value));
    GOVCTL_TRY(document_, yaml::append(document_, path, value));
    return {};
}

Result<void> Editor::remove(const Path& path) {
    assert(!path.empty());
    if (document_.find(path) == nullptr) return {};
    GOVCTL_TRY(document_, take_out(document_, path));
    return {};
}

}  // namespace govctl::yaml
