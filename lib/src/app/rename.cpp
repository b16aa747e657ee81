#include "govctl/app/rename.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "claims.hpp"
#include "govctl/app/keys.hpp"
#include "govctl/base/text.hpp"
#include "judge.hpp"
#include "owners_edit.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

using yaml::Node;

/// What a name becomes where it stands; none: it stays.
using Renamed = std::function<std::optional<std::string>(const yaml::Path& path, const std::string& text)>;

struct NamedScalar {
    yaml::Path path;
    std::string text;
};

void gather(const Node& node, const yaml::Path& path, const Renamed& renamed, std::vector<NamedScalar>& found) {
    const auto below = [&](const yaml::Step& step, const Node& child) {
        yaml::Path longer = path;
        longer.push_back(step);
        gather(child, longer, renamed, found);
    };
    if (node.is_scalar())
        if (auto text = renamed(path, node.text)) found.push_back({path, *std::move(text)});
    for (std::size_t i = 0; i < node.items.size(); ++i) below(i, node.items[i]);
    for (const yaml::Entry& entry : node.entries) below(entry.key.text, entry.value);
}

/// The last key on the way to a value: `person` of `seats/0/person`, `authors` of `authors/0`.
std::string key_of(const yaml::Path& path) {
    for (auto step = path.rbegin(); step != path.rend(); ++step)
        if (const auto* key = std::get_if<std::string>(&*step)) return *key;
    return {};
}

class Renamer {
public:
    Renamer(const State& state, const model::Person& person, const Renaming& renaming)
        : state_(state), person_(person), renaming_(renaming) {}

    Result<FileChanges> files() && {
        GOVCTL_CHECK(move_record());
        for (const auto& [handle, record] : state_.person_records())
            if (handle != person_.handle) GOVCTL_CHECK(edit(record, under({"mentor", "mentee", "in"})));
        for (const auto& [group, record] : state_.roster_records()) GOVCTL_CHECK(edit(record, under({"person"})));
        for (const auto& [group, record] : state_.charter_records()) GOVCTL_CHECK(edit(record, in_terms()));
        if (const auto* project = state_.project_record()) GOVCTL_CHECK(edit(*project, in_terms()));
        for (const auto& [id, matter] : state_.matters()) GOVCTL_CHECK(edit_matter(matter));
        for (const Matter& matter : state_.doubles()) GOVCTL_CHECK(edit_matter(matter));
        GOVCTL_CHECK(edit_owners_files());
        return std::move(files_);
    }

private:
    Result<void> move_record() {
        const auto& record = state_.person_records().at(person_.handle);
        yaml::Editor editor(*record.document);
        GOVCTL_CHECK(editor.set({"handle"}, renaming_.to));
        for (std::size_t i = 0; i < person_.aliases.size(); ++i)
            if (normal_handle(person_.aliases[i]) == renaming_.to) GOVCTL_CHECK(editor.remove({"aliases", i}));
        GOVCTL_CHECK(editor.append({"aliases"}, person_.handle));
        for (const auto& [forge, login] : renaming_.accounts) GOVCTL_CHECK(editor.set({"accounts", forge}, login));
        files_[record.path] = std::nullopt;
        files_[record::person_path(state_.root(), renaming_.to)] = editor.bytes();
        return {};
    }

    Result<void> edit_document(const std::string& path, const yaml::Document& document, const Renamed& renamed) {
        std::vector<NamedScalar> names;
        gather(document.root, {}, renamed, names);
        if (names.empty()) return {};
        yaml::Editor editor(document);
        for (const NamedScalar& name : names) GOVCTL_CHECK(editor.set(name.path, name.text));
        files_[path] = editor.bytes();
        return {};
    }

    template <class T>
    Result<void> edit(const Loaded<T>& record, const Renamed& renamed) {
        return edit_document(record.path, *record.document, renamed);
    }

    /// The handle, or the record's id, under one of these keys.
    Renamed under(std::vector<std::string> keys) const {
        return [this, keys = std::move(keys)](const yaml::Path& path, const std::string& text) {
            const bool is_asked = std::find(keys.begin(), keys.end(), key_of(path)) != keys.end();
            return is_asked ? renamed(text) : std::nullopt;
        };
    }

    std::optional<std::string> renamed(const std::string& text) const {
        static const std::string prefix = "person/";
        if (normal_handle(text) == person_.handle) return renaming_.to;
        if (text == prefix + person_.handle) return prefix + renaming_.to;
        return std::nullopt;
    }

    /// `person ada` wherever a rule names an electorate.
    Renamed in_terms() const {
        return [this](const yaml::Path&, const std::string& text) -> std::optional<std::string> {
            if (text != "person " + person_.handle) return std::nullopt;
            return "person " + renaming_.to;
        };
    }

    /// All of a draft, but only the authors of what was opened: its subject and effects are part of what is voted on.
    Result<void> edit_matter(const Matter& matter) {
        const model::Proposal& proposal = matter.proposal();
        if (model::is_terminal(proposal.status)) return {};
        if (proposal.status == model::Status::draft)
            return edit(matter.record,
                        under({"authors", "by", "sponsor", "present", "subject", "person", "add", "remove"}));
        return edit(matter.record, [this](const yaml::Path& path, const std::string& text) {
            const auto* key = std::get_if<std::string>(&path.front());
            const bool is_asked = key && (*key == "authors" || *key == "by" || *key == "sponsor" || *key == "present");
            return is_asked ? renamed(text) : std::nullopt;
        });
    }

