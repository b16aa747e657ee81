#include "govctl/app/audit.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "deeds.hpp"
#include "govctl/app/may_follow.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/path.hpp"
#include "governed_paths.hpp"

namespace govctl::app {

namespace {

using git::Commit;
using git::Oid;

using PathFilter = std::function<bool(const std::string& path)>;

/// Who brought what of a merge: the last commit of the side that touched a path.
class SideOrigins {
public:
    /// Only paths that are `wanted` are followed.
    SideOrigins(const git::Repository& repository, const Commit& merge, PathFilter wanted)
        : repository_(repository), merge_(merge), wanted_(std::move(wanted)) {}

    Result<void> follow() {
        if (merge_.parents.size() < 2) return {};
        for (std::size_t side = 1; side < merge_.parents.size(); ++side)
            GOVCTL_CHECK(follow_side(merge_.parents[side]));
        return {};
    }

    /// The commit whose author stands for a path as the merge has it.
    const Commit& of(const FileEntry* entry, const std::string& path) const {
        auto found = brought_.find(path);
        if (found == brought_.end()) return merge_;
        const bool as_brought = (entry ? entry->blob : "") == found->second.blob;
        return as_brought ? found->second.commit : merge_;
    }

private:
    struct Brought {
        Commit commit;
        std::string blob;  ///< empty: removed
    };

    /// Walks all commits of the side that the first parent does not have, newest first, so that the last word on a path
    /// is the first met.
    Result<void> follow_side(const Oid& tip) {
        GOVCTL_TRY(auto commits, repository_.between(merge_.parents.front(), tip));
        for (const Commit& commit : commits) {
            if (commit.parents.size() > 1) continue;  // what it only brings together is another's
            std::optional<Oid> tree;
            if (!commit.parents.empty()) {
                GOVCTL_TRY(const Commit parent, repository_.commit(commit.parents.front()));
                tree = parent.tree;
            }
            GOVCTL_TRY(auto changes, repository_.tree_changes(tree, commit.tree, wanted_));
            for (const git::PathChange& change : changes)
                brought_.try_emplace(change.path, Brought{commit, change.after ? change.after->blob : ""});
        }
        return {};
    }

    const git::Repository& repository_;
    const Commit& merge_;
    PathFilter wanted_;
    std::map<std::string, Brought> brought_;
};

/// The states along a walk, each made from the one before by what changed between their trees.
class States {
public:
    explicit States(const Workspace& workspace) : workspace_(workspace), repository_(workspace.repository()) {}

    /// Errors: `invalid` for a tree that can be read in two ways.
    Result<std::shared_ptr<const State>> at(const Oid& commit, const Oid& tree) {
        if (tree == tree_ && state_) return state_;
        GOVCTL_TRY(auto state, state_ ? next(commit, tree) : workspace_.state_at(commit));
        state_ = std::move(state);
        tree_ = tree;
        return state_;
    }

private:
    Result<std::shared_ptr<const State>> next(const Oid& commit, const Oid& tree) const {
        GOVCTL_TRY(auto changes, repository_.tree_changes(tree_, tree));
        FileSteps steps;
        for (git::PathChange& change : changes) steps.emplace(std::move(change.path), std::move(change.after));
        GOVCTL_TRY(auto snapshot, repository_.snapshot_of_tree(tree));
        return state_->moved_to(std::move(snapshot), steps, deeds_up_to(repository_, commit),
                                workspace_.lineage(commit));
    }

    const Workspace& workspace_;
    const git::Repository& repository_;
    Oid tree_;
    std::shared_ptr<const State> state_;
};

bool is_record(const std::string& path, const State& state) {
    return path == "govctl.yaml" || record::record_at(path, state.root()) ||
           record::proposal_around(path, state.root()) || record::election_around(path, state.root());
}

class Auditor {
public:
    Auditor(const Workspace& workspace, AuditReport& report)
        : repository_(workspace.repository()), report_(report), states_(workspace) {}

