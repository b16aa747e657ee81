#include "govctl/app/cover.hpp"

#include <algorithm>
#include <random>

#include "govctl/base/text.hpp"
#include "support/catch.hpp"

using namespace govctl;
using govctl::app::Cover;
using govctl::app::smallest_cover;

namespace {

using Choices = std::vector<std::vector<std::string>>;

bool covers(unsigned people, const std::vector<unsigned>& choices) {
    return std::all_of(choices.begin(), choices.end(), [&](unsigned choice) { return (people & choice) != 0; });
}

/// By trying every set of people.
int fewest(const std::vector<unsigned>& choices, unsigned people) {
    int best = static_cast<int>(people);
    for (unsigned set = 0; set < 1U << people; ++set)
        if (covers(set, choices)) best = std::min(best, __builtin_popcount(set));
    return best;
}

}  // namespace

TEST_CASE("a smallest cover") {
    const std::pair<Choices, const char*> cases[] = {
        {{}, ""},
        {{{"ada"}}, "ada"},
        {{{"bob", "ada"}}, "ada"},
        {{{"ada", "bob"}, {"bob", "cy"}}, "bob"},
        {{{"ada", "bob"}, {"cy"}, {"cy", "dan"}}, "ada,cy"},
        // Taking who covers most is not enough: cy covers four of six, but two others cover all.
        {{{"a", "cy"}, {"a", "cy"}, {"a"}, {"b", "cy"}, {"b", "cy"}, {"b"}}, "a,b"},
    };
    for (const auto& [choices, expected] : cases) {
        const Cover cover = smallest_cover(choices);
        CHECK(join(cover.people, ",") == expected);
        CHECK(cover.is_smallest);
        CHECK(cover.empty.empty());
    }
    CHECK(smallest_cover({{"ada"}, {}, {"bob"}, {}}).empty == std::vector<std::size_t>{1, 3});
}

TEST_CASE("no cover is smaller") {
    std::mt19937 generator(7);
    const auto random = [&generator] { return static_cast<unsigned>(generator()); };
    for (int round = 0; round < 400; ++round) {
        const unsigned people = 1 + static_cast<unsigned>(random() % 12);
        std::vector<unsigned> sets(random() % 15);
        Choices choices;
        for (unsigned& set : sets) {
            set = static_cast<unsigned>(random() % (1U << people) & random());
            if (set == 0) set = 1;
            auto& choice = choices.emplace_back();
            for (unsigned person = 0; person < people; ++person)
                if ((set >> person & 1) != 0) choice.push_back(std::string(1, static_cast<char>('a' + person)));
        }
        const Cover cover = smallest_cover(choices);
        unsigned chosen = 0;
        for (const std::string& name : cover.people) chosen |= 1U << (name[0] - 'a');
        CHECK(covers(chosen, sets));
        CHECK(static_cast<int>(cover.people.size()) == (sets.empty() ? 0 : fewest(sets, people)));
        CHECK(cover.is_smallest);
    }
}

TEST_CASE("a search that is cut short still covers all, and says so") {
    std::mt19937 random(11);
    Choices choices(200);
    for (auto& choice : choices)
        for (int i = 0; i < 4; ++i) choice.push_back("p" + std::to_string(random() % 60));
    const Cover cover = smallest_cover(choices, 1000);
    CHECK_FALSE(cover.is_smallest);
    for (const auto& choice : choices)
        CHECK(std::any_of(choice.begin(), choice.end(), [&](const std::string& name) {
            return std::binary_search(cover.people.begin(), cover.people.end(), name);
        }));
    CHECK(smallest_cover(choices, 1000).people == cover.people);
}
