#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

/// Places in the bytes of a document that lie between its values.
namespace govctl::yaml {

inline bool is_blank(char c) {
    return c == ' ' || c == '\t';
}
inline bool is_space(char c) {
    return is_blank(c) || c == '\n' || c == '\r';
}

inline std::size_t line_begin(std::string_view bytes, std::size_t at) {
    return bytes.substr(0, at).rfind('\n') + 1;  // npos + 1 is 0
}

/// Before the line break.
inline std::size_t line_end(std::string_view bytes, std::size_t at) {
    const std::size_t found = std::min(bytes.find('\n', at), bytes.size());
    return found > at && found < bytes.size() && bytes[found - 1] == '\r' ? found - 1 : found;
}

/// Behind the line break.
inline std::size_t next_line(std::string_view bytes, std::size_t at) {
    return std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
}

/// Past blanks and line breaks.
inline std::size_t skip_white(std::string_view bytes, std::size_t at) {
    return std::min(bytes.find_first_not_of(" \t\r\n", at), bytes.size());
}

/// Past white space and comments.
inline std::size_t skip_blank(std::string_view bytes, std::size_t at) {
    while (at < bytes.size()) {
        const bool comment = bytes[at] == '#' && (at == 0 || is_space(bytes[at - 1]));
        if (comment) {
            at = std::min(bytes.find('\n', at), bytes.size());
        } else if (is_space(bytes[at])) {
            ++at;
        } else {
            break;
        }
    }
    return at;
}

/// Past the indicators of `|` or `>` at `at`: `|+2`.
inline std::size_t end_of_block_header(std::string_view bytes, std::size_t at) {
    return std::min(bytes.find_first_not_of("+-0123456789", at + 1), bytes.size());
}

/// Nothing but white space before `at` on its line.
inline bool begins_line(std::string_view bytes, std::size_t at) {
    const std::string_view before = bytes.substr(0, at).substr(line_begin(bytes, at));
    return std::all_of(before.begin(), before.end(), is_blank);
}

}  // namespace govctl::yaml
