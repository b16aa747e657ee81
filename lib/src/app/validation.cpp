#include "validation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

#include "govctl/app/catalogue.hpp"
#include "govctl/base/text.hpp"

namespace govctl::app {

Validation::Validation(const State& state, Instant now) : state_(state), now_(now) {
    index_people();
}

void Validation::index_people() {
    for (const auto& [handle, record] : state_.person_records()) {
        handles_.emplace(normal_handle(handle), handle);
        for (const std::string& alias : record.value.aliases) handles_.emplace(normal_handle(alias), handle);
    }
}

const Validation::Former& Validation::former() const {
    if (former_) return *former_;
    former_.emplace();
    for (const auto& [_, matter] : state_.matters()) {
        for (const std::string& alias : matter.proposal().aliases) {
            if (const auto id = RecordId::parse(alias)) former_->emplace(*id, &matter);
        }
    }
    return *former_;
}

const std::set<RecordId>& Validation::unreadable_matters() const {
    if (unreadable_matters_) return *unreadable_matters_;
    unreadable_matters_.emplace();
    for (const char* folder : {"rfcs/", "motions/"}) {
        for (const FileEntry& file : files_below(state_.root() + folder)) {
            const auto where = record::record_at(file.path, state_.root());
            const bool is_proposal = where && where->kind != RecordKind::ballot;
            if (is_proposal && state_.matters().count(where->id) == 0) unreadable_matters_->insert(where->id);
        }
    }
    return *unreadable_matters_;
}

const Validation::DecisionsByMatter& Validation::decisions_by_matter() const {
    if (decisions_) return *decisions_;
    decisions_.emplace();
    for (const auto& [_, decision] : state_.decision_records()) {
        const auto subject = RecordId::parse(decision.value.subject);
        const Matter* on = subject ? matter(*subject) : nullptr;
        if (on) (*decisions_)[on->id()].push_back(&decision);
    }
    for (auto& [_, decisions] : *decisions_) {
        std::stable_sort(decisions.begin(), decisions.end(),
                         [](const auto* a, const auto* b) { return a->value.decided < b->value.decided; });
    }
    return *decisions_;
}

const std::vector<std::string>& Validation::unreadable_decisions() const {
    if (unreadable_decisions_) return *unreadable_decisions_;
    unreadable_decisions_.emplace();
    for (const FileEntry& file : files_below(state_.root() + "decisions/")) {
        const auto where = record::record_at(file.path, state_.root());
        constexpr std::size_t date_and_dash = 11;
        if (where && state_.decision_records().count(where->name) == 0 && where->name.size() > date_and_dash)
            unreadable_decisions_->push_back(where->name.substr(date_and_dash));
    }
    return *unreadable_decisions_;
}

bool Validation::has_unreadable_charter() const {
    const auto files = files_below(state_.root() + "groups/");
    return std::any_of(files.begin(), files.end(), [&](const FileEntry& file) {
        const auto where = record::record_at(file.path, state_.root());
        return where && where->kind == RecordKind::charter && state_.charter_records().count(where->name) == 0;
    });
}

FileList::Range Validation::files_below(const std::string& prefix) const {
    return state_.files().below(prefix);
}

void Validation::report(std::string_view id, Place place, std::string message, std::string help) {
    const CatalogueEntry* entry = find_in_catalogue(id);
    assert(entry && "every finding stands in the catalogue");
    findings_.push_back({std::string(id), entry->severity, std::move(place), std::move(message), std::move(help)});
}

void Validation::add(const Findings& findings) {
    findings_.insert(findings_.end(), findings.begin(), findings.end());
}

bool Validation::has_person(const std::string& handle) const {
    const std::string normal = normal_handle(handle);
    return handles_.count(normal) > 0 || state_.file(record::person_path(state_.root(), normal));
}

bool Validation::has_organization(const std::string& id) const {
    return state_.organization_records().count(id) > 0 || state_.file(record::organization_path(state_.root(), id));
}

bool Validation::has_group(const std::string& id) const {
    return state_.charter_records().count(id) > 0 || state_.file(record::charter_path(state_.root(), id));
}

bool Validation::has_matter(const std::string& id) const {
    const auto parsed = RecordId::parse(id);
    return parsed && (matter(*parsed) || unreadable_matters().count(*parsed) > 0);
}

bool Validation::has_record(const RecordId& id) const {
    switch (id.space) {
        case RecordId::Space::person:
            return has_person(id.name);
        case RecordId::Space::organization:
            return has_organization(id.name);
        case RecordId::Space::group:
            return has_group(id.name);
        case RecordId::Space::decision:
            return state_.file(record::decision_path(state_.root(), id.name)) != nullptr;
        case RecordId::Space::election:
            return state_.file(record::election_folder(state_.root(), id.name) + "election.yaml") != nullptr;
        default:
            return has_matter(id.str());
    }
}

bool Validation::has_path(const std::string& path) const {
    if (!path.ends_with('/')) return state_.file(path) != nullptr;
    return !files_below(path).empty();
}

std::string meant(const std::string& word, const std::vector<std::string>& candidates, std::string otherwise) {
    const auto near = nearest(word, candidates);
    return near ? fmt::format("did you mean \"{}\"?", *near) : std::move(otherwise);
}

void Validation::expect_person(const std::string& handle, const Place& place) {
    if (handle.empty() || has_person(handle)) return;
    report("GOV402", place, fmt::format("nobody on record is called \"{}\"", handle),
           meant(normal_handle(handle), keys_of(handles_),
                 fmt::format("add {}", record::person_path(state_.root(), normal_handle(handle)))));
}

void Validation::expect_organization(const std::string& id, const Place& place) {
    static const std::string nobody = "independent";
    if (id.empty() || id == nobody || has_organization(id)) return;
    report("GOV403", place, fmt::format("there is no organization \"{}\"", id),
           meant(id, keys_of(state_.organization_records()),
                 fmt::format("add {}, or say \"independent\"", record::organization_path(state_.root(), id))));
}

void Validation::expect_group(const std::string& id, const Place& place) {
    if (id.empty() || has_group(id)) return;
    report("GOV401", place, fmt::format("there is no group \"{}\"", id),
           meant(id, keys_of(state_.charter_records()),
                 fmt::format("a group has its charter in {}", record::charter_path(state_.root(), id))));
}

void Validation::expect_level(const std::string& level, const Place& place) {
    if (level.empty() || state_.project().level(level)) return;
    std::vector<std::string> levels;
    for (const model::Level& each : state_.project().ladder) levels.push_back(each.name);
    const std::string known = levels.empty() ? "govctl.yaml has no `ladder:`"
                                             : fmt::format("the ladder in govctl.yaml has {}", join(levels, ", "));
    report("GOV404", place, fmt::format("there is no level \"{}\"", level), meant(level, levels, known));
}

void Validation::expect_duty(const std::string& duty, const Place& place) {
    const auto& duties = state_.project().duties;
    if (duty.empty() || std::find(duties.begin(), duties.end(), duty) != duties.end()) return;
    report("GOV405", place, fmt::format("there is no duty \"{}\"", duty),
           meant(duty, duties, "the duties of the project stand in govctl.yaml under `duties:`"));
}

void Validation::expect_role(const std::string& role, const std::string& group, const Place& place) {
    const auto charter = state_.charter_records().find(group);
    if (role.empty() || charter == state_.charter_records().end() || charter->second.value.role(role)) return;
    std::vector<std::string> roles;
    for (const model::Role& each : charter->second.value.roles) roles.push_back(each.name);
    report("GOV406", place, fmt::format("group \"{}\" has no role \"{}\"", group, role),
           meant(role, roles, fmt::format("its charter has {}", join(roles, ", "))));
}

void Validation::expect_matter(const std::string& id, const Place& place) {
    const auto parsed = RecordId::parse(id);
    const bool is_election = parsed && parsed->space == RecordId::Space::election && has_record(*parsed);
    if (id.empty() || is_election || has_matter(id)) return;
    std::vector<std::string> known;
    for (const auto& [each, _] : state_.matters()) known.push_back(each.str());
    report("GOV407", place, fmt::format("there is no proposal \"{}\"", id),
           meant(id, known, "`govctl list rfc` and `govctl list motion` show what there is"));
}

void Validation::expect_record(const std::string& id, const Place& place) {
    if (id.empty()) return;
    const auto parsed = RecordId::parse(id);
    if (parsed && has_record(*parsed)) return;
    report("GOV408", place, fmt::format("\"{}\" is not a record here", id),
           parsed ? "" : "records are named as person/ada, organization/acme, group/sig-node or rfc-0042");
}

void Validation::expect_order(Instant since, const std::optional<Instant>& until, const Place& place) {
    if (!until || since <= *until) return;
    report("GOV409", place, fmt::format("this ends on {}, before it begins on {}", until->date(), since.date()));
}

const Matter* Validation::matter(const RecordId& id) const {
    if (const auto known = state_.matters().find(id); known != state_.matters().end()) return &known->second;
    const auto found = former().find(id);
    return found == former().end() ? nullptr : found->second;
}

const Decisions& Validation::decisions_on(const RecordId& subject) const {
    static const Decisions none;
    const auto found = decisions_by_matter().find(subject);
    return found == decisions_by_matter().end() ? none : found->second;
}

bool Validation::has_unreadable_decision_on(const RecordId& subject) const {
    std::string name = subject.str();
    std::replace(name.begin(), name.end(), '/', '-');
    return std::any_of(unreadable_decisions().begin(), unreadable_decisions().end(),
                       [&](const std::string& each) { return each == name || each.starts_with(name + "-"); });
}

const Pinned* Validation::pinned(const model::RuleRef& rule) {
    const std::string key = rule.group + " " + rule.charter + " " + rule.project;
    auto found = pinned_.find(key);
    if (found == pinned_.end()) {
        auto read = state_.pinned(rule);
        found = pinned_.emplace(key, read ? *std::move(read) : nullptr).first;
    }
    return found->second.get();
}

}  // namespace govctl::app
