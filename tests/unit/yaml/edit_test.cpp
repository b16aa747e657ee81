#include "govctl/yaml/edit.hpp"

#include <functional>

#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::yaml;

namespace {

Value list(std::vector<Value> items, bool flow = false) {
    return Value::sequence(std::move(items), flow);
}

Value map(std::vector<std::pair<std::string, Value>> entries, bool flow = false) {
    return Value::mapping(std::move(entries), flow);
}

Step item(std::size_t index) {
    return index;
}

Editor editor(const std::string& bytes) {
    auto document = parse("x.yaml", bytes);
    if (!document) FAIL(bytes << document.error().message);
    return Editor(*std::move(document));
}

struct Case {
    const char* what;
    std::string before;
    std::function<Result<void>(Editor&)> edit;
    std::string after;
};

auto set(Path path, Value value) {
    return [=](Editor& editor) { return editor.set(path, value); };
}

auto append(Path path, Value value) {
    return [=](Editor& editor) { return editor.append(path, value); };
}

auto removing(Path path) {
    return [=](Editor& editor) { return editor.remove(path); };
}

void check(const Case& c) {
    CAPTURE(c.what, c.before);
    Editor subject = editor(c.before);
    const auto done = c.edit(subject);
    if (!done) FAIL_CHECK(done.error().message);
    CHECK(subject.bytes() == c.after);
}

std::string crlf(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c == '\n') result += '\r';
        result += c;
    }
    return result;
}

/// A case holds with both kinds of line ends.
void check_all(const std::vector<Case>& cases) {
    for (const Case& c : cases) {
        check(c);
        const bool shows = c.before.find('\n') != std::string::npos;
        if (shows) check({c.what, crlf(c.before), c.edit, crlf(c.after)});
    }
}

const Value seat = map({{"role", "chair"}, {"person", "ada"}}, true);

}  // namespace

TEST_CASE("text is replaced where it stands") {
    check_all({
        {"the same", "a: 'b'  # c\n", set({"a"}, "b"), "a: 'b'  # c\n"},
        {"plain", "status:   draft  # see below\nnext: x\n", set({"status"}, "open"),
         "status:   open  # see below\nnext: x\n"},
        {"no line feed at the end", "a: b", set({"a"}, "c"), "a: c"},
        {"in quotes", "a: 'b'\nc: \"d\"\n", set({"a"}, "it's"), "a: 'it''s'\nc: \"d\"\n"},
        {"in other quotes", "a: 'b'\nc: \"d\"\n", set({"c"}, "say \"x\""), "a: 'b'\nc: \"say \\\"x\\\"\"\n"},
        {"quotes become needed", "a: b # c\n", set({"a"}, "b: c"), "a: \"b: c\" # c\n"},
        {"of several lines", "a: one\n  two # c\nb: x\n", set({"a"}, "three"), "a: three # c\nb: x\n"},
        {"nothing", "a:   # c\nb: x\n", set({"a"}, "y"), "a: y   # c\nb: x\n"},
        {"nothing at the end", "b: x\na:", set({"a"}, "y"), "b: x\na: y"},
        {"by nothing", "a: b # c\n", set({"a"}, ""), "a: '' # c\n"},
        {"on its own line", "a:\n  # c\n  b # d\n", set({"a"}, "e"), "a: e\n  # c\n  # d\n"},
        {"by a literal", "a: b  # c\nd: e\n", set({"a"}, "one\n\ntwo\n"), "a: |  # c\n  one\n\n  two\nd: e\n"},
        {"a literal", "a: |  # c\n    one\n\n    two\n\n# d\nb: e\n", set({"a"}, "x\ny"),
         "a: |-  # c\n  x\n  y\n\n# d\nb: e\n"},
        {"a literal by a line", "a: >-  # c\n  one\n  two\nb: e\n", set({"a"}, "x"), "a: x  # c\nb: e\n"},
        {"a literal at the end", "a: |\n  one", set({"a"}, "x\ny\n"), "a: \"x\\ny\\n\""},
        {"in a list", "a:\n- b  # c\n- d\n", set({"a", item(0)}, "e"), "a:\n- e  # c\n- d\n"},
        {"nothing in a list", "-  # c\n- d\n", set({item(0)}, "e"), "- e  # c\n- d\n"},
        {"by a literal in a list", "a:\n- b  # c\n- d\n", set({"a", item(0)}, "e\nf\n"),
         "a:\n- |  # c\n  e\n  f\n- d\n"},
        {"in brackets", "a: [b , {c: 'd'}]\n", set({"a", item(1), "c"}, "e, f"), "a: [b , {c: 'e, f'}]\n"},
        {"nothing in braces", "a: {b:, c: }\n", set({"a", "b"}, "x"), "a: {b: x, c: }\n"},
        {"lines in brackets", "a: [b]\n", set({"a", item(0)}, "x\ny\n"), "a: [\"x\\ny\\n\"]\n"},
        {"null is a word", "a: null\nb: ~\n", set({"b"}, "null"), "a: null\nb: \"null\"\n"},
        {"behind ---", "--- text # c\n", set({}, "other"), "--- other # c\n"},
    });
}

