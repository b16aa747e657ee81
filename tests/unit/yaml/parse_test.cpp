#include "support/catch.hpp"

#include "govctl/yaml/document.hpp"

using namespace govctl;
using namespace govctl::yaml;

namespace {

Document read(std::string bytes) {
    auto document = parse("x.yaml", std::move(bytes));
    if (!document)
        FAIL(document.error().place->line << ":" << document.error().place->column << ": " << document.error().message);
    return *std::move(document);
}

std::string json(std::string bytes) {
    return canonical_json(read(std::move(bytes)).root);
}

/// `line:column message`
std::string failure(std::string bytes) {
    const auto document = parse("x.yaml", std::move(bytes));
    if (document) return "parsed as " + canonical_json(document->root);
    const Error& error = document.error();
    CHECK(error.kind == ErrorKind::invalid);
    CHECK(error.place->file == "x.yaml");
    return std::to_string(error.place->line) + ":" + std::to_string(error.place->column) + " " + error.message;
}

/// The bytes that the value at `path` stands on.
std::string span(const Document& document, const Path& path) {
    const Node* node = document.find(path);
    REQUIRE(node != nullptr);
    return document.bytes.substr(node->begin.offset, node->end - node->begin.offset);
}

std::string repeat(std::string_view what, std::size_t bytes) {
    std::string text;
    while (text.size() < bytes) text += what;
    return text;
}

}  // namespace

