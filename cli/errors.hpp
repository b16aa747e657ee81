#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "govctl/base/result.hpp"
#include "invocation.hpp"

namespace govctl::cli {

Exit exit_of(ErrorKind kind);

/// Says what went wrong, where, and what to do next, on stderr.
void report(const Error& error, Output& out, const Source& source);

/// The line a place is on and a caret below its column, `   12 | TODO: why`; nothing where there is no such line.
struct Excerpt {
    std::string line;
    std::string caret;
};
std::optional<Excerpt> excerpt(const Place& place, std::string_view text);

}  // namespace govctl::cli