TEST_CASE("entries are added at the end of their mapping") {
    check_all({
        {"at the top", "a: b\n", set({"c"}, "d"), "a: b\nc: d\n"},
        {"no line feed at the end", "a: b", set({"c"}, "d"), "a: b\nc: d"},
        {"before what follows", "a: b # c\n\n# the end\n", set({"c"}, "d"), "a: b # c\nc: d\n\n# the end\n"},
        {"empty file", "", set({"c"}, "d"), "c: d\n"},
        {"comments only", "# x\n\n", set({"c"}, "d"), "# x\n\nc: d\n"},
        {"a comment without line feed", "# x", set({"c"}, "d"), "# x\nc: d\n"},
        {"document marks", "---\na: b\n...\n", set({"c"}, "d"), "---\na: b\nc: d\n...\n"},
        {"an empty document with marks", "---\n...\n", set({"c"}, "d"), "---\nc: d\n...\n"},
        {"deep", "a:\n    b:\n        c: d # e\nf: g\n", set({"a", "b", "h"}, map({{"i", "j"}})),
         "a:\n    b:\n        c: d # e\n        h:\n            i: j\nf: g\n"},
        {"below an empty key", "a:  # x\nb: c\n", set({"a", "d"}, "e"), "a:  # x\n  d: e\nb: c\n"},
        {"below a missing key", "a: b\n", set({"c", "d"}, "e"), "a: b\nc:\n  d: e\n"},
        {"behind a dash", "- a: b\n  c: d\n- e: f\n", set({item(0), "g"}, "h"), "- a: b\n  c: d\n  g: h\n- e: f\n"},
        {"behind a literal", "a: |\n  x\n\nb:\n", removing({"b"}), "a: |\n  x\n\n"},
        {"after a literal", "a: |\n  x\n\n", set({"b"}, "c"), "a: |\n  x\nb: c\n\n"},
        {"after a kept literal", "a: |+\n  x\n\n", set({"b"}, "c"), "a: |+\n  x\n\nb: c\n"},
        {"a list like other lists", "a:\n- x\nb: c\n", set({"d"}, list({"y"})), "a:\n- x\nb: c\nd:\n- y\n"},
        {"a list", "b: c\n", set({"d"}, list({"y", map({{"e", "f"}, {"g", "h"}})})),
         "b: c\nd:\n  - y\n  - e: f\n    g: h\n"},
        {"in braces", "a: {b: c}  # d\n", set({"a", "e"}, "f"), "a: {b: c, e: f}  # d\n"},
        {"in spaced braces", "a: { b: c }\n", set({"a", "e"}, list({"f"})), "a: { b: c, e: [f] }\n"},
        {"in empty braces", "a: {}  # d\n", set({"a", "e"}, "f"), "a: {e: f}  # d\n"},
        {"in blank braces", "a: { }\n", set({"a", "e"}, "f"), "a: {e: f}\n"},
        {"a block in empty braces", "a: {}  # d\nz: y\n", set({"a", "e"}, map({{"f", "g"}})),
         "a:  # d\n  e:\n    f: g\nz: y\n"},
        {"with a comma at the end", "a: {b: c,}\n", set({"a", "e"}, "f"), "a: {b: c, e: f,}\n"},
        {"braces over lines", "a: {\n  b: c,  # one\n  d: e   # two\n}\n", set({"a", "f"}, "g"),
         "a: {\n  b: c,  # one\n  d: e,   # two\n  f: g\n}\n"},
        {"braces over lines, comma at the end", "a: {\n  b: c,  # one\n  # two\n}\n", set({"a", "f"}, "g"),
         "a: {\n  b: c,  # one\n  f: g,\n  # two\n}\n"},
        {"a key that needs quotes", "a: b\n", set({"x: y"}, "z"), "a: b\n\"x: y\": z\n"},
        {"a key next to a map with brackets as values", "a: [\n  b\n  ]  # c\n", set({"d"}, "e"),
         "a: [\n  b\n  ]  # c\nd: e\n"},
    });
}

