#include "govctl/app/roster_merge.hpp"

#include "support/catch.hpp"

using govctl::app::merge_rosters;

namespace {

const std::string head = "kind: roster\ngroup: sig-node\nseats:\n";
const std::string ada = "  - {role: chair, person: ada, since: 2025-01-01}\n";
const std::string ada_ended = "  - {role: chair, person: ada, since: 2025-01-01, until: 2026-01-01, ended: removed}\n";
const std::string ada_longer = "  - {role: chair, person: ada, since: 2025-01-01, until: 2027-01-01}\n";
const std::string bob = "  - {role: member, person: bob, since: 2026-01-01}  # welcome\n";
const std::string cy = "  - {role: member, person: cy, since: 2026-01-02, by: motion/2026-01-01-cy}\n";

struct Case {
    const char* what;
    std::string base, ours, theirs;
    std::string merged;  ///< empty: refused
};

}  // namespace

TEST_CASE("rosters merge seat by seat") {
    const Case cases[] = {
        {"nothing happened", ada, ada, ada, ada},
        {"only we seated somebody", ada, ada + bob, ada, ada + bob},
        {"only they did", ada, ada, ada + cy, ada + cy},
        {"both did: ours come first", ada, ada + bob, ada + cy, ada + bob + cy},
        {"both seated the same", ada, ada + cy, ada + cy, ada + cy},
        {"they ended a seat", ada, ada + bob, ada_ended, ada_ended + bob},
        {"we ended it", ada, ada_ended, ada + cy, ada_ended + cy},
        {"both ended it alike", ada, ada_ended, ada_ended, ada_ended},
        {"both say something else of a seat", ada, ada_ended, ada_longer, ""},
        {"they took a seat away", ada + bob, ada + bob, bob, ""},
        {"we took it away", ada + bob, bob, ada + bob, ""},
    };
    for (const Case& each : cases) {
        INFO(each.what);
        const auto merged =
            merge_rosters("groups/sig-node/roster.yaml", head + each.base, head + each.ours, head + each.theirs);
        CHECK((merged ? *merged : "") == (each.merged.empty() ? "" : head + each.merged));
        if (!merged) CHECK(merged.error().kind == govctl::ErrorKind::refused);
    }
}

TEST_CASE("what is no roster does not merge") {
    const std::string sound = head + ada;
    for (const std::string& other :
         {std::string("kind: roster\n"), std::string("seats: {}\n"), std::string("- a\n"), std::string("seats: [")}) {
        INFO(other);
        CHECK_FALSE(merge_rosters("roster.yaml", other, sound, sound));
        CHECK_FALSE(merge_rosters("roster.yaml", sound, other, sound));
        CHECK_FALSE(merge_rosters("roster.yaml", sound, sound, other));
    }
}
