#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace govctl {

/// The words of an enumeration whose values count from 0, in their order.
template <std::size_t N>
using Words = std::array<std::string_view, N>;

template <class Enum, std::size_t N>
std::string_view word_of(const Words<N>& words, Enum value) {
    return words.at(static_cast<std::size_t>(value));
}

template <class Enum, std::size_t N>
std::optional<Enum> value_of(const Words<N>& words, std::string_view word) {
    for (std::size_t i = 0; i < N; ++i)
        if (words[i] == word) return static_cast<Enum>(i);
    return std::nullopt;
}

}  // namespace govctl
