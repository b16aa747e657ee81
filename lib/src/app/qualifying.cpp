#include <algorithm>

#include "govctl/rules/procedure.hpp"
#include "govctl/rules/requirements.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

using model::Effect;
using model::Requirement;

/// What is asked of the person whom an effect raises, and what for.
struct Asked {
    std::string what;  ///< `level reviewer`, `tech-lead of sig-node`
    std::vector<std::string> requirements;
};

Asked asked_by(const Effect& effect, const model::Register& people) {
    if (effect.kind == Effect::Kind::promote) {
        const auto level = people.project.level(effect.level);
        return {"level " + effect.level, level ? people.project.ladder[*level].requires_ : std::vector<std::string>{}};
    }
    if (effect.kind != Effect::Kind::appoint) return {};
    const auto charter = people.charters.find(effect.group);
    const model::Role* role = charter == people.charters.end() ? nullptr : charter->second.role(effect.role);
    return {effect.role + " of " + effect.group, role ? role->requires_ : std::vector<std::string>{}};
}

bool is_about_sponsors(const std::string& text) {
    const auto requirement = Requirement::parse(text);
    return requirement && (requirement->kind == Requirement::Kind::sponsors ||
                           requirement->kind == Requirement::Kind::sponsor_organizations);
}

/// Whoever seconded; each was held against the rules when they did. None: matters of this kind are not seconded.
std::optional<std::vector<rules::Supporter>> sponsors_of(const Matter& matter, bool is_seconded) {
    std::vector<rules::Supporter> sponsors;
    for (const auto& [voter, ballot] : matter.ballots)
        if (ballot.value.second) sponsors.push_back({voter, *ballot.value.second});
    if (sponsors.empty() && !is_seconded) return std::nullopt;
    return sponsors;
}

/// Who is who by the charters that a matter is judged by: those in force until it is opened, then those of its opening.
Result<model::Register> judged_by(const State& state, const Matter& matter) {
    model::Register people = state.people();
    if (!matter.proposal().rule) return people;
    GOVCTL_TRY(auto pinned, state.pinned(*matter.proposal().rule));
    people.charters[pinned->charter.id] = pinned->charter;
    people.project = pinned->project;
    return people;
}

Result<bool> is_seconded(const Matter& matter, const model::Register& people) {
    const model::Proposal& proposal = matter.proposal();
    const auto charter = people.charters.find(proposal.group);
    if (charter == people.charters.end()) return false;
    GOVCTL_TRY(auto kind, rules::kind_of(proposal, charter->second, people.project));
    GOVCTL_TRY(auto procedure, rules::procedure_for(kind, proposal.is_rfc, charter->second, people.project));
    return procedure.seconds != model::Amount{};
}

}  // namespace

Result<void> must_qualify(const State& state, const std::vector<Effect>& effects, const Matter& matter, Instant now,
                          Sponsors sponsors) {
    const auto raises = [](const Effect& effect) {
        return effect.kind == Effect::Kind::promote || effect.kind == Effect::Kind::appoint;
    };
    if (std::none_of(effects.begin(), effects.end(), raises)) return {};
    GOVCTL_TRY(const auto people, judged_by(state, matter));
    auto seconded = is_seconded(matter, people);
    if (!seconded) return refusal(seconded.error());
    for (const Effect& effect : effects) {
        Asked asked = asked_by(effect, people);
        if (sponsors == Sponsors::to_come && *seconded) std::erase_if(asked.requirements, is_about_sponsors);
        const rules::Applicant applicant{effect.person, now, sponsors_of(matter, *seconded), std::nullopt};
        auto lacking = rules::unmet(asked.requirements, applicant, people, state.deeds());
        if (!lacking) return refusal(lacking.error());
        if (!lacking->empty())
            return refused(effect.person + " does not meet what " + asked.what + " requires", *lacking);
    }
    return {};
}

}  // namespace govctl::app
