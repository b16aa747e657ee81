#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "govctl/base/result.hpp"

/// Strict YAML 1.2 for records: one document of mappings, sequences and text. Every scalar is text.
namespace govctl::yaml {

enum class Style { plain, single_quoted, double_quoted, literal, folded };

struct Mark {
    std::size_t offset = 0;  ///< bytes from the start of the file
    int line = 1;
    int column = 1;  ///< in bytes
};

struct Entry;

/// A value with the bytes it stands on: [begin.offset, end).
struct Node {
    enum class Kind { scalar, sequence, mapping };

    Kind kind = Kind::scalar;
    Mark begin;
    std::size_t end = 0;
    bool flow = false;  ///< `[a, b]`, `{a: b}`
    Style style = Style::plain;
    std::string text{};          ///< of a scalar
    std::vector<Node> items{};   ///< of a sequence
    std::vector<Entry> entries;  ///< of a mapping, in the order of the file; keys are unique scalars

    bool is_scalar() const { return kind == Kind::scalar; }
    bool is_sequence() const { return kind == Kind::sequence; }
    bool is_mapping() const { return kind == Kind::mapping; }

    const Node* find(std::string_view key) const;         ///< value under `key`, or null
    const Entry* find_entry(std::string_view key) const;  ///< key and value, or null
};

struct Entry {
    Node key;
    Node value;
};

/// Where a value lies: keys of mappings and indexes of sequences, from the root.
using Step = std::variant<std::string, std::size_t>;
using Path = std::vector<Step>;

struct Document {
    std::string file;
    std::string bytes;
    Node root;

    const Node* find(const Path& path) const;
    Place place(const Node& node) const;
    /// The place of the value at `path`, or of the nearest thing above it that is there.
    Place place(const Path& path) const;
};

struct Limits {
    std::size_t bytes = 1 << 20;
    int nodes = 20000;
    int depth = 64;
};

/// Reads one document. Errors (`invalid`, with a place): what YAML does not allow; a second document; anchors, aliases,
/// tags and merge keys; a key twice, or that is no scalar; NUL, BOM, control characters, invalid UTF-8, bidirectional
/// overrides; more than `limits`. An empty file is an empty mapping. Line ends may be LF or CRLF.
Result<Document> parse(std::string file, std::string bytes, const Limits& limits = {});

/// Same value, whatever the comments, layout, quoting or order of keys.
bool same_value(const Node& a, const Node& b);

/// RFC 8785 (JCS) of the value: keys sorted, no white space, every scalar a string.
std::string canonical_json(const Node& node);

}  // namespace govctl::yaml
