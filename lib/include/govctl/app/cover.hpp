#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace govctl::app {

/// Fewest people of whom every choice has one.
struct Cover {
    std::vector<std::string> people;  ///< sorted
    bool is_smallest = true;          ///< false: it covers all, but the search was cut short
    std::vector<std::size_t> empty;   ///< choices of nobody, which nothing covers
};

/// Each choice is a list of names. The same question always has the same answer. Exact by branch and bound; after
/// looking at `most_steps` choices, the best found so far.
Cover smallest_cover(const std::vector<std::vector<std::string>>& choices, std::size_t most_steps = 20'000'000);

}  // namespace govctl::app
