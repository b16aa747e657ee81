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

struct Role {
    std::string name;
    std::string track{};  ///< technical | administrative | product | project
    Seats seats;
    std::string filled_by{};  ///< election | appointment | ladder | ex-officio; empty: not said
    std::string level{};      ///< of a community group: the level whose holders are its members
    std::vector<std::string> requires_{};
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
