#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rounds.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

using model::Decision;
using model::Outcome;
using model::Proposal;
using model::Status;
using DecisionRecord = Loaded<Decision>;

std::string called(const DecisionRecord& decision) {
    return "decision/" + decision.where.name;
}

/// The status a decision leaves its matter with.
Status status_after(const Decision& decision) {
    switch (decision.outcome) {
        case Outcome::accepted:
        case Outcome::overridden:
        case Outcome::elected:
            return Status::accepted;
        case Outcome::rejected:
        case Outcome::vetoed:
            return Status::rejected;
        case Outcome::lapsed:
            return Status::lapsed;
        case Outcome::postponed:
            return Status::postponed;
        case Outcome::escalated:
            return Status::open;
        case Outcome::affirmed:
            return decision.was == Outcome::accepted ? Status::accepted : Status::rejected;
    }
    return Status::open;
}

// ---- a matter's status against its decisions ------------------------------------------------------------------------

const DecisionRecord* decision_in_round(const Decisions& decisions, int round) {
    const auto found = std::find_if(decisions.rbegin(), decisions.rend(),
                                    [&](const DecisionRecord* each) { return each->value.round == round; });
    return found == decisions.rend() ? nullptr : *found;
}

bool is_a_decision_s(Status status) {
    return status == Status::accepted || status == Status::rejected || status == Status::lapsed ||
           status == Status::superseded;
}

void check_present_round(Validation& validation, const Matter& matter, const Decisions& decisions) {
    const Proposal& proposal = matter.proposal();
    const DecisionRecord* last = decision_in_round(decisions, proposal.round);
    if (!last) {
        const bool is_elsewhere = !decisions.empty() && decisions.back()->value.round > proposal.round;
        if (!is_a_decision_s(proposal.status) || is_elsewhere || validation.has_unreadable_decision_on(matter.id()))
            return;
        validation.report(
            "GOV120", matter.record, {"status"},
            fmt::format("{} is {}, but no decision says so", matter.id().str(), model::status_word(proposal.status)),
            "only `govctl decide` decides: set the status back");
        return;
    }
    // Another RFC supersedes what was accepted; the decision on it stays.
    const Status decided = proposal.status == Status::superseded ? Status::accepted : proposal.status;
    if (last->value.outcome != Outcome::escalated && status_after(last->value) == decided) return;
    validation.report("GOV121", matter.record, {"status"},
                      fmt::format("{} is {}, but {} says {}", matter.id().str(), model::status_word(proposal.status),
                                  called(*last), model::outcome_word(last->value.outcome)),
                      "the decision holds: set the record back to what `govctl decide` wrote");
}

/// A round ends by a decision that sends the matter up, or lets it rest until it is reopened.
void check_past_rounds(Validation& validation, const Matter& matter, const Decisions& decisions) {
    for (const DecisionRecord* decision : decisions) {
        if (decision->value.round >= matter.proposal().round) continue;
        const Status after = status_after(decision->value);
        if (after == Status::open || after == Status::postponed) continue;
        validation.report(
            "GOV121", *decision, {"outcome"},
            fmt::format("{} in round {}, yet {} went into round {}", model::outcome_word(decision->value.outcome),
                        decision->value.round, matter.id().str(), matter.proposal().round),
            "what is decided is over; a new proposal can take it up again");
    }
    const auto& history = matter.proposal().history;
    for (std::size_t i = 0; i < history.size(); ++i) {
        if (history[i].act != "escalated" || validation.has_unreadable_decision_on(matter.id())) continue;
        const DecisionRecord* decision = decision_in_round(decisions, history[i].round - 1);
        if (decision && decision->value.outcome == Outcome::escalated) continue;
        validation.report("GOV120", matter.record, {"history", i},
                          fmt::format("{} was escalated, but no decision says so", matter.id().str()),
                          "only `govctl decide` and `govctl escalate` send a matter to the group above");
    }
}

void check_authors_acts(Validation& validation, const Matter& matter, const Decisions& decisions) {
    const Proposal& proposal = matter.proposal();
    if (proposal.history.empty()) return;
    const std::string& last = proposal.history.back().act;
    const bool is_decided = decision_in_round(decisions, proposal.round) != nullptr;
    for (const Status status : {Status::withdrawn, Status::postponed}) {
        const bool is_said = last == model::status_word(status);
        if ((proposal.status == status) == is_said || is_decided) continue;
        validation.report("GOV122", matter.record, {"status"},
                          fmt::format("{} is {}, but its history ends with \"{}\"", matter.id().str(),
                                      model::status_word(proposal.status), last),
                          "only govctl's verbs change a status: set it back");
        return;
    }
}

/// Whether the RFC was accepted and names the other one under `supersedes:`.
bool supersedes(const Validation& validation, const Matter& successor, const Matter& old) {
    const Status status = successor.proposal().status;
    const auto& named = successor.proposal().supersedes;
    const bool names_it = std::any_of(named.begin(), named.end(), [&](const std::string& each) {
        const auto id = RecordId::parse(each);
        return id && validation.matter(*id) == &old;
    });
    return names_it && (status == Status::accepted || status == Status::superseded);
}

