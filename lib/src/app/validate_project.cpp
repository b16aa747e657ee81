#include <fmt/format.h>

#include <set>

#include "owners_edit.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

using model::GroupType;

void check_instance(Validation& validation, const std::string& key, const std::string& group, GroupType type) {
    const auto& record = *validation.state().project_record();
    validation.expect_group(group, validation.place(record, {key}));
    const auto charter = validation.state().charter_records().find(group);
    if (charter == validation.state().charter_records().end() || charter->second.value.type == type) return;
    validation.report("GOV345", record, {key},
                      fmt::format("group \"{}\" is of type {}, not {}", group,
                                  model::group_type_word(charter->second.value.type), model::group_type_word(type)),
                      fmt::format("name another group, or mend `type:` in {}", charter->second.path));
}

void check_matters(Validation& validation) {
    const auto& record = *validation.state().project_record();
    for (const auto& [kind, group] : record.value.matters) {
        if (group != "parent") validation.expect_group(group, validation.place(record, {"matters", kind}));
    }
}

/// Duties that some charter takes on.
std::set<std::string> held_duties(const State& state) {
    std::set<std::string> held;
    for (const auto& [_, charter] : state.charter_records())
        held.insert(charter.value.duties.begin(), charter.value.duties.end());
    return held;
}

void check_duties(Validation& validation) {
    // A charter that cannot be read may be the one that holds them.
    if (validation.has_unreadable_charter()) return;
    const auto& record = *validation.state().project_record();
    const std::set<std::string> held = held_duties(validation.state());
    for (std::size_t i = 0; i < record.value.duties.size(); ++i) {
        const std::string& duty = record.value.duties[i];
        if (held.count(duty) > 0) continue;
        validation.report("GOV348", record, {"duties", i}, fmt::format("no group holds the duty \"{}\"", duty),
                          "a group takes it on under `duties:` in its charter");
    }
}

void check_protected(Validation& validation) {
    const auto& record = *validation.state().project_record();
    for (std::size_t i = 0; i < record.value.protected_paths.size(); ++i) {
        const std::string& path = record.value.protected_paths[i];
        if (validation.has_path(path)) continue;
        validation.report("GOV350", record, {"protected", i}, fmt::format("there is no \"{}\" to protect", path),
                          "paths count from the top of the repository; a folder ends in `/`");
    }
}

}  // namespace

void check_project(Validation& validation) {
    const auto* record = validation.state().project_record();
    check_instance(validation, "steering", record->value.steering, GroupType::steering);
    check_instance(validation, "community", record->value.community, GroupType::community);
    check_instance(validation, "policy", record->value.policy, GroupType::policy);
    check_matters(validation);
    for (const char* key : {"approver", "reviewer"})
        validation.expect_level(owners_setting(validation.state(), key), validation.place(*record, {"owners", key}));
    check_duties(validation);
    check_protected(validation);
}

}  // namespace govctl::app
