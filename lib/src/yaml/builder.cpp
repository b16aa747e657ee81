#include "builder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "check_text.hpp"
#include "govctl/base/text.hpp"
#include "lines.hpp"
#include "refusal.hpp"

namespace govctl::yaml {
namespace {

using Type = Event::Type;

constexpr std::size_t longest_key = 256;
constexpr std::size_t longest_lenient_key = 1000;  // yaml-cpp ends at 1,024 with quotes and escapes

bool is_blank(char c) {
    return c == ' ' || c == '\t';
}
bool is_break(char c) {
    return c == '\n' || c == '\r';
}
bool is_space(char c) {
    return is_blank(c) || is_break(c);
}

Refusal unexpected(std::string_view bytes, std::size_t offset) {
    if (offset >= bytes.size()) return {offset, "the file ends where more must follow"};
    switch (bytes[offset]) {
        case '?':
            return {offset, "a '? ' before a key is not allowed", {"write 'key: value'"}};
        case '&':
            return {offset, no_anchors, {quote_ampersand}};
        case '*':
            return {offset, no_aliases, {quote_star}};
        case '!':
            return {offset, no_tags, {quote_exclamation}};
        case '%':
            return {offset, no_directives, {"quote text that begins with '%'"}};
        case '#':
            return {offset, "a comment without a space before it", {"put a space before '#', or quote the text"}};
        default:
            break;
    }
    const std::size_t size = std::max<std::size_t>(decode_utf8(bytes.substr(offset)).size, 1);
    return {offset, fmt::format("unexpected '{}'", printable(bytes.substr(offset, size)))};
}

class Builder {
public:
    Builder(std::string_view bytes, std::vector<Event> events, bool lenient)
        : bytes_(bytes), events_(std::move(events)), lenient_(lenient) {}

    Node document() {
        skip();
        if (at_marker("---")) cursor_ += 3;
        Node root = is_empty() ? empty_mapping() : value(-1);
        skip();
        if (at_marker("...")) cursor_ += 3;
        skip();
        if (cursor_ != bytes_.size()) throw unexpected(bytes_, cursor_);
        return root;
    }

private:
    /// Nothing, or `---` and nothing.
    bool is_empty() const {
        return events_.empty() ||
               (events_.size() == 1 && events_[0].type == Type::null && null_word_at(events_[0].mark.offset).empty());
    }

    Node empty_mapping() {
        skip();
        Node node;
        node.kind = Node::Kind::mapping;
        node.begin = mark_at(cursor_);
        node.end = cursor_;
        return node;
    }

    /// `indent` is the column, from 0, of the innermost block collection around; -1 outside of any.
    Node value(int indent) {
        Event& event = events_[next_++];
        switch (event.type) {
            case Type::scalar:
                return scalar(event, indent);
            case Type::null:
                return null(event, indent);
            case Type::sequence_start:
                return sequence(event, indent);
            case Type::mapping_start:
                return mapping(event, indent);
            default:
                throw unexpected(bytes_, cursor_);
        }
    }

    // Scalars

    Node scalar(Event& event, int indent) {
        go_to(event.mark);
        Node node;
        node.begin = event.mark;
        node.style = style_at(cursor_);
        node.text = std::move(event.text);
        cursor_ = node.end = end_of(node, indent);
        if (node.style == Style::double_quoted) refuse_bad_escapes(node);
        return node;
    }

    /// Escapes may hide what is refused raw.
    static void refuse_bad_escapes(const Node& node) {
        const std::size_t offset = node.begin.offset;
        if (node.text.find('\r') != std::string::npos) throw Refusal{offset, "a carriage return in the text"};
        if (const auto bad = find_bad_character(node.text)) throw Refusal{offset, bad->what + " in the text"};
    }

