#include "duels.hpp"
#include "methods.hpp"

// Condorcet, "Essai sur l'application de l'analyse à la probabilité des décisions rendues à la pluralité des voix"
// (1785): who is preferred to each of the others by more voters than the other way round. Where there is nobody, nobody
// wins, and that is no tie.
namespace govctl::tally {

Tiers condorcet(const Poll& poll, Tally& tally) {
    const std::optional<Candidate> winner = condorcet_winner(poll.standing, *tally.pairwise);
    if (!winner) {
        tally.steps.push_back({"none", poll.standing, "nobody beats each of the others", {}, {}});
        return {poll.standing};
    }
    tally.steps.push_back({"winner", {*winner}, "beats each of the others", {}, {}});
    Tiers tiers{{*winner}};
    Tier others = poll.standing;
    std::erase(others, *winner);
    if (!others.empty()) tiers.push_back(std::move(others));
    return tiers;
}

}  // namespace govctl::tally
