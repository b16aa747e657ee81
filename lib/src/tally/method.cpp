#include "govctl/base/words.hpp"
#include "govctl/tally/count.hpp"

namespace govctl::tally {

static constexpr Words<17> method_words = {
    "schulze",  "schulze-margins", "schulze-wl", "schulze-dropping", "ranked-pairs",
    "minimax",  "condorcet",       "copeland",   "condorcet-irv",    "irv",
    "stv-meek", "stv-scottish",    "approval",   "plurality",        "score",
    "star",     "bloc-star",
};

std::string_view method_word(Method method) {
    return word_of(method_words, method);
}

std::optional<Method> parse_method(std::string_view word) {
    return value_of<Method>(method_words, word);
}

const std::vector<Method>& all_methods() {
    static const std::vector<Method> all = [] {
        std::vector<Method> methods;
        for (std::size_t i = 0; i < method_words.size(); ++i) methods.push_back(static_cast<Method>(i));
        return methods;
    }();
    return all;
}

Marks marks_of(Method method) {
    switch (method) {
        case Method::approval:
        case Method::score:
        case Method::star:
        case Method::bloc_star:
            return Marks::scores;
        default:
            return Marks::ranks;
    }
}

}  // namespace govctl::tally
