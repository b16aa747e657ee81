#include "render/elections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "govctl/base/text.hpp"
#include "render/supports.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

using model::Election;
using model::ElectionStatus;
using nlohmann::ordered_json;

void field(Output& out, const std::string& name, const std::string& value) {
    if (!value.empty()) out.line(Text(Style::faint, fmt::format("  {:<12}", name)) + value);
}

std::string window_words(const model::Window& window) {
    return minute(window.from) + " to " + minute(window.until);
}

std::string roll_words(const model::RollRule& rule) {
    std::string words = join(rule.any, " or ");
    if (!rule.all.empty()) words += (words.empty() ? "" : ", with ") + join(rule.all, " and ");
    if (words.empty()) words = "everyone";
    if (!rule.exceptions.empty()) words += "; " + counted(rule.exceptions.size(), "exception");
    return words;
}

std::vector<std::string> names_of(const app::Counted& counted, const std::vector<tally::Candidate>& tier) {
    std::vector<std::string> people;
    for (const tally::Candidate each : tier) people.push_back(counted.ballots.candidates()[each]);
    return people;
}

std::vector<std::string> lengths_of(const Election& election) {
    std::vector<std::string> lengths;
    for (const Duration& length : election.terms) lengths.push_back(length.str());
    return lengths;
}

std::size_t voters_of(const app::Contest& contest) {
    return contest.voters ? contest.voters->value.voters.size() : 0;
}

void print_matrix(Output& out, const app::Counted& counted) {
    const auto& names = counted.ballots.candidates();
    out.line("how many put the one of a row above the one of a column");
    Table table;
    table.indented(2);
    std::vector<Text> head{""};
    for (const std::string& name : names) head.emplace_back(Style::faint, name);
    table.row(std::move(head));
    for (std::size_t row = 0; row < names.size(); ++row) {
        std::vector<Text> cells{names[row]};
        for (std::size_t column = 0; column < names.size(); ++column)
            cells.emplace_back(row == column ? "-" : std::to_string(counted.tally.pairwise->at(row, column)));
        table.row(std::move(cells));
    }
    table.print(out);
}

std::string dropped_words(const app::Contest& contest, const app::Counted& counted, const tally::Dropped& dropped) {
    const std::string& name = counted.ballots.candidates()[dropped.option];
    const std::string& fallback = contest.election().default_option;
    if (fallback.empty()) return fmt::format("  {} is dropped: the quorum is not met", name);
    return fmt::format("  {} is dropped: {} {}, {} to {}", name,
                       dropped.why == tally::Dropped::Why::quorum ? "misses the quorum over" : "does not defeat",
                       fallback, dropped.votes_for, dropped.votes_against);
}

}  // namespace

std::vector<Text> row_of(const app::Contest& contest) {
    const Election& election = contest.election();
    return {Text(Style::name, contest.id().str()), Text(model::election_status_word(election.status)), election.group,
            election.title};
}

ordered_json brief_json(const app::Contest& contest) {
    const Election& election = contest.election();
    return {{"id", contest.id().str()},
            {"title", election.title},
            {"status", model::election_status_word(election.status)},
            {"group", election.group},
            {"role", election.role},
            {"seats", election.seats},
            {"path", contest.record.path}};
}

bool is_election_due(const app::Contest& contest, Instant now) {
    const Election& election = contest.election();
    switch (election.status) {
        case ElectionStatus::draft:
            return election.nominations.until <= now;
        case ElectionStatus::open:
            return election.voting.until <= now;
        case ElectionStatus::closed:
            return true;
        default:
            return false;
    }
}

std::string election_standing(const app::Contest& contest, Instant now) {
    const Election& election = contest.election();
    const std::string id = contest.id().str();
    switch (election.status) {
        case ElectionStatus::draft:
            if (now < election.nominations.from) return "nominations from " + minute(election.nominations.from);
            if (now < election.nominations.until)
                return fmt::format("nominations until {} ({}): {}", minute(election.nominations.until),
                                   away(election.nominations.until, now),
                                   counted(contest.candidates.size(), "candidate"));
            return fmt::format("nominations are over: `govctl election open {}`", id);
        case ElectionStatus::open:
            if (now < election.voting.from) return "voting from " + minute(election.voting.from);
            if (now < election.voting.until)
                return fmt::format("voting until {} ({}): {} of {} have voted", minute(election.voting.until),
                                   away(election.voting.until, now), contest.ballots.size(), voters_of(contest));
            return fmt::format("voting is over: `govctl election close {}`", id);
        case ElectionStatus::closed:
            return fmt::format("{}: `govctl election certify {}`",
                               election.is_uncontested() ? "uncontested, no vote is needed" : "closed", id);
        case ElectionStatus::certified:
        case ElectionStatus::cancelled:
            break;
    }
    return std::string(model::election_status_word(election.status));
}

