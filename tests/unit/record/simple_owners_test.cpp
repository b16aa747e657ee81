#include <random>

#include "govctl/record/owners_files.hpp"
#include "reading.hpp"

using namespace govctl;
using namespace govctl::record;
using namespace govctl::record::test;

namespace {

std::string told(const std::vector<OwnersItem>& items) {
    std::string all;
    for (const OwnersItem& item : items)
        all += item.name + "@" + std::to_string(item.line) + ":" + std::to_string(item.column) + " ";
    return all;
}

/// All of it, to compare.
std::string told(const Owners& owners) {
    std::string all = owners.file + "|" + owners.folder;
    for (const OwnersList list :
         {OwnersList::approvers, OwnersList::reviewers, OwnersList::required_reviewers, OwnersList::labels})
        all += "|" + told(owners.lists.of(list));
    all += "|" + told(owners.emeritus) + "|" + std::to_string(owners.filters.size());
    return all + (owners.no_parent_owners ? " no parents" : "") +
           (owners.auto_approve_unowned_subfolders ? " free" : "");
}

/// Lines that OWNERS files are made of, and some that few would write.
const std::vector<std::string> lines = {"approvers:",
                                        "reviewers:",
                                        "required_reviewers:",
                                        "labels:",
                                        "options:",
                                        "emeritus_approvers:",
                                        "emeritus_reviewers:",
                                        "- ada",
                                        "- Bob",
                                        "  - cy-dan",
                                        "  - eve  # since then",
                                        "    - fay",
                                        "- ada",
                                        "  - gus_h",
                                        "- area/x",
                                        "  - sig/Node",
                                        "",
                                        "  ",
                                        "# a comment",
                                        "  # another",
                                        "  no_parent_owners: true",
                                        "  auto_approve_unowned_subfolders: true",
                                        "  no_parent_owners: false",
                                        "  no_parent_owners:  true",
                                        "approvers: [ada]",
                                        "- @bob",
                                        "- '@bob'",
                                        "- on",
                                        "- 007",
                                        "- 0x1f",
                                        "- a b",
                                        "- a: b",
                                        "-",
                                        "- ",
                                        "---",
                                        "...",
                                        "filters:",
                                        "  .*:",
                                        "labels",
                                        "approver:",
                                        "- a#b",
                                        "- \"x\"",
                                        "-  two",
                                        "approvers: # those",
                                        "- a,b",
                                        "- é",
                                        "\t- tab",
                                        "- x\r",
                                        "no_parent_owners: true",
                                        "  no_parent_owners: yes",
                                        "approvers:  ",
                                        "- null",
                                        "- &a b",
                                        "- *a",
                                        "- |",
                                        "- ada :",
                                        "  more",
                                        "Approvers:",
                                        "- a/b"};

}  // namespace

TEST_CASE("the quick reader says what the other says, or nothing") {
    std::mt19937 random(3);
    int quick = 0;
    for (int round = 0; round < 60'000; ++round) {
        std::string text;
        const std::size_t usual = random() % 4 == 0 ? lines.size() : 24;
        for (std::size_t count = random() % 9; count > 0; --count) text += lines[random() % usual] + "\n";
        if (random() % 8 == 0 && !text.empty()) text.pop_back();
        const auto simple = read_simple_owners("pkg/OWNERS", text);
        if (!simple) continue;
        ++quick;
        CAPTURE(text);
        const auto document = yaml::parse("pkg/OWNERS", text);
        REQUIRE(document);
        const OwnersReading reading = read_owners(*document);
        REQUIRE(reading.value);
        CHECK(reading.findings.empty());
        CHECK(told(*simple) == told(*reading.value));
    }
    CHECK(quick > 500);
}

TEST_CASE("the quick reader takes what most write") {
    const auto owners = read_simple_owners(
        "OWNERS",
        "# See the docs\n\noptions:\n  no_parent_owners: true\napprovers:\n  - Ada  # lead\n  # and\n  - node-team\n"
        "reviewers:\n- bob\nlabels:\n- sig/node\nemeritus_approvers:\n- cy\n");
    REQUIRE(owners);
    CHECK(told(*owners) == "OWNERS||ada@6:5 node-team@8:5 |bob@10:3 ||sig/node@12:3 |cy@14:3 |0 no parents");
    CHECK_FALSE(read_simple_owners("OWNERS", "filters:\n  \".*\":\n    approvers:\n    - ada\n"));
    CHECK_FALSE(read_simple_owners("OWNERS", ""));
}
