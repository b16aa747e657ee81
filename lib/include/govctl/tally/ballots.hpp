#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/base/result.hpp"

/// Counting ballots: bytes → ballots → a result with a trace. Pure and exact: no clock, no files, no floating point.
namespace govctl::tally {

/// A candidate or option, counted from 0 in the order of the file.
using Candidate = std::size_t;

/// What a ballot says of each candidate.
enum class Marks {
    ranks,   ///< 1 is the best; equal ranks are tied; 0: not ranked
    scores,  ///< a whole number from 0 on, more is better; an approval is 1
};

/// The ballots of one count, a row of marks each. Rows that say the same may be one row with a weight.
class Ballots {
public:
    static constexpr std::size_t most_candidates = 250;

    Ballots(Marks marks, std::vector<std::string> candidates);

    Marks marks() const { return marks_; }
    const std::vector<std::string>& candidates() const { return candidates_; }
    std::size_t width() const { return candidates_.size(); }
    std::size_t rows() const { return weights_.size(); }
    std::uint64_t count() const { return count_; }  ///< of ballots: the sum of the weights

    /// One row of `width()` ranks or scores. Ranks are kept as tiers without gaps: {20, 3, 0} is {2, 1, 0}.
    void add_ranks(std::span<const std::uint32_t> ranks, std::uint64_t weight = 1);
    void add_scores(std::span<const std::optional<std::uint32_t>> scores, std::uint64_t weight = 1);
    void reserve(std::size_t rows);
    /// As many names as before, for files that name their candidates last.
    void name(std::vector<std::string> candidates);

    std::span<const std::uint8_t> ranks(std::size_t row) const;
    std::span<const std::uint32_t> scores(std::size_t row) const;  ///< what is not scored is `not_scored`
    std::uint64_t weight(std::size_t row) const { return weights_[row]; }

    static constexpr std::uint32_t not_scored = UINT32_MAX;

    std::string title{};
    std::vector<Candidate> withdrawn{};  ///< named in the file as no longer standing, sorted
    std::optional<std::size_t> seats{};  ///< the file says how many are to be elected (BLT)
    std::uint64_t spoilt = 0;            ///< left out by a lenient reading

private:
    Marks marks_;
    std::vector<std::string> candidates_;
    std::vector<std::uint8_t> ranks_;
    std::vector<std::uint32_t> scores_;
    std::vector<std::uint64_t> weights_;
    std::uint64_t count_ = 0;
};

/// Whom a user means: the name as the file has it, or else the number counted from 1.
std::optional<Candidate> find_candidate(const std::vector<std::string>& candidates, std::string_view text);

}  // namespace govctl::tally
