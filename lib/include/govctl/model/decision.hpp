#pragma once

#include <cstdint>
#include <map>
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
    std::string group{};  ///< of another group that must also pass the stage; empty: of the deciding one

    friend bool operator==(const ConditionFigures&, const ConditionFigures&) = default;
};

enum class RunState { passed, failed, restarted, open, stopped };

std::string_view run_state_word(RunState state);
std::optional<RunState> parse_run_state(std::string_view word);

/// An option that did not reach what it needs over the default option.
struct DroppedOption {
    std::string option;
    std::string why;         ///< quorum | ratio
    std::int64_t over = 0;   ///< ballots that put it above the default option
    std::int64_t under = 0;  ///< and below

    friend bool operator==(const DroppedOption&, const DroppedOption&) = default;
};

/// What ranked, approval or score ballots make of the options of a matter.
struct OptionTally {
    std::string method;
    std::int64_t counted = 0;                     ///< ballots
    std::string winner{};                         ///< the default option too; empty: none
    std::vector<std::string> tied{};              ///< where that is why there is none
    std::vector<std::vector<std::string>> order;  ///< best first, in tiers
    std::vector<DroppedOption> dropped;           ///< in the order of the options
    std::map<std::string, std::map<std::string, std::int64_t>>
        pairs{};                                  ///< ballots that prefer the first to the second
    std::map<std::string, std::string> totals{};  ///< approval, score: exact text

    friend bool operator==(const OptionTally&, const OptionTally&) = default;
};

/// What settled a tie: a casting vote, or the lot.
struct Settled {
    std::string by{};  ///< whose casting vote; empty: the lot
    std::string said;  ///< their ballot, or what came out of the lot, in words

    friend bool operator==(const Settled&, const Settled&) = default;
};

/// One run of a stage.
struct Because {
    std::string stage;
    Instant from;
    std::optional<Instant> to{};
    RunState state = RunState::open;
    std::vector<ConditionFigures> conditions;
    std::optional<OptionTally> tally{};  ///< of a stage that is not about yes and no
    std::vector<Settled> settled{};      ///< by several where several have a casting vote

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
    std::string option{};          ///< that won; empty: there were none, or none did
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
