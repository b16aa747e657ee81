#include "govctl/record/owners.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "govctl/base/sha256.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/owners_files.hpp"
#include "reading.hpp"

using namespace govctl;
using namespace govctl::record;
using namespace govctl::record::test;

namespace {

using Names = std::vector<std::string>;

Names names(const std::vector<OwnersItem>& items) {
    Names all;
    for (const OwnersItem& item : items) all.push_back(item.name);
    return all;
}

/// `LINE:COLUMN ID message`, a line each.
std::string lines(Findings findings) {
    sort_findings(findings);
    std::string all;
    for (const Finding& finding : findings) {
        CHECK(finding.severity == Severity::warning);
        all += std::to_string(finding.place.line) + ":" + std::to_string(finding.place.column) + " " + finding.rule +
               " " + finding.message + "\n";
    }
    return all;
}

Owners owners(const std::string& path, const std::string& text) {
    const auto reading = read_owners(parsed(path, text));
    REQUIRE(reading.value);
    return *reading.value;
}

OwnersTree tree(const std::vector<std::pair<const char*, const char*>>& files, const char* aliases = "") {
    std::vector<Owners> all;
    for (const auto& [path, text] : files) all.push_back(owners(path, text));
    return {all, read_aliases(parsed("OWNERS_ALIASES", aliases)).value};
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path).rdbuf();
    return bytes.str();
}

}  // namespace

TEST_CASE("an OWNERS file is read") {
    const Owners read = owners("pkg/node/OWNERS",
                               "approvers: [Ada, '@Bob', node-leads]\nreviewers:\n- cy\nrequired_reviewers: [Dan]\n"
                               "labels: [area/Node]\nemeritus_approvers: [Eve]\nemeritus_reviewers: [fay]\n"
                               "options: {no_parent_owners: true, auto_approve_unowned_subfolders: yes}\n");
    CHECK(read.folder == "pkg/node/");
    CHECK(names(read.lists.approvers) == Names{"ada", "bob", "node-leads"});
    CHECK(names(read.lists.reviewers) == Names{"cy"});
    CHECK(names(read.lists.required_reviewers) == Names{"dan"});
    CHECK(names(read.lists.labels) == Names{"area/Node"});
    CHECK(names(read.emeritus) == Names{"eve", "fay"});
    CHECK(read.no_parent_owners);
    CHECK(read.auto_approve_unowned_subfolders);
    CHECK(owners("OWNERS", "").folder.empty());
    CHECK(owners("OWNERS", "approvers:\nfilters:\n").lists.approvers.empty());
    CHECK(names(owners("OWNERS", "filters:\n  \".*\": {approvers: [A]}\n").filters.at(".*").approvers) == Names{"a"});
    CHECK(read_aliases(parsed("OWNERS_ALIASES", "aliases:\n  Node-Leads: [Ada, '@Bob']\n")).value ==
          Aliases{{"node-leads", {"ada", "bob"}}});
}

TEST_CASE("what Prow passes over in silence is a warning") {
    const std::pair<const char*, const char*> cases[] = {
        {"approvers: [a]\n", ""},
        {"approver: [a]\nreviewers: [b]\n", "1:1 GOV051 unknown key \"approver\", which is passed over\n"},
        {"options: {no_parents: true}\n", "1:11 GOV051 unknown key \"no_parents\", which is passed over\n"},
        {"approvers: ada\n", "1:12 GOV052 \"approvers\" must be a list\n"},
        {"approvers: [[ada]]\n", "1:13 GOV052 an item of \"approvers\" must be text\n"},
        {"options: [a]\n", "1:10 GOV052 \"options\" must be a mapping\n"},
        {"options: {no_parent_owners: 'true'}\n", "1:29 GOV052 \"no_parent_owners\" must be true or false\n"},
        {"- ada\n", "1:1 GOV052 an OWNERS file must be a mapping\n"},
        {"approvers: [a]\nfilters: {\".*\": {labels: [x]}}\n",
         "2:1 GOV053 filters are ignored beside lists at the top\n"},
        {"filters: {\"*.go\": {approvers: [a]}}\n",
         "1:11 GOV054 \"*.go\" is no regular expression: no argument for repetition operator: *\n"},
        {"filters: {\"(?=a)\": {approvers: [a]}}\n",
         "1:11 GOV054 \"(?=a)\" is no regular expression: invalid perl operator: (?=\n"},
        {"filters: {a: {approver: [a]}}\n", "1:15 GOV051 unknown key \"approver\", which is passed over\n"},
        {"approvers: [ada@example.org, Ada L, '']\n",
         "1:13 GOV055 \"ada@example.org\" can be nobody's login\n"
         "1:30 GOV055 \"ada l\" can be nobody's login\n"
         "1:37 GOV055 \"\" can be nobody's login\n"},
    };
    for (const auto& [text, expected] : cases) {
        CAPTURE(text);
        CHECK(lines(read_owners(parsed("OWNERS", text)).findings) == expected);
    }
    const std::pair<const char*, const char*> aliases[] = {
        {"aliases: {a: [b]}\n", ""},
        {"aliases:\n", ""},
        {"alias: {a: [b]}\n", "1:1 GOV051 unknown key \"alias\", which is passed over\n"},
        {"aliases: [a]\n", "1:10 GOV052 \"aliases\" must be a mapping\n"},
        {"aliases: {a: b}\n", "1:14 GOV052 \"a\" must be a list\n"},
        {"aliases: {a: [], b: [A]}\n",
         "1:11 GOV056 \"a\" has no members\n"
         "1:22 GOV056 \"A\" is an alias, which is not expanded inside another\n"},
    };
    for (const auto& [text, expected] : aliases) {
        CAPTURE(text);
        CHECK(lines(read_aliases(parsed("OWNERS_ALIASES", text)).findings) == expected);
    }
    const auto broken = yaml::parse("pkg/OWNERS", "approvers: [ada\n");
    REQUIRE_FALSE(broken);
    CHECK(unreadable_owners(broken.error(), "pkg/OWNERS").rule == "GOV050");
}

