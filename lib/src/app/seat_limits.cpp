#include "govctl/app/seat_limits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "govctl/base/text.hpp"
#include "govctl/record/limits.hpp"

namespace govctl::app {
namespace {

using record::SeatLimit;
using record::SeatLimits;
using tally::Candidate;

Error error_of(const Finding& finding) {
    return {ErrorKind::invalid, finding.message,
            finding.help.empty() ? std::vector<std::string>{} : std::vector<std::string>{finding.help}, finding.place};
}

Result<SeatLimits> read_file(const std::string& file, std::string bytes) {
    GOVCTL_TRY(const yaml::Document document, yaml::parse(file, std::move(bytes)));
    auto reading = record::read_limits(document);
    sort_findings(reading.findings);
    if (!reading.findings.empty()) return error_of(reading.findings.front());
    return std::move(*reading.value);
}

/// Those who count together for a limit: candidates, and how many who hold on to a seat.
struct Side {
    std::string name;
    std::vector<Candidate> candidates;
    std::size_t continuing = 0;
};

class Resolver {
public:
    Resolver(const SeatLimits& file, const std::vector<std::string>& candidates, std::size_t seats)
        : file_(file), candidates_(candidates), seats_(file.seats.value_or(seats + file.continuing.size())) {}

    Result<std::vector<tally::Limit>> resolve() {
        GOVCTL_TRY(const std::vector<Side> organizations, organization_sides());
        GOVCTL_TRY(const std::vector<Side> conflicts, conflict_sides());
        std::vector<tally::Limit> limits;
        for (const SeatLimit& limit : file_.limits) {
            for (const Side& side : limit.per == "organization" ? organizations : conflicts) {
                if (!side.candidates.empty()) limits.push_back(limit_on(side, limit));
            }
        }
        return limits;
    }

private:
    Result<Candidate> candidate(const record::Named& named) const {
        if (const auto found = tally::find_candidate(candidates_, named.name)) return *found;
        std::vector<std::string> hints;
        if (const auto meant = nearest(named.name, candidates_))
            hints.push_back(fmt::format("did you mean \"{}\"?", *meant));
        return Error{ErrorKind::invalid, fmt::format("there is no candidate \"{}\"", printable(named.name)),
                     std::move(hints), named.place};
    }

    /// Related organizations go by the name of the first of them.
    std::string one_name(const std::string& organization) const {
        for (const std::vector<std::string>& related : file_.related) {
            if (std::find(related.begin(), related.end(), organization) != related.end()) return related.front();
        }
        return organization;
    }

    Result<std::vector<Side>> organization_sides() const {
        std::map<std::string, Side> sides;
        for (const record::Membership& each : file_.candidates) {
            GOVCTL_TRY(const Candidate who, candidate(each.who));
            if (each.organization != independent) sides[one_name(each.organization)].candidates.push_back(who);
        }
        for (const record::Membership& each : file_.continuing) {
            if (!each.organization.empty()) ++sides[one_name(each.organization)].continuing;
        }
        std::vector<Side> all;
        for (auto& [name, side] : sides) {
            side.name = "organization/" + name;
            std::sort(side.candidates.begin(), side.candidates.end());
            all.push_back(std::move(side));
        }
        return all;
    }

    bool holds_on(const std::string& person) const {
        return std::any_of(file_.continuing.begin(), file_.continuing.end(),
                           [&](const record::Membership& each) { return each.who.name == person; });
    }

    Result<std::vector<Side>> conflict_sides() const {
        std::vector<Side> sides;
        for (const std::vector<record::Named>& people : file_.conflicts) {
            Side& side = sides.emplace_back();
            std::vector<std::string> names;
            for (const record::Named& each : people) {
                names.push_back(each.name);
                if (holds_on(each.name)) {
                    ++side.continuing;
                    continue;
                }
                GOVCTL_TRY(const Candidate who, candidate(each));
                side.candidates.push_back(who);
            }
            side.name = "conflict-pair/" + join(names, "+");
            std::sort(side.candidates.begin(), side.candidates.end());
        }
        return sides;
    }

    tally::Limit limit_on(const Side& side, const SeatLimit& limit) const {
        const Rational allowed =
            limit.of_seats ? limit.at_most * Rational(static_cast<std::int64_t>(seats_)) : limit.at_most;
        const auto most = static_cast<std::size_t>(allowed.floor());
        const std::size_t held = limit.counts_continuing ? side.continuing : 0;
        std::string name = fmt::format("{}: at most {}", side.name, most);
        if (limit.of_seats) name += fmt::format(" of {} seats", seats_);
        if (held > 0) name += fmt::format(", {} held on to", held);
        tally::Limit resolved{std::move(name), side.candidates, most - std::min(held, most)};
        if (!limit.counts_elected) resolved.at_most = side.candidates.size();
        if (limit.apply == "drop-lowest") resolved.apply = tally::Limit::Apply::drop_lowest;
        if (limit.apply == "lot") resolved.apply = tally::Limit::Apply::lot;
        return resolved;
    }

    static constexpr std::string_view independent = "independent";

    const SeatLimits& file_;
    const std::vector<std::string>& candidates_;
    std::size_t seats_;
};

}  // namespace

Result<std::vector<tally::Limit>> read_seat_limits(const std::string& file, std::string bytes,
                                                   const std::vector<std::string>& candidates, std::size_t seats) {
    GOVCTL_TRY(const SeatLimits limits, read_file(file, std::move(bytes)));
    return Resolver(limits, candidates, seats).resolve();
}

}  // namespace govctl::app
