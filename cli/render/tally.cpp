#include "render/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "govctl/base/text.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;
using tally::Candidate;
using tally::Matrix;

constexpr int page = 80;
constexpr int widest_name = 24;
constexpr int widest_bar = 24;
/// More of them make a matrix that nobody reads; with `--trace` it is there.
constexpr std::size_t most_in_matrix = 20;

const std::string& name(const ShownTally& shown, Candidate candidate) {
    return shown.ballots.candidates()[candidate];
}

std::vector<std::string> names_of(const ShownTally& shown, const std::vector<Candidate>& candidates) {
    std::vector<std::string> all;
    for (const Candidate each : candidates) all.push_back(name(shown, each));
    return all;
}

std::string list_of(const ShownTally& shown, const std::vector<Candidate>& candidates) {
    return join(names_of(shown, candidates), ", ");
}

std::string spaces(int count) {
    return std::string(static_cast<std::size_t>(std::max(count, 0)), ' ');
}

Text padded(const Text& text, int columns) {
    return text + spaces(columns - text.width());
}

std::string why_word(tally::Dropped::Why why) {
    return why == tally::Dropped::Why::quorum ? "quorum" : "ratio";
}

int page_width(const Output& out) {
    return out.columns() > 0 ? out.columns() : page;
}

/// One line where it fits, else more, broken between words; those after the first are indented.
void print_wrapped(Output& out, const Text& label, const std::string& text, int indent = 2) {
    Text line = label;
    bool begins = true;
    for (const std::string& word : split(text, ' ')) {
        if (!begins && line.width() + 1 + display_width(printable(word)) > page_width(out)) {
            out.line(line);
            line = spaces(indent);
            begins = true;
        }
        line += begins ? word : " " + word;
        begins = false;
    }
    if (!begins) out.line(line);
}

// --- the matrix ---

int digits(std::uint64_t number) {
    return static_cast<int>(std::to_string(number).size());
}

int cell_width(const Matrix& matrix) {
    std::uint64_t most = matrix.width();
    for (Candidate row = 0; row < matrix.width(); ++row)
        for (Candidate column = 0; column < matrix.width(); ++column) most = std::max(most, matrix.at(row, column));
    return digits(most) + 1;
}

Text cell(const Matrix& matrix, Candidate row, Candidate column, int width) {
    if (row == column) return fmt::format("{:>{}}", "-", width);
    const bool wins = matrix.at(row, column) > matrix.at(column, row);
    return Text(wins ? Style::good : Style::plain, fmt::format("{:>{}}", matrix.at(row, column), width));
}

/// As many columns beside each other as a page has room for, then the others below.
void print_matrix(Output& out, const ShownTally& shown, const Matrix& matrix, const std::string& title) {
    const int width = cell_width(matrix);
    const int number_width = digits(matrix.width());
    int name_width = display_width(title) - number_width - 2;
    for (const std::string& each : shown.ballots.candidates()) {
        name_width = std::max(name_width, std::min(display_width(printable(each)), widest_name));
    }
    const int heading = number_width + 2 + name_width;
    const auto fitting = static_cast<std::size_t>(std::max((page_width(out) - heading) / width, 1));
    const std::size_t pieces = (matrix.width() + fitting - 1) / fitting;
    const std::size_t columns = (matrix.width() + pieces - 1) / pieces;
    for (Candidate first = 0; first < matrix.width(); first += columns) {
        const Candidate end = std::min(first + columns, matrix.width());
        Text numbers = padded(Text(Style::faint, first == 0 ? title : "").cut(heading), heading);
        for (Candidate column = first; column < end; ++column) numbers += fmt::format("{:>{}}", column + 1, width);
        if (first > 0) out.line();
        out.line(numbers);
        for (Candidate row = 0; row < matrix.width(); ++row) {
            Text line = fmt::format("{:>{}}  ", row + 1, number_width);
            line += padded(Text(name(shown, row)).cut(name_width), name_width);
            for (Candidate column = first; column < end; ++column) line += cell(matrix, row, column, width);
            out.line(line);
        }
    }
}

