#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "govctl/base/text.hpp"
#include "govctl/rules/procedure.hpp"
#include "govctl/rules/requirements.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

using CharterRecord = Loaded<model::Charter>;
using model::GroupType;

/// A rule or procedure and the file it is written in: a charter's, or the project's.
class Source {
public:
    Source(const Validation& validation, const CharterRecord& charter)
        : project_(*validation.state().project_record()), charter_(charter) {}

    /// Where a key of a stage is written, of the rule that `name` means in this charter.
    Place of_stage(const std::string& name, const std::string& stage, const std::string& key) const {
        const bool is_own = charter_.value.rules.count(name) > 0;
        const yaml::Document& document = is_own ? *charter_.document : *project_.document;
        yaml::Path path = {"rules", name};
        if (const auto index = stage_index(document, name, stage)) path.emplace_back(*index);
        path.emplace_back(key);
        return document.place(path);
    }

    /// Where a key of the procedure for a kind is written.
    Place of_procedure(const std::string& kind, const std::string& key) const {
        const yaml::Path path = {"decisions", kind, key};
        return is_own_procedure(kind) ? Validation::place(charter_, path) : Validation::place(project_, path);
    }

    bool is_own_procedure(const std::string& kind) const {
        const auto common = project_.value.decisions.find(kind);
        if (common == project_.value.decisions.end()) return true;
        return charter_.value.decisions.count(kind) > 0 && !common->second.fixed;
    }

private:
    static std::optional<std::size_t> stage_index(const yaml::Document& document, const std::string& rule,
                                                  const std::string& stage) {
        const yaml::Node* stages = document.find({"rules", rule});
        for (std::size_t i = 0; stages && i < stages->items.size(); ++i) {
            const yaml::Node* name = stages->items[i].find("stage");
            if (name && name->text == stage) return i;
        }
        return std::nullopt;
    }

    const Loaded<model::Project>& project_;
    const CharterRecord& charter_;
};

/// Reading finds a stage without a name of its own, without `passes:`, or with a cap of nothing, before rules are
/// examined.
bool is_for_reading(const rules::Complaint& complaint) {
    return complaint.id == "GOV301" || complaint.id == "GOV302" || complaint.id == "GOV319";
}

Finding as_finding(const rules::Complaint& complaint, Place place) {
    return {complaint.id, complaint.is_error ? Severity::error : Severity::warning, std::move(place), complaint.message,
            complaint.help};
}

// ---- which rules ----------------------------------------------------------------------------------------------------

using Procedures = std::map<std::string, model::Procedure>;

/// What is decided how in this group: the charter's word before the project's, but not over what that fixes. A charter
/// that says something for `"*"` leaves nothing to the project.
Procedures procedures_of(const model::Charter& charter, const model::Project& project) {
    Procedures procedures = charter.decisions;
    const bool is_silent = charter.decisions.count("*") == 0;
    for (const auto& [kind, procedure] : project.decisions) {
        if (procedure.fixed) procedures[kind] = procedure;
        if (is_silent) procedures.emplace(kind, procedure);
    }
    return procedures;
}

void check_unknown_rules(Validation& validation, const CharterRecord& charter, const Procedures& procedures) {
    const model::Project& project = validation.state().project();
    const Source source(validation, charter);
    for (const auto& [kind, procedure] : procedures) {
        if (rules::find_rule(procedure.rule, charter.value, project)) continue;
        std::vector<std::string> known = keys_of(project.rules);
        if (source.is_own_procedure(kind))
            for (const auto& [name, _] : charter.value.rules) known.push_back(name);
        validation.report("GOV342", source.of_procedure(kind, "rule"),
                          fmt::format("there is no rule \"{}\"", procedure.rule),
                          meant(procedure.rule, known, "rules stand under `rules:` in the charter or in govctl.yaml"));
    }
}

