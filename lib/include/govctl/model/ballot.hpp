#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/base/result.hpp"
#include "govctl/base/time.hpp"

namespace govctl::model {

enum class Vote { yes, no, abstain };

std::string_view vote_word(Vote vote);
std::optional<Vote> parse_vote(std::string_view word);

/// Options from first to last, equal ones together: `b > a = c`.
using Ranking = std::vector<std::vector<std::string>>;

/// What a voter said at one time, in at most one of four forms; in none where the voter only objected, seconded or was
/// recused.
struct Position {
    Instant cast;
    int round = 1;
    std::string text;  ///< what it is about
    std::optional<Vote> vote{};
    std::string reason{};
    std::optional<Ranking> rank{};
    std::optional<std::vector<std::string>> approve{};
    std::optional<std::map<std::string, int>> score{};
    std::string sealed{};  ///< one of these, in a secret election; hexadecimal

    /// Whether a vote was cast, in any form.
    bool is_vote() const { return vote || rank || approve || score || !sealed.empty(); }
    /// The vote as one says it: `yes`, `b > a = c`, `a, b`, `a=5, b=3`; empty: none.
    std::string words() const;
    /// Every option that it names.
    std::vector<std::string> options() const;

    friend bool operator==(const Position&, const Position&) = default;
};

struct Objection {
    std::string name;
    std::string reason{};
    Instant raised;
    std::optional<Instant> resolved{};

    friend bool operator==(const Objection&, const Objection&) = default;
};

struct DeclaredRecusal {
    Instant at;
    std::string why;

    friend bool operator==(const DeclaredRecusal&, const DeclaredRecusal&) = default;
};

/// `b > a = c`, as it is typed. Errors: `invalid`: an option twice, a sign without an option on both sides.
Result<Ranking> parse_ranking(std::string_view text);
std::string ranking_text(const Ranking& ranking);

/// What was before a voter who signed: it says in which course of the matter the signature belongs.
struct Ground {
    int round = 1;
    std::string text;
    std::string charter{};  ///< blob, of the group in force for the matter; empty in an election

    friend bool operator==(const Ground&, const Ground&) = default;
};

/// One person's file on one matter.
struct Ballot {
    std::string matter;
    std::string voter;
    Position now;
    std::vector<Position> earlier;  ///< oldest first
    std::vector<Objection> objections;
    std::optional<Instant> second{};
    std::optional<Instant> appeal{};
    std::optional<DeclaredRecusal> recused{};
    std::optional<Ground> under{};  ///< of a signed one
    std::string signature{};

    friend bool operator==(const Ballot&, const Ballot&) = default;
};

}  // namespace govctl::model
