#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <vector>

#include "govctl/model/register.hpp"
#include "govctl/rules/course.hpp"
#include "support/rule_text.hpp"

/// A small governance in a few lines, for tests of the rule engine.
namespace govctl::testing {

/// A group `team` with a parent `council`, one matter before it, and its
/// ballots. Everything begins 2026-01-01; the matter is opened on Monday
/// 2026-02-02 at 10:00Z, and times are told as what has passed since: `1d`, `2d
/// 3h`, `1w -1s`.
class World {
public:
    World();

    /// Makes the people where they are new, and seats them in `team`.
    World& seat(const std::string& role, std::initializer_list<const char*> handles);
    World& seat_in(const std::string& group, const std::string& role, std::initializer_list<const char*> handles);
    World& person(const std::string& handle, const std::string& level = "", const std::string& organization = "");
    World& rule(const std::vector<const char*>& stages);
    World& named_rule(const std::string& name, const std::vector<const char*>& stages);

    World& vote(const std::string& voter, const std::string& vote, const std::string& when);
    /// Ballots on options: `b > a = c`.
    World& rank(const std::string& voter, const std::string& ranking, const std::string& when);
    World& approve(const std::string& voter, std::initializer_list<const char*> options, const std::string& when);
    World& score(const std::string& voter, std::map<std::string, int> points, const std::string& when);
    World& option(const std::string& id, const std::string& kind = "");
    World& object(const std::string& voter, const std::string& name, const std::string& when,
                  const std::string& reason = "because");
    World& resolve(const std::string& voter, const std::string& name, const std::string& when);
    World& recuse(const std::string& voter, const std::string& when);
    World& second(const std::string& voter, const std::string& when);
    World& appeal(const std::string& voter, const std::string& when);
    World& revise(const std::string& when, const std::string& text);
    /// The group that decides from then on, by the same rule.
    World& escalate(const std::string& when, const std::string& group);
    World& reopen(const std::string& when);

    Instant after(const std::string& passed) const;
    rules::Matter matter() const;
    rules::Course course(const std::string& when) const;
    /// How it stands, in a line: `review passed 3d; vote failed tie 10d;
    /// rejected`.
    std::string story(const std::string& when) const;

    model::Register people;
    model::Proposal proposal;
    std::vector<model::Ballot> ballots;
    std::string kind = "technical";
    std::optional<model::Outcome> appealed{};

    model::Charter& charter(const std::string& group = "team") { return people.charters.at(group); }

private:
    model::Ballot& ballot(const std::string& voter, const std::string& when);
    World& say(const std::string& voter, model::Position position);
    std::string passed(Instant at) const;

    model::Charter pinned_;
};

}  // namespace govctl::testing
