#include "support/ballot_text.hpp"

#include <algorithm>
#include <cassert>

#include "govctl/base/text.hpp"

namespace govctl::testing {

using tally::Ballots;
using tally::Candidate;
using tally::Marks;

static std::vector<std::string> pieces(std::string_view text, char at) {
    std::vector<std::string> found;
    for (std::string& piece : split(text, at))
        if (piece = trim(piece); !piece.empty()) found.push_back(std::move(piece));
    return found;
}

Candidate named(const Ballots& ballots, std::string_view name) {
    const auto found = std::find(ballots.candidates().begin(), ballots.candidates().end(), name);
    assert(found != ballots.candidates().end());
    return static_cast<Candidate>(found - ballots.candidates().begin());
}

/// The weight at the beginning of the words, taken off them; 1 where there is none.
static std::uint64_t taken_weight(std::vector<std::string>& words) {
    if (words.empty() || words.front().find_first_not_of("0123456789") != std::string::npos) return 1;
    const std::uint64_t weight = std::stoull(words.front());
    words.erase(words.begin());
    return weight;
}

Ballots ranked(std::string_view candidates, std::string_view lines) {
    Ballots ballots(Marks::ranks, pieces(candidates, ' '));
    for (const std::string& line : pieces(lines, '\n')) {
        std::vector<std::string> words = pieces(line, ' ');
        const std::uint64_t weight = taken_weight(words);
        std::vector<std::uint32_t> ranks(ballots.width());
        std::uint32_t rank = 0;
        for (const std::string& tier : pieces(join(words, ""), '>')) {
            ++rank;
            for (const std::string& name : pieces(tier, '=')) ranks[named(ballots, name)] = rank;
        }
        ballots.add_ranks(ranks, weight);
    }
    return ballots;
}

Ballots scored(std::string_view candidates, std::string_view lines) {
    Ballots ballots(Marks::scores, pieces(candidates, ' '));
    for (const std::string& line : pieces(lines, '\n')) {
        std::vector<std::string> words = pieces(line, ' ');
        const std::uint64_t weight = taken_weight(words);
        std::vector<std::optional<std::uint32_t>> scores(ballots.width());
        for (const std::string& word : words) {
            const std::vector<std::string> parts = pieces(word, ':');
            scores[named(ballots, parts[0])] = static_cast<std::uint32_t>(std::stoul(parts[1]));
        }
        ballots.add_scores(scores, weight);
    }
    return ballots;
}

std::string names_text(const Ballots& ballots, const std::vector<Candidate>& candidates) {
    std::vector<std::string> names;
    for (Candidate candidate : candidates) names.push_back(ballots.candidates()[candidate]);
    return join(names, " ");
}

std::string order_text(const Ballots& ballots, const std::vector<std::vector<Candidate>>& tiers) {
    std::vector<std::string> texts;
    for (const std::vector<Candidate>& tier : tiers) {
        std::vector<std::string> names;
        for (Candidate candidate : tier) names.push_back(ballots.candidates()[candidate]);
        texts.push_back(join(names, "="));
    }
    return join(texts, ">");
}

}  // namespace govctl::testing
