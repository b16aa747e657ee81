#include "govctl/tally/matrix.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>

#include "govctl/base/words.hpp"

namespace govctl::tally {

static constexpr Words<4> unranked_words = {"last", "no-opinion", "zero", "invalid"};

std::string_view unranked_word(Unranked unranked) {
    return word_of(unranked_words, unranked);
}

std::optional<Unranked> parse_unranked(std::string_view word) {
    return value_of<Unranked>(unranked_words, word);
}

namespace {

/// Ballots of one weight that are counted at once. Each candidate's marks are laid side by side, so that comparing two
/// candidates is one loop over bytes; their number is a multiple of every vector's width, and fits a byte's counter.
class Block {
public:
    static constexpr std::size_t size = 240;

    Block(std::size_t width, Unranked unranked)
        : width_(width), is_compared_(unranked != Unranked::no_opinion), above_(width * size), below_(width * size) {}

    bool is_full() const { return rows_ == size; }
    void add(const std::uint8_t* ranks) { ranks_[rows_++] = ranks; }

    void count_into(Matrix& matrix, std::uint64_t weight) {
        lay_out();
        for (Candidate a = 0; a < width_; ++a)
            for (Candidate b = 0; b < a; ++b) {
                matrix.at(a, b) += weight * preferring(&above_[a * size], &below_[b * size]);
                matrix.at(b, a) += weight * preferring(&above_[b * size], &below_[a * size]);
            }
        rows_ = 0;
    }

private:
    // A rank is less than those below it as a signed byte, which every machine compares: 1 becomes -128.
    static constexpr std::int8_t lowest = 127;       ///< what is not ranked, where it is below every rank
    static constexpr std::int8_t uncompared = -128;  ///< nothing is less

    void lay_out() {
        for (Candidate candidate = 0; candidate < width_; ++candidate) {
            std::int8_t* above = &above_[candidate * size];
            for (std::size_t row = 0; row < rows_; ++row)
                above[row] = static_cast<std::int8_t>((ranks_[row][candidate] - 1) ^ 0x80);
            std::fill(above + rows_, above + size, lowest);
            std::int8_t* below = &below_[candidate * size];
            const std::int8_t nothing = is_compared_ ? lowest : uncompared;
            for (std::size_t row = 0; row < size; ++row) below[row] = above[row] == lowest ? nothing : above[row];
        }
    }

    static std::uint8_t preferring(const std::int8_t* above, const std::int8_t* below) {
        std::uint8_t sum = 0;
        for (std::size_t i = 0; i < size; ++i) sum = static_cast<std::uint8_t>(sum + (above[i] < below[i]));
        return sum;
    }

    std::size_t width_;
    bool is_compared_;
    std::size_t rows_ = 0;
    std::array<const std::uint8_t*, size> ranks_{};
    std::vector<std::int8_t> above_;  ///< what the preferred one is compared by
    std::vector<std::int8_t> below_;  ///< what the other one is compared by
};

bool leaves_one_out(std::span<const std::uint8_t> ranks) {
    return std::find(ranks.begin(), ranks.end(), 0) != ranks.end();
}

}  // namespace

Matrix pairwise(const Ballots& ballots, Unranked unranked) {
    assert(ballots.marks() == Marks::ranks && unranked != Unranked::zero);
    std::vector<std::size_t> rows(ballots.rows());
    std::iota(rows.begin(), rows.end(), 0);
    const auto by_weight = [&](std::size_t a, std::size_t b) { return ballots.weight(a) < ballots.weight(b); };
    if (!std::is_sorted(rows.begin(), rows.end(), by_weight)) std::sort(rows.begin(), rows.end(), by_weight);

    Matrix matrix(ballots.width());
    Block block(ballots.width(), unranked);
    std::uint64_t weight = 0;
    for (std::size_t row : rows) {
        if (unranked == Unranked::invalid && leaves_one_out(ballots.ranks(row))) continue;
        if (block.is_full() || ballots.weight(row) != weight) block.count_into(matrix, weight);
        weight = ballots.weight(row);
        block.add(ballots.ranks(row).data());
    }
    block.count_into(matrix, weight);
    return matrix;
}

}  // namespace govctl::tally
