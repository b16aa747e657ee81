#include <algorithm>

#include "judge.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

/// Every vote a file holds, oldest first.
std::vector<model::Position> votes_in(const model::Ballot* ballot) {
    if (!ballot) return {};
    std::vector<model::Position> votes = ballot->earlier;
    if (ballot->now.is_vote()) votes.push_back(ballot->now);
    return votes;
}

Result<void> add_votes(std::vector<BallotStep>& steps, const model::Ballot* before, const model::Ballot& after) {
    const auto old_votes = votes_in(before);
    const auto new_votes = votes_in(&after);
    if (new_votes.size() < old_votes.size() || !std::equal(old_votes.begin(), old_votes.end(), new_votes.begin()))
        return refused("a vote once cast is gone or altered");
    for (std::size_t i = old_votes.size(); i < new_votes.size(); ++i) {
        if (i > 0 && new_votes[i].cast < new_votes[i - 1].cast)
            return refused("votes are not in the order in which they were cast");
        steps.push_back({BallotStep::Kind::vote, new_votes[i].cast, new_votes[i]});
    }
    if (before && new_votes.size() == old_votes.size() && before->now != after.now)
        return refused("cast, round, text and reason change only with a vote");
    return {};
}

Result<void> add_objections(std::vector<BallotStep>& steps, const model::Ballot* before, const model::Ballot& after) {
    const std::vector<model::Objection> none;
    const auto& old_ones = before ? before->objections : none;
    if (after.objections.size() < old_ones.size()) return refused("an objection is gone");
    for (std::size_t i = 0; i < after.objections.size(); ++i) {
        const model::Objection& is = after.objections[i];
        const model::Objection* was = i < old_ones.size() ? &old_ones[i] : nullptr;
        if (was && (was->name != is.name || was->reason != is.reason || was->raised != is.raised ||
                    (was->resolved && was->resolved != is.resolved)))
            return refused("the objection \"" + was->name + "\" was altered");
        if (!was) steps.push_back({BallotStep::Kind::object, is.raised, {}});
        if (is.resolved && (!was || !was->resolved)) {
            if (*is.resolved < is.raised)
                return refused("the objection \"" + is.name + "\" is resolved before it is raised");
            steps.push_back({BallotStep::Kind::resolve, *is.resolved, {}});
        }
    }
    return {};
}

Result<void> add_once(std::vector<BallotStep>& steps, BallotStep::Kind kind, const char* what,
                      const std::optional<Instant>& was, const std::optional<Instant>& is) {
    if (was && was != is) return refused(std::string(what) + " is gone or altered");
    if (!was && is) steps.push_back({kind, *is, {}});
    return {};
}

std::optional<Instant> recused_at(const model::Ballot* ballot) {
    return ballot && ballot->recused ? std::optional(ballot->recused->at) : std::nullopt;
}

}  // namespace

Result<std::vector<BallotStep>> ballot_steps(const model::Ballot* before, const model::Ballot& after) {
    std::vector<BallotStep> steps;
    GOVCTL_CHECK(add_votes(steps, before, after));
    GOVCTL_CHECK(add_objections(steps, before, after));
    GOVCTL_CHECK(
        add_once(steps, BallotStep::Kind::second, "a second", before ? before->second : std::nullopt, after.second));
    GOVCTL_CHECK(
        add_once(steps, BallotStep::Kind::appeal, "an appeal", before ? before->appeal : std::nullopt, after.appeal));
    GOVCTL_CHECK(add_once(steps, BallotStep::Kind::recuse, "a recusal", recused_at(before), recused_at(&after)));
    std::stable_sort(steps.begin(), steps.end(), [](const BallotStep& a, const BallotStep& b) { return a.at < b.at; });
    return steps;
}

}  // namespace govctl::app
