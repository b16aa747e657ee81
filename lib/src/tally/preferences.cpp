#include "preferences.hpp"

#include <array>

namespace govctl::tally {

Preferences::Preferences(const Ballots& ballots, Equal equal) {
    all_.reserve(ballots.rows() * ballots.width());
    begins_.reserve(ballots.rows() + 1);
    for (std::size_t row = 0; row < ballots.rows(); ++row) add(ballots.ranks(row), equal);
}

void Preferences::add(std::span<const std::uint8_t> ranks, Equal equal) {
    std::array<std::uint8_t, 256> on_rank{};
    for (std::uint8_t rank : ranks) ++on_rank[rank];
    std::array<std::size_t, 256> next{};  // where each rank begins; ranks have no gaps
    std::size_t kept = 0;
    std::size_t end = all_.size();
    const auto goes_on = [&](std::size_t number) { return equal == Equal::end ? number == 1 : number != 0; };
    while (kept + 1 < on_rank.size() && goes_on(on_rank[kept + 1])) {
        next[++kept] = end;
        end += on_rank[kept];
    }
    all_.resize(end);
    for (std::size_t candidate = 0; candidate < ranks.size(); ++candidate)
        if (ranks[candidate] != 0 && ranks[candidate] <= kept)
            all_[next[ranks[candidate]]++] = static_cast<std::uint8_t>(candidate);
    begins_.push_back(end);
}

}  // namespace govctl::tally
