#include <algorithm>
#include <set>

#include "figures.hpp"
#include "govctl/base/text.hpp"
#include "govctl/rules/procedure.hpp"
#include "seats.hpp"

namespace govctl::rules {

using model::BallotForm;
using model::Charter;
using model::Condition;
using model::Count;
using model::Failure;
using model::ObjectionRule;
using model::Register;
using model::Rule;
using model::Stage;
using model::Term;
using model::TieRule;

namespace {

std::string quoted(const std::string& text) {
    return "\"" + text + "\"";
}

/// The rules that this one may pass a matter on to.
std::vector<std::string> named_rules(const Rule& rule) {
    std::vector<std::string> names;
    for (const Stage& stage : rule.stages)
        for (const Failure* failure : stage.on_failure.all())
            if (failure->action == Failure::Action::rule) names.push_back(failure->name);
    return names;
}

std::vector<Condition> conditions_of(const Stage& stage) {
    std::vector<Condition> all = stage.passes;
    if (stage.quorum) all.insert(all.begin(), *stage.quorum);
    return all;
}

class Examiner {
public:
    Examiner(const Rule& rule, const Charter& charter, const Register& people)
        : rule_(rule), charter_(charter), people_(people) {}

    std::vector<Complaint> run() {
        if (rule_.stages.empty()) error("", "stage", "GOV301", "rule " + quoted(rule_.name) + " has no stage");
        for (index_ = 0; index_ < rule_.stages.size(); ++index_) {
            const Stage& stage = rule_.stages[index_];
            check_name(stage);
            check_terms(stage);
            check_conditions(stage);
            check_time(stage);
            check_objection(stage);
            check_tie(stage);
            check_failures(stage);
            check_form(stage);
        }
        check_circle();
        return std::move(complaints_);
    }

private:
    bool is_last() const { return index_ + 1 == rule_.stages.size(); }

    void error(const std::string& stage, const std::string& key, const std::string& id, std::string message,
               std::string help = "") {
        complaints_.push_back({stage, key, true, id, std::move(message), std::move(help)});
    }

    void warn(const Stage& stage, const std::string& key, const std::string& id, std::string message,
              std::string help = "") {
        complaints_.push_back({stage.name, key, false, id, std::move(message), std::move(help)});
    }

    bool is_earlier(const std::string& name) const {
        for (std::size_t i = 0; i < index_; ++i)
            if (rule_.stages[i].name == name) return true;
        return false;
    }

    void check_name(const Stage& stage) {
        if (stage.name.empty()) error(stage.name, "stage", "GOV301", "a stage has no name");
        if (is_earlier(stage.name))
            error(stage.name, "stage", "GOV301", "two stages of one rule are named " + quoted(stage.name));
    }

    // --- who ---

    void check_terms(const Stage& stage) {
        check_terms(stage, "by", stage.by);
        check_terms(stage, "except", stage.except);
        if (stage.objection.by) check_terms(stage, "objection", *stage.objection.by);
        if (stage.tie.kind == TieRule::Kind::casting_vote) check_terms(stage, "tie", {stage.tie.holder});
    }

    void check_terms(const Stage& stage, const std::string& key, const std::vector<Term>& terms) {
        for (const Term& term : terms)
            if (std::string wrong = what_is_wrong_with(term); !wrong.empty())
                error(stage.name, key, "GOV311", "`" + term.str() + "`: " + wrong);
    }

    const Charter* charter_of(const std::string& group) const {
        if (group.empty() || group == charter_.id) return &charter_;
        auto found = people_.charters.find(group);
        return found == people_.charters.end() ? nullptr : &found->second;
    }

    std::string what_is_wrong_with(const Term& term) const {
        switch (term.kind) {
            case Term::Kind::role: {
                const Charter* charter = charter_of(term.group);
                if (!charter) return "no group " + quoted(term.group);
                return charter->role(term.name) ? ""
                                                : "group " + quoted(charter->id) + " has no role " + quoted(term.name);
            }
            case Term::Kind::group:
                return charter_of(term.name) ? "" : "no group " + quoted(term.name);
            case Term::Kind::level:
                return people_.project.level(term.name) ? "" : "no level " + quoted(term.name) + " on the ladder";
            case Term::Kind::person:
                return people_.person(term.name) ? "" : "no person " + quoted(term.name);
            case Term::Kind::voters:
                return people_.rolls.count(term.name) > 0 ? "" : "no roll of election/" + term.name + " yet";
            default:
                return "";
        }
    }

    // --- conditions ---

