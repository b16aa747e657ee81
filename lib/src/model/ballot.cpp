#include "govctl/model/ballot.hpp"

#include <set>

#include "govctl/base/text.hpp"
#include "govctl/base/words.hpp"

namespace govctl::model {

static constexpr Words<3> votes = {"yes", "no", "abstain"};

std::string_view vote_word(Vote vote) {
    return word_of(votes, vote);
}
std::optional<Vote> parse_vote(std::string_view word) {
    return value_of<Vote>(votes, word);
}

std::string Position::words() const {
    if (vote) return std::string(vote_word(*vote));
    if (rank) return ranking_text(*rank);
    if (approve) return approve->empty() ? "none" : join(*approve, ", ");
    std::vector<std::string> scores;
    if (score)
        for (const auto& [option, points] : *score) scores.push_back(option + "=" + std::to_string(points));
    return join(scores, ", ");
}

std::vector<std::string> Position::options() const {
    std::vector<std::string> named;
    if (rank)
        for (const auto& tier : *rank) named.insert(named.end(), tier.begin(), tier.end());
    if (approve) named.insert(named.end(), approve->begin(), approve->end());
    if (score)
        for (const auto& [option, _] : *score) named.push_back(option);
    return named;
}

Result<Ranking> parse_ranking(std::string_view text) {
    Ranking ranking;
    std::set<std::string> seen;
    for (const std::string& tier : split(text, '>')) {
        ranking.emplace_back();
        for (const std::string& piece : split(tier + " ", '=')) {
            std::string option = trim(piece);
            if (option.empty())
                return Error{ErrorKind::invalid,
                             "\"" + std::string(text) + "\" names no option on one side of a sign",
                             {"as 'b > a = c': b first, then a and c, equal"}};
            if (!seen.insert(option).second) return Error{ErrorKind::invalid, "\"" + option + "\" is ranked twice"};
            ranking.back().push_back(std::move(option));
        }
    }
    if (ranking.empty()) return Error{ErrorKind::invalid, "nothing is ranked", {"as 'b > a = c'"}};
    return ranking;
}

std::string ranking_text(const Ranking& ranking) {
    std::vector<std::string> tiers;
    for (const auto& tier : ranking) tiers.push_back(join(tier, " = "));
    return join(tiers, " > ");
}

}  // namespace govctl::model
