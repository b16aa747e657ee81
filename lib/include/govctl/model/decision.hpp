#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "govctl/base/time.hpp"
#include "govctl/model/proposal.hpp"

namespace govctl::model {

enum class Outcome { accepted, rejected, postponed, lapsed, escalated, affirmed, vetoed, overridden, elected };

std::string_view outcome_word(Outcome outcome);
std::optional<Outcome> parse_outcome(std::string_view word);

/// A condition with its figures, as text: integers, or exact text like `9/2`.
struct ConditionFigures {
    std::string is;
    std::string left;
    std::string right;
    bool met = false;

    friend bool operator==(const ConditionFigures&, const ConditionFigures&) = default;
};

enum class RunState { passed, failed, restarted, open, stopped };

std::string_view run_state_word(RunState state);
std::optional<RunState> parse_run_state(std::string_view word);

/// One run of a stage.
struct Because {
    std::string stage;
    Instant from;
    std::optional<Instant> to{};
    RunState state = RunState::open;
    std::vector<ConditionFigures> conditions;

    friend bool operator==(const Because&, const Because&) = default;
};

struct RecusedPerson {
    std::string person;
    std::string why;

    friend bool operator==(const RecusedPerson&, const RecusedPerson&) = default;
};

struct TallyFigures {
    std::int64_t yes = 0;
    std::int64_t no = 0;
    std::int64_t abstain = 0;
    std::int64_t objections = 0;
    std::int64_t missing = 0;

    friend bool operator==(const TallyFigures&, const TallyFigures&) = default;
};

struct Decision {
    std::string id;  ///< what follows `decision/`
    std::string subject;
    std::string group;
    Outcome outcome = Outcome::accepted;
    std::optional<Outcome> was{};  ///< escalated by an appeal: what would have stood; affirmed: what stands
    Instant decided;
    std::string by{};
    std::string evidence{};
    RuleRef rule;
    int round = 1;
    std::string text;
    std::vector<std::string> eligible;   ///< sorted
    std::vector<RecusedPerson> recused;  ///< sorted by person
    TallyFigures tally;
    std::vector<Because> because;
    std::vector<std::string> enacted;

    friend bool operator==(const Decision&, const Decision&) = default;
};

}  // namespace govctl::model