    /// Begins after a commit.
    Result<void> start_at(const Oid& commit) {
        GOVCTL_TRY(auto read, repository_.commit(commit));
        base_ = git::Link{read.id, read.tree, read.parents, read.committed, ""};
        GOVCTL_TRY(auto state, states_.at(read.id, read.tree));
        if (state->is_governed()) paths_.emplace(*state);
        return {};
    }

    /// Errors: `environment` where something is missing.
    Result<void> examine(const git::Link& link) {
        ++report_.commits;
        if (paths_) ++report_.governed;
        if (!link.problem.empty()) {
            violate(link.id, "GOV215", "", "can be read in more than one way: " + link.problem);
            return {};
        }
        auto examined = paths_ ? examine_governed(link) : look_for_founding(link);
        if (examined) {
            base_ = link;
            return {};
        }
        if (examined.error().kind != ErrorKind::invalid) return examined.error();
        violate(link.id, "GOV215", "", examined.error().message);
        return {};
    }

private:
    void violate(const Oid& commit, const char* rule, const std::string& path, std::string message,
                 std::string help = {}) {
        report_.violations.push_back(
            {commit, {rule, Severity::error, {path, 1, 1}, std::move(message), std::move(help)}});
    }

    /// What the founding holds is given; what lies before it is not governed.
    Result<void> look_for_founding(const git::Link& link) {
        const auto is_project = [](const std::string& path) { return path == "govctl.yaml"; };
        GOVCTL_TRY(auto found, repository_.tree_changes({}, link.tree, is_project));
        if (found.empty()) return {};
        GOVCTL_TRY(auto state, states_.at(link.id, link.tree));
        paths_.emplace(*state);
        ++report_.governed;
        return {};
    }

    Result<void> examine_governed(const git::Link& link) {
        check_clock(link);
        GOVCTL_TRY(auto changes, repository_.tree_changes(base_.tree, link.tree, wanted()));
        if (changes.empty() && link.parents.size() < 2) return {};
        GOVCTL_TRY(const Commit commit, repository_.commit(link.id));
        if (!changes.empty()) GOVCTL_CHECK(check_change(commit, changes));
        GOVCTL_CHECK(check_parents(commit));
        if (changes.empty()) return {};
        GOVCTL_TRY(auto after, states_.at(link.id, link.tree));
        if (after->is_governed()) paths_.emplace(*after);
        return {};
    }

    PathFilter wanted() const {
        return [this](const std::string& path) { return paths_->may_hold(path); };
    }

    void check_clock(const git::Link& link) {
        if (link.committed < base_.committed)
            violate(link.id, "GOV214", "",
                    "dated " + link.committed.str() + ", before its parent (" + base_.committed.str() + ")",
                    "the clock of whoever committed it ran backwards");
    }

    Result<void> check_change(const Commit& commit, const std::vector<git::PathChange>& changes) {
        GOVCTL_TRY(auto before, states_.at(base_.id, base_.tree));
        GOVCTL_TRY(auto after, states_.at(commit.id, commit.tree));
        count(changes, *before);
        SideOrigins sides(repository_, commit, wanted());
        GOVCTL_CHECK(sides.follow());
        auto origin_of = [&](const std::string& path) {
            const Commit& bringer = sides.of(after->file(path), path);
            return Origin{repository_.mapped(bringer.author, base_.id).email, bringer.committed};
        };
        std::set<std::string> changed;
        for (const git::PathChange& change : changes) changed.insert(changed.end(), change.path);
        for (Finding& finding : may_follow(*before, *after, std::move(changed), origin_of))
            report_.violations.push_back({commit.id, std::move(finding)});
        return {};
    }

    /// What another parent brought may not get lost in a merge (integrity.md): `-s ours` drops ballots without a trace
    /// in the log of their path.
    Result<void> check_parents(const Commit& merge) {
        for (std::size_t side = 1; side < merge.parents.size(); ++side) {
            GOVCTL_TRY(const Commit other, repository_.commit(merge.parents[side]));
            GOVCTL_TRY(auto base, repository_.merge_base(merge.parents.front(), other.id));
            if (!base) GOVCTL_CHECK(check_beginning(merge, other));
            GOVCTL_TRY(auto different, repository_.tree_changes(other.tree, merge.tree, wanted()));
            if (!different.empty()) GOVCTL_CHECK(check_parent(merge, other, base));
        }
        return {};
    }

