#include "election_limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace govctl::app {

namespace {

using model::Charter;
using model::Election;
using model::Person;
using model::Role;
using model::SeatLimit;
using tally::Candidate;

/// The roles whose seats a limit counts: one, or all of the group, or those that lead it.
std::vector<const Role*> roles_of(const SeatLimit& limit, const Charter& charter) {
    if (const Role* role = charter.role(limit.of)) return {role};
    std::vector<const Role*> roles;
    const bool is_all = limit.of == "group" || limit.of == charter.id;
    for (const Role& role : charter.roles)
        if (is_all || (limit.of == "leadership" && role.leads)) roles.push_back(&role);
    return roles;
}

/// Those who count together: candidates, and how many seats they hold on to.
struct Side {
    std::string name;
    std::vector<Candidate> of;
    std::size_t held = 0;
};

bool declares(const Person& person, const Person& other, const model::Register& people, Instant at) {
    constexpr std::string_view prefix = "person/";
    return std::any_of(person.interests.begin(), person.interests.end(), [&](const model::Interest& interest) {
        const bool is_current = interest.since <= at && (!interest.until || at < *interest.until);
        return is_current && interest.in.starts_with(prefix) &&
               people.person(interest.in.substr(prefix.size())) == &other;
    });
}

class Sides {
public:
    Sides(const State& state, const Election& election, std::vector<std::string> holders, Instant at)
        : people_(state.people()), candidates_(election.candidates), holders_(std::move(holders)), at_(at) {}

    std::vector<Side> per(const std::string& what) const {
        if (what == "organization") return organizations();
        return what == "person" ? persons() : conflicts();
    }

private:
    std::vector<Side> organizations() const {
        std::map<std::string, Side> sides;
        for (Candidate i = 0; i < candidates_.size(); ++i)
            if (auto family = people_.employer_family(candidates_[i], at_)) sides[*family].of.push_back(i);
        for (const std::string& holder : holders_)
            if (auto family = people_.employer_family(holder, at_); family && sides.contains(*family))
                ++sides[*family].held;
        std::vector<Side> all;
        for (auto& [family, side] : sides) {
            side.name = "organization/" + family;
            all.push_back(std::move(side));
        }
        return all;
    }

    std::vector<Side> persons() const {
        std::vector<Side> all;
        for (Candidate i = 0; i < candidates_.size(); ++i)
            all.push_back({"person/" + candidates_[i],
                           {i},
                           static_cast<std::size_t>(std::count(holders_.begin(), holders_.end(), candidates_[i]))});
        return all;
    }

    /// One of them at most, of two of whom one declares an interest in the other.
    std::vector<Side> conflicts() const {
        std::vector<Side> all;
        for (Candidate i = 0; i < candidates_.size(); ++i) {
            const auto name = [&](const std::string& other) { return "conflict-pair/" + candidates_[i] + "+" + other; };
            for (Candidate j = i + 1; j < candidates_.size(); ++j)
                if (is_conflict(candidates_[i], candidates_[j])) all.push_back({name(candidates_[j]), {i, j}});
            for (const std::string& holder : holders_)
                if (is_conflict(candidates_[i], holder)) all.push_back({name(holder), {i}, 1});
        }
        return all;
    }

    bool is_conflict(const std::string& one, const std::string& other) const {
        const Person* a = people_.person(one);
        const Person* b = people_.person(other);
        return a && b && a != b && (declares(*a, *b, people_, at_) || declares(*b, *a, people_, at_));
    }

    const model::Register& people_;
    const std::vector<std::string>& candidates_;
    std::vector<std::string> holders_;
    Instant at_;
};

std::size_t most_of(const SeatLimit& limit, const std::vector<const Role*>& roles) {
    if (!limit.is_share) return static_cast<std::size_t>(limit.at_most.floor());
    std::int64_t seats = 0;
    for (const Role* role : roles) seats += *role->seats.number;
    return static_cast<std::size_t>((limit.at_most * Rational(seats)).floor());
}

tally::Limit::Apply apply_of(const SeatLimit& limit) {
    if (limit.apply == "drop-lowest") return tally::Limit::Apply::drop_lowest;
    if (limit.apply == "lot") return tally::Limit::Apply::lot;
    return tally::Limit::Apply::skip;
}

}  // namespace

