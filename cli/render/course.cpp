#include "render/course.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "govctl/base/text.hpp"
#include "govctl/rules/procedure.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

Style style_of(model::RunState state) {
    switch (state) {
        case model::RunState::passed:
            return Style::good;
        case model::RunState::failed:
            return Style::bad;
        case model::RunState::restarted:
        case model::RunState::stopped:
            return Style::warn;
        case model::RunState::open:
            return Style::strong;
    }
    return Style::plain;
}

/// What the people said in a run that is over: `yes 3, no 1 of 4; missing dan`.
std::string what_was_said(const model::TallyFigures& tally, std::size_t eligible,
                          const std::vector<std::string>& missing) {
    if (tally.yes + tally.no + tally.abstain == 0) return tally.objections == 0 ? "no objection" : "";
    std::string said = fmt::format("yes {}", tally.yes);
    if (tally.no > 0) said += fmt::format(", no {}", tally.no);
    if (tally.abstain > 0) said += fmt::format(", abstain {}", tally.abstain);
    said += fmt::format(" of {}", eligible);
    if (!missing.empty()) said += ", missing " + names(missing, 3);
    return said;
}

/// A condition of another group that must also pass the stage says whose it is.
std::string of_group(const model::ConditionFigures& figures) {
    return figures.group.empty() ? "" : figures.group + ": ";
}

std::vector<std::string> unmet_conditions(const rules::Run& run) {
    std::vector<std::string> unmet;
    for (const rules::Standing& standing : run.conditions) {
        const model::ConditionFigures& figures = standing.figures;
        if (!figures.met)
            unmet.push_back(
                fmt::format("{}{} ({} against {})", of_group(figures), figures.is, figures.left, figures.right));
    }
    return unmet;
}

std::string summary_of(const rules::Run& run) {
    const bool failed = run.state == model::RunState::failed;
    std::vector<std::string> parts;
    if (run.index >= 0) {
        if (run.options) {
            parts.push_back(fmt::format("{} of {} voted", run.options->counted, run.eligible.size()));
            if (!run.missing.empty()) parts.back() += ", missing " + names(run.missing, 3);
            return join(parts, "; ");
        }
        if (!failed && run.tally.yes == 0 && run.to) parts.push_back(span(run.to->seconds - run.from.seconds));
        const std::string said = what_was_said(run.tally, run.eligible.size(), run.missing);
        if (!said.empty()) parts.push_back(said);
    }
    for (const rules::Standing& standing : run.conditions) {
        const bool is_gate = run.index < 0;  // seconds, appeals
        if (failed || (!is_gate && !standing.figures.is.starts_with("present "))) continue;
        parts.push_back(fmt::format("{} ({})", standing.figures.is, standing.figures.left));
    }
    if (failed && run.cause && *run.cause != model::Cause::other) {
        parts.push_back("for " + std::string(model::cause_word(*run.cause)));
    }
    if (failed && !unmet_conditions(run).empty()) parts.push_back("not met: " + join(unmet_conditions(run), ", "));
    return join(parts, "; ");
}

/// `Leadership Council and Moderation team`: the deciding group, and those that must also pass the stage.
std::string groups_in_words(const Standpoint& at, const model::Stage& stage) {
    const model::Proposal& proposal = at.matter.proposal();
    std::string words = group_name(at.state, proposal.deciding_group());
    const auto also = rules::also_passing(stage, proposal);
    for (const std::string& group : also)
        words += (group == also.back() ? " and " : ", ") + group_name(at.state, group);
    return words;
}

std::string electorate_words(const Standpoint& at, const model::Stage& stage) {
    std::vector<std::string> terms;
    bool names_groups = stage.also.empty();
    for (const model::Term& term : stage.by) {
        const bool is_members = term.kind == model::Term::Kind::members;
        terms.push_back(is_members ? "members of " + groups_in_words(at, stage) : term.str());
        names_groups = names_groups || is_members;
    }
    return "by " + join(terms, ", ") + (names_groups ? "" : " of " + groups_in_words(at, stage));
}

