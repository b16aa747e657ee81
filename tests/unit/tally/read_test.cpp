#include <fstream>
#include <iterator>

#include "reading.hpp"
#include "support/catch.hpp"

using namespace govctl::tally;

namespace {

std::string file(const std::string& path) {
    std::ifstream stream(GOVCTL_SOURCE_DIR "/tests/data/elections/" + path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

TEST_CASE("formats have words") {
    for (const Format format : {Format::csv, Format::elekto, Format::civs, Format::blt, Format::debian}) {
        CHECK(parse_format(format_word(format)) == format);
    }
    CHECK(parse_format("CSV") == std::nullopt);
}

TEST_CASE("formats are told by what is in the file") {
    struct {
        std::string bytes;
        std::optional<Format> format;
    } cases[] = {
        {"a,b\n1,2\n", Format::csv},
        {"ann\n1\n", Format::csv},
        {"4 2\n-2\n3 1 3 4 0\n", Format::blt},
        {"\xef\xbb\xbf# Club\n\n4 2 -2 3 1 3 4 0\n", Format::blt},
        {"words\n Option 1->: a\nV: 1\n", Format::debian},
        {"1,2\n1,2\n", Format::csv},
        {"words\nand more\n", std::nullopt},
        {"", std::nullopt},
    };
    for (const auto& each : cases) {
        INFO(each.bytes);
        CHECK(guess_format(each.bytes) == each.format);
    }
}

TEST_CASE("a candidate is meant by name, or else by number") {
    const std::vector<std::string> candidates{"ann", "3", "cy"};
    CHECK(find_candidate(candidates, "cy") == 2);
    CHECK(find_candidate(candidates, "1") == 0);
    CHECK(find_candidate(candidates, "3") == 1);
    for (const char* nobody : {"", "0", "4", "bo", "1 ", "-1", "18446744073709551617"}) {
        CHECK(find_candidate(candidates, nobody) == std::nullopt);
    }
}

TEST_CASE("real elections are read whole") {
    struct {
        std::string path;
        Format format;
        std::uint64_t ballots;
        std::size_t candidates;
        std::string last;
    } cases[] = {
        {"k8s-steering-2017/ballots.csv", Format::csv, 309, 20, "Justin Santa Barbara"},
        {"k8s-steering-2023/ballots.csv", Format::csv, 209, 11, "pacoxu"},
        {"k8s-steering-2024/ballots.csv", Format::csv, 233, 7, "saschagrunert"},
        {"debian-leader-2013/tally.txt", Format::debian, 390, 4, "None Of The Above"},
        {"debian-leader-2014/tally.txt", Format::debian, 401, 3, "None Of The Above"},
    };
    for (const auto& each : cases) {
        INFO(each.path);
        const std::string bytes = file(each.path);
        CHECK(guess_format(bytes) == each.format);
        const auto read = read_ballots(bytes, each.format, {});
        REQUIRE(read);
        CHECK(read->ballots.count() == each.ballots);
        CHECK(read->ballots.width() == each.candidates);
        CHECK(read->ballots.candidates().back() == each.last);
    }
}
