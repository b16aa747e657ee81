#include "certain.hpp"

#include "property/dice.hpp"
#include "support/catch.hpp"
#include "support/world.hpp"

/// `early: certain` against every completion, one after another, of up to seven voters.

using namespace govctl;
using namespace govctl::model;
using namespace govctl::rules;
using namespace govctl::testing;

namespace {

enum class Said { nothing, yes, no, abstain };

struct Voter {
    std::string handle;
    std::string organization;
    bool is_eligible = true;
    bool may_object = true;
    bool may_settle = false;
    Said said = Said::nothing;
    int objections = 0;  ///< standing
};

struct Case {
    Stage stage;
    std::vector<Voter> voters;
};

/// Judges one completion in the plainest way: a second opinion, written from the rules and not from the engine.
class Completion {
public:
    Completion(const Stage& stage, const std::vector<Voter>& voters, bool is_revote)
        : stage_(stage), voters_(voters), is_revote_(is_revote) {
        count();
    }

    std::string result() const {
        const std::int64_t objections = figures_[Count::objections];
        if (stage_.objection.effect == ObjectionRule::Effect::veto && objections > 0) return "objection";
        if (stage_.objection.effect == ObjectionRule::Effect::restart && objections > 0) return "stopped";
        if (stage_.quorum && !holds(*stage_.quorum, figures_)) return "quorum";
        const std::int64_t yes = figures_[Count::yes];
        const bool is_tied = yes == figures_[Count::no] && yes > 0;
        bool all = true, others = true, without_yes = true, compared = true, unobjected = true;
        std::vector<Condition> conditions = stage_.passes;
        if (stage_.objection.effect == ObjectionRule::Effect::block)
            conditions.push_back(*Condition::parse("objections = 0"));
        for (const Condition& condition : conditions) {
            if (holds(condition, figures_)) continue;
            const std::string text = condition.str();
            const bool compares = text == "yes > no" || text == "no < yes" || text == "yes != no";
            all = false;
            (compares ? compared : others) = false;
            if (!condition.names(Count::yes)) without_yes = false;
            if (condition.names(Count::objections) || condition.names(Count::objectors)) unobjected = false;
        }
        if (all) return "passes";
        if (is_tied && without_yes && !compared && stage_.tie.kind != TieRule::Kind::fails) {
            if (stage_.tie.kind == TieRule::Kind::revote && !is_revote_) return "revote";
            if (others && stage_.tie.kind != TieRule::Kind::revote && settles()) return "passes";
        }
        if (!unobjected) return "objection";
        return is_tied ? "tie" : "else";
    }

private:
    void count() {
        std::map<std::string, Votes> votes;
        for (const Voter& voter : voters_) {
            if (voter.may_object && voter.objections > 0) {
                figures_[Count::objections] += voter.objections;
                ++figures_[Count::objectors];
            }
            if (!voter.is_eligible) continue;
            ++figures_[Count::eligible];
            if (voter.said == Said::yes) ++votes[voter.organization].yes;
            if (voter.said == Said::no) ++votes[voter.organization].no;
            if (voter.said == Said::abstain) ++figures_[Count::abstain];
            if (voter.said != Said::nothing || (voter.may_object && voter.objections > 0)) ++figures_[Count::cast];
        }
        for (const auto& [organization, own] : votes) {
            const bool is_independent = organization == "independent";
            if (own.yes > 0 && !is_independent) ++figures_[Count::organizations];
            const Votes counted = stage_.cap && !is_independent ? capped(own, *stage_.cap) : own;
            figures_[Count::yes] += counted.yes;
            figures_[Count::no] += counted.no;
        }
        figures_[Count::decisive] = figures_[Count::yes] + figures_[Count::no];
        figures_[Count::missing] = figures_[Count::eligible] - figures_[Count::cast];
        figures_[Count::eligible_abstain] = figures_[Count::eligible] - figures_[Count::abstain];
    }

    bool settles() const {
        if (stage_.tie.kind == TieRule::Kind::passes) return true;
        Votes settling;
        std::map<std::string, Vote> votes;
        for (const Voter& voter : voters_) {
            if (voter.may_settle && voter.said == Said::yes) ++settling.yes;
            if (voter.may_settle && voter.said == Said::no) ++settling.no;
            if (!voter.is_eligible || voter.said == Said::nothing) continue;
            votes[voter.handle] = voter.said == Said::yes  ? Vote::yes
                                  : voter.said == Said::no ? Vote::no
                                                           : Vote::abstain;
        }
        if (stage_.tie.kind == TieRule::Kind::lot) return Pollster::lot_says_yes("text-1", votes);
        return settling.yes > settling.no;
    }