    /// yaml-cpp says null of both `~` or `null`, which are text here, and of nothing; the mark it gives to nothing is
    /// that of what comes next.
    Node null(Event& event, int indent) {
        const bool something_else_is_there = next_mark() == event.mark.offset;
        const std::string_view word = null_word_at(event.mark.offset);
        if (!word.empty() && !something_else_is_there) {
            event.text = word;
            return scalar(event, indent);
        }
        Node node;
        node.begin = mark_at(cursor_);
        node.end = cursor_;
        return node;
    }

    std::size_t next_mark() const {
        for (std::size_t i = next_; i < events_.size(); ++i) {
            if (events_[i].type != Type::sequence_end && events_[i].type != Type::mapping_end) {
                return events_[i].mark.offset;
            }
        }
        return std::string_view::npos;
    }

    std::string_view null_word_at(std::size_t offset) const {
        for (const std::string_view word : {"~", "null", "Null", "NULL"}) {
            if (bytes_.substr(offset, word.size()) != word) continue;
            const std::size_t end = offset + word.size();
            if (end == bytes_.size() || is_space(bytes_[end]) ||
                std::string_view(":,[]{}?").find(bytes_[end]) != std::string_view::npos) {
                return word;
            }
        }
        return {};
    }

    Style style_at(std::size_t offset) const {
        switch (offset < bytes_.size() ? bytes_[offset] : '\0') {
            case '\'':
                return Style::single_quoted;
            case '"':
                return Style::double_quoted;
            case '|':
                return Style::literal;
            case '>':
                return Style::folded;
            case '!':
            case '&':
            case '*':
                throw unexpected(bytes_, offset);
            default:
                return Style::plain;
        }
    }

    std::size_t end_of(const Node& node, int indent) const {
        switch (node.style) {
            case Style::plain:
                return end_of_plain(node);
            case Style::single_quoted:
                return end_of_single_quoted(node.begin.offset);
            case Style::double_quoted:
                return end_of_double_quoted(node.begin.offset);
            case Style::literal:
            case Style::folded:
                break;
        }
        return end_of_block(node.begin.offset, indent);
    }

    /// Walks text and bytes together; any white space in the one is some white space in the other.
    std::size_t end_of_plain(const Node& node) const {
        std::size_t at = node.begin.offset;
        for (std::size_t i = 0; i < node.text.size();) {
            if (is_space(node.text[i])) {
                while (i < node.text.size() && is_space(node.text[i])) ++i;
                if (at >= bytes_.size() || !is_space(bytes_[at])) throw unexpected(bytes_, at);
                while (at < bytes_.size() && is_space(bytes_[at])) ++at;
                continue;
            }
            if (at >= bytes_.size() || bytes_[at] != node.text[i]) throw unexpected(bytes_, at);
            ++i;
            ++at;
        }
        return at;
    }

    std::size_t end_of_single_quoted(std::size_t begin) const {
        for (std::size_t at = begin + 1; at < bytes_.size(); ++at) {
            if (bytes_[at] != '\'') continue;
            if (bytes_.substr(at + 1, 1) != "'") return at + 1;
            ++at;
        }
        throw Refusal{begin, open_quote};
    }

    std::size_t end_of_double_quoted(std::size_t begin) const {
        for (std::size_t at = begin + 1; at < bytes_.size(); ++at) {
            if (bytes_[at] == '"') return at + 1;
            if (bytes_[at] == '\\') ++at;
        }
        throw Refusal{begin, open_quote};
    }

