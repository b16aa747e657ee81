#include "certain.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace govctl::rules {

using model::Count;
using model::ObjectionRule;
using model::TieRule;
using model::Vote;

/// More ways than this to divide the votes are not gone through.
static constexpr std::int64_t most_ways = 65'536;

/// In how many ways may n people alike say yes, no, abstain or nothing?
static std::int64_t ways_of(std::int64_t n) {
    static constexpr std::int64_t many = 100;  // beyond, the product is far too large whatever it is
    return n > many ? most_ways + 1 : (n + 1) * (n + 2) * (n + 3) / 6;
}

/// Whether a yes is a yes whoever says it.
static bool votes_count_alike(const Demands& demands, const std::optional<std::int64_t>& cap) {
    return !cap && !demands.name(Count::organizations);
}

bool is_plainly_open(const Demands& demands, const Opening& opening, const Poll& poll) {
    const auto undecided = static_cast<std::int64_t>(poll.franchise->eligible.size() - poll.votes.size());
    if (!votes_count_alike(demands, opening.stage->cap)) return ways_of(undecided) > most_ways;
    std::optional<Verdict> shared;
    for (Count said : {Count::missing, Count::yes, Count::no, Count::abstain}) {
        Figures figures = poll.figures;
        const std::int64_t heard = said == Count::missing ? 0 : undecided;
        if (heard > 0) figures[said] += heard;
        figures[Count::cast] = static_cast<std::int64_t>(poll.votes.size()) + heard;
        figures[Count::missing] = undecided - heard;
        figures[Count::decisive] = figures[Count::yes] + figures[Count::no];
        figures[Count::eligible_abstain] = figures[Count::eligible] - figures[Count::abstain];
        figures[Count::objections] = figures[Count::objectors] = 0;
        const std::optional<Verdict> verdict = judge(demands, figures, figures, std::nullopt).verdict;
        if (!verdict || verdict->kind == Verdict::Kind::unsettled) continue;
        if (shared && *shared != *verdict) return true;
        shared = verdict;
    }
    return false;
}

Prospects prospects_of(const Opening& opening, const Poll& poll, const Pollster& pollster, Moment moment,
                       const std::string& text) {
    const Franchise& franchise = *poll.franchise;
    const auto may_settle = [&](const std::string& handle) {
        return std::binary_search(franchise.may_settle.begin(), franchise.may_settle.end(), handle);
    };
    Prospects prospects;
    prospects.fixed = poll.figures;
    prospects.fixed[Count::cast] = static_cast<std::int64_t>(poll.votes.size());
    prospects.by_family = poll.by_family;
    prospects.cap = opening.stage->cap;
    prospects.votes = poll.votes_by_voter();
    prospects.tie = opening.stage->tie.kind;
    prospects.text = text;
    for (const std::string& handle : franchise.eligible) {
        const int standing = poll.objections_of(handle);
        const std::string* family = franchise.family(handle);
        if (!poll.has_voted(handle))
            prospects.undecided.push_back(
                {handle, family ? *family : "", true, franchise.is_objector(handle), may_settle(handle), standing});
        else if (standing > 0)
            prospects.others.push_back(standing);
    }
    for (const std::string& handle : franchise.may_object)
        if (!franchise.is_eligible(handle)) prospects.others.push_back(poll.objections_of(handle) + 1);
    for (const std::string& handle : franchise.may_settle) {
        const auto vote = pollster.position(handle, opening, moment);
        if (vote == Vote::yes) ++prospects.settling.yes;
        if (vote == Vote::no) ++prospects.settling.no;
        if (!vote && !franchise.is_eligible(handle)) prospects.undecided.push_back({handle, "", false, false, true, 0});
    }
    return prospects;
}

namespace {

struct Range {
    std::int64_t low = 0;
    std::int64_t high = 0;

    bool is_point() const { return low == high; }
    bool is_empty() const { return low > high; }
};

/// Completions by what they count: new votes of each kind, silent people with an objection, objectors, objections.
enum Dimension { yes, no, abstain, silent, objectors, objections, dimensions };
using Box = std::array<Range, dimensions>;

/// Completions whose votes are free (everyone without a position) or given, and whose objections are free.
class Scenario {
public:
    /// Of `voters` any may vote. `capacities` has the objections that each of those may have who may object besides,
    /// `others` those of the people who do not vote any more.
    static Scenario with_free_votes(const Figures& fixed, std::int64_t voters, std::vector<int> capacities,
                                    std::vector<int> others) {
        return Scenario(fixed, voters, voters, 0, std::move(capacities), std::move(others));
    }

