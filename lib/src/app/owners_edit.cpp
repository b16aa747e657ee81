#include "owners_edit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "govctl/base/text.hpp"
#include "govctl/yaml/edit.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

/// One kind of owners of one file, `approvers` or `reviewers`.
class Roll {
public:
    Roll(const State& state, yaml::Editor& editor, std::string key, std::string folder)
        : state_(state), editor_(editor), key_(std::move(key)), folder_(std::move(folder)) {}

    Result<void> remove(const std::string& name) {
        bool is_there = false;
        for (const yaml::Path& list : lists()) {
            while (const auto index = index_in(list, name)) {
                yaml::Path item = list;
                item.emplace_back(*index);
                GOVCTL_CHECK(editor_.remove(item));
                is_there = true;
            }
        }
        return is_there ? Result<void>() : cannot_be_removed(name);
    }

    Result<void> add(const std::string& name) {
        const yaml::Path list = list_for_all();
        if (index_in(list, name)) return refused(fmt::format("{} is among the {} of {} already", name, key_, file()));
        return editor_.append(list, name_in_owners(state_, name));
    }

private:
    const std::string& file() const { return editor_.document().file; }

    yaml::Path list_for_all() const {
        return editor_.document().find({"filters"}) ? yaml::Path{"filters", ".*", key_} : yaml::Path{key_};
    }

    std::vector<yaml::Path> lists() const {
        std::vector<yaml::Path> lists = {{key_}};
        if (const yaml::Node* filters = editor_.document().find({"filters"}))
            for (const yaml::Entry& filter : filters->entries) lists.push_back({"filters", filter.key.text, key_});
        return lists;
    }

    bool is_same(const std::string& written, const std::string& name) const {
        if (normal_handle(written) == normal_handle(name)) return true;
        const std::string person = state_.person_of_owner(normal_handle(name));
        return !person.empty() && state_.person_of_owner(normal_handle(written)) == person;
    }

    std::optional<std::size_t> index_in(const yaml::Path& list, const std::string& name) const {
        const yaml::Node* names = editor_.document().find(list);
        if (!names) return std::nullopt;
        for (std::size_t i = 0; i < names->items.size(); ++i)
            if (is_same(names->items[i].text, name)) return i;
        return std::nullopt;
    }

    /// The alias in this file that stands for a person, among others.
    const record::Aliases::value_type* alias_with(const std::string& name) const {
        for (const auto& alias : state_.owners().aliases()) {
            const auto is_meant = [&](const std::string& member) { return is_same(member, name); };
            if (std::none_of(alias.second.begin(), alias.second.end(), is_meant)) continue;
            for (const yaml::Path& list : lists())
                if (index_in(list, alias.first)) return &alias;
        }
        return nullptr;
    }

    Error cannot_be_removed(const std::string& name) const {
        const std::string what = fmt::format("{} is not among the {} of {}", name, key_, file());
        if (const auto* alias = alias_with(name)) return given_by_alias(what, name, *alias);
        const auto above =
            key_ == "approvers" ? state_.owners().approvers(folder_) : state_.owners().reviewers(folder_);
        if (std::none_of(above.begin(), above.end(), [&](const std::string& each) { return is_same(each, name); }))
            return refused(what);
        return refused(what + ", but of a folder above it",
                       {fmt::format("`govctl who {}` says which: bring the motion for that folder", folder_)});
    }

    Error given_by_alias(const std::string& what, const std::string& name,
                         const record::Aliases::value_type& alias) const {
        const std::string option = key_.substr(0, key_.size() - 1);
        std::string instead = fmt::format("--remove-{} {}", option, alias.first);
        for (const std::string& member : alias.second)
            if (!is_same(member, name)) instead += fmt::format(" --add-{} {}", option, member);
        return refused(
            fmt::format("{}, but of its alias \"{}\"", what, alias.first),
            {"an alias is of every OWNERS file that names it; here alone its other members can take its place: " +
                 instead,
             "the alias itself changes by an effect `file: {path: OWNERS_ALIASES, from: FILE}`"});
    }

    const State& state_;
    yaml::Editor& editor_;
    std::string key_;
    std::string folder_;
};

Result<void> change(Roll roll, const std::vector<std::string>& add, const std::vector<std::string>& remove) {
    for (const std::string& name : remove) GOVCTL_CHECK(roll.remove(name));
    for (const std::string& name : add) GOVCTL_CHECK(roll.add(name));
    return {};
}

}  // namespace

std::string name_in_owners(const State& state, const std::string& name) {
    const model::Person* person = state.people().person(name);
    if (!person) return name;
    const auto account = person->accounts.find(state.project().accounts);
    return account == person->accounts.end() ? person->handle : account->second;
}

std::string owners_setting(const State& state, const char* key) {
    const auto* project = state.project_record();
    const yaml::Node* value = project ? project->document->find({"owners", key}) : nullptr;
    return value ? value->text : std::string();
}

Result<std::string> edit_owners(const State& state, yaml::Document owners, const model::Effect& effect) {
    yaml::Editor editor(std::move(owners));
    GOVCTL_CHECK(change({state, editor, "approvers", effect.path}, effect.add_approvers, effect.remove_approvers));
    GOVCTL_CHECK(change({state, editor, "reviewers", effect.path}, effect.add_reviewers, effect.remove_reviewers));
    return editor.bytes();
}

}  // namespace govctl::app
