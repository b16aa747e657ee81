#include "govctl/app/seat_limits.hpp"

#include <fmt/format.h>

#include "govctl/base/text.hpp"
#include "support/catch.hpp"

using namespace govctl;

namespace {

const std::vector<std::string> candidates{"ann", "bo", "cy", "dan"};

/// `organization/acme: at most 4 of 13 seats, 3 held on to = 1 of ann bo, skip`, a limit a line; or what is wrong.
std::string read_as(const std::string& bytes, std::size_t seats = 2) {
    const auto limits = app::read_seat_limits("limits.yaml", bytes, candidates, seats);
    if (!limits) {
        const Error& error = limits.error();
        return fmt::format("{}:{}: {}", error.place->line, error.place->column, error.message);
    }
    std::vector<std::string> lines;
    for (const tally::Limit& limit : *limits) {
        std::vector<std::string> names;
        for (const tally::Candidate each : limit.of) names.push_back(candidates[each]);
        const char* applied[] = {"skip", "drop-lowest", "lot"};
        lines.push_back(fmt::format("{} = {} of {}, {}", limit.name, limit.at_most, join(names, " "),
                                    applied[static_cast<int>(limit.apply)]));
    }
    return join(lines, "\n");
}

struct Case {
    std::string bytes;
    std::string read;
};

}  // namespace

TEST_CASE("seat limits: what is left of them for each organization") {
    const std::string people = "candidates: {ann: acme, 2: acme, cy: globex, dan: independent}\n";
    const Case cases[] = {
        {people + "limits: [{per: organization, at-most: 1}]",
         "organization/acme: at most 1 = 1 of ann bo, skip\norganization/globex: at most 1 = 1 of cy, skip"},
        {people + "seats: 13\nlimits: [{per: organization, at-most: 1/3 of seats, apply: drop-lowest}]\n"
                  "continuing: [{person: x, organization: acme}, {person: y, organization: acme}, {person: z}]",
         "organization/acme: at most 4 of 13 seats, 2 held on to = 2 of ann bo, drop-lowest\n"
         "organization/globex: at most 4 of 13 seats = 4 of cy, drop-lowest"},
        {people + "limits: [{per: organization, at-most: 1/2, apply: lot}]\ncontinuing: [{person: x}, {person: y}]",
         "organization/acme: at most 2 of 4 seats = 2 of ann bo, lot\n"
         "organization/globex: at most 2 of 4 seats = 2 of cy, lot"},
        {people + "limits: [{per: organization, at-most: 1}]\ncontinuing: [{person: x, organization: globex}, {person: "
                  "y, organization: globex}]\nrelated: [[acme, globex]]",
         "organization/acme: at most 1, 2 held on to = 0 of ann bo cy, skip"},
        {people + "limits: [{per: organization, at-most: 1, count: [elected]}]\ncontinuing: [{person: x, organization: "
                  "acme}]",
         "organization/acme: at most 1 = 1 of ann bo, skip\norganization/globex: at most 1 = 1 of cy, skip"},
        {"limits: [{per: conflict-pair, at-most: 1}]\ncontinuing: [{person: eve}]\nconflicts: [[ann, cy], [bo, eve]]",
         "conflict-pair/ann+cy: at most 1 = 1 of ann cy, skip\n"
         "conflict-pair/bo+eve: at most 1, 1 held on to = 0 of bo, skip"},
    };
    for (const Case& each : cases) {
        INFO(each.bytes);
        CHECK(read_as(each.bytes) == each.read);
    }
}

TEST_CASE("seat limits: what is wrong is told to the column") {
    const Case cases[] = {
        {"seats: 3\n", "1:1: \"limits\" is missing"},
        {"limits: []\n", "1:9: \"limits\" is empty"},
        {"limits: [{per: team, at-most: 1}]", "1:16: \"per\" cannot be \"team\""},
        {"limits: [{per: organization, at-most: 1}]\nseat: 3", "2:1: unknown key \"seat\""},
        {"limits: [{per: organization, at-most: 1}]\ncandidates: {eve: acme}", "2:14: there is no candidate \"eve\""},
        {"limits: [{per: organization, at-most: 1}]\ncandidates: {5: acme}", "2:14: there is no candidate \"5\""},
        {"limits: [{per: conflict-pair, at-most: 1}]\nconflicts: [[ann, eve]]", "2:19: there is no candidate \"eve\""},
        {"limits: [", "1:10: "},
    };
    for (const Case& each : cases) {
        INFO(each.bytes);
        CHECK(read_as(each.bytes).substr(0, each.read.size()) == each.read);
    }
}
