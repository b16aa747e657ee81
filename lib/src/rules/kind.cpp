#include <algorithm>
#include <set>
#include <utility>

#include "govctl/base/text.hpp"
#include "govctl/rules/procedure.hpp"

namespace govctl::rules {

using model::Charter;
using model::Effect;
using model::Procedure;
using model::Project;
using model::Proposal;
using model::Rule;

/// Empty: a file's change is of no kind of its own.
static std::string kind_of_effect(Effect::Kind kind) {
    switch (kind) {
        case Effect::Kind::charter:
            return "charter";
        case Effect::Kind::project:
            return "project";
        case Effect::Kind::appoint:
            return "appointment";
        case Effect::Kind::remove:
            return "removal";
        case Effect::Kind::promote:
            return "promotion";
        case Effect::Kind::ownership:
            return "ownership";
        case Effect::Kind::file:
            return "";
    }
    return "";
}

/// Whether each appointment fills a seat that a removal in the same proposal frees.
static bool only_replaces(const Proposal& proposal) {
    std::set<std::pair<std::string, std::string>> freed;
    for (const Effect& effect : proposal.effects)
        if (effect.kind == Effect::Kind::remove) freed.insert({effect.group, effect.role});
    return std::all_of(proposal.effects.begin(), proposal.effects.end(), [&](const Effect& effect) {
        return effect.kind != Effect::Kind::appoint || freed.count({effect.group, effect.role}) > 0;
    });
}

static bool only_removes(const Proposal& proposal) {
    return std::all_of(proposal.effects.begin(), proposal.effects.end(),
                       [](const Effect& effect) { return effect.kind == Effect::Kind::remove; });
}

Result<std::string> kind_of(const Proposal& proposal, const Charter& charter, const Project& project) {
    std::set<std::string> kinds;
    for (const Effect& effect : proposal.effects)
        if (std::string kind = kind_of_effect(effect.kind); !kind.empty()) kinds.insert(std::move(kind));
    if (kinds == std::set<std::string>{"appointment", "removal"} && only_replaces(proposal)) kinds = {"removal"};
    if (kinds.size() > 1)
        return Error{ErrorKind::invalid,
                     "the effects are of more than one kind: " + join({kinds.begin(), kinds.end()}, ", "),
                     {"one proposal decides one kind of matter; only a removal may also appoint, to the same role"}};
    if (kinds.empty()) return proposal.type;

    static const std::string no_confidence = "no-confidence";
    const bool is_named = charter.decisions.count(no_confidence) > 0 || project.decisions.count(no_confidence) > 0;
    if (!proposal.is_rfc && proposal.type == no_confidence && only_removes(proposal) && is_named) return no_confidence;
    return *kinds.begin();
}

using Procedures = std::map<std::string, Procedure>;

static const Procedure* named_for(const std::string& kind, bool is_rfc, const Procedures& procedures) {
    std::vector<std::string> keys = {kind, "*"};
    if (is_rfc) keys.insert(keys.begin() + 1, "rfc");
    for (const std::string& key : keys)
        if (auto found = procedures.find(key); found != procedures.end()) return &found->second;
    return nullptr;
}

Result<Procedure> procedure_for(const std::string& kind, bool is_rfc, const Charter& charter, const Project& project) {
    const Procedure* of_project = named_for(kind, is_rfc, project.decisions);
    if (of_project && of_project->fixed) return *of_project;
    if (const Procedure* own = named_for(kind, is_rfc, charter.decisions)) {
        Procedure procedure = *own;
        procedure.fixed = false;  // only govctl.yaml can fix one
        return procedure;
    }
    if (of_project) return *of_project;
    return Error{ErrorKind::invalid,
                 "no rule for a matter of kind \"" + kind + "\" in group \"" + charter.id + "\"",
                 {"name one under `decisions:` in its charter or in govctl.yaml, or one for `\"*\"`"}};
}

/// The procedure named for appeals: neither `rfc` nor `*` means them. Null: none.
static const Procedure* named_for_appeals(const Charter& charter, const Project& project) {
    static const std::string appeal = "appeal";
    const auto own = charter.decisions.find(appeal);
    const auto of_project = project.decisions.find(appeal);
    const bool has_own = own != charter.decisions.end(), has_common = of_project != project.decisions.end();
    if (has_own && !(has_common && of_project->second.fixed)) return &own->second;
    return has_common ? &of_project->second : nullptr;
}

/// Whether the rule, or one that its failures lead to, lets the decision stand that an appeal took up.
static bool affirms_a_decision(const std::string& name, const Charter& charter, const Project& project) {
    std::set<std::string> seen;
    std::vector<std::string> open = {name};
    while (!open.empty()) {
        const std::string next = std::move(open.back());
        open.pop_back();
        const Rule* rule = find_rule(next, charter, project);
        if (!rule || !seen.insert(next).second) continue;
        for (const model::Stage& stage : rule->stages)
            for (const model::Failure* failure : stage.on_failure.all()) {
                if (failure->action == model::Failure::Action::affirm && failure->name == "decision") return true;
                if (failure->action == model::Failure::Action::rule) open.push_back(failure->name);
            }
    }
    return false;
}

AppealReach appeal_reach(const Charter& charter, const Project& project) {
    const Procedure* procedure = named_for_appeals(charter, project);
    if (!procedure) return AppealReach::none;
    return affirms_a_decision(procedure->rule, charter, project) ? AppealReach::appeals : AppealReach::every_escalation;
}

Result<Procedure> procedure_of_round(const Proposal& proposal, const std::string& kind, bool is_appeal,
                                     const Charter& charter, const Project& project) {
    const AppealReach reach = proposal.before.empty() ? AppealReach::none : appeal_reach(charter, project);
    if (reach == AppealReach::every_escalation || (reach == AppealReach::appeals && is_appeal))
        return *named_for_appeals(charter, project);
    return procedure_for(kind, proposal.is_rfc, charter, project);
}

const Rule* find_rule(const std::string& name, const Charter& charter, const Project& project) {
    if (auto own = charter.rules.find(name); own != charter.rules.end()) return &own->second;
    auto common = project.rules.find(name);
    return common == project.rules.end() ? nullptr : &common->second;
}

const Rule* find_rule(const std::string& name, const Procedure& procedure, const Charter& charter,
                      const Project& project) {
    // A charter that gives a fixed procedure's rule another meaning would say otherwise after all.
    if (procedure.fixed)
        if (auto common = project.rules.find(name); common != project.rules.end()) return &common->second;
    return find_rule(name, charter, project);
}

Result<Rule> rule_for(const Procedure& procedure, const Charter& charter, const Project& project) {
    const Rule* named = find_rule(procedure.rule, procedure, charter, project);
    if (!named)
        return Error{ErrorKind::invalid,
                     "no rule \"" + procedure.rule + "\" in the charter of \"" + charter.id + "\" or in govctl.yaml"};
    Rule rule = *named;
    rule.name = procedure.rule;
    if (!rule.stages.empty()) rule.stages.front() = with_keys(std::move(rule.stages.front()), procedure.anew);
    return rule;
}

}  // namespace govctl::rules
