#pragma once

#include <optional>
#include <vector>

#include "figures.hpp"
#include "govctl/model/rule.hpp"

namespace govctl::rules {

/// What a stage asks of its figures.
struct Demands {
    std::optional<model::Condition> quorum;
    std::vector<model::Condition> passes;  ///< with `objections = 0` where they block
    model::ObjectionRule::Effect objected = model::ObjectionRule::Effect::none;
    model::TieRule::Kind tie = model::TieRule::Kind::fails;

    /// `tie` as it is on the second time round: a revote is held once.
    static Demands of(const model::Stage& stage, bool is_revote);

    /// Quorum first.
    std::vector<model::Condition> all() const;
    bool name(model::Count count) const;
    /// Whether quorum and all of `passes` hold and no objection that vetoes or stops stands.
    bool hold(const Figures& figures) const;
};

struct Verdict {
    enum class Kind {
        passes,
        fails,
        revotes,    ///< tied, and to be held anew
        stops,      ///< an objection stops it
        unsettled,  ///< tied, and it is not known how that is settled
    };
    Kind kind = Kind::passes;
    model::Cause cause = model::Cause::other;  ///< of a failure

    friend bool operator==(const Verdict&, const Verdict&) = default;
};

/// A verdict, or the counts on which it hangs where figures are known only between bounds.
struct Judgement {
    std::optional<Verdict> verdict{};
    std::vector<model::Count> open{};
};

/// What follows at the end of a stage from figures of which each lies between `low` and `high`; `settled` is how a tie
/// comes out by casting vote or lot, if that is known.
Judgement judge(const Demands& demands, const Figures& low, const Figures& high, std::optional<bool> settled);

/// yes = no, at least one each.
bool is_tied(const Figures& figures);

}  // namespace govctl::rules
