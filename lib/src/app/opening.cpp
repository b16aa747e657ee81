#include <algorithm>

#include "govctl/app/acts.hpp"
#include "govctl/record/text.hpp"
#include "govctl/record/write.hpp"
#include "govctl/rules/procedure.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

using model::Status;

/// Errors: `refused` where this person may not open this, or it must not be opened as it stands.
Result<void> may_open(const State& state, const Act& act, const Matter& matter) {
    const model::Proposal& proposal = matter.proposal();
    if (proposal.status != Status::draft)
        return refused(matter.id().str() + " is " + std::string(model::status_word(proposal.status)) + " already");
    for (const std::string& author : proposal.authors)
        if (!state.people().person(author))
            return refused("its author " + author + " is not on record", {"`govctl person new` adds a person"});
    GOVCTL_TRY(const auto* charter, charter_of(state, proposal.group));
    auto kind = rules::kind_of(proposal, charter->value, state.project());
    if (!kind) return refusal(kind.error());
    auto procedure = rules::procedure_for(*kind, proposal.is_rfc, charter->value, state.project());
    if (!procedure) return refusal(procedure.error());
    const auto openers = rules::openers(*procedure, proposal, state.people(), act.now);
    if (!std::binary_search(openers.begin(), openers.end(), act.actor))
        return refused(act.actor + " may not open " + matter.id().str(), {"who may: " + name_list(openers)});
    GOVCTL_CHECK(rules::within_reach(proposal, proposal.group, state.people(), coming_charters(state, matter)));
    GOVCTL_CHECK(must_be_sound(state, matter, act.now));
    return must_qualify(state, matter.proposal().effects, matter, act.now, Sponsors::to_come);
}

/// The text as the record would be with the editor's bytes.
Result<std::string> text_with(const State& state, const Matter& matter, const yaml::Editor& editor) {
    GOVCTL_TRY(auto files, state.folder_files(matter));
    return record::proposal_text(file_of(matter.proposal().is_rfc), editor.document().root, files);
}

/// Where the folder of a draft goes when it is opened.
std::string opened_folder(const State& state, const Matter& matter, int number) {
    if (!matter.proposal().is_rfc) return matter.folder();
    return record::rfc_folder(state.root(), number, matter.id().name);
}

/// Moves every file of the folder, with the record as edited.
Result<void> move_folder(Change& change, const State& state, const Matter& matter, const std::string& to,
                         std::string record) {
    const std::string& from = matter.folder();
    if (from != to)
        for (const FileEntry& entry : state.files().below(from)) {
            change.files[entry.path] = std::nullopt;
            if (entry.path == matter.record.path) continue;
            GOVCTL_TRY(change.files[to + entry.path.substr(from.size())], state.snapshot().read(entry.path));
        }
    change.files[to + file_of(matter.proposal().is_rfc)] = std::move(record);
    change.folder = to;
    return {};
}

std::string rule_name(const model::RuleRef& rule) {
    return rule.group + "/" + rule.name;
}

/// An act of the authors that only changes where the matter stands.
Result<Change> change_status(const Act& act, const Matter& matter, Status status, const char* verb, const char* done) {
    const model::Proposal& proposal = matter.proposal();
    yaml::Editor editor(*matter.record.document);
    GOVCTL_CHECK(editor.set({"status"}, std::string(model::status_word(status))));
    GOVCTL_CHECK(add_history(editor, {done, act.now, proposal.round, act.actor, "", ""}));
    Change change;
    change.files[matter.record.path] = editor.bytes();
    change.folder = matter.folder();
    std::string word = verb;
    word[0] = static_cast<char>(word[0] - 'a' + 'A');
    change.subject = word + " " + called(proposal);
    change.record = matter.id();
    change.verb = verb;
    return change;
}

Result<void> must_be_author(const Matter& matter, const Act& act, const char* verb) {
    if (is_author(matter.proposal(), act.actor)) return {};
    return refused("only an author may " + std::string(verb) + " " + matter.id().str(),
                   {"authors: " + name_list(matter.proposal().authors)});
}

/// What an author may not alter between two texts.
Result<void> must_keep_its_frame(const model::Proposal& before, const model::Proposal& after) {
    const char* changed = nullptr;
    if (after.group != before.group) changed = "group";
    if (after.type != before.type) changed = "type";
    if (after.subject != before.subject) changed = "subject";
    if (changed)
        return refused("a revision may not change its " + std::string(changed), {"withdraw it and open another"});
    if (after.status != before.status || after.round != before.round || after.text != before.text ||
        after.rule != before.rule || after.opened != before.opened || after.before != before.before ||
        after.history.size() != before.history.size() || after.authors != before.authors ||
        after.number != before.number)
        return refused("status, opened, text, rule, history, authors and number are govctl's to write",
                       {"take those edits back"});
    return {};
}

}  // namespace

