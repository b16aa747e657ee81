#include "loader.hpp"

#include <algorithm>

#include "govctl/base/text.hpp"
#include "govctl/record/findings.hpp"
#include "govctl/record/owners.hpp"
#include "govctl/record/owners_files.hpp"
#include "govctl/record/path.hpp"
#include "govctl/record/read.hpp"
#include "record_folders.hpp"

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

bool tells_owners(const std::string& path) {
    return path == "OWNERS_ALIASES" || is_owners(path) || path.ends_with(".md");  // front matter
}

bool is_plain(const FileEntry& entry) {
    return entry.mode != FileMode::symlink && entry.mode != FileMode::submodule;
}

std::optional<record::Owners> owners_of_page(const std::string& path, const std::string& markdown) {
    auto front_matter = record::front_matter_of(markdown);
    if (!front_matter) return std::nullopt;
    const auto document = record::parse_owners(path, *std::move(front_matter));
    return document ? record::read_front_matter(*document).value : std::nullopt;
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

OwnersRecords load_owners(const Snapshot& snapshot, const FileList& files, bool front_matter) {
    OwnersRecords records;
    std::vector<record::Owners> owners;
    record::Aliases aliases;
    const auto note = [&](const Findings& findings) {
        records.findings.insert(records.findings.end(), findings.begin(), findings.end());
    };
    for (const FileEntry& entry : files) {
        const bool is_aliases = entry.path == "OWNERS_ALIASES";
        const bool is_page = front_matter && entry.path.ends_with(".md");
        if (!is_aliases && !is_page && !is_owners(entry.path)) continue;
        if (entry.mode == FileMode::symlink || entry.mode == FileMode::submodule) continue;
        auto bytes = snapshot.read(entry.path);
        if (!bytes) continue;
        if (is_page) {
            if (auto owner = owners_of_page(entry.path, *bytes)) owners.push_back(*std::move(owner));
            continue;
        }
        auto document = record::parse_owners(entry.path, *std::move(bytes));
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
    begin({});
    GOVCTL_TRY(auto files, snapshot_->list());
    state_->files_ = FileList(std::move(files));
    return load_all();
}

Result<std::shared_ptr<const State>> Loader::load_after(const State& before, const FileSteps& steps) {
    begin(before);
    for (const auto& [path, entry] : steps) {
        if (entry)
            state_->files_.set(*entry);
        else
            state_->files_.erase(path);
    }
    // What is a record depends on the project, and whose number it is on the order of all paths.
    if (steps.contains(project_file) || !before.doubles_.empty()) return load_all();
    if (std::any_of(steps.begin(), steps.end(), [](const auto& step) { return tells_owners(step.first); }))
        state_->owners_ = std::make_shared<std::optional<OwnersRecords>>();
    if (state_->governed_) GOVCTL_CHECK(load_steps(before, steps));
    if (!state_->doubles_.empty()) return load_all();
    look_around();
    return std::shared_ptr<const State>(state_);
}

void Loader::begin(State state) {
    state_ = std::shared_ptr<State>(new State(std::move(state)));
    state_->snapshot_ = snapshot_;
    state_->cache_ = cache_;
    state_->deeds_ = deeds_;
    state_->lineage_ = lineage_;
    state_->findings_.reset();
}

Result<std::shared_ptr<const State>> Loader::load_all() {
    is_step_ = false;
    ballots_.clear();
    kept_ballots_.clear();
    FileList files = std::move(state_->files_);
    begin({});
    state_->files_ = std::move(files);
    GOVCTL_CHECK(load_project());
    if (state_->governed_)
        for (const FileEntry& entry : state_->files_) GOVCTL_CHECK(load_file(entry));
    place_ballots();
    index_accounts();
    state_->owners_ = std::make_shared<std::optional<OwnersRecords>>();
    look_around();
    return std::shared_ptr<const State>(state_);
}

Result<void> Loader::load_steps(const State& before, const FileSteps& steps) {
    is_step_ = true;
    bool changes_people = false;
    for (const auto& [path, entry] : steps) {
        const auto where = record::record_at(path, state_->root());
        changes_people |= where && where->kind == RecordKind::person;
        if (const FileEntry* was = before.file(path)) forget(path, *was);
    }
    for (const auto& [path, entry] : steps)
        if (entry) GOVCTL_CHECK(load_file(*entry));
    for (const std::string& folder : new_contests_) GOVCTL_CHECK(load_contest(folder));
    for (const std::string& folder : new_matters_) GOVCTL_CHECK(load_ballots_of(folder));
    place_ballots();
    if (changes_people) index_accounts();
    return {};
}

Result<void> Loader::load_project() {
    const FileEntry* entry = state_->file(project_file);
    if (!entry) return {};
    state_->governed_ = true;
    const record::RecordPath where{RecordKind::project, {}, "", "govctl"};
    GOVCTL_TRY(auto parsed, parse(*entry, where));
    if (!parsed->findings.empty()) state_->found_in_.insert_or_assign(project_file, parsed->findings);
    if (!std::holds_alternative<model::Project>(parsed->value)) return {};
    state_->project_ = std::make_shared<const Loaded<model::Project>>(loaded<model::Project>(*entry, where, *parsed));
    state_->register_.project = state_->project_->value;
    return {};
}

Result<void> Loader::load_file(const FileEntry& entry) {
    const std::string& root = state_->root();
    note_capitals(entry.path);
    auto where = record::record_at(entry.path, root);
    if (!where) {
        if (record::is_misplaced(entry.path, root))
            note(entry.path, found(record::misplaced_record, entry.path, "no record lies here",
                                   "`man 5 govctl-records` says where records lie"));
        return {};
    }
    if (where->kind == RecordKind::project) return {};
    if (!is_plain(entry)) {
        note(entry.path, found(record::not_a_file, entry.path, "a record must be a file, not a link or a submodule",
                               "put the record itself here"));
        return {};
    }
    if (++state_->records_ > most_records)
        return Error{ErrorKind::environment, "more than 100,000 records: govctl does not read so many"};
    return load_record(entry, *where);
}

Result<void> Loader::load_record(const FileEntry& entry, const record::RecordPath& where) {
    GOVCTL_TRY(auto parsed, parse(entry, where));
    if (!parsed->findings.empty()) state_->found_in_.insert_or_assign(entry.path, parsed->findings);
    if (std::holds_alternative<std::monostate>(parsed->value)) return {};
    model::Register& people = state_->register_;
    Contest* contest = contest_of(where);
    switch (where.kind) {
        case RecordKind::project:
            break;
        case RecordKind::person:
            people.people.insert_or_assign(where.name, std::get<model::Person>(parsed->value));
            state_->persons_.insert_or_assign(where.name, loaded<model::Person>(entry, where, *parsed));
            break;
        case RecordKind::organization:
            people.organizations.insert_or_assign(where.name, std::get<model::Organization>(parsed->value));
            state_->organizations_.insert_or_assign(where.name, loaded<model::Organization>(entry, where, *parsed));
            break;
        case RecordKind::charter:
            people.charters.insert_or_assign(where.name, std::get<model::Charter>(parsed->value));
            state_->charters_.insert_or_assign(where.name, loaded<model::Charter>(entry, where, *parsed));
            break;
        case RecordKind::roster:
            people.rosters.insert_or_assign(where.name, std::get<model::Roster>(parsed->value));
            state_->rosters_.insert_or_assign(where.name, loaded<model::Roster>(entry, where, *parsed));
            break;
        case RecordKind::rfc:
        case RecordKind::motion:
            take_matter(loaded<model::Proposal>(entry, where, *parsed));
            break;
        case RecordKind::ballot:
            ballots_.push_back(loaded<model::Ballot>(entry, where, *parsed));
            break;
        case RecordKind::decision:
            take_decision(loaded<model::Decision>(entry, where, *parsed));
            break;
        case RecordKind::election:
            if (is_step_) {
                new_contests_.insert(where.folder);
                state_->contests_[where.id.name];
                contest = state_->contests_.edit(where.id.name);
            }
            contest->record = loaded<model::Election>(entry, where, *parsed);
            break;
        case RecordKind::candidate:
            if (contest)
                contest->candidates.insert_or_assign(where.name, loaded<model::Candidate>(entry, where, *parsed));
            break;
        case RecordKind::endorsement:
            if (contest)
                contest->endorsements.insert_or_assign(where.name, loaded<model::Endorsements>(entry, where, *parsed));
            break;
        case RecordKind::voters:
            if (!contest) break;
            contest->voters = std::make_shared<const Loaded<model::Roll>>(loaded<model::Roll>(entry, where, *parsed));
            people.rolls.insert_or_assign(where.id.name, contest->voters->value.voters);
            break;
        case RecordKind::result:
            if (contest) contest->result = loaded<model::ElectionResult>(entry, where, *parsed);
            break;
    }
    return {};
}

void Loader::take_matter(Loaded<model::Proposal> record) {
    const std::string folder = record.where.folder;
    Matter matter{std::move(record), {}};
    if (auto kept = kept_ballots_.find(folder); kept != kept_ballots_.end())
        matter.ballots = std::move(kept->second);
    else
        new_matters_.insert(folder);
    const RecordId id = matter.id();
    if (state_->matters_.contains(id))
        state_->doubles_.push_back(std::move(matter));
    else
        state_->matters_.emplace(id, std::move(matter));
}

void Loader::take_decision(Loaded<model::Decision> record) {
    if (auto subject = RecordId::parse(record.value.subject)) {
        auto& names = state_->decisions_on_[*subject];
        names.insert(std::lower_bound(names.begin(), names.end(), record.where.name), record.where.name);
    }
    const std::string name = record.where.name;
    state_->decisions_.insert_or_assign(name, std::move(record));
}

Contest* Loader::contest_of(const record::RecordPath& where) {
    if (where.id.space != RecordId::Space::election) return nullptr;
    return is_step_ ? state_->contests_.edit(where.id.name) : &state_->contests_[where.id.name];
}

/// Everything beside an election.yaml that has come, or come back.
Result<void> Loader::load_contest(const std::string& folder) {
    for (const FileEntry& entry : state_->files_.below(folder)) {
        const auto where = record::record_at(entry.path, state_->root());
        if (where && where->kind != RecordKind::election && is_plain(entry)) GOVCTL_CHECK(load_record(entry, *where));
    }
    return {};
}

/// The ballots of a proposal that has come, or come back.
Result<void> Loader::load_ballots_of(const std::string& folder) {
    for (const FileEntry& entry : state_->files_.below(folder + "ballots/")) {
        const auto where = record::record_at(entry.path, state_->root());
        if (where && where->kind == RecordKind::ballot && is_plain(entry)) GOVCTL_CHECK(load_record(entry, *where));
    }
    return {};
}

void Loader::note_capitals(const std::string& path) {
    std::string lowered = lower(path);
    if (lowered == path || !lies_among_records(lowered, lower(state_->root()))) return;
    state_->capitals_[lowered].push_back(path);
}

void Loader::forget(const std::string& path, const FileEntry& was) {
    state_->found_in_.erase(path);
    if (auto* twins = state_->capitals_.edit(lower(path))) std::erase(*twins, path);
    const auto where = record::record_at(path, state_->root());
    if (!where || !is_plain(was)) return;
    --state_->records_;
    forget_record(*where);
}

void Loader::forget_record(const record::RecordPath& where) {
    model::Register& people = state_->register_;
    Contest* contest = contest_of(where);
    switch (where.kind) {
        case RecordKind::project:
            break;
        case RecordKind::person:
            people.people.erase(where.name);
            state_->persons_.erase(where.name);
            break;
        case RecordKind::organization:
            people.organizations.erase(where.name);
            state_->organizations_.erase(where.name);
            break;
        case RecordKind::charter:
            people.charters.erase(where.name);
            state_->charters_.erase(where.name);
            break;
        case RecordKind::roster:
            people.rosters.erase(where.name);
            state_->rosters_.erase(where.name);
            break;
        case RecordKind::rfc:
        case RecordKind::motion:
            if (Matter* matter = state_->matters_.edit(where.id); matter && matter->folder() == where.folder) {
                kept_ballots_[where.folder] = std::move(matter->ballots);
                state_->matters_.erase(where.id);
            }
            break;
        case RecordKind::ballot:
            if (contest)
                contest->ballots.erase(where.name);
            else if (Matter* matter = state_->matters_.edit(where.id); matter && matter->folder() == where.folder)
                matter->ballots.erase(where.name);
            else if (auto kept = kept_ballots_.find(where.folder); kept != kept_ballots_.end())
                kept->second.erase(where.name);
            break;
        case RecordKind::decision: {
            const auto known = state_->decisions_.find(where.name);
            if (known == state_->decisions_.end()) break;
            if (auto subject = RecordId::parse(known->second.value.subject))
                std::erase(state_->decisions_on_[*subject], where.name);
            state_->decisions_.erase(where.name);
            break;
        }
        case RecordKind::election:
            people.rolls.erase(where.id.name);
            state_->contests_.erase(where.id.name);
            break;
        case RecordKind::candidate:
            if (contest) contest->candidates.erase(where.name);
            break;
        case RecordKind::endorsement:
            if (contest) contest->endorsements.erase(where.name);
            break;
        case RecordKind::voters:
            if (contest) contest->voters.reset();
            people.rolls.erase(where.id.name);
            break;
        case RecordKind::result:
            if (contest) contest->result.reset();
            break;
    }
}

Result<std::shared_ptr<const ParsedRecord>> Loader::parse(const FileEntry& entry, const record::RecordPath& where) {
    if (auto known = cache_->find(entry.path, entry.blob)) return known;
    GOVCTL_TRY(auto bytes, snapshot_->read(entry.path));
    auto parsed = std::make_shared<const ParsedRecord>(parse_record(where, entry.path, std::move(bytes)));
    cache_->keep(entry.path, entry.blob, parsed);
    return parsed;
}

void Loader::place_ballots() {
    std::map<std::string, Matter*> doubles;
    for (Matter& matter : state_->doubles_) doubles[matter.folder()] = &matter;
    for (auto& ballot : ballots_) {
        const record::RecordPath where = ballot.where;
        if (Contest* contest = contest_of(where))
            contest->ballots.insert_or_assign(where.name, std::move(ballot));
        else if (auto found = doubles.find(where.folder); found != doubles.end())
            found->second->ballots.insert_or_assign(where.name, std::move(ballot));
        else if (const auto known = state_->matters_.find(where.id);
                 known != state_->matters_.end() && known->second.folder() == where.folder)
            state_->matters_.edit(where.id)->ballots.insert_or_assign(where.name, std::move(ballot));
    }
    // Files of an election without a readable election.yaml: `validate` says what is wrong with that.
    std::vector<std::string> headless;
    for (const auto& [name, contest] : state_->contests_)
        if (contest.record.path.empty()) headless.push_back(name);
    for (const std::string& name : headless) {
        state_->contests_.erase(name);
        state_->register_.rolls.erase(name);
    }
}

void Loader::index_accounts() {
    std::map<std::string, std::string> handles;
    for (const auto& [handle, person] : state_->persons_)
        if (auto account = person.value.accounts.find(state_->project().accounts);
            account != person.value.accounts.end())
            handles.emplace(lower(account->second), handle);
    state_->by_account_ = std::make_shared<const std::map<std::string, std::string>>(std::move(handles));
}

/// What rules ask about files of this state.
void Loader::look_around() {
    model::Register& people = state_->register_;
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
