#pragma once

#include <optional>
#include <string>
#include <vector>

#include "govctl/base/result.hpp"
#include "govctl/model/proposal.hpp"

namespace govctl::rules {

/// An instant asked about. What is said in the very second of a deadline is too late; at an instant of passing or of
/// deciding it counts.
struct Moment {
    Instant at;
    bool is_deadline = false;

    bool sees(Instant event) const { return is_deadline ? event < at : event <= at; }
};

/// The round a proposal is in, as its history tells it.
struct Round {
    int number = 1;
    Instant opened;
    bool asks_for_seconds = true;          ///< only the first does
    std::optional<Instant> escalated{};    ///< the last escalation: objections raised before it are gone
    std::vector<std::string> opened_by{};  ///< the authors, and whoever ran `open`
    std::vector<Instant> revisions{};      ///< in this round, in order

    /// Errors (`invalid`): never opened, or this round began only after `now`.
    static Result<Round> of(const model::Proposal& proposal, Instant now);

    /// What is being decided at a moment.
    const std::string& text(Moment moment) const;
    /// Since when: the last revision or the opening.
    Instant text_since(Moment moment) const;

private:
    struct Text {
        Instant since;
        std::string text;
    };
    const Text& in_force(Moment moment) const;

    std::vector<Text> texts_;  ///< never empty
};

}  // namespace govctl::rules