// --- the ranking ---

/// What a candidate is ranked by, as far as a number can tell it: the pairs won, or the votes.
struct Figure {
    std::string text;
    std::uint64_t size = 0;
};

Figure pairs_won(const ShownTally& shown, Candidate candidate) {
    const Matrix& pairs = *shown.tally.pairwise;
    std::uint64_t won = 0;
    for (const auto& tier : shown.tally.order)
        for (const Candidate other : tier)
            if (pairs.at(candidate, other) > pairs.at(other, candidate)) ++won;
    return {std::to_string(won), won};
}

/// Of scores the totals, which come first; of votes that move, those a candidate had at last.
Figure votes_of(const ShownTally& shown, Candidate candidate) {
    const bool first = shown.ballots.marks() == tally::Marks::scores;
    Figure figure;
    for (const tally::Step& step : shown.tally.steps) {
        const bool is_count = step.is == "count" || step.is == "score" || step.is == "round" || step.is == "stage";
        for (const auto& [who, votes] : step.votes) {
            if (!is_count) break;
            if (who != candidate) continue;
            std::uint64_t whole = 0;
            for (const char c : votes.substr(0, votes.find_first_not_of("0123456789"))) {
                whole = whole * 10 + static_cast<std::uint64_t>(c - '0');
            }
            figure = {votes, whole};
        }
        if (first && !figure.text.empty()) break;
    }
    return figure;
}

Figure figure_of(const ShownTally& shown, Candidate candidate) {
    return shown.tally.pairwise ? pairs_won(shown, candidate) : votes_of(shown, candidate);
}

std::string bar(std::uint64_t size, std::uint64_t most) {
    std::string text;
    const auto columns = most == 0 ? 0 : (size * widest_bar + most - 1) / most;
    for (std::uint64_t i = 0; i < columns; ++i) text += "█";
    return text;
}

bool is_in(const std::vector<Candidate>& list, Candidate candidate) {
    return std::find(list.begin(), list.end(), candidate) != list.end();
}

/// A word for what became of a candidate besides their place.
Text fate(const ShownTally& shown, Candidate candidate) {
    const tally::Tally& result = shown.tally;
    const auto skipped = std::find_if(result.skipped.begin(), result.skipped.end(),
                                      [&](const auto& each) { return each.candidate == candidate; });
    if (is_in(result.elected, candidate)) return {Style::good, "elected"};
    if (skipped != result.skipped.end()) return {Style::warn, "passed over"};
    if (result.tie && is_in(result.tie->between, candidate)) return {Style::warn, "tied"};
    if (shown.question.default_option == candidate) return {Style::faint, "default"};
    return {};
}

void print_ranking(Output& out, const ShownTally& shown) {
    std::vector<std::pair<std::size_t, Candidate>> places;
    std::size_t next = 1;
    for (const auto& tier : shown.tally.order) {
        for (const Candidate each : tier) places.emplace_back(next, each);
        next += tier.size();
    }
    std::uint64_t most = 0;
    for (const auto& [place, each] : places) most = std::max(most, figure_of(shown, each).size);
    Table table;
    table.flexible(1);
    const char* unit = shown.tally.pairwise ? "wins" : "votes";
    const char* heading = shown.ballots.marks() == tally::Marks::scores ? "total" : unit;
    for (const auto& [place, each] : places) {
        const Figure figure = figure_of(shown, each);
        Text place_text = fmt::format("{:>{}}", place, digits(places.size()));
        table.row({std::move(place_text), Text(Style::strong, name(shown, each)), fate(shown, each),
                   figure.text.empty() ? "" : fmt::format("{} {}", heading, figure.text),
                   Text(Style::name, bar(figure.size, most))});
    }
    table.print(out);
}

// --- why ---