    void check_conditions(const Stage& stage) {
        if (stage.ballot == BallotForm::position && stage.given.count("passes") == 0)
            error(stage.name, "passes", "GOV302", "stage " + quoted(stage.name) + " does not say what passes it",
                  "`passes: []` passes when its time is over");
        for (const Condition& condition : conditions_of(stage)) {
            const bool is_quorum = stage.quorum && condition == *stage.quorum;
            const std::string key = is_quorum ? "quorum" : "passes";
            if (std::string wrong = what_is_wrong_with(condition, is_quorum, stage); !wrong.empty())
                error(stage.name, key, "GOV313", "`" + condition.str() + "` " + wrong);
            if (!condition.names(Count::seats)) continue;
            if (auto seats = seats_of(stage.by, charter_, people_.charters); !seats)
                error(stage.name, key, "GOV310", "`" + condition.str() + "`: " + seats.error().message);
        }
    }

    static std::string what_is_wrong_with(const Condition& condition, bool is_quorum, const Stage& stage) {
        const bool is_above = condition.names(Count::above_default);
        if (stage.ballot == BallotForm::position)
            return is_above ? "counts ranked ballots, and this stage has none" : "";
        for (Count count :
             {Count::yes, Count::no, Count::abstain, Count::decisive, Count::eligible_abstain, Count::organizations})
            if (condition.names(count)) return "counts yes and no, and this stage has neither";
        if (!is_above) return "";
        if (!is_quorum) return "drops options only as a `quorum`";
        if (stage.options.default_option.empty()) return "counts ballots above a default option, and there is none";
        return condition.left == Count::above_default ? "" : "must begin with `above-default`";
    }

    // --- time ---

    void check_time(const Stage& stage) {
        if (stage.given.count("lasts") == 0)
            warn(stage, "lasts", "GOV314", "stage " + quoted(stage.name) + " has no time limit",
                 "say `lasts: 1w` or `lasts: {at-least: …, at-most: …}`");
        const auto& [fixed, at_least, at_most] = stage.lasts;
        const bool has_end = fixed || at_least || at_most;
        if (!has_end && !is_last() && !stage.accept_on_pass)
            error(stage.name, "lasts", "GOV304",
                  "stage " + quoted(stage.name) + " ends only when it is decided, and another follows it",
                  "only the last stage, or one with `on-pass: accept`, may be without a time");
        if (at_least && at_most && !is_before(*at_least, *at_most))
            error(stage.name, "lasts", "GOV305",
                  "`at-least: " + at_least->str() + "` is not before `at-most: " + at_most->str() + "`");
        if (at_most && !at_least && !fixed) check_holds_too_early(stage);
    }

    bool is_before(const Duration& shorter, const Duration& longer) const {
        if (shorter.unit == longer.unit) return shorter.count < longer.count;
        // Lengths of different kinds compare by the calendar: here from a Monday, at the start of a long month.
        const Instant monday{1767571200};  // 2026-01-05T00:00:00Z
        return people_.project.calendar.after(monday, shorter) < people_.project.calendar.after(monday, longer);
    }

    /// Among a thousand people, does the stage pass with no vote, or with one?
    void check_holds_too_early(const Stage& stage) {
        for (Count said : {Count::missing, Count::yes, Count::no, Count::abstain}) {
            Figures figures;
            for (Count count : {Count::eligible, Count::seats, Count::present, Count::missing, Count::eligible_abstain})
                figures[count] = 1000;
            if (said != Count::missing) {
                figures[said] = figures[Count::cast] = 1;
                figures[Count::missing] = 999;
                figures[Count::decisive] = figures[Count::yes] + figures[Count::no];
                figures[Count::eligible_abstain] -= figures[Count::abstain];
                figures[Count::organizations] = figures[Count::yes];
            }
            const std::vector<Condition> conditions = conditions_of(stage);
            if (!std::all_of(conditions.begin(), conditions.end(),
                             [&](const Condition& condition) { return holds(condition, figures); }))
                continue;
            warn(stage, "lasts", "GOV316",
                 "stage " + quoted(stage.name) + " passes as soon as it opens, or with the first vote",
                 "give it a least time, `lasts: {at-least: …, at-most: …}`, or ask for more votes");
            return;
        }
    }

    // --- objections, ties ---

    void check_objection(const Stage& stage) {
        const std::string& from = stage.objection.from;
        if (from.empty()) return;
        if (stage.objection.effect != ObjectionRule::Effect::restart)
            error(stage.name, "objection", "GOV312",
                  "`from: " + from + "` means something only with `effect: restart`");
        else if (from != stage.name && !is_earlier(from))
            error(stage.name, "objection", "GOV312", "`from: " + from + "` is neither this stage nor an earlier one");
    }

    void check_tie(const Stage& stage) {
        if (stage.tie.kind == TieRule::Kind::fails) return;
        const bool can_tie = std::any_of(stage.passes.begin(), stage.passes.end(), [](const Condition& condition) {
            return condition.names(Count::yes) && condition.names(Count::no);
        });
        if (!can_tie && stage.ballot == BallotForm::position)
            warn(stage, "tie", "GOV317", "`tie: " + stage.tie.str() + "` never applies",
                 "it settles a condition that compares `yes` with `no`");
    }

