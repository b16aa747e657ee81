#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "govctl/base/rational.hpp"
#include "govctl/base/result.hpp"
#include "govctl/model/rule.hpp"
#include "govctl/tally/ballots.hpp"
#include "govctl/tally/matrix.hpp"

namespace govctl::tally {

/// `man govctl-tally` says what each is and where its rule is published.
enum class Method {
    schulze,
    schulze_margins,
    schulze_wl,
    schulze_dropping,
    ranked_pairs,
    minimax,
    condorcet,
    copeland,
    condorcet_irv,
    irv,
    stv_meek,
    stv_scottish,
    approval,
    plurality,
    score,
    star,
    bloc_star,
};

std::string_view method_word(Method method);
std::optional<Method> parse_method(std::string_view word);
const std::vector<Method>& all_methods();
/// What its ballots say of a candidate.
Marks marks_of(Method method);
/// Whether votes go on from those elected or excluded.
bool transfers_votes(Method method);

/// A ratio an option needs over the default option (Debian's constitution, A.6.3).
struct Ratio {
    Candidate option = 0;
    Rational least{1};
};

/// At most so many of these may be elected. Those who hold on to a seat are taken off `at_most` before; seated people
/// are never unseated. With transferable votes, which only know `skip`, a candidate whom a full limit bars is excluded
/// as soon as it is full.
struct Limit {
    enum class Apply {
        skip,         ///< walk down the ranking, pass over whom the limit bars
        drop_lowest,  ///< elect as if there were none; the lowest over the limit drops out, the next moves up; repeat
        lot,          ///< as drop_lowest, but who of them drops out is drawn (TieBreak::lot)
    };

    std::string name;  ///< for the reader: `organization/acme`
    std::vector<Candidate> of;
    std::size_t at_most = 0;
    Apply apply = Apply::skip;
};

/// What settles a tie that decides who is elected. Nothing else ever does. With transferable votes it also settles who
/// of the tied is excluded: the last of the order.
struct TieBreak {
    enum class Kind {
        report,  ///< the tie is the result
        order,   ///< a casting vote: who has it puts all candidates in an order
        lot,     ///< order by SHA-256 of the seed, a newline and the candidate's name; the lowest comes first
    };

    Kind kind = Kind::report;
    std::vector<Candidate> order{};
    std::string seed{};  ///< published before the ballots
};

/// What is asked of the ballots.
struct Question {
    Method method = Method::schulze;
    std::optional<Unranked> unranked{};  ///< required where ballots rank
    std::size_t seats = 1;
    std::optional<Candidate> default_option{};  ///< who ranks at or below it is not elected
    std::vector<Ratio> ratios{};
    std::optional<std::uint64_t> eligible{};   ///< what a quorum counts
    std::optional<model::Condition> quorum{};  ///< `above-default …` drops an option, `cast …` all of them
    std::vector<Limit> limits{};
    TieBreak tie{};
};

/// Places shared by fewer seats than candidates.
struct Tie {
    std::vector<Candidate> between;  ///< sorted
    std::size_t seats = 0;           ///< left for them

    friend bool operator==(const Tie&, const Tie&) = default;
};

struct Skipped {
    Candidate candidate = 0;
    std::string why;  ///< the limit's name

    friend bool operator==(const Skipped&, const Skipped&) = default;
};

/// An option that did not reach what it needs over the default.
struct Dropped {
    enum class Why { quorum, ratio };

    Candidate option = 0;
    Why why = Why::quorum;
    std::uint64_t votes_for = 0;      ///< over the default
    std::uint64_t votes_against = 0;  ///< the default over it

    friend bool operator==(const Dropped&, const Dropped&) = default;
};

/// One thing the count did, as data: what a sceptic would ask to see.
struct Step {
    std::string is;             ///< what was done, one word: `round`, `elect`, `eliminate`, `drop`, `lock`, …
    std::vector<Candidate> of;  ///< to whom
    std::string why{};          ///< in a few words, without figures
    std::vector<std::pair<std::string, std::string>> figures{};  ///< `quota` → `334.5`; exact text
    std::vector<std::pair<Candidate, std::string>> votes{};      ///< a figure for each candidate still in it

    friend bool operator==(const Step&, const Step&) = default;
};

/// What follows from the ballots. Ballots in any order, and grouped in any way, give the same.
struct Tally {
    std::vector<std::vector<Candidate>>
        order;                       ///< best first, in tiers; what was dropped or has withdrawn is not in it
    std::vector<Candidate> elected;  ///< in the order of election; the default option if it wins
    std::vector<Skipped> skipped;
    std::vector<Dropped> dropped;
    std::optional<Tie> tie{};           ///< undecided: fewer are elected than there are seats
    std::uint64_t counted = 0;          ///< ballots; less than all where `unranked: invalid` leaves some out
    std::optional<Matrix> pairwise{};   ///< by methods that compare pairs
    std::optional<Matrix> strengths{};  ///< of the strongest paths (Schulze)
    std::vector<Step> steps;
};

/// Errors (`invalid`): the method and the ballots do not go together, `unranked` or a default option is missing where
/// the method needs it, a quorum that counts what a tally does not know, more seats than a method fills.
Result<Tally> count(const Ballots& ballots, const Question& question);

}  // namespace govctl::tally