/// Those who are not ranked above the winner; above are only who was passed over.
std::vector<Candidate> rivals(const ShownTally& shown, Candidate winner) {
    const auto& order = shown.tally.order;
    const auto own = std::find_if(order.begin(), order.end(), [&](const auto& tier) { return is_in(tier, winner); });
    std::vector<Candidate> all;
    for (auto tier = own; tier != order.end(); ++tier) all.insert(all.end(), tier->begin(), tier->end());
    std::erase(all, winner);
    return all;
}

/// The rival to whom it was closest.
std::optional<Candidate> closest(const Matrix& matrix, Candidate winner, const std::vector<Candidate>& rivals) {
    const auto margin = [&](Candidate other) {
        return static_cast<std::int64_t>(matrix.at(winner, other)) -
               static_cast<std::int64_t>(matrix.at(other, winner));
    };
    const auto found =
        std::min_element(rivals.begin(), rivals.end(), [&](Candidate a, Candidate b) { return margin(a) < margin(b); });
    return found == rivals.end() ? std::nullopt : std::optional(*found);
}

/// Of those who share the first place.
std::string why_by_tie(const ShownTally& shown, const std::vector<Candidate>& first, Candidate winner) {
    const std::string shared = list_of(shown, first) + " share the first place";
    switch (shown.question.tie.kind) {
        case tally::TieBreak::Kind::report:
            break;
        case tally::TieBreak::Kind::order:
            return fmt::format("{}; the casting vote puts {} first", shared, name(shown, winner));
        case tally::TieBreak::Kind::lot:
            return fmt::format("{}; the lot puts {} first", shared, name(shown, winner));
    }
    return shared;
}

std::string why_by_pairs(const ShownTally& shown, Candidate winner) {
    const std::vector<Candidate> others = rivals(shown, winner);
    const Matrix& pairs = *shown.tally.pairwise;
    const auto near = closest(pairs, winner, others);
    if (!near) return fmt::format("{} is the only one left", name(shown, winner));
    const std::string duel =
        fmt::format("{}: {} to {}", name(shown, *near), pairs.at(winner, *near), pairs.at(*near, winner));
    if (pairs.at(winner, *near) > pairs.at(*near, winner)) {
        const char* whom = is_in(shown.tally.order.front(), winner) ? "every other candidate" : "all ranked below";
        return fmt::format("{} is preferred to {}, most narrowly to {}", name(shown, winner), whom, duel);
    }
    const std::string loses = fmt::format("{} does not win the duel with {}", name(shown, winner), duel);
    if (!shown.tally.strengths) return loses + "; it comes first by the rule of the method, which --trace shows";
    const Matrix& strengths = *shown.tally.strengths;
    const Candidate weakest = *closest(strengths, winner, others);
    return fmt::format("{}; but no way back is stronger than its own to anyone: {} to {} where it is closest, {}",
                       loses, strengths.at(winner, weakest), strengths.at(weakest, winner), name(shown, weakest));
}

std::string why_by_steps(const ShownTally& shown, Candidate winner) {
    const auto& steps = shown.tally.steps;
    const auto runoff = std::find_if(steps.begin(), steps.end(), [](const auto& step) { return step.is == "runoff"; });
    if (runoff != steps.end() && runoff->votes.size() == 2 && is_in(runoff->of, winner)) {
        const bool first = runoff->votes[0].first == winner;
        const auto& won = runoff->votes[first ? 0 : 1];
        const auto& lost = runoff->votes[first ? 1 : 0];
        const std::string text = fmt::format("{} wins the runoff with {}: {} to {}", name(shown, winner),
                                             name(shown, lost.first), won.second, lost.second);
        return runoff->why.empty() ? text : text + ", " + runoff->why;
    }
    const auto elected = std::find_if(steps.begin(), steps.end(), [&](const tally::Step& step) {
        return step.is == "elect" && is_in(step.of, winner);
    });
    const Figure figure = figure_of(shown, winner);
    const std::string reason = elected == steps.end() ? "" : elected->why;
    if (!reason.empty()) return fmt::format("{} is elected: {}", name(shown, winner), reason);
    return figure.text.empty() ? "" : fmt::format("{} has most: {}", name(shown, winner), figure.text);
}

