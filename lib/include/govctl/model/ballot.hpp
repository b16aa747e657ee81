#pragma once

#include <optional>
#include <string>
#include <vector>

#include "govctl/base/time.hpp"

namespace govctl::model {

enum class Vote { yes, no, abstain };

std::string_view vote_word(Vote vote);
std::optional<Vote> parse_vote(std::string_view word);

/// What a voter said at one time.
struct Position {
    Instant cast;
    int round = 1;
    std::string text;            ///< what it is about
    std::optional<Vote> vote{};  ///< none: the voter only objected, seconded or was recused
    std::string reason{};

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
    std::string signature{};

    friend bool operator==(const Ballot&, const Ballot&) = default;
};

}  // namespace govctl::model
