#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

/// The one entry of a fuzz target: anything may come in, nothing may break.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace govctl::fuzz {

inline std::string_view text(const std::uint8_t* data, std::size_t size) {
    return {reinterpret_cast<const char*>(data), size};
}

/// Stops where `what` does not hold.
inline void must(bool holds, std::string_view what, const std::string& shown = {}) {
    if (holds) return;
    std::fprintf(stderr, "broken: %.*s\n%s\n", static_cast<int>(what.size()), what.data(), shown.c_str());
    std::abort();
}

}  // namespace govctl::fuzz