    Result<void> check_parent(const Commit& merge, const Commit& other, const std::optional<Oid>& base) {
        std::optional<Oid> base_tree;
        if (base) {
            GOVCTL_TRY(const Commit shared, repository_.commit(*base));
            base_tree = shared.tree;
        }
        GOVCTL_TRY(auto brought, repository_.tree_changes(base_tree, other.tree, wanted()));
        if (brought.empty()) return {};
        GOVCTL_TRY(auto first, states_.at(base_.id, base_.tree));
        GOVCTL_TRY(auto after, states_.at(merge.id, merge.tree));
        for (const git::PathChange& change : brought)
            if (is_record(change.path, *after) && is_lost(change, *first, *after))
                violate(merge.id, "GOV212", change.path, "a merge dropped what its other parent says here",
                        "merge again, keeping both sides' records");
        return {};
    }

    /// A founding of one's own could take the true history in as a side, and let nobody see what was decided there.
    Result<void> check_beginning(const Commit& merge, const Commit& other) {
        const auto is_project = [](const std::string& path) { return path == "govctl.yaml"; };
        GOVCTL_TRY(auto found, repository_.tree_changes({}, other.tree, is_project));
        if (!found.empty())
            violate(merge.id, "GOV219", "govctl.yaml", "a merge with a governance that has another beginning",
                    "one of the two is not what it says: of commit " + other.id + " nothing was checked");
        return {};
    }

    /// Whether a change of the side is in the merge neither as it was brought nor because the first parent, which
    /// changed the file too, says otherwise.
    static bool is_lost(const git::PathChange& brought, const State& first, const State& after) {
        auto blob_in = [&](const State& state) {
            const FileEntry* entry = state.file(brought.path);
            return entry ? entry->blob : std::string();
        };
        const std::string base = brought.before ? brought.before->blob : "";
        const std::string side = brought.after ? brought.after->blob : "";
        return blob_in(after) != side && blob_in(first) == base;
    }

    void count(const std::vector<git::PathChange>& changes, const State& state) {
        for (const git::PathChange& change : changes) {
            auto where = record::record_at(change.path, state.root());
            if (!where || !change.after) continue;
            if (where->kind == RecordKind::decision) ++report_.decisions;
            if (where->kind == RecordKind::ballot) ++report_.ballots;
        }
    }

    const git::Repository& repository_;
    AuditReport& report_;
    States states_;
    git::Link base_;                      ///< the last commit that could be read
    std::optional<GovernedPaths> paths_;  ///< by the rules of `base_`; none: nothing is governed yet
};

/// A tip that is malformed too.
Result<Oid> tip_of(const git::Repository& repository, const std::string& branch) {
    GOVCTL_TRY(auto tip, repository.branch_tip(branch));
    if (tip) return *std::move(tip);
    return repository.resolve(branch);
}

/// A walk along first parents, and where it began.
struct Replay {
    AuditReport report;
    std::vector<git::Link> links;
    std::optional<Oid> after;  ///< one of the ends; none: it began at the root
};

Result<Replay> replay(const Workspace& workspace, const std::set<Oid>& ends, const Oid& to,
                      const AuditProgress& progress) {
    const git::Repository& repository = workspace.repository();
    Replay replay;
    const auto incomplete = [&report = replay.report](const std::string& because) {
        if (report.complete) report.incomplete_because = because;
        report.complete = false;
    };
    if (repository.is_shallow()) incomplete("this clone is shallow: the history before its cut cannot be checked");
    if (repository.has_rewritten_objects())
        incomplete("replace refs or grafts are present: this history may not be what it seems");
    auto links = repository.first_parent_links(ends, to);
    if (!links) {
        incomplete(links.error().message);
        return replay;
    }
    replay.links = *std::move(links);
    if (replay.links.empty())
        replay.after = to;
    else if (const auto& parents = replay.links.front().parents; !parents.empty())
        replay.after = parents.front();
    Auditor auditor(workspace, replay.report);
    if (replay.after) {
        // Also where nothing follows: what it holds must be here.
        auto started = auditor.start_at(*replay.after);
        if (!started && started.error().kind != ErrorKind::environment) return started.error();
        if (!started) {
            incomplete(started.error().message);
            return replay;
        }
    }
    for (std::size_t i = 0; i < replay.links.size(); ++i) {
        if (auto examined = auditor.examine(replay.links[i]); !examined) {
            incomplete(examined.error().message);
            return replay;
        }
        if (progress) progress(i + 1, replay.links.size());
    }
    return replay;
}

/// Tells of commits that were verified and that the history has no longer.
class Memory {
public:
    Memory(const git::Repository& repository, const AuditRequest& request, const Oid& tip)
        : repository_(repository), request_(request), tip_(tip) {}

