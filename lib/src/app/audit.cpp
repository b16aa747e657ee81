#include "govctl/app/audit.hpp"

#include <algorithm>
#include <map>

#include "govctl/app/may_follow.hpp"
#include "govctl/record/path.hpp"

namespace govctl::app {

namespace {

using git::Commit;
using git::Oid;

/// Who brought what of a merge: the last commit of the side that touched a path.
class SideOrigins {
public:
    SideOrigins(const git::Repository& repository, const Commit& merge) : repository_(repository), merge_(merge) {}

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
            const auto parent = commit.parents.empty() ? std::optional<Oid>() : std::optional(commit.parents.front());
            GOVCTL_TRY(auto changes, repository_.changes(parent, commit.id));
            for (const git::PathChange& change : changes)
                brought_.try_emplace(change.path, Brought{commit, change.after ? change.after->blob : ""});
        }
        return {};
    }

    const git::Repository& repository_;
    const Commit& merge_;
    std::map<std::string, Brought> brought_;
};

bool is_record(const std::string& path, const State& state) {
    return path == "govctl.yaml" || record::record_at(path, state.root()) ||
           record::proposal_around(path, state.root());
}

class Auditor {
public:
    Auditor(const Workspace& workspace, AuditReport& report)
        : workspace_(workspace), repository_(workspace.repository()), report_(report) {}

    Result<void> examine(const Commit& commit) {
        ++report_.commits;
        const auto parent = commit.parents.empty() ? std::optional<Oid>() : std::optional(commit.parents.front());
        GOVCTL_TRY(auto changes, repository_.changes(parent, commit.id));
        if (!governed_) {
            governed_ = std::any_of(changes.begin(), changes.end(),
                                    [](const auto& change) { return change.path == "govctl.yaml" && change.after; });
            if (!governed_) return {};
            ++report_.governed;
            return {};
        }
        ++report_.governed;
        GOVCTL_CHECK(check_clock(commit));
        if (changes.empty() && commit.parents.size() < 2) return {};
        GOVCTL_TRY(auto before, workspace_.state_at(*parent));
        GOVCTL_TRY(auto after, workspace_.state_at(commit.id));
        count(changes, *before);
        GOVCTL_CHECK(check_change(commit, *before, *after));
        return check_parents(commit, *after);
    }

    void start_governed(bool governed) { governed_ = governed; }

private:
    void violate(const Commit& commit, Finding finding) {
        report_.violations.push_back({commit.id, std::move(finding)});
    }

    Result<void> check_clock(const Commit& commit) {
        GOVCTL_TRY(auto parent, repository_.commit(commit.parents.front()));
        if (commit.committed < parent.committed)
            violate(commit, {"GOV214",
                             Severity::error,
                             {"", 1, 1},
                             "dated " + commit.committed.str() + ", before its parent (" + parent.committed.str() + ")",
                             "the clock of whoever committed ran backwards"});
        return {};
    }

    Result<void> check_change(const Commit& commit, const State& before, const State& after) {
        SideOrigins sides(repository_, commit);
        GOVCTL_CHECK(sides.follow());
        const std::optional<Oid> parent = commit.parents.front();
        auto origin_of = [&](const std::string& path) {
            const Commit& bringer = sides.of(after.file(path), path);
            return Origin{repository_.mapped(bringer.author, parent).email, bringer.committed};
        };
        for (Finding& finding : may_follow(before, after, origin_of)) violate(commit, std::move(finding));
        return {};
    }

    /// What another parent brought may not get lost in a merge (integrity.md): `-s ours` drops ballots without a trace
    /// in the log of their path.
    Result<void> check_parents(const Commit& merge, const State& after) {
        for (std::size_t side = 1; side < merge.parents.size(); ++side) {
            GOVCTL_TRY(auto base, repository_.merge_base(merge.parents.front(), merge.parents[side]));
            if (!base) GOVCTL_CHECK(check_beginning(merge, merge.parents[side]));
            GOVCTL_TRY(auto brought, repository_.changes(base, merge.parents[side]));
            GOVCTL_TRY(auto first, workspace_.state_at(merge.parents.front()));
            for (const git::PathChange& change : brought)
                if (is_record(change.path, after) && is_lost(change, *first, after))
                    violate(merge, {"GOV212",
                                    Severity::error,
                                    {change.path, 1, 1},
                                    "a merge dropped what its other parent says here",
                                    "merge again, keeping both sides' records"});
        }
        return {};
    }

    /// A founding of one's own could take the true history in as a side, and let nobody see what was decided there.
    Result<void> check_beginning(const Commit& merge, const Oid& other) {
        GOVCTL_TRY(auto side, workspace_.state_at(other));
        if (side->is_governed())
            violate(merge, {"GOV219",
                            Severity::error,
                            {"govctl.yaml", 1, 1},
                            "a merge with a governance that has another beginning",
                            "one of the two is not what it says: of commit " + other + " nothing was checked"});
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

    const Workspace& workspace_;
    const git::Repository& repository_;
    AuditReport& report_;
    bool governed_ = false;
};

Result<std::pair<std::optional<Oid>, Oid>> bounds(const Workspace& workspace, const std::optional<std::string>& range) {
    if (range) return workspace.repository().resolve_range(*range);
    GOVCTL_TRY(auto branch, workspace.canonical_branch());
    GOVCTL_TRY(auto tip, workspace.repository().resolve(branch));
    return std::pair{std::optional<Oid>(), tip};
}

}  // namespace

Result<AuditReport> audit_range(const Workspace& workspace, const std::optional<Oid>& from, const Oid& to,
                                const AuditProgress& progress) {
    const git::Repository& repository = workspace.repository();
    AuditReport report;
    auto incomplete = [&](std::string because) {
        report.complete = false;
        report.incomplete_because = std::move(because);
    };
    if (repository.has_rewritten_objects())
        incomplete("replace refs or grafts are present: this history may not be what it seems");
    if (repository.is_shallow()) incomplete("this clone is shallow: the history before its cut cannot be checked");
    auto commits = repository.first_parents(from, to);
    if (!commits) {
        if (report.complete && commits.error().kind != ErrorKind::environment) return commits.error();
        incomplete(report.complete ? commits.error().message : report.incomplete_because);
        return report;
    }
    Auditor auditor(workspace, report);
    if (from) {
        GOVCTL_TRY(auto before, workspace.state_at(*from));
        auditor.start_governed(before->is_governed());
    }
    for (std::size_t i = 0; i < commits->size(); ++i) {
        if (auto examined = auditor.examine((*commits)[i]); !examined) {
            incomplete(report.complete ? examined.error().message : report.incomplete_because);
            return report;
        }
        if (progress) progress(i + 1, commits->size());
    }
    return report;
}

Result<AuditReport> audit(const Workspace& workspace, const std::optional<std::string>& range,
                          const AuditProgress& progress) {
    GOVCTL_TRY(auto ends, bounds(workspace, range));
    GOVCTL_TRY(auto report, audit_range(workspace, ends.first, ends.second, progress));
    if (report.governed == 0 && report.complete)
        return Error{ErrorKind::environment, "no commit of this history has a govctl.yaml at its top"};
    return report;
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
    SideOrigins sides(repository, merge);
    GOVCTL_CHECK(sides.follow());
    return may_follow(*before, *after, [&](const std::string& path) {
        const Commit& bringer = sides.of(after->file(path), path);
        return Origin{repository.mapped(bringer.author, onto).email, bringer.committed};
    });
}

}  // namespace govctl::app
