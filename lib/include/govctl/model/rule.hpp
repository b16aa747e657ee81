#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/base/rational.hpp"
#include "govctl/base/result.hpp"
#include "govctl/base/time.hpp"

/// The rule language as values; `man 7 govctl-rules` says what each word means.
namespace govctl::model {

/// What a condition may count.
enum class Count {
    yes,
    no,
    abstain,
    objections,
    objectors,
    cast,
    decisive,
    eligible,
    seats,
    eligible_abstain,
    present,
    missing,
    above_default,
    organizations,
    seconds
};

std::string_view count_word(Count count);
std::optional<Count> parse_count(std::string_view word);
const std::vector<Count>& all_counts();

enum class Comparator { equal, not_equal, less, at_most, greater, at_least };

std::string_view comparator_sign(Comparator comparator);

/// `INT | COUNT | FRACTION of COUNT | COUNT (+|-) INT | [FRACTION *] sqrt(COUNT) | ceil(amount) | floor(amount) |
/// min(amount, amount)`.
struct Amount {
    enum class Form { integer, share, sum, root, ceil, floor, min };

    Form form = Form::integer;
    std::int64_t integer = 0;        ///< integer: the value; sum: what is added, negative where it says `-`
    Rational factor{1};              ///< share, root: the fraction; 1 where none is written
    Count count = Count::yes;        ///< share, sum, root
    std::vector<Amount> operands{};  ///< ceil, floor: one; min: two

    /// Errors: `invalid`, with the column counted from 1 in the place.
    static Result<Amount> parse(std::string_view text);
    std::string str() const;  ///< canonical: parse(str()) is the same amount
    bool names(Count which) const;

    friend bool operator==(const Amount&, const Amount&) = default;
};

/// `COUNT CMP amount`. Words and signs are separated by spaces.
struct Condition {
    Count left = Count::yes;
    Comparator comparator = Comparator::at_least;
    Amount right;

    static Result<Condition> parse(std::string_view text);
    std::string str() const;
    bool names(Count which) const;  ///< on either side

    friend bool operator==(const Condition&, const Condition&) = default;
};

/// One term of an electorate: `members`, `role R`, `role R of G`, `group G`, `level L`, `owners PATH`,
/// `voters of election/X`, `everyone`, `authors`, `subject`, `person P`.
struct Term {
    enum class Kind { members, role, group, level, owners, voters, everyone, authors, subject, person };

    Kind kind = Kind::members;
    std::string name{};   ///< of the role, group, level, path, election or person
    std::string group{};  ///< role: of which group; empty: the deciding one

    static Result<Term> parse(std::string_view text);
    std::string str() const;

    friend bool operator==(const Term&, const Term&) = default;
};

enum class AsOf { open, stage, decision };
enum class BallotForm { position, ranked, approval, score };

std::string_view ballot_form_word(BallotForm form);

/// How long a stage is. At most `fixed`, or one or both of the others.
struct Lasts {
    std::optional<Duration> fixed{};
    std::optional<Duration> at_least{};
    std::optional<Duration> at_most{};

    friend bool operator==(const Lasts&, const Lasts&) = default;
};

struct Early {
    enum class Kind { never, all_voted, certain, passing, unanimous };

    Kind kind = Kind::never;
    std::optional<Duration> held{};  ///< `passing for 2d`

    static Result<Early> parse(std::string_view text);
    std::string str() const;

    friend bool operator==(const Early&, const Early&) = default;
};

struct ObjectionRule {
    enum class Effect { none, block, restart, veto };

    Effect effect = Effect::none;
    bool needs_reason = false;
    std::string from{};                     ///< restart: the stage that opens anew; empty: this one
    std::optional<std::vector<Term>> by{};  ///< who may object; none: the electorate

    friend bool operator==(const ObjectionRule&, const ObjectionRule&) = default;
};

struct TieRule {
    enum class Kind { fails, passes, casting_vote, lot, revote };

    Kind kind = Kind::fails;
    Term holder{};  ///< casting_vote: a role

    static Result<TieRule> parse(std::string_view text);
    std::string str() const;

    friend bool operator==(const TieRule&, const TieRule&) = default;
};

/// Why a stage failed.
enum class Cause { quorum, recused, objection, tie, other };

std::string_view cause_word(Cause cause);  ///< `other` is `else`

/// What follows a failed stage.
struct Failure {
    enum class Action { next, reject, lapse, escalate, affirm, deadlock, rule };

    Action action = Action::reject;
    std::string name{};  ///< affirm: the stage, or `decision`; rule: its name

    static Result<Failure> parse(std::string_view text);
    std::string str() const;

    friend bool operator==(const Failure&, const Failure&) = default;
};

struct OnFailure {
    std::optional<Failure> quorum{};
    std::optional<Failure> recused{};
    std::optional<Failure> objection{};
    std::optional<Failure> tie{};
    Failure otherwise{};

    const Failure& of(Cause cause) const;
    std::vector<const Failure*> all() const;  ///< those that are said, `else` among them

    friend bool operator==(const OnFailure&, const OnFailure&) = default;
};

/// What options are measured by, where a stage ranks, approves or scores them.
struct OptionRule {
    std::string default_option{};              ///< by which nothing is decided; empty: there is none
    std::map<std::string, Rational> ratios{};  ///< by class of option, `default` for the rest; 1 where none is said
    std::string unranked{};                    ///< last | no-opinion | zero | invalid
    std::string method{};                      ///< one of tally's

    /// How ballots name the default option: `further discussion` as `further-discussion`.
    std::string default_id() const;

    friend bool operator==(const OptionRule&, const OptionRule&) = default;
};

/// One stage of a rule. Every field holds its default unless its key is in `given`.
struct Stage {
    std::string name;
    std::vector<Term> by{Term{}};
    std::vector<Term> except{};
    AsOf as_of = AsOf::open;
    BallotForm ballot = BallotForm::position;
    OptionRule options{};
    Lasts lasts{};
    Early early{};
    bool fresh_ballots = false;
    std::optional<Condition> quorum{};
    std::vector<Condition> passes{};
    ObjectionRule objection{};
    std::optional<std::int64_t> cap{};  ///< votes of one organization
    TieRule tie{};
    bool accept_on_pass = false;
    OnFailure on_failure{};
    std::vector<std::string> also{};  ///< `and:`
    bool recusal = true;              ///< false: `recuse: none`
    std::set<std::string> given{};    ///< keys written in the file

    friend bool operator==(const Stage&, const Stage&) = default;
};

/// `base` with the keys that `anew` gives.
Stage with_keys(Stage base, const Stage& anew);

struct Rule {
    std::string name;
    std::vector<Stage> stages;

    friend bool operator==(const Rule&, const Rule&) = default;
};

/// Which rule a kind of matter goes by, and who may bring it.
struct Procedure {
    std::string rule;
    Stage anew{};                                  ///< stage keys given anew, for the first stage
    std::optional<std::vector<Term>> opened_by{};  ///< none: the authors
    Amount seconds{};                  ///< how many; of the people in `opened_by`, where it is no plain number
    std::optional<Duration> within{};  ///< in which the seconds must come
    bool fixed = false;                ///< govctl.yaml: no charter may say otherwise
};

}  // namespace govctl::model