    /// Of `|` and `>`: the end of the last line of text, without its line break.
    std::size_t end_of_block(std::size_t begin, int indent) const {
        std::size_t end = end_of_block_header(bytes_, begin);
        if (end < bytes_.size() && !is_space(bytes_[end])) throw unexpected(bytes_, end);
        const std::string_view header = bytes_.substr(0, end).substr(begin);
        const bool keep = header.find('+') != std::string_view::npos;
        const auto parent = static_cast<std::size_t>(std::max(indent, 0));
        const std::size_t digit = header.find_first_of("123456789");
        std::size_t width = 0;  // of the indentation; 0 while unknown
        if (digit != std::string_view::npos) width = parent + static_cast<std::size_t>(header[digit] - '0');
        for (std::size_t line = bytes_.find('\n', end); line < bytes_.size(); line = bytes_.find('\n', line)) {
            const std::size_t stop = line_end(bytes_, ++line);
            const std::size_t text = std::min(bytes_.find_first_not_of(' ', line), stop);
            const std::size_t column = text - line;
            if (text == stop && (width == 0 || column <= width)) {
                if (keep && line < bytes_.size()) end = stop;
                continue;
            }
            if (width == 0) width = std::max(column, parent + 1);
            if (column < width) break;
            end = stop;
        }
        return end;
    }

    // Collections

    Node collection(const Event& event, Node::Kind kind, char opening) {
        go_to(event.mark);
        const bool bare = event.flow && (cursor_ >= bytes_.size() || bytes_[cursor_] != opening);
        if (bare) throw Refusal{cursor_, "a mapping inside [ ] needs braces", {"write [{key: value}]"}};
        Node node;
        node.kind = kind;
        node.begin = event.mark;
        node.flow = event.flow;
        return node;
    }

    Node sequence(const Event& event, int indent) {
        Node node = collection(event, Node::Kind::sequence, '[');
        if (node.flow) {
            flow_items(node, Type::sequence_end, ']', [&] { node.items.push_back(flow_item(indent)); });
            return node;
        }
        while (events_[next_].type != Type::sequence_end) {
            skip();
            const Mark dash = mark_at(cursor_);
            if (dash.column != node.begin.column) throw misaligned(dash);
            expect('-');
            node.items.push_back(value(node.begin.column - 1));
            check_indented(node.items.back(), dash, false);
        }
        ++next_;
        node.end = cursor_;
        return node;
    }

    Node flow_item(int indent) {
        skip();
        const std::size_t begin = cursor_;
        Node item = value(indent);
        const bool nothing = item.is_scalar() && item.end == item.begin.offset;
        if (nothing)
            throw Refusal{begin, "an item of a list is missing before this", {"write '' for text of length 0"}};
        return item;
    }

    Node mapping(const Event& event, int indent) {
        Node node = collection(event, Node::Kind::mapping, '{');
        if (node.flow) {
            flow_items(node, Type::mapping_end, '}', [&] { node.entries.push_back(entry(indent)); });
        } else {
            block_entries(node);
        }
        if (!lenient_) refuse_duplicates(node);
        return node;
    }

    void block_entries(Node& node) {
        while (events_[next_].type != Type::mapping_end) {
            Entry one = entry(node.begin.column - 1);
            if (one.key.begin.column != node.begin.column) throw misaligned(one.key.begin);
            check_indented(one.value, one.key.begin, one.value.is_sequence() && !one.value.flow);
            node.entries.push_back(std::move(one));
        }
        ++next_;
        node.end = cursor_;
    }

    template <class Item>
    void flow_items(Node& node, Type end, char closing, Item item) {
        ++cursor_;
        while (events_[next_].type != end) {
            item();
            skip();
            if (bytes_.substr(cursor_, 1) != ",") break;
            ++cursor_;
        }
        skip();
        if (bytes_.substr(cursor_, 1) != std::string_view(&closing, 1) || events_[next_].type != end) {
            throw unexpected(bytes_, cursor_);
        }
        ++next_;
        node.end = ++cursor_;
    }

    Entry entry(int indent) {
        skip();
        const std::size_t begin = cursor_;
        if (events_[next_].type != Type::scalar && events_[next_].type != Type::null) {
            throw Refusal{begin, "a key that is not text", {"keys are plain words or quoted text"}};
        }
        Entry one;
        one.key = value(indent);
        check_key(one.key, begin);
        skip();
        if (bytes_.substr(cursor_, 1) != ":") {
            throw Refusal{begin, fmt::format("there is no ':' after key '{}'", printable(one.key.text))};
        }
        ++cursor_;
        one.value = value(indent);
        return one;
    }

