#include <fmt/format.h>

#include <algorithm>

#include "govctl/base/text.hpp"
#include "govctl/record/read.hpp"
#include "govctl/rules/procedure.hpp"
#include "proposal_edit.hpp"
#include "rounds.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

using model::Effect;
using model::Proposal;
using model::Status;
using ProposalRecord = Loaded<Proposal>;

yaml::Path effect_path(const Proposal& proposal, std::size_t index, std::string key) {
    yaml::Path path = app::effect_path(proposal, index);
    path.emplace_back(std::move(key));
    return path;
}

// ---- names ----------------------------------------------------------------------------------------------------------

void check_people_named(Validation& validation, const ProposalRecord& record) {
    const Proposal& proposal = record.value;
    for (std::size_t i = 0; i < proposal.authors.size(); ++i) {
        const yaml::Path path = proposal.is_rfc ? yaml::Path{"authors", i} : yaml::Path{"by"};
        validation.expect_person(proposal.authors[i], validation.place(record, path));
    }
    validation.expect_person(proposal.sponsor, validation.place(record, {"sponsor"}));
    for (std::size_t i = 0; proposal.present && i < proposal.present->size(); ++i)
        validation.expect_person((*proposal.present)[i], validation.place(record, {"present", i}));
    for (std::size_t i = 0; i < proposal.history.size(); ++i)
        validation.expect_person(proposal.history[i].by, validation.place(record, {"history", i, "by"}));
}

void check_records_named(Validation& validation, const ProposalRecord& record) {
    const Proposal& proposal = record.value;
    validation.expect_group(proposal.group, validation.place(record, {"group"}));
    validation.expect_group(proposal.before, validation.place(record, {"before"}));
    for (std::size_t i = 0; i < proposal.with.size(); ++i)
        validation.expect_group(proposal.with[i], validation.place(record, {"with", i}));
    for (std::size_t i = 0; i < proposal.subject.size(); ++i)
        validation.expect_record(proposal.subject[i], validation.place(record, {"subject", i}));
    for (std::size_t i = 0; i < proposal.supersedes.size(); ++i)
        validation.expect_matter(proposal.supersedes[i], validation.place(record, {"supersedes", i}));
    for (std::size_t i = 0; i < proposal.requires_.size(); ++i)
        validation.expect_matter(proposal.requires_[i], validation.place(record, {"requires", i}));
}

// ---- effects --------------------------------------------------------------------------------------------------------

record::RecordPath as_charter_of(const std::string& group) {
    return {RecordKind::charter, {RecordId::Space::group, group}, {}, group};
}

/// What an effect would put in force is read as the record it is to become.
void check_content(Validation& validation, const Effect& effect, const std::string& path) {
    const auto bytes = validation.state().snapshot().read(path);
    if (!bytes) return;
    const auto document = yaml::parse(path, *bytes);
    if (!document)
        validation.add({record::unreadable(document.error(), path)});
    else if (effect.kind == Effect::Kind::project)
        validation.add(record::read_project(*document).findings);
    else
        validation.add(record::read_charter(*document, as_charter_of(effect.group)).findings);
}

void check_source(Validation& validation, const Matter& matter, std::size_t index) {
    const Effect& effect = matter.proposal().effects[index];
    if (effect.from.empty()) return;
    const std::string path = matter.folder() + effect.from;
    if (!validation.state().file(path))
        validation.report("GOV110", matter.record, effect_path(matter.proposal(), index, "from"),
                          fmt::format("there is no \"{}\" to put in force", path),
                          "the files of effects lie in the folder of the proposal");
    else if (effect.kind == Effect::Kind::charter || effect.kind == Effect::Kind::project)
        check_content(validation, effect, path);
}

void check_effect_names(Validation& validation, const Matter& matter, std::size_t index) {
    const Effect& effect = matter.proposal().effects[index];
    const auto place = [&](const char* key) {
        return Validation::place(matter.record, effect_path(matter.proposal(), index, key));
    };
    if (effect.kind != Effect::Kind::charter) validation.expect_group(effect.group, place("group"));
    validation.expect_role(effect.role, effect.group, place("role"));
    validation.expect_person(effect.person, place("person"));
    validation.expect_level(effect.level, place("level"));
    const bool deletes = effect.kind == Effect::Kind::file && effect.from.empty();
    if (deletes && !validation.state().file(effect.path))
        validation.report("GOV110", place("path"), fmt::format("there is no \"{}\" to delete", effect.path),
                          "with `from:`, a file of the proposal's folder is put there");
}

