#include "govctl/base/shared_map.hpp"

#include <random>
#include <string>

#include "govctl/base/file_list.hpp"
#include "support/catch.hpp"

using namespace govctl;

namespace {

using Map = std::map<std::string, int>;
using Shared = SharedMap<std::string, int>;

void check_same(const Shared& shared, const Map& map) {
    REQUIRE(shared.size() == map.size());
    REQUIRE(shared.empty() == map.empty());
    auto expected = map.begin();
    for (const auto& [key, value] : shared) {
        CHECK(key == expected->first);
        CHECK(value == expected->second);
        ++expected;
    }
    auto last = shared.end();
    for (auto each = map.rbegin(); each != map.rend(); ++each) CHECK((--last)->first == each->first);
}

}  // namespace

TEST_CASE("a shared map answers as a map, and copies of it stay as they were") {
    std::mt19937 dice(7);
    for (int round = 0; round < 20; ++round) {
        Shared shared;
        Map map;
        std::vector<std::pair<Shared, Map>> copies;
        for (int step = 0; step < 1500; ++step) {
            const std::string key = std::to_string(dice() % 600);
            switch (dice() % 6) {
                case 0:
                    CHECK(shared.erase(key) == map.erase(key));
                    break;
                case 1:
                    shared.insert_or_assign(key, step);
                    map.insert_or_assign(key, step);
                    break;
                case 2:
                    shared[key] += step;
                    map[key] += step;
                    break;
                case 3:
                    CHECK(shared.emplace(key, step) == map.emplace(key, step).second);
                    break;
                case 4:
                    CHECK(shared.contains(key) == map.contains(key));
                    if (int* value = shared.edit(key)) *value = map[key] = -step;
                    break;
                default:
                    if (step % 100 == 0) copies.emplace_back(shared, map);
                    break;
            }
            const auto found = shared.lower_bound(key);
            const auto expected = map.lower_bound(key);
            REQUIRE((found == shared.end()) == (expected == map.end()));
            if (found != shared.end()) REQUIRE(found->first == expected->first);
        }
        check_same(shared, map);
        for (const auto& [copy, was] : copies) check_same(copy, was);
    }
}

TEST_CASE("a value of a shared map that is not there") {
    Shared map{{"a", 1}};
    CHECK(map.at("a") == 1);
    CHECK_THROWS_AS(map.at("b"), std::out_of_range);
    CHECK(map.edit("b") == nullptr);
    CHECK(map.find("b") == map.end());
}

TEST_CASE("the files below a folder") {
    FileList files({{"a", "1"}, {"b/c", "2"}, {"b/d", "3"}, {"b0", "4"}, {"c", "5"}});
    std::string found;
    for (const FileEntry& file : files.below("b/")) found += file.blob;
    CHECK(found == "23");
    CHECK(files.below("x/").empty());
    files.set({"b/c", "6"});
    CHECK(files.size() == 5);
    CHECK(files.find("b/c")->blob == "6");
}
