#include <fmt/format.h>

#include <algorithm>

#include "check.hpp"
#include "fields.hpp"
#include "govctl/record/read.hpp"
#include "shapes.hpp"

namespace govctl::record {
namespace {

using model::Effect;

// --- shapes ---

Field group_field(const char* what) {
    return required("group", text(Scalar::id), what);
}

Field was() {
    return optional("was", text(Scalar::replaced_blob),
                    "what it replaces, written at opening; none: there was nothing");
}

Field from(bool is_required, const char* what) {
    return {"from", is_required, text(Scalar::path), what};
}

Shape changes_shape() {
    return record("changes", keys(optional("add", set(text(Scalar::handle)), "who is added"),
                                  optional("remove", set(text(Scalar::handle)), "who is taken out")));
}

Shape effect_shape() {
    const Field role = required("role", text(Scalar::name), "one of the charter's");
    const Field person = required("person", text(Scalar::handle), "who");
    return one_of(
        "effect",
        keys(optional("charter",
                      record("charter-effect",
                             keys(group_field("whose charter it becomes; a new group gets an empty roster"),
                                  from(true, "the file in this folder"), was())),
                      "a new charter"),
             optional("project", record("project-effect", keys(from(true, "the file in this folder"), was())),
                      "a new govctl.yaml"),
             optional("appoint",
                      record("appoint-effect",
                             keys(group_field("in whose roster"), role, person,
                                  optional("until", text(Scalar::date), "up to when, itself not included"), was())),
                      "a seat"),
             optional("remove", record("remove-effect", keys(group_field("from whose roster"), role, person, was())),
                      "the end of a seat"),
             optional(
                 "promote",
                 record("promote-effect", keys(person, required("level", text(Scalar::name), "of the ladder"), was())),
                 "a level of the ladder"),
             optional(
                 "ownership",
                 record("ownership-effect", keys(required("path", text(Scalar::path), "the folder; . is the top"),
                                                 optional("approvers", changes_shape(), "of its OWNERS file"),
                                                 optional("reviewers", changes_shape(), "of its OWNERS file"), was())),
                 "a change of an OWNERS file"),
             optional("file",
                      record("file-effect",
                             keys(required("path", text(Scalar::path), "counted from the top"),
                                  from(false, "the file in this folder; without it, `path` is deleted"), was())),
                      "a file of the repository")));
}

Shape metric_shape() {
    return record("metric", keys(required("name", text(Scalar::line), "what is measured"),
                                 optional("baseline", text(Scalar::line), "what it is now"),
                                 optional("target", text(Scalar::line), "what it should become"),
                                 optional("due", text(Scalar::date), "when it is measured")));
}

Shape option_shape() {
    return record("option",
                  keys(required("id", text(Scalar::name), "what ballots call it"),
                       required("title", text(Scalar::line), "in a line"),
                       optional("class", text(Scalar::name), "which ratio it needs against the default option"),
                       optional("effects", list(effect_shape()), "what its winning puts in force")));
}

Shape delivery_shape() {
    return record("delivery", keys(optional("stage", words({"unstable", "stable"}), "how far it is"),
                                   optional("release", text(Scalar::line), "in which it is to come"),
                                   optional("confidence", words({"certain", "likely", "possible", "unlikely"}),
                                            "how sure that is")));
}

Shape history_entry_shape() {
    return record("history-entry",
                  keys(required("act", text(Scalar::name), "what was done: opened, revised, escalated, …"),
                       required("at", text(Scalar::instant), "when"),
                       required("round", text(Scalar::positive), "the round from here on"),
                       optional("by", text(Scalar::handle), "who did it"),
                       optional("text", text(Scalar::digest), "what is being decided from here on"),
                       optional("group", text(Scalar::id), "escalated: who decides from here on")));
}

/// What RFCs and motions share, after `kind`.
std::vector<Field> proposal_fields(Shape types) {
    return keys(
        required("title", text(Scalar::line), "what it is about, in a line"),
        required("type", std::move(types), "what it is"), required("group", text(Scalar::id), "who decides"),
        optional("with", set(text(Scalar::id)), "groups whose consent the rule may also ask for"),
        optional("subject", either(text(Scalar::record_id), set(text(Scalar::record_id))),
                 "the records it is about; people among them are recused"),
        required("status",
                 words({"draft", "open", "accepted", "rejected", "lapsed", "withdrawn", "postponed", "superseded"}),
                 "where it stands; only govctl's verbs move it"),
        optional("opened", text(Scalar::instant), "when it was brought before its group"),
        optional("text", text(Scalar::digest), "what is being decided, fixed at opening"),
        optional("rule", rule_reference_shape(), "what it is judged by, written at opening"),
        optional("before", text(Scalar::id), "who decides after an escalation"),
        optional("present", set(text(Scalar::handle)), "who attended, where a rule counts that"),
        optional("discussion", list(text(Scalar::line)), "where it is discussed"),
        optional("supersedes", set(text(Scalar::matter_id)), "what its acceptance puts out of force"),
        optional("superseded-by", text(Scalar::matter_id), "what put it out of force"),
        optional("requires", set(text(Scalar::matter_id)), "what it builds on"),
        optional("aliases", set(text(Scalar::old_number)), "numbers it had before"),
        optional("delivery", delivery_shape(), "how far its work is; never mixed with its status"),
        optional("metrics", list_by("name", metric_shape()), "how its effect will be measured"),
        optional("options", list_by("id", option_shape()), "what a ranked ballot ranks"),
        optional("effects", list(effect_shape()), "what a yes puts in force, in the commit that records it"),
        optional("errata", list(text()), "corrections made after it ended"),
        optional("history", list(history_entry_shape()), "what happened to it; appended by govctl"));
}

// --- values ---

/// The kind whose key the mapping has; there is exactly one, maybe among unknown keys.
Effect::Kind effect_kind(const Fields& effect) {
    using Kind = Effect::Kind;
    constexpr Kind kinds[] = {Kind::charter, Kind::project,   Kind::appoint, Kind::remove,
                              Kind::promote, Kind::ownership, Kind::file};
    return *std::find_if(std::begin(kinds), std::end(kinds),
                         [&](Kind kind) { return effect.has(model::effect_word(kind)); });
}

std::vector<std::string> changes(const Fields& effect, const char* whom, const char* what) {
    const yaml::Node* node = effect.find(whom);
    return node ? Fields(*node).handles(what) : std::vector<std::string>{};
}

/// A folder as effects name it: a slash at the end, nothing for the top.
std::string folder_of(const std::string& path) {
    if (path == ".") return "";
    return path.empty() || path.ends_with('/') ? path : path + "/";
}

Effect read_effect(const Fields& outer) {
    Effect effect;
    effect.kind = effect_kind(outer);
    const Fields fields(*outer.find(model::effect_word(effect.kind)));
    effect.group = fields.text("group");
    effect.role = fields.text("role");
    effect.person = fields.handle("person");
    effect.level = fields.text("level");
    effect.path = effect.kind == Effect::Kind::ownership ? folder_of(fields.text("path")) : fields.text("path");
    effect.from = fields.text("from");
    effect.until = fields.instant("until");
    effect.add_approvers = changes(fields, "approvers", "add");
    effect.remove_approvers = changes(fields, "approvers", "remove");
    effect.add_reviewers = changes(fields, "reviewers", "add");
    effect.remove_reviewers = changes(fields, "reviewers", "remove");
    if (fields.has("was")) effect.was = fields.text("was") == "none" ? "" : fields.text("was");
    return effect;
}

model::Option read_option(const Fields& fields) {
    return {fields.text("id"), fields.text("title"), fields.text("class")};
}

std::vector<Effect> read_option_effects(const Fields& fields) {
    std::vector<Effect> effects = fields.each("effects", read_effect);
    for (Effect& effect : effects) effect.option = fields.text("id");
    return effects;
}

model::Proposal read(const Fields& fields, const RecordPath& where) {
    model::Proposal proposal;
    proposal.id = where.id;
    proposal.is_rfc = where.kind == RecordKind::rfc;
    proposal.number = fields.integer("number");
    proposal.title = fields.text("title");
    proposal.type = fields.text("type");
    proposal.group = fields.text("group");
    proposal.before = fields.text("before");
    proposal.with = fields.texts("with");
    proposal.authors = fields.handles(proposal.is_rfc ? "authors" : "by");
    proposal.sponsor = fields.handle("sponsor");
    proposal.subject = fields.ids("subject");
    proposal.status = *model::parse_status(fields.text("status"));
    proposal.opened = fields.instant("opened");
    proposal.text = fields.text("text");
    proposal.rule = fields.record("rule", read_rule_reference);
    if (fields.has("present")) proposal.present = fields.handles("present");
    proposal.supersedes = fields.ids("supersedes");
    proposal.superseded_by = fields.id("superseded-by");
    proposal.requires_ = fields.ids("requires");
    proposal.aliases = fields.ids("aliases");
    proposal.options = fields.each("options", read_option);
    proposal.effects = fields.each("effects", read_effect);
    for (const auto& brought : fields.each("options", read_option_effects))
        proposal.effects.insert(proposal.effects.end(), brought.begin(), brought.end());
    proposal.history = fields.each("history", read_history);
    if (!proposal.history.empty()) proposal.round = proposal.history.back().round;
    return proposal;
}

/// A draft has no number; every other RFC has that of its folder.
void check_number(const yaml::Document& document, const model::Proposal& proposal, Findings& findings) {
    if (!proposal.is_rfc) return;
    if (proposal.id.space == RecordId::Space::draft) {
        if (const yaml::Entry* number = document.root.find_entry("number")) {
            findings.push_back(found(not_of_path, document.place(number->key), "a draft has no number",
                                     "take the key out: `govctl rfc open` gives a number"));
        }
        return;
    }
    if (!document.root.find("number")) {
        findings.push_back(found(missing_key, document.place(document.root), "\"number\" is missing",
                                 fmt::format("write `number: {}`, as the folder says", proposal.id.name)));
    }
    check_same(document, "number", std::to_string(proposal.number) == proposal.id.name, proposal.id.name, findings);
}

}  // namespace

Shape history_shape() {
    return history_entry_shape();
}

model::HistoryEntry read_history(const Fields& fields) {
    return {fields.text("act"),  fields.instant_at("at"), fields.integer("round"),
            fields.handle("by"), fields.text("text"),     fields.text("group")};
}

Shape rule_reference_shape() {
    return record(
        "rule-reference",
        keys(required("name", text(Scalar::name), "of the rule"), required("group", text(Scalar::id), "who decides"),
             required("charter", text(Scalar::blob), "the group's charter as it was, as git names it"),
             required("project", text(Scalar::blob), "govctl.yaml as it was")));
}

model::RuleRef read_rule_reference(const Fields& fields) {
    return {fields.text("name"), fields.text("group"), fields.text("charter"), fields.text("project")};
}

Shape rfc_shape() {
    std::vector<Field> fields = proposal_fields(words({"technical", "policy", "convention", "charter", "process"}));
    fields.insert(fields.begin(), {kind_field(RecordKind::rfc),
                                   optional("number", text(Scalar::positive), "that of its folder; a draft has none"),
                                   required("authors", some(set(text(Scalar::handle))), "who wrote it"),
                                   optional("sponsor", text(Scalar::handle), "who sees it through")});
    return record("rfc", std::move(fields));
}

Shape motion_shape() {
    std::vector<Field> fields = proposal_fields(text(Scalar::name));
    fields.insert(fields.begin(),
                  {kind_field(RecordKind::motion), required("by", text(Scalar::handle), "who brings it")});
    return record("motion", std::move(fields));
}

Reading<model::Proposal> read_proposal(const yaml::Document& document, const RecordPath& where) {
    Reading<model::Proposal> reading;
    if (!check(document, where.kind, reading.findings)) return reading;
    reading.value = read(Fields(document.root), where);
    check_number(document, *reading.value, reading.findings);
    return reading;
}

}  // namespace govctl::record