    /// Where the walk may end.
    std::set<Oid> ends() const {
        std::set<Oid> tips;
        if (!request_.anew)
            for (const Verified& verified : request_.verified)
                if (verified.judge == request_.judge) tips.insert(verified.tip);
        return tips;
    }

    void add_to(Replay& replay) const {
        AuditReport& report = replay.report;
        Oid genesis = replay.links.empty() ? "" : replay.links.front().id;
        for (const Verified& verified : request_.verified) {
            if (verified.tip != replay.after || verified.judge != request_.judge) continue;
            genesis = verified.genesis;
            report.remembered = verified.commits;
            report.commits += verified.commits;
            report.governed += verified.governed;
            report.decisions += verified.decisions;
            report.ballots += verified.ballots;
        }
        if (!request_.anew) tell_lost(replay, genesis);
        if (report.complete && report.violations.empty() && report.governed > 0)
            report.verified = Verified{genesis,          tip_,          request_.judge, report.commits, report.governed,
                                       report.decisions, report.ballots};
    }

private:
    void tell_lost(Replay& replay, const Oid& genesis) const {
        if (!replay.report.complete) return;
        std::set<Oid> known;
        for (const git::Link& link : replay.links) known.insert(link.id);
        if (replay.after) known.insert(*replay.after);
        std::set<Oid> wanted;
        for (const Verified& verified : request_.verified)
            if (verified.genesis == genesis) wanted.insert(verified.tip);
        if (auto noted = repository_.noted(verified_note)) wanted.insert(*noted);
        for (const Oid& commit : wanted) {
            if (known.contains(commit) || is_first_parent(commit)) continue;
            const bool is_merged = repository_.descends_from(tip_, commit);
            replay.report.violations.push_back(
                {tip_,
                 {"GOV223",
                  Severity::error,
                  {"", 1, 1},
                  is_merged
                      ? "has " + commit + ", which an earlier audit verified, by a merge's second parent: the " +
                            "order of the history was turned round"
                      : "does not come from " + commit + ", which an earlier audit verified: the history was rewritten",
                  "where that was meant, or this clone is only behind, `govctl audit --full` verifies what is there"}});
        }
    }

    /// Whether the tip comes from a commit along first parents. One that came in by another parent of a merge is no
    /// longer where it was in the order of the acts.
    bool is_first_parent(const Oid& commit) const {
        const auto links = repository_.first_parent_links({commit}, tip_);
        if (!links) return false;
        if (links->empty()) return true;
        const auto& parents = links->front().parents;
        return !parents.empty() && parents.front() == commit;
    }