bool names_objections(const model::ConditionFigures& figures) {
    return figures.is.find("objection") != std::string::npos || figures.is.find("objector") != std::string::npos;
}

std::string objections_in_words(const Standpoint& at) {
    std::vector<std::string> all;
    for (const app::StandingObjection& each : app::standing_objections(at.matter)) {
        all.push_back(fmt::format("\"{}\" by {}, {}", each.objection.name, each.by,
                                  span(at.now.seconds - each.objection.raised.seconds)));
    }
    return join(all, "; ");
}

// --- options ---

std::string tiers_in_words(const std::vector<std::vector<std::string>>& tiers) {
    return model::ranking_text(tiers);
}

/// The nearest of those that the winner beats: `a, 3 to 2; 1 more ballot for it would tie them`.
std::string narrowest(const model::OptionTally& tally) {
    std::string rival;
    std::int64_t least = 0, over = 0, under = 0;
    const auto row = tally.pairs.find(tally.winner);
    if (row == tally.pairs.end()) return "";
    for (const auto& [other, ballots] : row->second) {
        const auto is_it = [&name = other](const model::DroppedOption& each) { return each.option == name; };
        if (std::any_of(tally.dropped.begin(), tally.dropped.end(), is_it)) continue;
        const std::int64_t against = tally.pairs.at(other).at(tally.winner);
        if (!rival.empty() && ballots - against >= least) continue;
        rival = other;
        least = ballots - against;
        over = ballots;
        under = against;
    }
    if (rival.empty()) return "";
    std::string words = fmt::format("{} over {}, {} to {}", tally.winner, rival, over, under);
    if (least > 0)
        words +=
            fmt::format("; {} more for {} would tie them", counted(static_cast<std::size_t>(least), "ballot"), rival);
    return words;
}

/// What the ballots make of the options, a line each.
std::vector<std::string> lines_of(const model::OptionTally& tally) {
    std::vector<std::string> lines = {
        fmt::format("{}, {}", tally.method, counted(static_cast<std::size_t>(tally.counted), "ballot"))};
    if (!tally.order.empty()) lines.push_back("order: " + tiers_in_words(tally.order));
    for (const model::DroppedOption& each : tally.dropped)
        lines.push_back(fmt::format("dropped: {} misses its {} over the default option, {} to {}", each.option,
                                    each.why, each.over, each.under));
    if (!tally.totals.empty()) {
        std::vector<std::string> totals;
        for (const auto& [option, points] : tally.totals) totals.push_back(option + " " + points);
        lines.push_back("points: " + join(totals, ", "));
    }
    if (!tally.tied.empty()) lines.push_back("tied: " + join(tally.tied, ", "));
    if (tally.winner.empty() && tally.tied.empty()) lines.emplace_back("no option wins");
    if (!tally.winner.empty()) lines.push_back("first: " + tally.winner);
    if (const std::string nearest = narrowest(tally); !nearest.empty()) lines.push_back("nearest: " + nearest);
    return lines;
}

/// What settled a tie comes before what came of it: `of` is a run, or what a decision says of it.
template <class Run>
void print_options(Output& out, const Run& of, const std::optional<model::OptionTally>& tally) {
    for (const model::Settled& each : of.settled)
        out.line(each.by.empty() ? "    tied; the lot says " + each.said
                                 : fmt::format("    tied; casting vote of {}: {}", each.by, each.said));
    if (!tally) return;
    for (const std::string& line : lines_of(*tally)) out.line("    " + line);
}

