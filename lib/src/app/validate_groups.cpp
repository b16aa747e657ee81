#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "election_limits.hpp"
#include "govctl/base/text.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

using CharterRecord = Loaded<model::Charter>;
using RosterRecord = Loaded<model::Roster>;
using model::GroupType;

// ---- charters -------------------------------------------------------------------------------------------------------

/// What the project asks of charters of this type: `charters: {sig: {requires: [areas, communication.response]}}`.
void check_required(Validation& validation, const CharterRecord& charter) {
    const auto& asked = validation.state().project().charters;
    const auto of_type = asked.find(std::string(model::group_type_word(charter.value.type)));
    if (of_type == asked.end()) return;
    for (const std::string& key : of_type->second) {
        yaml::Path path;
        for (std::string& step : split(key, '.')) path.emplace_back(std::move(step));
        const yaml::Node* value = charter.document->find(path);
        if (value && !(value->is_scalar() ? value->text.empty() : value->items.empty() && value->entries.empty()))
            continue;
        validation.report("GOV341", charter, path,
                          fmt::format("the charter of \"{}\" has no `{}`", charter.value.id, key),
                          fmt::format("govctl.yaml asks for it in every charter of type {}", of_type->first));
    }
}

void check_conventions(Validation& validation, const CharterRecord& charter) {
    const yaml::Node* conventions = charter.document->root.find("conventions");
    for (std::size_t i = 0; conventions && i < conventions->items.size(); ++i) {
        const std::string& path = conventions->items[i].text;
        if (validation.has_path(path)) continue;
        validation.report("GOV350", charter, {"conventions", i}, fmt::format("there is no file \"{}\"", path),
                          "paths count from the top of the repository");
    }
}

/// Where `group` leads back to itself from one parent to the next: that way, from `group`; else nothing.
std::vector<std::string> parent_circle(const Validation& validation, const std::string& group, std::string parent) {
    const auto& charters = validation.state().charter_records();
    std::vector<std::string> way = {group};
    std::set<std::string> seen;
    while (parent != group) {
        const auto next = charters.find(parent);
        if (next == charters.end() || !seen.insert(parent).second) return {};
        way.push_back(parent);
        parent = next->second.value.parent;
    }
    way.push_back(group);
    return way;
}

void check_parent(Validation& validation, const CharterRecord& charter) {
    const model::Charter& value = charter.value;
    validation.expect_group(value.parent, validation.place(charter, {"parent"}));
    if (value.parent.empty()) return;
    const std::vector<std::string> circle = parent_circle(validation, value.id, value.parent);
    // Each group of a circle sees it: the first by name reports it.
    if (circle.empty() || *std::min_element(circle.begin(), circle.end()) != value.id) return;
    validation.report("GOV347", charter, {"parent"},
                      fmt::format("the parents go round in a circle: {}", join(circle, " → ")),
                      "escalation has to end somewhere: give one of them another parent, or none");
}

void check_duties(Validation& validation, const CharterRecord& charter) {
    for (std::size_t i = 0; i < charter.value.duties.size(); ++i)
        validation.expect_duty(charter.value.duties[i], validation.place(charter, {"duties", i}));
}

void check_role_levels(Validation& validation, const CharterRecord& charter) {
    for (const model::Role& role : charter.value.roles)
        validation.expect_level(role.level, validation.place(charter, {"roles", role.name, "level"}));
}

void check_charter(Validation& validation, const CharterRecord& charter) {
    check_required(validation, charter);
    check_conventions(validation, charter);
    check_parent(validation, charter);
    check_duties(validation, charter);
    check_role_levels(validation, charter);
    for (std::size_t i = 0; i < charter.value.limits.size(); ++i)
        if (const std::string fault = fault_of(charter.value.limits[i], charter.value); !fault.empty())
            validation.report("GOV155", charter, {"limits", i}, fault, "`man govctl-election`, LIMITS");
}

// ---- rosters --------------------------------------------------------------------------------------------------------

void check_seats(Validation& validation, const RosterRecord& roster) {
    for (std::size_t i = 0; i < roster.value.seats.size(); ++i) {
        const model::Seat& seat = roster.value.seats[i];
        validation.expect_person(seat.person, validation.place(roster, {"seats", i, "person"}));
        validation.expect_role(seat.role, roster.value.group, validation.place(roster, {"seats", i, "role"}));
        validation.expect_matter(seat.by, validation.place(roster, {"seats", i, "by"}));
        validation.expect_order(seat.since, seat.until, validation.place(roster, {"seats", i, "until"}));
    }
}

