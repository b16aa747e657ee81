#include "contest.hpp"

#include <fmt/format.h>

#include <set>

#include "seats.hpp"

namespace govctl::tally {

static bool is_in(const std::vector<Candidate>& list, Candidate candidate) {
    return std::find(list.begin(), list.end(), candidate) != list.end();
}

// --- choices ---

Choices::Choices(const Poll& poll) : settling_(settling_order(poll)) {}

Candidate Choices::make(const std::vector<Candidate>& tied, For what, const Contest& contest) {
    if (tied.size() == 1) return tied.front();
    if (!settling_.empty()) {
        if (what == For::exclusion) return last_in(settling_, tied);
        return *std::find_if(settling_.begin(), settling_.end(), [&](Candidate each) { return is_in(tied, each); });
    }
    if (open_.empty()) {
        elected_before_ = contest.elected();
        hopeful_then_ = contest.hopeful();
    }
    if (made_ == open_.size()) open_.push_back({0, tied.size()});
    return tied[open_[made_++].taken];
}

bool Choices::next_way() {
    while (!open_.empty()) {
        if (++open_.back().taken < open_.back().of) return true;
        open_.pop_back();
    }
    return false;
}

// --- contest ---

void Contest::elect(Candidate candidate, std::string why) {
    std::erase(hopeful_, candidate);
    elected_.push_back(candidate);
    tell({"elect", {candidate}, std::move(why), {}, {}});
}

void Contest::exclude(Candidate candidate, std::string why) {
    std::erase(hopeful_, candidate);
    excluded_.push_back(candidate);
    tell({"eliminate", {candidate}, std::move(why), {}, {}});
}

const Limit* Contest::full_limit(Candidate candidate) const {
    for (const Limit& limit : poll_.question.limits) {
        if (!is_in(limit.of, candidate)) continue;
        const auto taken =
            std::count_if(elected_.begin(), elected_.end(), [&](Candidate e) { return is_in(limit.of, e); });
        if (static_cast<std::size_t>(taken) >= limit.at_most) return &limit;
    }
    return nullptr;
}

std::optional<Candidate> Contest::exclude_barred() {
    for (Candidate candidate : hopeful_) {
        const Limit* full = full_limit(candidate);
        if (full == nullptr) continue;
        skipped_.push_back({candidate, full->name});
        exclude(candidate, fmt::format("{} has its seats", full->name));
        return candidate;
    }
    return std::nullopt;
}

void Contest::elect_all(const std::vector<Candidate>& candidates, const std::vector<std::uint64_t>& votes,
                        std::string why) {
    for (Tier tier : tiers_by(candidates, votes))
        while (true) {
            std::erase_if(tier, [&](Candidate each) { return full_limit(each) != nullptr; });
            if (tier.empty() || seats_left() == 0) break;
            const bool matters =
                tier.size() > seats_left() || std::any_of(tier.begin(), tier.end(), [&](Candidate each) {
                    return std::any_of(poll_.question.limits.begin(), poll_.question.limits.end(),
                                       [&](const Limit& limit) { return is_in(limit.of, each); });
                });
            const Candidate next = matters ? choose_first(tier) : tier.front();
            std::erase(tier, next);
            elect(next, why);
        }
}

void Contest::finish(const std::vector<std::uint64_t>& votes) {
    if (seats_left() > 0) elect_all(hopeful_, votes, "as many seats are left");
    while (exclude_barred()) continue;
}

Candidate Contest::choose_out(const std::vector<Candidate>& tied, const std::vector<std::uint64_t>& votes) {
    // With no vote to hand on, and seats for none of them, it does not matter who goes first.
    const bool none_has_any = std::all_of(tied.begin(), tied.end(), [&](Candidate each) { return votes[each] == 0; });
    if (none_has_any && hopeful_.size() - tied.size() >= seats_left()) return tied.front();
    return choices_.make(tied, Choices::For::exclusion, *this);
}

Tiers Contest::order(const std::vector<std::uint64_t>& votes) const {
    Tiers tiers;
    for (Candidate each : elected_) tiers.push_back({each});
    for (Tier& tier : tiers_by(hopeful_, votes)) tiers.push_back(std::move(tier));
    for (auto each = excluded_.rbegin(); each != excluded_.rend(); ++each) tiers.push_back({*each});
    return tiers;
}

// --- every way ---

namespace {

struct Way {
    Tiers order;
    std::vector<Candidate> elected;
    std::vector<Skipped> skipped;
};

/// The order of one way, with those whose seats are in doubt in one tier.
Tiers with_doubt(const Tiers& order, const std::vector<Candidate>& certain, const std::vector<Candidate>& doubtful) {
    Tiers tiers;
    for (Candidate each : certain) tiers.push_back({each});
    tiers.push_back(doubtful);
    for (Tier tier : order) {
        std::erase_if(tier, [&](Candidate each) { return is_in(certain, each) || is_in(doubtful, each); });
        if (!tier.empty()) tiers.push_back(std::move(tier));
    }
    return tiers;
}

}  // namespace

void contest_every_way(const Poll& poll, const std::function<std::vector<std::uint64_t>(Contest&)>& run, Tally& tally) {
    static constexpr std::size_t most_ways = 100;
    Choices choices(poll);
    std::vector<Way> ways;
    std::vector<Step> steps;
    bool is_complete = false;
    while (!is_complete && ways.size() < most_ways) {
        choices.start();
        Contest contest(poll, choices);
        const std::vector<std::uint64_t> votes = run(contest);
        ways.push_back({contest.order(votes), contest.elected(), contest.skipped()});
        if (ways.size() == 1) steps = std::move(contest.steps());
        is_complete = !choices.next_way();
    }

    std::set<Candidate> doubtful;
    for (const Way& way : ways) doubtful.insert(way.elected.begin(), way.elected.end());
    if (!is_complete) doubtful.insert(choices.hopeful_then().begin(), choices.hopeful_then().end());
    const auto is_certain = [&](Candidate candidate) {
        if (!is_complete) return is_in(choices.elected_before(), candidate);
        return std::all_of(ways.begin(), ways.end(), [&](const Way& way) { return is_in(way.elected, candidate); });
    };
    const Way& first = ways.front();
    std::copy_if(first.elected.begin(), first.elected.end(), std::back_inserter(tally.elected), is_certain);
    std::erase_if(doubtful, is_certain);
    std::move(steps.begin(), steps.end(), std::back_inserter(tally.steps));
    if (ways.size() > 1)
        tally.steps.push_back({"tie",
                               {doubtful.begin(), doubtful.end()},
                               doubtful.empty() ? "however the ties above fall, the same are elected"
                                                : "how the ties above fall decides who is elected",
                               {{"ways", std::to_string(ways.size())}},
                               {}});
    if (!doubtful.empty())
        tally.tie = Tie{{doubtful.begin(), doubtful.end()}, first.elected.size() - tally.elected.size()};
    tally.order = doubtful.empty() ? first.order : with_doubt(first.order, tally.elected, tally.tie->between);
    for (const Skipped& skipped : first.skipped)
        if (doubtful.count(skipped.candidate) == 0) tally.skipped.push_back(skipped);
}

std::string decimal(std::uint64_t scaled, int digits) {
    std::uint64_t unit = 1;
    for (int i = 0; i < digits; ++i) unit *= 10;
    std::string text = fmt::format("{}.{:0{}}", scaled / unit, scaled % unit, digits);
    text.resize(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

}  // namespace govctl::tally
