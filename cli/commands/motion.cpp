#include <fmt/format.h>

#include <algorithm>

#include "acting.hpp"
#include "command.hpp"
#include "commands/proposals.hpp"
#include "reading.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

using model::Effect;

struct Options {
    std::string type;
    std::string group;
    std::string title;
    std::string reason;
    std::vector<std::string> subject;
    std::vector<std::string> appoint;
    std::vector<std::string> remove;
    std::vector<std::string> promote;
    std::string path;
    std::vector<std::string> add_approvers;
    std::vector<std::string> remove_approvers;
    std::vector<std::string> add_reviewers;
    std::vector<std::string> remove_reviewers;
};

/// `chair=eve` → chair, eve.
Result<std::pair<std::string, std::string>> pair_of(const std::string& option, const std::string& form,
                                                    const std::string& given) {
    const std::size_t sign = given.find('=');
    if (sign == std::string::npos || sign == 0 || sign + 1 == given.size()) {
        return Error{ErrorKind::usage, fmt::format("option \"{}\" requires {}, not \"{}\"", option, form, given)};
    }
    return std::pair(given.substr(0, sign), given.substr(sign + 1));
}

Effect effect_on(Effect::Kind kind, const std::string& group) {
    Effect effect;
    effect.kind = kind;
    effect.group = group;
    return effect;
}

/// A seat as `chair` or, of another group than the one that decides, `sig-node/chair`.
Effect effect_on_seat(Effect::Kind kind, const std::string& group, const std::string& seat) {
    const std::size_t slash = seat.find('/');
    Effect effect = effect_on(kind, slash == std::string::npos ? group : seat.substr(0, slash));
    effect.role = slash == std::string::npos ? seat : seat.substr(slash + 1);
    return effect;
}

Result<Effect> appointment(const std::string& group, const std::string& given) {
    GOVCTL_TRY(const auto pair, pair_of("--appoint", "[GROUP/]ROLE=PERSON[:UNTIL]", given));
    Effect effect = effect_on_seat(Effect::Kind::appoint, group, pair.first);
    const std::size_t colon = pair.second.find(':');
    effect.person = normal_handle(pair.second.substr(0, colon));
    if (colon != std::string::npos) {
        const auto until = Instant::parse_date_or_instant(pair.second.substr(colon + 1));
        if (!until)
            return Error{ErrorKind::usage, "option \"--appoint\": " + until.error().message, until.error().hints};
        effect.until = *until;
    }
    return effect;
}

Result<Effect> removal(const std::string& group, const std::string& given) {
    GOVCTL_TRY(const auto pair, pair_of("--remove", "[GROUP/]ROLE=PERSON", given));
    Effect effect = effect_on_seat(Effect::Kind::remove, group, pair.first);
    effect.person = normal_handle(pair.second);
    return effect;
}

Result<Effect> promotion(const std::string& given) {
    GOVCTL_TRY(const auto pair, pair_of("--promote", "PERSON=LEVEL", given));
    Effect effect = effect_on(Effect::Kind::promote, "");
    effect.person = normal_handle(pair.first);
    effect.level = pair.second;
    return effect;
}

bool changes_owners(const Options& options) {
    return !(options.add_approvers.empty() && options.remove_approvers.empty() && options.add_reviewers.empty() &&
             options.remove_reviewers.empty());
}

Result<Effect> ownership(const Options& options) {
    if (options.path.empty() || !changes_owners(options)) {
        return Error{ErrorKind::usage,
                     "a change of owners needs a path and who is added or removed",
                     {"--path DIR --add-approver HANDLE"}};
    }
    Effect effect = effect_on(Effect::Kind::ownership, "");
    effect.path = options.path;
    effect.add_approvers = options.add_approvers;
    effect.remove_approvers = options.remove_approvers;
    effect.add_reviewers = options.add_reviewers;
    effect.remove_reviewers = options.remove_reviewers;
    return effect;
}

Result<std::vector<Effect>> effects_of(const Options& options, const std::string& group) {
    std::vector<Effect> effects;
    for (const std::string& given : options.remove) {
        GOVCTL_TRY(effects.emplace_back(), removal(group, given));
    }
    for (const std::string& given : options.appoint) {
        GOVCTL_TRY(effects.emplace_back(), appointment(group, given));
    }
    for (const std::string& given : options.promote) {
        GOVCTL_TRY(effects.emplace_back(), promotion(given));
    }
    if (!options.path.empty() || changes_owners(options)) {
        GOVCTL_TRY(effects.emplace_back(), ownership(options));
    }
    return effects;
}

