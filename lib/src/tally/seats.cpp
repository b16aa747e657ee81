#include "seats.hpp"

#include <cassert>
#include <map>

#include "govctl/base/sha256.hpp"

namespace govctl::tally {
namespace {

bool is_in(const std::vector<Candidate>& list, Candidate candidate) {
    return std::find(list.begin(), list.end(), candidate) != list.end();
}

std::size_t number_in(const std::vector<Candidate>& list, const Limit& limit) {
    return static_cast<std::size_t>(
        std::count_if(list.begin(), list.end(), [&](Candidate candidate) { return is_in(limit.of, candidate); }));
}

std::vector<Candidate> by_lot(const Poll& poll) {
    std::vector<std::pair<std::string, Candidate>> drawn;
    for (Candidate candidate = 0; candidate < poll.ballots.width(); ++candidate)
        drawn.emplace_back(sha256_hex(poll.question.tie.seed + "\n" + poll.ballots.candidates()[candidate]), candidate);
    std::sort(drawn.begin(), drawn.end());
    std::vector<Candidate> order;
    for (const auto& [hash, candidate] : drawn) order.push_back(candidate);
    return order;
}

/// Who is elected where no two are tied.
struct Outcome {
    std::vector<Candidate> elected;
    std::vector<Skipped> skipped;
};

/// Fills the seats from a ranking without ties.
class Walk {
public:
    explicit Walk(const Poll& poll) : question_(poll.question) {
        for (const Limit& limit : question_.limits)
            if (limit.apply == Limit::Apply::lot) lots_ = by_lot(poll);
    }

    Outcome operator()(const std::vector<Candidate>& ranking) const {
        Outcome outcome;
        while (true) {
            walk_down(ranking, outcome);
            const Limit* broken = first_broken(outcome.elected);
            if (broken == nullptr) return outcome;
            outcome.skipped.push_back({who_drops_out(*broken, outcome.elected), broken->name});
            outcome.elected.clear();
        }
    }

private:
    void walk_down(const std::vector<Candidate>& ranking, Outcome& outcome) const {
        for (Candidate candidate : ranking) {
            if (outcome.elected.size() == question_.seats) return;
            if (is_skipped(outcome, candidate)) continue;
            if (const Limit* full = full_for(candidate, outcome.elected))
                outcome.skipped.push_back({candidate, full->name});
            else
                outcome.elected.push_back(candidate);
        }
    }

    static bool is_skipped(const Outcome& outcome, Candidate candidate) {
        return std::any_of(outcome.skipped.begin(), outcome.skipped.end(),
                           [&](const Skipped& skipped) { return skipped.candidate == candidate; });
    }

    const Limit* full_for(Candidate candidate, const std::vector<Candidate>& elected) const {
        for (const Limit& limit : question_.limits)
            if (limit.apply == Limit::Apply::skip && is_in(limit.of, candidate) &&
                number_in(elected, limit) >= limit.at_most)
                return &limit;
        return nullptr;
    }

    const Limit* first_broken(const std::vector<Candidate>& elected) const {
        for (const Limit& limit : question_.limits)
            if (number_in(elected, limit) > limit.at_most) return &limit;
        return nullptr;
    }

    Candidate who_drops_out(const Limit& limit, const std::vector<Candidate>& elected) const {
        const std::vector<Candidate>& order = limit.apply == Limit::Apply::lot ? lots_ : elected;
        return *std::find_if(order.rbegin(), order.rend(), [&](Candidate candidate) {
            return is_in(elected, candidate) && is_in(limit.of, candidate);
        });
    }

    const Question& question_;
    std::vector<Candidate> lots_;
};

/// Every way the ties may fall.
class Ways {
public:
    explicit Ways(const Poll& poll) : poll_(poll), walk_(poll) {}

    void explore(const Tiers& tiers) { go({}, tiers, 0); }

    const std::vector<Outcome>& outcomes() const { return outcomes_; }
    const std::vector<Candidate>& doubtful() const { return doubtful_; }

private:
    static constexpr std::size_t most_permuted = 5;
    static constexpr std::size_t most_outcomes = 5000;

