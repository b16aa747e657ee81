#include "govctl/model/group.hpp"

#include "govctl/base/words.hpp"

namespace govctl::model {

static constexpr Words<7> types = {"steering", "policy", "community", "committee", "sig", "working-group", "desk"};

std::string_view group_type_word(GroupType type) {
    return word_of(types, type);
}
std::optional<GroupType> parse_group_type(std::string_view word) {
    return value_of<GroupType>(types, word);
}

std::string Seats::str() const {
    if (!number) return "any";
    return std::to_string(*number) + (or_more ? "+" : "");
}

const Role* Charter::role(const std::string& wanted) const {
    for (const Role& role : roles)
        if (role.name == wanted) return &role;
    return nullptr;
}

}  // namespace govctl::model