void print_conditions(Output& out, const Standpoint& at, const rules::Run& run) {
    Table table;
    table.indented(4).flexible(3);
    for (const rules::Standing& standing : run.conditions) {
        const model::ConditionFigures& figures = standing.figures;
        const std::string sign = split(figures.is, ' ').size() > 1 ? split(figures.is, ' ')[1] : "";
        std::string more = figures.met ? "" : standing.lacking;
        if (!figures.met && names_objections(figures) && !objections_in_words(at).empty())
            more = objections_in_words(at);
        table.row({of_group(figures) + figures.is, fmt::format("{} {} {}", figures.left, sign, figures.right),
                   figures.met ? Text(Style::good, "met") : Text(Style::bad, "not met"), more});
    }
    table.print(out);
}

void print_waiting(Output& out, const Standpoint& at, const rules::Run& run) {
    const Waiting waiting = waiting_on(at);
    std::vector<std::string> people;
    if (!waiting.positions.empty()) people.push_back(names(waiting.positions) + " (no position)");
    for (const app::StandingObjection& each : waiting.objections) {
        people.push_back(fmt::format("{} (\"{}\")", each.by, each.objection.name));
    }
    if (!people.empty()) out.line("  waiting on: " + join(people, ", "));
    std::vector<std::string> recused;
    for (const model::RecusedPerson& each : run.recused)
        recused.push_back(fmt::format("{} ({})", each.person, each.why));
    if (!recused.empty()) out.line("  recused: " + join(recused, ", "));
}

}  // namespace

Waiting waiting_on(const Standpoint& at) {
    Waiting waiting;
    if (at.course.outcome) return waiting;
    const rules::Run& run = at.course.last();
    bool objections = run.state == model::RunState::stopped;
    bool positions = false;
    for (const rules::Standing& standing : run.conditions) {
        if (standing.figures.met) continue;
        (names_objections(standing.figures) ? objections : positions) = true;
    }
    if (positions) waiting.positions = run.missing;
    if (objections) waiting.objections = app::standing_objections(at.matter);
    return waiting;
}

std::size_t name_width(const rules::Course& course) {
    std::size_t width = 12;
    for (const rules::Run& run : course.runs) width = std::max(width, run.stage.size());
    return width;
}

