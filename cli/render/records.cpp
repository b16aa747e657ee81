#include "render/records.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "govctl/base/text.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

ordered_json instant_or_null(const std::optional<Instant>& at) {
    return at ? ordered_json(at->str()) : ordered_json(nullptr);
}

ordered_json text_or_null(const std::string& text) {
    return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

std::vector<std::string> seated_now(const app::State& state, const std::string& group, Instant now) {
    return state.people().seated(group, std::nullopt, now);
}

}  // namespace

std::vector<std::string> seats_of(const app::State& state, const std::string& handle, Instant now) {
    std::vector<std::string> seats;
    for (const auto& [group, roster] : state.people().rosters) {
        for (const model::Seat& seat : roster.seats) {
            if (seat.person == handle && seat.held_at(now)) seats.push_back(seat.role + " of " + group);
        }
    }
    return seats;
}

std::string level_of(const app::State& state, const model::Person& person, Instant now) {
    std::string highest;
    std::optional<std::size_t> height;
    for (const model::LadderEntry& entry : person.ladder) {
        if (now < entry.since || (entry.until && *entry.until <= now)) continue;
        const auto level = state.project().level(entry.level);
        if (!level || (height && *level < *height)) continue;
        height = level;
        highest = entry.level;
    }
    return highest;
}

std::string subject_title(const app::State& state, const model::Decision& decision) {
    const auto id = RecordId::parse(decision.subject);
    const auto found = id ? state.matters().find(*id) : state.matters().end();
    return found == state.matters().end() ? "" : found->second.proposal().title;
}

std::string effect_words(const model::Effect& effect) {
    using Kind = model::Effect::Kind;
    const std::string until = effect.until ? " until " + effect.until->date() : "";
    switch (effect.kind) {
        case Kind::charter:
            return fmt::format("charter of {} from {}", effect.group, effect.from);
        case Kind::project:
            return fmt::format("govctl.yaml from {}", effect.from);
        case Kind::appoint:
            return fmt::format("appoint {} as {} of {}{}", effect.person, effect.role, effect.group, until);
        case Kind::remove:
            return fmt::format("remove {} as {} of {}", effect.person, effect.role, effect.group);
        case Kind::promote:
            return fmt::format("promote {} to {}", effect.person, effect.level);
        case Kind::file:
            return effect.from.empty() ? "delete " + effect.path
                                       : fmt::format("file {} from {}", effect.path, effect.from);
        case Kind::ownership:
            break;
    }
    std::vector<std::string> parts;
    const auto add = [&parts](const char* what, const std::vector<std::string>& who) {
        if (!who.empty()) parts.push_back(what + join(who, ", "));
    };
    add("approvers + ", effect.add_approvers);
    add("approvers - ", effect.remove_approvers);
    add("reviewers + ", effect.add_reviewers);
    add("reviewers - ", effect.remove_reviewers);
    return fmt::format("owners of {}: {}", effect.path, join(parts, "; "));
}

std::vector<Text> row_of(const app::Matter& matter) {
    const model::Proposal& proposal = matter.proposal();
    return {Text(Style::name, matter.id().str()), status_text(proposal.status), proposal.deciding_group(),
            proposal.title};
}

std::vector<Text> row_of(const app::State& state, const model::Decision& decision) {
    return {Text(Style::name, "decision/" + decision.id), Text(model::outcome_word(decision.outcome)), decision.group,
            subject_title(state, decision)};
}

std::vector<Text> row_of(const app::State& state, const model::Person& person, Instant now) {
    return {Text(Style::name, person.handle), level_of(state, person, now), person.name,
            join(seats_of(state, person.handle, now), ", ")};
}

std::vector<Text> row_of(const app::State& state, const model::Charter& charter, Instant now) {
    const std::vector<std::string> members = seated_now(state, charter.id, now);
    return {Text(Style::name, charter.id), model::group_type_word(charter.type), charter.name,
            members.empty() ? "nobody" : names(members, 4)};
}

std::vector<Text> row_of(const model::Organization& organization) {
    return {Text(Style::name, organization.id), organization.name, join(organization.domains, ", ")};
}

ordered_json brief_json(const app::Matter& matter) {
    const model::Proposal& proposal = matter.proposal();
    return {{"id", matter.id().str()},
            {"title", proposal.title},
            {"type", proposal.type},
            {"group", proposal.deciding_group()},
            {"status", model::status_word(proposal.status)},
            {"authors", proposal.authors},
            {"opened", instant_or_null(proposal.opened)},
            {"round", proposal.round},
            {"folder", matter.folder()}};
}

ordered_json brief_json(const app::State& state, const model::Decision& decision) {
    return {{"id", "decision/" + decision.id},
            {"subject", decision.subject},
            {"title", subject_title(state, decision)},
            {"group", decision.group},
            {"outcome", model::outcome_word(decision.outcome)},
            {"decided", decision.decided.str()},
            {"enacted", decision.enacted}};
}

ordered_json brief_json(const app::State& state, const model::Person& person, Instant now) {
    return {{"id", "person/" + person.handle},
            {"name", person.name},
            {"level", text_or_null(level_of(state, person, now))},
            {"seats", seats_of(state, person.handle, now)},
            {"emails", person.emails}};
}

ordered_json brief_json(const app::State& state, const model::Charter& charter, Instant now) {
    return {{"id", "group/" + charter.id},
            {"name", charter.name},
            {"type", model::group_type_word(charter.type)},
            {"parent", text_or_null(charter.parent)},
            {"areas", charter.areas},
            {"members", seated_now(state, charter.id, now)}};
}

ordered_json brief_json(const model::Organization& organization) {
    return {{"id", "organization/" + organization.id}, {"name", organization.name}, {"domains", organization.domains}};
}

}  // namespace govctl::cli