/// `was:` names what the voters saw replaced: `decide` refuses to replace anything else. Rosters, ladders and OWNERS
/// only get lines added.
void check_target(Validation& validation, const Matter& matter, std::size_t index) {
    const Effect& effect = matter.proposal().effects[index];
    const bool replaces = effect.kind == Effect::Kind::charter || effect.kind == Effect::Kind::project ||
                          effect.kind == Effect::Kind::file;
    if (!replaces || !effect.was) return;
    const std::string target = target_of(effect, validation.state());
    const FileEntry* file = validation.state().file(target);
    if (*effect.was == (file ? file->blob : "")) return;
    validation.report("GOV111", matter.record, effect_path(matter.proposal(), index, "was"),
                      fmt::format("\"{}\" has changed since {} was opened", target, matter.id().str()),
                      fmt::format("bring the proposal up to date: `govctl rfc revise {}`", matter.id().str()));
}

/// What has been decided may have changed again since: only what is to come must find its targets.
void check_effects(Validation& validation, const Matter& matter) {
    const Status status = matter.proposal().status;
    if (model::is_terminal(status)) return;
    for (std::size_t i = 0; i < matter.proposal().effects.size(); ++i) {
        check_source(validation, matter, i);
        check_effect_names(validation, matter, i);
        if (status == Status::open) check_target(validation, matter, i);
    }
}

// ---- options --------------------------------------------------------------------------------------------------------

/// Options are for a rule that chooses between them, and such a rule is for options.
void check_options(Validation& validation, const Matter& matter) {
    const Proposal& proposal = matter.proposal();
    if (proposal.status != Status::draft) return;  // what is open is judged by what was in force then
    const auto charter = validation.state().charter_records().find(proposal.group);
    if (charter == validation.state().charter_records().end()) return;
    const model::Project& project = validation.state().project();
    const auto kind = rules::kind_of(proposal, charter->second.value, project);
    if (!kind) return;
    const auto procedure = rules::procedure_for(*kind, proposal.is_rfc, charter->second.value, project);
    const auto rule = procedure ? rules::rule_for(*procedure, charter->second.value, project)
                                : Result<model::Rule>(procedure.error());
    if (!rule) return;
    const bool chooses = std::any_of(rule->stages.begin(), rule->stages.end(), [](const model::Stage& stage) {
        return stage.ballot != model::BallotForm::position;
    });
    if (chooses && proposal.options.empty())
        validation.report("GOV117", matter.record, {"title"},
                          fmt::format("rule \"{}\" chooses between options, and there are none", rule->name),
                          "say what there is to choose: `options: [{id: a, title: …}, {id: b, title: …}]`");
    if (!chooses && !proposal.options.empty())
        validation.report("GOV117", matter.record, {"options"},
                          fmt::format("rule \"{}\" asks for yes or no, and not for an option", rule->name),
                          "take the options out, or bring it as a matter whose rule ranks them");
}

// ---- may it be decided here? ----------------------------------------------------------------------------------------

std::string first_hint(const Error& error) {
    return error.hints.empty() ? "" : error.hints.front();
}

void check_competence(Validation& validation, const Matter& matter) {
    const Proposal& proposal = matter.proposal();
    const State& state = validation.state();
    const auto charter = state.charter_records().find(proposal.group);
    if (charter == state.charter_records().end()) return;
    const auto kind = rules::kind_of(proposal, charter->second.value, state.project());
    if (!kind) {
        validation.report("GOV112", matter.record, {"effects"}, kind.error().message, first_hint(kind.error()));
        return;
    }
    const auto procedure = rules::procedure_for(*kind, proposal.is_rfc, charter->second.value, state.project());
    if (!procedure)
        validation.report("GOV113", matter.record, {"type"}, procedure.error().message, first_hint(procedure.error()));
    const auto reach = rules::within_reach(proposal, proposal.group, state.people(), coming_charters(state, matter));
    if (!reach)
        validation.report("GOV114", matter.record, {"effects"}, reach.error().message, first_hint(reach.error()));
}

// ---- opened ---------------------------------------------------------------------------------------------------------

bool has_draft_folder(const Proposal& proposal) {
    return proposal.id.space == RecordId::Space::draft;
}

void check_draft_fields(Validation& validation, const ProposalRecord& record) {
    if (record.value.is_rfc && !has_draft_folder(record.value)) {
        validation.report("GOV107", record, {"status"}, "a draft has no number, and lies in rfcs/draft-…/",
                          "`govctl rfc open` gives it one, and opens it");
        return;
    }
    for (const char* key : {"opened", "text", "rule", "history", "before"}) {
        const yaml::Node* node = record.document->root.find(key);
        if (!node || (node->is_sequence() && node->items.empty())) continue;
        validation.report("GOV107", record, {key}, fmt::format("a draft has no `{}`", key),
                          "`govctl rfc open` and `govctl motion open` write it");
    }
}