std::vector<std::string> continuing(const State& state, const Election& election, const std::vector<std::string>& roles,
                                    Instant at, Holders holders) {
    std::vector<std::string> people;
    const auto roster = state.people().rosters.find(election.group);
    if (roster == state.people().rosters.end()) return people;
    const auto is_in = [](const std::vector<std::string>& all, const std::string& one) {
        return std::find(all.begin(), all.end(), one) != all.end();
    };
    for (const model::Seat& seat : roster->second.seats) {
        const bool is_up = seat.role == election.role && is_in(election.up, seat.person);
        const bool is_its_own = is_up || seat.by == election.id.str();
        if (is_in(roles, seat.role) && seat.held_at(at) && (holders == Holders::all || !is_its_own))
            people.push_back(seat.person);
    }
    return people;
}

Result<std::vector<tally::Limit>> limits_of(const State& state, const Election& election, Instant at, Holders holders) {
    std::vector<tally::Limit> limits;
    const auto charter = state.people().charters.find(election.group);
    if (charter == state.people().charters.end()) return limits;
    for (const SeatLimit& limit : election.limits.value_or(charter->second.limits)) {
        const std::string fault = fault_of(limit, charter->second, tally::parse_method(election.method));
        if (!fault.empty()) return Error{ErrorKind::invalid, fault};
        const auto roles = roles_of(limit, charter->second);
        std::vector<std::string> names;
        for (const Role* role : roles) names.push_back(role->name);
        if (std::find(names.begin(), names.end(), election.role) == names.end()) continue;
        std::vector<std::string> held;
        if (limit.counts_continuing) held = continuing(state, election, names, at, holders);
        const std::size_t most = most_of(limit, roles);
        for (Side& side : Sides(state, election, std::move(held), at).per(limit.per))
            limits.push_back(
                {std::move(side.name), std::move(side.of), most - std::min(side.held, most), apply_of(limit)});
    }
    return limits;
}

std::string fault_of(const SeatLimit& limit, const Charter& charter, std::optional<tally::Method> method) {
    const auto roles = roles_of(limit, charter);
    if (limit.of == "leadership" && roles.empty())
        return fmt::format("a limit on leadership counts no seat: no role of \"{}\" says `leads: true`", charter.id);
    if (roles.empty()) return fmt::format("a limit names \"{}\", which is no role of \"{}\"", limit.of, charter.id);
    if (limit.per == "conflict-pair" && (limit.is_share || limit.at_most != Rational(1)))
        return "a limit per conflict-pair is `at-most: 1`: of two in conflict one or the other";
    for (const Role* role : roles)
        if (limit.is_share && (!role->seats.number || role->seats.or_more))
            return fmt::format("a share of the seats as {} cannot be counted: the charter says `seats: {}`", role->name,
                               role->seats.str());
    if (method && tally::transfers_votes(*method) && limit.apply != "skip")
        return fmt::format("method \"{}\" can only skip whom a limit bars: `apply: {}` does not go with it",
                           tally::method_word(*method), limit.apply);
    return "";
}

bool is_barred(Candidate candidate, const std::vector<tally::Limit>& limits) {
    return std::any_of(limits.begin(), limits.end(), [&](const tally::Limit& limit) {
        return limit.at_most == 0 && std::find(limit.of.begin(), limit.of.end(), candidate) != limit.of.end();
    });
}

std::vector<tally::Skipped> passed_over(const std::vector<Candidate>& in_order,
                                        const std::vector<tally::Limit>& limits) {
    std::vector<std::size_t> taken(limits.size(), 0);
    std::vector<tally::Skipped> skipped;
    for (const Candidate each : in_order) {
        std::vector<std::size_t> bound;  // by which limits
        for (std::size_t i = 0; i < limits.size(); ++i)
            if (std::find(limits[i].of.begin(), limits[i].of.end(), each) != limits[i].of.end()) bound.push_back(i);
        const auto full =
            std::find_if(bound.begin(), bound.end(), [&](std::size_t i) { return taken[i] >= limits[i].at_most; });
        if (full != bound.end())
            skipped.push_back({each, limits[*full].name});
        else
            for (const std::size_t i : bound) ++taken[i];
    }
    return skipped;
}

}  // namespace govctl::app
