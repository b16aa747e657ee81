#include "govctl/model/ballot.hpp"

#include "govctl/base/words.hpp"

namespace govctl::model {

static constexpr Words<3> votes = {"yes", "no", "abstain"};

std::string_view vote_word(Vote vote) {
    return word_of(votes, vote);
}
std::optional<Vote> parse_vote(std::string_view word) {
    return value_of<Vote>(votes, word);
}

}  // namespace govctl::model
