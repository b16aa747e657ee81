#include "judge.hpp"

#include <algorithm>

#include "claims.hpp"
#include "govctl/app/keys.hpp"
#include "govctl/base/text.hpp"
#include "proposal_edit.hpp"
#include "record_folders.hpp"

namespace govctl::app {

namespace {

/// Paths whose file differs between two sorted lists.
std::set<std::string> differing(const FileList& a, const FileList& b) {
    std::set<std::string> paths;
    auto left = a.begin();
    auto right = b.begin();
    while (left != a.end() || right != b.end()) {
        if (right == b.end() || (left != a.end() && left->path < right->path)) {
            paths.insert((left++)->path);
        } else if (left == a.end() || right->path < left->path) {
            paths.insert((right++)->path);
        } else {
            if (left->blob != right->blob || left->mode != right->mode) paths.insert(left->path);
            ++left;
            ++right;
        }
    }
    return paths;
}

bool is_below_any(const std::string& path, const std::vector<std::string>& places) {
    return std::any_of(places.begin(), places.end(), [&](const std::string& place) {
        return place == path || (place.ends_with('/') && path.starts_with(place));
    });
}

bool same_but(const yaml::Node& a, const yaml::Node& b, const std::set<std::string>& left_out) {
    auto covered = [&](const yaml::Node& x, const yaml::Node& y) {
        return std::all_of(x.entries.begin(), x.entries.end(), [&](const yaml::Entry& entry) {
            if (left_out.contains(entry.key.text)) return true;
            const yaml::Node* other = y.find(entry.key.text);
            return other && yaml::same_value(entry.value, *other);
        });
    };
    return covered(a, b) && covered(b, a);
}

bool same_field(const yaml::Node& a, const yaml::Node& b, const char* key) {
    const yaml::Node* x = a.find(key);
    const yaml::Node* y = b.find(key);
    if (!x || !y) return x == y;
    return yaml::same_value(*x, *y);
}

const Loaded<model::Person>* person_in(const State& state, const std::string& path) {
    const auto where = record::record_at(path, state.root());
    const auto found = where ? state.person_records().find(where->name) : state.person_records().end();
    return found != state.person_records().end() && found->second.path == path ? &found->second : nullptr;
}

/// Whether the members of an alias differ that an OWNERS file in some group's area names.
bool changes_owners_of_areas(const State& before, const State& after) {
    const auto members = [](const State& state, const std::string& name) {
        const auto alias = state.owners().aliases().find(name);
        return alias == state.owners().aliases().end() ? std::vector<std::string>{} : alias->second;
    };
    const auto differs = [&](const record::OwnersLists& lists) {
        const auto is_other = [&](const record::OwnersItem& item) {
            return members(before, item.name) != members(after, item.name);
        };
        return std::any_of(lists.approvers.begin(), lists.approvers.end(), is_other) ||
               std::any_of(lists.reviewers.begin(), lists.reviewers.end(), is_other);
    };
    const auto files = before.owners().files();
    return std::any_of(files.begin(), files.end(), [&](const record::Owners* owners) {
        if (!before.people().area_owner(owners->file)) return false;
        return differs(owners->lists) || std::any_of(owners->filters.begin(), owners->filters.end(),
                                                     [&](const auto& filter) { return differs(filter.second); });
    });
}

bool names_email(const model::Person& person, const std::string& email, const State& state) {
    model::Register alone;
    alone.project = state.project();
    alone.people[person.handle] = person;
    return alone.by_email(email) != nullptr;
}

}  // namespace

Judge::Judge(const State& before, const State& after, std::set<std::string> changed, OriginOf origin_of)
    : before_(before),
      after_(after),
      origin_of_(std::move(origin_of)),
      reached_(std::shared_ptr<const State>(), &before),
      changed_(std::move(changed)) {}

Findings Judge::run() {
    if (!before_.is_governed()) return {};
    judge_paths();
    judge_renames();
    judge_people();
    judge_organizations();
    judge_drafts();
    judge_proposals();
    judge_nominations();
    judge_election_verbs(false);
    judge_ballots();
    judge_election_ballots();
    judge_election_verbs(true);
    judge_decisions();
    compare_rest();
    sort_findings(findings_);
    return std::move(findings_);
}

/// On many file systems such paths are one file: who adds one hides the other.
void Judge::judge_paths() {
    const std::string root = lower(before_.root());
    for (const std::string& path : changed_) {
        if (before_.file(path) || !after_.file(path) || !lies_among_records(lower(path), root)) continue;
        for (const std::string& twin : after_.case_twins(path))
            complain("GOV218", path, "differs from \"" + twin + "\" only by case",
                     "on many file systems they are the same file");
    }
}

void Judge::judge_renames() {
    for (const auto& [handle, was] : before_.person_records())
        if (changed_.contains(was.path) && !after_.file(was.path)) judge_rename(was);
}

/// A record that is gone may lie under another handle now, which has the old one among its aliases.
void Judge::judge_rename(const Loaded<model::Person>& was) {
    for (const auto& [handle, is] : after_.person_records()) {
        const auto& aliases = is.value.aliases;
        const bool had_it = std::find(aliases.begin(), aliases.end(), was.value.handle) != aliases.end();
        if (!had_it || before_.file(is.path)) continue;
        Renaming renaming{was.value.handle, handle, {}};
        for (const auto& [forge, login] : is.value.accounts) {
            const auto old = was.value.accounts.find(forge);
            if (old == was.value.accounts.end() || old->second != login) renaming.accounts.emplace(forge, login);
        }
        const Author author = author_of(is.path);
        const Act act{author.handle, author.origin.date};
        auto again = rename_person(*reached_, act, renaming);
        if (!again) {
            complain("GOV210", is.path, again.error());
            return adopt({was.path, is.path});
        }
        keep_old_names(again->files, act, renaming);
        return advance(std::move(again->files));
    }
}

/// What a merge brings beside a renaming may still say the old handle, which leads to the same person.
void Judge::keep_old_names(FileChanges& renamed, const Act& act, const Renaming& renaming) {
    FileChanges as_they_are;
    for (const auto& [path, bytes] : renamed) {
        if (!bytes || !before_.file(path) || !after_.file(path)) continue;
        if (auto is = after_.snapshot().read(path); is && *is != *bytes) as_they_are[path] = *std::move(is);
    }
    if (as_they_are.empty()) return;
    auto laid = reached_->with(as_they_are);
    if (!laid) return;
    const auto again = rename_person(**laid, act, renaming);
    if (!again) return;
    for (auto& [path, bytes] : as_they_are)
        if (auto found = again->files.find(path); found != again->files.end() && found->second == renamed[path])
            renamed[path] = std::move(bytes);
}

void Judge::judge_people() {
    for (const std::string& path : changed_)
        if (auto where = record::record_at(path, before_.root()); where && where->kind == RecordKind::person)
            judge_person(path);
}

void Judge::judge_person(const std::string& path) {
    const auto* was = person_in(*reached_, path);
    const auto* is = person_in(after_, path);
    if (same_content(path)) return adopt({path});
    const Author author = author_of(path);
    if (is) judge_claims(was, *is);
    if (!is) {
        complain("GOV210", path, was ? "a person's record may not be removed" : "not readable as a person's record",
                 was ? "who leaves gets an `until:`, so that what they did stays theirs" : "");
        return adopt({path});
    }
    if (!was) {
        const bool own = names_email(is->value, author.origin.email, after_);
        if (!own && !keeps_the_desk(*reached_, author.handle, author.origin.date))
            complain("GOV210", path,
                     "a person is added by whoever's e-mail it names, or by a member of steering or of a desk",
                     "this commit is by " + author.origin.email);
        if (!is->value.ladder.empty())
            complain("GOV211", path, "a new person starts without a level: levels come from decisions");
        return adopt({path});
    }
    const yaml::Node& old_root = was->document->root;
    const yaml::Node& new_root = is->document->root;
    const bool same_rest = same_but(old_root, new_root, {"handle", "ladder"});
    const bool same_ladder = same_field(old_root, new_root, "ladder");
    if (!same_field(old_root, new_root, "handle"))
        complain("GOV211", path, "a handle changes only by `govctl person rename`");
    const bool only_keys = same_but(old_root, new_root, {"handle", "ladder", "keys"});
    const bool has_word = judge_keys(path, was->value, is->value, author.origin.date);
    if (!same_rest && author.handle != was->value.handle && !(only_keys && has_word))
        complain("GOV210", path, "only " + was->value.handle + " may change this record",
                 author.handle.empty() ? "nobody on record has the e-mail " + author.origin.email
                                       : "this commit is by " + author.handle);
    if (!same_rest && !same_ladder)
        complain("GOV211", path, "a level and other fields changed at once", "make two commits of it");
    // A ladder alone is for the decisions to explain.
    if (same_ladder || !same_rest) adopt({path});
}

/// Handles, addresses, keys and accounts say who somebody is: what leads to one person may not come to lead to another.
void Judge::judge_claims(const Loaded<model::Person>* was, const Loaded<model::Person>& is) {
    std::set<Claim> had;
    if (was)
        for (Claim& claim : claims_of(was->value)) had.insert(std::move(claim));
    for (const Claim& claim : claims_of(is.value)) {
        if (had.contains(claim)) continue;
        for (const auto& [handle, other] : after_.person_records()) {
            if (other.path == is.path) continue;
            const auto theirs = claims_of(other.value);
            if (std::none_of(theirs.begin(), theirs.end(),
                             [&](const Claim& one) { return !(one < claim || claim < one); }))
                continue;
            complain("GOV217", is.path,
                     "the " + std::string(claim.noun) + " \"" + claim.shown + "\" is that of " + handle,
                     "it can be one person's only");
        }
    }
}

void Judge::judge_organizations() {
    for (const std::string& path : changed_) {
        auto where = record::record_at(path, before_.root());
        if (!where || where->kind != RecordKind::organization || same_content(path)) continue;
        if (author_of(path).handle.empty())
            complain("GOV216", path, "nobody on record has the e-mail " + origin_of_(path).email,
                     "an organization's record is changed by someone with a person record");
        adopt({path});
    }
}

bool Judge::is_governed(const std::string& path) const {
    const State& state = before_;
    if (path == "govctl.yaml" || record::record_at(path, state.root()) || record::proposal_around(path, state.root()) ||
        record::election_around(path, state.root()))
        return true;
    if (is_below_any(path, state.project().protected_paths)) return true;
    if (path == "OWNERS_ALIASES") return changes_owners_of_areas(before_, after_);
    const bool is_owners = path == "OWNERS" || path.ends_with("/OWNERS");
    return is_owners && state.people().area_owner(path).has_value();
}

bool Judge::is_made(const std::string& path) const {
    const FileEntry* was = before_.file(path);
    const FileEntry* is = reached_->file(path);
    return !was || !is ? was != is : was->blob != is->blob;
}

bool Judge::same_content(const std::string& path) const {
    const FileEntry* ours = reached_->file(path);
    const FileEntry* theirs = after_.file(path);
    if (!ours || !theirs) return ours == theirs;
    if (ours->mode != theirs->mode && (theirs->mode == FileMode::symlink || theirs->mode == FileMode::submodule))
        return false;
    if (ours->blob == theirs->blob) return true;
    auto where = record::record_at(path, before_.root());
    if (!where || where->kind == RecordKind::ballot || where->kind == RecordKind::decision) return false;
    auto a = reached_->snapshot().read(path);
    auto b = after_.snapshot().read(path);
    if (!a || !b) return false;
    auto x = yaml::parse(path, *std::move(a));
    auto y = yaml::parse(path, *std::move(b));
    return x && y && yaml::same_value(x->root, y->root);
}

void Judge::compare_rest() {
    // What an act makes and the change leaves out counts too: a decision may not go without its effects.
    std::set<std::string> paths = changed_;
    paths.insert(touched_.begin(), touched_.end());
    for (const std::string& path : paths) {
        if (!(is_governed(path) || is_made(path)) || same_content(path) || is_complained_of(path)) continue;
        auto where = record::record_at(path, before_.root());
        if (where && where->kind == RecordKind::decision)
            complain("GOV206", path, "a decision is never edited or removed once it is committed");
        else if (where && where->kind == RecordKind::person)
            complain("GOV211", path, "a level is given only by a decision in the same commit");
        else if (before_.file(path) &&
                 ((where && (where->kind == RecordKind::voters || where->kind == RecordKind::result)) ||
                  path.ends_with("/ballots.csv")))
            complain("GOV221", path, "the roll and the result of an election are frozen once they are written");
        else if (record::election_around(path, before_.root()))
            complain("GOV220", path, "an election changes only by govctl's verbs",
                     "while it is a draft, its caller and officers edit election.yaml");
        else if (record::proposal_around(path, before_.root()))
            complain("GOV202", path, "a proposal that was opened changes only by govctl's verbs",
                     "`govctl rfc revise` gives it a new text; comments and layout of its record are free");
        else
            complain("GOV201", path, "changed without a decision that puts it in force",
                     "charters, rosters, govctl.yaml, owners of areas and protected files change by the effects of a "
                     "decision in the same commit");
    }
}

Judge::Author Judge::author_of(const std::string& path) const {
    Author author{"", origin_of_(path)};
    if (const model::Person* person = reached_->people().by_email(author.origin.email)) author.handle = person->handle;
    return author;
}

void Judge::advance(FileChanges files) {
    if (files.empty()) return;
    for (const auto& [path, bytes] : files) touched_.insert(path);
    if (auto next = reached_->with(std::move(files))) reached_ = *std::move(next);
}

void Judge::adopt(const std::set<std::string>& paths) {
    FileChanges files;
    for (const std::string& path : paths) {
        if (!after_.file(path)) {
            if (reached_->file(path)) files[path] = std::nullopt;
            continue;
        }
        if (auto bytes = after_.snapshot().read(path)) files[path] = *std::move(bytes);
    }
    advance(std::move(files));
}

std::set<std::string> Judge::changed_below(const std::string& folder) const {
    std::set<std::string> paths;
    for (auto path = changed_.lower_bound(folder); path != changed_.end() && path->starts_with(folder); ++path)
        if (!path->starts_with(folder + "ballots/")) paths.insert(*path);
    return paths;
}

bool Judge::is_complained_of(const std::string& path) const {
    return std::any_of(findings_.begin(), findings_.end(),
                       [&](const Finding& finding) { return finding.place.file == path; });
}

void Judge::complain(const char* rule, const std::string& path, std::string message, std::string help) {
    findings_.push_back({rule, Severity::error, {path, 1, 1}, std::move(message), std::move(help)});
}

void Judge::complain(const char* rule, const std::string& path, const Error& error) {
    complain(rule, path, error.message, join(error.hints, "; "));
}

void Judge::give_up(const char* rule, const std::string& path, const Error& error) {
    complain(rule, path, error);
    adopt({path});
}

Findings may_follow(const State& before, const State& after,
                    const std::function<Origin(const std::string& path)>& origin_of) {
    return may_follow(before, after, differing(before.files(), after.files()), origin_of);
}

Findings may_follow(const State& before, const State& after, std::set<std::string> changed,
                    const std::function<Origin(const std::string& path)>& origin_of) {
    return Judge(before, after, std::move(changed), origin_of).run();
}

std::set<std::string> held_to_rules(const State& before, const State& after, const std::vector<std::string>& paths) {
    const Judge judge(before, after, {}, {});
    std::set<std::string> held;
    for (const std::string& path : paths)
        if (judge.is_governed(path)) held.insert(path);
    return held;
}

}  // namespace govctl::app
