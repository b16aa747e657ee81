#include <functional>
#include <map>
#include <numeric>
#include <set>

#include "property/dice.hpp"
#include "support/ballot_text.hpp"
#include "support/catch.hpp"

/// Laws of counting, over many random elections, and stored elections where a method is known to break one.

using namespace govctl;
using namespace govctl::tally;
using namespace govctl::testing;

namespace {

using Ranks = std::vector<std::uint32_t>;

struct Election {
    std::size_t width = 0;
    std::vector<std::pair<Ranks, std::uint64_t>> rows;
};

Election random_election(Dice& dice, bool with_ties) {
    Election election;
    election.width = static_cast<std::size_t>(dice.between(2, 5));
    for (int row = dice.between(1, 9); row > 0; --row) {
        Ranks ranks(election.width);
        std::iota(ranks.begin(), ranks.end(), 1U);
        dice.shuffle(ranks);
        for (std::uint32_t& rank : ranks) {
            if (with_ties && dice.one_in(4)) rank = static_cast<std::uint32_t>(dice.between(1, 3));
            if (with_ties && dice.one_in(6)) rank = 0;
        }
        election.rows.emplace_back(ranks, static_cast<std::uint64_t>(dice.between(1, 5)));
    }
    return election;
}

/// Names that do not depend on the place, so that a lot falls alike: `of[i]` is who stands at place i.
Ballots ballots_of(const Election& election, const std::vector<std::size_t>& of, Marks marks) {
    std::vector<std::string> names;
    for (std::size_t who : of) names.push_back(std::string(1, static_cast<char>('a' + who)));
    Ballots ballots(marks, names);
    for (const auto& [ranks, weight] : election.rows) {
        Ranks placed;
        std::vector<std::optional<std::uint32_t>> scores;
        for (std::size_t who : of) {
            placed.push_back(ranks[who]);
            scores.push_back(ranks[who] == 0 ? std::nullopt : std::optional(6 - ranks[who]));
        }
        if (marks == Marks::ranks)
            ballots.add_ranks(placed, weight);
        else
            ballots.add_scores(scores, weight);
    }
    return ballots;
}

std::vector<std::size_t> identity(std::size_t width) {
    std::vector<std::size_t> of(width);
    std::iota(of.begin(), of.end(), 0);
    return of;
}

bool fills_several(Method method) {
    return method != Method::condorcet && method != Method::irv && method != Method::star &&
           method != Method::schulze_dropping;
}

Question asking(Method method, std::size_t seats = 1) {
    Question question;
    question.method = method;
    question.seats = fills_several(method) ? seats : 1;
    if (marks_of(method) == Marks::ranks) question.unranked = Unranked::last;
    if (method == Method::schulze_dropping) question.default_option = 0;
    return question;
}

Tally counted(const Ballots& ballots, const Question& question) {
    auto tally = count(ballots, question);
    REQUIRE(tally);
    return *tally;
}

std::set<std::string> names(const Ballots& ballots, const std::vector<Candidate>& candidates) {
    std::set<std::string> all;
    for (Candidate each : candidates) all.insert(ballots.candidates()[each]);
    return all;
}

/// Who wins, or may: those elected and those tied.
std::set<std::string> winners(const Ballots& ballots, const Question& question) {
    const Tally tally = counted(ballots, question);
    std::set<std::string> all = names(ballots, tally.elected);
    if (tally.tie) all.merge(names(ballots, tally.tie->between));
    return all;
}

std::set<std::string> winners(const Election& election, Method method) {
    return winners(ballots_of(election, identity(election.width), marks_of(method)), asking(method));
}

const std::vector<Method> condorcet_methods = {
    Method::schulze,   Method::schulze_margins, Method::schulze_wl,    Method::ranked_pairs,     Method::minimax,
    Method::condorcet, Method::copeland,        Method::condorcet_irv, Method::schulze_dropping,
};
const std::vector<Method> majority_methods = {
    Method::schulze,   Method::schulze_margins, Method::schulze_wl,       Method::ranked_pairs, Method::minimax,
    Method::condorcet, Method::copeland,        Method::condorcet_irv,    Method::irv,          Method::plurality,
    Method::stv_meek,  Method::stv_scottish,    Method::schulze_dropping,
};

}  // namespace

