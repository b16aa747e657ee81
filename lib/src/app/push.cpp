#include "govctl/app/push.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "govctl/app/audit.hpp"
#include "govctl/app/query.hpp"
#include "govctl/record/path.hpp"
#include "judge.hpp"

namespace govctl::app {
namespace {

using git::Commit;
using git::Oid;

constexpr std::string_view branches = "refs/heads/";

class Gate {
public:
    Gate(const Workspace& workspace, const RefUpdate& update, const std::optional<ServerClock>& server)
        : workspace_(workspace), repository_(workspace.repository()), update_(update), server_(server) {}

    Result<std::vector<Refusal>> judge() {
        if (!refuse_hidden_refs() && update_.ref.starts_with(branches)) {
            GOVCTL_TRY(const bool canonical, is_canonical());
            if (canonical) GOVCTL_CHECK(judge_canonical());
            if (server_ && update_.after && is_founded()) GOVCTL_CHECK(judge_dates());
        }
        return std::move(refusals_);
    }

private:
    void refuse(std::string message, std::string help) {
        refusals_.push_back({std::nullopt, {"", Severity::error, {update_.ref}, std::move(message), std::move(help)}});
    }

    void refuse(const Commit& commit, const std::string& path, std::string message, std::string help) {
        refusals_.push_back({commit.id, {"", Severity::error, {path}, std::move(message), std::move(help)}});
    }

    /// Refs by which whoever reads the repository would see another history than was judged.
    bool refuse_hidden_refs() {
        if (!update_.ref.starts_with("refs/replace/") && !update_.ref.starts_with("refs/govctl/")) return false;
        refuse("this ref is not for pushing", "replaced objects and what an audit remembers stay in one's own clone");
        return true;
    }

    std::string branch() const { return update_.ref.substr(branches.size()); }

    /// As the records say; in a repository without any, as those say that come in.
    Result<bool> is_canonical() const {
        if (const auto canonical = workspace_.canonical_branch(); canonical && is_founded())
            return *canonical == branch();
        if (!update_.after) return false;
        GOVCTL_TRY(const auto state, workspace_.state_at(*update_.after));
        return state->is_governed() && state->project().branch == branch();
    }

    bool is_founded() const {
        const auto canonical = workspace_.canonical_branch();
        if (!canonical) return false;
        const auto tip = repository_.branch_tip(*canonical);
        if (!tip || !*tip) return false;
        const auto state = workspace_.state_at(**tip);
        return state && (*state)->is_governed();
    }

    Result<void> judge_canonical() {
        if (!update_.after) {
            refuse(fmt::format("{} is the record of what was decided: it cannot be deleted", branch()), "");
            return {};
        }
        if (update_.before) {
            GOVCTL_TRY(const auto base, repository_.merge_base(*update_.before, *update_.after));
            if (base != update_.before) {
                refuse(fmt::format("this push drops commits of {}, which is the record of what was decided", branch()),
                       "fetch, and put yours on top: `git pull --rebase`");
                return {};
            }
        }
        auto report = audit_range(workspace_, update_.before, *update_.after);
        if (!report && report.error().kind == ErrorKind::not_found) {
            refuse(fmt::format(
                       "the commits of {} so far came in by a merge's second parent, which turns their order round",
                       branch()),
                   "put yours on top of them: `git pull --rebase`; or merge yours into them: `git branch mine`, `git "
                   "reset "
                   "--keep origin/" +
                       branch() + "`, `git merge mine`");
            return {};
        }
        if (!report) return report.error();
        for (Violation& violation : report->violations)
            refusals_.push_back({violation.commit, std::move(violation.finding)});
        if (!report->complete) refuse("not all of it can be checked: " + report->incomplete_because, "");
        return {};
    }

    /// What the server has seen before on any branch was dated then.
    Result<void> judge_dates() {
        GOVCTL_TRY(const auto commits, repository_.unknown_commits(*update_.after));
        for (const Commit& commit : commits)
            if (commit.parents.size() == 1) GOVCTL_CHECK(judge_date(commit));
        return {};
    }