TEST_CASE("items are appended") {
    check_all({
        {"indented", "seats:\n  - {role: a}  # x\n  # more\nb: c\n", append({"seats"}, seat),
         "seats:\n  - {role: a}  # x\n  - {role: chair, person: ada}\n  # more\nb: c\n"},
        {"not indented", "seats:\n- {role: a}\n\nb: c\n", append({"seats"}, seat),
         "seats:\n- {role: a}\n- {role: chair, person: ada}\n\nb: c\n"},
        {"as its neighbours: lines", "seats:\n  -  role: a\n     person: b\n", append({"seats"}, seat),
         "seats:\n  -  role: a\n     person: b\n  -  role: chair\n     person: ada\n"},
        {"as its neighbours: braces", "seats:\n  - {role: a}", append({"seats"}, map({{"role", "b"}})),
         "seats:\n  - {role: a}\n  - {role: b}"},
        {"as its neighbours: quotes", "d: [\"https://a\"]\n", append({"d"}, "https://b"),
         "d: [\"https://a\", \"https://b\"]\n"},
        {"in brackets", "a: [b, c]  # d\n", append({"a"}, "e"), "a: [b, c, e]  # d\n"},
        {"in empty brackets", "a: []  # d\n", append({"a"}, "e"), "a: [e]  # d\n"},
        {"a mapping in empty brackets", "a: []  # d\nb: c\n", append({"a"}, seat),
         "a:  # d\n  - {role: chair, person: ada}\nb: c\n"},
        {"a mapping in brackets with a comment", "a: [ # b\n]\n", append({"a"}, seat),
         "a: [{role: chair, person: ada} # b\n]\n"},
        {"brackets over lines", "a: [\n  b,\n  c  # d\n]\n", append({"a"}, "e"), "a: [\n  b,\n  c,  # d\n  e\n]\n"},
        {"brackets over lines, comma at the end", "a: [\n  b,\n  c,  # d\n]\n", append({"a"}, "e"),
         "a: [\n  b,\n  c,  # d\n  e,\n]\n"},
        {"brackets that wrap", "a: [b, c,\n    d]\n", append({"a"}, "e"), "a: [b, c,\n    d, e]\n"},
        {"where there is none", "a: b\n", append({"c"}, "d"), "a: b\nc: [d]\n"},
        {"where there is no mapping yet", "a: b\n", append({"c"}, seat), "a: b\nc:\n  - {role: chair, person: ada}\n"},
        {"to nothing", "a:  # x\nb: c\n", append({"a"}, "d"), "a: [d]  # x\nb: c\n"},
        {"a mapping to nothing", "a:  # x\nb: c\n", append({"a"}, seat),
         "a:  # x\n  - {role: chair, person: ada}\nb: c\n"},
        {"lists in lists", "- - a\n  - b\n- c\n", append({item(0)}, "d"), "- - a\n  - b\n  - d\n- c\n"},
        {"below a comment", "a:\n  # first\n  - b\n  # last\n", append({"a"}, "c"),
         "a:\n  # first\n  - b\n  - c\n  # last\n"},
        {"behind a literal", "a:\n  - |\n    x\n\nb: c\n", append({"a"}, "y"), "a:\n  - |\n    x\n  - y\n\nb: c\n"},
        {"a literal", "a:\n  - b\n", append({"a"}, "x\ny\n"), "a:\n  - b\n  - |\n    x\n    y\n"},
        {"behind an empty item", "a:\n  - b\n  -\n", append({"a"}, "c"), "a:\n  - b\n  -\n  - c\n"},
        {"at the top", "- a\n", append({}, "b"), "- a\n- b\n"},
    });
}

