#include <set>

#include "govctl/app/elections.hpp"
#include "govctl/yaml/document.hpp"
#include "property/dice.hpp"
#include "support/catch.hpp"
#include "support/small_world.hpp"

/// Elections in which everybody does something at random, as time goes by.

using namespace govctl;
using namespace govctl::testing;

namespace {

const std::vector<std::string> everyone{"ada", "bob", "cy", "dan", "eve", "zed"};

struct Way {
    const char* method;
    const char* unranked;
    const char* default_option;
    const char* quorum;
    const char* seats;
};
const std::vector<Way> ways{
    {"schulze", "last", "", "", "2"},
    {"schulze-dropping", "last", "none-of-them", "above-default >= sqrt(eligible)", "1"},
    {"ranked-pairs", "no-opinion", "none-of-them", "cast >= 2", "2"},
    {"stv-scottish", "last", "", "", "2"},
    {"irv", "invalid", "", "", "1"},
    {"approval", "", "", "cast >= 2", "2"},
    {"bloc-star", "", "none-of-them", "", "3"},
};

class Campaign {
public:
    explicit Campaign(std::uint32_t seed) : dice_(seed), way_(dice_.of(ways)) {}

    /// One attempt. True where the rules allowed it; the judge has then allowed it too, or the test has failed.
    bool step() {
        now_.seconds += 3600 * dice_.below(12);
        const std::string who = dice_.of(everyone);
        const auto make = world_.state().contests().empty() ? call() : some_act();
        const auto change = make(world_.state(), {who, now_});
        if (!change) {
            INFO(change.error().message);
            CHECK(change.error().kind != ErrorKind::environment);
            return false;
        }
        const auto done = world_.act(who, now_.str(), make);
        INFO(change->subject << " by " << who << " at " << now_.str() << ": " << (done ? "" : done.error().message));
        REQUIRE(done);
        return true;
    }

    SmallWorld& world() { return world_; }
    Dice& dice() { return dice_; }
    Instant now() const { return now_; }
    const app::Contest* contest() const {
        const auto& all = world_.state().contests();
        return all.empty() ? nullptr : &all.begin()->second;
    }

private:
    SmallWorld::Make call() {
        app::NewElection request;
        request.name = "2026-docs";
        request.group = "sig-docs";
        request.role = "chair";
        request.seats = way_.seats;
        request.method = way_.method;
        request.unranked = way_.unranked;
        request.default_option = way_.default_option;
        request.quorum = way_.quorum;
        request.voters = {"level member"};
        request.officers = {"ada", "bob"};
        const auto in = [&](int days) { return Instant{now_.seconds + 86400 * days}; };
        request.nominations = {now_, in(3)};
        request.voting = {in(4), in(8)};
        request.endorsements = dice_.below(2);
        if (dice_.one_in(3)) request.tie = "casting-vote role chair of steering";
        if (request.tie.empty() && dice_.one_in(2)) request.tie = "lot", request.seed = "what everybody can look up";
        return [request](const auto& state, const auto& act) { return app::new_election(state, act, request); };
    }

    app::Choice some_choice() {
        app::Choice choice;
        std::vector<std::string> options = app::options_of(contest()->election());
        dice_.shuffle(options);
        if (!options.empty())
            options.resize(static_cast<std::size_t>(dice_.between(1, static_cast<int>(options.size()))));
        const auto method = *tally::parse_method(way_.method);
        if (method == tally::Method::approval) {
            choice.approve = options;
        } else if (tally::marks_of(method) == tally::Marks::scores) {
            choice.score.emplace();
            for (const std::string& option : options) (*choice.score)[option] = dice_.below(7);  // six is one too many
        } else {
            choice.rank.emplace();
            for (const std::string& option : options) {
                if (choice.rank->empty() || dice_.below(3) > 0) choice.rank->emplace_back();
                choice.rank->back().push_back(option);
            }
        }
        return choice;
    }