    /// Who is nobody's account is written there by handle.
    Result<void> edit_owners_files() {
        const auto account = renaming_.accounts.find(state_.project().accounts);
        const bool has_account = person_.accounts.contains(state_.project().accounts);
        const std::string name = account != renaming_.accounts.end() ? account->second
                                 : has_account                       ? name_in_owners(state_, person_.handle)
                                                                     : renaming_.to;
        const auto renamed = [&](const yaml::Path& path, const std::string& text) -> std::optional<std::string> {
            if (path.empty() || !std::holds_alternative<std::size_t>(path.back()) || key_of(path) == "labels")
                return std::nullopt;
            const std::string written = normal_handle(text);
            if (written == normal_handle(name) || state_.owners().aliases().contains(written)) return std::nullopt;
            if (state_.person_of_owner(written) != person_.handle) return std::nullopt;
            return (text.starts_with('@') ? "@" : "") + name;
        };
        for (const auto& [path, document] : state_.owners_records().documents)
            GOVCTL_CHECK(edit_document(path, *document, renamed));
        return {};
    }

    const State& state_;
    const model::Person& person_;
    const Renaming& renaming_;
    FileChanges files_;
};

Result<void> may_rename(const State& state, const Act& act, const model::Person& person, const Renaming& renaming) {
    if (act.actor == person.handle) return {};
    if (!keeps_the_desk(state, act.actor, act.now))
        return refused(
            fmt::format("only {}, or a member of steering or of a desk, may rename {}", person.handle, person.handle));
    // Who has the login is believed to be the person.
    if (!renaming.accounts.empty()) return refused("only " + person.handle + " may change an account of theirs");
    return {};
}

Result<void> must_be_free(const State& state, const model::Person& person, const std::string& to) {
    if (!is_handle(to))
        return Error{ErrorKind::usage,
                     "\"" + printable(to) + "\" cannot be a handle",
                     {"a handle is lower-case letters, digits and dashes, at most 39; the first no dash"}};
    if (to == person.handle) return Error{ErrorKind::usage, person.handle + " is called so already"};
    const model::Person* holder = state.people().person(to);
    if (!holder || holder->handle == person.handle) return {};
    return Error{ErrorKind::blocked,
                 holder->handle == to ? "there is a person " + to + " already"
                                      : to + " was " + holder->handle + "'s handle, and leads to them",
                 {"choose another handle"}};
}

/// Errors: `blocked` where somebody else has a login that comes with the handle.
Result<void> must_be_own(const State& state, const model::Person& person, const Renaming& renaming) {
    model::Person renamed = person;
    for (const auto& [forge, login] : renaming.accounts) renamed.accounts.insert_or_assign(forge, login);
    for (const auto& [handle, other] : state.people().people) {
        if (handle == person.handle) continue;
        const auto theirs = claims_of(other);
        for (const Claim& claim : claims_of(renamed))
            if (claim.noun == "account" && std::any_of(theirs.begin(), theirs.end(),
                                                       [&](const Claim& one) { return !(one < claim || claim < one); }))
                return Error{ErrorKind::blocked, "the account \"" + claim.shown + "\" is " + handle + "'s"};
    }
    return {};
}

bool names(const Contest& contest, const std::string& handle) {
    if (contest.candidates.contains(handle) || contest.endorsements.contains(handle) ||
        contest.ballots.contains(handle))
        return true;
    if (contest.voters) {
        const auto& voters = contest.voters->value.voters;
        if (std::find(voters.begin(), voters.end(), handle) != voters.end()) return true;
    }
    std::vector<NamedScalar> found;
    gather(
        contest.record.document->root, {},
        [&](const yaml::Path&, const std::string& text) { return text == handle ? std::optional(text) : std::nullopt; },
        found);
    return !found.empty();
}

/// The names in an election's files are those its ballots are counted by.
Result<void> must_be_in_no_election(const State& state, const std::string& handle) {
    for (const auto& [id, contest] : state.contests()) {
        const model::ElectionStatus status = contest.election().status;
        if (status == model::ElectionStatus::certified || status == model::ElectionStatus::cancelled) continue;
        if (names(contest, handle))
            return refused(fmt::format("{} names {}, and is not over", contest.id().str(), handle),
                           {"rename when it is certified or cancelled"});
    }
    return {};
}

}  // namespace

Result<Change> rename_person(const State& state, const Act& act, const Renaming& renaming) {
    const auto record = state.person_records().find(normal_handle(renaming.from));
    if (record == state.person_records().end()) {
        const model::Person* present = state.people().person(renaming.from);
        return Error{ErrorKind::not_found,
                     "there is no person " + printable(renaming.from),
                     {present ? "they are called " + present->handle + " now" : "`govctl person list` shows who is"}};
    }
    const model::Person& person = record->second.value;
    GOVCTL_CHECK(must_be_free(state, person, renaming.to));
    GOVCTL_CHECK(may_rename(state, act, person, renaming));
    GOVCTL_CHECK(must_be_own(state, person, renaming));
    GOVCTL_CHECK(must_be_in_no_election(state, person.handle));
    Change change;
    GOVCTL_TRY(change.files, Renamer(state, person, renaming).files());
    change.subject = fmt::format("Rename {} to {}", person.handle, renaming.to);
    change.record = {RecordId::Space::person, renaming.to};
    change.verb = "rename";
    return change;
}

}  // namespace govctl::app