TEST_CASE("the order of ballots and how they are grouped do not matter") {
    Dice dice(1);
    for (int round = 0; round < 150; ++round) {
        const Election election = random_election(dice, true);
        Election apart;
        apart.width = election.width;
        for (const auto& [ranks, weight] : election.rows)
            for (std::uint64_t i = 0; i < weight; ++i) apart.rows.emplace_back(ranks, 1);
        dice.shuffle(apart.rows);
        for (Method method : all_methods()) {
            INFO(method_word(method) << " round " << round);
            const auto of = identity(election.width);
            const Question question = asking(method, 2);
            const Tally together = counted(ballots_of(election, of, marks_of(method)), question);
            const Tally single = counted(ballots_of(apart, of, marks_of(method)), question);
            CHECK(together.order == single.order);
            CHECK(together.elected == single.elected);
            CHECK(together.tie == single.tie);
            CHECK(together.pairwise == single.pairwise);
            CHECK(together.steps == single.steps);
        }
    }
}

TEST_CASE("candidates in another order get the same result") {
    Dice dice(2);
    for (int round = 0; round < 150; ++round) {
        const Election election = random_election(dice, true);
        std::vector<std::size_t> of = identity(election.width);
        const std::vector<std::size_t> as_given = of;
        dice.shuffle(of);
        for (Method method : all_methods()) {
            for (auto kind : {TieBreak::Kind::report, TieBreak::Kind::lot}) {
                INFO(method_word(method) << " round " << round);
                Question question = asking(method, 2);
                question.tie = {kind, {}, "seed"};
                const Ballots given = ballots_of(election, as_given, marks_of(method));
                const Ballots moved = ballots_of(election, of, marks_of(method));
                const Tally one = counted(given, question);
                if (question.default_option)
                    question.default_option = static_cast<Candidate>(std::find(of.begin(), of.end(), 0) - of.begin());
                const Tally other = counted(moved, question);
                CHECK(names(given, one.elected) == names(moved, other.elected));
                CHECK(one.tie.has_value() == other.tie.has_value());
                if (one.tie && other.tie) {
                    CHECK(names(given, one.tie->between) == names(moved, other.tie->between));
                    CHECK(one.tie->seats == other.tie->seats);
                }
                if (kind == TieBreak::Kind::lot) CHECK(!one.tie);
            }
        }
    }
}

TEST_CASE("every seat is filled, tied, or beyond who stands") {
    Dice dice(3);
    for (int round = 0; round < 200; ++round) {
        const Election election = random_election(dice, true);
        const auto seats = static_cast<std::size_t>(dice.between(1, 4));
        for (Method method : all_methods()) {
            if (method == Method::condorcet || method == Method::schulze_dropping) continue;
            INFO(method_word(method) << " round " << round);
            const Ballots ballots = ballots_of(election, identity(election.width), marks_of(method));
            const Question question = asking(method, seats);
            const Tally tally = counted(ballots, question);
            const std::size_t open = tally.tie ? tally.tie->seats : 0;
            CHECK(tally.elected.size() + open == std::min(question.seats, election.width));
            CHECK((!tally.tie || tally.tie->between.size() > open));
            std::vector<Candidate> placed;
            for (const auto& tier : tally.order) placed.insert(placed.end(), tier.begin(), tier.end());
            std::sort(placed.begin(), placed.end());
            CHECK(placed == identity(election.width));
        }
    }
}

TEST_CASE("whom a majority puts first wins; who beats each of the others wins where pairs are compared") {
    Dice dice(4);
    int majorities = 0;
    int beating_all = 0;
    for (int round = 0; round < 400; ++round) {
        const Election election = random_election(dice, false);
        const Ballots ballots = ballots_of(election, identity(election.width), Marks::ranks);
        const Matrix pairs = pairwise(ballots, Unranked::last);
        for (Candidate each = 0; each < election.width; ++each) {
            std::uint64_t first = 0;
            for (const auto& [ranks, weight] : election.rows)
                if (ranks[each] == 1) first += weight;
            bool beats_all = true;
            for (Candidate other = 0; other < election.width; ++other)
                if (each != other && pairs.at(each, other) <= pairs.at(other, each)) beats_all = false;
            const std::set<std::string> sole{ballots.candidates()[each]};
            if (2 * first > ballots.count()) {
                ++majorities;
                for (Method method : majority_methods) {
                    INFO(method_word(method) << " round " << round);
                    CHECK(winners(election, method) == sole);
                }
            }
            if (beats_all) {
                ++beating_all;
                for (Method method : condorcet_methods) {
                    INFO(method_word(method) << " round " << round);
                    CHECK(winners(election, method) == sole);
                }
            }
        }
    }
    CHECK(majorities > 50);
    CHECK(beating_all > 100);
}