namespace {

void print_open_run(Output& out, const Standpoint& at, const rules::Run& run, std::size_t width) {
    const auto text = app::stage_text(at.state, at.matter, run);
    Text line = Text("  ") + Text(Style::strong, fmt::format("{:<{}}", run.stage, width)) + "  ";
    const std::string who = text ? electorate_words(at, text->stage) : std::string();
    const std::string electorate = fmt::format("{} ({})", who.empty() ? "may take part" : who, run.eligible.size());
    line += electorate;
    if (text && !text->place.file.empty()) {
        const std::string place = fmt::format("{}:{}", text->place.file, text->place.line);
        const auto aligned = std::max(line.width(), static_cast<int>(width) + 44) + 2;
        const bool fits = out.columns() == 0 || aligned + display_width(place) <= out.columns();
        line += std::string(static_cast<std::size_t>(fits ? aligned - line.width() : 2), ' ');
        line += Text(Style::faint, place);
    }
    out.line(line);
    print_conditions(out, at, run);
    print_options(out, run, run.options);
    print_waiting(out, at, run);
    const bool told_next = at.course.next && run.deadline == at.course.next->at;
    if (run.deadline && !told_next) {
        out.line(fmt::format("  until {}, {}", minute(*run.deadline), away(*run.deadline, at.now)));
    }
}

void print_ended_run(Output& out, const rules::Run& run, std::size_t width) {
    const std::string when = run.to ? " " + minute(*run.to) : "";
    out.line(Text("  ") + fmt::format("{:<{}}  ", run.stage, width) +
             Text(style_of(run.state), model::run_state_word(run.state)) + when + "   " + summary_of(run));
    print_options(out, run, run.options);
}

std::string stage_state(const rules::Run& run) {
    return std::string(model::run_state_word(run.state));
}

/// Integers as numbers, `9/2` as text.
ordered_json figure(const std::string& text) {
    const bool whole = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos && text.size() < 18;
    return whole ? ordered_json(std::stoll(text)) : ordered_json(text);
}

ordered_json to_json(const model::ConditionFigures& figures) {
    ordered_json json = {
        {"text", figures.is}, {"left", figure(figures.left)}, {"right", figure(figures.right)}, {"met", figures.met}};
    if (!figures.group.empty()) json["group"] = figures.group;
    return json;
}

ordered_json to_json(const model::OptionTally& tally) {
    ordered_json dropped = ordered_json::array();
    for (const model::DroppedOption& each : tally.dropped)
        dropped.push_back({{"option", each.option}, {"why", each.why}, {"over", each.over}, {"under", each.under}});
    ordered_json pairs = ordered_json::object();
    for (const auto& [first, others] : tally.pairs)
        for (const auto& [second, ballots] : others) pairs[first][second] = ballots;
    return {{"method", tally.method},
            {"counted", tally.counted},
            {"winner", tally.winner.empty() ? ordered_json(nullptr) : ordered_json(tally.winner)},
            {"tied", tally.tied},
            {"order", tally.order},
            {"dropped", std::move(dropped)},
            {"pairs", std::move(pairs)},
            {"totals", tally.totals}};
}

ordered_json settled_json(const std::vector<model::Settled>& settled) {
    ordered_json all = ordered_json::array();
    for (const model::Settled& each : settled)
        all.push_back({{"by", each.by.empty() ? ordered_json(nullptr) : ordered_json(each.by)}, {"said", each.said}});
    return all;
}

ordered_json instant_json(const std::optional<Instant>& at) {
    return at ? ordered_json(at->str()) : ordered_json(nullptr);
}

ordered_json to_json(const model::TallyFigures& tally) {
    return {{"yes", tally.yes},
            {"no", tally.no},
            {"abstain", tally.abstain},
            {"objections", tally.objections},
            {"missing", tally.missing}};
}

ordered_json run_json(const Standpoint& at, const rules::Run& run) {
    ordered_json conditions = ordered_json::array();
    for (const rules::Standing& standing : run.conditions) {
        ordered_json condition = to_json(standing.figures);
        condition["lacking"] = standing.lacking;
        conditions.push_back(std::move(condition));
    }
    ordered_json recused = ordered_json::array();
    for (const model::RecusedPerson& each : run.recused)
        recused.push_back({{"person", each.person}, {"why", each.why}});
    const auto text = app::stage_text(at.state, at.matter, run);
    ordered_json from = nullptr;
    if (text && !text->place.file.empty()) from = {{"file", text->place.file}, {"line", text->place.line}};
    ordered_json json = {{"name", run.stage},
                         {"state", stage_state(run)},
                         {"conditions", std::move(conditions)},
                         {"from", run.from.str()},
                         {"to", instant_json(run.to)},
                         {"deadline", instant_json(run.deadline)},
                         {"cause", run.cause ? ordered_json(model::cause_word(*run.cause)) : ordered_json(nullptr)},
                         {"eligible", run.eligible},
                         {"recused", std::move(recused)},
                         {"missing", run.missing},
                         {"tally", to_json(run.tally)},
                         {"rule", std::move(from)}};
    if (run.options) json["options"] = to_json(*run.options);
    if (!run.settled.empty()) json["settled"] = settled_json(run.settled);
    return json;
}

}  // namespace

Text headline(const app::Matter& matter, std::string_view outcome) {
    return Text(Style::name, matter.id().str()) + " " + Text(Style::strong, matter.proposal().title) + " — " +
           std::string(outcome);
}

std::string_view standing_word(const rules::Course& course) {
    return course.outcome ? model::outcome_word(*course.outcome) : "open";
}