    SmallWorld::Make some_act() {
        const RecordId id = contest()->id();
        const std::string person = dice_.of(everyone);
        switch (dice_.below(14)) {
            case 0:
            case 1:
                return [=](const auto& s, const auto& a) { return app::nominate(s, a, id, ""); };
            case 2:
                return [=](const auto& s, const auto& a) { return app::nominate(s, a, id, person); };
            case 3:
            case 4:
                return [=](const auto& s, const auto& a) { return app::endorse(s, a, id, person); };
            case 5:
                if (dice_.one_in(4)) return [=](const auto& s, const auto& a) { return app::stand_down(s, a, id); };
                [[fallthrough]];
            case 6:
                return [=](const app::State& s, const auto& a) { return app::open_election(s, a, id, s.deeds()); };
            case 7:
                return [=](const auto& s, const auto& a) { return app::close_election(s, a, id); };
            case 8: {
                std::vector<std::string> order = app::options_of(contest()->election());
                dice_.shuffle(order);
                return [=](const auto& s, const auto& a) { return app::settle(s, a, id, order); };
            }
            case 9:
                return [=](const auto& s, const auto& a) { return app::certify(s, a, id, ""); };
            case 10:
                if (dice_.one_in(20))
                    return [=](const auto& s, const auto& a) { return app::cancel_election(s, a, id); };
                return [=](const auto& s, const auto& a) { return app::fill_vacancy(s, a, id, ""); };
            default: {
                const app::Choice choice = some_choice();
                return [=](const auto& s, const auto& a) { return app::cast(s, a, id, choice); };
            }
        }
    }

    Dice dice_;
    const Way& way_;
    SmallWorld world_;
    Instant now_ = *Instant::parse("2026-01-05T00:00:00Z");
};

bool same_record(const std::string& path, const std::string& a, const std::string& b) {
    const auto x = yaml::parse(path, a);
    const auto y = yaml::parse(path, b);
    return x && y && yaml::same_value(x->root, y->root);
}

}  // namespace

TEST_CASE("what the acts of an election make, the judge allows, whoever does it and whenever") {
    int allowed = 0;
    std::set<std::string> certified;  // by which methods
    for (std::uint32_t seed = 1; seed <= 60; ++seed) {
        INFO("seed " << seed);
        Campaign campaign(seed);
        for (int i = 0; i < 110; ++i) allowed += campaign.step();
        const app::Contest* contest = campaign.contest();
        if (!contest || !contest->result) continue;
        certified.insert(contest->election().method);
        const auto again = app::result_of(campaign.world().state(), *contest, contest->result->value.certified);
        REQUIRE(again);
        CHECK(*again == contest->result->document->bytes);
    }
    CHECK(allowed > 300);
    CHECK(certified.size() >= 5);
}

TEST_CASE("the roll, the ballots and the result of an election are not altered by a byte, not by their own authors") {
    int refused = 0;
    std::set<std::string> tried;
    for (std::uint32_t seed = 101; seed <= 130; ++seed) {
        INFO("seed " << seed);
        Campaign campaign(seed);
        for (int i = 0; i < 110; ++i) campaign.step();
        const SmallWorld& world = campaign.world();
        for (const auto& file : world.state().files()) {
            const std::string& path = file.path;
            const std::string name = path.substr(path.rfind('/') + 1);
            const bool is_ballot = path.starts_with("elections/") && path.find("/ballots/") != std::string::npos;
            if (!is_ballot && name != "voters.yaml" && name != "result.yaml") continue;
            const std::string was = world.read(path);
            for (int i = 0; i < 4; ++i) {
                std::string is = was;
                Dice& dice = campaign.dice();
                is[static_cast<std::size_t>(dice.below(static_cast<int>(is.size())))] = "abz09-:,[]{} "[dice.below(13)];
                if (is == was || (!is_ballot && same_record(path, was, is))) continue;
                const std::string who = is_ballot ? name.substr(0, name.find('.')) : "ada";
                INFO(path << " by " << who << "\n" << is);
                CHECK_FALSE(world.judge(who, campaign.now().str(), {{path, is}}).empty());
                CHECK_FALSE(world.judge("mallory", campaign.now().str(), {{path, is}}).empty());
                tried.insert(is_ballot ? "ballot" : name);
                ++refused;
            }
        }
    }
    CHECK(refused > 150);
    CHECK(tried == std::set<std::string>{"ballot", "result.yaml", "voters.yaml"});
}