Result<Change> open_proposal(const State& state, const Act& act, const RecordId& id, const Opening& opening) {
    GOVCTL_TRY(const Matter* matter, matter_of(state, id));
    const model::Proposal& proposal = matter->proposal();
    GOVCTL_CHECK(may_open(state, act, *matter));
    GOVCTL_TRY(auto rule, rule_in_force(state, proposal, false));

    yaml::Editor editor(*matter->record.document);
    GOVCTL_CHECK(write_was(editor, state, proposal));
    GOVCTL_TRY(auto text, text_with(state, *matter, editor));
    if (proposal.is_rfc) GOVCTL_CHECK(editor.set({"number"}, std::to_string(opening.number)));
    GOVCTL_CHECK(editor.set({"status"}, "open"));
    GOVCTL_CHECK(editor.set({"opened"}, act.now.str()));
    GOVCTL_CHECK(editor.set({"text"}, text));
    GOVCTL_CHECK(editor.set({"rule"}, record::to_value(rule)));
    if (opening.present)
        GOVCTL_CHECK(
            editor.set({"present"}, yaml::Value::sequence({opening.present->begin(), opening.present->end()}, true)));
    GOVCTL_CHECK(add_history(editor, {"opened", act.now, 1, act.actor, text, ""}));

    Change change;
    GOVCTL_CHECK(move_folder(change, state, *matter, opened_folder(state, *matter, opening.number), editor.bytes()));
    change.record = proposal.is_rfc ? RecordId::rfc(opening.number) : id;
    change.subject = "Open " + called(change.record, proposal.title);
    change.verb = "open";
    change.rule = rule_name(rule);
    return change;
}

Result<Change> revise(const State& before, const State& edited, const Act& act, const RecordId& id) {
    GOVCTL_TRY(const Matter* matter, matter_of(before, id));
    GOVCTL_TRY(const Matter* wanted, matter_of(edited, id));
    GOVCTL_CHECK(must_be_revisable(before, *matter, act.now));
    GOVCTL_CHECK(must_be_author(*matter, act, "revise"));
    GOVCTL_CHECK(must_keep_its_frame(matter->proposal(), wanted->proposal()));
    GOVCTL_TRY(auto judged, Judged::make(before, *matter));
    auto kind = rules::kind_of(wanted->proposal(), judged.charter(), judged.project());
    if (!kind) return refusal(kind.error());
    if (*kind != judged.kind())
        return refused("a revision may not make a " + *kind + " of a " + judged.kind(),
                       {"withdraw it and open another"});
    model::Register as_opened = before.people();
    as_opened.charters[judged.charter().id] = judged.charter();
    as_opened.project = judged.project();
    GOVCTL_CHECK(
        rules::within_reach(wanted->proposal(), wanted->proposal().group, as_opened, coming_charters(edited, *wanted)));

    yaml::Editor editor(*wanted->record.document);
    GOVCTL_CHECK(write_was(editor, before, wanted->proposal()));
    GOVCTL_TRY(auto text, text_with(edited, *wanted, editor));
    if (text == matter->proposal().text)
        return refused("nothing that is decided on has changed in " + id.str(), {"edit it, then run this again"});
    GOVCTL_CHECK(editor.set({"text"}, text));
    GOVCTL_CHECK(add_history(editor, {"revised", act.now, matter->proposal().round, act.actor, text, ""}));

    Change change;
    change.folder = matter->folder();
    change.files[wanted->record.path] = editor.bytes();
    GOVCTL_TRY(auto old_files, before.folder_files(*matter));
    GOVCTL_TRY(auto new_files, edited.folder_files(*wanted));
    for (const auto& [name, bytes] : old_files)
        if (!new_files.contains(name)) change.files[change.folder + name] = std::nullopt;
    for (const auto& [name, bytes] : new_files)
        if (auto old = old_files.find(name); old == old_files.end() || old->second != bytes)
            change.files[change.folder + name] = bytes;

    GOVCTL_TRY(auto after, before.with(change.files));
    GOVCTL_TRY(const Matter* revised, matter_of(*after, id));
    GOVCTL_CHECK(must_be_sound(*after, *revised, act.now));
    GOVCTL_CHECK(must_qualify(*after, revised->proposal().effects, *revised, act.now, Sponsors::to_come));
    change.subject = "Revise " + called(wanted->proposal());
    change.record = id;
    change.verb = "revise";
    change.rule = rule_name(*matter->proposal().rule);
    return change;
}