void check_fixed(Validation& validation, const CharterRecord& charter) {
    for (const auto& [kind, _] : charter.value.decisions) {
        const auto fixed = validation.state().project().decisions.find(kind);
        if (fixed == validation.state().project().decisions.end() || !fixed->second.fixed) continue;
        validation.report("GOV343", charter, {"decisions", kind},
                          fmt::format("govctl.yaml fixes how \"{}\" is decided: this has no effect", kind),
                          fmt::format("take `{}` out of the charter's `decisions:`", kind));
    }
}

// ---- what rules say -------------------------------------------------------------------------------------------------

/// Rules that a charter's matters may come under: those its procedures name, and those these lead to.
std::set<std::string> rules_in_use(const model::Charter& charter, const model::Project& project,
                                   const Procedures& procedures) {
    std::set<std::string> found;
    std::vector<std::string> open = keys_of(charter.rules);
    for (const auto& [_, procedure] : procedures) open.push_back(procedure.rule);
    while (!open.empty()) {
        const std::string name = std::move(open.back());
        open.pop_back();
        const model::Rule* rule = rules::find_rule(name, charter, project);
        if (!rule || !found.insert(name).second) continue;
        for (const model::Stage& stage : rule->stages) {
            const model::OnFailure& failure = stage.on_failure;
            for (const auto* each : {&failure.quorum, &failure.recused, &failure.objection, &failure.tie})
                if (*each) open.push_back((*each)->name);
            open.push_back(failure.otherwise.name);
        }
    }
    return found;
}

/// A rule that a group has only because its charter is silent need not suit it: that is a warning, and an opening under
/// it is refused.
void examine_rules(Validation& validation, const CharterRecord& charter, const Procedures& procedures) {
    const model::Project& project = validation.state().project();
    const Source source(validation, charter);
    const std::set<std::string> chosen = rules_in_use(charter.value, project, charter.value.decisions);
    for (const std::string& name : rules_in_use(charter.value, project, procedures)) {
        model::Rule rule = *rules::find_rule(name, charter.value, project);
        rule.name = name;
        for (const auto& complaint : rules::examine(rule, charter.value, validation.state().people())) {
            if (is_for_reading(complaint)) continue;
            Finding finding = as_finding(complaint, source.of_stage(name, complaint.stage, complaint.key));
            if (chosen.count(name) == 0) finding.severity = Severity::warning;
            validation.add({std::move(finding)});
        }
    }
}

/// Keys given anew for a first stage may break what was sound without them.
void examine_procedures(Validation& validation, const CharterRecord& charter, const Procedures& procedures) {
    const model::Project& project = validation.state().project();
    const Source source(validation, charter);
    for (const auto& [kind, procedure] : procedures) {
        if (procedure.anew.given.empty()) continue;
        const auto rule = rules::rule_for(procedure, charter.value, project);
        if (!rule || rule->stages.empty()) continue;
        for (const auto& complaint : rules::examine(*rule, charter.value, validation.state().people())) {
            const bool is_anew =
                complaint.stage == rule->stages.front().name && procedure.anew.given.count(complaint.key) > 0;
            if (is_anew) validation.add({as_finding(complaint, source.of_procedure(kind, complaint.key))});
        }
    }
}

// ---- kinds without a rule -------------------------------------------------------------------------------------------

/// A kind of matter, and whether it may come as an RFC.
struct Kind {
    std::string name;
    bool is_rfc;
};

bool is_sent_to(const std::string& kind, const model::Charter& charter, const model::Register& people) {
    return rules::sent_to(kind, "", people) == charter.id;
}

/// Whether charters come before this group: that of a group below it, or its own.
bool decides_charters(const model::Charter& charter, const model::Register& people) {
    return std::any_of(people.charters.begin(), people.charters.end(),
                       [&](const auto& each) { return rules::sent_to("charter", each.first, people) == charter.id; });
}