/// Indexes of the seats of a role that are held now.
std::vector<std::size_t> held_now(const Validation& validation, const RosterRecord& roster, const std::string& role) {
    std::vector<std::size_t> held;
    for (std::size_t i = 0; i < roster.value.seats.size(); ++i) {
        const model::Seat& seat = roster.value.seats[i];
        if (seat.role == role && seat.held_at(validation.now())) held.push_back(i);
    }
    return held;
}

/// Whether no seat is empty that the charter has.
bool check_filled(Validation& validation, const CharterRecord& charter, const RosterRecord& roster) {
    bool is_full = true;
    for (const model::Role& role : charter.value.roles) {
        if (!role.seats.number) continue;
        const auto seats = static_cast<std::size_t>(*role.seats.number);
        const std::vector<std::size_t> held = held_now(validation, roster, role.name);
        if (held.size() > seats && !role.seats.or_more)
            validation.report(
                "GOV420", roster, {"seats", held[seats]},
                fmt::format("{} people hold the {} of \"{}\" as {}", held.size(),
                            seats == 1 ? "one seat" : fmt::format("{} seats", seats), charter.value.id, role.name),
                "a seat that is over has its `until:`; more seats are the charter's to give");
        if (held.size() >= seats) continue;
        is_full = false;
        validation.report("GOV421", charter, {"roles", role.name},
                          fmt::format("{} of {} seats as {} of \"{}\" {} empty", seats - held.size(), seats, role.name,
                                      charter.value.id, seats - held.size() == 1 ? "is" : "are"),
                          "fill them by a motion: `govctl motion new appointment`");
    }
    return is_full;
}

/// Duties are for people: a group that nobody sits in does not do them, be it that its charter asks for nobody.
void check_duties_done(Validation& validation, const CharterRecord& charter, const RosterRecord& roster) {
    const auto& seats = roster.value.seats;
    const bool is_staffed = std::any_of(seats.begin(), seats.end(),
                                        [&](const model::Seat& seat) { return seat.held_at(validation.now()); });
    for (std::size_t i = 0; !is_staffed && i < charter.value.duties.size(); ++i)
        validation.report(
            "GOV349", charter, {"duties", i},
            fmt::format("nobody in \"{}\" is there for the duty \"{}\"", charter.value.id, charter.value.duties[i]),
            "the group has no seat that is held today");
}

void check_roster_of(Validation& validation, const CharterRecord& charter) {
    const State& state = validation.state();
    const std::string path = record::roster_path(state.root(), charter.value.id);
    const auto roster = state.roster_records().find(charter.value.id);
    if (charter.value.type == GroupType::community) {
        if (state.file(path))
            validation.report("GOV352", Place{path},
                              fmt::format("\"{}\" is a community group, and has no roster", charter.value.id),
                              "everyone of its level belongs to it: delete this file");
        return;
    }
    if (roster != state.roster_records().end()) {
        const bool is_full = check_filled(validation, charter, roster->second);
        if (is_full) check_duties_done(validation, charter, roster->second);
    } else if (!state.file(path)) {
        validation.report("GOV351", Place{charter.path}, fmt::format("\"{}\" has no roster", charter.value.id),
                          fmt::format("add {}, be it without seats", path));
    }
}

}  // namespace

/// An area belongs to one group; one inside another's is that group's, the longest counts.
void check_areas(Validation& validation) {
    std::map<std::string, const CharterRecord*> owners;
    for (const auto& [_, charter] : validation.state().charter_records()) {
        for (std::size_t i = 0; i < charter.value.areas.size(); ++i) {
            std::string area = charter.value.areas[i];
            while (area.ends_with('/')) area.pop_back();
            const auto [owner, is_new] = owners.emplace(std::move(area), &charter);
            if (is_new) continue;
            validation.report(
                "GOV346", charter, {"areas", i},
                fmt::format("the area \"{}\" is also that of \"{}\"", charter.value.areas[i], owner->second->value.id),
                "an area belongs to one group: take it out of one of the two charters");
        }
    }
}

void check_groups(Validation& validation) {
    for (const auto& [_, charter] : validation.state().charter_records()) {
        check_charter(validation, charter);
        check_roster_of(validation, charter);
    }
    check_areas(validation);
    for (const auto& [group, roster] : validation.state().roster_records()) {
        validation.expect_group(group, validation.place(roster, {"group"}));
        check_seats(validation, roster);
    }
}

}  // namespace govctl::app
