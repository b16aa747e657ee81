#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "govctl/tally/count.hpp"

namespace govctl::tally {

using Tier = std::vector<Candidate>;
using Tiers = std::vector<Tier>;  ///< best first

/// What a method is given: the ballots that count, and who stands.
struct Poll {
    const Ballots& ballots;
    const Question& question;
    std::vector<Candidate> standing;  ///< neither withdrawn nor dropped; sorted
};

/// Who stands, in tiers by a figure, the greatest first.
template <class Figure>
Tiers tiers_by(const std::vector<Candidate>& candidates, const std::vector<Figure>& figure_of) {
    std::vector<Candidate> sorted = candidates;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [&](Candidate a, Candidate b) { return figure_of[a] > figure_of[b]; });
    Tiers tiers;
    for (Candidate candidate : sorted) {
        if (tiers.empty() || figure_of[tiers.back().front()] != figure_of[candidate]) tiers.emplace_back();
        tiers.back().push_back(candidate);
    }
    return tiers;
}

/// A figure for each of the candidates, as a step tells it.
template <class Figure>
std::vector<std::pair<Candidate, std::string>> told(const std::vector<Candidate>& candidates,
                                                    const std::vector<Figure>& figure_of) {
    std::vector<std::pair<Candidate, std::string>> votes;
    for (Candidate candidate : candidates) votes.emplace_back(candidate, std::to_string(figure_of[candidate]));
    return votes;
}

}  // namespace govctl::tally
