#include "govctl/model/decision.hpp"

#include "govctl/base/words.hpp"

namespace govctl::model {

static constexpr Words<9> outcomes = {
    "accepted", "rejected", "postponed", "lapsed", "escalated", "affirmed", "vetoed", "overridden", "elected",
};
static constexpr Words<5> run_states = {"passed", "failed", "restarted", "open", "stopped"};

std::string_view outcome_word(Outcome outcome) {
    return word_of(outcomes, outcome);
}
std::optional<Outcome> parse_outcome(std::string_view word) {
    return value_of<Outcome>(outcomes, word);
}

std::string_view run_state_word(RunState state) {
    return word_of(run_states, state);
}
std::optional<RunState> parse_run_state(std::string_view word) {
    return value_of<RunState>(run_states, word);
}

}  // namespace govctl::model
