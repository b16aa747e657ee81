#include <fmt/format.h>

#include <algorithm>

#include "acting.hpp"
#include "command.hpp"
#include "commands/proposals.hpp"
#include "govctl/base/text.hpp"
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
    bool has_path = false;
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
    if (!options.has_path || !changes_owners(options)) {
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
    if (options.has_path || changes_owners(options)) {
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
            return fmt::format("Change the owners of {}", first.path.empty() ? "the whole tree" : first.path);
        case Effect::Kind::charter:
        case Effect::Kind::project:
        case Effect::Kind::file:
            break;
    }
    return "";
}

/// The people whose seats or levels an effect changes, and the owners it takes out; not whoever steps down.
std::vector<std::string> people_of(const Effect& effect, const Desk& desk) {
    if (!effect.person.empty()) return {effect.person};
    std::vector<std::string> people;
    for (const auto* removed : {&effect.remove_approvers, &effect.remove_reviewers})
        for (const std::string& name : *removed) {
            const std::string person = desk.base.state->person_of_owner(normal_handle(name));
            if (!person.empty() && person != desk.act.actor) people.push_back(person);
        }
    return people;
}

/// Who a motion is about, where it is not said.
std::vector<std::string> subjects_of(const Options& options, const std::vector<Effect>& effects, const Desk& desk) {
    std::vector<std::string> subjects = options.subject;
    if (!subjects.empty()) return subjects;
    for (const Effect& effect : effects)
        for (const std::string& handle : people_of(effect, desk)) {
            const std::string person = "person/" + handle;
            if (std::find(subjects.begin(), subjects.end(), person) == subjects.end()) subjects.push_back(person);
        }
    return subjects;
}

/// Of a path the group whose area it lies in, else steering.
Result<std::string> group_of(const Options& options, const Desk& desk) {
    if (!options.group.empty()) return options.group;
    if (!changes_owners(options)) return own_group(desk);
    const app::State& state = *desk.base.state;
    return state.people().area_owner(options.path).value_or(state.project().steering);
}

/// A folder as effects name it: a slash at the end, nothing for the top. Errors: `usage`: a file; `not_found`.
Result<std::string> folder_at(const Desk& desk, const std::string& typed) {
    GOVCTL_TRY(std::string path, from_top(desk.workspace, typed));
    while (path.ends_with('/')) path.pop_back();
    if (path.empty() || path == ".") return std::string();
    if (desk.base.state->file(path)) {
        return Error{ErrorKind::usage,
                     fmt::format("\"{}\" is a file, and owners are those of a folder", printable(typed)),
                     {"name its folder"}};
    }
    path += '/';
    const auto& files = desk.base.state->files();
    const auto is_within = [&path](const FileEntry& file) { return file.path.starts_with(path); };
    if (std::any_of(files.begin(), files.end(), is_within)) return path;
    return Error{ErrorKind::not_found, fmt::format("path \"{}\" did not match any folder", printable(typed))};
}

Result<Exit> run_new(Options options, const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    options.has_path = !options.path.empty();
    if (options.has_path) {
        GOVCTL_TRY(options.path, folder_at(desk, options.path));
    }
    app::NewMotion request;
    request.type = options.type;
    request.reason = options.reason;
    GOVCTL_TRY(request.group, group_of(options, desk));
    GOVCTL_TRY(request.effects, effects_of(options, request.group));
    request.subject = subjects_of(options, request.effects, desk);
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
