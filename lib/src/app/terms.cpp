#include <fmt/format.h>

#include <algorithm>

#include "contest_edit.hpp"

namespace govctl::app {

namespace {

/// One person's time in a role.
struct Served {
    Instant since;
    Instant until;
};

/// Terms that follow each other within this are in a row, where the role has no `cool-off`.
const Duration usual_gap{90, Duration::Unit::days};

std::string terms_word(std::size_t count) {
    return fmt::format("{} term{}", count, count == 1 ? "" : "s");
}

class Career {
public:
    Career(const State& state, const model::Election& election, const model::Role& role, const std::string& person)
        : calendar_(state.project().calendar), limits_(role.terms) {
        const auto roster = state.people().rosters.find(election.group);
        if (roster == state.people().rosters.end()) return;
        for (const model::Seat& seat : roster->second.seats) {
            const model::Person* holder = state.people().person(seat.person);
            if (seat.role != role.name || !holder || holder->handle != person) continue;
            served_.push_back({seat.since, seat.until.value_or(election.since.value_or(election.voting.until))});
        }
        std::sort(served_.begin(), served_.end(), [](const Served& a, const Served& b) { return a.since < b.since; });
    }

    /// Why a term from one instant to another may not be added; empty: it may.
    std::string bar(const Served& next) const {
        if (!is_counted(next)) return "";
        std::vector<Served> counted;
        std::copy_if(served_.begin(), served_.end(), std::back_inserter(counted),
                     [&](const Served& term) { return is_counted(term); });
        if (limits_.lifetime > 0 && counted.size() >= static_cast<std::size_t>(limits_.lifetime))
            return fmt::format("has served {}, the most in a lifetime", terms_word(counted.size()));
        if (limits_.consecutive > 0 && in_a_row(counted, next.since) >= limits_.consecutive)
            return fmt::format("has served {} in a row, the most there may be{}",
                               terms_word(static_cast<std::size_t>(limits_.consecutive)),
                               limits_.cool_off ? "; may stand again after " + limits_.cool_off->words() : "");
        return window_bar(next);
    }

private:
    bool is_counted(const Served& term) const {
        return !limits_.partial_exempt || term.until > calendar_.after(term.since, *limits_.partial_exempt);
    }

    int in_a_row(const std::vector<Served>& counted, Instant next) const {
        const Duration gap = limits_.cool_off.value_or(usual_gap);
        int terms = 0;
        for (auto term = counted.rbegin(); term != counted.rend(); ++term, ++terms) {
            if (next >= calendar_.after(term->until, gap)) break;
            next = term->since;
        }
        return terms;
    }

    /// The most that is served in any span of the window's length begins with a term.
    std::string window_bar(const Served& next) const {
        if (!limits_.window_at_most || !limits_.window_in) return "";
        std::vector<Served> all = served_;
        all.push_back(next);
        for (const Served& first : all) {
            const Instant end = calendar_.after(first.since, *limits_.window_in);
            std::int64_t seconds = 0;
            for (const Served& term : all) {
                const Instant from = std::max(term.since, first.since);
                const Instant until = std::min(term.until, end);
                if (from < until) seconds += until.seconds - from.seconds;
            }
            if (seconds > calendar_.after(first.since, *limits_.window_at_most).seconds - first.since.seconds)
                return fmt::format("would serve more than {} of the {} from {}", limits_.window_at_most->words(),
                                   limits_.window_in->words(), first.since.date());
        }
        return "";
    }

    const Calendar& calendar_;
    const model::TermLimits& limits_;
    std::vector<Served> served_;
};

}  // namespace

Result<void> may_serve_again(const State& state, const model::Election& election, const std::string& person,
                             Instant from) {
    const auto charter = state.people().charters.find(election.group);
    const model::Role* role = charter == state.people().charters.end() ? nullptr : charter->second.role(election.role);
    if (!role) return {};
    // Nobody knows yet which term falls to whom: the shortest counts.
    const Calendar& calendar = state.project().calendar;
    std::optional<Instant> until;
    for (const Duration& length : election.terms) {
        const Instant end = calendar.after(from, length);
        if (!until || end < *until) until = end;
    }
    if (!until && role->terms.length) until = calendar.after(from, *role->terms.length);
    const std::string bar = Career(state, election, *role, person).bar({from, until.value_or(Instant{INT64_MAX})});
    if (bar.empty()) return {};
    return refused(fmt::format("{} may not stand for {} of {}: {}", person, election.role, election.group, bar),
                   {"see `terms:` of the role in " + state.charter_records().at(election.group).path});
}

}  // namespace govctl::app