std::vector<std::string> election_waits_on(const app::Contest& contest, Instant now) {
    const Election& election = contest.election();
    if (is_election_due(contest, now)) {
        std::vector<std::string> officers = election.officers;
        std::sort(officers.begin(), officers.end());
        return officers;
    }
    std::vector<std::string> people;
    if (election.status == ElectionStatus::draft) {
        for (const auto& [person, record] : contest.candidates)
            if (!record.value.accepted && !record.value.withdrawn) people.push_back(person);
    } else if (election.status == ElectionStatus::open && election.voting.holds(now)) {
        for (const std::string& voter : contest.voters->value.voters)
            if (!contest.ballots.contains(voter)) people.push_back(voter);
    }
    return people;
}

void print_election(Output& out, const app::State& state, const app::Contest& contest, Instant now) {
    const Election& election = contest.election();
    out.line(Text(Style::name, contest.id().str()) + " " + Text(Style::strong, election.title));
    field(out, "status", std::string(model::election_status_word(election.status)));
    field(out, "seats",
          fmt::format("{} as {} of {} ({})", election.seats, election.role, group_name(state, election.group),
                      election.group));
    field(out, "terms", join(lengths_of(election), ", "));
    field(out, "method", election.method + (election.unranked.empty() ? "" : ", unranked " + election.unranked));
    field(out, "default", election.default_option);
    field(out, "quorum", election.quorum ? election.quorum->str() : "");
    field(out, "voters",
          contest.voters ? counted(voters_of(contest), "voter") + " on the roll" : roll_words(election.voters));
    field(out, "nominations", window_words(election.nominations));
    if (election.endorsing.at_least > 0) {
        std::string asked = counted(static_cast<std::size_t>(election.endorsing.at_least), "endorsement");
        if (election.endorsing.organizations > 0)
            asked += fmt::format(" from {}",
                                 counted(static_cast<std::size_t>(election.endorsing.organizations), "organization"));
        field(out, "needs", asked);
    }
    field(out, "voting", window_words(election.voting));
    field(out, "officers", join(election.officers, ", "));
    field(out, "tie", election.tie.kind == model::TieRule::Kind::fails ? "" : election.tie.str());
    field(out, "seed", election.seed);
    field(out, "ballots", election.secret ? "secret" : "");
    field(out, "rests on", support_words(app::supports(state, contest)));
    if (contest.result) {
        field(out, "elected",
              contest.result->value.elected.empty() ? "nobody" : join(contest.result->value.elected, ", "));
        if (contest.result->value.vacant > 0) field(out, "vacant", std::to_string(contest.result->value.vacant));
    }
    for (const auto* decision : state.decisions_on(contest.id()))
        field(out, "decision",
              fmt::format("{} {}  decision/{}", model::outcome_word(decision->value.outcome),
                          minute(decision->value.decided), decision->value.id));
    field(out, "stands at", election_standing(contest, now));
    if (contest.candidates.empty()) return;
    out.line("candidates");
    Table table;
    table.indented(2).flexible(3);
    for (const app::Nominee& nominee : app::nominees(state, contest)) {
        const model::Candidate& candidate = contest.candidates.at(nominee.person).value;
        const Text mark = nominee.lacking.empty() ? Text(Style::good, "stands") : Text(Style::warn, "does not stand");
        const std::string endorsed = nominee.endorsed > 0 ? counted(nominee.endorsed, "endorsement") : "";
        table.row(
            {nominee.person, mark, minute(candidate.nominated), nominee.lacking.empty() ? endorsed : nominee.lacking});
    }
    table.print(out);
}

