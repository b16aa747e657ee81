#include "stage_run.hpp"

#include <algorithm>

#include "certain.hpp"

namespace govctl::rules {

using model::Cause;
using model::Count;
using model::Early;
using model::Failure;
using model::ObjectionRule;

StageRun::StageRun(const Opening& opening, Pollster& pollster, const Surroundings& around)
    : opening_(opening),
      stage_(*opening.stage),
      pollster_(pollster),
      around_(around),
      demands_(Demands::of(stage_, opening.is_revote)) {
    const auto after = [&](const std::optional<Duration>& length) -> std::optional<Instant> {
        return length ? std::optional(around.calendar.after(opening.from, *length)) : std::nullopt;
    };
    const auto& [fixed, at_least, at_most] = stage_.lasts;
    if (fixed) {
        end_ = after(fixed);
    } else if (at_least || at_most) {
        least_ = at_least ? after(at_least) : opening.from;
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

std::optional<StageEnd> StageRun::end_by_verdict(const Poll& poll, Moment moment) {
    const Judgement judgement =
        judge(demands_, poll.figures, poll.figures, pollster_.settlement(opening_, poll, moment));
    return judgement.verdict ? end_with(*judgement.verdict, moment) : std::nullopt;
}

/// At a deadline: what was said in that second is too late.
std::optional<StageEnd> StageRun::end_by_time(Instant at) {
    if (is_stopped_ || is_deadlocked_ || waits_for_attendance()) return std::nullopt;
    const Moment moment{at, true};
    if (end_ && *end_ <= at) return end_by_verdict(pollster_.poll(opening_, moment), moment);
    // It has held without a break up to here, or this mark would have been taken back.
    if (matures_ && *matures_ <= at) return StageEnd{How::passed, moment};
    return std::nullopt;
}

std::optional<StageEnd> StageRun::end_by_words(Instant at) {
    const Moment moment{at};
    if (auto end = end_by_franchise(moment)) return end;
    if (!must_listen()) return std::nullopt;
    const Poll poll = pollster_.poll(opening_, moment);
    if (auto end = end_by_objection(poll, moment)) return end;
    if (is_stopped_ || waits_for_attendance()) return std::nullopt;

    const bool holds = demands_.hold(poll.figures);
    if (is_deadlocked_) {
        const bool can_pass = holds && !poll.franchise->eligible.empty() && !poll.franchise->too_many_recused;
        return can_pass ? std::optional(StageEnd{How::passed, moment}) : std::nullopt;
    }
    note_holding(holds, at);
    if (holds && may_pass_from(at)) return StageEnd{How::passed, moment};
    return is_untimed() ? std::nullopt : end_early(poll, moment, holds);
}

std::optional<StageEnd> StageRun::end_by_franchise(Moment moment) {
    if (is_deadlocked_) return std::nullopt;
    const auto franchise = pollster_.franchise(opening_, moment);
    if (franchise->eligible.empty()) return fail(Cause::quorum, moment);
    if (franchise->too_many_recused) return fail(Cause::recused, moment);
    return std::nullopt;
}

std::optional<StageEnd> StageRun::end_by_objection(const Poll& poll, Moment moment) {
    if (is_deadlocked_) return std::nullopt;
    const bool stands = !poll.objections.empty();
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

std::optional<StageEnd> StageRun::end_early(const Poll& poll, Moment moment, bool holds) {
    const bool is_unanimous = poll.figures[Count::yes] == poll.figures[Count::eligible];
    switch (stage_.early.kind) {
        case Early::Kind::never:
            return std::nullopt;
        case Early::Kind::passing:
            if (holds && (!stage_.early.held || *matures_ <= moment.at)) return StageEnd{How::passed, moment};
            return std::nullopt;
        case Early::Kind::unanimous:
            if (holds && is_unanimous) return StageEnd{How::passed, moment};
            return std::nullopt;
        case Early::Kind::all_voted:
            if (poll.everyone_voted() && poll.objections.empty()) return end_by_verdict(poll, moment);
            return std::nullopt;
        case Early::Kind::certain:
            return end_certain(poll, moment);
    }
    return std::nullopt;
}

std::optional<StageEnd> StageRun::end_certain(const Poll& poll, Moment moment) {
    if (is_plainly_open(demands_, opening_, poll)) return std::nullopt;
    const Prospects prospects = prospects_of(opening_, poll, pollster_, moment, around_.round.text(moment));
    const std::optional<Verdict> verdict = certain(demands_, prospects);
    return verdict ? end_with(*verdict, moment) : std::nullopt;
}

// --- not ended ---

StageEnd StageRun::still_open() {
    StageEnd end{How::open, Moment{around_.now}};
    end.is_stopped = is_stopped_;
    end.is_deadlocked = is_deadlocked_;
    if (is_untimed() && around_.is_deciding && !is_stopped_ && !is_deadlocked_ && !waits_for_attendance()) {
        const Poll poll = pollster_.poll(opening_, end.moment);
        if (demands_.hold(poll.figures)) {
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
    if (least_ && demands_.hold(pollster_.poll(opening_, Moment{around_.now}).figures)) offer(least_, " may pass");
    return next;
}

}  // namespace govctl::rules
