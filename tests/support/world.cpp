#include "support/world.hpp"

#include <stdexcept>

#include "govctl/base/text.hpp"

namespace govctl::testing {

using namespace model;

template <class T>
static T must(Result<T> result, const std::string& text) {
    if (!result) throw std::logic_error("\"" + text + "\": " + result.error().message);
    return *std::move(result);
}

static const Instant beginning = instant("2026-01-01");
static const Instant opening = instant("2026-02-02T10:00:00Z");

World::World() {
    people.project.steering = "council";
    people.project.ladder = {{"member", {}}, {"approver", {}}};
    for (const char* id : {"team", "council"}) {
        Charter charter;
        charter.id = charter.name = id;
        charter.roles = {{.name = "member", .seats = {}}};
        people.charters[id] = charter;
    }
    charter().parent = "council";
    proposal.id = RecordId::rfc(1);
    proposal.number = 1;
    proposal.type = kind;
    proposal.group = "team";
    proposal.status = Status::open;
    proposal.opened = opening;
    proposal.text = "text-1";
    proposal.rule = RuleRef{"rule", "team", "", ""};
    proposal.history = {{.act = "opened", .at = opening, .round = 1, .by = "", .text = "text-1", .group = "team"}};
}

World& World::person(const std::string& handle, const std::string& level, const std::string& organization) {
    Person& person = people.people[handle];
    person.handle = person.name = handle;
    if (!level.empty()) person.ladder.push_back({level, beginning, {}, ""});
    if (!organization.empty()) person.affiliations.push_back({organization, beginning, {}});
    return *this;
}

World& World::seat(const std::string& role, std::initializer_list<const char*> handles) {
    return seat_in("team", role, handles);
}

World& World::seat_in(const std::string& group, const std::string& role, std::initializer_list<const char*> handles) {
    if (!charter(group).role(role)) charter(group).roles.push_back({.name = role, .seats = {}});
    for (const char* handle : handles) {
        person(handle);
        people.rosters[group].seats.push_back({role, handle, beginning, {}, "", ""});
    }
    return *this;
}

World& World::rule(const std::vector<const char*>& stages) {
    return named_rule("rule", stages);
}

World& World::named_rule(const std::string& name, const std::vector<const char*>& stages) {
    people.project.rules[name] = testing::rule(name, stages);
    return *this;
}

Instant World::after(const std::string& passed) const {
    Instant at = opening;
    for (std::string word : split(passed, ' ')) {
        const bool is_back = word.starts_with('-');
        if (is_back) word.erase(0, 1);
        const std::int64_t sign = is_back ? -1 : 1;
        if (word.ends_with('s'))
            at.seconds += sign * std::stoll(word);
        else
            at.seconds +=
                sign * (Calendar().after(opening, must(Duration::parse(word), word)).seconds - opening.seconds);
    }
    return at;
}

Ballot& World::ballot(const std::string& voter, const std::string& when) {
    for (Ballot& each : ballots)
        if (each.voter == voter) return each;
    Ballot& made = ballots.emplace_back();
    made.matter = proposal.id.str();
    made.voter = voter;
    made.now = {.cast = after(when), .round = proposal.round, .text = proposal.text};
    return made;
}

World& World::say(const std::string& voter, Position position) {
    Ballot& own = ballot(voter, "0h");
    if (own.now.is_vote()) own.earlier.push_back(own.now);
    own.now = std::move(position);
    return *this;
}

World& World::vote(const std::string& voter, const std::string& vote, const std::string& when) {
    Position position{.cast = after(when), .round = proposal.round, .text = proposal.text};
    position.vote = parse_vote(vote).value();
    return say(voter, std::move(position));
}

World& World::rank(const std::string& voter, const std::string& ranking, const std::string& when) {
    Position position{.cast = after(when), .round = proposal.round, .text = proposal.text};
    position.rank = must(parse_ranking(ranking), ranking);
    return say(voter, std::move(position));
}

World& World::approve(const std::string& voter, std::initializer_list<const char*> options, const std::string& when) {
    Position position{.cast = after(when), .round = proposal.round, .text = proposal.text};
    position.approve.emplace(options.begin(), options.end());
    return say(voter, std::move(position));
}

World& World::score(const std::string& voter, std::map<std::string, int> points, const std::string& when) {
    Position position{.cast = after(when), .round = proposal.round, .text = proposal.text};
    position.score = std::move(points);
    return say(voter, std::move(position));
}

World& World::option(const std::string& id, const std::string& of_kind) {
    proposal.options.push_back({id, id, of_kind});
    return *this;
}

World& World::object(const std::string& voter, const std::string& name, const std::string& when,
                     const std::string& reason) {
    ballot(voter, when).objections.push_back({.name = name, .reason = reason, .raised = after(when)});
    return *this;
}

World& World::resolve(const std::string& voter, const std::string& name, const std::string& when) {
    for (Objection& objection : ballot(voter, when).objections)
        if (objection.name == name) objection.resolved = after(when);
    return *this;
}

World& World::recuse(const std::string& voter, const std::string& when) {
    ballot(voter, when).recused = {after(when), "declared"};
    return *this;
}

World& World::second(const std::string& voter, const std::string& when) {
    ballot(voter, when).second = after(when);
    return *this;
}

World& World::appeal(const std::string& voter, const std::string& when) {
    ballot(voter, when).appeal = after(when);
    return *this;
}

World& World::revise(const std::string& when, const std::string& text) {
    proposal.text = text;
    proposal.history.push_back(
        {.act = "revised", .at = after(when), .round = proposal.round, .by = "", .text = text, .group = ""});
    return *this;
}

World& World::escalate(const std::string& when, const std::string& group) {
    proposal.before = group;
    proposal.round += 1;
    proposal.history.push_back({.act = "escalated",
                                .at = after(when),
                                .round = proposal.round,
                                .by = "",
                                .text = proposal.text,
                                .group = group});
    return *this;
}

World& World::reopen(const std::string& when) {
    proposal.round += 1;
    proposal.history.push_back(
        {.act = "reopened", .at = after(when), .round = proposal.round, .by = "", .text = proposal.text, .group = ""});
    return *this;
}

rules::Matter World::matter() const {
    const Charter& charter = people.charters.at(proposal.deciding_group());
    return {proposal, ballots, charter, people.project, kind, appealed};
}

rules::Course World::course(const std::string& when) const {
    return must(rules::course(matter(), people, after(when)), when);
}

/// `3d`, `3d 4h`, `4h 30m`, …; always what has passed since the opening.
std::string World::passed(Instant at) const {
    std::int64_t rest = at.seconds - opening.seconds;
    std::string text;
    const std::pair<std::int64_t, const char*> units[] = {{86400, "d"}, {3600, "h"}, {60, "m"}, {1, "s"}};
    for (const auto& [length, unit] : units) {
        if (rest / length != 0) text += (text.empty() ? "" : " ") + std::to_string(rest / length) + unit;
        rest %= length;
    }
    return text.empty() ? "0" : text;
}

std::string World::story(const std::string& when) const {
    const rules::Course result = course(when);
    std::string text;
    for (const rules::Run& run : result.runs) {
        text += run.stage + " " + std::string(run_state_word(run.state));
        if (run.cause) text += " " + std::string(cause_word(*run.cause));
        if (run.to) text += " " + passed(*run.to);
        text += "; ";
    }
    text += result.outcome ? std::string(outcome_word(*result.outcome)) : result.deadlocked ? "deadlock" : "open";
    if (result.was) text += " was " + std::string(outcome_word(*result.was));
    if (result.next) text += "; next " + passed(result.next->at);
    return text;
}

}  // namespace govctl::testing