/// Whether all that opening writes is there.
bool check_opened_fields(Validation& validation, const ProposalRecord& record) {
    const Proposal& proposal = record.value;
    std::vector<std::string> missing;
    if (has_draft_folder(proposal)) missing.push_back("number");
    if (!proposal.opened) missing.push_back("opened");
    if (proposal.text.empty()) missing.push_back("text");
    if (!proposal.rule) missing.push_back("rule");
    if (proposal.history.empty()) missing.push_back("history");
    if (missing.empty()) return true;
    validation.report("GOV103", record, {"status"},
                      fmt::format("the status is {}, but there is no `{}`", model::status_word(proposal.status),
                                  join(missing, "`, `")),
                      "only `govctl rfc open` and `govctl motion open` open a proposal");
    return false;
}

void check_history_order(Validation& validation, const ProposalRecord& record) {
    const auto& history = record.value.history;
    for (std::size_t i = 1; i < history.size(); ++i) {
        if (history[i].at >= history[i - 1].at) continue;
        validation.report("GOV109", record, {"history", i, "at"},
                          fmt::format("{} at {} comes before what it follows, at {}", history[i].act,
                                      history[i].at.str(), history[i - 1].at.str()));
    }
}

void disagrees(Validation& validation, const ProposalRecord& record, const char* key, const std::string& what) {
    validation.report("GOV108", record, {key}, what, "govctl writes both: restore what it wrote");
}

/// `opened`, `text` and `before` are the last word of the history.
void check_history(Validation& validation, const ProposalRecord& record) {
    const Proposal& proposal = record.value;
    check_history_order(validation, record);
    const std::vector<Round> rounds = rounds_of(proposal);
    if (rounds.empty() || rounds.front().texts.empty()) {
        disagrees(validation, record, "history", "the history does not tell the rounds one after the other");
        return;
    }
    if (rounds.front().from != *proposal.opened)
        disagrees(validation, record, "opened",
                  fmt::format("the history says it was opened at {}", rounds.front().from.str()));
    if (rounds.back().group != proposal.deciding_group())
        disagrees(validation, record, proposal.before.empty() ? "group" : "before",
                  fmt::format("the history says it is before \"{}\"", rounds.back().group));
    if (rounds.back().texts.empty() || rounds.back().texts.back() != proposal.text)
        disagrees(validation, record, "text", "the history ends with another text");
}

void check_text(Validation& validation, const Matter& matter) {
    const auto text = validation.state().text_of(matter);
    if (!text || *text == matter.proposal().text) return;
    validation.report(
        "GOV102", matter.record, {"text"},
        fmt::format("{} was edited after it was opened: its text is no longer what is voted on", matter.id().str()),
        fmt::format("take the edit back, or ask everybody anew: `govctl rfc revise {}`", matter.id().str()));
}

/// The rule a matter is judged by comes from files as they were when it was opened.
void check_rule(Validation& validation, const Matter& matter) {
    const model::RuleRef& rule = *matter.proposal().rule;
    if (rule.group != matter.proposal().deciding_group())
        disagrees(validation, matter.record, "rule",
                  fmt::format("the rule is that of \"{}\", and \"{}\" decides", rule.group,
                              matter.proposal().deciding_group()));
    const Pinned* pinned = validation.pinned(rule);
    if (!pinned)
        validation.report(
            "GOV115", matter.record, {"rule"},
            fmt::format("the charter or project that {} was opened under is not in this repository", matter.id().str()),
            "in a shallow or partial clone, fetch the whole history: git fetch --unshallow");
    else if (!rules::find_rule(rule.name, pinned->charter, pinned->project))
        validation.report("GOV116", matter.record, {"rule", "name"},
                          fmt::format("the charter of \"{}\" had no rule \"{}\" when {} was opened", rule.group,
                                      rule.name, matter.id().str()),
                          "`rule:` is written at opening: restore what govctl wrote");
}

void check_opened(Validation& validation, const Matter& matter) {
    if (!check_opened_fields(validation, matter.record)) return;
    check_history(validation, matter.record);
    if (model::is_terminal(matter.proposal().status)) return;
    check_text(validation, matter);
    check_rule(validation, matter);
}

}  // namespace

void check_proposal(Validation& validation, const Matter& matter) {
    check_people_named(validation, matter.record);
    check_records_named(validation, matter.record);
    check_effects(validation, matter);
    check_options(validation, matter);
    if (matter.proposal().status == Status::draft) {
        check_draft_fields(validation, matter.record);
        check_competence(validation, matter);
    } else {
        check_opened(validation, matter);
    }
    if (!model::is_terminal(matter.proposal().status)) check_sections(validation, matter);
    check_status(validation, matter);
    check_ballots(validation, matter);
}

void check_proposals(Validation& validation) {
    for (const auto& [_, matter] : validation.state().matters()) check_proposal(validation, matter);
}

}  // namespace govctl::app
