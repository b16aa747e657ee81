#include "govctl/model/proposal.hpp"

#include "govctl/base/words.hpp"

namespace govctl::model {

static constexpr Words<8> statuses = {
    "draft", "open", "accepted", "rejected", "lapsed", "withdrawn", "postponed", "superseded",
};
static constexpr Words<7> effects = {"charter", "project", "appoint", "remove", "promote", "ownership", "file"};

std::string_view status_word(Status status) {
    return word_of(statuses, status);
}
std::optional<Status> parse_status(std::string_view word) {
    return value_of<Status>(statuses, word);
}

bool is_terminal(Status status) {
    return status != Status::draft && status != Status::open && status != Status::postponed;
}

std::string_view effect_word(Effect::Kind kind) {
    return word_of(effects, kind);
}

std::vector<Effect> Proposal::effects_of(const std::string& option) const {
    std::vector<Effect> of;
    for (const Effect& effect : effects)
        if (effect.option.empty() || effect.option == option) of.push_back(effect);
    return of;
}

}  // namespace govctl::model