ordered_json election_json(const app::State& state, const app::Contest& contest, Instant now) {
    const Election& election = contest.election();
    ordered_json json = brief_json(contest);
    ordered_json candidates = ordered_json::array();
    for (const app::Nominee& nominee : app::nominees(state, contest))
        candidates.push_back({{"person", nominee.person},
                              {"endorsements", nominee.endorsed},
                              {"stands", nominee.lacking.empty()},
                              {"lacking", nominee.lacking}});
    json["method"] = election.method;
    json["unranked"] = election.unranked;
    json["nominations"] = {{"from", election.nominations.from.str()}, {"until", election.nominations.until.str()}};
    json["voting"] = {{"from", election.voting.from.str()}, {"until", election.voting.until.str()}};
    json["officers"] = election.officers;
    json["voters"] = contest.voters ? ordered_json(contest.voters->value.voters) : ordered_json(nullptr);
    json["voted"] = contest.ballots.size();
    json["candidates"] = std::move(candidates);
    json["elected"] = contest.result ? ordered_json(contest.result->value.elected) : ordered_json(nullptr);
    json["due"] = is_election_due(contest, now);
    json["waiting_on"] = election_waits_on(contest, now);
    return json;
}

void print_count(Output& out, const app::Contest& contest, const app::Counted& result) {
    const Election& election = contest.election();
    out.line(Text(Style::name, contest.id().str()) + " " + Text(Style::strong, election.title));
    if (result.uncontested) {
        out.line(fmt::format("  uncontested: {} for {}, elected without a vote",
                             counted(result.elected.size(), "candidate"),
                             counted(static_cast<std::size_t>(election.seats), "seat")));
    } else {
        out.line(fmt::format("  {} of {}, {}", counted(result.ballots.count(), "ballot"),
                             counted(voters_of(contest), "voter"),
                             election.method + (election.unranked.empty() ? "" : ", unranked " + election.unranked)));
        Table table;
        table.indented(2);
        std::size_t place = 1;
        for (const auto& tier : result.tally.order) {
            for (const std::string& name : names_of(result, tier)) {
                const bool is_in =
                    std::find(result.elected.begin(), result.elected.end(), name) != result.elected.end();
                table.row({std::to_string(place), name, is_in ? Text(Style::good, "elected") : Text()});
            }
            place += tier.size();
        }
        table.print(out);
        for (const tally::Dropped& each : result.tally.dropped) out.line(dropped_words(contest, result, each));
    }
    if (result.uncontested)
        for (const std::string& name : result.elected) out.line("  " + name);
    for (const tally::Skipped& each : result.tally.skipped)
        out.line(fmt::format("  {} is passed over: the limit for {}", result.ballots.candidates()[each.candidate],
                             each.why));
    const std::size_t filled = result.elected.size();
    if (result.tie.empty() && filled < static_cast<std::size_t>(election.seats))
        out.line(fmt::format("  {} vacant",
                             counted(static_cast<std::size_t>(election.seats) - filled, "seat") +
                                 (static_cast<std::size_t>(election.seats) - filled == 1 ? " stays" : " stay")));
    if (!result.tie.empty()) out.line(Text(Style::bad, "  tie: ") + result.tie);
    if (result.tally.pairwise) print_matrix(out, result);
}

ordered_json count_json(const app::Contest& contest, const app::Counted& result) {
    const Election& election = contest.election();
    ordered_json order = ordered_json::array(), skipped = ordered_json::array(), pairwise = ordered_json::array();
    ordered_json dropped = ordered_json::array();
    for (const tally::Dropped& each : result.tally.dropped)
        dropped.push_back({{"candidate", result.ballots.candidates()[each.option]},
                           {"why", each.why == tally::Dropped::Why::quorum ? "quorum" : "ratio"},
                           {"for", each.votes_for},
                           {"against", each.votes_against}});
    for (const auto& tier : result.tally.order) order.push_back(names_of(result, tier));
    for (const tally::Skipped& each : result.tally.skipped)
        skipped.push_back({{"candidate", result.ballots.candidates()[each.candidate]}, {"why", each.why}});
    if (result.tally.pairwise) {
        for (std::size_t row = 0; row < result.ballots.width(); ++row) {
            ordered_json cells = ordered_json::array();
            for (std::size_t column = 0; column < result.ballots.width(); ++column)
                cells.push_back(result.tally.pairwise->at(row, column));
            pairwise.push_back(std::move(cells));
        }
    }
    return {{"schema", "govctl.election-tally/1"},
            {"id", contest.id().str()},
            {"method", election.method},
            {"unranked", election.unranked},
            {"ballots", result.ballots.count()},
            {"seats", election.seats},
            {"uncontested", result.uncontested},
            {"order", std::move(order)},
            {"elected", result.elected},
            {"dropped", std::move(dropped)},
            {"skipped", std::move(skipped)},
            {"tie", result.tie.empty() ? ordered_json(nullptr) : ordered_json(result.tie)},
            {"candidates", result.ballots.candidates()},
            {"pairwise", std::move(pairwise)}};
}

}  // namespace govctl::cli
