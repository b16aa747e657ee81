#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "command.hpp"
#include "govctl/base/text.hpp"
#include "reading.hpp"
#include "render/records.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

/// Something that happened to a matter.
struct Event {
    Instant at;
    std::string who;   ///< empty: nobody in particular
    std::string what;  ///< a verb and what belongs to it: `votes yes`
    std::string more{};
};

void add_ballot(std::vector<Event>& life, const model::Ballot& ballot) {
    const auto position = [&](const model::Position& each) {
        if (each.is_vote())
            life.push_back({each.cast, ballot.voter, fmt::format("votes {}", each.words()), each.reason});
    };
    for (const model::Position& each : ballot.earlier) position(each);
    position(ballot.now);
    for (const model::Objection& each : ballot.objections) {
        life.push_back({each.raised, ballot.voter, fmt::format("objects: \"{}\"", each.name), each.reason});
        if (each.resolved) life.push_back({*each.resolved, ballot.voter, fmt::format("resolves \"{}\"", each.name)});
    }
    if (ballot.second) life.push_back({*ballot.second, ballot.voter, "seconds it"});
    if (ballot.appeal) life.push_back({*ballot.appeal, ballot.voter, "appeals"});
    if (ballot.recused) life.push_back({ballot.recused->at, ballot.voter, "is recused", ballot.recused->why});
}

std::vector<Event> life_of(const app::State& state, const app::Matter& matter) {
    std::vector<Event> life;
    for (const model::HistoryEntry& entry : matter.proposal().history) {
        std::string what = entry.act;
        if (!entry.group.empty()) what += " to " + group_name(state, entry.group);
        if (entry.round > 1) what += fmt::format(", round {}", entry.round);
        life.push_back({entry.at, entry.by, what});
    }
    for (const auto& [voter, record] : matter.ballots) add_ballot(life, record.value);
    for (const auto* decision : state.decisions_on(matter.id())) {
        life.push_back({decision->value.decided, "", std::string(model::outcome_word(decision->value.outcome)),
                        "decision/" + decision->value.id});
    }
    std::stable_sort(life.begin(), life.end(), [](const Event& a, const Event& b) { return a.at < b.at; });
    return life;
}

std::vector<Event> life_of(const app::State& state, const app::Contest& contest) {
    std::vector<Event> life;
    for (const model::HistoryEntry& each : contest.election().history) life.push_back({each.at, each.by, each.act});
    for (const auto& [person, record] : contest.candidates) {
        const model::Candidate& candidate = record.value;
        if (candidate.by != person) life.push_back({candidate.nominated, candidate.by, "nominates " + person});
        if (candidate.accepted) life.push_back({*candidate.accepted, person, "stands"});
        if (candidate.withdrawn) life.push_back({*candidate.withdrawn, person, "stands down"});
    }
    for (const auto& [by, record] : contest.endorsements)
        for (const auto& line : record.value.lines) life.push_back({line.at, by, "endorses " + line.candidate});
    for (const auto& [voter, record] : contest.ballots) {
        for (const model::Position& each : record.value.earlier) life.push_back({each.cast, voter, "votes"});
        life.push_back({record.value.now.cast, voter, "votes"});
    }
    for (const auto* decision : state.decisions_on(contest.id()))
        life.push_back({decision->value.decided, "", std::string(model::outcome_word(decision->value.outcome)),
                        "decision/" + decision->value.id});
    std::stable_sort(life.begin(), life.end(), [](const Event& a, const Event& b) { return a.at < b.at; });
    return life;
}

Exit tell_life(const Invocation& invocation, const std::string& id, const std::string& title,
               const std::vector<Event>& life) {
    if (invocation.format == Format::json) {
        ordered_json events = ordered_json::array();
        for (const Event& event : life) {
            events.push_back({{"at", event.at.str()},
                              {"who", event.who.empty() ? ordered_json(nullptr) : ordered_json(event.who)},
                              {"what", event.what},
                              {"more", event.more}});
        }
        invocation.out.json({{"schema", "govctl.log/1"}, {"id", id}, {"events", std::move(events)}});
        return Exit::done;
    }
    invocation.out.line(Text(Style::name, id) + " " + Text(Style::strong, title));
    Table table;
    table.indented(2).flexible(3);
    for (const Event& event : life) table.row({minute(event.at), event.who, event.what, event.more});
    table.print(invocation.out);
    return Exit::done;
}

