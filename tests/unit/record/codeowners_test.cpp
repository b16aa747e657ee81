#include "govctl/record/codeowners.hpp"

#include "support/catch.hpp"

using namespace govctl::record;

namespace {

bool matches(const std::string& pattern, const std::string& path) {
    return Codeowners({{pattern, {"@x"}}}).rule_of(path) != nullptr;
}

}  // namespace

// https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/customizing-your-repository/about-code-owners
TEST_CASE("patterns of CODEOWNERS match what GitHub says they match") {
    struct Row {
        const char* pattern;
        const char* path;
        bool is_match;
    };
    const Row rows[] = {
        {"*", "a.go", true},
        {"*", "a/b/c.go", true},
        {"*.js", "a.js", true},
        {"*.js", "deep/down/a.js", true},
        {"*.js", "a.jsx", false},
        {"/build/logs/", "build/logs/a.txt", true},
        {"/build/logs/", "build/logs/a/b.txt", true},
        {"/build/logs/", "x/build/logs/a.txt", false},
        {"/build/logs/", "build/logs", false},
        {"docs/*", "docs/getting-started.md", true},
        {"docs/*", "docs/build-app/troubleshooting.md", false},
        {"apps/", "x/apps/y/z.go", true},
        {"apps/", "apps", false},
        {"/docs/", "docs/a", true},
        {"/docs/", "src/docs/a", false},
        {"/scripts/", "scripts/a/b", true},
        {"**/logs", "build/logs/a", true},
        {"**/logs", "logs", true},
        {"**/logs", "deeply/nested/logs/x/y", true},
        {"/apps/github", "apps/github", true},
        {"/apps/github", "apps/github/x", true},
        {"/pkg/**/*.go", "pkg/a.go", true},
        {"/pkg/**/*.go", "pkg/b/c/a.go", true},
        {"/pkg/**/*.go", "a.go", false},
        {"/pkg/**", "pkg/b/c", true},
        {"/pkg/**", "pkg", false},
        {"/pkg/*/", "pkg/b/c", true},
        {"/pkg/*/", "pkg/b", false},
        {"/a?c", "abc", true},
        {"/a?c", "a/c", false},
        {"/a\\ b/", "a b/c", true},
        {"/a\\*b", "a*b", true},
        {"/a\\*b", "axb", false},
        {"/*", "a.go", true},
        {"/*", "b/a.go", false},
    };
    for (const Row& row : rows) {
        CAPTURE(row.pattern, row.path);
        CHECK(matches(row.pattern, row.path) == row.is_match);
    }
}

TEST_CASE("the last line that matches says whose a path is") {
    const Codeowners owners(read_codeowners("# who\n*  @a @org/b\n\n/docs/ c@example.org # help\n/docs/free.md\r\n"));
    REQUIRE(owners.rules().size() == 3);
    CHECK(owners.rule_of("x")->owners == std::vector<std::string>{"@a", "@org/b"});
    CHECK(owners.rule_of("docs/x")->owners == std::vector<std::string>{"c@example.org"});
    CHECK(owners.rule_of("docs/free.md")->owners.empty());
    CHECK(owners.rule_of("docs/free.md")->line == 5);
}

TEST_CASE("an escaped path is a pattern of that path alone") {
    for (const char* path : {"a b", "#a", "!a", "a*b?", "[a]", "a\\b"}) {
        CAPTURE(path);
        const Codeowners owners(read_codeowners("/" + codeowners_escaped(path) + " @x\n"));
        REQUIRE(owners.rules().size() == 1);
        CHECK(owners.rule_of(path));
        CHECK(codeowners_unescaped(codeowners_escaped(path)) == path);
    }
}

TEST_CASE("many stars take no more than linear time for each") {
    std::string stars;
    for (int i = 0; i < 200; ++i) stars += "*a";
    std::string name(5000, 'a');
    name += 'b';
    CHECK_FALSE(matches_segment(stars, name));
}
