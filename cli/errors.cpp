#include "errors.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "govctl/base/text.hpp"

namespace govctl::cli {

Exit exit_of(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::usage:
            return Exit::usage;
        case ErrorKind::not_found:
            return Exit::negative;
        case ErrorKind::invalid:
            return Exit::negative;
        case ErrorKind::refused:
            return Exit::refused;
        case ErrorKind::blocked:
            return Exit::blocked;
        case ErrorKind::environment:
            return Exit::environment;
    }
    return Exit::environment;
}

namespace {

/// Bytes of a line that are shown before and after a place: enough to know it by, and no more of one that has no end.
constexpr std::size_t shown_before = 200;
constexpr std::size_t shown_after = 100;

bool inside_character(std::string_view text, std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
}

/// A line without its end, counted from 1.
std::optional<std::string_view> line_of(std::string_view text, int number) {
    if (number < 1) return std::nullopt;
    for (int line = 1; line < number; ++line) {
        const auto end = text.find('\n');
        if (end == text.npos) return std::nullopt;
        text.remove_prefix(end + 1);
    }
    std::string_view line = text.substr(0, text.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// A piece of `line` around `at`, which then counts in the piece; what is left out is marked by `…`.
std::string piece_around(std::string_view line, std::size_t& at) {
    std::size_t first = at > shown_before ? at - shown_before : 0;
    while (first < at && inside_character(line, first)) ++first;
    std::size_t end = std::min(line.size(), at + shown_after);
    while (end < line.size() && end < at + shown_after + 3 && inside_character(line, end)) ++end;
    std::string piece(line.substr(first, end - first));
    at -= first;
    if (end < line.size()) piece += "…";
    if (first == 0) return piece;
    at += std::string_view("…").size();
    return "…" + piece;
}

}  // namespace

std::optional<Excerpt> excerpt(const Place& place, std::string_view text) {
    const auto line = line_of(text, place.line);
    if (!line) return std::nullopt;
    std::size_t before = std::min(static_cast<std::size_t>(std::max(place.column - 1, 0)), line->size());
    const std::string piece = piece_around(*line, before);
    const int indent = display_width(printable(piece.substr(0, before)));
    return Excerpt{fmt::format("{:>5} | {}", place.line, piece), fmt::format("      | {:{}}^", "", indent)};
}

void report(const Error& error, Output& out, const Source& source) {
    const std::string where =
        error.place ? fmt::format("{}:{}:{}: ", error.place->file, error.place->line, error.place->column) : "";
    out.complain(Text(Style::strong, where) + Text(Style::bad, "error: ") + error.message);
    const auto text = error.place && source ? source(error.place->file) : std::nullopt;
    if (const auto shown = text ? excerpt(*error.place, *text) : std::nullopt) {
        out.complain(shown->line);
        out.complain(shown->caret);
    }
    for (const std::string& hint : error.hints) {
        out.complain(hint.starts_with("usage: ") ? Text(hint) : Text(Style::warn, "hint: ") + hint);
    }
}

}  // namespace govctl::cli
