#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace govctl::yaml {

/// Thrown inside this module, also out of the callbacks of yaml-cpp, and turned into an Error where parse() returns.
struct Refusal {
    std::size_t offset = 0;
    std::string message;
    std::vector<std::string> hints{};
};

// What both the events and the bytes can show to be there.
constexpr const char* no_anchors = "anchors are not allowed";
constexpr const char* no_aliases = "aliases are not allowed";
constexpr const char* no_tags = "tags are not allowed";
constexpr const char* no_directives = "directives are not allowed";
constexpr const char* quote_ampersand = "quote text that begins with '&'";
constexpr const char* quote_star = "quote text that begins with '*'";
constexpr const char* quote_exclamation = "quote text that begins with '!'";
constexpr const char* open_quote = "a quote is never closed";

}  // namespace govctl::yaml