TEST_CASE("schulze against all ways there are, and the Schwartz set against its definition") {
    Dice dice(5);
    for (int round = 0; round < 200; ++round) {
        const Election election = random_election(dice, true);
        const Ballots ballots = ballots_of(election, identity(election.width), Marks::ranks);
        const Tally tally = counted(ballots, asking(Method::schulze));
        const Matrix& pairs = *tally.pairwise;
        const auto link = [&](Candidate a, Candidate b) {
            return pairs.at(a, b) > pairs.at(b, a) ? pairs.at(a, b) : std::uint64_t{0};
        };
        // The strongest of all ways without a circle, one by one.
        std::function<std::uint64_t(Candidate, Candidate, std::set<Candidate>)> strongest =
            [&](Candidate from, Candidate to, std::set<Candidate> seen) {
                std::uint64_t best = link(from, to);
                seen.insert(from);
                for (Candidate via = 0; via < election.width; ++via)
                    if (via != to && seen.count(via) == 0)
                        best = std::max(best, std::min(link(from, via), strongest(via, to, seen)));
                return best;
            };
        Matrix expected(election.width);
        for (Candidate a = 0; a < election.width; ++a)
            for (Candidate b = 0; b < election.width; ++b)
                if (a != b) expected.at(a, b) = strongest(a, b, {});
        CHECK(tally.strengths == expected);

        const auto beats = [&](Candidate a, Candidate b) { return strongest(a, b, {}) > 0; };
        std::vector<Candidate> schwartz;
        for (Candidate a = 0; a < election.width; ++a) {
            bool is_in = true;
            for (Candidate b = 0; b < election.width; ++b)
                if (a != b && beats(b, a) && !beats(a, b)) is_in = false;
            if (is_in) schwartz.push_back(a);
        }
        // Without quorum and with a default option below all, A.5 begins with the Schwartz set of all the others.
        Election below = election;
        ++below.width;
        for (auto& [ranks, weight] : below.rows) {
            for (std::uint32_t& rank : ranks)
                if (rank == 0) rank = 90;
            ranks.push_back(99);
        }
        Question question = asking(Method::schulze_dropping);
        question.default_option = election.width;
        const Ballots with_default = ballots_of(below, identity(below.width), Marks::ranks);
        const Tally dropping = counted(with_default, question);
        REQUIRE(!dropping.steps.empty());
        CHECK(dropping.steps.front().is == "schwartz");
        CHECK(dropping.steps.front().of == schwartz);
    }
}

TEST_CASE("one more vote for a winner does not unseat them where a method is monotone") {
    Dice dice(6);
    const std::vector<Method> monotone = {Method::schulze,   Method::schulze_margins, Method::ranked_pairs,
                                          Method::plurality, Method::copeland,        Method::condorcet,
                                          Method::score,     Method::approval,        Method::minimax};
    for (int round = 0; round < 300; ++round) {
        Election election = random_election(dice, false);
        for (Method method : monotone) {
            const std::set<std::string> before = winners(election, method);
            if (before.size() != 1) continue;
            const auto winner = static_cast<Candidate>(before.begin()->front() - 'a');
            Election raised = election;
            auto& [ranks, weight] =
                raised.rows[static_cast<std::size_t>(dice.below(static_cast<int>(raised.rows.size())))];
            for (std::uint32_t& rank : ranks)
                if (rank < ranks[winner]) ++rank;
            ranks[winner] = 1;
            INFO(method_word(method) << " round " << round);
            CHECK(winners(raised, method).count(*before.begin()) == 1);
        }
    }
}

TEST_CASE("a clone changes nothing where a method is independent of clones") {
    Dice dice(7);
    int tried = 0;
    for (int round = 0; round < 300; ++round) {
        const Election election = random_election(dice, false);
        // One candidate becomes two, side by side on every ballot, the first ahead on most.
        const auto original = static_cast<Candidate>(dice.below(static_cast<int>(election.width)));
        Election cloned = election;
        ++cloned.width;
        for (auto& [ranks, weight] : cloned.rows) {
            const std::uint32_t at = ranks[original];
            for (std::uint32_t& rank : ranks)
                if (rank > at) ++rank;
            const bool is_behind = dice.one_in(3);
            ranks.push_back(is_behind ? at : at + 1);
            if (is_behind) ++ranks[original];
        }
        const std::string clone(1, static_cast<char>('a' + election.width));
        for (Method method : {Method::schulze, Method::schulze_margins, Method::irv, Method::ranked_pairs,
                              Method::condorcet_irv, Method::stv_meek}) {
            const std::set<std::string> before = winners(election, method);
            std::set<std::string> after = winners(cloned, method);
            if (before.size() != 1) continue;
            ++tried;
            if (after.count(clone) != 0) after.insert(std::string(1, static_cast<char>('a' + original)));
            after.erase(clone);
            INFO(method_word(method) << " round " << round);
            CHECK(after == before);
        }
    }
    CHECK(tried > 300);
}

