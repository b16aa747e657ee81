#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/base/result.hpp"
#include "govctl/model/ballot.hpp"
#include "govctl/model/decision.hpp"
#include "govctl/model/proposal.hpp"
#include "govctl/model/rule.hpp"

/// Stages that rank, approve or score the options of a matter: from ballots to an option.
namespace govctl::rules {

/// Whether a position says something in this form.
bool is_in_form(const model::Position& position, model::BallotForm form);

/// A position that counts, and whose.
struct Saying {
    std::string_view voter;
    const model::Position* position;
};

/// What a stage asks of the ballots on options.
struct OptionPoll {
    const model::Stage& stage;
    const std::vector<model::Option>& options;
    std::vector<Saying> said;      ///< by the eligible, in order of handle
    std::vector<Saying> settling;  ///< by those who have a casting vote, in order of handle
    std::int64_t eligible = 0;
    std::string text;  ///< of the matter, for the lot
};

struct Choice {
    model::OptionTally tally;
    std::optional<model::Settled> settled{};
};
/// The count, ties settled where a casting vote or a lot does. Errors (`invalid`): as tally::count().
Result<Choice> count_options(const OptionPoll& poll);

}  // namespace govctl::rules