    // --- failure ---

    void check_failures(const Stage& stage) {
        if (stage.given.count("on-failure") == 0)
            warn(stage, "on-failure", "GOV315",
                 "stage " + quoted(stage.name) + " does not say what follows when it fails: it rejects",
                 "say `on-failure: reject`");
        for (const Failure* failure : stage.on_failure.all()) check_failure(stage, *failure);
    }

    void check_failure(const Stage& stage, const Failure& failure) {
        switch (failure.action) {
            case Failure::Action::next:
                if (is_last()) error(stage.name, "on-failure", "GOV303", "`next` after the last stage leads nowhere");
                return;
            case Failure::Action::escalate:
                if (!people_.above(charter_.id))
                    error(stage.name, "on-failure", "GOV309",
                          "group " + quoted(charter_.id) + " has no group above it to escalate to");
                return;
            case Failure::Action::affirm:
                return check_affirm(stage, failure.name);
            case Failure::Action::rule:
                return check_named_rule(stage, failure.name);
            default:
                return;
        }
    }

    void check_affirm(const Stage& stage, const std::string& name) {
        if (name == "decision") {
            if (!is_for_appeals())
                error(stage.name, "on-failure", "GOV308", "`affirm decision` means something only after an appeal",
                      "name this rule under `decisions: {appeal: …}`");
        } else if (!is_earlier(name) && !comes_from_a_rule_with(name)) {
            error(stage.name, "on-failure", "GOV308", "`affirm " + name + "` names no earlier stage");
        }
    }

    /// Whether some procedure for appeals leads to this rule.
    bool is_for_appeals() const {
        for (const auto* decisions : {&charter_.decisions, &people_.project.decisions})
            if (auto appeal = decisions->find("appeal"); appeal != decisions->end())
                if (appeal->second.rule == rule_.name || reaches(appeal->second.rule, rule_.name)) return true;
        return false;
    }

    bool comes_from_a_rule_with(const std::string& stage) const {
        for (const auto* rules : {&charter_.rules, &people_.project.rules})
            for (const auto& [name, rule] : *rules) {
                const bool has_stage = std::any_of(rule.stages.begin(), rule.stages.end(),
                                                   [&](const Stage& each) { return each.name == stage; });
                if (has_stage && name != rule_.name && reaches(name, rule_.name)) return true;
            }
        return false;
    }

    void check_named_rule(const Stage& stage, const std::string& name) {
        if (find_rule(name, charter_, people_.project)) return;
        std::vector<std::string> known = {"next", "reject", "lapse", "escalate", "deadlock"};
        for (const auto* rules : {&charter_.rules, &people_.project.rules})
            for (const auto& [each, _] : *rules) known.push_back(each);
        const std::optional<std::string> meant = nearest(name, known);
        error(stage.name, "on-failure", "GOV306", "no rule " + quoted(name),
              meant ? "did you mean " + quoted(*meant) + "?" : "");
    }

    /// Whether failures lead from one rule to another, in one step or more.
    bool reaches(const std::string& from, const std::string& to) const {
        std::set<std::string> seen;
        std::vector<std::string> open = {from};
        while (!open.empty()) {
            const Rule* rule = find_rule(open.back(), charter_, people_.project);
            open.pop_back();
            if (!rule) continue;
            for (const std::string& next : named_rules(*rule)) {
                if (next == to) return true;
                if (seen.insert(next).second) open.push_back(next);
            }
        }
        return false;
    }

    void check_circle() {
        for (const std::string& next : named_rules(rule_))
            if (next == rule_.name || reaches(next, rule_.name)) {
                error("", "on-failure", "GOV307",
                      "rule " + quoted(rule_.name) + " leads back to itself through " + quoted(next));
                return;
            }
    }

    void check_form(const Stage& stage) {
        if (const std::string why = undecidable_options(stage); !why.empty())
            error(stage.name, "ballot", "GOV322", "stage " + quoted(stage.name) + " decides nothing: " + why);
        for (const std::string& group : stage.also)
            if (group != "with" && !charter_of(group))
                error(stage.name, "and", "GOV311", "`and: " + group + "`: no group " + quoted(group));
        if (stage.cap && *stage.cap < 1) error(stage.name, "cap", "GOV319", "a cap lets at least one vote count");
    }

    const Rule& rule_;
    const Charter& charter_;
    const Register& people_;
    std::size_t index_ = 0;
    std::vector<Complaint> complaints_;
};

}  // namespace

std::vector<Complaint> examine(const Rule& rule, const Charter& charter, const Register& people) {
    return Examiner(rule, charter, people).run();
}

}  // namespace govctl::rules
