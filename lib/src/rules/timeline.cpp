#include "timeline.hpp"

#include <algorithm>
#include <iterator>

#include "seats.hpp"
#include "standing.hpp"

namespace govctl::rules {

using model::BallotForm;
using model::Cause;
using model::Count;
using model::Failure;
using model::Outcome;
using model::Procedure;
using model::Register;
using model::Rule;
using model::RunState;
using model::Stage;
using model::Term;

using Handles = std::vector<std::string>;

static Error invalid(std::string message) {
    return Error{ErrorKind::invalid, std::move(message), {}};
}

// --- rules ---

static Result<void> must_be_decidable(const Rule& rule) {
    if (rule.stages.empty()) return invalid("rule \"" + rule.name + "\" has no stage");
    for (const Stage& stage : rule.stages)
        if (const std::string why = undecidable_options(stage); !why.empty())
            return invalid("stage \"" + stage.name + "\" of rule \"" + rule.name + "\" decides nothing: " + why);
    return {};
}

Result<RuleBook> RuleBook::of(const Matter& matter) {
    const model::Proposal& proposal = matter.proposal;
    if (!proposal.rule) return invalid(proposal.id.str() + " was not opened yet");
    RuleBook book(matter);
    book.procedure_.rule = proposal.rule->name;
    // The procedure that gave the rule its name also gave its first stage keys; else the rule stands as it is.
    for (auto procedure :
         {procedure_of_round(proposal, matter.kind, matter.appealed.has_value(), matter.charter, matter.project),
          procedure_for(matter.kind, proposal.is_rfc, matter.charter, matter.project)}) {
        if (!procedure || procedure->rule != proposal.rule->name) continue;
        book.procedure_ = *procedure;
        break;
    }
    GOVCTL_TRY(book.first_, rule_for(book.procedure_, matter.charter, matter.project));
    GOVCTL_CHECK(must_be_decidable(book.first_));
    return book;
}

Result<const Rule*> RuleBook::named(const std::string& name) const {
    const Rule* rule = find_rule(name, procedure_, matter_->charter, matter_->project);
    if (!rule)
        return invalid("no rule \"" + name + "\" in the charter of \"" + matter_->charter.id + "\" or in govctl.yaml");
    GOVCTL_CHECK(must_be_decidable(*rule));
    return rule;
}

// --- the way through them ---

Timeline::Timeline(const Matter& matter, const Register& people, Instant now, Asking asking, RuleBook rules,
                   Round round)
    : matter_(matter),
      people_(people),
      now_(now),
      asking_(asking),
      rules_(std::move(rules)),
      round_(std::move(round)),
      pollster_(matter, people, round_, now) {}

Result<std::unique_ptr<Timeline>> Timeline::follow(const Matter& matter, const Register& people, Instant now,
                                                   Asking asking) {
    GOVCTL_TRY(Round round, Round::of(matter.proposal, now));
    GOVCTL_TRY(RuleBook rules, RuleBook::of(matter));
    std::unique_ptr<Timeline> timeline(new Timeline(matter, people, now, asking, std::move(rules), std::move(round)));
    GOVCTL_CHECK(timeline->run());
    return timeline;
}

Result<void> Timeline::run() {
    if (!is_seconded()) return {};
    GOVCTL_CHECK(open_first(course_.runs.empty() ? round_.opened : *course_.runs.back().to));
    while (opening_ && !is_waiting_) GOVCTL_CHECK(step());
    return {};
}

std::optional<Instant> Timeline::pending_revision() const {
    if (revisions_done_ >= round_.revisions.size()) return std::nullopt;
    return round_.revisions[revisions_done_];
}

Result<void> Timeline::open_first(Instant at) {
    gone_through_ = {rules_.first().name};
    course_.option.clear();
    rule_ = &rules_.first();
    return open(rules_.first(), 0, Moment{at, true});
}

/// What is said from a moment on: not what it has seen already, so that no word ends one stage and counts afresh in the
/// next.
static Instant from_then_on(Moment moment) {
    return Instant{moment.at.seconds + (moment.is_deadline ? 0 : 1)};
}

Result<void> Timeline::open(const Rule& rule, std::size_t index, Moment opened) {
    const Stage& stage = rule.stages[index];
    const Instant at = opened.at;
    Opening opening;
    opening.stage = &stage;
    opening.rule = rule.name;
    opening.index = static_cast<int>(index);
    opening.from = opening.electorate_from = at;
    opening.positions_since = stage.fresh_ballots || !first_opening_ ? from_then_on(opened) : first_opening_->from;
    opening.objections_since = stage.fresh_ballots ? from_then_on(opened) : Instant{};
    if (Demands::of(stage, false).name(Count::seats)) {
        GOVCTL_TRY(opening.seats, seats_of(stage.by, matter_.charter, people_.charters));
    }
    if (!first_opening_) first_opening_ = opening;
    opening_ = opening;
    return {};
}

Result<std::vector<Opening>> Timeline::panels(const Opening& opening) const {
    std::vector<Opening> panels = {opening};
    for (const std::string& group : also_passing(*opening.stage, matter_.proposal)) {
        Opening panel = opening;
        panel.group = group;
        if (Demands::of(*opening.stage, false).name(Count::seats)) {
            const auto charter = people_.charters.find(group);
            if (charter == people_.charters.end()) return invalid("there is no group \"" + group + "\" with a charter");
            GOVCTL_TRY(panel.seats, seats_of(opening.stage->by, charter->second, people_.charters));
        }
        panels.push_back(std::move(panel));
    }
    return panels;
}

Result<void> Timeline::step() {
    const Surroundings around{round_,
                              matter_.project.calendar,
                              now_,
                              pending_revision(),
                              asking_ == Asking::outcome,
                              matter_.proposal.present.has_value(),
                              is_appealable()};
    GOVCTL_TRY(const auto panels, this->panels(*opening_));
    StageRun run(panels, pollster_, around);
    const StageEnd end = run.follow();
    if (end.error) return *end.error;
    record(end, panels, run.deadline());
    switch (end.how) {
        case StageEnd::How::passed:
            return pass(end);
        case StageEnd::How::failed:
            return fail(end);
        case StageEnd::How::tied:
            revote(end);
            return {};
        case StageEnd::How::revised:
        case StageEnd::How::resolved:
            return open_again(end);
        case StageEnd::How::open:
            break;
    }
    is_waiting_ = true;
    course_.deadlocked = end.is_stopped || end.is_deadlocked;
    course_.next = end.next;
    return {};
}

/// After a revision the first stage opens, for the people it opened for before; after an objection this one or the one
/// that it names.
Result<void> Timeline::open_again(const StageEnd& end) {
    if (end.how == StageEnd::How::revised) {
        ++revisions_done_;
        GOVCTL_CHECK(open_first(end.moment.at));
        opening_->electorate_from = first_opening_->electorate_from;
        opening_->objections_since = first_opening_->objections_since;  // objections stand through a revision
        return {};
    }
    const Opening before = *opening_;
    std::size_t index = static_cast<std::size_t>(before.index);
    for (std::size_t i = 0; i < rule_->stages.size(); ++i)
        if (rule_->stages[i].name == before.stage->objection.from) index = i;
    GOVCTL_CHECK(open(*rule_, index, end.moment));
    if (before.is_revote && opening_->stage == before.stage) {  // still the one revote there is
        opening_->is_revote = true;
        opening_->positions_since = std::max(opening_->positions_since, before.positions_since);
    }
    return {};
}

/// The same stage with the same time: only what is cast from now on counts, objections stand.
void Timeline::revote(const StageEnd& end) {
    opening_->from = opening_->electorate_from = end.moment.at;
    opening_->positions_since = from_then_on(end.moment);
    opening_->is_revote = true;
}

Result<void> Timeline::pass(const StageEnd& end) {
    if (!end.option.empty()) course_.option = end.option;
    const std::size_t next = static_cast<std::size_t>(opening_->index) + 1;
    if (!opening_->stage->accept_on_pass && next < rule_->stages.size()) return open(*rule_, next, end.moment);
    course_.upon_decision = end.by_decide && !is_appealable();
    return conclude(Outcome::accepted, end.moment.at);
}

Result<void> Timeline::fail(const StageEnd& end) {
    const Instant at = end.moment.at;
    const Failure& failure = opening_->stage->on_failure.of(*end.cause);
    const std::size_t next = static_cast<std::size_t>(opening_->index) + 1;
    switch (failure.action) {
        case Failure::Action::next:
            if (next < rule_->stages.size()) return open(*rule_, next, end.moment);
            return conclude(Outcome::rejected, at);  // does not validate; silence is not consent
        case Failure::Action::reject:
            return conclude(Outcome::rejected, at);
        case Failure::Action::lapse:
            return conclude(Outcome::lapsed, at);
        case Failure::Action::escalate:
            return conclude(Outcome::escalated, at);
        case Failure::Action::affirm:
            return affirm(failure.name, at);
        case Failure::Action::rule:
            return go_by(failure.name, end.moment);
        case Failure::Action::deadlock:
            break;  // never ends a run
    }
    return {};
}

Result<void> Timeline::go_by(const std::string& name, Moment at) {
    if (!gone_through_.insert(name).second) return invalid("rule \"" + name + "\" leads back to itself");
    GOVCTL_TRY(rule_, rules_.named(name));
    return open(*rule_, 0, at);
}

Result<void> Timeline::affirm(const std::string& name, Instant at) {
    if (name == "decision") {
        if (!matter_.appealed) return invalid("no decision is under appeal that `affirm decision` could let stand");
        return conclude(Outcome::affirmed, at, matter_.appealed);
    }
    Outcome said = Outcome::rejected;
    for (const Run& run : course_.runs) {
        if (run.stage != name) continue;
        if (run.state == RunState::passed) said = Outcome::accepted;
        if (run.state == RunState::failed) said = Outcome::rejected;
    }
    return conclude(Outcome::affirmed, at, said);
}

void Timeline::finish(Outcome outcome, Instant at, std::optional<Outcome> was) {
    phase_ = Phase::over;
    opening_.reset();
    course_.outcome = outcome;
    course_.was = was;
    course_.concluded = at;
    course_.next.reset();
}

Result<void> Timeline::conclude(Outcome outcome, Instant at, std::optional<Outcome> was) {
    const bool is_on_the_merits =
        outcome == Outcome::accepted || outcome == Outcome::rejected || outcome == Outcome::affirmed;
    if (is_on_the_merits && is_appealable()) return wait_for_appeals(outcome, at, was);
    return finish_unless_revised(outcome, at, was);
}

Result<void> Timeline::finish_unless_revised(Outcome outcome, Instant at, std::optional<Outcome> was) {
    const auto revised = pending_revision();
    const Outcome stands = outcome == Outcome::affirmed ? was.value_or(outcome) : outcome;
    if (revised && stands == Outcome::accepted) return open_again({StageEnd::How::revised, Moment{*revised}});
    finish(outcome, at, was);
    return {};
}

// --- records of runs ---

static RunState state_of(const StageEnd& end) {
    switch (end.how) {
        case StageEnd::How::passed:
            return RunState::passed;
        case StageEnd::How::failed:
        case StageEnd::How::tied:
            return RunState::failed;
        case StageEnd::How::revised:
        case StageEnd::How::resolved:
            return RunState::restarted;
        case StageEnd::How::open:
            break;
    }
    return end.is_stopped || end.is_deadlocked ? RunState::stopped : RunState::open;
}

/// Adds sorted handles that are not there yet.
static void merge(Handles& into, const Handles& more) {
    Handles all;
    std::set_union(into.begin(), into.end(), more.begin(), more.end(), std::back_inserter(all));
    into = std::move(all);
}

static void merge(std::vector<model::RecusedPerson>& into, const std::vector<model::RecusedPerson>& more) {
    const auto by_person = [](const auto& a, const auto& b) { return a.person < b.person; };
    std::vector<model::RecusedPerson> all;
    std::set_union(into.begin(), into.end(), more.begin(), more.end(), std::back_inserter(all), by_person);
    into = std::move(all);
}

/// Of all groups together; who sits in two of them counts once.
static model::TallyFigures tally_of(const std::vector<Poll>& polls, std::size_t missing) {
    std::map<std::string_view, const model::Position*> votes;
    std::map<std::string_view, int> objections;
    for (const Poll& poll : polls) {
        for (const Saying& each : poll.votes) votes.emplace(each.voter, each.position);
        for (const Raised& each : poll.objections) objections.emplace(each.author, each.objections);
    }
    model::TallyFigures tally;
    for (const auto& [_, position] : votes) {
        if (position->vote == model::Vote::yes) ++tally.yes;
        if (position->vote == model::Vote::no) ++tally.no;
        if (position->vote == model::Vote::abstain) ++tally.abstain;
    }
    for (const auto& [_, standing] : objections) tally.objections += standing;
    tally.missing = static_cast<std::int64_t>(missing);
    return tally;
}

void Timeline::record(const StageEnd& end, const std::vector<Opening>& panels, const std::optional<Instant>& deadline) {
    const Opening& opening = *opening_;
    Run run;
    run.stage = opening.stage->name;
    run.rule = opening.rule;
    run.index = opening.index;
    run.from = opening.from;
    if (end.how != StageEnd::How::open) run.to = end.moment.at;
    run.deadline = deadline;
    run.state = state_of(end);
    run.cause = end.cause;
    const Demands demands = Demands::of(*opening.stage, opening.is_revote);
    std::vector<Poll> polls;
    for (const Opening& panel : panels) {
        const Poll& poll = polls.emplace_back(pollster_.poll(panel, end.moment));
        for (Standing& standing : standings(demands, poll.figures, matter_.proposal.present.has_value())) {
            standing.figures.group = panel.group;
            run.conditions.push_back(std::move(standing));
        }
        const auto unsettled = judge(demands, poll.figures, poll.figures, std::nullopt).verdict;
        if (unsettled && unsettled->kind == Verdict::Kind::unsettled)
            for (model::Settled& settled : pollster_.settled(panel, poll, end.moment))
                run.settled.push_back(std::move(settled));
        merge(run.eligible, poll.franchise->eligible);
        merge(run.recused, poll.franchise->recused);
        merge(run.may_object, poll.franchise->may_object);
        merge(run.missing, poll.missing());
    }
    run.tally = panels.size() == 1 ? polls.front().tally() : tally_of(polls, run.missing.size());
    if (opening.stage->ballot != BallotForm::position)
        if (auto choice = pollster_.choice(opening, polls.front(), end.moment)) {
            run.options = std::move(choice->tally);
            if (choice->settled) run.settled = {*std::move(choice->settled)};
        }
    course_.runs.push_back(std::move(run));
}

// --- before the first stage ---

Handles Timeline::seconders(Instant at) const {
    const std::vector<Term> by = rules_.procedure().opened_by.value_or(std::vector<Term>{Term{}});
    Handles handles = electorate(by, {}, matter_.proposal, people_, at);
    for (const std::string& name : round_.opened_by)
        if (const model::Person* opener = people_.person(name)) std::erase(handles, opener->handle);
    return handles;
}

std::vector<Instant> Timeline::words(std::optional<Instant> model::Ballot::*word, Allowed allowed) const {
    std::vector<Instant> said;
    for (const auto& [voter, ballot] : pollster_.sheets()) {
        const std::optional<Instant>& at = ballot->*word;
        if (!at || *at > now_) continue;
        const Handles may = (this->*allowed)(*at);
        if (std::binary_search(may.begin(), may.end(), voter)) said.push_back(*at);
    }
    return said;
}

/// How many seconds are asked for: where it is a share of those who may open such a matter, of those that day.
int Timeline::seconds_wanted() const {
    const Procedure& procedure = rules_.procedure();
    Figures figures;
    if (procedure.seconds.names(model::Count::eligible))
        figures[model::Count::eligible] =
            static_cast<std::int64_t>(openers(procedure, matter_.proposal, people_, round_.opened).size());
    return static_cast<int>(value_of(procedure.seconds, figures).ceil());
}

/// Whether the first stage may open: in later rounds, and where no seconds are asked for, at once.
bool Timeline::is_seconded() {
    const std::vector<Instant> seconds = words(&model::Ballot::second, &Timeline::seconders);
    pollster_.set_seconds(seconds);
    const Procedure& procedure = rules_.procedure();
    const int wanted = seconds_wanted();
    if (wanted <= 0 || !round_.asks_for_seconds) return true;

    std::optional<Instant> deadline;
    if (procedure.within) deadline = matter_.project.calendar.after(round_.opened, *procedure.within);
    const Gate gate(round_.opened, deadline, wanted, seconds);
    const std::optional<Instant> end = gate.closed(now_);
    Run run = gate.run("seconds", rules_.first().name, "seconds >=", end);
    run.state = gate.reached() ? RunState::passed : end ? RunState::failed : RunState::open;
    run.eligible = seconders(end.value_or(now_));
    if (run.state == RunState::failed) run.cause = Cause::other;
    if (const std::int64_t n = gate.lacking(); n > 0)
        run.conditions.front().lacking = std::to_string(n) + (n == 1 ? " more second" : " more seconds");
    course_.runs.push_back(run);
    if (!gate.reached()) {
        wait_for_seconds(gate);
        return false;
    }
    // What is revised before it is seconded keeps its seconds: there is no stage yet to open anew.
    while (pending_revision() && *pending_revision() <= *end) ++revisions_done_;
    return true;
}

void Timeline::wait_for_seconds(const Gate& gate) {
    if (auto end = gate.closed(now_)) return finish(Outcome::lapsed, *end, std::nullopt);
    phase_ = Phase::seconds;
    if (gate.deadline()) course_.next = NextEvent{*gate.deadline(), "seconds lapse"};
}

// --- after the last ---

bool Timeline::is_appealable() const {
    return matter_.charter.appeals && people_.above(matter_.proposal.deciding_group());
}

Handles Timeline::appellants(Instant at) const {
    return electorate(matter_.charter.appeals->by, {}, matter_.proposal, people_, at);
}

Result<void> Timeline::wait_for_appeals(Outcome outcome, Instant at, std::optional<Outcome> was) {
    const model::Appeals& appeals = *matter_.charter.appeals;
    const Instant deadline = matter_.project.calendar.after(at, appeals.within);
    const Gate gate(at, deadline, appeals.seconds, words(&model::Ballot::appeal, &Timeline::appellants));
    std::optional<Instant> end = gate.closed(now_);
    const std::optional<Instant> revision = pending_revision();
    const bool is_revised = revision && *revision < end.value_or(deadline);
    if (is_revised) end = revision;

    Run run = gate.run("appeal", opening_->rule, "appeals <", end);
    run.conditions.front().figures.met = !run.conditions.front().figures.met;  // enough of them are too many
    const bool is_taken_up = !is_revised && gate.reached();
    run.state = is_revised    ? RunState::restarted
                : is_taken_up ? RunState::failed
                : end         ? RunState::passed
                              : RunState::open;
    if (is_taken_up) run.cause = Cause::other;
    run.eligible = appellants(end.value_or(now_));
    course_.runs.push_back(run);
    if (is_revised) return open_again({StageEnd::How::revised, Moment{*revision}});
    if (is_taken_up) {
        finish(Outcome::escalated, *end, outcome == Outcome::affirmed ? was : outcome);
    } else if (end) {
        return finish_unless_revised(outcome, *end, was);
    } else {
        phase_ = Phase::appeal;
        opening_.reset();
        course_.next = NextEvent{deadline, "appeal ends"};
    }
    return {};
}

// --- what may still come ---

std::vector<Opening> Timeline::stages_to_come() const {
    std::vector<Opening> all;
    if (!opening_) return all;
    const auto open_to = [&](Opening opening) {
        all.push_back(opening);
        for (std::string& group : also_passing(*opening.stage, matter_.proposal)) {
            opening.group = std::move(group);
            all.push_back(opening);
        }
    };
    open_to(*opening_);
    std::set<std::string> seen;
    std::vector<std::string> named;
    const auto add = [&](const Rule& rule, std::size_t from) {
        for (std::size_t i = from; i < rule.stages.size(); ++i) {
            const Stage& stage = rule.stages[i];
            for (const Failure* failure : stage.on_failure.all())
                if (failure->action == Failure::Action::rule) named.push_back(failure->name);
            if (&stage == opening_->stage || stage.fresh_ballots) continue;
            Opening later = *opening_;
            later.stage = &stage;
            later.electorate_from = now_;
            open_to(later);
        }
    };
    add(*rule_, static_cast<std::size_t>(opening_->index));
    while (!named.empty()) {
        const std::string name = named.back();
        named.pop_back();
        if (!seen.insert(name).second) continue;
        if (auto rule = rules_.named(name)) add(**rule, 0);
    }
    return all;
}

Result<Course> course(const Matter& matter, const Register& people, Instant now) {
    GOVCTL_TRY(auto timeline, Timeline::follow(matter, people, now, Asking::outcome));
    return timeline->take_course();
}

}  // namespace govctl::rules
