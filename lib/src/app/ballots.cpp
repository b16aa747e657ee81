#include <algorithm>

#include "govctl/app/acts.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/write.hpp"
#include "judge.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

/// One person's file on one matter, about to be changed.
struct Hand {
    const Matter* matter;
    Judged judged;
    model::Ballot ballot;
};

Result<Hand> take_up(const State& state, const Act& act, const RecordId& id) {
    GOVCTL_TRY(const Matter* matter, matter_of(state, id));
    if (matter->proposal().status != model::Status::draft && matter->proposal().status != model::Status::open)
        return refused(id.str() + " is " + std::string(model::status_word(matter->proposal().status)));
    GOVCTL_TRY(auto judged, Judged::make(state, *matter));
    if (const auto* begun = ballot_of(state, *matter, act.actor)) return Hand{matter, std::move(judged), begun->value};
    model::Ballot ballot;
    ballot.matter = id.str();
    ballot.voter = act.actor;
    ballot.now = {act.now, matter->proposal().round, matter->proposal().text, std::nullopt, ""};
    return Hand{matter, std::move(judged), std::move(ballot)};
}

Change lay_down(const Hand& hand, const char* verb, const std::string& subject) {
    Change change;
    const model::Proposal& proposal = hand.matter->proposal();
    model::Ballot ballot = hand.ballot;
    ballot.under.reset();  // what was signed was the file before
    ballot.signature.clear();
    change.folder = hand.matter->folder();
    change.files[record::ballot_path(change.folder, ballot.voter)] = record::write_ballot(ballot);
    change.subject = subject + " " + called(proposal);
    change.record = proposal.id;
    change.verb = verb;
    change.rule = proposal.rule->group + "/" + proposal.rule->name;
    return change;
}

}  // namespace

const Loaded<model::Ballot>* ballot_of(const State& state, const Matter& matter, const std::string& person) {
    if (auto found = matter.ballots.find(person); found != matter.ballots.end()) return &found->second;
    const model::Person* known = state.people().person(person);
    if (!known) return nullptr;
    if (auto found = matter.ballots.find(known->handle); found != matter.ballots.end()) return &found->second;
    for (const std::string& alias : known->aliases)
        if (auto found = matter.ballots.find(normal_handle(alias)); found != matter.ballots.end())
            return &found->second;
    return nullptr;
}

Result<void> must_know_options(const rules::Matter& matter, const model::Position& position) {
    const std::vector<std::string> known = rules::option_names(matter);
    for (const std::string& option : position.options()) {
        if (std::find(known.begin(), known.end(), option) != known.end()) continue;
        const auto meant = nearest(option, known);
        return refused(matter.proposal.id.str() + " has no option \"" + option + "\"",
                       {meant ? "did you mean \"" + *meant + "\"?" : "its options: " + join(known, ", ")});
    }
    return {};
}

Result<Change> vote(const State& state, const Act& act, const RecordId& id, const Say& say, const std::string& reason) {
    GOVCTL_TRY(auto hand, take_up(state, act, id));
    const model::Proposal& proposal = hand.matter->proposal();
    model::Position position{act.now, proposal.round, proposal.text, say.vote,
                             reason,  say.rank,       say.approve,   say.score};
    GOVCTL_CHECK(rules::may_vote(hand.judged.view(), state.people(), act.actor, act.now, rules::form_of(position)));
    GOVCTL_CHECK(must_know_options(hand.judged.view(), position));
    if (hand.ballot.now.is_vote()) hand.ballot.earlier.push_back(hand.ballot.now);
    hand.ballot.now = std::move(position);
    Change change = lay_down(hand, "vote", "Vote " + hand.ballot.now.words() + " on");
    if (!reason.empty()) change.reasons.push_back(reason);
    return change;
}

Result<Change> vote(const State& state, const Act& act, const RecordId& id, model::Vote vote,
                    const std::string& reason) {
    return app::vote(state, act, id, Say{vote, {}, {}, {}}, reason);
}

Result<Change> object(const State& state, const Act& act, const RecordId& id, const std::string& name,
                      const std::string& reason) {
    GOVCTL_TRY(auto hand, take_up(state, act, id));
    if (name.empty())
        return Error{ErrorKind::usage, "an objection needs a name", {"--name, a word or two to speak of it by"}};
    GOVCTL_CHECK(rules::may_object(hand.judged.view(), state.people(), act.actor, act.now));
    if (trim(reason).empty())
        GOVCTL_CHECK(rules::may_object_without_reason(hand.judged.view(), state.people(), act.actor, act.now));
    for (const model::Objection& objection : hand.ballot.objections)
        if (objection.name == name)
            return refused(
                "you have an objection called \"" + name + "\" already" + (objection.resolved ? ", resolved" : ""),
                {"give the new one another name"});
    hand.ballot.objections.push_back({name, reason, act.now, std::nullopt});
    Change change = lay_down(hand, "object", "Object to");
    change.reasons.push_back(name + (reason.empty() ? "" : ": " + reason));
    return change;
}

Result<Change> resolve(const State& state, const Act& act, const RecordId& id, const std::string& name) {
    GOVCTL_TRY(auto hand, take_up(state, act, id));
    GOVCTL_CHECK(must_be_undecided(state, *hand.matter, act.now));
    std::vector<model::Objection*> meant;
    std::vector<std::string> standing;
    for (model::Objection& objection : hand.ballot.objections) {
        if (objection.resolved) continue;
        standing.push_back('"' + objection.name + '"');
        if (name.empty() || objection.name == name) meant.push_back(&objection);
    }
    if (meant.empty())
        return refused(act.actor + " has no unresolved objection" + (name.empty() ? "" : " called \"" + name + "\"") +
                           " to " + id.str(),
                       {standing.empty() ? "only its author resolves an objection" : "yours: " + name_list(standing)});
    if (meant.size() > 1)
        return Error{
            ErrorKind::usage, "you have more than one unresolved objection", {"--name, one of " + name_list(standing)}};
    meant.front()->resolved = act.now;
    Change change = lay_down(hand, "resolve", "Resolve an objection to");
    change.reasons.push_back(meant.front()->name);
    return change;
}

Result<Change> recuse(const State& state, const Act& act, const RecordId& id, const std::string& reason) {
    GOVCTL_TRY(auto hand, take_up(state, act, id));
    if (hand.ballot.recused) return refused("you are recused from " + id.str() + " already");
    auto voter = rules::may_vote(hand.judged.view(), state.people(), act.actor, act.now);
    if (!voter && !rules::may_object(hand.judged.view(), state.people(), act.actor, act.now)) return voter.error();
    hand.ballot.recused = model::DeclaredRecusal{act.now, reason};
    Change change = lay_down(hand, "recuse", "Recuse " + act.actor + " from");
    if (!reason.empty()) change.reasons.push_back(reason);
    return change;
}

Result<Change> second(const State& state, const Act& act, const RecordId& id) {
    GOVCTL_TRY(auto hand, take_up(state, act, id));
    if (hand.ballot.second) return refused("you have seconded " + id.str() + " already");
    GOVCTL_CHECK(rules::may_second(hand.judged.view(), state.people(), act.actor, act.now));
    hand.ballot.second = act.now;
    return lay_down(hand, "second", "Second");
}

Result<Change> appeal(const State& state, const Act& act, const RecordId& id) {
    GOVCTL_TRY(auto hand, take_up(state, act, id));
    GOVCTL_CHECK(rules::may_appeal(hand.judged.view(), state.people(), act.actor, act.now));
    hand.ballot.appeal = act.now;
    return lay_down(hand, "appeal", "Appeal against the outcome of");
}

}  // namespace govctl::app
