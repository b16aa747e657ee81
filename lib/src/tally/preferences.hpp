#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "govctl/tally/ballots.hpp"

namespace govctl::tally {

/// Whom each row ranks, best first, in one block of memory. Those of an equal rank stand side by side.
class Preferences {
public:
    enum class Equal {
        kept,
        end,  ///< an equal rank ends the ballot: neither those who share it nor any after them are preferences
    };

    Preferences(const Ballots& ballots, Equal equal);

    std::size_t rows() const { return begins_.size() - 1; }
    std::span<const std::uint8_t> operator[](std::size_t row) const {
        return std::span(all_).subspan(begins_[row], begins_[row + 1] - begins_[row]);
    }

private:
    void add(std::span<const std::uint8_t> ranks, Equal equal);

    std::vector<std::uint8_t> all_;
    std::vector<std::size_t> begins_{0};
};

}  // namespace govctl::tally