std::string why(const ShownTally& shown) {
    if (shown.tally.elected.empty()) return {};
    const Candidate winner = shown.tally.elected.front();
    const auto& order = shown.tally.order;
    if (shown.question.default_option == winner && order.size() > 1) {
        return fmt::format("the default option {} wins: no other is preferred to it", name(shown, winner));
    }
    if (!order.empty() && order.front().size() > 1 && is_in(order.front(), winner)) {
        return why_by_tie(shown, order.front(), winner);
    }
    return shown.tally.pairwise ? why_by_pairs(shown, winner) : why_by_steps(shown, winner);
}

void print_outcome(Output& out, const ShownTally& shown) {
    const tally::Tally& result = shown.tally;
    for (const tally::Dropped& each : result.dropped) {
        out.line(Text(Style::bad, "dropped: ") + name(shown, each.option) +
                 fmt::format(" ({}: {} for, {} against)", why_word(each.why), each.votes_for, each.votes_against));
    }
    if (!shown.ballots.withdrawn.empty()) {
        out.line(Text(Style::faint, "withdrawn: ") + list_of(shown, shown.ballots.withdrawn));
    }
    for (const tally::Skipped& each : result.skipped) {
        out.line(Text(Style::warn, "passed over: ") + name(shown, each.candidate) + fmt::format(" ({})", each.why));
    }
    if (!result.elected.empty()) {
        print_wrapped(out, Text(Style::good, "elected: "), list_of(shown, result.elected));
    } else if (!result.tie) {
        const std::string reason = shown.tally.steps.empty() ? "" : shown.tally.steps.back().why;
        out.line(Text(Style::bad, "nobody is elected") + (reason.empty() ? "" : ": " + reason));
    }
    if (result.tie) {
        print_wrapped(
            out, Text(Style::warn, "tie: "),
            fmt::format("{} for {}", list_of(shown, result.tie->between), counted(result.tie->seats, "seat")));
    }
    print_wrapped(out, {}, why(shown));
}

// --- the steps ---

void print_steps(Output& out, const ShownTally& shown) {
    out.line();
    for (const tally::Step& step : shown.tally.steps) {
        Text line(Style::strong, fmt::format("{:<9} ", step.is));
        const char* between = step.is == "path" ? " > " : ", ";
        std::string text = join(names_of(shown, step.of), between);
        if (!step.why.empty()) text += (text.empty() ? "" : ": ") + step.why;
        std::vector<std::string> figures;
        for (const auto& [what, figure] : step.figures) figures.push_back(what + " " + figure);
        if (!figures.empty()) text += fmt::format(" ({})", join(figures, ", "));
        print_wrapped(out, line, text, 10);
        std::vector<std::string> votes;
        for (const auto& [who, figure] : step.votes) votes.push_back(name(shown, who) + " " + figure);
        if (!votes.empty()) print_wrapped(out, spaces(10), join(votes, ", "), 10);
    }
}

std::string headline(const ShownTally& shown) {
    const tally::Ballots& ballots = shown.ballots;
    std::string text = counted(ballots.count(), "ballot");
    if (shown.tally.counted != ballots.count()) text += fmt::format(", {} of them counted", shown.tally.counted);
    if (ballots.spoilt > 0) text += fmt::format(", {} spoilt", ballots.spoilt);
    text += fmt::format("; {}, {}; {}", counted(ballots.width(), "candidate"), counted(shown.question.seats, "seat"),
                        tally::method_word(shown.question.method));
    if (shown.question.unranked) {
        text += fmt::format(", unranked {}", tally::unranked_word(*shown.question.unranked));
    }
    return text;
}

// --- JSON ---