/// The kinds of matter that can come before a group, by what it is and what the project sends to it.
std::vector<Kind> kinds_before(const model::Charter& charter, const model::Register& people) {
    std::vector<Kind> kinds = {{"technical", true}};
    if (charter.type != GroupType::community && !charter.roles.empty())
        kinds.insert(kinds.end(), {{"appointment", false}, {"removal", false}});
    if (!charter.areas.empty()) kinds.push_back({"ownership", false});
    if (decides_charters(charter, people)) kinds.push_back({"charter", true});
    std::set<std::string> sent = {"policy", "process", "convention", "project"};
    for (const auto& [kind, _] : people.project.matters) sent.insert(kind);
    for (const std::string& kind : sent) {
        const bool is_rfc = kind == "policy" || kind == "process" || kind == "convention";
        if (kind != "charter" && is_sent_to(kind, charter, people)) kinds.push_back({kind, is_rfc});
    }
    return kinds;
}

void check_complete(Validation& validation, const CharterRecord& charter) {
    const model::Register& people = validation.state().people();
    std::vector<std::string> without;
    for (const Kind& kind : kinds_before(charter.value, people)) {
        if (!rules::procedure_for(kind.name, kind.is_rfc, charter.value, people.project)) without.push_back(kind.name);
    }
    if (without.empty()) return;
    validation.report("GOV340", charter, {"decisions"},
                      fmt::format("nothing says how \"{}\" decides on: {}", charter.value.id, join(without, ", ")),
                      "name a rule for each under `decisions:` here or in govctl.yaml, or one for `\"*\"`");
}

// ---- openers, appeals -----------------------------------------------------------------------------------------------

/// People named outside of stages are named in the same words: they are examined as the electorate of one.
void check_terms(Validation& validation, const CharterRecord& charter, const std::vector<model::Term>& terms,
                 const Place& place) {
    model::Stage stage;
    stage.by = terms;
    const model::Rule rule{"", {stage}};
    for (const auto& complaint : rules::examine(rule, charter.value, validation.state().people())) {
        if (complaint.key == "by") validation.add({as_finding(complaint, place)});
    }
}

void check_openers(Validation& validation, const CharterRecord& charter, const Procedures& procedures) {
    const Source source(validation, charter);
    for (const auto& [kind, procedure] : procedures) {
        if (procedure.opened_by)
            check_terms(validation, charter, *procedure.opened_by, source.of_procedure(kind, "opened-by"));
    }
}

void check_appeals(Validation& validation, const CharterRecord& charter) {
    if (!charter.value.appeals) return;
    check_terms(validation, charter, charter.value.appeals->by, Validation::place(charter, {"appeals", "by"}));
    if (validation.state().people().above(charter.value.id)) return;
    validation.report("GOV344", charter, {"appeals"},
                      fmt::format("\"{}\" has no group above it that an appeal could go to", charter.value.id),
                      "name a `parent:`, or take `appeals:` out");
}

// ---- requirements ---------------------------------------------------------------------------------------------------

using Requirement = model::Requirement;

/// How people come by what has requirements.
enum class Way { motion, election };

/// Why a requirement can never be counted there; empty: it can.
std::string uncountable(const Requirement& requirement, Way way, const model::Procedure* procedure,
                        const Validation& validation) {
    switch (requirement.kind) {
        case Requirement::Kind::endorsements:
        case Requirement::Kind::endorsement_organizations:
            return way == Way::election ? "" : "only nominations for an election are endorsed";
        case Requirement::Kind::sponsors:
        case Requirement::Kind::sponsor_organizations:
            if (way == Way::election) return "only motions are seconded";
            return procedure && procedure->seconds == model::Amount{} ? "nobody seconds such a matter here" : "";
        case Requirement::Kind::agreed:
            return validation.has_path(requirement.of) ? "" : "there is no such file";
        default:
            return rules::uncountable(requirement, validation.state().people());
    }
}

template <class T>
void check_requirements(Validation& validation, const Loaded<T>& record, const yaml::Path& path,
                        const std::vector<std::string>& requirements, Way way, const model::Procedure* procedure) {
    for (std::size_t i = 0; i < requirements.size(); ++i) {
        const auto requirement = Requirement::parse(requirements[i]);
        if (!requirement) continue;  // reading reports it
        const std::string why = uncountable(*requirement, way, procedure, validation);
        if (why.empty()) continue;
        yaml::Path item = path;
        item.emplace_back(i);
        validation.report("GOV320", record, item, fmt::format("`{}` cannot be counted: {}", requirements[i], why),
                          why.starts_with("nobody seconds")
                              ? "say how many must, as `promotion: {rule: …, seconds: 2, within: 2w}`"
                              : "what can be counted: `man 7 govctl-rules`, REQUIREMENTS");
    }
}

