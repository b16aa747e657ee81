#include "check_text.hpp"

#include <fmt/format.h>

#include "govctl/base/text.hpp"

namespace govctl::yaml {
namespace {

bool is_plain_ascii(char c) {
    return (c >= ' ' && c <= '~') || c == '\n' || c == '\t';
}

std::optional<std::string> what_is_bad(char32_t code) {
    const auto number = static_cast<std::uint32_t>(code);
    if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return fmt::format("a control character (0x{:02x})", number);
    if (code == 0xfeff) return "a byte order mark";
    // Line breaks for readers of YAML 1.1, text for those of 1.2.
    if (code == 0x2028 || code == 0x2029) return fmt::format("a line break of Unicode (U+{:04X})", number);
    if (is_bidi_control(code)) return fmt::format("an invisible mark of writing direction (U+{:04X})", number);
    return std::nullopt;
}

}  // namespace

std::optional<BadCharacter> find_bad_character(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        if (is_plain_ascii(text[i])) {
            ++i;
            continue;
        }
        if (text.substr(i, 2) == "\r\n") {
            i += 2;
            continue;
        }
        const CodePoint next = decode_utf8(text.substr(i));
        if (next.size == 0) return BadCharacter{i, "invalid UTF-8"};
        if (auto what = what_is_bad(next.code)) return BadCharacter{i, *std::move(what)};
        i += next.size;
    }
    return std::nullopt;
}

}  // namespace govctl::yaml
