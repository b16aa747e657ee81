#include "stage_run.hpp"

#include <algorithm>

#include "certain.hpp"

namespace govctl::rules {

using model::Cause;
using model::Count;
using model::Early;
using model::Failure;
using model::ObjectionRule;

StageRun::StageRun(const std::vector<Opening>& panels, Pollster& pollster, const Surroundings& around)
    : panels_(panels),
      opening_(panels.front()),
      stage_(*opening_.stage),
      pollster_(pollster),
      around_(around),
      demands_(Demands::of(stage_, opening_.is_revote)) {
    const auto after = [&](const std::optional<Duration>& length) -> std::optional<Instant> {
        return length ? std::optional(around.calendar.after(opening_.from, *length)) : std::nullopt;
    };
    const auto& [fixed, at_least, at_most] = stage_.lasts;
    if (fixed) {
        end_ = after(fixed);
    } else if (at_least || at_most) {
        least_ = at_least ? after(at_least) : opening_.from;
        end_ = after(at_most);
    }
}

StageEnd StageRun::follow() {
    for (std::optional<Instant> at = opening_.from; at && *at <= around_.now; at = mark_after(*at)) {
        if (auto end = end_by_time(*at)) return *end;
        if (around_.revision && *around_.revision <= *at) return {How::revised, Moment{*at, true}};
        if (auto end = end_by_words(*at)) return *end;
    }
    return still_open();
}

/// The next instant at which something may come of it.
std::optional<Instant> StageRun::mark_after(Instant at) const {
    std::optional<Instant> next;
    const auto offer = [&](const std::optional<Instant>& mark) {
        if (mark && *mark > at && (!next || *mark < *next)) next = mark;
    };
    const std::vector<Instant>& events = pollster_.events();
    const auto event = std::upper_bound(events.begin(), events.end(), at);
    if (event != events.end()) offer(*event);
    offer(least_);
    offer(end_);
    offer(matures_);
    return next;
}

bool StageRun::waits_for_attendance() const {
    return !around_.has_attendance && demands_.name(Count::present);
}

/// Whether every word may end it: else only its time, and who may take part, are watched.
bool StageRun::must_listen() const {
    const bool objection_ends =
        demands_.objected == ObjectionRule::Effect::veto || demands_.objected == ObjectionRule::Effect::restart;
    return is_deadlocked_ || least_ || stage_.early.kind != Early::Kind::never || objection_ends ||
           (is_untimed() && around_.is_appealable);
}

bool StageRun::may_pass_from(Instant at) const {
    return least_ && *least_ <= at;
}

// --- ends ---

std::optional<StageEnd> StageRun::fail(Cause cause, Moment moment) {
    if (stage_.on_failure.of(cause).action != Failure::Action::deadlock) return StageEnd{How::failed, moment, cause};
    is_deadlocked_ = true;
    return std::nullopt;
}

std::optional<StageEnd> StageRun::end_with(const Verdict& verdict, Moment moment) {
    switch (verdict.kind) {
        case Verdict::Kind::passes:
            return StageEnd{How::passed, moment};
        case Verdict::Kind::fails:
            return fail(verdict.cause, moment);
        case Verdict::Kind::revotes:
            return StageEnd{How::tied, moment, Cause::tie};
        case Verdict::Kind::stops:
        case Verdict::Kind::unsettled:
            break;
    }
    return std::nullopt;
}

StageRun::Polls StageRun::polls(Moment moment) const {
    Polls polls;
    for (const Opening& panel : panels_) polls.push_back(pollster_.poll(panel, moment));
    return polls;
}

bool StageRun::hold(const Polls& polls) const {
    return std::all_of(polls.begin(), polls.end(), [&](const Poll& poll) { return demands_.hold(poll.figures); });
}

/// The first group that does not pass decides how the stage ends.
std::optional<StageEnd> StageRun::end_by_verdict(const Polls& polls, Moment moment) {
    for (std::size_t i = 0; i < polls.size(); ++i) {
        const Figures& figures = polls[i].figures;
        const auto settled = pollster_.settlement(panels_[i], polls[i], moment);
        const std::optional<Verdict> verdict = judge(demands_, figures, figures, settled).verdict;
        if (!verdict) return std::nullopt;
        if (verdict->kind != Verdict::Kind::passes) return end_with(*verdict, moment);
    }
    if (stage_.ballot != model::BallotForm::position) return end_by_choice(polls.front(), moment);
    return StageEnd{How::passed, moment};
}

/// Where nothing is chosen, or the default option, the stage fails.
std::optional<StageEnd> StageRun::end_by_choice(const Poll& poll, Moment moment) {
    auto choice = pollster_.choice(opening_, poll, moment);
    if (!choice) {
        StageEnd end{How::failed, moment, Cause::other};
        end.error = choice.error();
        return end;
    }
    const bool is_revoted = stage_.tie.kind == model::TieRule::Kind::revote && !opening_.is_revote;
    const model::OptionTally& counted = choice->tally;
    if (!counted.tied.empty() && is_revoted) return StageEnd{How::tied, moment, Cause::tie};
    if (!counted.tied.empty()) return fail(Cause::tie, moment);
    if (counted.winner.empty() || counted.winner == stage_.options.default_id()) return fail(Cause::other, moment);
    StageEnd end{How::passed, moment};
    end.option = counted.winner;
    return end;
}

/// At a deadline: what was said in that second is too late.
std::optional<StageEnd> StageRun::end_by_time(Instant at) {
    if (is_stopped_ || is_deadlocked_ || waits_for_attendance()) return std::nullopt;
    const Moment moment{at, true};
    if (end_ && *end_ <= at) return end_by_verdict(polls(moment), moment);
    // It has held without a break up to here, or this mark would have been taken back.
    if (matures_ && *matures_ <= at) return StageEnd{How::passed, moment};
    return std::nullopt;
}

std::optional<StageEnd> StageRun::end_by_words(Instant at) {
    const Moment moment{at};
    if (auto end = end_by_franchise(moment)) return end;
    if (!must_listen()) return std::nullopt;
    const Polls polls = this->polls(moment);
    if (auto end = end_by_objection(polls, moment)) return end;
    if (is_stopped_ || waits_for_attendance()) return std::nullopt;

    const bool holds = hold(polls);
    if (is_deadlocked_) {
        const bool can_pass = holds && std::all_of(polls.begin(), polls.end(), [](const Poll& poll) {
                                  return !poll.franchise->eligible.empty() && !poll.franchise->too_many_recused;
                              });
        return can_pass ? std::optional(StageEnd{How::passed, moment}) : std::nullopt;
    }
    note_holding(holds, at);
    if (holds && may_pass_from(at)) return StageEnd{How::passed, moment};
    return is_untimed() ? std::nullopt : end_early(polls, moment, holds);
}

std::optional<StageEnd> StageRun::end_by_franchise(Moment moment) {
    if (is_deadlocked_) return std::nullopt;
    for (const Opening& panel : panels_) {
        const auto franchise = pollster_.franchise(panel, moment);
        if (franchise->eligible.empty()) return fail(Cause::quorum, moment);
        if (franchise->too_many_recused) return fail(Cause::recused, moment);
    }
    return std::nullopt;
}

std::optional<StageEnd> StageRun::end_by_objection(const Polls& polls, Moment moment) {
    if (is_deadlocked_) return std::nullopt;
    const bool stands =
        std::any_of(polls.begin(), polls.end(), [](const Poll& poll) { return !poll.objections.empty(); });
    if (demands_.objected == ObjectionRule::Effect::veto && stands) return fail(Cause::objection, moment);
    if (demands_.objected != ObjectionRule::Effect::restart) return std::nullopt;
    if (is_stopped_ && !stands) return StageEnd{How::resolved, moment};
    is_stopped_ = stands;
    if (stands) note_holding(false, moment.at);
    return std::nullopt;
}

void StageRun::note_holding(bool holds, Instant at) {
    if (!holds) {
        holds_since_.reset();
        matures_.reset();
    } else if (!holds_since_) {
        holds_since_ = at;
        if (stage_.early.held) matures_ = around_.calendar.after(at, *stage_.early.held);
    }
}

std::optional<StageEnd> StageRun::end_early(const Polls& polls, Moment moment, bool holds) {
    const auto all = [&](auto is_so) { return std::all_of(polls.begin(), polls.end(), is_so); };
    switch (stage_.early.kind) {
        case Early::Kind::never:
            return std::nullopt;
        case Early::Kind::passing:
            if (holds && (!stage_.early.held || *matures_ <= moment.at)) return StageEnd{How::passed, moment};
            return std::nullopt;
        case Early::Kind::unanimous:
            if (holds &&
                all([](const Poll& poll) { return poll.figures[Count::yes] == poll.figures[Count::eligible]; }))
                return StageEnd{How::passed, moment};
            return std::nullopt;
        case Early::Kind::all_voted:
            if (all([](const Poll& poll) { return poll.everyone_voted() && poll.objections.empty(); }))
                return end_by_verdict(polls, moment);
            return std::nullopt;
        case Early::Kind::certain:
            return end_certain(polls, moment);
    }
    return std::nullopt;
}

/// A group that certainly fails ends the stage for certain only where those before it certainly pass: else the cause
/// may still be another.
std::optional<StageEnd> StageRun::end_certain(const Polls& polls, Moment moment) {
    for (std::size_t i = 0; i < polls.size(); ++i) {
        if (is_plainly_open(demands_, panels_[i], polls[i])) return std::nullopt;
        const Prospects prospects = prospects_of(panels_[i], polls[i], pollster_, moment, around_.round.text(moment));
        const std::optional<Verdict> verdict = certain(demands_, prospects);
        if (!verdict) return std::nullopt;
        if (verdict->kind != Verdict::Kind::passes) return end_with(*verdict, moment);
    }
    return StageEnd{How::passed, moment};
}

// --- not ended ---

StageEnd StageRun::still_open() {
    StageEnd end{How::open, Moment{around_.now}};
    end.is_stopped = is_stopped_;
    end.is_deadlocked = is_deadlocked_;
    if (is_untimed() && around_.is_deciding && !is_stopped_ && !is_deadlocked_ && !waits_for_attendance()) {
        if (hold(polls(end.moment))) {
            end.how = How::passed;
            // Appeals need a time to count from: since when what is decided now has been so.
            if (around_.is_appealable && holds_since_) end.moment = Moment{*holds_since_};
            end.by_decide = true;
            return end;
        }
    }
    end.next = next_event();
    return end;
}

std::optional<NextEvent> StageRun::next_event() {
    if (is_stopped_ || is_deadlocked_) return std::nullopt;
    if (waits_for_attendance()) {
        if (!end_) return std::nullopt;
        const bool is_past = *end_ <= around_.now;
        return NextEvent{*end_, stage_.name + (is_past ? " waits for attendance to be recorded"
                                                       : " ends, if attendance is recorded")};
    }
    std::optional<NextEvent> next;
    const auto offer = [&](const std::optional<Instant>& at, const char* event) {
        if (at && *at > around_.now && (!next || *at < next->at)) next = NextEvent{*at, stage_.name + event};
    };
    offer(end_, " ends");
    offer(matures_, " passes");
    if (least_ && hold(polls(Moment{around_.now}))) offer(least_, " may pass");
    return next;
}

}  // namespace govctl::rules