bool concerns_person(const app::State& state, const model::Decision& decision, const std::string& handle) {
    const auto matter = state.find_matter(decision.subject);
    if (!matter) return false;
    const model::Proposal& proposal = (*matter)->proposal();
    const auto& subject = proposal.subject;
    if (std::find(subject.begin(), subject.end(), "person/" + handle) != subject.end()) return true;
    return std::any_of(proposal.effects.begin(), proposal.effects.end(),
                       [&handle](const model::Effect& effect) { return effect.person == handle; });
}

bool concerns_group(const app::State& state, const model::Decision& decision, const std::string& group) {
    if (decision.group == group) return true;
    const std::string charter = record::charter_path(state.root(), group);
    const std::string folder = charter.substr(0, charter.rfind('/') + 1);
    return std::any_of(decision.enacted.begin(), decision.enacted.end(),
                       [&folder](const std::string& enacted) { return enacted.starts_with(folder); });
}

/// Whether a decision is about a person, or is a group's own or changed its charter or roster.
bool concerns(const app::State& state, const model::Decision& decision, const RecordId& id) {
    return id.space == RecordId::Space::person ? concerns_person(state, decision, id.name)
                                               : concerns_group(state, decision, id.name);
}

Exit list_decisions(const Invocation& invocation, const app::State& state, const std::optional<RecordId>& about) {
    std::vector<const model::Decision*> decisions;
    for (const auto& [name, record] : state.decision_records()) {
        if (!about || concerns(state, record.value, *about)) decisions.push_back(&record.value);
    }
    std::stable_sort(decisions.begin(), decisions.end(), [](auto* a, auto* b) { return b->decided < a->decided; });
    if (invocation.format == Format::json) {
        ordered_json all = ordered_json::array();
        for (const model::Decision* each : decisions) all.push_back(brief_json(state, *each));
        invocation.out.json({{"schema", "govctl.log/1"}, {"decisions", std::move(all)}});
        return Exit::done;
    }
    Table table;
    table.flexible(3);
    for (const model::Decision* each : decisions) {
        table.row({minute(each->decided), Text(Style::name, each->subject), Text(model::outcome_word(each->outcome)),
                   subject_title(state, *each)});
    }
    table.print(invocation.out);
    if (decisions.empty()) invocation.out.talk("no decision yet");
    return Exit::done;
}

Result<Exit> run(const std::optional<std::string>& id, const Invocation& invocation) {
    GOVCTL_TRY(const Look seen, look(invocation));
    const app::State& state = *seen.state;
    if (!id) return list_decisions(invocation, state, std::nullopt);
    const auto record = RecordId::parse(*id);
    if (record && (record->space == RecordId::Space::person || record->space == RecordId::Space::group)) {
        return list_decisions(invocation, state, *record);
    }
    if (state.names_contest(*id)) {
        GOVCTL_TRY(const app::Contest* contest, state.find_contest(*id));
        return tell_life(invocation, contest->id().str(), contest->election().title, life_of(state, *contest));
    }
    GOVCTL_TRY(const app::Matter* matter, state.find_matter(*id));
    return tell_life(invocation, matter->id().str(), matter->proposal().title, life_of(state, *matter));
}

}  // namespace

void define_log(Syntax& syntax) {
    const auto id = std::make_shared<std::optional<std::string>>();
    syntax.operand("ID", id.get(), "a matter, whose life is told; a group or person, whose decisions are listed")
        .reads([id](const Invocation& invocation) { return run(*id, invocation); });
}

}  // namespace govctl::cli