TEST_CASE("entries and items are taken out") {
    check_all({
        {"not there", "a: b\n", removing({"c", "d"}), "a: b\n"},
        {"an entry", "a: b\n# about c\nc: d  # e\n\nf: g\n", removing({"c"}), "a: b\n# about c\n\nf: g\n"},
        {"the first entry", "a: b\nc: d\n", removing({"a"}), "c: d\n"},
        {"the last entry", "a: b\nc: d", removing({"c"}), "a: b\n"},
        {"the only entry", "# x\na: b\n", removing({"a"}), "# x\n"},
        {"a mapping", "a:\n  b: c\n  # d\n  e: f  # g\nh: i\n", removing({"a"}), "h: i\n"},
        {"the only entry below a key", "a:  # x\n  b: c  # d\nh: i\n", removing({"a", "b"}), "a: {}  # x\nh: i\n"},
        {"the only item below a key", "a:\n- b  # d\nh: i\n", removing({"a", item(0)}), "a: []\nh: i\n"},
        {"an item", "a:\n  - b\n  - c  # d\n  - e\n", removing({"a", item(1)}), "a:\n  - b\n  - e\n"},
        {"an item of lines", "- a: b\n  c: d\n- e: f\n", removing({item(0)}), "- e: f\n"},
        {"the first entry behind a dash", "- a: b  # x\n  # about c\n  c: d\n", removing({item(0), "a"}),
         "- # about c\n  c: d\n"},
        {"a later entry behind a dash", "- a: b\n  c: d # x\n- e\n", removing({item(0), "c"}), "- a: b\n- e\n"},
        {"the only entry behind a dash", "- a: b # x\n- e\n", removing({item(0), "a"}), "- {} # x\n- e\n"},
        {"the first of a list in a list", "- - a\n  - b\n", removing({item(0), item(0)}), "- - b\n"},
        {"a literal", "a: |\n  x\n\n  y\n\nb: c\n", removing({"a"}), "\nb: c\n"},
        {"in brackets, the first", "a: [b, c, d]\n", removing({"a", item(0)}), "a: [c, d]\n"},
        {"in brackets, between", "a: [b, c, d]\n", removing({"a", item(1)}), "a: [b, d]\n"},
        {"in brackets, the last", "a: [b, c, d]\n", removing({"a", item(2)}), "a: [b, c]\n"},
        {"in brackets, the only", "a: [ b ]  # c\n", removing({"a", item(0)}), "a: []  # c\n"},
        {"in braces, with a comma at the end", "a: {b: c, d: e,}\n", removing({"a", "d"}), "a: {b: c,}\n"},
        {"brackets over lines", "a: [\n  b,  # x\n  c,  # y\n  d   # z\n]\n", removing({"a", item(1)}),
         "a: [\n  b,  # x\n  d   # z\n]\n"},
        {"brackets over lines, the last", "a: [\n  b,  # x\n  d   # z\n]\n", removing({"a", item(1)}),
         "a: [\n  b,  # x\n]\n"},
        {"brackets that wrap", "a: [b,  # x\n    c]\n", removing({"a", item(1)}), "a: [b,  # x\n    ]\n"},
    });
}