    /// The votes are in `fixed`; `given` of those who may object besides have voted.
    static Scenario with_given_votes(const Figures& fixed, std::int64_t given, std::vector<int> capacities,
                                     std::vector<int> others) {
        const std::int64_t voters = size(capacities);
        return Scenario(fixed, 0, voters, given, std::move(capacities), std::move(others));
    }

    Box whole() const {
        const Range votes{0, free_};
        const Range people{0, may_object_ + others_};
        return {
            votes, votes, votes, Range{0, may_object_}, people, Range{0, most_objections(0, people.high, may_object_)}};
    }

    /// Shrinks the box to what its other sides leave; an empty side means that it holds no completion.
    void tighten(Box& box) const {
        for (Dimension each : {yes, no, abstain}) {
            std::int64_t rest = free_;
            for (Dimension other : {yes, no, abstain})
                if (other != each) rest -= box[other].low;
            box[each].high = std::min(box[each].high, rest);
        }
        box[silent].high = std::min(box[silent].high, voters_ - given_ - votes(box).low);
        box[objectors].low = std::max(box[objectors].low, box[silent].low);
        box[objections].low = std::max(box[objections].low, box[objectors].low);
        box[objectors].high = std::min(box[objectors].high, box[objections].high);
        box[silent].high = std::min(box[silent].high, box[objectors].high);
    }

    /// Whether some completion lies in the box. The more people vote, the fewer are left to object in silence and the
    /// more may object beside their vote: for each number of silent objectors the largest number of votes serves best.
    bool is_possible(const Box& box) const {
        for (const Range& side : box)
            if (side.is_empty()) return false;
        const Range cast = votes(box);
        for (std::int64_t k = box[silent].low; k <= std::min(box[silent].high, may_object_); ++k) {
            const std::int64_t voted = std::min(cast.high, voters_ - given_ - k);
            if (voted < cast.low) return false;
            const std::int64_t aloud = std::min(may_object_ - k, given_ + voted);
            const std::int64_t fewest = std::max(box[objectors].low, k);
            const std::int64_t most = std::min({box[objectors].high, k + aloud + others_, box[objections].high});
            if (fewest <= most && most_objections(k, most, aloud) >= box[objections].low) return true;
        }
        return false;
    }

    Figures low(const Box& box) const {
        return figures(
            box, [](const Range& side) { return side.low; }, [](const Range& side) { return side.high; });
    }
    Figures high(const Box& box) const {
        return figures(
            box, [](const Range& side) { return side.high; }, [](const Range& side) { return side.low; });
    }

private:
    Scenario(const Figures& fixed, std::int64_t free, std::int64_t voters, std::int64_t given,
             std::vector<int> capacities, std::vector<int> others)
        : fixed_(fixed),
          free_(free),
          voters_(voters),
          given_(given),
          may_object_(size(capacities)),
          others_(size(others)) {
        sort_and_sum(std::move(capacities), std::move(others));
    }

    static std::int64_t size(const std::vector<int>& list) { return static_cast<std::int64_t>(list.size()); }

    Range votes(const Box& box) const {
        return {box[yes].low + box[no].low + box[abstain].low,
                std::min(box[yes].high + box[no].high + box[abstain].high, free_)};
    }

    /// `end` is one end of every side and `other_end` the other, for the counts that fall while those rise.
    template <class End, class OtherEnd>
    Figures figures(const Box& box, End end, OtherEnd other_end) const {
        Figures figures = fixed_;
        figures[Count::yes] += end(box[yes]);
        figures[Count::no] += end(box[no]);
        figures[Count::abstain] += end(box[abstain]);
        figures[Count::decisive] = figures[Count::yes] + figures[Count::no];
        const auto cast = [&](auto which) {
            return std::min(fixed_[Count::cast] + which(votes(box)) + which(box[silent]), fixed_[Count::eligible]);
        };
        figures[Count::cast] = cast(end);
        figures[Count::missing] = fixed_[Count::eligible] - cast(other_end);
        figures[Count::eligible_abstain] = fixed_[Count::eligible] - fixed_[Count::abstain] - other_end(box[abstain]);
        figures[Count::objectors] = end(box[objectors]);
        figures[Count::objections] = end(box[objections]);
        return figures;
    }

    void sort_and_sum(std::vector<int> own, std::vector<int> others) {
        const auto sums_of = [](std::vector<int>& list) {
            std::sort(list.rbegin(), list.rend());
            std::vector<std::int64_t> sums(list.size() + 1, 0);
            std::partial_sum(list.begin(), list.end(), sums.begin() + 1);
            return sums;
        };
        own_sums_ = sums_of(own);
        other_sums_ = sums_of(others);
        best_own_ = {0};
        std::size_t from_own = 0;
        for (std::size_t taken = 0; taken < own.size() + others.size(); ++taken) {
            const std::size_t from_others = taken - from_own;
            if (from_own < own.size() && (from_others >= others.size() || own[from_own] >= others[from_others]))
                ++from_own;
            best_own_.push_back(static_cast<std::int64_t>(from_own));
        }
    }

