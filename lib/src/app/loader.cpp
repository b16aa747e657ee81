#include "loader.hpp"

#include <algorithm>

#include "govctl/base/text.hpp"
#include "govctl/record/findings.hpp"
#include "govctl/record/owners.hpp"
#include "govctl/record/path.hpp"
#include "govctl/record/read.hpp"

namespace govctl::app {

namespace {

constexpr const char* project_file = "govctl.yaml";

/// More records than this are refused (integrity.md, hostile repositories).
constexpr std::size_t most_records = 100'000;

template <class T>
void take(ParsedRecord& into, record::Reading<T> reading) {
    if (reading.value) into.value = *std::move(reading.value);
    into.findings = std::move(reading.findings);
}

template <class T>
Loaded<T> loaded(const FileEntry& entry, const record::RecordPath& where, const ParsedRecord& parsed) {
    return {entry.path, entry.blob, where, parsed.document, std::get<T>(parsed.value)};
}

bool is_owners(const std::string& path) {
    return path == "OWNERS" || path.ends_with("/OWNERS");
}

Finding found(const record::FindingKind& kind, const std::string& path, std::string message, std::string help) {
    return {std::string(kind.id), kind.severity, {path, 1, 1}, std::move(message), std::move(help)};
}

Result<std::string> read_pinned(const Snapshot& snapshot, const std::string& blob, const std::string& what) {
    auto bytes = snapshot.read_blob(blob);
    if (bytes) return bytes;
    return Error{ErrorKind::environment,
                 "cannot read " + what + " " + blob.substr(0, 12) + ", which was in force when the matter was opened",
                 {"in a shallow or partial clone, fetch the whole history: git fetch --unshallow"}};
}

template <class T>
Result<T> read_blob_as(const Snapshot& snapshot, const std::string& blob, const record::RecordPath& where,
                       const std::string& what) {
    GOVCTL_TRY(auto bytes, read_pinned(snapshot, blob, what));
    ParsedRecord parsed = parse_record(where, what + " " + blob.substr(0, 12), std::move(bytes));
    if (auto* value = std::get_if<T>(&parsed.value)) return std::move(*value);
    return Error{ErrorKind::invalid, what + " " + blob.substr(0, 12) + " cannot be read"};
}

}  // namespace

ParsedRecord parse_record(const record::RecordPath& where, const std::string& path, std::string bytes) {
    ParsedRecord parsed;
    auto document = yaml::parse(path, std::move(bytes));
    if (!document) {
        parsed.findings.push_back(record::unreadable(document.error(), path));
        return parsed;
    }
    parsed.document = std::make_shared<const yaml::Document>(*std::move(document));
    switch (where.kind) {
        case RecordKind::project:
            take(parsed, record::read_project(*parsed.document));
            break;
        case RecordKind::person:
            take(parsed, record::read_person(*parsed.document, where));
            break;
        case RecordKind::organization:
            take(parsed, record::read_organization(*parsed.document, where));
            break;
        case RecordKind::charter:
            take(parsed, record::read_charter(*parsed.document, where));
            break;
        case RecordKind::roster:
            take(parsed, record::read_roster(*parsed.document, where));
            break;
        case RecordKind::rfc:
        case RecordKind::motion:
            take(parsed, record::read_proposal(*parsed.document, where));
            break;
        case RecordKind::ballot:
            take(parsed, record::read_ballot(*parsed.document, where));
            break;
        case RecordKind::decision:
            take(parsed, record::read_decision(*parsed.document, where));
            break;
        case RecordKind::election:
            take(parsed, record::read_election(*parsed.document, where));
            break;
        case RecordKind::candidate:
            take(parsed, record::read_candidate(*parsed.document, where));
            break;
        case RecordKind::endorsement:
            take(parsed, record::read_endorsements(*parsed.document, where));
            break;
        case RecordKind::voters:
            take(parsed, record::read_voters(*parsed.document, where));
            break;
        case RecordKind::result:
            take(parsed, record::read_result(*parsed.document, where));
            break;
    }
    return parsed;
}

OwnersRecords load_owners(const Snapshot& snapshot, const std::vector<FileEntry>& files) {
    OwnersRecords records;
    std::vector<record::Owners> owners;
    record::Aliases aliases;
    const auto note = [&](const Findings& findings) {
        records.findings.insert(records.findings.end(), findings.begin(), findings.end());
    };
    for (const FileEntry& entry : files) {
        const bool is_aliases = entry.path == "OWNERS_ALIASES";
        if (!is_aliases && !is_owners(entry.path)) continue;
        if (entry.mode == FileMode::symlink || entry.mode == FileMode::submodule) continue;
        auto bytes = snapshot.read(entry.path);
        if (!bytes) continue;
        auto document = yaml::parse(entry.path, *std::move(bytes));
        if (!document) {
            note({record::unreadable_owners(document.error(), entry.path)});
            continue;
        }
        if (is_aliases) {
            auto reading = record::read_aliases(*document);
            aliases = std::move(reading.value);
            note(reading.findings);
        } else {
            auto reading = record::read_owners(*document);
            if (reading.value) owners.push_back(*std::move(reading.value));
            note(reading.findings);
        }
        records.documents.emplace(entry.path, std::make_shared<const yaml::Document>(*std::move(document)));
    }
    records.tree = record::OwnersTree(std::move(owners), std::move(aliases));
    return records;
}

Result<model::Charter> read_pinned_charter(const Snapshot& snapshot, const model::RuleRef& rule) {
    record::RecordPath where{RecordKind::charter, {RecordId::Space::group, rule.group}, "", rule.group};
    return read_blob_as<model::Charter>(snapshot, rule.charter, where, "the charter of " + rule.group);
}

Result<model::Project> read_pinned_project(const Snapshot& snapshot, const model::RuleRef& rule) {
    return read_blob_as<model::Project>(snapshot, rule.project, {RecordKind::project, {}, "", ""}, project_file);
}

Result<std::shared_ptr<const State>> Loader::load() {
    state_ = std::shared_ptr<State>(new State());
    state_->snapshot_ = snapshot_;
    state_->cache_ = cache_;
    state_->deeds_ = deeds_;
    state_->lineage_ = lineage_;
    GOVCTL_TRY(state_->files_, snapshot_->list());
    GOVCTL_CHECK(load_project());
    if (state_->governed_)
        for (const FileEntry& entry : state_->files_) GOVCTL_CHECK(load_file(entry));
    place_ballots();
    fill_register();
    sort_findings(state_->findings_);
    return std::shared_ptr<const State>(state_);
}

Result<void> Loader::load_project() {
    const FileEntry* entry = state_->file(project_file);
    if (!entry) return {};
    state_->governed_ = true;
    const record::RecordPath where{RecordKind::project, {}, "", "govctl"};
    GOVCTL_TRY(auto parsed, parse(*entry, where));
    state_->findings_.insert(state_->findings_.end(), parsed->findings.begin(), parsed->findings.end());
    if (!std::holds_alternative<model::Project>(parsed->value)) return {};
    state_->project_ = loaded<model::Project>(*entry, where, *parsed);
    state_->register_.project = state_->project_->value;
    return {};
}

Result<void> Loader::load_file(const FileEntry& entry) {
    const std::string& root = state_->root();
    auto where = record::record_at(entry.path, root);
    if (!where) {
        if (record::is_misplaced(entry.path, root))
            note(found(record::misplaced_record, entry.path, "no record lies here",
                       "`man 5 govctl-records` says where records lie"));
        return {};
    }
    if (where->kind == RecordKind::project) return {};
    if (entry.mode == FileMode::symlink || entry.mode == FileMode::submodule) {
        note(found(record::not_a_file, entry.path, "a record must be a file, not a link or a submodule",
                   "put the record itself here"));
        return {};
    }
    if (++records_ > most_records)
        return Error{ErrorKind::environment, "more than 100,000 records: govctl does not read so many"};
    GOVCTL_TRY(auto parsed, parse(entry, *where));
    auto& findings = state_->findings_;
    findings.insert(findings.end(), parsed->findings.begin(), parsed->findings.end());
    if (std::holds_alternative<std::monostate>(parsed->value)) return {};
    switch (where->kind) {
        case RecordKind::project:
            break;
        case RecordKind::person:
            state_->persons_[where->name] = loaded<model::Person>(entry, *where, *parsed);
            break;
        case RecordKind::organization:
            state_->organizations_[where->name] = loaded<model::Organization>(entry, *where, *parsed);
            break;
        case RecordKind::charter:
            state_->charters_[where->name] = loaded<model::Charter>(entry, *where, *parsed);
            break;
        case RecordKind::roster:
            state_->rosters_[where->name] = loaded<model::Roster>(entry, *where, *parsed);
            break;
        case RecordKind::rfc:
        case RecordKind::motion: {
            Matter matter{loaded<model::Proposal>(entry, *where, *parsed), {}};
            const RecordId id = matter.id();
            if (auto [known, is_new] = state_->matters_.try_emplace(id, std::move(matter)); !is_new)
                state_->doubles_.push_back(std::move(matter));
            break;
        }
        case RecordKind::ballot:
            ballots_.push_back(loaded<model::Ballot>(entry, *where, *parsed));
            break;
        case RecordKind::decision:
            state_->decisions_[where->name] = loaded<model::Decision>(entry, *where, *parsed);
            break;
        case RecordKind::election:
            state_->contests_[where->id.name].record = loaded<model::Election>(entry, *where, *parsed);
            break;
        case RecordKind::candidate:
            state_->contests_[where->id.name].candidates[where->name] =
                loaded<model::Candidate>(entry, *where, *parsed);
            break;
        case RecordKind::endorsement:
            state_->contests_[where->id.name].endorsements[where->name] =
                loaded<model::Endorsements>(entry, *where, *parsed);
            break;
        case RecordKind::voters:
            state_->contests_[where->id.name].voters = loaded<model::Roll>(entry, *where, *parsed);
            break;
        case RecordKind::result:
            state_->contests_[where->id.name].result = loaded<model::ElectionResult>(entry, *where, *parsed);
            break;
    }
    return {};
}

Result<std::shared_ptr<const ParsedRecord>> Loader::parse(const FileEntry& entry, const record::RecordPath& where) {
    if (auto known = cache_->find(entry.path, entry.blob)) return known;
    GOVCTL_TRY(auto bytes, snapshot_->read(entry.path));
    auto parsed = std::make_shared<const ParsedRecord>(parse_record(where, entry.path, std::move(bytes)));
    cache_->keep(entry.path, entry.blob, parsed);
    return parsed;
}

void Loader::place_ballots() {
    std::map<std::string, Matter*> by_folder;
    for (auto& [id, matter] : state_->matters_) by_folder[matter.folder()] = &matter;
    for (Matter& matter : state_->doubles_) by_folder[matter.folder()] = &matter;
    for (auto& ballot : ballots_) {
        if (ballot.where.id.space == RecordId::Space::election) {
            state_->contests_[ballot.where.id.name].ballots.insert_or_assign(ballot.where.name, std::move(ballot));
            continue;
        }
        if (auto found = by_folder.find(ballot.where.folder); found != by_folder.end())
            found->second->ballots.insert_or_assign(ballot.where.name, std::move(ballot));
    }
    // Files of an election without a readable election.yaml: `validate` says what is wrong with that.
    std::erase_if(state_->contests_, [](const auto& each) { return each.second.record.path.empty(); });
}

void Loader::fill_register() {
    model::Register& people = state_->register_;
    for (const auto& [handle, person] : state_->persons_) people.people[handle] = person.value;
    for (const auto& [id, organization] : state_->organizations_) people.organizations[id] = organization.value;
    for (const auto& [id, charter] : state_->charters_) people.charters[id] = charter.value;
    for (const auto& [id, roster] : state_->rosters_) people.rosters[id] = roster.value;
    for (const auto& [id, contest] : state_->contests_)
        if (contest.voters) people.rolls[id] = contest.voters->value.voters;
    for (const auto& [handle, person] : people.people)
        if (auto account = person.accounts.find(people.project.accounts); account != person.accounts.end())
            state_->by_account_.emplace(lower(account->second), handle);
    people.owners = [state = state_.get()](const std::string& path) {
        std::vector<std::string> handles;
        for (const std::string& name : state->owners().approvers(path))
            if (auto handle = state->person_of_owner(name); !handle.empty()) handles.push_back(handle);
        std::sort(handles.begin(), handles.end());
        handles.erase(std::unique(handles.begin(), handles.end()), handles.end());
        return handles;
    };
    people.blob = [state = state_.get()](const std::string& path) {
        const FileEntry* entry = state->file(path);
        return entry ? entry->blob : std::string();
    };
}

}  // namespace govctl::app
