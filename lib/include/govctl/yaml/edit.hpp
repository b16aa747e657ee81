#pragma once

#include <string>
#include <utility>
#include <vector>

#include "govctl/yaml/document.hpp"

namespace govctl::yaml {

/// A value to be written. Mappings keep the order given.
class Value {
public:
    Value(std::string text) : node_kind_(Node::Kind::scalar), text_(std::move(text)) {}
    Value(const char* text) : Value(std::string(text)) {}
    static Value sequence(std::vector<Value> items, bool flow = false);
    static Value mapping(std::vector<std::pair<std::string, Value>> entries, bool flow = false);
    static Value copy(const Node& node);  ///< layout is not kept, flow is

    /// The same value, on one line: `[a, b]`, `{a: b}`.
    Value in_flow() &&;

    Node::Kind kind() const { return node_kind_; }
    bool flow() const { return flow_; }
    const std::string& text() const { return text_; }
    const std::vector<Value>& items() const { return items_; }
    const std::vector<std::pair<std::string, Value>>& entries() const { return entries_; }

private:
    Value() = default;
    Node::Kind node_kind_ = Node::Kind::scalar;
    bool flow_ = false;
    std::string text_;
    std::vector<Value> items_;
    std::vector<std::pair<std::string, Value>> entries_;
};

/// Block style, two spaces, sequences indented below their key; quotes only where YAML needs them; text of several
/// lines as a literal. parse() of it gives the value back.
std::string emit(const Value& value);

/// Changes a file a person wrote, touching only the bytes it must: comments, order, quoting, blank lines and line ends
/// stay. Every edit is checked by reading the result back; one that cannot be made exactly fails and changes nothing.
class Editor {
public:
    explicit Editor(Document document) : document_(std::move(document)) {}

    const Document& document() const { return document_; }
    const std::string& bytes() const { return document_.bytes; }

    /// Replaces the value at `path`; what is the same in an old and a new mapping or list keeps its bytes. A missing
    /// last key of `path` is added at the end of its mapping, and so are missing mappings above it. Equal value: no
    /// change.
    Result<void> set(const Path& path, const Value& value);
    /// Adds an item at the end of the sequence at `path`; where there is none yet, makes one.
    Result<void> append(const Path& path, const Value& value);
    /// Takes the entry or item at `path`, which has a last step, out with the comment at the end of its line; comments
    /// above it stay. Nothing there: no change.
    Result<void> remove(const Path& path);

private:
    Document document_;
};

}  // namespace govctl::yaml