    const Stage& stage_;
    const std::vector<Voter>& voters_;
    bool is_revote_;
    Figures figures_;
};

/// Every completion, until two differ.
class BruteForce {
public:
    explicit BruteForce(const Case& all) : stage_(all.stage), voters_(all.voters) {
        for (const Voter& voter : voters_) undecided_.push_back(voter.said == Said::nothing);
    }

    /// What all completions agree on; empty: they do not.
    std::string result() {
        complete(0);
        return differs_ ? "" : shared_;
    }

private:
    void complete(std::size_t i) {
        if (differs_) return;
        if (i == voters_.size()) {
            const std::string result = Completion(stage_, voters_, false).result();
            if (shared_.empty()) shared_ = result;
            differs_ = shared_ != result;
            return;
        }
        Voter& voter = voters_[i];
        const Voter before = voter;
        const bool may_vote = undecided_[i] && (voter.is_eligible || voter.may_settle);
        const bool may_object = voter.may_object && (!voter.is_eligible || undecided_[i]);
        for (Said said : {Said::nothing, Said::yes, Said::no, Said::abstain}) {
            if (said != before.said && !may_vote) continue;
            for (int objections = 0; objections <= before.objections + may_object; ++objections) {
                voter.said = said;
                voter.objections = objections;
                complete(i + 1);
            }
        }
        voter = before;
    }

    const Stage& stage_;
    std::vector<Voter> voters_;
    std::vector<bool> undecided_;
    std::string shared_;
    bool differs_ = false;
};

std::string word_of(const std::optional<Verdict>& verdict) {
    if (!verdict) return "";
    switch (verdict->kind) {
        case Verdict::Kind::passes:
            return "passes";
        case Verdict::Kind::fails:
            return std::string(cause_word(verdict->cause));
        case Verdict::Kind::revotes:
            return "revote";
        case Verdict::Kind::stops:
            return "stopped";
        case Verdict::Kind::unsettled:
            return "unsettled";
    }
    return "";
}

/// What the engine says of the same people.
std::string engine_says(const Case& all) {
    World world;
    world.charter().roles = {
        {.name = "voter", .seats = {}}, {.name = "critic", .seats = {}}, {.name = "chair", .seats = {}}};
    for (const Voter& voter : all.voters) {
        world.person(voter.handle, "", voter.organization);
        if (voter.is_eligible) world.seat("voter", {voter.handle.c_str()});
        if (voter.may_object) world.seat("critic", {voter.handle.c_str()});
        if (voter.may_settle) world.seat("chair", {voter.handle.c_str()});
        if (voter.said == Said::yes) world.vote(voter.handle, "yes", "1h");
        if (voter.said == Said::no) world.vote(voter.handle, "no", "1h");
        if (voter.said == Said::abstain) world.vote(voter.handle, "abstain", "1h");
        for (int i = 0; i < voter.objections; ++i) world.object(voter.handle, std::to_string(i), "1h");
    }
    const Matter matter = world.matter();
    const Instant now = world.after("1h");
    const Round round = *Round::of(world.proposal, now);
    Pollster pollster(matter, world.people, round, now);
    Opening opening;
    opening.stage = &all.stage;
    opening.from = opening.electorate_from = opening.positions_since = round.opened;
    const Poll poll = pollster.poll(opening, Moment{now});
    return word_of(
        certain(Demands::of(all.stage, false), prospects_of(opening, poll, pollster, Moment{now}, "text-1")));
}

Case random_case(Dice& dice, int most_voters) {
    static const std::vector<std::string> conditions = {
        "yes > no",
        "no < yes",
        "yes >= 2",
        "yes > 1/2 of cast",
        "yes >= 2/3 of decisive",
        "yes > 1/2 of eligible",
        "yes >= eligible - 2",
        "no = 0",
        "no <= 1",
        "no < 3",
        "objections = 0",
        "objections <= 1",
        "objections != 1",
        "objectors < 2",
        "cast >= 3",
        "missing <= 2",
        "missing = 0",
        "abstain < 2",
        "cast >= 1/2 of eligible",
        "yes >= sqrt(eligible)",
        "yes > 1/2 of eligible-abstain",
        "decisive >= 2",
        "cast != 4",
        "yes >= min(3, ceil(1/2 of cast))",
        "objections <= 1/2 of cast",
        "organizations >= 2",
        "yes = no",
        "yes != no",
    };
    Case made;
    made.stage.by = terms({"role voter"});
    made.stage.objection.by = terms({"role critic"});
    for (int i = dice.between(0, 3); i > 0; --i) made.stage.passes.push_back(*Condition::parse(dice.of(conditions)));
    if (dice.one_in(3)) made.stage.quorum = *Condition::parse(dice.of(conditions));
    if (dice.one_in(2))
        made.stage.objection.effect = dice.of(
            std::vector{ObjectionRule::Effect::block, ObjectionRule::Effect::veto, ObjectionRule::Effect::restart});
    made.stage.tie = *TieRule::parse(
        dice.of(std::vector<std::string>{"fails", "passes", "lot", "revote", "casting-vote role chair"}));
    if (dice.one_in(5)) made.stage.cap = dice.between(1, 3);
    const int voters = dice.between(1, most_voters);
    for (int i = 0; i < voters; ++i) {
        Voter voter;
        voter.handle = "p" + std::to_string(i);
        voter.organization = dice.of(std::vector<std::string>{"acme", "zoo", "independent"});
        voter.is_eligible = !dice.one_in(5);
        voter.may_object = !dice.one_in(3);
        voter.may_settle = voter.is_eligible && dice.one_in(3);
        if (voter.is_eligible && !dice.one_in(4)) voter.said = dice.of(std::vector{Said::yes, Said::no, Said::abstain});
        if (voter.may_object && dice.one_in(4)) voter.objections = dice.between(1, 2);
        made.voters.push_back(voter);
    }
    // One whose only word is a casting vote.
    if (dice.one_in(3))
        made.voters.push_back(
            {"zed", "acme", false, false, true, dice.of(std::vector{Said::nothing, Said::yes, Said::no}), 0});
    return made;
}

std::string told(const Case& all) {
    std::string text =
        "tie " + all.stage.tie.str() + ", effect " + std::to_string(static_cast<int>(all.stage.objection.effect));
    if (all.stage.cap) text += ", cap " + std::to_string(*all.stage.cap);
    if (all.stage.quorum) text += ", quorum " + all.stage.quorum->str();
    for (const Condition& condition : all.stage.passes) text += ", " + condition.str();
    for (const Voter& voter : all.voters)
        text += "; " + voter.handle + " " + voter.organization + (voter.is_eligible ? " eligible" : "") +
                (voter.may_object ? " critic" : "") + (voter.may_settle ? " chair" : "") + " said " +
                std::to_string(static_cast<int>(voter.said)) + " objections " + std::to_string(voter.objections);
    return text;
}

}  // namespace