Result<Change> withdraw(const State& state, const Act& act, const RecordId& id) {
    GOVCTL_TRY(const Matter* matter, matter_of(state, id));
    GOVCTL_CHECK(must_be_author(*matter, act, "withdraw"));
    if (matter->proposal().status != Status::postponed) GOVCTL_CHECK(must_be_revisable(state, *matter, act.now));
    return change_status(act, *matter, Status::withdrawn, "withdraw", "withdrawn");
}

Result<Change> postpone(const State& state, const Act& act, const RecordId& id) {
    GOVCTL_TRY(const Matter* matter, matter_of(state, id));
    GOVCTL_CHECK(must_be_author(*matter, act, "postpone"));
    GOVCTL_CHECK(must_be_undecided(state, *matter, act.now));
    return change_status(act, *matter, Status::postponed, "postpone", "postponed");
}

Result<Change> reopen(const State& state, const Act& act, const RecordId& id) {
    GOVCTL_TRY(const Matter* matter, matter_of(state, id));
    const model::Proposal& proposal = matter->proposal();
    GOVCTL_CHECK(must_be_author(*matter, act, "reopen"));
    if (proposal.status != Status::postponed)
        return refused(id.str() + " is " + std::string(model::status_word(proposal.status)) +
                       "; only what was postponed can be reopened");
    GOVCTL_TRY(auto judged, Judged::make(state, *matter));
    GOVCTL_TRY(auto rule, rule_in_force(state, proposal, judged.is_appeal()));
    yaml::Editor editor(*matter->record.document);
    GOVCTL_CHECK(editor.set({"status"}, "open"));
    GOVCTL_CHECK(editor.set({"rule"}, record::to_value(rule)));
    GOVCTL_CHECK(add_history(editor, {"reopened", act.now, proposal.round + 1, act.actor, proposal.text, ""}));
    Change change;
    change.files[matter->record.path] = editor.bytes();
    change.folder = matter->folder();
    change.subject = "Reopen " + called(proposal);
    change.record = id;
    change.verb = "reopen";
    change.rule = rule_name(rule);
    return change;
}

Result<Change> renumber(const State& state, const Act& act, const Matter& matter, int number) {
    const model::Proposal& proposal = matter.proposal();
    if (!proposal.is_rfc || proposal.number == 0) return refused(matter.id().str() + " has no number");
    if (!state.people().person(act.actor)) return refused(act.actor + " is not on record");
    std::string name = matter.folder().substr(0, matter.folder().size() - 1);
    name.erase(0, name.rfind('/') + 1);
    yaml::Editor editor(*matter.record.document);
    GOVCTL_CHECK(editor.set({"number"}, std::to_string(number)));
    GOVCTL_CHECK(editor.append({"aliases"}, matter.id().str()));
    Change change;
    GOVCTL_CHECK(move_folder(change, state, matter,
                             record::rfc_folder(state.root(), number, name.substr(name.find('-') + 1)),
                             editor.bytes()));
    change.record = RecordId::rfc(number);
    for (const auto& [voter, ballot] : matter.ballots) {
        yaml::Editor renamed(*ballot.document);
        GOVCTL_CHECK(renamed.set({"matter"}, change.record.str()));
        change.files[record::ballot_path(change.folder, voter)] = renamed.bytes();
    }
    change.subject =
        "Renumber RFC " + std::to_string(proposal.number) + " to " + std::to_string(number) + ": " + proposal.title;
    change.verb = "renumber";
    return change;
}

std::set<int> rfc_numbers(const State& state) {
    std::set<int> numbers;
    auto add = [&](const model::Proposal& proposal) {
        if (proposal.number > 0) numbers.insert(proposal.number);
        for (const std::string& alias : proposal.aliases)
            if (auto old = RecordId::parse(alias); old && old->space == RecordId::Space::rfc)
                numbers.insert(std::stoi(old->name));
    };
    for (const auto& [id, matter] : state.matters()) add(matter.proposal());
    for (const Matter& matter : state.doubles()) add(matter.proposal());
    return numbers;
}

}  // namespace govctl::app