void check_role_requirements(Validation& validation, const CharterRecord& charter) {
    const model::Project& project = validation.state().project();
    const auto procedure = rules::procedure_for("appointment", false, charter.value, project);
    for (const model::Role& role : charter.value.roles) {
        if (charter.value.type == GroupType::community) continue;  // there it says whose the role is
        const Way way = role.filled_by == "election" ? Way::election : Way::motion;
        check_requirements(validation, charter, {"roles", role.name, "requires"}, role.requires_, way,
                           procedure ? &*procedure : nullptr);
    }
}

void check_ladder_requirements(Validation& validation) {
    const auto& project = *validation.state().project_record();
    const auto group = rules::sent_to("promotion", "", validation.state().people());
    const auto charter = validation.state().charter_records().find(group.value_or(project.value.steering));
    std::optional<model::Procedure> procedure;
    if (charter != validation.state().charter_records().end())
        if (auto found = rules::procedure_for("promotion", false, charter->second.value, project.value))
            procedure = *found;
    for (std::size_t i = 0; i < project.value.ladder.size(); ++i)
        check_requirements(validation, project, {"ladder", i, "requires"}, project.value.ladder[i].requires_,
                           Way::motion, procedure ? &*procedure : nullptr);
}

/// Whether matters of a group may go up without an appeal: by a stage that says so, or out of a deadlock.
bool may_escalate(const model::Charter& charter, const model::Project& project) {
    const auto goes_up = [](const model::Failure* failure) {
        return failure->action == model::Failure::Action::escalate ||
               failure->action == model::Failure::Action::deadlock;
    };
    for (const std::string& name : rules_in_use(charter, project, procedures_of(charter, project)))
        for (const model::Stage& stage : rules::find_rule(name, charter, project)->stages) {
            const auto failures = stage.on_failure.all();
            if (std::any_of(failures.begin(), failures.end(), goes_up)) return true;
        }
    return false;
}

/// `affirm decision` after an escalation that was no appeal would affirm nothing: such a matter goes by another rule
/// than who reads `appeal:` in this charter may think.
void check_rule_for_appeals(Validation& validation, const CharterRecord& charter) {
    const model::Register& people = validation.state().people();
    if (rules::appeal_reach(charter.value, people.project) != rules::AppealReach::appeals) return;
    std::vector<std::string> below;
    for (const auto& [group, each] : people.charters)
        if (people.above(group) == charter.value.id && may_escalate(each, people.project)) below.push_back(group);
    if (below.empty()) return;
    validation.report(
        "GOV321", Source(validation, charter).of_procedure("appeal", "rule"),
        fmt::format("only appeals go by this rule, which affirms a decision: what {} escalate{} otherwise "
                    "goes by the rule for its kind",
                    join(below, ", "), below.size() == 1 ? "s" : ""),
        "let the rule for appeals end without `affirm decision`, if it is meant for every escalation");
}

void check_charter(Validation& validation, const CharterRecord& charter) {
    const Procedures procedures = procedures_of(charter.value, validation.state().project());
    check_unknown_rules(validation, charter, procedures);
    check_fixed(validation, charter);
    examine_rules(validation, charter, procedures);
    examine_procedures(validation, charter, procedures);
    check_openers(validation, charter, procedures);
    check_complete(validation, charter);
    check_appeals(validation, charter);
    check_role_requirements(validation, charter);
    check_rule_for_appeals(validation, charter);
}

}  // namespace

void check_rules(Validation& validation) {
    check_ladder_requirements(validation);
    for (const auto& [_, charter] : validation.state().charter_records()) check_charter(validation, charter);
}

}  // namespace govctl::app