TEST_CASE("certain is what every completion says") {
    Dice dice(1);
    std::map<std::string, int> seen;
    for (int i = 0; i < 40'000; ++i) {
        const Case made = random_case(dice, i % 20 == 0 ? 7 : 5);
        const std::string expected = BruteForce(made).result();
        ++seen[expected];
        INFO(told(made));
        REQUIRE(engine_says(made) == expected);
    }
    // The dice must not have missed a whole kind of result.
    for (const char* result : {"", "passes", "quorum", "tie", "else", "revote"}) {
        CAPTURE(result);
        CHECK(seen[result] > 10);
    }
}

TEST_CASE("certain is quick for a thousand undecided voters") {
    Prospects prospects;
    prospects.fixed[Count::eligible] = 2000;
    prospects.fixed[Count::yes] = 600;
    prospects.fixed[Count::no] = 400;
    prospects.fixed[Count::decisive] = prospects.fixed[Count::cast] = 1000;
    for (int i = 0; i < 1000; ++i) prospects.undecided.push_back({std::to_string(i), "", true, true, false, 0});
    const struct {
        const char* quorum;
        const char* passes;
        bool is_certain;
    } cases[] = {
        {"cast >= 1/2 of eligible", "yes > no", false},
        {"cast >= 1/2 of eligible", "yes > 1/4 of eligible", true},
        {"cast >= 1/2 of eligible", "yes >= 3/10 of cast", true},
        {"cast >= 1/2 of eligible", "yes > 3/10 of cast", false},
        {"cast > 1/2 of eligible", "yes > 1/4 of eligible", false},
        {"cast >= sqrt(eligible)", "objections <= 1000", true},
        {"cast >= sqrt(eligible)", "objectors < 1000", false},
        {"missing <= 1000", "no <= 1400", true},
        {"missing <= 1000", "no < 1400", false},
        {"missing <= 1000", "yes > 9/10 of eligible", false},  // lost, but perhaps by a tie
    };
    for (const auto& each : cases) {
        CAPTURE(each.quorum, each.passes);
        Demands demands;
        demands.quorum = *Condition::parse(each.quorum);
        demands.passes = {*Condition::parse(each.passes)};
        CHECK(certain(demands, prospects).has_value() == each.is_certain);
    }
}
