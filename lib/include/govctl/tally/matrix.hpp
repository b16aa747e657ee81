#pragma once

#include <cstdint>
#include <vector>

#include "govctl/tally/ballots.hpp"

namespace govctl::tally {

/// What a candidate not ranked on a ballot means to the pair of it and another. rules: there is no default.
enum class Unranked {
    last,        ///< below every ranked one, tied with each other
    no_opinion,  ///< a pair with one of them is not counted
    zero,        ///< scores: 0
    invalid,     ///< a ballot that leaves one out is not counted
};

std::string_view unranked_word(Unranked unranked);
std::optional<Unranked> parse_unranked(std::string_view word);

/// A square table of figures about ordered pairs of candidates.
class Matrix {
public:
    explicit Matrix(std::size_t width) : width_(width), cells_(width * width) {}

    std::size_t width() const { return width_; }
    std::uint64_t& at(Candidate row, Candidate column) { return cells_[row * width_ + column]; }
    std::uint64_t at(Candidate row, Candidate column) const { return cells_[row * width_ + column]; }

    friend bool operator==(const Matrix&, const Matrix&) = default;

private:
    std::size_t width_;
    std::vector<std::uint64_t> cells_;
};

/// at(a, b): the ballots that prefer a to b.
Matrix pairwise(const Ballots& ballots, Unranked unranked);

}  // namespace govctl::tally