    void go(std::vector<Candidate> ranking, const Tiers& tiers, std::size_t next) {
        const Outcome so_far = walk_(ranking);
        if (so_far.elected.size() == poll_.question.seats || next == tiers.size()) {
            outcomes_.push_back(so_far);
            return;
        }
        Tier tier = tiers[next];
        const std::vector<Candidate> with_all = joined(ranking, tier);
        if (all_elected(tier, walk_(with_all))) return go(with_all, tiers, next + 1);
        if (tier.size() > most_permuted ||
            outcomes_.size() >= most_outcomes) {  // too many ways to try: all of them are in doubt
            doubtful_.insert(doubtful_.end(), tier.begin(), tier.end());
            outcomes_.push_back(so_far);
            return;
        }
        do go(joined(ranking, tier), tiers, next + 1);
        while (std::next_permutation(tier.begin(), tier.end()));
    }

    static std::vector<Candidate> joined(std::vector<Candidate> ranking, const Tier& tier) {
        ranking.insert(ranking.end(), tier.begin(), tier.end());
        return ranking;
    }

    static bool all_elected(const Tier& tier, const Outcome& outcome) {
        return std::all_of(tier.begin(), tier.end(), [&](Candidate each) { return is_in(outcome.elected, each); });
    }

    const Poll& poll_;
    Walk walk_;
    std::vector<Outcome> outcomes_;
    std::vector<Candidate> doubtful_;
};

}  // namespace

Tiers above_default(const Poll& poll, const Tiers& tiers) {
    if (!poll.question.default_option) return tiers;
    const auto is_there = [&](const Tier& tier) { return is_in(tier, *poll.question.default_option); };
    return {tiers.begin(), std::find_if(tiers.begin(), tiers.end(), is_there)};
}

Tiers settled_by(const std::vector<Candidate>& order, const Tiers& tiers) {
    Tiers single;
    for (const Tier& tier : tiers)
        for (Candidate candidate : order)
            if (is_in(tier, candidate)) single.push_back({candidate});
    return single;
}

Candidate last_in(const std::vector<Candidate>& order, const std::vector<Candidate>& tied) {
    return *std::find_if(order.rbegin(), order.rend(), [&](Candidate candidate) { return is_in(tied, candidate); });
}

Tiers place_by_place(const Poll& poll, const std::function<Tier(const std::vector<Candidate>& left)>& winners) {
    Tiers tiers;
    std::vector<Candidate> left = poll.standing;
    while (!left.empty()) {
        const Tier& placed = tiers.emplace_back(winners(left));
        std::erase_if(left,
                      [&](Candidate each) { return std::find(placed.begin(), placed.end(), each) != placed.end(); });
    }
    return tiers;
}

std::vector<Candidate> settling_order(const Poll& poll) {
    switch (poll.question.tie.kind) {
        case TieBreak::Kind::report:
            break;
        case TieBreak::Kind::order:
            return poll.question.tie.order;
        case TieBreak::Kind::lot:
            return by_lot(poll);
    }
    return {};
}

void fill_seats(const Poll& poll, const Tiers& tiers, Tally& tally) {
    const std::vector<Candidate> order = settling_order(poll);
    Ways ways(poll);
    ways.explore(order.empty() ? tiers : settled_by(order, tiers));
    const Outcome& first = ways.outcomes().front();
    std::vector<Candidate> doubtful = ways.doubtful();
    for (const Outcome& outcome : ways.outcomes())
        doubtful.insert(doubtful.end(), outcome.elected.begin(), outcome.elected.end());
    const auto is_certain = [&](Candidate candidate) {
        return std::all_of(ways.outcomes().begin(), ways.outcomes().end(),
                           [&](const Outcome& outcome) { return is_in(outcome.elected, candidate); });
    };
    std::copy_if(first.elected.begin(), first.elected.end(), std::back_inserter(tally.elected), is_certain);
    std::erase_if(doubtful, is_certain);
    std::sort(doubtful.begin(), doubtful.end());
    doubtful.erase(std::unique(doubtful.begin(), doubtful.end()), doubtful.end());
    if (!doubtful.empty()) tally.tie = Tie{doubtful, poll.question.seats - tally.elected.size()};
    for (const Skipped& skipped : first.skipped)
        if (!is_in(doubtful, skipped.candidate)) tally.skipped.push_back(skipped);
}

}  // namespace govctl::tally
