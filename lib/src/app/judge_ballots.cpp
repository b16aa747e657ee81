#include <algorithm>

#include "judge.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

/// A voter's file with what it became in this change.
struct Sheet {
    const Loaded<model::Ballot>* after = nullptr;
    const Matter* matter = nullptr;  ///< in the state reached
    std::vector<BallotStep> steps;

    Instant last() const { return steps.empty() ? Instant{} : steps.back().at; }
};

Result<void> may_step(const rules::Matter& matter, const model::Register& people, const model::Ballot& ballot,
                      const BallotStep& step) {
    using Kind = BallotStep::Kind;
    switch (step.kind) {
        case Kind::vote: {
            const auto* entry = in_force(matter.proposal, step.at);
            if (!entry || entry->text != step.position.text || entry->round != step.position.round)
                return refused("the vote of " + step.at.str() +
                               " names another text or round than was before the voters then");
            GOVCTL_CHECK(rules::may_vote(matter, people, ballot.voter, step.at, rules::form_of(step.position)));
            return must_know_options(matter, step.position);
        }
        case Kind::object:
            return rules::may_object(matter, people, ballot.voter, step.at);
        case Kind::second:
            return rules::may_second(matter, people, ballot.voter, step.at);
        case Kind::appeal:
            return rules::may_appeal(matter, people, ballot.voter, step.at);
        case Kind::resolve: {
            GOVCTL_TRY(auto course, rules::course(matter, people, step.at));
            if (course.outcome && !course.upon_decision)
                return refused("the outcome was final when the objection was resolved");
            return {};
        }
        case Kind::recuse:
            if (rules::may_vote(matter, people, ballot.voter, step.at)) return {};
            return rules::may_object(matter, people, ballot.voter, step.at);
    }
    return {};
}

/// The file as it was up to a step, so that the step is judged by what was known then.
model::Ballot up_to(const model::Ballot& after, const BallotStep& step) {
    const Instant at = step.at;
    model::Ballot then = after;
    std::vector<model::Position> votes = after.earlier;
    if (after.now.is_vote()) votes.push_back(after.now);
    std::erase_if(votes, [&](const model::Position& vote) { return vote.cast >= at; });
    if (votes.empty()) {
        then.now = {after.now.cast, after.now.round, after.now.text};
        then.now.reason = after.now.reason;
        then.earlier.clear();
    } else {
        then.now = votes.back();
        votes.pop_back();
        then.earlier = std::move(votes);
    }
    std::erase_if(then.objections, [&](const model::Objection& objection) { return objection.raised >= at; });
    for (model::Objection& objection : then.objections)
        if (objection.resolved && *objection.resolved >= at) objection.resolved.reset();
    // Who seconds may vote in the same second: it was the second that opened the stage.
    const bool is_second = step.kind == BallotStep::Kind::second;
    if (then.second && (*then.second > at || (is_second && *then.second == at))) then.second.reset();
    if (then.appeal && *then.appeal >= at) then.appeal.reset();
    if (then.recused && then.recused->at >= at) then.recused.reset();
    return then;
}

}  // namespace

const model::HistoryEntry* in_force(const model::Proposal& proposal, Instant at) {
    const model::HistoryEntry* found = nullptr;
    for (const model::HistoryEntry& entry : proposal.history)
        if (entry.at <= at && !entry.text.empty()) found = &entry;
    return found;
}

void Judge::judge_ballots() {
    std::vector<Sheet> sheets;
    std::set<std::string> judged;
    for (const std::string& path : changed_) {
        auto where = record::record_at(path, before_.root());
        if (!where || where->kind != RecordKind::ballot || where->id.space == RecordId::Space::election ||
            same_content(path))
            continue;
        judged.insert(path);
        auto after = after_.matters().find(where->id);
        const Loaded<model::Ballot>* is = nullptr;
        if (after != after_.matters().end())
            if (auto found = after->second.ballots.find(where->name);
                found != after->second.ballots.end() && found->second.path == path)
                is = &found->second;
        // One that names another matter or voter than its path is no ballot either, wherever it was signed for.
        if (!is || after_.is_broken(path)) {
            complain("GOV204", path, after_.file(path) ? "not readable as a ballot" : "a ballot may not be removed");
            continue;
        }
        auto matter = reached_->matters().find(where->id);
        if (matter == reached_->matters().end()) {
            complain("GOV205", path, "there is no " + where->id.str() + " to vote on");
            continue;
        }
        auto before = matter->second.ballots.find(where->name);
        const auto* begun = ballot_of(*reached_, matter->second, is->value.voter);
        if (before == matter->second.ballots.end() && begun) {
            complain("GOV204", path, is->value.voter + " has a ballot already: " + begun->path,
                     "it goes on under the handle under which it was begun");
            continue;
        }
        auto steps = ballot_steps(before == matter->second.ballots.end() ? nullptr : &before->second.value, is->value);
        if (!steps) {
            if (is_own_ballot(*is, matter->second, {})) complain("GOV204", path, steps.error());
            continue;
        }
        if (!is_own_ballot(*is, matter->second, *steps)) continue;
        if (!steps->empty() && steps->back().at > origin_of_(path).date) {
            complain("GOV213", path,
                     "says something of " + steps->back().at.str() + ", after the commit that brings it");
            continue;
        }
        sheets.push_back({is, &matter->second, *std::move(steps)});
    }

    std::stable_sort(sheets.begin(), sheets.end(), [](const Sheet& a, const Sheet& b) { return a.last() < b.last(); });
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const Sheet& sheet = sheets[i];
        auto judge = Judged::make(*reached_, *sheet.matter);
        if (!judge) {
            complain("GOV205", sheet.after->path, judge.error());
            continue;
        }
        for (std::size_t j = 0; j < i; ++j)
            if (sheets[j].matter == sheet.matter) judge->replace_ballot(sheets[j].after->value);
        for (const BallotStep& step : sheet.steps) {
            judge->replace_ballot(up_to(sheet.after->value, step));
            if (auto allowed = may_step(judge->view(), reached_->people(), sheet.after->value, step); !allowed) {
                complain("GOV205", sheet.after->path, allowed.error());
                break;
            }
        }
    }
    adopt(judged);
}

}  // namespace govctl::app
