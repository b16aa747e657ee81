#include <algorithm>

#include "govctl/app/acts.hpp"
#include "govctl/record/write.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

using model::Outcome;
using model::Status;

/// What the outcome makes of the matter's status (rules.md, How a matter runs).
Status status_after(const rules::Course& course) {
    switch (*course.outcome) {
        case Outcome::accepted:
        case Outcome::overridden:
        case Outcome::elected:
            return Status::accepted;
        case Outcome::rejected:
        case Outcome::vetoed:
            return Status::rejected;
        case Outcome::lapsed:
            return Status::lapsed;
        case Outcome::escalated:
            return Status::open;
        case Outcome::postponed:
            return Status::postponed;
        case Outcome::affirmed:
            return course.was == Outcome::accepted ? Status::accepted : Status::rejected;
    }
    return Status::open;
}

std::string imperative(Outcome outcome) {
    switch (outcome) {
        case Outcome::accepted:
            return "Accept";
        case Outcome::rejected:
            return "Reject";
        case Outcome::postponed:
            return "Postpone";
        case Outcome::lapsed:
            return "Let lapse";
        case Outcome::escalated:
            return "Escalate";
        case Outcome::affirmed:
            return "Affirm";
        case Outcome::vetoed:
            return "Veto";
        case Outcome::overridden:
            return "Override";
        case Outcome::elected:
            return "Elect";
    }
    return "Decide";
}

/// The run whose electorate and tally the decision shows: the last of a real stage, if there was one.
const rules::Run& telling_run(const rules::Course& course) {
    auto stage =
        std::find_if(course.runs.rbegin(), course.runs.rend(), [](const rules::Run& run) { return run.index >= 0; });
    return stage == course.runs.rend() ? course.last() : *stage;
}

model::Because because(const rules::Run& run) {
    model::Because line{run.stage, run.from, run.to, run.state, {}, run.options, run.settled};
    for (const rules::Standing& standing : run.conditions) line.conditions.push_back(standing.figures);
    return line;
}

std::string free_decision_name(const State& state, Instant decided, const RecordId& subject) {
    const std::string first = record::decision_name(decided.date(), subject);
    std::string name = first;
    for (int again = 2; state.decision_records().contains(name); ++again) name = first + "-" + std::to_string(again);
    return name;
}

model::Decision decision_from(const State& state, const Matter& matter, const Act& act, const rules::Course& course,
                              Outcome outcome, const std::string& evidence) {
    const model::Proposal& proposal = matter.proposal();
    const rules::Run& run = telling_run(course);
    model::Decision decision;
    decision.id = free_decision_name(state, act.now, matter.id());
    decision.subject = matter.id().str();
    decision.group = proposal.deciding_group();
    decision.outcome = outcome;
    const Outcome stands = outcome == Outcome::affirmed ? course.was.value_or(outcome) : outcome;
    if (stands == Outcome::accepted) decision.option = course.option;
    decision.was = course.was;
    decision.decided = act.now;
    decision.by = act.actor;
    decision.evidence = evidence;
    decision.rule = *proposal.rule;
    decision.round = proposal.round;
    decision.text = proposal.text;
    decision.eligible = run.eligible;
    decision.recused = run.recused;
    decision.tally = run.tally;
    for (const rules::Run& each : course.runs) decision.because.push_back(because(each));
    return decision;
}

/// The record of an escalated matter: before the group above, in a new round under that group's rule.
Result<void> move_up(yaml::Editor& editor, const State& state, const Matter& matter, const Act& act, bool is_appeal) {
    model::Proposal proposal = matter.proposal();
    auto parent = state.people().above(proposal.deciding_group());
    if (!parent) return refused("there is no group above " + proposal.deciding_group() + " to escalate to");
    proposal.before = *parent;
    GOVCTL_TRY(auto rule, rule_in_force(state, proposal, is_appeal));
    GOVCTL_CHECK(editor.set({"before"}, *parent));
    GOVCTL_CHECK(editor.set({"rule"}, record::to_value(rule)));
    return add_history(editor, {"escalated", act.now, proposal.round + 1, act.actor, proposal.text, *parent});
}

/// The pointers of what an accepted RFC replaces.
Result<void> mark_superseded(Change& change, const State& state, const Matter& matter) {
    for (const std::string& name : matter.proposal().supersedes) {
        auto old = state.find_matter(name);
        if (!old || (*old)->proposal().status != Status::accepted) continue;
        yaml::Editor editor(*(*old)->record.document);
        GOVCTL_CHECK(editor.set({"status"}, "superseded"));
        GOVCTL_CHECK(editor.set({"superseded-by"}, matter.id().str()));
        change.files[(*old)->record.path] = editor.bytes();
    }
    return {};
}