    Result<void> judge_date(const Commit& commit) {
        GOVCTL_TRY(const auto changes, repository_.changes(commit.parents.front(), commit.id));
        if (changes.empty()) return {};
        GOVCTL_TRY(const auto before, workspace_.state_at(commit.parents.front()));
        if (!before->is_governed()) return {};
        GOVCTL_TRY(const auto after, workspace_.state_at(commit.id));
        for (const git::PathChange& change : changes) {
            const auto where = record::record_at(change.path, before->root());
            if (!where || !is_dated(*where, *before)) continue;
            if (refuse_for_clock(commit, change.path, "dated", commit.committed)) return {};
            if (where->kind != RecordKind::ballot) continue;
            refuse_if_backdated(commit, change.path, *where, *before, *after);
            refuse_if_late(commit, change.path, *where, *before);
        }
        return {};
    }

    /// Whether it matters when such a record is written: drafts and people are welcome at any time.
    static bool is_dated(const record::RecordPath& where, const State& before) {
        switch (where.kind) {
            case RecordKind::ballot:
            case RecordKind::decision:
            case RecordKind::candidate:
            case RecordKind::endorsement:
            case RecordKind::voters:
            case RecordKind::result:
                return true;
            case RecordKind::rfc:
            case RecordKind::motion: {
                const auto matter = before.matters().find(where.id);
                return matter != before.matters().end() && matter->second.proposal().status != model::Status::draft;
            }
            default:
                return false;
        }
    }

    bool refuse_for_clock(const Commit& commit, const std::string& path, const char* what, Instant at) {
        const std::int64_t away = at.seconds - server_->now.seconds;
        if (std::abs(away) <= server_->tolerance) return false;
        refuse(commit, path,
               fmt::format("{} {}, {} minutes {} this server's clock", what, at.str(), std::abs(away) / 60,
                           away < 0 ? "before" : "after"),
               "take your position again, and push it at once: when it came is what counts here");
        return true;
    }

    /// What a ballot says that it did not say before, it says of now.
    void refuse_if_backdated(const Commit& commit, const std::string& path, const record::RecordPath& where,
                             const State& before, const State& after) {
        const model::Ballot* ballot = ballot_in(after, where);
        if (!ballot) return;
        const auto steps = ballot_steps(ballot_in(before, where), *ballot);
        if (!steps) return;  // told by the audit
        for (const BallotStep& step : *steps)
            if (refuse_for_clock(commit, path, "takes a position as of", step.at)) return;
    }

    static const model::Ballot* ballot_in(const State& state, const record::RecordPath& where) {
        const auto find = [&](const auto& ballots) {
            const auto ballot = ballots.find(where.name);
            return ballot == ballots.end() ? nullptr : &ballot->second.value;
        };
        if (where.id.space == RecordId::Space::election) {
            const auto contest = state.contests().find(where.id.name);
            return contest == state.contests().end() ? nullptr : find(contest->second.ballots);
        }
        const auto matter = state.matters().find(where.id);
        return matter == state.matters().end() ? nullptr : find(matter->second.ballots);
    }

    void refuse_if_late(const Commit& commit, const std::string& path, const record::RecordPath& where,
                        const State& before) {
        const auto ended = end_of_voting(where.id, before);
        if (!ended || server_->now < *ended) return;
        refuse(commit, path,
               fmt::format("late: {} was closed at {} by this server's clock", where.id.str(), ended->str()), "");
    }

    /// When it became too late to take part, by the records before the commit; none: it is not.
    std::optional<Instant> end_of_voting(const RecordId& id, const State& before) const {
        if (id.space == RecordId::Space::election) {
            const auto contest = before.contests().find(id.name);
            if (contest == before.contests().end()) return std::nullopt;
            return contest->second.election().voting.until;
        }
        const auto matter = before.matters().find(id);
        if (matter == before.matters().end()) return std::nullopt;
        const auto course = course_of(before, matter->second, server_->now);
        if (!course || !course->outcome || course->upon_decision) return std::nullopt;
        return course->concluded;
    }

    const Workspace& workspace_;
    const git::Repository& repository_;
    const RefUpdate& update_;
    const std::optional<ServerClock>& server_;
    std::vector<Refusal> refusals_;
};

}  // namespace

Result<std::vector<Refusal>> judge_push(const Workspace& workspace, const RefUpdate& update,
                                        const std::optional<ServerClock>& server) {
    return Gate(workspace, update, server).judge();
}

}  // namespace govctl::app