void check_successor(Validation& validation, const Matter& matter) {
    const Proposal& proposal = matter.proposal();
    const bool is_superseded = proposal.status == Status::superseded;
    if (!is_superseded && proposal.superseded_by.empty()) return;
    validation.expect_matter(proposal.superseded_by, Validation::place(matter.record, {"superseded-by"}));
    const auto id = RecordId::parse(proposal.superseded_by);
    const Matter* successor = id ? validation.matter(*id) : nullptr;
    if (!successor && !proposal.superseded_by.empty()) return;
    if (successor && is_superseded && supersedes(validation, *successor, matter)) return;
    validation.report("GOV127", matter.record, {successor ? "superseded-by" : "status"},
                      fmt::format("nothing that was accepted supersedes {}", matter.id().str()),
                      "an RFC that names it under `supersedes:` does, once it is accepted");
}

void check_draft(Validation& validation, const Matter& matter, const Decisions& decisions) {
    for (const DecisionRecord* decision : decisions)
        validation.report("GOV123", *decision, {"subject"},
                          fmt::format("{} is a draft: there was nothing to decide", matter.id().str()),
                          "nothing is decided before it is opened");
}

// ---- a decision against its matter ----------------------------------------------------------------------------------

void check_people_in(Validation& validation, const DecisionRecord& record) {
    const auto expect = [&](const std::string& handle, const yaml::Path& path) {
        if (handle.empty() || validation.has_person(handle)) return;
        validation.report("GOV130", record, path,
                          fmt::format("{} names \"{}\", who is not on record", called(record), handle),
                          "people who leave keep their record; who is called otherwise now has `aliases:`");
    };
    expect(record.value.by, {"by"});
    for (std::size_t i = 0; i < record.value.eligible.size(); ++i)
        expect(record.value.eligible[i], {"electorate", "eligible", i});
    for (std::size_t i = 0; i < record.value.recused.size(); ++i)
        expect(record.value.recused[i].person, {"electorate", "recused", i, "person"});
}

void check_against_round(Validation& validation, const DecisionRecord& record, const Matter& matter,
                         const Round& round) {
    const Decision& decision = record.value;
    if (decision.decided < round.from)
        validation.report("GOV124", record, {"decided"},
                          fmt::format("decided at {}, before round {} of {} began at {}", decision.decided.str(),
                                      round.number, matter.id().str(), round.from.str()));
    if (round.texts.empty() || round.texts.back() != decision.text)
        validation.report(
            "GOV125", record, {"text"},
            fmt::format("this is about another text than {} had in round {}", matter.id().str(), round.number),
            "a decision says exactly what was decided on; only `govctl decide` writes it");
    const bool is_present = round.number == matter.proposal().round;
    const bool is_by_another_rule = is_present && matter.proposal().rule && *matter.proposal().rule != decision.rule;
    if (is_by_another_rule || decision.group != round.group || decision.rule.group != round.group)
        validation.report("GOV126", record, {is_by_another_rule ? "rule" : "group"},
                          fmt::format("{} was before \"{}\" in round {}, under the rule its record names",
                                      matter.id().str(), round.group, round.number),
                          "a decision is by the group and rule that the matter was opened under");
}

void check_decision(Validation& validation, const DecisionRecord& record) {
    check_people_in(validation, record);
    const auto subject = RecordId::parse(record.value.subject);
    if (!subject) return;
    const Matter* matter = validation.matter(*subject);
    if (!matter) {
        if (!validation.has_record(*subject))
            validation.report("GOV128", record, {"subject"},
                              fmt::format("there is no {} that this could be about", subject->str()),
                              "proposals stay when they are decided: bring it back");
        return;
    }
    const std::vector<Round> rounds = rounds_of(matter->proposal());
    if (rounds.empty()) return;
    const int number = record.value.round;
    if (number < 1 || number > static_cast<int>(rounds.size())) {
        validation.report("GOV129", record, {"round"}, fmt::format("{} has no round {}", matter->id().str(), number),
                          fmt::format("it is in round {}", rounds.size()));
        return;
    }
    check_against_round(validation, record, *matter, rounds[static_cast<std::size_t>(number) - 1]);
}

/// The later of two decisions in one round has nothing left to decide.
void check_once(Validation& validation, const Matter& matter, const Decisions& decisions) {
    std::map<int, const DecisionRecord*> first;
    for (const DecisionRecord* decision : decisions) {
        const auto [known, is_new] = first.emplace(decision->value.round, decision);
        if (is_new) continue;
        validation.report("GOV131", *decision, {"round"},
                          fmt::format("round {} of {} is decided already by {}", decision->value.round,
                                      matter.id().str(), called(*known->second)),
                          "a round is decided once: one of the two has to go");
    }
}

}  // namespace

void check_status(Validation& validation, const Matter& matter) {
    const Decisions& decisions = validation.decisions_on(matter.id());
    if (matter.proposal().status == Status::draft) {
        check_draft(validation, matter, decisions);
        return;
    }
    check_present_round(validation, matter, decisions);
    check_past_rounds(validation, matter, decisions);
    check_authors_acts(validation, matter, decisions);
    check_successor(validation, matter);
    check_once(validation, matter, decisions);
}

void check_decisions(Validation& validation) {
    for (const auto& [_, decision] : validation.state().decision_records()) check_decision(validation, decision);
}

}  // namespace govctl::app
