#include "govctl/app/codeowners.hpp"
#include "govctl/app/ownership.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/codeowners.hpp"
#include "property/dice.hpp"
#include "support/catch.hpp"

using namespace govctl;
using govctl::testing::Dice;

namespace {

using Files = std::map<std::string, std::string>;
using Names = std::vector<std::string>;

const Names people = {"ada", "bob", "cy", "dan", "eve", "leads"};
const Names folders = {"", "a/", "b/", "a/c/", "a/c/d/", "b/e f/", "b/e f/g/"};
const Names leaves = {"m.go", "m_test.go", "README.md", "go.mod", "w x.txt", "z1"};

std::string some_people(Dice& dice) {
    Names names;
    for (int i = dice.between(1, 3); i > 0; --i) names.push_back(dice.of(people));
    return "[" + join(names, ", ") + "]";
}

std::string random_owners(Dice& dice, bool with_odd_filters) {
    std::string text;
    if (dice.one_in(3)) text += "options: {no_parent_owners: true}\n";
    if (dice.one_in(2)) return text + "approvers: " + some_people(dice) + "\n";
    text += "filters:\n  \".*\": {approvers: " + some_people(dice) + "}\n";
    Names expressions = {"\\\\.go$", "_test\\\\.go$", ".*\\\\.md$"};
    if (with_odd_filters) expressions.insert(expressions.end(), {"^c/", "[0-9]", "(mod|txt)$"});
    for (const std::string& expression : expressions)
        if (dice.one_in(3)) text += "  \"" + expression + "\": {approvers: " + some_people(dice) + "}\n";
    return text;
}

Files random_tree(Dice& dice, bool with_odd_filters) {
    Files files = {{"OWNERS_ALIASES", "aliases: {leads: [ada, fay]}\n"}};
    for (const std::string& folder : folders) {
        for (const std::string& leaf : leaves)
            if (dice.one_in(2)) files[folder + leaf] = "";
        if (dice.one_in(2)) files[folder + "OWNERS"] = random_owners(dice, with_odd_filters);
    }
    return files;
}

std::shared_ptr<const app::State> state_of(const Files& files) {
    auto state = app::State::load(in_memory(files));
    REQUIRE(state);
    return *state;
}

/// Whose each file is, but for the OWNERS themselves.
std::map<std::string, Names> approvers_of(const Files& files) {
    std::map<std::string, Names> all;
    const auto state = state_of(files);
    for (const auto& [path, bytes] : files)
        if (!app::is_owners_file(path)) all[path] = state->owners().approvers(path);
    return all;
}

std::map<std::string, Names> approvers_by(const std::string& codeowners, const Files& files) {
    const record::Codeowners rules(record::read_codeowners(codeowners));
    std::map<std::string, Names> all;
    for (const auto& [path, bytes] : files) {
        if (app::is_owners_file(path)) continue;
        Names names;
        if (const auto* rule = rules.rule_of(path))
            for (const std::string& owner : rule->owners) names.push_back(owner.substr(1));
        all[path] = names;
    }
    return all;
}

}  // namespace

TEST_CASE("CODEOWNERS lead every path to whom OWNERS lead it, and back again") {
    for (int seed = 0; seed < 1500; ++seed) {
        Dice dice(static_cast<std::uint32_t>(seed));
        const bool is_odd = seed % 3 == 0;
        const Files tree = random_tree(dice, is_odd);
        const auto approvers = approvers_of(tree);
        const auto exported = app::export_codeowners(*state_of(tree));
        REQUIRE(exported);
        INFO("seed " << seed << "\n" << exported->text);
        for (const auto& [path, bytes] : tree)
            if (app::is_owners_file(path)) UNSCOPED_INFO(path << ":\n" << bytes);
        REQUIRE(approvers_by(exported->text, tree) == approvers);

        Files bare;
        for (const auto& [path, bytes] : tree)
            if (!app::is_owners_file(path)) bare[path] = bytes;
        const auto imported = app::import_codeowners(*state_of(bare), "CODEOWNERS", exported->text);
        REQUIRE(imported);
        Files again = bare;
        for (const auto& [path, bytes] : imported->change.files) {
            again[path] = *bytes;
            UNSCOPED_INFO("imported " << path << ":\n" << *bytes);
        }
        // What cannot be said is told, and only overlapping patterns cannot.
        if (is_odd && !imported->findings.empty()) continue;
        CHECK(imported->findings.empty());
        REQUIRE(approvers_of(again) == approvers);
    }
}
