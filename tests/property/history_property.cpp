#include <cstdlib>
#include <random>

#include "govctl/yaml/document.hpp"
#include "support/catch.hpp"
#include "support/small_world.hpp"

using namespace govctl;
using govctl::testing::SmallWorld;

namespace {

const std::vector<std::string> everyone{"ada", "bob", "cy", "dan", "eve", "zed"};

/// People doing things at random, as time goes by.
class History {
public:
    explicit History(unsigned seed) : random_(seed) {}

    /// One attempt. True where the rules allowed it; the judge has then allowed it too, or the test has failed.
    bool step() {
        now_.seconds += pick(4) == 0 ? 86400 * pick(9) : 3600 * pick(5);
        const std::string who = everyone[static_cast<std::size_t>(pick(static_cast<int>(everyone.size())))];
        const auto make = some_act();
        auto change = make(world_.state(), {who, now_});
        if (!change) {
            INFO(change.error().message);
            CHECK(change.error().kind != ErrorKind::environment);
            return false;
        }
        auto done = world_.act(who, now_.str(), make);
        INFO(change->subject << " by " << who << " at " << now_.str() << ": " << (done ? "" : done.error().message));
        REQUIRE(done);
        return true;
    }

    SmallWorld& world() { return world_; }
    Instant now() const { return now_; }
    int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }

private:
    RecordId some_matter() {
        const auto& matters = world_.state().matters();
        if (matters.empty()) return RecordId::rfc(1);
        auto matter = matters.begin();
        std::advance(matter, pick(static_cast<int>(matters.size())));
        return matter->first;
    }

    model::Effect some_effect() {
        model::Effect effect;
        effect.group = "sig-node";
        effect.role = "chair";
        effect.person = everyone[static_cast<std::size_t>(pick(6))];
        effect.kind = pick(2) ? model::Effect::Kind::appoint : model::Effect::Kind::remove;
        return effect;
    }

    SmallWorld::Make some_act() {
        const RecordId id = some_matter();
        const int number = ++number_;
        switch (pick(16)) {
            case 0:
                return [number](const auto& s, const auto& a) -> Result<app::Change> {
                    return app::new_rfc(
                        s, a, {"Idea " + std::to_string(number), "technical", number % 2 ? "sig-node" : "steering"});
                };
            case 1: {
                const model::Effect effect = some_effect();
                const std::string type = effect.kind == model::Effect::Kind::appoint ? "appointment" : "removal";
                return [=](const auto& s, const auto& a) {
                    return app::new_motion(s, a,
                                           {type,
                                            "Seat " + std::to_string(number),
                                            "sig-node",
                                            {"person/" + effect.person},
                                            {effect},
                                            ""});
                };
            }
            case 2:
            case 3: {
                const int next =
                    world_.state().matters().empty() ? 1 : *std::max_element(numbers_.begin(), numbers_.end()) + 1;
                numbers_.insert(next);
                return [=](const auto& s, const auto& a) { return app::open_proposal(s, a, id, {next, std::nullopt}); };
            }
            case 4:
                return [=](const auto& s, const auto& a) {
                    return app::object(s, a, id, "n" + std::to_string(number), "why not");
                };
            case 5:
                return [=](const auto& s, const auto& a) { return app::resolve(s, a, id, ""); };
            case 6:
                return pick(4) ? some_vote(id)
                               : [=](const auto& s, const auto& a) { return app::recuse(s, a, id, "mine"); };
            case 7:
                return pick(3) ? some_vote(id) : [=](const auto& s, const auto& a) { return app::postpone(s, a, id); };
            case 8:
                return [=](const auto& s, const auto& a) { return app::reopen(s, a, id); };
            case 9:
                return pick(4) ? some_vote(id) : [=](const auto& s, const auto& a) { return app::withdraw(s, a, id); };
            case 10:
                return [=](const auto& s, const auto& a) {
                    const int which = number % 3;
                    if (which == 0) return app::escalate(s, a, id, "stuck", "");
                    return which == 1 ? app::second(s, a, id) : app::appeal(s, a, id);
                };
            case 11:
                return some_revision(id, number);
            case 12:
            case 13:
                return [=](const auto& s, const auto& a) -> Result<app::Change> {
                    auto verdict = app::decide(s, a, id, "");
                    if (!verdict) return verdict.error();
                    if (!verdict->change) return Error{ErrorKind::refused, "open"};
                    return *verdict->change;
                };
            default:
                return some_vote(id);
        }
    }

    SmallWorld::Make some_vote(const RecordId& id) {
        const auto vote = std::vector{model::Vote::yes, model::Vote::yes, model::Vote::no,
                                      model::Vote::abstain}[static_cast<std::size_t>(pick(4))];
        return [=](const auto& s, const auto& a) { return app::vote(s, a, id, vote, ""); };
    }

    SmallWorld::Make some_revision(const RecordId& id, int number) {
        return [=](const app::State& s, const app::Act& a) -> Result<app::Change> {
            auto matter = s.matters().find(id);
            if (matter == s.matters().end()) return Error{ErrorKind::not_found, "none"};
            auto edited = s.with({{matter->second.folder() + "README.md", "# Text " + std::to_string(number) + "\n"}});
            if (!edited) return edited.error();
            return app::revise(s, **edited, a, id);
        };
    }

    std::mt19937 random_;
    SmallWorld world_;
    Instant now_ = *Instant::parse("2026-01-05T00:00:00Z");
    int number_ = 0;
    std::set<int> numbers_{0};
};

/// How many sequences of acts: GOVCTL_SEQUENCES=10000 takes some minutes.
unsigned sequences() {
    const char* many = std::getenv("GOVCTL_SEQUENCES");
    return many ? static_cast<unsigned>(std::strtoul(many, nullptr, 10)) : 200;
}

bool same_record(const std::string& path, const std::string& a, const std::string& b) {
    auto x = yaml::parse(path, a);
    auto y = yaml::parse(path, b);
    return x && y && yaml::same_value(x->root, y->root);
}

}  // namespace

TEST_CASE("what the acts make, the judge allows, over random histories") {
    unsigned allowed = 0;
    for (unsigned seed = 1; seed <= sequences(); ++seed) {
        INFO("seed " << seed);
        History history(seed);
        const int length = seed % 10 == 0 ? 120 : 30;
        for (int i = 0; i < length; ++i) allowed += history.step();
    }
    CHECK(allowed > 5 * sequences());
    if (sequences() > 1000) WARN(sequences() << " sequences, " << allowed << " acts allowed");
}

TEST_CASE("a stranger's hand changes nothing but comments, in random states") {
    int refused = 0;
    for (unsigned seed = 1; seed <= 25; ++seed) {
        INFO("seed " << seed);
        History history(seed);
        for (int i = 0; i < 40; ++i) history.step();
        SmallWorld& world = history.world();
        for (int i = 0; i < 30; ++i) {
            const auto& files = world.state().files();
            const std::string path = std::next(files.begin(), history.pick(static_cast<int>(files.size())))->path;
            if (!path.ends_with(".yaml")) continue;
            const std::string was = world.read(path);
            std::string is = was;
            is[static_cast<std::size_t>(history.pick(static_cast<int>(is.size())))] = "az09#:-{\n "[history.pick(10)];
            if (is == was) continue;
            const bool strict = path.find("/ballots/") != std::string::npos || path.starts_with("decisions/");
            const bool layout_only = !strict && same_record(path, was, is);
            INFO(path << "\n" << is);
            CHECK(world.judge("mallory", history.now().str(), {{path, is}}).empty() == layout_only);
            refused += !layout_only;
        }
    }
    CHECK(refused > 200);
}
