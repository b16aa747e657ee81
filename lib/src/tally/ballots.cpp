#include "govctl/tally/ballots.hpp"

#include <algorithm>
#include <cassert>

namespace govctl::tally {

Ballots::Ballots(Marks marks, std::vector<std::string> candidates) : marks_(marks), candidates_(std::move(candidates)) {
    assert(candidates_.size() <= most_candidates);
}

void Ballots::add_ranks(std::span<const std::uint32_t> ranks, std::uint64_t weight) {
    assert(marks_ == Marks::ranks && ranks.size() == width());
    std::vector<std::uint32_t> tiers;
    for (const std::uint32_t rank : ranks)
        if (rank != 0) tiers.push_back(rank);
    std::sort(tiers.begin(), tiers.end());
    tiers.erase(std::unique(tiers.begin(), tiers.end()), tiers.end());
    for (const std::uint32_t rank : ranks) {
        const auto tier = std::lower_bound(tiers.begin(), tiers.end(), rank) - tiers.begin();
        ranks_.push_back(static_cast<std::uint8_t>(rank == 0 ? 0 : tier + 1));
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

}  // namespace govctl::tally
