#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace govctl::yaml {

/// A character that no record may hold, written raw or as an escape.
struct BadCharacter {
    std::size_t offset = 0;
    std::string what;  ///< `a control character (0x1b)`
};

/// The first one in `text`. Line feeds, tabs, and carriage returns before a line feed are fine.
std::optional<BadCharacter> find_bad_character(std::string_view text);

}  // namespace govctl::yaml
