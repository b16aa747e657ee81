#include "govctl/model/project.hpp"

namespace govctl::model {

std::optional<std::size_t> Project::level(const std::string& wanted) const {
    for (std::size_t i = 0; i < ladder.size(); ++i)
        if (ladder[i].name == wanted) return i;
    return std::nullopt;
}

}  // namespace govctl::model
