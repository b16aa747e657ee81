#include "govctl/tally/ballots.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace govctl::tally {
namespace {

constexpr std::uint32_t most_small = 255;
constexpr std::uint32_t most_in_a_word = 62;

std::uint32_t last_of(std::span<const std::uint32_t> ranks) {
    std::uint32_t last = 0;
    for (const std::uint32_t rank : ranks) last = std::max(last, rank);
    return last;
}

/// Whether each rank from 1 to the last is used.
bool are_tiers(std::span<const std::uint32_t> ranks, std::uint32_t last) {
    if (last > most_in_a_word) return false;
    std::uint64_t used = 1;
    for (const std::uint32_t rank : ranks) used |= std::uint64_t{1} << rank;
    return used == (std::uint64_t{2} << last) - 1;
}

/// A hundred thousand ballots come this way, so it counts instead of sorting.
void number_small(std::span<const std::uint32_t> ranks, std::uint32_t last, std::span<std::uint8_t> tiers) {
    std::array<std::uint8_t, most_small + 1> tier_of{};
    for (const std::uint32_t rank : ranks) tier_of[rank] = 1;
    std::uint8_t tier = 0;
    tier_of[0] = 0;
    for (std::uint32_t rank = 1; rank <= last; ++rank) {
        tier = static_cast<std::uint8_t>(tier + tier_of[rank]);
        tier_of[rank] = tier;
    }
    for (std::size_t i = 0; i < ranks.size(); ++i) tiers[i] = tier_of[ranks[i]];
}

void number_any(std::span<const std::uint32_t> ranks, std::span<std::uint8_t> tiers) {
    std::vector<std::uint32_t> used;
    for (const std::uint32_t rank : ranks)
        if (rank != 0) used.push_back(rank);
    std::sort(used.begin(), used.end());
    used.erase(std::unique(used.begin(), used.end()), used.end());
    for (std::size_t i = 0; i < ranks.size(); ++i) {
        const auto below = std::lower_bound(used.begin(), used.end(), ranks[i]) - used.begin();
        tiers[i] = static_cast<std::uint8_t>(ranks[i] == 0 ? 0 : below + 1);
    }
}

}  // namespace

Ballots::Ballots(Marks marks, std::vector<std::string> candidates) : marks_(marks), candidates_(std::move(candidates)) {
    assert(candidates_.size() <= most_candidates);
}

void Ballots::add_ranks(std::span<const std::uint32_t> ranks, std::uint64_t weight) {
    assert(marks_ == Marks::ranks && ranks.size() == width());
    const std::size_t begin = ranks_.size();
    ranks_.resize(begin + ranks.size());
    const std::span tiers = std::span(ranks_).subspan(begin);
    if (const std::uint32_t last = last_of(ranks); are_tiers(ranks, last)) {
        for (std::size_t i = 0; i < ranks.size(); ++i) tiers[i] = static_cast<std::uint8_t>(ranks[i]);
    } else if (last <= most_small) {
        number_small(ranks, last, tiers);
    } else {
        number_any(ranks, tiers);
    }
    weights_.push_back(weight);
    count_ += weight;
}

void Ballots::add_scores(std::span<const std::optional<std::uint32_t>> scores, std::uint64_t weight) {
    assert(marks_ == Marks::scores && scores.size() == width());
    for (const auto& score : scores) scores_.push_back(score.value_or(not_scored));
    weights_.push_back(weight);
    count_ += weight;
}

std::span<const std::uint8_t> Ballots::ranks(std::size_t row) const {
    return std::span(ranks_).subspan(row * width(), width());
}

std::span<const std::uint32_t> Ballots::scores(std::size_t row) const {
    return std::span(scores_).subspan(row * width(), width());
}

void Ballots::reserve(std::size_t rows) {
    weights_.reserve(rows);
    if (marks_ == Marks::ranks) ranks_.reserve(rows * width());
    if (marks_ == Marks::scores) scores_.reserve(rows * width());
}

void Ballots::name(std::vector<std::string> candidates) {
    assert(candidates.size() == width());
    candidates_ = std::move(candidates);
}

}  // namespace govctl::tally
