#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "gate.hpp"
#include "govctl/rules/course.hpp"
#include "govctl/rules/procedure.hpp"
#include "poll.hpp"
#include "round.hpp"
#include "stage_run.hpp"

namespace govctl::rules {

/// What is wanted of a matter: its outcome, where a stage without a time may pass now, or how it stands for those who
/// would still act on it, where such a stage is open until it is decided.
enum class Asking { outcome, acts };

/// The rules a matter may go through.
class RuleBook {
public:
    /// Errors (`invalid`): none of the name that the proposal has, or one that this version cannot decide by.
    static Result<RuleBook> of(const Matter& matter);

    const model::Procedure& procedure() const { return procedure_; }
    const model::Rule& first() const { return first_; }
    Result<const model::Rule*> named(const std::string& name) const;

private:
    explicit RuleBook(const Matter& matter) : matter_(&matter) {}

    const Matter* matter_;
    model::Procedure procedure_;
    model::Rule first_;
};

/// The course of a matter, followed through its round.
class Timeline {
public:
    enum class Phase { seconds, stage, appeal, over };

    static Result<std::unique_ptr<Timeline>> follow(const Matter& matter, const model::Register& people, Instant now,
                                                    Asking asking);
    Timeline(const Timeline&) = delete;
    Timeline& operator=(const Timeline&) = delete;

    const Course& course() const { return course_; }
    Course take_course() { return std::move(course_); }
    Phase phase() const { return phase_; }
    /// The stage that is open or stopped, in Phase::stage.
    const std::optional<Opening>& opening() const { return opening_; }
    /// That stage and those that may follow it and count what is said now: the rest of its rule and of the rules that
    /// failures lead to, but for stages with fresh ballots.
    std::vector<Opening> stages_to_come() const;

    const RuleBook& rules() const { return rules_; }
    const Round& round() const { return round_; }
    Pollster& pollster() { return pollster_; }
    /// Who may second, the openers left out.
    std::vector<std::string> seconders(Instant at) const;
    std::vector<std::string> appellants(Instant at) const;

private:
    Timeline(const Matter& matter, const model::Register& people, Instant now, Asking asking, RuleBook rules,
             Round round);

    using Allowed = std::vector<std::string> (Timeline::*)(Instant) const;

    Result<void> run();
    int seconds_wanted() const;
    bool is_seconded();
    void wait_for_seconds(const Gate& gate);
    /// When those said a word, a second or an appeal, who were allowed to that day.
    std::vector<Instant> words(std::optional<Instant> model::Ballot::*word, Allowed allowed) const;
    Result<void> step();
    Result<void> open_first(Instant at);
    Result<void> open(const model::Rule& rule, std::size_t index, Moment opened);
    Result<void> open_again(const StageEnd& end);
    void revote(const StageEnd& end);
    Result<void> pass(const StageEnd& end);
    Result<void> fail(const StageEnd& end);
    Result<void> go_by(const std::string& rule, Moment at);
    Result<void> affirm(const std::string& stage, Instant at);
    Result<void> conclude(model::Outcome outcome, Instant at, std::optional<model::Outcome> was = {});
    Result<void> wait_for_appeals(model::Outcome outcome, Instant at, std::optional<model::Outcome> was);
    /// What was accepted and could not be put in force any more may be revised after its end: then it begins anew.
    Result<void> finish_unless_revised(model::Outcome outcome, Instant at, std::optional<model::Outcome> was);
    void finish(model::Outcome outcome, Instant at, std::optional<model::Outcome> was);

    /// The same opening for each group that must pass the stage. Errors (`invalid`): seats that cannot be counted.
    Result<std::vector<Opening>> panels(const Opening& opening) const;
    void record(const StageEnd& end, const std::vector<Opening>& panels, const std::optional<Instant>& deadline);
    bool is_appealable() const;
    std::optional<Instant> pending_revision() const;

    const Matter& matter_;
    const model::Register& people_;
    Instant now_;
    Asking asking_;
    RuleBook rules_;
    Round round_;
    Pollster pollster_;

    Phase phase_ = Phase::stage;
    const model::Rule* rule_ = nullptr;   ///< of the open stage
    std::set<std::string> gone_through_;  ///< names of rules since the first stage opened
    std::optional<Opening> opening_;
    std::optional<Opening> first_opening_;  ///< of the first stage in this round
    std::size_t revisions_done_ = 0;
    bool is_waiting_ = false;  ///< the open stage has not ended by now
    Course course_;
};

}  // namespace govctl::rules