    /// The most objections that `people` objectors can have, of whom `silent_ones` are silent and at most `aloud` more
    /// vote. The gain of each further person only falls, so the best split is the free one, moved as little as it must.
    std::int64_t most_objections(std::int64_t silent_ones, std::int64_t people, std::int64_t aloud) const {
        const std::int64_t least = std::max(silent_ones, people - others_);
        const std::int64_t most = std::min({silent_ones + aloud, people, may_object_});
        const std::int64_t own = std::max(least, std::min(most, best_own_[static_cast<std::size_t>(people)]));
        return own_sums_[static_cast<std::size_t>(own)] + other_sums_[static_cast<std::size_t>(people - own)];
    }

    Figures fixed_;
    std::int64_t free_;        ///< votes not given yet
    std::int64_t voters_;      ///< who may or did vote
    std::int64_t given_;       ///< of those, have voted
    std::int64_t may_object_;  ///< of those, may object
    std::int64_t others_;
    std::vector<std::int64_t> own_sums_;  ///< objections of the first n of those who may vote, most first
    std::vector<std::int64_t> other_sums_;
    std::vector<std::int64_t> best_own_;  ///< of the n people with most objections, how many may vote
};

/// Gathers the verdicts of completions, and stops caring once two differ.
class Agreement {
public:
    bool is_broken() const { return is_broken_; }
    bool is_unsettled() const { return is_unsettled_; }
    void give_up() { is_broken_ = true; }

    void add(const Verdict& verdict) {
        if (verdict.kind == Verdict::Kind::unsettled)
            is_unsettled_ = true;
        else if (!shared_)
            shared_ = verdict;
        else if (*shared_ != verdict)
            is_broken_ = true;
    }

    std::optional<Verdict> shared() const { return is_broken_ || is_unsettled_ ? std::nullopt : shared_; }

private:
    std::optional<Verdict> shared_;
    bool is_broken_ = false;
    bool is_unsettled_ = false;
};

/// The widest side of a box that bears on one of the counts; none: all of them are points.
std::optional<Dimension> side_to_halve(const Box& box, const std::vector<Count>& open) {
    std::optional<Dimension> widest;
    const auto offer = [&](std::initializer_list<Dimension> sides) {
        for (Dimension side : sides)
            if (!box[side].is_point() &&
                (!widest || box[side].high - box[side].low > box[*widest].high - box[*widest].low))
                widest = side;
    };
    for (Count count : open) {
        switch (count) {
            case Count::yes:
                offer({yes});
                break;
            case Count::no:
                offer({no});
                break;
            case Count::abstain:
            case Count::eligible_abstain:
                offer({abstain});
                break;
            case Count::decisive:
                offer({yes, no});
                break;
            case Count::cast:
            case Count::missing:
                offer({yes, no, abstain, silent});
                break;
            case Count::objections:
                offer({objections});
                break;
            case Count::objectors:
                offer({objectors});
                break;
            default:
                break;
        }
    }
    return widest;
}

/// Judges whole boxes of completions at once, halving those of which the judgement still hangs on a count.
void search(const Demands& demands, const Scenario& scenario, std::optional<bool> settled, Agreement& agreement) {
    static constexpr int most_boxes = 200'000;
    std::vector<Box> open = {scenario.whole()};
    for (int seen = 0; !open.empty() && !agreement.is_broken(); ++seen) {
        if (seen == most_boxes) return agreement.give_up();
        Box box = open.back();
        open.pop_back();
        scenario.tighten(box);
        if (!scenario.is_possible(box)) continue;
        const Judgement judgement = judge(demands, scenario.low(box), scenario.high(box), settled);
        if (judgement.verdict) {
            agreement.add(*judgement.verdict);
            continue;
        }
        const std::optional<Dimension> side = side_to_halve(box, judgement.open);
        if (!side) return agreement.give_up();
        const std::int64_t middle = box[*side].low + (box[*side].high - box[*side].low) / 2;
        Box upper = box;
        box[*side].high = middle;
        upper[*side].low = middle + 1;
        open.push_back(upper);
        open.push_back(box);
    }
}

/// Every vote counts as every other.
void search_by_counts(const Demands& demands, const Prospects& prospects, Agreement& agreement) {
    std::vector<int> capacities;
    std::int64_t voters = 0;
    for (const Undecided& each : prospects.undecided) {
        if (!each.is_eligible) continue;
        ++voters;
        if (each.may_object) capacities.push_back(each.standing + 1);
    }
    const Scenario scenario =
        Scenario::with_free_votes(prospects.fixed, voters, std::move(capacities), prospects.others);
    search(demands, scenario, std::nullopt, agreement);
}

/// Where it matters who votes: every way in which each kind of people may divide its votes, one after another.
class Enumeration {
public:
    Enumeration(const Demands& demands, const Prospects& prospects, Agreement& agreement)
        : demands_(demands), prospects_(prospects), agreement_(agreement) {
        for (const Undecided& each : prospects.undecided) add(each);
    }

