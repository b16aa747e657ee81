#include "govctl/model/election.hpp"

#include "govctl/base/words.hpp"

namespace govctl::model {

static constexpr Words<5> statuses = {"draft", "open", "closed", "certified", "cancelled"};

std::string_view election_status_word(ElectionStatus status) {
    return word_of(statuses, status);
}
std::optional<ElectionStatus> parse_election_status(std::string_view word) {
    return value_of<ElectionStatus>(statuses, word);
}

}  // namespace govctl::model