    const git::Repository& repository_;
    const AuditRequest& request_;
    const Oid& tip_;
};

}  // namespace

std::string to_text(const Verified& verified) {
    return "govctl.verified/1\ngenesis " + verified.genesis + "\ntip " + verified.tip + "\njudge " + verified.judge +
           "\ncommits " + std::to_string(verified.commits) + "\ngoverned " + std::to_string(verified.governed) +
           "\ndecisions " + std::to_string(verified.decisions) + "\nballots " + std::to_string(verified.ballots) + "\n";
}

std::optional<Verified> verified_from(std::string_view text) {
    const std::vector<std::string> lines = split(text, '\n');
    if (lines.empty() || lines.front() != "govctl.verified/1") return std::nullopt;
    Verified verified;
    for (const std::string& line : lines) {
        const std::size_t space = std::min(line.find(' '), line.size());
        const std::string key = line.substr(0, space);
        const std::string value = line.substr(std::min(line.size(), space + 1));
        const auto number = [&](std::size_t& into) {
            std::from_chars(value.data(), value.data() + value.size(), into);
        };
        if (key == "genesis") verified.genesis = value;
        if (key == "tip") verified.tip = value;
        if (key == "judge") verified.judge = value;
        if (key == "commits") number(verified.commits);
        if (key == "governed") number(verified.governed);
        if (key == "decisions") number(verified.decisions);
        if (key == "ballots") number(verified.ballots);
    }
    if (verified.genesis.empty() || verified.tip.empty()) return std::nullopt;
    return verified;
}

Result<AuditReport> audit_range(const Workspace& workspace, const std::optional<Oid>& from, const Oid& to,
                                const AuditProgress& progress) {
    std::set<Oid> ends;
    if (from) ends.insert(*from);
    GOVCTL_TRY(auto walked, replay(workspace, ends, to, progress));
    if (from && walked.report.complete && walked.after != from)
        return Error{ErrorKind::not_found, "commit '" + *from + "' is not on the first-parent chain of '" + to + "'"};
    return std::move(walked.report);
}

Result<AuditReport> audit(const Workspace& workspace, const AuditRequest& request) {
    const git::Repository& repository = workspace.repository();
    const auto must_be_governed = [](AuditReport report) -> Result<AuditReport> {
        if (report.governed > 0 || !report.complete || !report.violations.empty()) return report;
        return Error{ErrorKind::environment, "no commit of this history has a govctl.yaml at its top"};
    };
    if (request.range) {
        GOVCTL_TRY(auto ends, repository.resolve_range(*request.range));
        GOVCTL_TRY(auto report, audit_range(workspace, ends.first, ends.second, request.progress));
        return must_be_governed(std::move(report));
    }
    auto branch = workspace.canonical_branch();
    if (!branch && branch.error().kind == ErrorKind::invalid) branch = repository.head_branch();
    if (!branch) return branch.error();
    GOVCTL_TRY(const Oid tip, tip_of(repository, *branch));
    const Memory memory(repository, request, tip);
    GOVCTL_TRY(auto walked, replay(workspace, memory.ends(), tip, request.progress));
    memory.add_to(walked);
    return must_be_governed(std::move(walked.report));
}

Result<Findings> judge_branch(const Workspace& workspace, const git::Oid& head, const git::Oid& onto) {
    const git::Repository& repository = workspace.repository();
    GOVCTL_TRY(auto base, repository.merge_base(head, onto));
    GOVCTL_TRY(auto changes, repository.changes(base, head));
    FileChanges files;
    GOVCTL_TRY(auto tree, repository.tree_of(head));
    for (const git::PathChange& change : changes) {
        if (!change.after || change.after->mode == FileMode::submodule) {
            files[change.path] = std::nullopt;
            continue;
        }
        GOVCTL_TRY(files[change.path], tree->read(change.path));
    }
    GOVCTL_TRY(auto before, workspace.state_at(onto));
    GOVCTL_TRY(auto after, before->with(std::move(files)));

    // As if merged now: a merge commit of the branch's own last author.
    GOVCTL_TRY(Commit merge, repository.commit(head));
    merge.parents = {onto, head};
    SideOrigins sides(repository, merge, {});
    GOVCTL_CHECK(sides.follow());
    return may_follow(*before, *after, [&](const std::string& path) {
        const Commit& bringer = sides.of(after->file(path), path);
        return Origin{repository.mapped(bringer.author, onto).email, bringer.committed};
    });
}

}  // namespace govctl::app