    void run() {
        if (is_too_much())
            agreement_.give_up();
        else
            divide(0);
    }

private:
    /// People who may be exchanged for each other, and how they divide their votes.
    struct Kind {
        Undecided alike;
        std::vector<std::string> handles;
        std::int64_t said_yes = 0;
        std::int64_t said_no = 0;
        std::int64_t abstained = 0;

        std::int64_t size() const { return static_cast<std::int64_t>(handles.size()); }
        std::int64_t voted() const { return said_yes + said_no + abstained; }
    };

    void add(const Undecided& person) {
        Undecided alike = person;
        if (prospects_.tie != TieRule::Kind::lot) alike.handle.clear();  // a lot knows the voters by name
        alike.standing = 0;                                              // objections are counted for all together
        for (Kind& kind : kinds_)
            if (kind.alike == alike) return kind.handles.push_back(person.handle);
        kinds_.push_back({std::move(alike), {person.handle}});
    }

    bool is_too_much() const {
        std::int64_t ways = 1;
        for (const Kind& kind : kinds_) {
            ways *= ways_of(kind.size());
            if (ways > most_ways) return true;
        }
        return false;
    }

    void divide(std::size_t at) {
        if (agreement_.is_broken()) return;
        if (at == kinds_.size()) return look();
        Kind& kind = kinds_[at];
        for (kind.said_yes = 0; kind.said_yes <= kind.size(); ++kind.said_yes)
            for (kind.said_no = 0; kind.said_yes + kind.said_no <= kind.size(); ++kind.said_no)
                for (kind.abstained = 0; kind.voted() <= kind.size(); ++kind.abstained) divide(at + 1);
    }

    /// One division of all votes; objections are still free.
    void look() {
        Figures figures = prospects_.fixed;
        VotesByFamily votes = prospects_.by_family;
        Votes settling = prospects_.settling;
        std::vector<int> capacities;
        std::int64_t objectors_voted = 0;
        for (const Kind& kind : kinds_) {
            if (kind.alike.may_settle) {
                settling.yes += kind.said_yes;
                settling.no += kind.said_no;
            }
            if (!kind.alike.is_eligible) continue;
            votes[kind.alike.family].yes += kind.said_yes;
            votes[kind.alike.family].no += kind.said_no;
            figures[Count::abstain] += kind.abstained;
            figures[Count::cast] += kind.voted();
            if (kind.alike.may_object) objectors_voted += kind.voted();
        }
        for (const Undecided& each : prospects_.undecided)
            if (each.is_eligible && each.may_object) capacities.push_back(each.standing + 1);
        count_votes(figures, votes, prospects_.cap);
        const Scenario scenario =
            Scenario::with_given_votes(figures, objectors_voted, std::move(capacities), prospects_.others);
        search(demands_, scenario, settlement(figures, settling), agreement_);
    }

    std::optional<bool> settlement(const Figures& figures, const Votes& settling) const {
        if (!is_tied(figures)) return std::nullopt;
        if (prospects_.tie == TieRule::Kind::casting_vote) return settling.yes > settling.no;
        if (prospects_.tie == TieRule::Kind::lot) return Pollster::lot_says_yes(prospects_.text, all_votes());
        return std::nullopt;
    }

    std::map<std::string, Vote> all_votes() const {
        std::map<std::string, Vote> votes = prospects_.votes;
        for (const Kind& kind : kinds_) {
            if (!kind.alike.is_eligible) continue;
            if (kind.said_yes > 0) votes.emplace(kind.handles.front(), Vote::yes);
            if (kind.said_no > 0) votes.emplace(kind.handles.front(), Vote::no);
            if (kind.abstained > 0) votes.emplace(kind.handles.front(), Vote::abstain);
        }
        return votes;
    }

    const Demands& demands_;
    const Prospects& prospects_;
    Agreement& agreement_;
    std::vector<Kind> kinds_;
};

}  // namespace

std::optional<Verdict> certain(const Demands& demands, const Prospects& prospects) {
    if (votes_count_alike(demands, prospects.cap)) {
        Agreement agreement;
        search_by_counts(demands, prospects, agreement);
        if (agreement.is_broken() || !agreement.is_unsettled()) return agreement.shared();
    }
    Agreement agreement;
    Enumeration(demands, prospects, agreement).run();
    return agreement.shared();
}

}  // namespace govctl::rules
