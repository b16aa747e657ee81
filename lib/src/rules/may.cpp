#include <algorithm>

#include "govctl/base/text.hpp"
#include "timeline.hpp"

/// Who may do what now (rules.md, How a matter runs; integrity.md, What may follow what).
namespace govctl::rules {

using model::Register;
using model::Stage;
using model::Status;
using model::Term;

static Error refused(std::string message, std::vector<std::string> hints = {}) {
    return Error{ErrorKind::refused, std::move(message), std::move(hints)};
}

/// `members of sig-node, role chair of steering`
static std::string in_words(const std::vector<Term>& terms, const std::string& group) {
    std::vector<std::string> words;
    for (const Term& term : terms) {
        const bool is_here = term.kind == Term::Kind::members || (term.kind == Term::Kind::role && term.group.empty());
        words.push_back(term.str() + (is_here ? " of " + group : ""));
    }
    return join(words, ", ");
}

static Result<std::string> handle_of(const std::string& name, const Register& people) {
    if (const model::Person* person = people.person(name)) return person->handle;
    return refused("\"" + name + "\" is no person on record");
}

/// A matter that has no outcome yet, as those see it who would act on it.
static Result<std::unique_ptr<Timeline>> undecided(const Matter& matter, const Register& people, Instant now) {
    const model::Proposal& proposal = matter.proposal;
    const std::string id = proposal.id.str();
    if (proposal.status == Status::draft) return refused(id + " is a draft: nothing is asked yet");
    if (proposal.status != Status::open)
        return refused(id + " is " + std::string(model::status_word(proposal.status)) + " already");
    GOVCTL_TRY(auto timeline, Timeline::follow(matter, people, now, Asking::acts));
    if (const auto outcome = timeline->course().outcome)
        return refused(id + " is " + std::string(model::outcome_word(*outcome)) + " already",
                       {"only `govctl decide " + id + "` is allowed now"});
    return timeline;
}

static Error no_stage_yet(const Matter& matter, const Timeline& timeline) {
    return refused(matter.proposal.id.str() + " waits to be seconded: no stage is open yet",
                   {"asked for: " + timeline.course().last().conditions.front().figures.is + "; `govctl second " +
                    matter.proposal.id.str() + "`"});
}

static Error only_appeals(const Matter& matter) {
    const std::string id = matter.proposal.id.str();
    return refused("the stages of " + id + " are over: it waits for appeals", {"`govctl appeal " + id + "`"});
}

using MayDo = bool (*)(const Franchise& franchise, const std::string& handle);
using Form = std::optional<model::BallotForm>;

/// What a stage that wants other ballots is told.
static Error other_form(const Matter& matter, const Stage& stage) {
    static constexpr std::string_view how[] = {"yes|no|abstain", "--rank 'b > a = c'", "--approve a,b",
                                               "--score a=5,b=3"};
    return refused("stage \"" + stage.name + "\" of " + matter.proposal.id.str() + " takes " +
                       std::string(model::ballot_form_word(stage.ballot)) + " ballots",
                   {"`govctl vote " + matter.proposal.id.str() + " " +
                    std::string(how[static_cast<std::size_t>(stage.ballot)]) + "`"});
}

static bool may_take_position(const Franchise& franchise, const std::string& handle) {
    return franchise.is_eligible(handle) ||
           std::binary_search(franchise.may_settle.begin(), franchise.may_settle.end(), handle);
}

static bool may_raise(const Franchise& franchise, const std::string& handle) {
    return franchise.is_objector(handle);
}

/// Whether the person may take part in the open stage or in a later one that counts what is said now.
static Result<void> may_take_part(const Matter& matter, const Register& people, const std::string& person, Instant now,
                                  const std::string& act, MayDo may_do, Form form = {}) {
    GOVCTL_TRY(auto timeline, undecided(matter, people, now));
    GOVCTL_TRY(const std::string handle, handle_of(person, people));
    if (timeline->phase() == Timeline::Phase::seconds) return no_stage_yet(matter, *timeline);
    if (timeline->phase() == Timeline::Phase::appeal) return only_appeals(matter);

    bool is_recused = false;
    const Stage* otherwise = nullptr;  // would take another form of ballot
    for (const Opening& opening : timeline->stages_to_come()) {
        const auto franchise = timeline->pollster().franchise(opening, Moment{now});
        const bool is_in_form = !form || opening.stage->ballot == *form;
        if (may_do(*franchise, handle) && is_in_form) return {};
        if (may_do(*franchise, handle) && !otherwise) otherwise = opening.stage;
        is_recused =
            is_recused || std::binary_search(franchise->electorate.begin(), franchise->electorate.end(), handle);
    }
    if (otherwise) return other_form(matter, *otherwise);
    const Stage& stage = *timeline->opening()->stage;
    const std::string& group = matter.proposal.deciding_group();
    if (is_recused)
        if (auto why = timeline->pollster().recusals().why(handle, Moment{now}))
            return refused(handle + " is recused from " + matter.proposal.id.str() + ": " + *why);
    const bool has_own_terms = may_do == may_raise && stage.objection.by;
    std::string who = in_words(has_own_terms ? *stage.objection.by : stage.by, group);
    if (!has_own_terms && !stage.except.empty()) who += "; but not: " + in_words(stage.except, group);
    return refused(handle + " may not " + act + " in stage \"" + stage.name + "\" or a later one", {"who may: " + who});
}

Result<void> may_vote(const Matter& matter, const Register& people, const std::string& person, Instant now, Form form) {
    return may_take_part(matter, people, person, now, "vote", may_take_position, form);
}

static bool hears_objections(const Stage& stage) {
    const Demands demands = Demands::of(stage, false);
    return stage.objection.effect != model::ObjectionRule::Effect::none || demands.name(model::Count::objections) ||
           demands.name(model::Count::objectors);
}

static bool hears_no(const Stage& stage) {
    const Demands demands = Demands::of(stage, false);
    return stage.ballot != model::BallotForm::position || demands.name(model::Count::no) ||
           demands.name(model::Count::decisive);
}

Result<bool> hears_no(const Matter& matter, const Register& people, Instant now) {
    GOVCTL_TRY(auto timeline, undecided(matter, people, now));
    const auto stages = timeline->stages_to_come();
    return stages.empty() || !hears_objections(*stages.front().stage) ||
           std::any_of(stages.begin(), stages.end(), [](const Opening& each) { return hears_no(*each.stage); });
}

Result<void> may_object(const Matter& matter, const Register& people, const std::string& person, Instant now) {
    return may_take_part(matter, people, person, now, "object", may_raise);
}

Result<void> may_object_without_reason(const Matter& matter, const Register& people, const std::string& person,
                                       Instant now) {
    GOVCTL_TRY(auto timeline, undecided(matter, people, now));
    GOVCTL_TRY(const std::string handle, handle_of(person, people));
    for (const Opening& opening : timeline->stages_to_come()) {
        if (!may_raise(*timeline->pollster().franchise(opening, Moment{now}), handle)) continue;
        if (!opening.stage->objection.needs_reason) return {};
        return refused("an objection to " + matter.proposal.id.str() + " needs a reason",
                       {"--reason TEXT: in stage \"" + opening.stage->name + "\" one without it is void"});
    }
    return {};  // they may not object at all: may_object() says so
}

Result<void> may_second(const Matter& matter, const Register& people, const std::string& person, Instant now) {
    GOVCTL_TRY(auto timeline, undecided(matter, people, now));
    GOVCTL_TRY(const std::string handle, handle_of(person, people));
    if (timeline->phase() != Timeline::Phase::seconds)
        return refused(matter.proposal.id.str() + " asks for no seconds" +
                       (timeline->course().runs.front().stage == "seconds" ? " any more" : ""));
    const auto may = timeline->seconders(now);
    if (std::binary_search(may.begin(), may.end(), handle)) return {};
    const auto& openers = timeline->round().opened_by;
    if (std::find(openers.begin(), openers.end(), handle) != openers.end())
        return refused(handle + " brought " + matter.proposal.id.str() + " and cannot second it");
    const std::vector<Term> by = timeline->rules().procedure().opened_by.value_or(std::vector<Term>{Term{}});
    return refused(handle + " may not second " + matter.proposal.id.str(),
                   {"who may: " + in_words(by, matter.proposal.deciding_group())});
}

Result<void> may_appeal(const Matter& matter, const Register& people, const std::string& person, Instant now) {
    GOVCTL_TRY(auto timeline, undecided(matter, people, now));
    GOVCTL_TRY(const std::string handle, handle_of(person, people));
    const std::string id = matter.proposal.id.str();
    if (!matter.charter.appeals) return refused("the charter of \"" + matter.charter.id + "\" has no appeals");
    if (timeline->phase() != Timeline::Phase::appeal)
        return refused("there is no outcome of " + id + " to appeal against yet");
    const auto may = timeline->appellants(now);
    if (std::binary_search(may.begin(), may.end(), handle)) return {};
    return refused(handle + " may not appeal against the outcome of " + id,
                   {"who may: " + in_words(matter.charter.appeals->by, matter.proposal.deciding_group())});
}

Result<void> may_escalate(const Matter& matter, const Register& people, const std::string& person, Instant now) {
    GOVCTL_TRY(auto timeline, undecided(matter, people, now));
    GOVCTL_TRY(const std::string handle, handle_of(person, people));
    const std::string id = matter.proposal.id.str();
    const std::string& group = matter.proposal.deciding_group();
    if (!timeline->course().deadlocked)
        return refused(id + " is not deadlocked", {"only a matter that is stopped or past its time is escalated"});
    if (!people.above(group)) return refused("no group stands above \"" + group + "\" to escalate " + id + " to");
    const auto franchise = timeline->pollster().franchise(*timeline->opening(), Moment{now});
    if (franchise->is_eligible(handle) || franchise->is_objector(handle)) return {};
    return refused(handle + " may not escalate " + id, {"who may: " + in_words(timeline->opening()->stage->by, group)});
}

Freshness freshness(const model::Proposal& proposal, const model::Ballot& ballot, Instant now) {
    if (!ballot.now.is_vote()) return Freshness::no_vote;
    const auto round = Round::of(proposal, now);
    if (!round || ballot.now.round != round->number || ballot.now.cast < round->opened) return Freshness::other_round;
    const Moment moment{now};
    const bool is_fresh = ballot.now.text == round->text(moment) && ballot.now.cast >= round->text_since(moment);
    return is_fresh ? Freshness::counts : Freshness::stale_text;
}

}  // namespace govctl::rules
