#include "seats.hpp"

#include <set>
#include <utility>

namespace govctl::rules {

using model::Charter;
using model::Role;
using model::Term;

static Error uncountable(const std::string& why) {
    return Error{ErrorKind::invalid, why, {}};
}

static const Charter* charter_of(const std::string& group, const Charter& here,
                                 const SharedMap<std::string, Charter>& charters) {
    if (group.empty() || group == here.id) return &here;
    auto found = charters.find(group);
    return found == charters.end() ? nullptr : &found->second;
}

Result<std::int64_t> seats_of(const std::vector<Term>& by, const Charter& here,
                              const SharedMap<std::string, Charter>& charters) {
    std::int64_t sum = 0;
    std::set<std::pair<std::string, std::string>> counted;
    for (const Term& term : by) {
        const bool is_role = term.kind == Term::Kind::role;
        if (!is_role && term.kind != Term::Kind::members && term.kind != Term::Kind::group)
            return uncountable("`" + term.str() + "` has no seats to count");
        const Charter* charter = charter_of(term.kind == Term::Kind::group ? term.name : term.group, here, charters);
        if (!charter) return uncountable("`" + term.str() + "` names a group without a charter");
        if (is_role && !charter->role(term.name)) return uncountable("`" + term.str() + "` names no role of its group");
        for (const Role& role : charter->roles) {
            if ((is_role && role.name != term.name) || !counted.insert({charter->id, role.name}).second) continue;
            if (!role.seats.number || role.seats.or_more)
                return uncountable("role \"" + role.name + "\" has `seats: " + role.seats.str() +
                                   "`, which is no number to count");
            sum += *role.seats.number;
        }
    }
    return sum;
}

}  // namespace govctl::rules
