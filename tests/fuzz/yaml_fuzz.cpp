#include <algorithm>

#include "fuzz.hpp"
#include "govctl/base/text.hpp"
#include "govctl/yaml/edit.hpp"

using namespace govctl;
using namespace govctl::yaml;
using govctl::fuzz::must;

namespace {

constexpr std::size_t most_paths = 12;  // of a document; each is edited in several ways

/// Every node of the tree with its path.
template <class Visit>
void walk(const Node& node, Path& path, Visit visit) {
    visit(node, path);
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        path.emplace_back(i);
        walk(node.items[i], path, visit);
        path.pop_back();
    }
    for (const Entry& entry : node.entries) {
        path.emplace_back(entry.key.text);
        walk(entry.value, path, visit);
        path.pop_back();
    }
}

void hide(std::string& bytes, const Node& scalar) {
    const bool block = scalar.style == Style::literal || scalar.style == Style::folded;
    const std::size_t begin = block ? bytes.find('\n', scalar.begin.offset) : scalar.begin.offset;
    if (begin < scalar.end)
        std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(begin),
                  bytes.begin() + static_cast<std::ptrdiff_t>(scalar.end), '\n');
}

/// The comments of a document, in order.
std::vector<std::string> comments(const Document& document) {
    std::string bytes = document.bytes;
    Path path;
    walk(document.root, path, [&](const Node& node, const Path&) {
        if (node.is_scalar()) hide(bytes, node);
        for (const Entry& entry : node.entries) hide(bytes, entry.key);
    });
    std::vector<std::string> found;
    for (const std::string& line : split(bytes, '\n')) {
        const std::size_t begin = line.find('#');
        if (begin != std::string::npos) found.push_back(trim(line.substr(begin)));
    }
    std::sort(found.begin(), found.end());
    return found;
}

void check_spans(const Document& document) {
    Path path;
    walk(document.root, path, [&](const Node& node, const Path& where) {
        must(node.begin.offset <= node.end && node.end <= document.bytes.size(), "a span lies in the file",
             document.bytes);
        const std::string before = document.bytes.substr(0, node.begin.offset);
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        must(line == node.begin.line, "a line is counted right", document.bytes);
        must(before.size() - (before.rfind('\n') + 1) + 1 == static_cast<std::size_t>(node.begin.column),
             "a column is counted right", document.bytes);
        must(document.find(where) == &node, "a path leads to its node", document.bytes);
    });
}

void check_emit(const Document& document) {
    const std::string written = emit(Value::copy(document.root));
    const auto back = parse("written", written);
    must(bool(back), "what is written can be read", written);
    must(same_value(back->root, document.root), "what is written reads as it was", document.bytes + "\n=>\n" + written);
    must(canonical_json(back->root) == canonical_json(document.root), "canonical JSON is canonical", written);
}

template <class Edit>
void check_edit(const Document& document, bool keeps_comments, Edit edit) {
    Editor editor(document);
    if (!edit(editor)) return must(editor.bytes() == document.bytes, "a failed edit changes nothing", document.bytes);
    const std::string shown = document.bytes + "\n=>\n" + editor.bytes();
    const auto read = parse("edited", editor.bytes());
    must(read && same_value(read->root, editor.document().root), "an edit leaves what can be read", shown);
    if (keeps_comments) must(comments(document) == comments(*read), "an edit keeps comments", shown);
}

void check_edits(const Document& document, const Node& node, const Path& path) {
    check_edit(document, node.is_scalar(), [&](Editor& e) { return bool(e.set(path, "plain")); });
    check_edit(document, node.is_scalar(), [&](Editor& e) { return bool(e.set(path, "needs: quotes # here")); });
    check_edit(document, node.is_scalar(), [&](Editor& e) { return bool(e.set(path, "two\nlines\n")); });
    check_edit(document, false, [&](Editor& e) {
        return bool(e.set(path, Value::mapping({{"k", Value::sequence({"v"})}})));
    });
    check_edit(document, true, [&](Editor& e) {
        return bool(e.append(path, Value::mapping({{"k", "v"}, {"l", "w"}})));
    });
    check_edit(document, true, [&](Editor& e) { return bool(e.append(path, "one more")); });
    if (path.empty()) return;
    check_edit(document, false, [&](Editor& e) {
        const bool removed = bool(e.remove(path));
        must(!removed || std::holds_alternative<std::size_t>(path.back()) || e.document().find(path) == nullptr,
             "what is removed is gone", document.bytes);
        return removed;
    });
    Path beside = path;
    beside.back() = "a key of its own";
    check_edit(document, true, [&](Editor& e) { return bool(e.set(beside, "new")); });
    check_edit(document, true, [&](Editor& e) { return bool(e.set(beside, Value::sequence({"new"}))); });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto document = parse("fuzz", std::string(fuzz::text(data, size)));
    if (!document) {
        must(!document.error().message.empty() && document.error().place, "a failure says what and where");
        return 0;
    }
    check_spans(*document);
    check_emit(*document);
    std::vector<std::pair<const Node*, Path>> nodes;
    Path path;
    walk(document->root, path, [&](const Node& node, const Path& where) {
        if (nodes.size() < most_paths) nodes.emplace_back(&node, where);
    });
    for (const auto& [node, where] : nodes) check_edits(*document, *node, where);
    return 0;
}
