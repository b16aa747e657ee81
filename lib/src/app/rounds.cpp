#include "rounds.hpp"

namespace govctl::app {

std::vector<Round> rounds_of(const model::Proposal& proposal) {
    std::vector<Round> rounds;
    for (const model::HistoryEntry& entry : proposal.history) {
        const int current = static_cast<int>(rounds.size());
        if (entry.round == current + 1)
            rounds.push_back({entry.round, entry.at, rounds.empty() ? proposal.group : rounds.back().group, {}});
        else if (entry.round != current || rounds.empty())
            return {};
        Round& round = rounds.back();
        if (!entry.group.empty()) round.group = entry.group;
        if (!entry.text.empty()) round.texts.push_back(entry.text);
    }
    return rounds;
}

}  // namespace govctl::app