void print_course(Output& out, const Standpoint& at) {
    const std::size_t width = name_width(at.course);
    for (const rules::Run& run : at.course.runs) {
        if (run.state == model::RunState::open || run.state == model::RunState::stopped) {
            print_open_run(out, at, run, width);
        } else {
            print_ended_run(out, run, width);
        }
    }
    if (at.course.deadlocked) {
        const bool has_above = at.state.people().above(at.matter.proposal().deciding_group()).has_value();
        out.line("  deadlock: it passes once its conditions hold" +
                 (has_above ? fmt::format("; `govctl escalate {}` takes it up", at.matter.id().str())
                            : std::string("; its authors may withdraw it")));
    }
    if (at.course.next) {
        out.line(fmt::format("  next: {}, {} ({})", at.course.next->event, minute(at.course.next->at),
                             away(at.course.next->at, at.now)));
    }
}

std::string lacking(const rules::Run& run) {
    std::vector<std::string> wants;
    std::map<std::string, int> most;  // of `2 more yes` and `3 more yes` the greater says all
    for (const rules::Standing& standing : run.conditions) {
        const std::vector<std::string> words = split(standing.lacking, ' ');
        const bool is_count = words.size() == 3 && words[1] == "more" && words[0].size() < 9 &&
                              words[0].find_first_not_of("0123456789") == std::string::npos;
        if (is_count) {
            int& count = most[words[2]];
            count = std::max(count, std::stoi(words[0]));
        } else if (!standing.lacking.empty()) {
            wants.push_back(standing.lacking);
        }
    }
    for (const auto& [what, count] : most) wants.push_back(fmt::format("{} more {}", count, what));
    return join(wants, ", ");
}

std::string stage_in_brief(const Standpoint& at) {
    const rules::Run& run = at.course.last();
    if (at.course.outcome) return fmt::format("{}: `govctl decide {}`", standing_word(at.course), at.matter.id().str());
    const std::string wants = lacking(run);
    std::string brief = fmt::format("{}: {} may take part; ", run.stage, run.eligible.size());
    if (run.options && wants.empty())
        brief += run.options->winner.empty() ? "no option is ahead" : run.options->winner + " is ahead";
    else
        brief += wants.empty() ? "every condition holds" : "needs " + wants;
    if (run.deadline) brief += "; until " + minute(*run.deadline);
    return brief;
}

ordered_json stages_json(const Standpoint& at) {
    ordered_json stages = ordered_json::array();
    for (const rules::Run& run : at.course.runs) stages.push_back(run_json(at, run));
    return stages;
}

ordered_json next_json(const rules::Course& course) {
    if (!course.next) return nullptr;
    return {{"at", course.next->at.str()}, {"event", course.next->event}};
}

void print_decision_runs(Output& out, const model::Decision& decision) {
    std::size_t width = 12;
    for (const model::Because& run : decision.because) width = std::max(width, run.stage.size());
    for (const model::Because& run : decision.because) {
        const std::string when = run.to ? " " + minute(*run.to) : "";
        std::vector<std::string> conditions;
        for (const model::ConditionFigures& each : run.conditions) {
            conditions.push_back(fmt::format("{}{} ({}, {}{})", of_group(each), each.is, each.left, each.right,
                                             each.met ? "" : ": not met"));
        }
        out.line(Text("  ") + fmt::format("{:<{}}  ", run.stage, width) +
                 Text(style_of(run.state), model::run_state_word(run.state)) + when + "   " + join(conditions, "; "));
        print_options(out, run, run.tally);
    }
}

ordered_json to_json(const model::Because& run) {
    ordered_json conditions = ordered_json::array();
    for (const model::ConditionFigures& each : run.conditions) conditions.push_back(to_json(each));
    ordered_json json = {{"name", run.stage},
                         {"state", model::run_state_word(run.state)},
                         {"conditions", std::move(conditions)},
                         {"from", run.from.str()},
                         {"to", instant_json(run.to)}};
    if (run.tally) json["options"] = to_json(*run.tally);
    if (!run.settled.empty()) json["settled"] = settled_json(run.settled);
    return json;
}

}  // namespace govctl::cli
