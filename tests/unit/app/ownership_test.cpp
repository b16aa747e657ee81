#include "govctl/app/ownership.hpp"

#include "govctl/base/text.hpp"
#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::app;
using record::names_of;

namespace {

Ownership ownership(std::map<std::string, std::string> files, OwnershipOptions options = {}) {
    return Ownership(in_memory(std::move(files)), options);
}

record::PathOwners owners_of(Ownership& ownership, const char* path) {
    auto owners = ownership.owners_of(path);
    REQUIRE(owners);
    return *std::move(owners);
}

std::string approvers(Ownership& ownership, const char* path) {
    return join(names_of(owners_of(ownership, path).approvers), ",");
}

}  // namespace

TEST_CASE("a question reads the folders above its path and no others") {
    Ownership owners = ownership({{"OWNERS", "approvers: [top]\n"},
                                  {"OWNERS_ALIASES", "aliases: {leads: [Ada, bob]}\n"},
                                  {"a/OWNERS", "approvers:\n- leads\nreviewers:\n- rev # often\n"},
                                  {"b/OWNERS", "approvers: [bea]\n"}});
    const record::PathOwners found = owners_of(owners, "a/x");
    CHECK(names_of(found.approvers) == std::vector<std::string>{"ada", "bob", "top"});
    CHECK(record::nearest_names_of(found.approvers) == std::vector<std::string>{"ada", "bob"});
    CHECK(names_of(found.reviewers) == std::vector<std::string>{"rev"});
    CHECK(found.approver_folder == "a/");
    REQUIRE(found.approvers.front().owners->size() == 2);
    const record::Owner& ada = found.approvers.front().owners->front();
    CHECK(found.approvers.front().file->file == "a/OWNERS");
    CHECK(ada.lines.front().number == 2);
    CHECK(ada.lines.front().alias == "leads");
    CHECK(owners.files().size() == 2);

    REQUIRE(owners.read_all());
    CHECK(owners.files().size() == 3);
    CHECK(approvers(owners, "b/x") == "bea,top");
    const auto aliases = owners.aliases_file();
    REQUIRE(aliases);
    CHECK((*aliases)->path() == "OWNERS_ALIASES");
    CHECK(owners.files().at("a/OWNERS").document()->root.find("reviewers")->begin.line == 4);
}

TEST_CASE("front matter names the owners of its file where the project wants it") {
    const std::map<std::string, std::string> files = {
        {"OWNERS", "approvers: [top]\n"},
        {"docs/a.md", "---\ntitle: A\napprovers: ['@Bob']\noptions: {no_parent_owners: true}\n---\n# A\n\n---\n"},
        {"docs/b.md", "# B\n"},
        {"docs/c.md", "---\n---\n"},
        {"docs/d.md", "---\napprovers: dan\n---\n"}};
    Ownership without = ownership(files);
    CHECK(approvers(without, "docs/a.md") == "top");
    Ownership with = ownership(files, {true});
    CHECK(approvers(with, "docs/a.md") == "bob");
    for (const char* path : {"docs/b.md", "docs/c.md", "docs/d.md", "docs"}) CHECK(approvers(with, path) == "top");
    REQUIRE(with.read_all());
    CHECK(approvers(with, "docs/a.md") == "bob");
    CHECK(owners_of(with, "docs/a.md").approvers.front().owners->front().lines.front().number == 3);
}

TEST_CASE("what cannot be read is a finding, and owns nothing") {
    Ownership owners = ownership({{"OWNERS", "approvers: [top]\n"},
                                  {"OWNERS_ALIASES", "aliases: {a: b}\n"},
                                  {"a/OWNERS", "approvers: [ada\n"},
                                  {"b/OWNERS", "approver: [ada]\n"}});
    REQUIRE(owners.read_all());
    CHECK(approvers(owners, "a/x") == "top");
    std::vector<std::string> rules;
    for (const Finding& finding : owners.findings()) rules.push_back(finding.place.file + " " + finding.rule);
    CHECK(rules == std::vector<std::string>{"OWNERS_ALIASES GOV052", "a/OWNERS GOV050", "b/OWNERS GOV051"});
    CHECK_FALSE(owners.files().at("a/OWNERS").document());
}

TEST_CASE("folders left to anybody need no approval") {
    Ownership owners = ownership({{"OWNERS", "approvers: [top]\n"},
                                  {"a/OWNERS", "approvers: [ada]\noptions: {auto_approve_unowned_subfolders: true}\n"},
                                  {"a/b/OWNERS", "approvers: [bob]\n"}});
    CHECK_FALSE(owners_of(owners, "a/x").needs_no_approval);
    CHECK(owners_of(owners, "a/c/x").needs_no_approval);
    CHECK_FALSE(owners_of(owners, "a/b/x").needs_no_approval);
    CHECK_FALSE(owners_of(owners, "x").needs_no_approval);
}
