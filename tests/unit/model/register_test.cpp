#include "support/catch.hpp"

#include "govctl/model/register.hpp"

using namespace govctl;
using namespace govctl::model;

using Handles = std::vector<std::string>;

static Instant day(const char* date) {
    return *Instant::parse_date_or_instant(date);
}

static const Instant jan = day("2026-01-01");
static const Instant jun = day("2026-06-01");
static const Instant dec = day("2026-12-01");

static Person person(const std::string& handle, const std::string& level = "") {
    Person person;
    person.handle = handle;
    person.name = handle;
    person.emails = {handle + "@example.org"};
    if (!level.empty()) person.ladder = {{level, jan, {}, ""}};
    return person;
}

static Charter charter(const std::string& id, const std::string& parent, std::vector<std::string> areas = {}) {
    Charter charter;
    charter.id = id;
    charter.parent = parent;
    charter.areas = std::move(areas);
    return charter;
}

static Register sample() {
    Register all;
    all.project.steering = "steering";
    all.project.community = "community";
    all.project.ladder = {{"member", {}}, {"approver", {}}};
    for (Person each : {person("ada", "approver"), person("bob", "member"), person("cy"), person("dan")})
        all.people[each.handle] = each;
    all.people["ada"].aliases = {"AdaL"};
    all.people["ada"].accounts = {{"github", "Ada-L"}};
    all.people["bob"].ladder[0].until = jun;
    for (Charter each :
         {charter("steering", ""), charter("tech", "steering"), charter("sig-node", "tech", {"pkg/", "cmd/kubelet"}),
          charter("sig-net", "tech", {"pkg/net/"}), charter("community", ""), charter("island", "")})
        all.charters[each.id] = each;
    all.charters["community"].type = GroupType::community;
    all.charters["community"].roles = {{.name = "member", .seats = {}, .level = "member"}};
    all.rosters["sig-node"].seats = {
        {"chair", "AdaL", jan, {}, "", ""},
        {"chair", "cy", jan, jun, "", "term"},
        {"lead", "ada", jan, {}, "", ""},
        {"lead", "Ghost", jun, {}, "", ""},
    };
    return all;
}

TEST_CASE("a person is found by handle and by old handle, whatever the case") {
    const Register all = sample();
    CHECK(all.person("ada") == &all.people.at("ada"));
    CHECK(all.person("@Ada") == &all.people.at("ada"));
    CHECK(all.person("adal") == &all.people.at("ada"));
    CHECK(all.person("eve") == nullptr);
}

TEST_CASE("a person is found by e-mail and by the forge's private address") {
    const Register all = sample();
    CHECK(all.by_email("ADA@example.org") == &all.people.at("ada"));
    CHECK(all.by_email("123+ada-l@users.noreply.github.com") == &all.people.at("ada"));
    CHECK(all.by_email("ada-l@users.noreply.github.com") == &all.people.at("ada"));
    CHECK(all.by_email("x+ada-l@users.noreply.github.com") == nullptr);
    CHECK(all.by_email("@users.noreply.github.com") == nullptr);
    CHECK(all.by_email("eve@example.org") == nullptr);
}

TEST_CASE("a level is held by those of a higher one too, while it lasts") {
    const Register all = sample();
    CHECK(all.at_level("member", jan) == Handles{"ada", "bob"});
    CHECK(all.at_level("approver", jan) == Handles{"ada"});
    CHECK(all.at_level("member", jun) == Handles{"ada"});
    CHECK(all.at_level("owner", jan).empty());
}

TEST_CASE("seats are read by since and until") {
    const Register all = sample();
    CHECK(all.seated("sig-node", {}, jan) == Handles{"ada", "cy"});
    CHECK(all.seated("sig-node", {}, jun) == Handles{"ada", "ghost"});
    CHECK(all.seated("sig-node", "chair", jan) == Handles{"ada", "cy"});
    CHECK(all.seated("sig-node", "lead", jan) == Handles{"ada"});
    CHECK(all.seated("tech", {}, jan).empty());
    CHECK(all.seated("nowhere", {}, jan).empty());
}

TEST_CASE("the community is everyone of its level, without a roster") {
    const Register all = sample();
    CHECK(all.seated("community", {}, jan) == Handles{"ada", "bob"});
    CHECK(all.seated("community", "member", jun) == Handles{"ada"});
    CHECK(all.seated("community", "chair", jan).empty());
}

TEST_CASE("related organizations count as one, through others too") {
    Register all = sample();
    all.organizations["acme"].related = {"acme-labs"};
    all.organizations["acme-labs"] = {};
    all.organizations["zoo"].related = {"acme-labs"};
    const auto works_at = [&](const char* who, const char* organization) {
        all.people[who].affiliations = {{organization, jan, {}}};
        return all.employer_family(who, jun);
    };
    CHECK(works_at("ada", "acme") == "acme");
    CHECK(works_at("bob", "acme-labs") == "acme");
    CHECK(works_at("cy", "zoo") == "acme");
    CHECK(works_at("dan", "unlisted") == "unlisted");
    CHECK(works_at("dan", "independent") == std::nullopt);
    CHECK(all.employer_family("nobody", jun) == std::nullopt);
}

TEST_CASE("the employer is that of the day") {
    Person ada = person("ada");
    CHECK_FALSE(employer(ada, jan));
    ada.affiliations = {{"acme", jan, jun}, {"independent", jun, dec}, {"zoo", dec, {}}};
    CHECK_FALSE(employer(ada, day("2025-12-31")));
    CHECK(employer(ada, jan) == "acme");
    CHECK_FALSE(employer(ada, jun));
    CHECK(employer(ada, dec) == "zoo");
    ada.affiliations.push_back({"new", dec, {}});
    CHECK(employer(ada, dec) == "new");
}

TEST_CASE("the ladder of groups ends at the community") {
    const Register all = sample();
    CHECK(all.above("sig-node") == "tech");
    CHECK(all.above("tech") == "steering");
    CHECK(all.above("steering") == "community");
    CHECK_FALSE(all.above("community"));
    CHECK_FALSE(all.above("island"));
    CHECK(all.is_below("sig-node", "steering"));
    CHECK(all.is_below("sig-node", "community"));
    CHECK_FALSE(all.is_below("steering", "sig-node"));
    CHECK_FALSE(all.is_below("tech", "tech"));
    CHECK_FALSE(all.is_below("island", "steering"));
}

TEST_CASE("groups that are each other's parent do not hang the search") {
    Register all = sample();
    all.charters["tech"].parent = "sig-node";
    CHECK_FALSE(all.is_below("sig-node", "steering"));
}

TEST_CASE("the longest area owns a path") {
    Register all = sample();
    CHECK(all.area_owner("pkg/x.go") == "sig-node");
    CHECK(all.area_owner("pkg/net/x.go") == "sig-net");
    CHECK(all.area_owner("./pkg/net") == "sig-net");
    CHECK(all.area_owner("pkg/network.go") == "sig-node");
    CHECK(all.area_owner("cmd/kubelet/main.go") == "sig-node");
    CHECK_FALSE(all.area_owner("cmd/kubeletx"));
    CHECK_FALSE(all.area_owner("README.md"));
    all.charters["steering"].areas = {"./"};
    CHECK(all.area_owner("README.md") == "steering");
}