Result<Change> change_for(const State& state, const Matter& matter, const Act& act, const rules::Course& course,
                          model::Decision& decision) {
    Change change;
    const Status status = course.outcome ? status_after(course) : Status::open;
    yaml::Editor editor(*matter.record.document);
    if (decision.outcome == Outcome::escalated)
        GOVCTL_CHECK(move_up(editor, state, matter, act, decision.was.has_value()));
    else
        GOVCTL_CHECK(editor.set({"status"}, std::string(model::status_word(status))));
    if (status == Status::accepted) {
        const std::string& option = decision.option;
        GOVCTL_CHECK(must_not_have_moved(state, matter, option));
        GOVCTL_CHECK(must_qualify(state, matter.proposal().effects_of(option), matter, act.now, Sponsors::wanted));
        GOVCTL_TRY(change.files, enact(state, matter, act.now, option));
        for (const auto& [path, bytes] : change.files) decision.enacted.push_back(path);
        GOVCTL_CHECK(mark_superseded(change, state, matter));
    }
    change.files[matter.record.path] = editor.bytes();
    change.files[record::decision_path(state.root(), decision.id)] = record::write_decision(decision);
    change.folder = matter.folder();
    change.record = matter.id();
    change.rule = decision.rule.group + "/" + decision.rule.name;
    return change;
}

std::vector<std::string> reasons(const model::Decision& decision) {
    std::vector<std::string> lines;
    for (const model::Because& run : decision.because) {
        std::string line = run.stage + " " + std::string(model::run_state_word(run.state));
        for (const auto& condition : run.conditions)
            line += "; " + condition.is + ": " + condition.left + " against " + condition.right +
                    (condition.met ? "" : ", not met");
        lines.push_back(line);
    }
    return lines;
}

}  // namespace

Result<Verdict> decide(const State& state, const Act& act, const RecordId& id, const std::string& evidence) {
    GOVCTL_TRY(const Matter* matter, matter_of(state, id));
    const model::Proposal& proposal = matter->proposal();
    if (!state.people().person(act.actor)) return refused(act.actor + " is not on record");
    if (proposal.status == Status::draft)
        return refused(id.str() + " is a draft: there is nothing to decide", {"open it first"});
    if (proposal.status != Status::open)
        return refused(id.str() + " is " + std::string(model::status_word(proposal.status)));
    GOVCTL_TRY(auto judged, Judged::make(state, *matter));
    GOVCTL_TRY(auto course, rules::course(judged.view(), state.people(), act.now));
    Verdict verdict{std::move(course), std::nullopt, std::nullopt};
    if (!verdict.course.outcome) return verdict;
    auto decision = decision_from(state, *matter, act, verdict.course, *verdict.course.outcome, evidence);
    GOVCTL_TRY(auto change, change_for(state, *matter, act, verdict.course, decision));
    change.verb = "decide";
    change.subject = imperative(decision.outcome) + " " + called(proposal);
    change.reasons = reasons(decision);
    verdict.change = std::move(change);
    verdict.decision = std::move(decision);
    return verdict;
}

Result<Change> escalate(const State& state, const Act& act, const RecordId& id, const std::string& reason,
                        const std::string& evidence) {
    GOVCTL_TRY(const Matter* matter, matter_of(state, id));
    GOVCTL_CHECK(must_be_undecided(state, *matter, act.now));
    GOVCTL_TRY(auto judged, Judged::make(state, *matter));
    GOVCTL_CHECK(rules::may_escalate(judged.view(), state.people(), act.actor, act.now));
    GOVCTL_TRY(auto course, rules::course(judged.view(), state.people(), act.now));
    auto decision = decision_from(state, *matter, act, course, Outcome::escalated, evidence);
    GOVCTL_TRY(auto change, change_for(state, *matter, act, course, decision));
    change.verb = "escalate";
    change.subject = "Escalate " + called(matter->proposal());
    if (!reason.empty()) change.reasons.push_back(reason);
    return change;
}

Result<Change> dispute(const State& state, const Act& act, const std::string& path, const std::string& reason) {
    auto group = state.people().area_owner(path);
    if (!group) group = state.project().steering;
    NewMotion request;
    request.type = "dispute";
    request.title = "Dispute over " + path;
    request.group = *group;
    request.reason = reason;
    GOVCTL_TRY(auto draft, new_motion(state, act, request));
    GOVCTL_TRY(auto drafted, state.with(draft.files));
    GOVCTL_TRY(auto change, open_proposal(*drafted, act, draft.record, {}));
    for (auto& [file, bytes] : draft.files) change.files.try_emplace(file, std::move(bytes));
    change.verb = "escalate";
    if (!reason.empty()) change.reasons.push_back(reason);
    return change;
}

}  // namespace govctl::app