TEST_CASE("laws that some methods break, and where") {
    const auto elects = [](const char* method, const Ballots& ballots) {
        const auto all = winners(ballots, asking(*parse_method(method)));
        return all.size() == 1 ? *all.begin() : std::string("?");
    };
    // Monotonicity, irv: two voters who raise A from last to first unseat her. "Monotonicity criterion", Wikipedia.
    CHECK(elects("irv", ranked("A B C", "39 A>B>C\n35 B>C>A\n26 C>A>B")) == "A");
    CHECK(elects("irv", ranked("A B C", "49 A>B>C\n25 B>C>A\n26 C>A>B")) == "C");
    // Condorcet: B beats A and C, and irv and plurality do not elect her.
    const Ballots squeezed = ranked("A B C", "40 A>B>C\n25 B>A>C\n35 C>B>A");
    CHECK(elects("condorcet", squeezed) == "B");
    CHECK(elects("irv", squeezed) == "A");
    CHECK(elects("plurality", squeezed) == "A");
    CHECK(elects("stv-meek", squeezed) == "A");
    CHECK(elects("stv-scottish", squeezed) == "A");
    const char* liked = "4 A:5 B:1 C:0\n4 C:5 B:1 A:0\n1 B:5 A:1 C:0";
    CHECK(elects("condorcet", ranked("A B C", "4 A>B>C\n4 C>B>A\n1 B>A>C")) == "B");
    for (const char* method : {"score", "star", "bloc-star"}) CHECK(elects(method, scored("A B C", liked)) == "A");
    CHECK(elects("approval", scored("A B C", "4 A:1\n4 C:1\n1 B:1 A:1")) == "A");
    // Clones, plurality: B's voters divided between B and B2 elect A.
    CHECK(elects("plurality", ranked("A B", "45 A>B\n55 B>A")) == "B");
    CHECK(elects("plurality", ranked("A B X", "45 A>B>X\n30 B>X>A\n25 X>B>A")) == "A");
    // Clones, copeland: a second like C gives B, who beats both, the lead.
    const char* cycle = "A>B>C\nB>C>A\nC>A>B";
    CHECK(elects("copeland", ranked("A B C", cycle)) == "?");
    CHECK(elects("copeland", ranked("A B C X", "A>B>C=X\nB>C=X>A\nC=X>A>B")) == "B");
    // Clones, minimax: three like B, each of whom two voters of three prefer to the next, lose to A, whom each beats.
    CHECK(elects("minimax", ranked("A B", "5 B>A\n4 A>B")) == "B");
    CHECK(elects("minimax", ranked("A B X Y", "2 B>X>Y>A\n2 X>Y>B>A\n1 Y>B>X>A\n1 A>B>X>Y\n1 A>X>Y>B\n2 A>Y>B>X")) ==
          "A");
    // Clones, star: one like A, a little less liked, takes B's place in the runoff.
    CHECK(elects("star", scored("A B", "5 A:5 B:2\n6 A:3 B:4")) == "B");
    CHECK(elects("star", scored("A B X", "5 A:5 B:2 X:4\n6 A:3 B:4 X:3")) == "A");
    // Majority: score and approval may pass over whom most voters score highest.
    CHECK(elects("score", scored("A B", "3 A:5 B:4\n2 A:0 B:5")) == "B");
    CHECK(elects("star", scored("A B", "3 A:5 B:4\n2 A:0 B:5")) == "A");
    CHECK(elects("approval", scored("A B", "3 A:1 B:1\n2 B:1")) == "B");
    // Condorcet loser: minimax elects C, whom each of the others beats, if only just.
    const Ballots loser = ranked("A B C D", "5 D>B>A>C\n1 C>B>D>A\n6 C>A>D>B\n3 B>A>D>C");
    CHECK(elects("minimax", loser) == "C");
    CHECK(elects("schulze", loser) != "C");
}
