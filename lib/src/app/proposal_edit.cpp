#include "proposal_edit.hpp"

#include <algorithm>
#include <set>

#include "govctl/app/validate.hpp"
#include "govctl/record/write.hpp"
#include "govctl/rules/procedure.hpp"
#include "loader.hpp"

namespace govctl::app {

namespace {

std::string where(const Finding& finding) {
    return finding.place.file + ":" + std::to_string(finding.place.line) + ": " + finding.rule + " " + finding.message;
}

std::vector<std::string> told(const Findings& findings) {
    std::vector<std::string> lines;
    for (const Finding& finding : findings)
        if (finding.severity == Severity::error) lines.push_back(where(finding));
    return lines;
}

/// Errors of `after` that `before` does not have, wherever they now stand.
Findings new_errors(const Findings& before, const Findings& after) {
    std::multiset<std::pair<std::string, std::string>> known;
    for (const Finding& finding : before) known.emplace(finding.rule, finding.message);
    Findings fresh;
    for (const Finding& finding : after) {
        if (finding.severity != Severity::error) continue;
        if (auto same = known.find({finding.rule, finding.message}); same != known.end())
            known.erase(same);
        else
            fresh.push_back(finding);
    }
    return fresh;
}

}  // namespace

Result<const Matter*> matter_of(const State& state, const RecordId& id) {
    auto found = state.matters().find(id);
    if (found != state.matters().end()) return &found->second;
    return Error{ErrorKind::not_found, "there is no " + id.str()};
}

std::string called(const RecordId& id, const std::string& title) {
    if (id.space == RecordId::Space::rfc) return "RFC " + id.name + ": " + title;
    if (id.space == RecordId::Space::draft) return "draft " + id.name + ": " + title;
    return "motion " + id.name + ": " + title;
}

std::string called(const model::Proposal& proposal) {
    return called(proposal.id, proposal.title);
}

std::string file_of(bool is_rfc) {
    return is_rfc ? "rfc.yaml" : "motion.yaml";
}

bool is_author(const model::Proposal& proposal, const std::string& handle) {
    return std::find(proposal.authors.begin(), proposal.authors.end(), handle) != proposal.authors.end();
}

Result<void> must_be_undecided(const State& state, const Matter& matter, Instant now) {
    const model::Proposal& proposal = matter.proposal();
    if (proposal.status == model::Status::draft)
        return refused(matter.id().str() + " is a draft", {"open it first: govctl rfc open, govctl motion open"});
    if (proposal.status != model::Status::open)
        return refused(matter.id().str() + " is " + std::string(model::status_word(proposal.status)));
    GOVCTL_TRY(auto judged, Judged::make(state, matter));
    GOVCTL_TRY(auto course, rules::course(judged.view(), state.people(), now));
    if (course.outcome && !course.upon_decision)
        return refused(
            "the outcome of " + matter.id().str() + " is final: " + std::string(model::outcome_word(*course.outcome)),
            {"`govctl decide " + matter.id().str() + "` records it"});
    return {};
}

Result<void> must_not_have_moved(const State& state, const Matter& matter, const std::string& option) {
    using Kind = model::Effect::Kind;
    for (const model::Effect& effect : matter.proposal().effects_of(option)) {
        if (effect.kind != Kind::charter && effect.kind != Kind::project && effect.kind != Kind::file) continue;
        const std::string path = target_of(effect, state);
        const FileEntry* now = state.file(path);
        if (effect.was.value_or("") != (now ? now->blob : ""))
            return Error{ErrorKind::blocked,
                         path + " is not what it was when " + matter.id().str() + " was opened",
                         {"bring the proposal up to date and run `govctl rfc revise " + matter.id().str() +
                          "`; people vote anew"}};
    }
    return {};
}

Result<void> must_be_revisable(const State& state, const Matter& matter, Instant now) {
    auto undecided = must_be_undecided(state, matter, now);
    if (undecided || matter.proposal().status != model::Status::open) return undecided;
    GOVCTL_TRY(auto judged, Judged::make(state, matter));
    GOVCTL_TRY(auto course, rules::course(judged.view(), state.people(), now));
    const auto stands = course.outcome == model::Outcome::affirmed ? course.was : course.outcome;
    const auto effects = matter.proposal().effects_of(course.option);
    const bool is_stuck =
        stands == model::Outcome::accepted && (!must_not_have_moved(state, matter, course.option) ||
                                               !must_qualify(state, effects, matter, now, Sponsors::wanted));
    return is_stuck ? Result<void>() : undecided;
}

Result<const Loaded<model::Charter>*> charter_of(const State& state, const std::string& group) {
    auto found = state.charter_records().find(group);
    if (found == state.charter_records().end()) return refused("there is no group \"" + group + "\" with a charter");
    if (state.is_broken(found->second.path))
        return refused("the charter of " + group + " has errors",
                       {"`govctl validate " + found->second.path + "` shows them"});
    return &found->second;
}

Result<model::RuleRef> rule_in_force(const State& state, const model::Proposal& proposal, bool is_appeal) {
    if (!state.project_record() || state.is_broken("govctl.yaml"))
        return refused("govctl.yaml has errors", {"`govctl validate govctl.yaml` shows them"});
    const std::string& group = proposal.deciding_group();
    const model::Project& project = state.project();
    GOVCTL_TRY(const auto* charter, charter_of(state, group));
    auto kind = rules::kind_of(proposal, charter->value, project);
    if (!kind) return refusal(kind.error());
    auto procedure = rules::procedure_of_round(proposal, *kind, is_appeal, charter->value, project);
    if (!procedure) return refusal(procedure.error());
    auto rule = rules::rule_for(*procedure, charter->value, project);
    if (!rule) return refusal(rule.error());
    for (const auto& complaint : rules::examine(*rule, charter->value, state.people()))
        if (complaint.is_error)
            return refused("rule " + rule->name + " of " + group + " cannot be applied: " + complaint.message,
                           complaint.help.empty() ? std::vector<std::string>{} : std::vector{complaint.help});
    return model::RuleRef{procedure->rule, group, charter->blob, state.project_record()->blob};
}

std::map<std::string, model::Charter> coming_charters(const State& state, const Matter& matter) {
    std::map<std::string, model::Charter> charters;
    for (const model::Effect& effect : matter.proposal().effects) {
        if (effect.kind != model::Effect::Kind::charter) continue;
        const std::string path = matter.folder() + effect.from;
        auto bytes = state.snapshot().read(path);
        if (!bytes) continue;
        const record::RecordPath where{RecordKind::charter, {RecordId::Space::group, effect.group}, "", effect.group};
        ParsedRecord parsed = parse_record(where, path, *std::move(bytes));
        if (auto* charter = std::get_if<model::Charter>(&parsed.value))
            charters.emplace(effect.group, std::move(*charter));
    }
    return charters;
}

Result<void> add_history(yaml::Editor& editor, const model::HistoryEntry& entry) {
    return editor.append({"history"}, record::to_value(entry));
}

Error refused(std::string message, std::vector<std::string> hints) {
    return {ErrorKind::refused, std::move(message), std::move(hints)};
}

Error refusal(Error error) {
    if (error.kind != ErrorKind::environment && error.kind != ErrorKind::blocked) error.kind = ErrorKind::refused;
    return error;
}

std::string name_list(const std::vector<std::string>& names) {
    if (names.empty()) return "nobody";
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " and " : ", ";
        text += names[i];
    }
    return text;
}

