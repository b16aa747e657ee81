#include <fmt/format.h>

#include <algorithm>

#include "govctl/base/text.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

/// Every list of names in an OWNERS file, at the top and in its filters.
std::vector<const yaml::Node*> lists_of(const yaml::Document& document) {
    std::vector<const yaml::Node*> lists;
    const auto add = [&](const yaml::Node& mapping) {
        for (const char* key : {"approvers", "reviewers"})
            if (const yaml::Node* list = mapping.find(key)) lists.push_back(list);
    };
    add(document.root);
    if (const yaml::Node* filters = document.root.find("filters"))
        for (const yaml::Entry& filter : filters->entries) add(filter.value);
    return lists;
}

/// Owners of an area decide by `owners PATH`: whoever is nobody on record has no say there. Told once a file.
void check_people(Validation& validation, const yaml::Document& document) {
    const State& state = validation.state();
    const record::Aliases& aliases = state.owners().aliases();
    std::vector<std::string> unknown;
    const yaml::Node* first = nullptr;
    for (const yaml::Node* list : lists_of(document))
        for (const yaml::Node& item : list->items) {
            const std::string name = normal_handle(item.text);
            const auto alias = aliases.find(name);
            const std::vector<std::string> meant = alias == aliases.end() ? std::vector{name} : alias->second;
            for (const std::string& each : meant) {
                const bool is_told = std::find(unknown.begin(), unknown.end(), each) != unknown.end();
                if (is_told || !state.person_of_owner(each).empty() || validation.has_person(each)) continue;
                if (!first) first = &item;
                unknown.push_back(each);
            }
        }
    if (unknown.empty()) return;
    validation.report("GOV422", document.place(*first),
                      fmt::format("{} {} nobody on record", join(unknown, ", "), unknown.size() == 1 ? "is" : "are"),
                      fmt::format("`govctl person new` adds a person; `accounts: {{{}: LOGIN}}` in their record says "
                                  "which login of OWNERS they are",
                                  state.project().accounts));
}

}  // namespace

void check_owners(Validation& validation) {
    const OwnersRecords& records = validation.state().owners_records();
    validation.add(records.findings);
    for (const auto& [path, document] : records.documents)
        if (path != "OWNERS_ALIASES" && validation.state().people().area_owner(path))
            check_people(validation, *document);
}

}  // namespace govctl::app