TEST_CASE("values are text, lists and mappings") {
    struct Case {
        const char* yaml;
        const char* json;
    };
    const Case cases[] = {
        {"a: b\n", R"({"a":"b"})"},
        {"a: b", R"({"a":"b"})"},
        {"yes: no\nn: 1.50\nd: 2026-11-22\n", R"({"d":"2026-11-22","n":"1.50","yes":"no"})"},
        {"a: null\nnull: ~\nb:\nNull: x\n", R"({"Null":"x","a":"null","b":"","null":"~"})"},
        {"a:\nnull: x\n", R"({"a":"","null":"x"})"},
        {"a:\n  null\nb:\n  c:\n~:\n", R"({"a":"null","b":{"c":""},"~":""})"},
        {"- null\n-\n- ~\n", R"(["null","","~"])"},
        {"a: [null, ~, nullable]\n", R"({"a":["null","~","nullable"]})"},
        {"a: []\nb: {}\n", R"({"a":[],"b":{}})"},
        {"a: [x, y,]\nb: {c: d,}\n", R"({"a":["x","y"],"b":{"c":"d"}})"},
        {"a: {b: , c: }\n", R"({"a":{"b":"","c":""}})"},
        {"a:\n- x\n- y\nb:\n  - z\n", R"({"a":["x","y"],"b":["z"]})"},
        {"- - a\n  - b\n- c: d\n  e: f\n", R"([["a","b"],{"c":"d","e":"f"}])"},
        {"a: 'it''s'\nb: \"\\u00e9\\t\\\"\"\n'c d': e\n", "{\"a\":\"it's\",\"b\":\"\xc3\xa9\\t\\\"\",\"c d\":\"e\"}"},
        {"a: one\n  two\n\n  three\n", R"({"a":"one two\nthree"})"},
        {"a: |\n  one\n   two\n\n\nb: >-\n  one\n  two\n", R"({"a":"one\n two\n","b":"one two"})"},
        {"a: |+\n  one\n\nb: |-\n  two\n", R"({"a":"one\n\n","b":"two"})"},
        {"a: |2\n    two more\n", R"({"a":"  two more\n"})"},
        {"a: |\n", R"({"a":""})"},
        {"a: b:c\nu: https://example.org/#x\n", R"({"a":"b:c","u":"https://example.org/#x"})"},
        {"a: [https://example.org/x, b]\n", R"({"a":["https://example.org/x","b"]})"},
        {"# only\n\n# comments\n", "{}"},
        {"", "{}"},
        {"---\n", "{}"},
        {"---\na: b\n...\n# end\n", R"({"a":"b"})"},
        {"--- {a: b} # c\n", R"({"a":"b"})"},
        {"just text\n", R"("just text")"},
        {"~", R"("~")"},
        {"a: b\r\nc: |\r\n  d\r\n  e\r\nf: [g,\r\n  h]\r\n", R"({"a":"b","c":"d\ne\n","f":["g","h"]})"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.yaml);
        CHECK(json(c.yaml) == c.json);
    }
}

TEST_CASE("canonical JSON sorts by UTF-16 and escapes as RFC 8785 does") {
    // U+FB33 comes after U+1F600, whose first code unit is U+D83D.
    CHECK(json("\xef\xac\xb3: 1\n\xf0\x9f\x98\x80: 2\n\xc3\xb6: 3\na: 4\n") ==
          "{\"a\":\"4\",\"\xc3\xb6\":\"3\",\"\xf0\x9f\x98\x80\":\"2\",\"\xef\xac\xb3\":\"1\"}");
    CHECK(json("a: \"\\\\ \\\" \\n \\t /\"\n") == R"({"a":"\\ \" \n \t /"})");
}

TEST_CASE("every value knows its bytes") {
    const Document d = read(
        "---\n"
        "a:   plain text  # comment\n"
        "b: 'quo''ted'\n"
        "c: \"dou\\\"ble\"   \n"
        "d: |  # header\n"
        "  line\n"
        "\n"
        "  line\n"
        "\n"
        "# after\n"
        "e: [x , {y: z}]\n"
        "f:\n"
        "  - one\n"
        "    more\n"
        "\n"
        "  - k: v\n"
        "    l:   # nothing\n"
        "g: |+\n"
        "  keep\n"
        "\n");
    CHECK(span(d, {"a"}) == "plain text");
    CHECK(span(d, {"b"}) == "'quo''ted'");
    CHECK(span(d, {"c"}) == "\"dou\\\"ble\"");
    CHECK(span(d, {"d"}) == "|  # header\n  line\n\n  line");
    CHECK(span(d, {"e"}) == "[x , {y: z}]");
    CHECK(span(d, {"e", std::size_t{0}}) == "x");
    CHECK(span(d, {"e", std::size_t{1}}) == "{y: z}");
    CHECK(span(d, {"f"}) == "- one\n    more\n\n  - k: v\n    l:");
    CHECK(span(d, {"f", std::size_t{0}}) == "one\n    more");
    CHECK(span(d, {"f", std::size_t{1}}) == "k: v\n    l:");
    CHECK(span(d, {"f", std::size_t{1}, "l"}).empty());
    CHECK(span(d, {"g"}) == "|+\n  keep\n");
    CHECK(d.find({"e", std::size_t{1}})->flow);
    CHECK_FALSE(d.find({"f"})->flow);
    CHECK(d.find({"d"})->style == Style::literal);
    CHECK(d.place(Path{"f", std::size_t{1}, "l"}) == Place{"x.yaml", 17, 7});
    CHECK(d.place(Path{"f", std::size_t{1}, "missing"}) == Place{"x.yaml", 16, 5});
    CHECK(d.place(Path{"c"}) == Place{"x.yaml", 4, 4});
}

TEST_CASE("spans and places do not mind carriage returns") {
    const Document d = read("a: b\r\nc: |\r\n  d\r\n  e\r\n\r\nf: g h\r\n\r\n");
    CHECK(span(d, {"c"}) == "|\r\n  d\r\n  e");
    CHECK(span(d, {"f"}) == "g h");
    CHECK(d.place(Path{"f"}) == Place{"x.yaml", 6, 4});
}

TEST_CASE("columns count bytes") {
    CHECK(read("\xc3\xa4\xc3\xb6: x\n").place(Path{"\xc3\xa4\xc3\xb6"}) == Place{"x.yaml", 1, 7});
}

TEST_CASE("what records may not hold is refused where it stands") {
    struct Case {
        std::string yaml;
        const char* message;
    };
    using namespace std::string_literals;
    const Case cases[] = {
        {"a: &x b\n", "1:4 anchors are not allowed"},
        {"a: *x\n", "1:4 aliases are not allowed"},
        {"a: &x [b]\nc: *x\n", "1:4 anchors are not allowed"},
        {"a: !!str b\n", "1:4 tags are not allowed"},
        {"a: ! b\n", "1:4 tags are not allowed"},
        {"a: !x [b]\n", "1:4 tags are not allowed"},
        {"<<: {a: b}\n", "1:1 merge keys ('<<') are not allowed"},
        {"a: b\nc: d\na: e\n", "3:1 key 'a' is given twice"},
        {"a: {b: c, \"b\": d}\n", "1:11 key 'b' is given twice"},
        {"[a]: b\n", "1:1 a key that is not text"},
        {"{a: b}: c\n", "1:1 a key that is not text"},
        {"? a\n: b\n", "1:1 a '? ' before a key is not allowed"},
        {": b\n", "1:1 a key is missing here"},
        {"a: {: b}\n", "1:5 a key is missing here"},
        {"a: {b, c: d}\n", "1:5 there is no ':' after key 'b'"},
        {"a: [b: c]\n", "1:5 a mapping inside [ ] needs braces"},
        {"a: [b,, c]\n", "1:7 an item of a list is missing before this"},
        {"a: [, c]\n", "1:5 an item of a list is missing before this"},
        {"a: b\n---\nc: d\n", "2:1 a second document begins"},
        {"a: b\n...\nc: d\n", "3:1 text that belongs to nothing"},
        {"%YAML 1.2\n---\na: b\n", "1:1 directives are not allowed"},
        {"a: b\n\0c"s, "2:1 a control character (0x00)"},
        {"\xef\xbb\xbf"
         "a: b\n",
         "1:1 a byte order mark"},
        {"a: \x1b[31m\n", "1:4 a control character (0x1b)"},
        {"a: b\rc: d\n", "1:5 a control character (0x0d)"},
        {"a: \xc2\x85\n", "1:4 a control character (0x85)"},
        {"a: \xff\n", "1:4 invalid UTF-8"},
        {"a: b\xe2\x80\xae"
         "c\n",
         "1:5 an invisible mark of writing direction (U+202E)"},
        {"a: \"\\x1b\"\n", "1:4 a control character (0x1b) in the text"},
        {"a: \"\\u202e\"\n", "1:4 an invisible mark of writing direction (U+202E) in the text"},
        {"a: \"\\r\\n\"\n", "1:4 a carriage return in the text"},
        {"a: \"\\ud800\"\n", "1:11 an escape that stands for no character"},
        {"a: 'x'# c\n", "1:7 a comment without a space before it"},
        {"a: [x]# c\n", "1:7 a comment without a space before it"},
        {"a: b: c\n", "1:5 a ': ' where none may stand"},
        {"a: [b\n", "2:1 a '[' is not closed, or a ',' is missing"},
        {"a: 'b\n", "1:4 a quote is never closed"},
        {"a: 'b' c\n", "1:8 this line does not fit the mapping around it"},
        {"a: b\n c: d\n", "2:3 a ': ' where none may stand"},
        {"a:\n  b: c\n d: e\n", "3:2 this line does not fit the mapping around it"},
        {"a:\n  - b\n - c\n", "3:2 this line does not fit the mapping around it"},
        {"title:\nstatus\n", "2:1 there is no ':' after key 'status'"},
        {"title:\nstatus\n# c\n", "2:1 this does not line up with what is above it"},
        {"a:\n  b:\n  c\n# d\n", "3:3 this does not line up with what is above it"},
        {"a: |# c\n  b\n", "1:5 a comment without a space before it"},
        {"a: b\xe2\x80\xa8", "1:5 a line break of Unicode (U+2028)"},
        {"a: b\ntext\n", "2:1 there is no ':' after key 'text'"},
        {"\ta: b\n", "1:3 a ': ' where none may stand"},
        {"a: }\n", "1:4 a bracket that closes nothing"},
        {"\n,", "2:1 text that belongs to nothing"},
        {",", "1:1 text that belongs to nothing"},
        {repeat("k", 257) + ": v\n", "1:1 a key longer than 256 bytes"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.yaml);
        CHECK(failure(c.yaml) == c.message);
    }
}

TEST_CASE("limits hold") {
    const Limits small{.bytes = 40, .nodes = 5, .depth = 2};
    CHECK(parse("x", "a: [b, c]\n", small));
    CHECK(parse("x", repeat("a", 41), small).error().message == "larger than 40 bytes");
    CHECK(parse("x", "a: [b, c, d]\n", small).error().message == "more than 5 values");
    CHECK(parse("x", "a: [[b]]\n", small).error().message == "nested deeper than 2 levels");
    CHECK(parse("x", std::string(64, '[') + std::string(64, ']')));
    CHECK(failure(std::string(65, '[') + std::string(65, ']')) == "1:65 nested deeper than 64 levels");
}

TEST_CASE("hostile bytes end in a finding or a value, soon") {
    constexpr std::size_t mebibyte = 1 << 20;
    const auto survive = [](std::string_view before, std::string_view part, std::size_t size) {
        CAPTURE(before, part);
        const auto document = parse("x", std::string(before) + repeat(part, size));
        CHECK((document || !document.error().message.empty()));
    };
    for (const char* part :
         {"[",   "{",   "- ",  "-\n", "? ",    "a: ",   "a: a: a:", "\"",  "'",    "\"\" ", "\n,",
          ",",   "[,",  "[a,", "{a:", "{a,",   "[\n",   "&a ",      "*a ", "! ",   "!a ",   "# ",
          "|\n", ">\n", " ",   "\n",  "\t",    "a",     "a\n",      "]",   "}",    ":",     ": ",
          "%",   "@",   "`",   "\\",  "---\n", "- |\n", "...\n",    "~ ",  "\"\\", "a #",   "<<: "}) {
        for (const char* before : {"", "a: ", "- ", "a: [", "a: |\n  "}) survive(before, part, 1 << 14);
    }
    for (const char* part : {"[", "- ", "? ", "a: a: a:", "\"", "\n,", "a\n"}) survive("", part, mebibyte - 16);
    CHECK(failure(repeat("a", mebibyte + 1)) == "1:1 larger than 1048576 bytes");
}

TEST_CASE("values are compared without layout") {
    const auto same = [](const char* a, const char* b) { return same_value(read(a).root, read(b).root); };
    CHECK(same("a: [b, c]\nd: {e: f}\n", "# x\nd:\n  e: 'f'\na:\n- b\n- \"c\"\n"));
    CHECK_FALSE(same("a: [b, c]\n", "a: [c, b]\n"));
    CHECK_FALSE(same("a: b\n", "a: b\nc: d\n"));
    CHECK_FALSE(same("a: []\n", "a: {}\n"));
    CHECK_FALSE(same("a:\n", "a: {}\n"));
}
