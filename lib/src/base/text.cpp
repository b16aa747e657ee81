#include "govctl/base/text.hpp"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <numeric>

namespace govctl {
namespace {

bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

char lower_char(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool must_be_escaped(char32_t code) {
    if (code == '\n' || code == '\t') return false;
    const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(code));
    const bool tag = code >= 0xe0000 && code <= 0xe007f;  // invisible letters
    return category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_ZL || category == UTF8PROC_CATEGORY_ZP ||
           is_bidi_control(code) || code == 0xfeff || tag;
}

std::string escape(char32_t code) {
    const auto number = static_cast<std::uint32_t>(code);
    if (number < 0x80) return fmt::format("\\x{:02x}", number);
    return number < 0x10000 ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

/// Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before_last;
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(last.begin(), last.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({substitution, last[j] + 1, row[j - 1] + 1});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
        before_last = last;
        std::swap(last, row);
    }
    return last[b.size()];
}

/// Letters without their accents: `É` → `E`.
std::string without_marks(std::string_view text) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK);
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
    if (size < 0) return std::string(text);
    return std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
}

}  // namespace

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower_char);
    return result;
}

std::string trim(std::string_view text) {
    const auto* first = std::find_if_not(text.begin(), text.end(), is_space);
    while (text.end() != first && is_space(text.back())) text.remove_suffix(1);
    return std::string(first, text.end());
}

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    if (text.empty()) return parts;
    for (std::size_t start = 0;;) {
        const std::size_t stop = text.find(separator, start);
        parts.emplace_back(text.substr(start, stop - start));
        if (stop == std::string_view::npos) return parts;
        start = stop + 1;
    }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
    return fmt::format("{}", fmt::join(parts, separator));
}

CodePoint decode_utf8(std::string_view text) {
    utf8proc_int32_t code = -1;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code);
    if (size <= 0) return {};
    return {static_cast<char32_t>(code), static_cast<std::size_t>(size)};
}

bool is_valid_utf8(std::string_view text) {
    while (!text.empty()) {
        const CodePoint next = decode_utf8(text);
        if (next.size == 0) return false;
        text.remove_prefix(next.size);
    }
    return true;
}

bool is_bidi_control(char32_t code) {
    return code == 0x061c || code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e) ||
           (code >= 0x2066 && code <= 0x2069);
}

std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates) {
    constexpr std::size_t longest = 64;  // what is longer is no slip of the keyboard, and the work is quadratic
    if (word.size() > longest) return std::nullopt;
    const std::string wanted = lower(word);
    std::optional<std::string> best;
    std::size_t best_distance = std::clamp<std::size_t>(word.size() / 3, 1, 3) + 1;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > longest) continue;
        const std::size_t distance = edit_distance(wanted, lower(candidate));
        if (distance >= std::min(best_distance, candidate.size())) continue;
        best = candidate;
        best_distance = distance;
    }
    return best;
}

std::string printable(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const CodePoint next = decode_utf8(text);
        if (next.size == 0) {
            result += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
            text.remove_prefix(1);
            continue;
        }
        if (must_be_escaped(next.code)) {
            result += escape(next.code);
        } else {
            result += text.substr(0, next.size);
        }
        text.remove_prefix(next.size);
    }
    return result;
}

int display_width(std::string_view text) {
    int width = 0;
    while (!text.empty()) {
        const CodePoint next = decode_utf8(text);
        width += next.size == 0 ? 1 : utf8proc_charwidth(static_cast<utf8proc_int32_t>(next.code));
        text.remove_prefix(std::max<std::size_t>(next.size, 1));
    }
    return width;
}

std::string slug(std::string_view title) {
    constexpr std::size_t longest = 60;
    std::string result;
    for (const char c : lower(without_marks(title))) {
        if (is_word_char(c)) {
            result += c;
        } else if (!result.empty() && result.back() != '-') {
            result += '-';
        }
        if (result.size() > longest) break;
    }
    if (result.size() > longest) {
        const auto word_end = result.rfind('-');
        result.resize(word_end == result.npos ? longest : word_end);
    }
    if (result.ends_with('-')) result.pop_back();
    return result;
}

}  // namespace govctl