    void check_key(const Node& key, std::size_t begin) const {
        if (key.end == key.begin.offset) {
            if (bytes_.substr(begin, 1) == ":" || bytes_.substr(begin, 1) == ",")
                throw Refusal{begin, "a key is missing here"};
            throw unexpected(bytes_, begin);
        }
        if (key.style == Style::plain && key.text == "<<") throw Refusal{begin, "merge keys ('<<') are not allowed"};
        const std::size_t longest = lenient_ ? longest_lenient_key : longest_key;
        if (key.text.size() > longest) {
            throw Refusal{begin, fmt::format("a key longer than {} bytes", longest)};
        }
    }

    static void refuse_duplicates(const Node& node) {
        std::vector<const Node*> keys;
        for (const Entry& entry : node.entries) keys.push_back(&entry.key);
        std::sort(keys.begin(), keys.end(), [](const Node* a, const Node* b) {
            return std::tie(a->text, a->begin.offset) < std::tie(b->text, b->begin.offset);
        });
        const auto twin = std::adjacent_find(keys.begin(), keys.end(),
                                             [](const Node* a, const Node* b) { return a->text == b->text; });
        if (twin == keys.end()) return;
        throw Refusal{(*std::next(twin))->begin.offset,
                      fmt::format("key '{}' is given twice", printable((*twin)->text)),
                      {fmt::format("it is first given on line {}", (*twin)->begin.line)}};
    }

    /// yaml-cpp takes text at the column of a key for its value: `title:` above a line `status` would swallow it.
    static void check_indented(const Node& value, const Mark& above, bool may_line_up) {
        const bool nothing = value.is_scalar() && value.end == value.begin.offset;
        if (nothing || value.begin.line == above.line) return;
        const int least = may_line_up ? above.column : above.column + 1;
        if (value.begin.column < least) throw misaligned(value.begin);
    }

    static Refusal misaligned(const Mark& mark) {
        return {mark.offset, "this does not line up with what is above it", {"check the indentation"}};
    }

    // Bytes between values

    bool is_marker_at(std::size_t at) const {
        const bool line_begins = at == 0 || bytes_[at - 1] == '\n';
        const std::string_view three = bytes_.substr(at, 3);
        const bool ends = at + 3 >= bytes_.size() || is_space(bytes_[at + 3]);
        return line_begins && ends && (three == "---" || three == "...");
    }

    bool at_marker(std::string_view marker) const {
        return is_marker_at(cursor_) && bytes_.substr(cursor_, 3) == marker;
    }

    void skip() { cursor_ = skip_blank(bytes_, cursor_); }

    void go_to(const Mark& mark) {
        skip();
        if (cursor_ != mark.offset) throw unexpected(bytes_, cursor_);
    }

    void expect(char c) {
        if (cursor_ >= bytes_.size() || bytes_[cursor_] != c) throw unexpected(bytes_, cursor_);
        ++cursor_;
    }

    /// Places are asked for in the order of the file, so this is linear in all.
    Mark mark_at(std::size_t offset) {
        for (; last_.offset < offset; ++last_.offset) {
            const bool line_break = bytes_[last_.offset] == '\n';
            last_.line += line_break ? 1 : 0;
            last_.column = line_break ? 1 : last_.column + 1;
        }
        return last_;
    }

    std::string_view bytes_;
    std::vector<Event> events_;
    bool lenient_;
    std::size_t next_ = 0;    // event
    std::size_t cursor_ = 0;  // byte
    Mark last_;
};

}  // namespace

Node build_tree(std::string_view bytes, std::vector<Event> events, bool lenient) {
    return Builder(bytes, std::move(events), lenient).document();
}

}  // namespace govctl::yaml
