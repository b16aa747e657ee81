#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "govctl/base/rational.hpp"
#include "govctl/base/time.hpp"
#include "govctl/model/rule.hpp"

namespace govctl::model {

enum class GroupType { steering, policy, community, committee, sig, working_group, desk };

std::string_view group_type_word(GroupType type);
std::optional<GroupType> parse_group_type(std::string_view word);

/// `seats: 2`, `seats: 2+`, `seats: any`.
struct Seats {
    std::optional<std::int64_t> number{};  ///< none: any
    bool or_more = false;

    std::string str() const;
};

/// How long and how often one person may hold a role.
struct TermLimits {
    std::optional<Duration> length{};  ///< of one term
    int consecutive = 0;               ///< so many in a row; 0: any number
    int lifetime = 0;                  ///< so many in a life; 0: any number
    std::optional<Duration> window_at_most{};
    std::optional<Duration> window_in{};
    std::optional<Duration> cool_off{};
    std::optional<Duration> partial_exempt{};  ///< terms of at most this length are not counted
};

/// How many seats one organization or person may hold.
struct SeatLimit {
    std::string of;   ///< a role, a group or `leadership`
    std::string per;  ///< organization | conflict-pair | person
    Rational at_most;
    bool is_share = false;          ///< a fraction of the seats; exactly the fraction is allowed
    bool counts_continuing = true;  ///< those who hold on to a seat count too
    std::string apply = "skip";     ///< skip | drop-lowest | lot

    friend bool operator==(const SeatLimit&, const SeatLimit&) = default;
};

struct Role {
    std::string name;
    std::string track{};  ///< technical | administrative | product | project
    Seats seats;
    std::string filled_by{};  ///< election | appointment | ladder | ex-officio; empty: not said
    std::string level{};      ///< of a community group: the level whose holders are its members
    std::vector<std::string> requires_{};
    TermLimits terms{};
    int next_ranked = 0;  ///< of an election: how many seats that fall vacant go to the next ranked
    bool leads = false;   ///< its holders are the group's leadership
};

struct Appeals {
    std::vector<Term> by;
    int seconds = 1;  ///< how many appeals send it to the parent
    Duration within;
};

struct Recusal {
    bool employer = false;
    std::optional<Rational> at_most{};
};

struct Charter {
    std::string id;
    std::string name;
    GroupType type = GroupType::sig;
    std::string parent{};  ///< empty: none
    std::string mission{};
    std::vector<std::string> areas;
    std::vector<std::string> duties;
    std::vector<Role> roles;  ///< in the order of the file
    std::map<std::string, Rule> rules;
    std::map<std::string, Procedure> decisions;  ///< by kind of matter, `*` for the rest
    std::optional<Appeals> appeals{};
    Recusal recusal{};
    std::vector<SeatLimit> limits{};
    std::map<std::string, Rational> weights{};  ///< what a contribution counts, by path

    const Role* role(const std::string& name) const;
};

struct Seat {
    std::string role;
    std::string person;
    Instant since;
    std::optional<Instant> until{};
    std::string by{};     ///< the matter or election that gave it; empty: given at the founding
    std::string ended{};  ///< term | removed | resigned | …

    bool held_at(Instant at) const { return since <= at && (!until || at < *until); }

    friend bool operator==(const Seat&, const Seat&) = default;
};

struct Roster {
    std::string group;
    std::vector<Seat> seats;
};

}  // namespace govctl::model
