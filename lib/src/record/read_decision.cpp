#include <fmt/format.h>

#include <algorithm>

#include "check.hpp"
#include "fields.hpp"
#include "govctl/record/read.hpp"
#include "scalar.hpp"
#include "shapes.hpp"

namespace govctl::record {
namespace {

Shape outcome_shape() {
    return words(
        {"accepted", "rejected", "postponed", "lapsed", "escalated", "affirmed", "vetoed", "overridden", "elected"});
}

Shape electorate_shape() {
    const Shape recused =
        record("recused-person", keys(required("person", text(Scalar::handle), "who"), required("why", text(), "why")));
    return record("counted-electorate",
                  keys(required("eligible", set(text(Scalar::handle)), "who could vote"),
                       required("recused", list_by("person", recused), "who would have been able to")));
}

Shape tally_shape() {
    const Shape figure = text(Scalar::integer);
    return record("tally", keys(required("yes", figure, "votes"), required("no", figure, "votes"),
                                required("abstain", figure, "votes"), required("objections", figure, "unresolved ones"),
                                required("missing", figure, "eligible people without a position")));
}

Shape option_tally_shape() {
    const Shape name = text(Scalar::name);
    const Shape figure = text(Scalar::integer);
    const Shape dropped =
        record("dropped-option",
               keys(required("option", name, "which"), required("why", words({"quorum", "ratio"}), "what it missed"),
                    required("over", figure, "ballots that put it over the default"),
                    required("under", figure, "and under it")));
    return record(
        "option-tally",
        keys(required("method", name, "how ballots were counted"), required("counted", figure, "ballots"),
             optional("winner", name, "the default option too; none: a tie, or nobody won"),
             optional("tied", list(name), "between which options, where nothing settled it"),
             required("order", list(list(name)), "best first, equal ones together"),
             optional("dropped", list(dropped), "options that missed what they need over the default"),
             optional("pairs", dictionary(name, dictionary(name, figure)), "how many prefer the first to the second"),
             optional("totals", dictionary(name, text(Scalar::line)), "points of each option")));
}

Shape because_shape() {
    const Shape condition =
        record("figures", keys(required("is", text(Scalar::line), "the condition"),
                               required("left", text(Scalar::line), "its left side, exactly"),
                               required("right", text(Scalar::line), "its right side, exactly"),
                               required("met", text(Scalar::boolean), "whether it held"),
                               optional("group", text(Scalar::id), "of which group that must also pass the stage")));
    const Shape settled =
        record("settled", keys(optional("by", text(Scalar::handle), "who has the casting vote; the lot if left out"),
                               required("said", text(Scalar::line), "their ballot, or what came out of the lot")));
    return record("run",
                  keys(required("stage", text(Scalar::name), "of the rule"),
                       required("from", text(Scalar::instant), "when it opened"),
                       optional("to", text(Scalar::instant), "when it ended"),
                       required("state", words({"passed", "failed", "restarted", "open", "stopped"}), "how it ended"),
                       required("conditions", list(condition), "with their figures"),
                       optional("tally", option_tally_shape(), "of the options, where they are ranked or scored"),
                       optional("settled", list(settled), "what settled a tie")));
}

model::ConditionFigures read_figures(const Fields& fields) {
    return {fields.text("is"), fields.text("left"), fields.text("right"), fields.flag("met"), fields.text("group")};
}

std::vector<std::vector<std::string>> read_tiers(const Fields& fields, std::string_view key) {
    std::vector<std::vector<std::string>> tiers;
    const yaml::Node* node = fields.find(key);
    if (!node) return tiers;
    for (const yaml::Node& tier : node->items) {
        tiers.emplace_back();
        for (const yaml::Node& option : tier.items) tiers.back().push_back(option.text);
    }
    return tiers;
}

model::DroppedOption read_dropped(const Fields& fields) {
    return {fields.text("option"), fields.text("why"), fields.integer("over"), fields.integer("under")};
}

model::OptionTally read_option_tally(const Fields& fields) {
    model::OptionTally tally;
    tally.method = fields.text("method");
    tally.counted = fields.integer("counted");
    tally.winner = fields.text("winner");
    tally.tied = fields.texts("tied");
    tally.order = read_tiers(fields, "order");
    tally.dropped = fields.each("dropped", read_dropped);
    if (const yaml::Node* pairs = fields.find("pairs"))
        for (const yaml::Entry& row : pairs->entries)
            for (const yaml::Entry& cell : row.value.entries)
                tally.pairs[row.key.text][cell.key.text] = parse_integer(cell.value.text).value_or(0);
    tally.totals = fields.dictionary("totals");
    return tally;
}

model::Settled read_settled(const Fields& fields) {
    return {fields.handle("by"), fields.text("said")};
}

model::Because read_because(const Fields& fields) {
    return {fields.text("stage"),
            fields.instant_at("from"),
            fields.instant("to"),
            *model::parse_run_state(fields.text("state")),
            fields.each("conditions", read_figures),
            fields.record("tally", read_option_tally),
            fields.each("settled", read_settled)};
}

model::TallyFigures read_tally(const Fields& fields) {
    return {fields.integer("yes"), fields.integer("no"), fields.integer("abstain"), fields.integer("objections"),
            fields.integer("missing")};
}

model::RecusedPerson read_recused(const Fields& fields) {
    return {fields.handle("person"), fields.text("why")};
}

model::Decision read(const Fields& fields, const RecordPath& where) {
    model::Decision decision;
    decision.id = where.name;
    decision.subject = fields.id("subject");
    decision.group = fields.text("group");
    decision.outcome = *model::parse_outcome(fields.text("outcome"));
    decision.option = fields.text("option");
    decision.was = model::parse_outcome(fields.text("was"));
    decision.decided = fields.instant_at("decided");
    decision.by = fields.handle("by");
    decision.evidence = fields.text("evidence");
    decision.rule = *fields.record("rule", read_rule_reference);
    decision.round = fields.integer("round");
    decision.text = fields.text("text");
    const Fields electorate(*fields.find("electorate"));
    decision.eligible = electorate.handles("eligible");
    decision.recused = electorate.each("recused", read_recused);
    decision.tally = *fields.record("tally", read_tally);
    decision.because = fields.each("because", read_because);
    decision.enacted = fields.texts("enacted");
    return decision;
}

/// `<date>-<subject>`, and `-2` after it for a second that day.
bool is_named_after(const std::string& name, const model::Decision& decision) {
    std::string expected = fmt::format("{}-{}", decision.decided.date(), decision.subject);
    std::replace(expected.begin(), expected.end(), '/', '-');
    if (!name.starts_with(expected)) return false;
    const std::string_view rest = std::string_view(name).substr(expected.size());
    return rest.empty() || (rest.starts_with('-') && parse_integer(rest.substr(1)).value_or(0) >= 2);
}

void check_name(const yaml::Document& document, const model::Decision& decision, Findings& findings) {
    if (is_named_after(decision.id, decision)) return;
    const yaml::Node& subject = *document.root.find("subject");
    findings.push_back(found(not_of_path, document.place(subject),
                             fmt::format("\"{}\" decided on {} does not belong in a file of this name",
                                         decision.subject, decision.decided.date()),
                             "a decision lies in decisions/<date>-<subject>.yaml"));
}

}  // namespace

Shape decision_shape() {
    return record(
        "decision",
        keys(kind_field(RecordKind::decision), required("subject", text(Scalar::record_id), "what was decided on"),
             required("group", text(Scalar::id), "who decided"),
             required("outcome", outcome_shape(), "what was decided"),
             optional("option", text(Scalar::name), "which option won, where there were some"),
             optional("was", outcome_shape(), "escalated by an appeal: what would have stood; affirmed: what stands"),
             required("decided", text(Scalar::instant), "the instant of evaluation"),
             optional("by", text(Scalar::handle), "who ran it; the outcome does not depend on it"),
             optional("evidence", text(Scalar::blob), "the commit it was computed from, for display"),
             required("rule", rule_reference_shape(), "what it was judged by"),
             required("round", text(Scalar::positive), "which round it ended"),
             required("text", text(Scalar::digest), "exactly what was decided on"),
             required("electorate", electorate_shape(), "of the last stage"),
             required("tally", tally_shape(), "of the last stage"),
             required("because", list(because_shape()), "each run of a stage, with its figures"),
             optional("enacted", list(text(Scalar::path)), "files that it put in force"),
             optional("signature", text(), "over every other field")));
}

Reading<model::Decision> read_decision(const yaml::Document& document, const RecordPath& where) {
    Reading<model::Decision> reading;
    if (!check(document, RecordKind::decision, reading.findings)) return reading;
    reading.value = read(Fields(document.root), where);
    check_name(document, *reading.value, reading.findings);
    return reading;
}

}  // namespace govctl::record