ordered_json matrix_json(const std::optional<Matrix>& matrix) {
    if (!matrix) return nullptr;
    ordered_json rows = ordered_json::array();
    for (Candidate row = 0; row < matrix->width(); ++row) {
        ordered_json cells = ordered_json::array();
        for (Candidate column = 0; column < matrix->width(); ++column) cells.push_back(matrix->at(row, column));
        rows.push_back(std::move(cells));
    }
    return rows;
}

ordered_json step_json(const ShownTally& shown, const tally::Step& step) {
    ordered_json figures = ordered_json::object();
    for (const auto& [what, figure] : step.figures) figures[what] = figure;
    ordered_json votes = ordered_json::object();
    for (const auto& [who, figure] : step.votes) votes[name(shown, who)] = figure;
    return {{"is", step.is},
            {"of", names_of(shown, step.of)},
            {"why", step.why},
            {"figures", std::move(figures)},
            {"votes", std::move(votes)}};
}

ordered_json trace_json(const ShownTally& shown) {
    ordered_json steps = ordered_json::array();
    for (const tally::Step& step : shown.tally.steps) steps.push_back(step_json(shown, step));
    return {{"strengths", matrix_json(shown.tally.strengths)}, {"steps", std::move(steps)}};
}

ordered_json order_json(const ShownTally& shown) {
    ordered_json tiers = ordered_json::array();
    for (const auto& tier : shown.tally.order) tiers.push_back(names_of(shown, tier));
    return tiers;
}

ordered_json tie_json(const ShownTally& shown) {
    if (!shown.tally.tie) return nullptr;
    return {{"between", names_of(shown, shown.tally.tie->between)}, {"seats", shown.tally.tie->seats}};
}

ordered_json skipped_json(const ShownTally& shown) {
    ordered_json all = ordered_json::array();
    for (const tally::Skipped& each : shown.tally.skipped) {
        all.push_back({{"candidate", name(shown, each.candidate)}, {"why", each.why}});
    }
    return all;
}

ordered_json dropped_json(const ShownTally& shown) {
    ordered_json all = ordered_json::array();
    for (const tally::Dropped& each : shown.tally.dropped) {
        all.push_back({{"option", name(shown, each.option)},
                       {"why", why_word(each.why)},
                       {"for", each.votes_for},
                       {"against", each.votes_against}});
    }
    return all;
}

}  // namespace

void print_tally(Output& out, const ShownTally& shown, bool trace) {
    if (!shown.ballots.title.empty()) out.line(Text(Style::strong, shown.ballots.title));
    print_wrapped(out, {}, headline(shown));
    out.line();
    if (shown.tally.pairwise && (trace || shown.ballots.width() <= most_in_matrix)) {
        print_matrix(out, shown, *shown.tally.pairwise, "row over column");
        out.line();
    }
    if (shown.tally.strengths && trace) {
        print_matrix(out, shown, *shown.tally.strengths, "strongest paths");
        out.line();
    }
    print_ranking(out, shown);
    out.line();
    print_outcome(out, shown);
    if (trace) print_steps(out, shown);
}

ordered_json tally_json(const ShownTally& shown, bool trace) {
    const auto& unranked = shown.question.unranked;
    return {{"schema", "govctl.tally/1"},
            {"method", tally::method_word(shown.question.method)},
            {"unranked", unranked ? ordered_json(tally::unranked_word(*unranked)) : ordered_json(nullptr)},
            {"ballots", shown.ballots.count()},
            {"seats", shown.question.seats},
            {"order", order_json(shown)},
            {"elected", names_of(shown, shown.tally.elected)},
            {"skipped", skipped_json(shown)},
            {"tie", tie_json(shown)},
            {"dropped", dropped_json(shown)},
            {"candidates", shown.ballots.candidates()},
            {"pairwise", matrix_json(shown.tally.pairwise)},
            {"trace", trace ? trace_json(shown) : ordered_json::object()},
            {"spoilt", shown.ballots.spoilt},
            {"counted", shown.tally.counted},
            {"title", shown.ballots.title},
            {"withdrawn", names_of(shown, shown.ballots.withdrawn)}};
}

}  // namespace govctl::cli
