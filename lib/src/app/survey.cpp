#include "govctl/app/survey.hpp"

#include <algorithm>
#include <utility>

#include "govctl/app/record_cache.hpp"
#include "govctl/base/selection.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/owners_files.hpp"
#include "govctl/record/path.hpp"
#include "loader.hpp"

namespace govctl::app {
namespace {

constexpr const char* project_file = "govctl.yaml";

struct ProjectFile {
    model::Project project;
    bool front_matter = false;
};

/// None: there is none, or it cannot be read.
Result<std::optional<ProjectFile>> project_of(const Snapshot& snapshot) {
    GOVCTL_TRY(auto bytes, read_plain(snapshot, project_file));
    if (!bytes) return std::optional<ProjectFile>();
    ParsedRecord parsed = parse_record({RecordKind::project, {}, "", "govctl"}, project_file, *std::move(bytes));
    auto* project = std::get_if<model::Project>(&parsed.value);
    if (!project) return std::optional<ProjectFile>();
    return std::optional(ProjectFile{std::move(*project), record::wants_front_matter(*parsed.document)});
}

/// The records of a kind below a folder, by name.
template <class T>
Result<std::map<std::string, T>> records_below(const Snapshot& snapshot, const Selection& wanted,
                                               const std::string& root, RecordKind kind) {
    std::map<std::string, T> records;
    GOVCTL_TRY(const auto entries, select(snapshot, wanted));
    for (const FileEntry& entry : entries) {
        const auto where = record::record_at(entry.path, root);
        if (!where || where->kind != kind) continue;
        GOVCTL_TRY(auto bytes, read_plain(snapshot, entry.path));
        if (!bytes) continue;
        ParsedRecord parsed = parse_record(*where, entry.path, *std::move(bytes));
        if (auto* value = std::get_if<T>(&parsed.value)) records.emplace(where->name, std::move(*value));
    }
    return records;
}

/// In a bare repository: what govctl.yaml at HEAD says, where that branch exists.
Result<git::Oid> canonical_tip(const git::Repository& repository) {
    GOVCTL_TRY(git::Oid head, repository.resolve("HEAD"));
    GOVCTL_TRY(const auto snapshot, repository.tree_of(head));
    GOVCTL_TRY(const auto file, project_of(*snapshot));
    if (!file) return head;
    GOVCTL_TRY(const auto tip, repository.branch_tip(file->project.branch));
    return tip ? *tip : head;
}

}  // namespace

Result<Survey> Survey::open(const Workspace& workspace, const View& view) {
    const git::Repository& repository = workspace.repository();
    if (view.source == View::Source::staged) {
        GOVCTL_TRY(auto index, repository.index(view.index_file));
        return of(std::move(index));
    }
    if (view.source == View::Source::work_tree && !repository.is_bare()) {
        GOVCTL_TRY(auto files, repository.work_files());
        return of(std::move(files));
    }
    GOVCTL_TRY(const git::Oid commit,
               view.revision.empty() ? canonical_tip(repository) : repository.resolve(view.revision));
    return at(workspace, commit);
}

Result<Survey> Survey::at(const Workspace& workspace, const git::Oid& commit) {
    GOVCTL_TRY(auto tree, workspace.repository().tree_of(commit));
    return of(std::move(tree));
}

Result<Survey> Survey::of(std::shared_ptr<const Snapshot> snapshot) {
    GOVCTL_TRY(auto file, project_of(*snapshot));
    Survey survey(snapshot, Ownership(snapshot, {file && file->front_matter}));
    survey.governed_ = file.has_value();
    if (file) survey.register_.project = std::move(file->project);
    return survey;
}

Result<std::string> Survey::group_of(const std::string& path) {
    GOVCTL_CHECK(read_charters());
    return register_.area_owner(path).value_or("");
}

std::string Survey::name_of_group(const std::string& group) const {
    const auto charter = register_.charters.find(group);
    return charter == register_.charters.end() || charter->second.name.empty() ? group : charter->second.name;
}

Result<std::set<std::string>> Survey::names_of(const std::string& person) {
    GOVCTL_CHECK(read_people());
    const std::string name = normal_handle(person);
    const model::Person* known = register_.person(name);
    if (!known) known = by_login(name);
    return known ? names_of(*known) : std::set{name};
}

Result<std::set<std::string>> Survey::names_of_email(const std::string& email) {
    GOVCTL_CHECK(read_people());
    const model::Person* known = register_.by_email(email);
    if (known) return names_of(*known);
    const std::string login = model::noreply_login(email);
    return login.empty() ? std::set<std::string>() : std::set{login};
}

/// A login is another's before it is one's own handle, as State::person_of_owner() has it.
std::set<std::string> Survey::names_of(const model::Person& person) const {
    std::set<std::string> names;
    if (auto account = person.accounts.find(register_.project.accounts); account != person.accounts.end())
        names.insert(lower(account->second));
    std::vector<std::string> handles = person.aliases;
    handles.push_back(person.handle);
    for (const std::string& handle : handles) {
        const std::string name = normal_handle(handle);
        const model::Person* other = by_login(name);
        if ((!other || other == &person) && register_.person(name) == &person) names.insert(name);
    }
    return names;
}

const model::Person* Survey::by_login(const std::string& login) const {
    for (const auto& [handle, person] : register_.people) {
        const auto account = person.accounts.find(register_.project.accounts);
        if (account != person.accounts.end() && lower(account->second) == login) return &person;
    }
    return nullptr;
}

Result<void> Survey::read_charters() {
    if (!governed_ || std::exchange(has_charters_, true)) return {};
    const std::string& root = register_.project.root;
    GOVCTL_TRY(register_.charters, records_below<model::Charter>(*snapshot_, {{"charter.yaml"}, {}, root + "groups/"},
                                                                 root, RecordKind::charter));
    return {};
}

Result<void> Survey::read_people() {
    if (!governed_ || std::exchange(has_people_, true)) return {};
    const std::string& root = register_.project.root;
    GOVCTL_TRY(register_.people,
               records_below<model::Person>(*snapshot_, {{}, {".yaml"}, root + "people/"}, root, RecordKind::person));
    return {};
}

}  // namespace govctl::app