TEST_CASE("collections are changed as little as can be") {
    const std::string roster =
        "kind: roster   # who sits where\n"
        "seats:\n"
        "  # the chairs\n"
        "  - {role: chair, person: ada}  # since the beginning\n"
        "  - { role: chair, person: eve }\n"
        "\n"
        "  - role: lead\n"
        "    person: \"bob\"\n"
        "# end\n";
    check_all({
        {"the same", roster, set({"seats", item(1)}, map({{"person", "eve"}, {"role", "chair"}})), roster},
        {"one value", "a:\n  b: c # x\n  d: e\n", set({"a"}, map({{"d", "e"}, {"b", "f"}})),
         "a:\n  b: f # x\n  d: e\n"},
        {"one more, one less", "a:\n  b: c # x\n  d: e\n", set({"a"}, map({{"d", "e"}, {"f", "g"}})),
         "a:\n  d: e\n  f: g\n"},
        {"an item between goes", "a: [b, c, d]\n", set({"a"}, list({"b", "d"})), "a: [b, d]\n"},
        {"an item between comes", "a:\n  - b # x\n  - d\n", set({"a"}, list({"b", "c", "d"})),
         "a:\n  - b # x\n  - c\n  - d\n"},
        {"an item at the front comes", "a:\n  - b # x\n  - d\n", set({"a"}, list({"c", "b", "d"})),
         "a:\n  - c\n  - b # x\n  - d\n"},
        {"in brackets at the front", "a: [b]\n", set({"a"}, list({"c", "b"})), "a: [c, b]\n"},
        {"in brackets between", "a: [b, d]\n", set({"a"}, list({"b", "c", "d"})), "a: [b, c, d]\n"},
        {"on lines between", "a: [\n  b, # x\n  d\n]\n", set({"a"}, list({"b", "c", "d"})),
         "a: [\n  b, # x\n  c,\n  d\n]\n"},
        {"all other", "a: [b, d] # x\n", set({"a"}, list({"e"})), "a: [e] # x\n"},
        {"emptied", "a:\n  - b # x\n  - d # y\nc: e\n", set({"a"}, list({})), "a: []\n  # y\nc: e\n"},
        {"emptied in brackets", "a: [b, d] # x\n", set({"a"}, list({})), "a: [] # x\n"},
        {"filled", "a: [] # x\nb: c\n", set({"a"}, list({"d"})), "a: # x\n  - d\nb: c\n"},
        {"a list for a mapping", "a: # x\n  b: c\nd: e\n", set({"a"}, list({"f"})), "a: # x\n  - f\nd: e\n"},
        {"a mapping for a list", "a: # x\n- b\n- c\nd: e\n", set({"a"}, map({{"f", "g"}})), "a: # x\n  f: g\nd: e\n"},
        {"text for a list", "a: # x\n  - b\n  - c # y\nd: e\n", set({"a"}, "f"), "a: f # x\n  # y\nd: e\n"},
        {"a literal for a list", "a: # x\n  - b\n  - c\nd: e\n", set({"a"}, "f\ng\n"), "a: | # x\n  f\n  g\nd: e\n"},
        {"a list for text", "a: b # x\nd: e\n", set({"a"}, list({"f", "g"})), "a: # x\n  - f\n  - g\nd: e\n"},
        {"a mapping for an item", "- b # x\n- d\n", set({item(0)}, map({{"f", "g"}, {"h", "i"}})),
         "- f: g # x\n  h: i\n- d\n"},
        {"text for an item", "- b: c # x\n  d: e\n- d\n", set({item(0)}, "f"), "- f\n- d\n"},
        {"everything", "", set({}, map({{"a", "b"}, {"c", list({"d"})}})), "a: b\nc:\n  - d\n"},
    });
}

TEST_CASE("what cannot be done is said, and changes nothing") {
    Editor subject = editor("a: b\nc: [d]\n");
    CHECK(subject.set({"a", "x"}, "y").error().message ==
          "cannot change 'a.x' in 'x.yaml': what should hold it is no mapping");
    CHECK(subject.set({"c", item(5)}, "y").error().message ==
          "cannot change 'c[5]' in 'x.yaml': there is no such item");
    CHECK(subject.append({"a"}, "y").error().message == "cannot change 'a' in 'x.yaml': it is no list");
    CHECK(subject.set({"a"}, "\x1b[31m").error().message == "'\\x1b[31m' holds a control character (0x1b)");
    CHECK(subject.set({"a"}, map({{"k", list({"\xff"})}})).error().message == "'\\xff' holds invalid UTF-8");
    CHECK(subject.set({"a"}, map({{"k", "1"}, {"k", "2"}})).error().message ==
          "cannot change 'a' in 'x.yaml': what is around it stands in the way");
    CHECK(subject.bytes() == "a: b\nc: [d]\n");
}

TEST_CASE("edits follow one another") {
    Editor subject = editor("kind: rfc\ntitle: x  # y\nhistory: []\n");
    REQUIRE(subject.set({"status"}, "open"));
    REQUIRE(subject.append({"history"}, map({{"act", "opened"}, {"round", "1"}}, true)));
    REQUIRE(subject.append({"history"}, map({{"act", "revised"}, {"round", "2"}}, true)));
    REQUIRE(subject.set({"rule"}, map({{"name", "fcp"}, {"group", "sig-node"}}, true)));
    REQUIRE(subject.remove({"title"}));
    CHECK(subject.bytes() ==
          "kind: rfc\nhistory:\n  - {act: opened, round: 1}\n  - {act: revised, round: 2}\nstatus: open\n"
          "rule: {name: fcp, group: sig-node}\n");
}
