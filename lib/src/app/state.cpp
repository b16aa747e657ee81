#include "govctl/app/state.hpp"

#include <algorithm>
#include <cctype>

#include "deeds.hpp"
#include "foundings.hpp"
#include "govctl/app/record_cache.hpp"
#include "govctl/app/signatures.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/owners_files.hpp"
#include "govctl/record/text.hpp"
#include "govctl/rules/procedure.hpp"
#include "loader.hpp"

namespace govctl::app {

namespace {

bool all_digits(std::string_view text) {
    return !text.empty() && text.size() <= 9 &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

/// `42`, `0042`, `rfc-42`, `RFC-0042` → 42.
std::optional<int> rfc_number(const std::string& name) {
    std::string digits = lower(name);
    if (digits.starts_with("rfc-")) digits.erase(0, 4);
    if (!all_digits(digits)) return std::nullopt;
    return std::stoi(digits);
}

/// The part of a matter's folder that people remember: `grpc-probes` of `rfcs/0042-grpc-probes/`.
std::string slug_of(const Matter& matter) {
    std::string name = matter.folder();
    if (!name.empty() && name.back() == '/') name.pop_back();
    name.erase(0, name.rfind('/') + 1);
    if (matter.id().space == RecordId::Space::motion) return name.size() > 11 ? name.substr(11) : name;
    return name.substr(name.find('-') + 1);
}

std::string folder_argument(const std::string& name) {
    std::string folder = name;
    while (!folder.empty() && folder.back() == '/') folder.pop_back();
    for (const char* record : {"/rfc.yaml", "/motion.yaml", "/election.yaml", "/README.md"})
        if (folder.ends_with(record)) folder.erase(folder.rfind('/'));
    return folder + "/";
}

}  // namespace

std::vector<model::Ballot> Matter::ballot_values() const {
    std::vector<model::Ballot> values;
    for (const auto& [voter, ballot] : ballots) values.push_back(ballot.value);
    return values;
}

Result<std::shared_ptr<const State>> State::load(std::shared_ptr<const Snapshot> snapshot,
                                                 std::shared_ptr<RecordCache> cache,
                                                 std::shared_ptr<const rules::Deeds> deeds,
                                                 std::shared_ptr<const Lineage> lineage) {
    return Loader(std::move(snapshot), std::move(cache), deeds ? std::move(deeds) : no_deeds(),
                  lineage ? std::move(lineage) : no_lineage())
        .load();
}

Result<std::shared_ptr<const State>> State::with(FileChanges changes) const {
    FileSteps steps;
    for (const auto& [path, bytes] : changes) {
        auto& entry = steps[path];
        if (!bytes) continue;
        const FileEntry* was = file(path);
        const bool stays_executable = was && was->mode == FileMode::executable;
        entry = {path, blob_id(*bytes), stays_executable ? FileMode::executable : FileMode::file};
    }
    return moved_to(overlay(snapshot_, std::move(changes)), steps, deeds_, lineage_);
}

Result<std::string> State::founding() const {
    return lineage_->founding();
}

Result<std::shared_ptr<const State>> State::moved_to(std::shared_ptr<const Snapshot> snapshot, const FileSteps& steps,
                                                     std::shared_ptr<const rules::Deeds> deeds,
                                                     std::shared_ptr<const Lineage> lineage) const {
    return Loader(std::move(snapshot), cache_, std::move(deeds), std::move(lineage)).load_after(*this, steps);
}

const FileEntry* State::file(const std::string& path) const {
    const auto found = files_.find(path);
    return found == files_.end() ? nullptr : &*found;
}

std::vector<std::string> State::case_twins(const std::string& path) const {
    const std::string lowered = lower(path);
    std::vector<std::string> twins;
    if (const auto found = capitals_.find(lowered); found != capitals_.end()) twins = found->second;
    if (file(lowered)) twins.push_back(lowered);
    std::erase(twins, path);
    std::sort(twins.begin(), twins.end());
    return twins;
}

const OwnersRecords& State::owners_records() const {
    const bool front_matter = project_ && record::wants_front_matter(*project_->document);
    if (!*owners_) *owners_ = load_owners(*snapshot_, files_, front_matter);
    return **owners_;
}

const Findings& State::findings() const {
    if (!findings_) {
        findings_.emplace();
        for (const auto& [path, found] : found_in_) findings_->insert(findings_->end(), found.begin(), found.end());
        sort_findings(*findings_);
    }
    return *findings_;
}

std::string State::person_of_owner(const std::string& name) const {
    if (auto found = by_account_->find(lower(name)); found != by_account_->end()) return found->second;
    const model::Person* person = people().person(name);
    return person ? person->handle : std::string();
}

Findings State::findings_below(const std::string& folder) const {
    Findings all;
    for (auto found = found_in_.lower_bound(folder); found != found_in_.end() && found->first.starts_with(folder);
         ++found)
        all.insert(all.end(), found->second.begin(), found->second.end());
    return all;
}

const Matter* State::matter_in(const std::string& folder) const {
    const auto where = record::proposal_around(folder, root());
    if (!where) return nullptr;
    const auto found = matters_.find(where->id);
    if (found != matters_.end() && found->second.folder() == folder) return &found->second;
    for (const Matter& matter : doubles_)
        if (matter.folder() == folder) return &matter;
    return nullptr;
}

bool State::is_broken(const std::string& path) const {
    const auto found = found_in_.find(path);
    return found != found_in_.end() && has_errors(found->second);
}

std::size_t State::record_count() const {
    std::size_t count = (project_ ? 1 : 0) + persons_.size() + organizations_.size() + charters_.size() +
                        rosters_.size() + matters_.size() + decisions_.size();
    for (const auto& [id, matter] : matters_) count += matter.ballots.size();
    for (const auto& [id, contest] : contests_)
        count += 1U + (contest.voters ? 1U : 0U) + (contest.result ? 1U : 0U) + contest.candidates.size() +
                 contest.endorsements.size() + contest.ballots.size();
    return count;
}

Result<const Matter*> State::find_matter(const std::string& name) const {
    if (auto number = rfc_number(name)) {
        if (auto found = matters_.find(RecordId::rfc(*number)); found != matters_.end()) return &found->second;
        for (const auto& [id, matter] : matters_)
            for (const auto& alias : matter.proposal().aliases)
                if (rfc_number(alias) == number) return &matter;
    }
    if (auto id = RecordId::parse(name))
        if (auto found = matters_.find(*id); found != matters_.end()) return &found->second;

    const std::string folder = folder_argument(name);
    for (const std::string& place : {folder, root() + folder})
        if (const Matter* matter = matter_in(place)) return matter;
    std::vector<const Matter*> meant;
    std::vector<std::string> known;
    for (const auto& [id, matter] : matters_) {
        const std::string slug = slug_of(matter);
        if (slug == name) return &matter;
        if (!name.empty() && (slug.starts_with(name) || (!matter.proposal().is_rfc && id.name.starts_with(name))))
            meant.push_back(&matter);
        known.push_back(id.str());
        known.push_back(slug);
    }
    if (meant.size() == 1) return meant.front();
    Error error{ErrorKind::not_found, "no RFC or motion is called \"" + name + "\""};
    if (meant.size() > 1) {
        error.message = "\"" + name + "\" may mean more than one matter";
        for (const Matter* matter : meant) error.hints.push_back(matter->id().str() + "  " + matter->proposal().title);
    } else if (auto near = nearest(name, known)) {
        error.hints.push_back("did you mean \"" + *near + "\"?");
    } else {
        error.hints.push_back("`govctl list rfc` and `govctl list motion` show what there is");
    }
    return error;
}

Result<const Contest*> State::find_contest(const std::string& name) const {
    std::string wanted = folder_argument(name);
    wanted.pop_back();
    for (const std::string& prefix : {std::string("election/"), root() + "elections/", std::string("elections/")})
        if (wanted.starts_with(prefix)) wanted.erase(0, prefix.size());
    if (auto found = contests_.find(wanted); found != contests_.end()) return &found->second;
    std::vector<const Contest*> meant;
    std::vector<std::string> known;
    for (const auto& [id, contest] : contests_) {
        if (!wanted.empty() && id.starts_with(wanted)) meant.push_back(&contest);
        known.push_back(id);
    }
    if (meant.size() == 1) return meant.front();
    Error error{ErrorKind::not_found, "no election is called \"" + name + "\""};
    if (meant.size() > 1) {
        error.message = "\"" + name + "\" may mean more than one election";
        for (const Contest* contest : meant) error.hints.push_back(contest->id().str());
    } else if (auto near = nearest(wanted, known)) {
        error.hints.push_back("did you mean \"election/" + *near + "\"?");
    } else {
        error.hints.push_back("`govctl list election` shows what there is");
    }
    return error;
}

bool State::names_contest(const std::string& name) const {
    return name.starts_with("election/") || (find_contest(name) && !find_matter(name));
}

std::vector<const Loaded<model::Decision>*> State::decisions_on(const RecordId& subject) const {
    std::vector<const Loaded<model::Decision>*> found;
    if (const auto names = decisions_on_.find(subject); names != decisions_on_.end())
        for (const std::string& name : names->second) found.push_back(&decisions_.at(name));
    std::stable_sort(found.begin(), found.end(), [](auto* a, auto* b) { return a->value.decided < b->value.decided; });
    return found;
}

Result<std::map<std::string, std::string>> State::folder_files(const Matter& matter) const {
    std::map<std::string, std::string> files;
    const std::string& folder = matter.folder();
    for (const FileEntry& entry : files_.below(folder)) {
        const std::string inside = entry.path.substr(folder.size());
        if (entry.path == matter.record.path || inside.starts_with("ballots/")) continue;
        GOVCTL_TRY(files[inside], snapshot_->read(entry.path));
    }
    return files;
}

Result<std::string> State::text_of(const Matter& matter) const {
    GOVCTL_TRY(auto files, folder_files(matter));
    const std::string name = matter.record.path.substr(matter.folder().size());
    return record::proposal_text(name, matter.record.document->root, files);
}

Result<std::shared_ptr<const Pinned>> State::pinned(const model::RuleRef& rule) const {
    const std::string key = rule.group + " " + rule.charter + " " + rule.project;
    if (auto known = cache_->find_pinned(key)) return known;
    auto pinned = std::make_shared<Pinned>();
    GOVCTL_TRY(pinned->charter, read_pinned_charter(*snapshot_, rule));
    GOVCTL_TRY(pinned->project, read_pinned_project(*snapshot_, rule));
    cache_->keep_pinned(key, pinned);
    return std::shared_ptr<const Pinned>(std::move(pinned));
}

Result<Judged> Judged::make(const State& state, const Matter& matter) {
    const model::Proposal& proposal = matter.proposal();
    if (!proposal.rule)
        return Error{
            ErrorKind::refused, matter.id().str() + " is a draft: nothing has been asked yet", {"open it first"}};
    Judged judged;
    judged.proposal_ = &proposal;
    GOVCTL_TRY(judged.pinned_, state.pinned(*proposal.rule));
    const bool only_signed = judged.pinned_->project.signatures == model::SignaturePolicy::required;
    for (const auto& [voter, ballot] : matter.ballots) {
        const auto basis = basis_of(state, ballot);
        if (!basis && only_signed) return basis.error();
        if (basis && !basis->counts(only_signed)) continue;
        judged.ballots_.push_back(ballot.value);
    }
    GOVCTL_TRY(judged.kind_, rules::kind_of(proposal, judged.pinned_->charter, judged.pinned_->project));
    for (const auto* decision : state.decisions_on(matter.id()))
        if (decision->value.outcome == model::Outcome::escalated) judged.appealed_ = decision->value.was;
    return judged;
}

rules::Matter Judged::view() const {
    return {*proposal_, ballots_, pinned_->charter, pinned_->project, kind_, appealed_};
}

void Judged::replace_ballot(const model::Ballot& ballot) {
    auto same =
        std::find_if(ballots_.begin(), ballots_.end(), [&](const auto& other) { return other.voter == ballot.voter; });
    if (same == ballots_.end())
        ballots_.push_back(ballot);
    else
        *same = ballot;
}

}  // namespace govctl::app
