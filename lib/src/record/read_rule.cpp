#include "read_rule.hpp"

#include <fmt/format.h>

#include "govctl/record/findings.hpp"
#include "scalar.hpp"
#include "shapes.hpp"

namespace govctl::record {
namespace {

using model::Failure;
using model::ObjectionRule;
using model::Stage;

// --- shapes ---

Shape lasts_shape() {
    return either(
        text(Scalar::duration),
        record("lasts", keys(optional("at-least", text(Scalar::duration), "it passes at the earliest after this long"),
                             optional("at-most", text(Scalar::duration), "it has failed after this long"))));
}

Shape objection_shape() {
    const Shape effects = words({"none", "block", "restart", "veto"});
    return either(
        effects,
        record("objection",
               keys(required("effect", effects, "what an unresolved objection does to the stage"),
                    optional("needs", words({"reason"}), "an objection without a reason is void"),
                    optional("from", text(Scalar::name), "restart: the stage that opens anew; this one if left out"),
                    optional("by", set(text(Scalar::any_term)), "who may object; the electorate if left out"))));
}

Shape on_failure_shape() {
    const Shape failure = text(Scalar::failure);
    return either(failure,
                  record("on-failure", keys(optional("quorum", failure, "the quorum was not met"),
                                            optional("recused", failure, "too many were recused"),
                                            optional("objection", failure, "an objection stood, or was a veto"),
                                            optional("tie", failure, "as many yes as no, at least one each"),
                                            optional("else", failure, "anything else; reject if left out"))));
}

Shape options_shape() {
    return record("ranked-options",
                  keys(optional("default", text(Scalar::line), "the option that stands for none of the others"),
                       optional("ratio", dictionary(text(Scalar::name), text(Scalar::share)),
                                "by class of option: how many times as many must prefer it to the default")));
}

/// The keys of a stage but its name.
std::vector<Field> stage_fields() {
    return keys(
        optional("by", list(text(Scalar::term)), "the electorate; a person counts once; [members] if left out"),
        optional("except", list(text(Scalar::any_term)), "who is taken out of the electorate"),
        optional("as-of", words({"open", "stage", "decision"}),
                 "the instant at which the electorate is read; open if left out"),
        optional("ballot", words({"position", "ranked", "approval", "score"}),
                 "what is cast: yes, no, abstain; or a ranking, …"),
        optional("lasts", lasts_shape(), "how long the stage is"),
        optional("early", text(Scalar::early), "when it may end before its time; never if left out"),
        optional("ballots", words({"carried", "fresh"}), "whether positions taken in earlier stages count here"),
        optional("quorum", text(Scalar::condition), "the condition without which the stage fails, whatever the votes"),
        optional("passes", list(text(Scalar::condition)), "what must hold for the stage to pass, all of it"),
        optional("objection", objection_shape(), "what an objection does; none if left out"),
        optional("cap",
                 record("cap", keys(required("per", words({"organization"}), "whose votes are counted together"),
                                    required("votes", text(Scalar::positive), "so many of them count"))),
                 "how many votes of one organization count"),
        optional("tie", text(Scalar::tie), "what settles as many yes as no; fails if left out"),
        optional("on-pass", words({"next", "accept"}), "whether later stages follow; next if left out"),
        optional("on-failure", on_failure_shape(), "what follows when it fails, by cause; reject if left out"),
        optional("and", either(text(Scalar::id), set(text(Scalar::id))),
                 "groups that must also pass this stage; `with`: those the proposal names"),
        optional("recuse", words({"none"}), "switches recusal off for this stage"),
        optional("options", options_shape(), "ranked: the default option, and what others need against it"),
        optional("unranked", words({"last", "no-opinion", "zero", "invalid"}),
                 "ranked: what it means to leave an option out"),
        optional("method", text(Scalar::name), "ranked: how ballots are counted"));
}

Shape stage_shape() {
    std::vector<Field> fields = stage_fields();
    fields.insert(fields.begin(), required("stage", text(Scalar::name), "its name"));
    return record("stage", std::move(fields));
}

Shape procedure_shape() {
    std::vector<Field> fields = stage_fields();
    fields.insert(
        fields.begin(),
        {required("rule", text(Scalar::name),
                  "the rule it goes by; stage keys beside it are given anew, for its first stage"),
         optional("opened-by", list(text(Scalar::any_term)), "who may open such a matter; its authors if left out"),
         optional("seconds", text(Scalar::seconds), "how many must second it before its first stage opens"),
         optional("within", text(Scalar::duration), "in which time they must"),
         optional("fixed", text(Scalar::boolean), "govctl.yaml: no charter may say otherwise")});
    return record("procedure", std::move(fields));
}

// --- values ---

model::Lasts read_lasts(const yaml::Node& node) {
    if (node.is_scalar()) return {*Duration::parse(node.text), {}, {}};
    const Fields fields(node);
    return {{}, fields.duration("at-least"), fields.duration("at-most")};
}

ObjectionRule::Effect objection_effect(const std::string& word) {
    if (word == "block") return ObjectionRule::Effect::block;
    if (word == "restart") return ObjectionRule::Effect::restart;
    return word == "veto" ? ObjectionRule::Effect::veto : ObjectionRule::Effect::none;
}

ObjectionRule read_objection(const yaml::Node& node) {
    if (node.is_scalar()) return {objection_effect(node.text), false, {}, {}};
    const Fields fields(node);
    ObjectionRule rule{objection_effect(fields.text("effect")), fields.has("needs"), fields.text("from"), {}};
    if (fields.has("by")) rule.by = fields.terms("by");
    return rule;
}

model::OnFailure read_on_failure(const yaml::Node& node) {
    model::OnFailure on_failure;
    if (node.is_scalar()) {
        on_failure.otherwise = *Failure::parse(node.text);
        return on_failure;
    }
    const auto failure = [&](const char* cause) {
        const yaml::Node* text = node.find(cause);
        return text ? std::optional(*Failure::parse(text->text)) : std::nullopt;
    };
    on_failure.quorum = failure("quorum");
    on_failure.recused = failure("recused");
    on_failure.objection = failure("objection");
    on_failure.tie = failure("tie");
    on_failure.otherwise = failure("else").value_or(Failure{});
    return on_failure;
}

model::AsOf as_of(const std::string& word) {
    if (word == "stage") return model::AsOf::stage;
    return word == "decision" ? model::AsOf::decision : model::AsOf::open;
}

model::BallotForm ballot_form(const std::string& word) {
    if (word == "ranked") return model::BallotForm::ranked;
    if (word == "approval") return model::BallotForm::approval;
    return word == "score" ? model::BallotForm::score : model::BallotForm::position;
}

model::OptionRule read_options(const Fields& fields) {
    model::OptionRule options;
    options.default_option = fields.text("default");
    for (const auto& [option_class, text] : fields.dictionary("ratio"))
        if (auto ratio = parse_share(text)) options.ratios.emplace(option_class, *ratio);
    return options;
}

std::vector<model::Condition> read_conditions(const Fields& fields, std::string_view key) {
    std::vector<model::Condition> conditions;
    for (const std::string& text : fields.texts(key)) conditions.push_back(*model::Condition::parse(text));
    return conditions;
}

/// Every key that a stage has, and none of a procedure's own.
std::set<std::string> given_keys(const yaml::Node& node) {
    static const Shape stage = stage_shape();
    std::set<std::string> keys;
    for (const Field& field : stage.fields) {
        if (node.find(field.name)) keys.insert(field.name);
    }
    return keys;
}

Stage read_stage(const Fields& fields) {
    Stage stage;
    stage.name = fields.text("stage");
    stage.given = given_keys(fields.node());
    if (fields.has("by")) stage.by = fields.terms("by");
    stage.except = fields.terms("except");
    stage.as_of = as_of(fields.text("as-of"));
    stage.ballot = ballot_form(fields.text("ballot"));
    if (const yaml::Node* lasts = fields.find("lasts")) stage.lasts = read_lasts(*lasts);
    if (fields.has("early")) stage.early = *model::Early::parse(fields.text("early"));
    stage.fresh_ballots = fields.text("ballots") == "fresh";
    if (fields.has("quorum")) stage.quorum = *model::Condition::parse(fields.text("quorum"));
    stage.passes = read_conditions(fields, "passes");
    if (const yaml::Node* objection = fields.find("objection")) stage.objection = read_objection(*objection);
    stage.cap = fields.record("cap", [](const Fields& cap) { return std::int64_t(cap.integer("votes")); });
    if (fields.has("tie")) stage.tie = *model::TieRule::parse(fields.text("tie"));
    stage.accept_on_pass = fields.text("on-pass") == "accept";
    if (const yaml::Node* on_failure = fields.find("on-failure")) stage.on_failure = read_on_failure(*on_failure);
    stage.also = fields.texts("and");
    stage.recusal = !fields.has("recuse");
    if (const yaml::Node* options = fields.find("options")) stage.options = read_options(Fields(*options));
    stage.options.unranked = fields.text("unranked");
    stage.options.method = fields.text("method");
    return stage;
}

/// Whether the stage says when it passes, which only positions need: rankings and scores have a method.
bool check_passes(const yaml::Document& document, const yaml::Node& node, Findings& findings) {
    const Fields fields(node);
    if (fields.has("passes") || ballot_form(fields.text("ballot")) != model::BallotForm::position) return true;
    findings.push_back(found(missing_key, document.place(node),
                             fmt::format("stage \"{}\" has no \"passes\"", fields.text("stage")),
                             "list the conditions that must hold, as [yes > no]; [] passes when its time is over"));
    return false;
}

model::Rule read_rule(const yaml::Entry& entry) {
    model::Rule rule{entry.key.text, {}};
    for (const yaml::Node& stage : entry.value.items) rule.stages.push_back(read_stage(Fields(stage)));
    return rule;
}

model::Procedure read_procedure(const yaml::Node& node) {
    model::Procedure procedure;
    if (node.is_scalar()) {
        procedure.rule = node.text;
        return procedure;
    }
    const Fields fields(node);
    procedure.rule = fields.text("rule");
    procedure.anew = read_stage(fields);
    if (fields.has("opened-by")) procedure.opened_by = fields.terms("opened-by");
    if (fields.has("seconds")) procedure.seconds = *model::Amount::parse(fields.text("seconds"));
    procedure.within = fields.duration("within");
    procedure.fixed = fields.flag("fixed");
    return procedure;
}

}  // namespace

Shape rules_shape() {
    return dictionary(text(Scalar::name), some(list_by("stage", stage_shape())));
}

Shape procedures_shape() {
    return dictionary(text(Scalar::matter_kind), either(text(Scalar::name), procedure_shape()));
}

bool check_rules(const yaml::Document& document, Findings& findings) {
    bool good = true;
    if (const yaml::Node* rules = document.root.find("rules")) {
        for (const yaml::Entry& rule : rules->entries) {
            for (const yaml::Node& stage : rule.value.items) good = check_passes(document, stage, findings) && good;
        }
    }
    return good;
}

std::map<std::string, model::Rule> read_rules(const Fields& parent) {
    std::map<std::string, model::Rule> rules;
    if (const yaml::Node* node = parent.find("rules")) {
        for (const yaml::Entry& entry : node->entries) rules.emplace(entry.key.text, read_rule(entry));
    }
    return rules;
}

std::map<std::string, model::Procedure> read_procedures(const Fields& parent) {
    std::map<std::string, model::Procedure> procedures;
    if (const yaml::Node* node = parent.find("decisions")) {
        for (const yaml::Entry& entry : node->entries) procedures.emplace(entry.key.text, read_procedure(entry.value));
    }
    return procedures;
}

}  // namespace govctl::record