/// A title for a motion whose effects say all there is to say.
std::string title_of(const app::State& state, const std::vector<Effect>& effects) {
    if (effects.empty()) return "";
    const Effect& first = effects.front();
    const auto person = [&](const std::string& handle) {
        const model::Person* found = state.people().person(handle);
        return found == nullptr || found->name.empty() ? handle : found->name;
    };
    switch (first.kind) {
        case Effect::Kind::remove:
            return fmt::format("Remove {} as {} of {}", person(first.person), first.role,
                               group_name(state, first.group));
        case Effect::Kind::appoint:
            return fmt::format("Appoint {} as {} of {}", person(first.person), first.role,
                               group_name(state, first.group));
        case Effect::Kind::promote:
            return fmt::format("Promote {} to {}", person(first.person), first.level);
        case Effect::Kind::ownership:
            return fmt::format("Change the owners of {}", first.path);
        case Effect::Kind::charter:
        case Effect::Kind::project:
        case Effect::Kind::file:
            break;
    }
    return "";
}

/// Who a motion is about, where it is not said: the people whose seats or levels it changes.
std::vector<std::string> subjects_of(const Options& options, const std::vector<Effect>& effects) {
    std::vector<std::string> subjects = options.subject;
    if (!subjects.empty()) return subjects;
    for (const Effect& effect : effects) {
        const std::string person = "person/" + effect.person;
        if (!effect.person.empty() && std::find(subjects.begin(), subjects.end(), person) == subjects.end())
            subjects.push_back(person);
    }
    return subjects;
}

Result<std::string> group_of(const Options& options, const Desk& desk) {
    if (!options.group.empty()) return options.group;
    const auto owner = options.path.empty() ? std::nullopt : desk.base.state->people().area_owner(options.path);
    return owner ? *owner : own_group(desk);
}

Result<Exit> run_new(Options options, const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    if (!options.path.empty()) {
        GOVCTL_TRY(options.path, from_top(desk.workspace, options.path));
        if (!options.path.ends_with("/")) options.path += "/";
    }
    app::NewMotion request;
    request.type = options.type;
    request.reason = options.reason;
    GOVCTL_TRY(request.group, group_of(options, desk));
    GOVCTL_TRY(request.effects, effects_of(options, request.group));
    request.subject = subjects_of(options, request.effects);
    request.title = options.title.empty() ? title_of(*desk.base.state, request.effects) : options.title;
    if (request.title.empty()) return Error{ErrorKind::usage, "this motion needs a title", {"--title TEXT"}};
    GOVCTL_TRY(app::Change change, app::new_motion(*desk.base.state, desk.act, request));
    return commit_draft(invocation, "motion-new", desk, std::move(change));
}

void define_new(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.operand("TYPE", &options->type, "appointment, removal, promotion, ownership, no-confidence, …")
        .option("--group", "GROUP", &options->group, "who decides; the one you have a seat in where there is one")
        .option("--title", "TEXT", &options->title, "what it is called, where its effects do not say it")
        .option("--reason", "TEXT", &options->reason, "why, as its README")
        .option("--subject", "RECORD", &options->subject, "whom it is about, as person/eve; takes no part")
        .option("--appoint", "[GROUP/]ROLE=PERSON[:UNTIL]", &options->appoint,
                "gives a seat, of the group or of one below it")
        .option("--remove", "[GROUP/]ROLE=PERSON", &options->remove, "ends a seat")
        .option("--promote", "PERSON=LEVEL", &options->promote, "gives a level of the ladder")
        .option("--path", "DIR", &options->path, "the folder whose OWNERS change")
        .option("--add-approver", "HANDLE", &options->add_approvers, "to that OWNERS")
        .option("--remove-approver", "HANDLE", &options->remove_approvers, "from that OWNERS")
        .option("--add-reviewer", "HANDLE", &options->add_reviewers, "to that OWNERS")
        .option("--remove-reviewer", "HANDLE", &options->remove_reviewers, "from that OWNERS")
        .acts([options](const Invocation& invocation) { return run_new(*options, invocation); });
}

}  // namespace

void define_motion(Syntax& syntax) {
    define_new(syntax.below("new", "start a motion"));
    define_open(syntax.below("open", "open it for decision"), "motion");
    define_authors_verb(syntax.below("withdraw", "take it back"), "motion-withdraw", "withdraws it", app::withdraw);
}

}  // namespace govctl::cli
