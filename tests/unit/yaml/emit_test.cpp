#include "govctl/yaml/edit.hpp"
#include "support/catch.hpp"

using namespace govctl::yaml;

namespace {

/// What is written for `text` under a key.
std::string written(const std::string& text) {
    const std::string yaml = emit(Value::mapping({{"k", text}}));
    const auto back = parse("x", yaml);
    if (!back) FAIL(yaml << back.error().message);
    CHECK(back->root.find("k")->text == text);
    return yaml.substr(3, yaml.size() - 4);
}

std::string written_in_flow(const std::string& text) {
    const std::string yaml = emit(Value::mapping({{"k", Value::sequence({text}, true)}}));
    const auto back = parse("x", yaml);
    if (!back) FAIL(yaml << back.error().message);
    CHECK(back->root.find("k")->items[0].text == text);
    return yaml.substr(4, yaml.size() - 6);
}

}  // namespace

TEST_CASE("text is quoted only where it must be") {
    struct Case {
        const char *text, *block, *flow;
    };
    const Case cases[] = {
        {"plain text", "plain text", "plain text"},
        {"yes", "yes", "yes"},
        {"2026-11-22T09:30:00Z", "2026-11-22T09:30:00Z", "2026-11-22T09:30:00Z"},
        {"https://example.org/#x", "https://example.org/#x", "https://example.org/#x"},
        {"https://example.org/?x", "https://example.org/?x", "\"https://example.org/?x\""},
        {"a, b", "a, b", "\"a, b\""},
        {"2+", "2+", "2+"},
        {"a [b]", "a [b]", "\"a [b]\""},
        {"it's", "it's", "it's"},
        {"", "''", "''"},
        {"~", "\"~\"", "\"~\""},
        {"null", "\"null\"", "\"null\""},
        {"<<", "\"<<\"", "\"<<\""},
        {"*", "\"*\"", "\"*\""},
        {"@ada", "\"@ada\"", "\"@ada\""},
        {"- a", "\"- a\"", "\"- a\""},
        {"-a", "-a", "-a"},
        {"-", "\"-\"", "\"-\""},
        {"? a", "\"? a\"", "\"? a\""},
        {"a: b", "\"a: b\"", "\"a: b\""},
        {"a:", "\"a:\"", "\"a:\""},
        {"a:b", "a:b", "a:b"},
        {"a #b", "\"a #b\"", "\"a #b\""},
        {"a#b", "a#b", "a#b"},
        {" a", "\" a\"", "\" a\""},
        {"a ", "\"a \"", "\"a \""},
        {"--- a", "\"--- a\"", "\"--- a\""},
        {"\"x\"", "'\"x\"'", "'\"x\"'"},
        {"a\\b: c", "'a\\b: c'", "'a\\b: c'"},
        {"a\tb", "\"a\\tb\"", "\"a\\tb\""},
        {"\xc3\xa4\xf0\x9f\x98\x80", "\xc3\xa4\xf0\x9f\x98\x80", "\xc3\xa4\xf0\x9f\x98\x80"},
        {"a\nb\n", "|\n  a\n  b", "\"a\\nb\\n\""},
        {"a\n\nb", "|-\n  a\n\n  b", "\"a\\n\\nb\""},
        {"a\n b\n", "|\n  a\n   b", "\"a\\n b\\n\""},
        {"a\n\n", "\"a\\n\\n\"", "\"a\\n\\n\""},
        {" a\nb", "\" a\\nb\"", "\" a\\nb\""},
        {"a\n \nb", "\"a\\n \\nb\"", "\"a\\n \\nb\""},
        {"\n", "\"\\n\"", "\"\\n\""},
    };
    for (const Case& c : cases) {
        CAPTURE(c.text);
        CHECK(written(c.text) == c.block);
        CHECK(written_in_flow(c.text) == c.flow);
    }
}

TEST_CASE("collections are written as people do") {
    const Value seat = Value::mapping({{"role", "chair"}, {"person", "ada"}}, true);
    const Value value = Value::mapping({
        {"kind", "roster"},
        {"seats", Value::sequence({seat, seat})},
        {"deep", Value::mapping({{"a", Value::mapping({{"b", "c"}})}, {"none", Value::sequence({})}})},
        {"list", Value::sequence({Value::sequence({"x", "y"}), Value::mapping({{"p", "q"}, {"r", "two\nlines\n"}})})},
        {"a b: c", Value::mapping({}, true)},
        {"text", "one\ntwo\n"},
    });
    CHECK(emit(value) == R"(kind: roster
seats:
  - {role: chair, person: ada}
  - {role: chair, person: ada}
deep:
  a:
    b: c
  none: []
list:
  - - x
    - y
  - p: q
    r: |
      two
      lines
"a b: c": {}
text: |
  one
  two
)");
}

TEST_CASE("anything at the top is written so that it reads back") {
    for (const Value& value :
         {Value("text"), Value("two\nlines\n"), Value("--- x"), Value(""), Value::mapping({}), Value::sequence({}),
          Value::sequence({"a", "b"}), Value::sequence({"a\nb"}), Value::mapping({{"a", "b"}}, true)}) {
        const std::string yaml = emit(value);
        CAPTURE(yaml);
        const auto back = parse("x", yaml);
        REQUIRE(back);
        CHECK(emit(Value::copy(back->root)) == yaml);
    }
}
