#include "govctl/app/workspace.hpp"

#include "deeds.hpp"
#include "foundings.hpp"
#include "govctl/app/may_follow.hpp"
#include "govctl/app/record_cache.hpp"
#include "govctl/base/text.hpp"

namespace govctl::app {

namespace {

Error not_governed() {
    return {ErrorKind::environment,
            "there is no govctl.yaml at the top of this repository",
            {"`govctl init` founds a governance here"}};
}

std::vector<std::string> told(const Findings& findings) {
    std::vector<std::string> lines;
    for (const Finding& finding : findings) {
        lines.push_back(finding.place.file + ": " + finding.rule + " " + finding.message);
        if (!finding.help.empty()) lines.push_back(finding.help);
    }
    return lines;
}

const char* words(git::Obstacle obstacle) {
    switch (obstacle) {
        case git::Obstacle::merge:
            return "a merge is under way";
        case git::Obstacle::rebase:
            return "a rebase is under way";
        default:
            return "another operation of git's is under way";
    }
}

Result<void> must_be_clear(const git::Repository& repository) {
    switch (repository.obstacle()) {
        case git::Obstacle::none:
            return {};
        case git::Obstacle::detached_head:
            return {};  // told by head_branch(), and no matter with --branch
        default:
            break;
    }
    return Error{ErrorKind::blocked, words(repository.obstacle()), {"finish or abort it, then run this again"}};
}

/// Files that the change makes, read back as they will be.
Result<void> must_read_back(const State& after, const Change& change) {
    for (const auto& [path, bytes] : change.files)
        if (bytes && after.is_broken(path))
            for (const Finding& finding : after.findings())
                if (finding.place.file == path && finding.severity == Severity::error)
                    return Error{ErrorKind::refused,
                                 path + " would not be a sound record: " + finding.message,
                                 {},
                                 finding.place};
    return {};
}

}  // namespace

Workspace::Workspace(git::Repository repository)
    : repository_(std::move(repository)),
      cache_(std::make_shared<RecordCache>()),
      foundings_(std::make_shared<Foundings>(repository_.share())) {}

Result<Workspace> Workspace::open(const std::string& folder, const git::Surroundings& surroundings) {
    GOVCTL_TRY(auto repository, git::Repository::discover(folder, surroundings));
    return Workspace(std::move(repository));
}

Result<std::shared_ptr<const State>> Workspace::look(const View& view) const {
    auto load = [&](Result<std::shared_ptr<const Snapshot>> snapshot) -> Result<std::shared_ptr<const State>> {
        if (!snapshot) return snapshot.error();
        const auto head = repository_.resolve("HEAD");
        GOVCTL_TRY(auto state,
                   State::load(*std::move(snapshot), cache_, nullptr, head ? lineage_of(foundings_, *head) : nullptr));
        if (!state->is_governed()) return not_governed();
        return state;
    };
    if (view.source == View::Source::staged) return load(repository_.index(view.index_file));
    if (view.source == View::Source::work_tree && !repository_.is_bare()) return load(repository_.work_files());
    std::string revision = view.revision;
    if (revision.empty()) {
        GOVCTL_TRY(revision, canonical_branch());
    }
    GOVCTL_TRY(auto commit, repository_.resolve(revision));
    GOVCTL_TRY(auto snapshot, repository_.tree_of(commit));
    GOVCTL_TRY(auto state, State::load(std::move(snapshot), cache_, nullptr, lineage_of(foundings_, commit)));
    if (!state->is_governed()) return not_governed();
    return state;
}

std::shared_ptr<const Lineage> Workspace::lineage(const git::Oid& commit) const {
    return lineage_of(foundings_, commit);
}

Result<std::shared_ptr<const State>> Workspace::state_at(const git::Oid& commit) const {
    GOVCTL_TRY(auto snapshot, repository_.tree_of(commit));
    return State::load(std::move(snapshot), cache_, deeds_up_to(repository_, commit), lineage(commit));
}

Result<std::string> Workspace::canonical_branch() const {
    auto head = repository_.head_branch();
    auto commit = repository_.resolve("HEAD");
    if (!commit) return head ? head : Result<std::string>(commit.error());
    GOVCTL_TRY(auto state, state_at(*commit));
    if (!state->is_governed()) return head ? head : Result<std::string>(not_governed());
    const std::string& branch = state->project().branch;
    GOVCTL_TRY(auto tip, repository_.branch_tip(branch));
    if (tip || !head) return branch;
    return head;
}

Result<Workspace::Base> Workspace::base(const Session& session) const {
    GOVCTL_CHECK(must_be_clear(repository_));
    Base base;
    if (session.branch)
        base.branch = *session.branch;
    else if (repository_.is_bare()) {
        GOVCTL_TRY(base.branch, canonical_branch());
    } else {
        GOVCTL_TRY(base.branch, repository_.head_branch());
    }
    GOVCTL_TRY(base.tip, repository_.branch_tip(base.branch));
    if (!base.tip) {
        if (session.branch) return Error{ErrorKind::not_found, "there is no branch \"" + base.branch + "\""};
        GOVCTL_TRY(base.state, State::load(repository_.nothing(), cache_));
        return base;
    }
    GOVCTL_TRY(auto tip, repository_.commit(*base.tip));
    if (session.now < tip.committed)
        return Error{ErrorKind::blocked,
                     "the clock says " + session.now.str() + ", before the last commit on " + base.branch + " (" +
                         tip.committed.str() + ")",
                     {"set the clock right, or GIT_COMMITTER_DATE where it is set"}};
    GOVCTL_TRY(base.state, state_at(*base.tip));
    return base;
}

Result<Workspace::Base> Workspace::governed_base(const Session& session) const {
    GOVCTL_TRY(auto found, base(session));
    if (!found.state->is_governed()) return not_governed();
    return found;
}

Result<std::string> Workspace::actor(const State& state, const Session& session) const {
    GOVCTL_TRY(auto person, person_of(state, session));
    if (person) return *std::move(person);
    return Error{ErrorKind::refused,
                 "nobody on record has the e-mail " + session.author.email,
                 {"add yourself: `govctl person new --handle HANDLE`, or ask the front desk to",
                  "or set git's user.email to the one in your record"}};
}

Result<std::optional<std::string>> Workspace::person_of(const State& state, const Session& session) const {
    const model::Register& people = state.people();
    const model::Person* person = people.by_email(session.author.email);
    if (!person)
        if (auto head = repository_.resolve("HEAD"))
            person = people.by_email(repository_.mapped(session.author, *head).email);
    return person ? std::optional(person->handle) : std::nullopt;
}

Result<std::set<int>> Workspace::taken_numbers() const {
    std::set<int> numbers;
    GOVCTL_TRY(auto branches, repository_.branches());
    std::set<git::Oid> seen;
    for (const std::string& branch : branches) {
        auto tip = repository_.resolve(branch);
        if (!tip || !seen.insert(*tip).second) continue;
        GOVCTL_TRY(auto state, state_at(*tip));
        numbers.merge(rfc_numbers(*state));
    }
    return numbers;
}

Result<git::Oid> Workspace::commit(const Base& base, const Session& session, const Change& change,
                                   const FileChanges& adopted) {
    GOVCTL_TRY(auto after, base.state->with(change.files));
    GOVCTL_CHECK(must_read_back(*after, change));
    const std::string email = repository_.mapped(session.author, base.tip).email;
    const Findings wrong = may_follow(*base.state, *after, [&](const std::string&) {
        return Origin{email, session.now};
    });
    if (!wrong.empty()) return Error{ErrorKind::refused, "the rules do not allow this change", told(wrong)};
    git::CommitRequest request;
    request.branch = base.branch;
    request.expected = base.tip;
    request.changes = change.files;
    request.message = change.message();
    request.author = session.author;
    request.committer = session.committer;
    request.when = session.now;
    request.author_offset_minutes = session.offset_minutes;
    request.adopted = adopted;
    request.sign = session.sign;
    return repository_.write(request);
}

}  // namespace govctl::app
