#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace govctl {

std::string lower(std::string_view text);  ///< ASCII only
std::string trim(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);  ///< no pieces of no text
std::string join(const std::vector<std::string>& parts, std::string_view separator);

struct CodePoint {
    char32_t code = 0;
    std::size_t size = 0;  ///< in bytes; 0 where there is no valid UTF-8
};

/// The first code point of `text`.
CodePoint decode_utf8(std::string_view text);
bool is_valid_utf8(std::string_view text);

/// Characters that reorder what a reader sees: overrides, embeddings, isolates and marks of direction.
bool is_bidi_control(char32_t code);

/// The candidate nearest to `word` by edit distance, if near enough to be what was meant.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

/// Text made safe for a terminal: control characters, bidirectional overrides and invalid UTF-8 become visible escapes
/// (`\x1b`, `\u202e`). Newline and tab are kept.
std::string printable(std::string_view text);

/// Columns a terminal gives to one line of UTF-8 text.
int display_width(std::string_view text);

/// `gRPC probes` → `grpc-probes`: lower-case ASCII letters, digits and single dashes, at most 60 bytes; may be empty.
std::string slug(std::string_view title);

}  // namespace govctl