TEST_CASE("of a key that comes twice the last counts") {
    const auto document = parse_owners("OWNERS", "approvers: [ada]\nreviewers: [cy]\napprovers: [bob]\n");
    REQUIRE(document);
    const OwnersReading reading = read_owners(*document);
    CHECK(names(reading.value->lists.approvers) == Names{"bob"});
    CHECK(lines(reading.findings) == "1:1 GOV051 \"approvers\" is passed over: it comes again below\n");
    CHECK_FALSE(yaml::parse("OWNERS", "a: b\na: c\n"));
}

TEST_CASE("a value of the wrong type costs what it costs in Prow") {
    // Lists that cannot be read leave the filters; options that cannot be read leave nothing.
    const Owners filtered = owners("OWNERS", "approvers: ada\nfilters: {\".*\": {approvers: [bob]}}\n");
    CHECK(filtered.lists.approvers.empty());
    CHECK(names(filtered.filters.at(".*").approvers) == Names{"bob"});
    CHECK_FALSE(read_owners(parsed("OWNERS", "approvers: [ada]\noptions: 7\n")).value);
    CHECK_FALSE(read_owners(parsed("OWNERS", "filters: {a: {approvers: bob}, b: {approvers: [cy]}}\n")).value);
    CHECK(read_aliases(parsed("OWNERS_ALIASES", "aliases: {a: b, c: [d]}\n")).value.empty());
}

TEST_CASE("owners of a path come from its folders up to the top") {
    const OwnersTree owners = tree({{"OWNERS", "approvers: [top]\nreviewers: [rev]\n"},
                                    {"a/OWNERS", "approvers: [Leads, alone]\n"},
                                    {"a/b/OWNERS", "options: {no_parent_owners: true}\napprovers: [deep]\n"},
                                    {"a/b/c/OWNERS", "labels: [x]\n"},
                                    {"f/OWNERS",
                                     "filters:\n  \"\\\\.go$\": {approvers: [go]}\n  \"^docs/\": {approvers: [docs]}\n"
                                     "  \".*\": {approvers: [all]}\n  \"(\": {approvers: [broken]}\n"}},
                                   "aliases:\n  leads: [Ada, Bob]\n  alone: []\n  ada: [nobody]\n");
    const std::pair<const char*, const char*> cases[] = {
        {"x", "top"},
        {"", "top"},
        {"zzz/x", "top"},
        {"a/x", "ada,bob,top"},
        {"a/", "ada,bob,top"},
        {"a", "ada,bob,top"},
        {"a/zzz/x", "ada,bob,top"},
        {"a/b/x", "deep"},
        {"a/b/c/d/x", "deep"},
        {"ab/x", "top"},
        {"f/x", "all,top"},
        {"f/x.go", "all,go,top"},
        {"f/x.gob", "all,top"},
        {"f/docs/x.go", "all,docs,go,top"},
        {"f/more/docs/x", "all,top"},
        {"f/", "all,top"},
    };
    for (const auto& [path, expected] : cases) {
        CAPTURE(path);
        CHECK(join(owners.approvers(path), ",") == expected);
    }
    CHECK(owners.reviewers("a/x") == Names{"rev"});
    CHECK(owners.reviewers("a/b/x") == Names{"rev"});  // no_parent_owners ends lists that have someone
    CHECK(OwnersTree().approvers("x").empty());
}

// The digest was computed with Python and PyYAML, by tests/data/owners/README.md.
TEST_CASE("OWNERS of a real repository load, and resolve as they should") {
    const std::filesystem::path top = GOVCTL_SOURCE_DIR "/tests/data/owners";
    std::vector<Owners> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(top)) {
        if (entry.path().filename() != "OWNERS") continue;
        const std::string path = std::filesystem::relative(entry.path(), top).generic_string();
        const auto reading = read_owners(parsed(path, bytes_of(entry.path())));
        CAPTURE(path);
        REQUIRE(reading.value);
        CHECK(lines(reading.findings).empty());
        files.push_back(*reading.value);
    }
    const auto aliases = read_aliases(parsed("OWNERS_ALIASES", bytes_of(top / "OWNERS_ALIASES")));
    CHECK(lines(aliases.findings).empty());

    const OwnersTree owners(files, aliases.value);
    std::vector<std::string> resolved;
    for (const Owners* file : owners.files()) {
        resolved.push_back(file->folder + ": " + join(owners.approvers(file->folder), ",") + "; " +
                           join(owners.reviewers(file->folder), ",") + "\n");
    }
    std::sort(resolved.begin(), resolved.end());
    CHECK(resolved.size() == 81);
    CHECK(sha256_hex(join(resolved, "")) == "28298d3fd6f094f7617d81fa535e2604f30b64dd33e1583c02df6af6894f30a2");
}
