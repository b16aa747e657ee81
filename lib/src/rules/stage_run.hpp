#pragma once

#include <optional>
#include <string>
#include <vector>

#include "govctl/rules/course.hpp"
#include "poll.hpp"
#include "verdict.hpp"

namespace govctl::rules {

/// What surrounds the run of a stage.
struct Surroundings {
    const Round& round;
    const Calendar& calendar;
    Instant now;
    std::optional<Instant> revision{};  ///< the next one not taken account of yet
    bool is_deciding = true;            ///< a stage without a time may pass now
    bool has_attendance = false;        ///< `present:` is recorded
    bool is_appealable = false;         ///< what is decided here waits for appeals
};

/// How the run of a stage ended, or how it stands.
struct StageEnd {
    enum class How {
        passed,
        failed,
        tied,      ///< to be held anew
        revised,   ///< the matter has a new text
        resolved,  ///< the last objection that stopped it is gone
        open,
    };
    How how = How::open;
    Moment moment;  ///< as of which its figures are read
    std::optional<model::Cause> cause{};
    bool is_stopped = false;       ///< by an objection
    bool is_deadlocked = false;    ///< past its time
    bool by_decide = false;        ///< passed because it is being decided
    std::string option{};          ///< passed: the one that was chosen
    std::optional<Error> error{};  ///< the options could not be counted
    std::optional<NextEvent> next{};
};

/// One run of a stage, followed from its opening through everything that was said until it ends or now is reached.
class StageRun {
public:
    /// `panels` are the same opening for each group that must pass the stage, the deciding one first.
    StageRun(const std::vector<Opening>& panels, Pollster& pollster, const Surroundings& around);

    StageEnd follow();
    std::optional<Instant> deadline() const { return end_; }

private:
    using How = StageEnd::How;
    using Polls = std::vector<Poll>;  ///< one a panel

    std::optional<StageEnd> end_by_time(Instant at);
    std::optional<StageEnd> end_by_words(Instant at);
    std::optional<StageEnd> end_by_franchise(Moment moment);
    std::optional<StageEnd> end_by_objection(const Polls& polls, Moment moment);
    std::optional<StageEnd> end_early(const Polls& polls, Moment moment, bool holds);
    std::optional<StageEnd> end_with(const Verdict& verdict, Moment moment);
    std::optional<StageEnd> fail(model::Cause cause, Moment moment);
    std::optional<StageEnd> end_certain(const Polls& polls, Moment moment);
    std::optional<StageEnd> end_by_verdict(const Polls& polls, Moment moment);
    std::optional<StageEnd> end_by_choice(const Poll& poll, Moment moment);
    Polls polls(Moment moment) const;
    bool hold(const Polls& polls) const;
    void note_holding(bool holds, Instant at);
    StageEnd still_open();
    std::optional<NextEvent> next_event();

    bool may_pass_from(Instant at) const;
    bool is_untimed() const { return !least_ && !end_; }
    bool waits_for_attendance() const;
    bool must_listen() const;
    std::optional<Instant> mark_after(Instant at) const;

    const std::vector<Opening>& panels_;
    const Opening& opening_;
    const model::Stage& stage_;
    Pollster& pollster_;
    const Surroundings& around_;
    Demands demands_;

    std::optional<Instant> least_;  ///< from when on it may pass; none: only at its end
    std::optional<Instant> end_;    ///< deadline
    std::optional<Instant> holds_since_;
    std::optional<Instant> matures_;  ///< `passing for 2d`
    bool is_stopped_ = false;
    bool is_deadlocked_ = false;
};

}  // namespace govctl::rules