std::string target_of(const model::Effect& effect, const State& state) {
    using Kind = model::Effect::Kind;
    switch (effect.kind) {
        case Kind::charter:
            return record::charter_path(state.root(), effect.group);
        case Kind::project:
            return "govctl.yaml";
        case Kind::appoint:
        case Kind::remove:
            return record::roster_path(state.root(), effect.group);
        case Kind::promote:
            return record::person_path(state.root(), effect.person);
        case Kind::ownership:
            return effect.path + (effect.path.empty() || effect.path.ends_with('/') ? "" : "/") + "OWNERS";
        case Kind::file:
            return effect.path;
    }
    return {};
}

yaml::Path effect_path(const model::Proposal& proposal, std::size_t index) {
    const std::string& option = proposal.effects[index].option;
    const std::string kind(model::effect_word(proposal.effects[index].kind));
    const auto has_same_option = [&](const model::Effect& effect) { return effect.option == option; };
    const auto first = std::find_if(proposal.effects.begin(), proposal.effects.end(), has_same_option);
    const std::size_t place = index - static_cast<std::size_t>(first - proposal.effects.begin());
    if (option.empty()) return {"effects", place, kind};
    const auto of = std::find_if(proposal.options.begin(), proposal.options.end(),
                                 [&](const model::Option& each) { return each.id == option; });
    return {"options", static_cast<std::size_t>(of - proposal.options.begin()), "effects", place, kind};
}

Result<void> write_was(yaml::Editor& editor, const State& state, const model::Proposal& proposal) {
    for (std::size_t i = 0; i < proposal.effects.size(); ++i) {
        const model::Effect& effect = proposal.effects[i];
        const FileEntry* replaced = state.file(target_of(effect, state));
        yaml::Path was = effect_path(proposal, i);
        was.emplace_back("was");
        GOVCTL_CHECK(editor.set(was, replaced ? replaced->blob : std::string("none")));
    }
    return {};
}

Result<void> must_be_sound(const State& state, const Matter& matter, Instant now) {
    Findings own = state.findings_below(matter.folder());
    if (has_errors(own)) return refused(matter.id().str() + " has errors", told(own));
    own = validate_matter(state, matter, now);
    if (has_errors(own)) return refused(matter.id().str() + " has errors", told(own));
    if (matter.proposal().effects.empty()) return {};

    const Findings before = validate(state, now);
    std::vector<std::string> options = {""};
    if (!matter.proposal().options.empty()) options.clear();
    for (const model::Option& option : matter.proposal().options) options.push_back(option.id);
    for (const std::string& option : options) {
        auto files = enact(state, matter, now, option);
        if (!files) return refusal(files.error());
        GOVCTL_TRY(auto after, state.with(*std::move(files)));
        const Findings fresh = new_errors(before, validate(*after, now));
        if (!fresh.empty()) return refused("what " + matter.id().str() + " would put in force has errors", told(fresh));
    }
    return {};
}

}  // namespace govctl::app
