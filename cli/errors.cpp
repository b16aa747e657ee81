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

std::optional<Excerpt> excerpt(const Place& place, const std::string& text) {
    const std::vector<std::string> lines = split(text, '\n');
    if (place.line < 1 || static_cast<std::size_t>(place.line) > lines.size()) return std::nullopt;
    std::string line = lines[static_cast<std::size_t>(place.line - 1)];
    if (!line.empty() && line.back() == '\r') line.pop_back();
    const std::size_t before = std::min(static_cast<std::size_t>(std::max(place.column - 1, 0)), line.size());
    const int indent = display_width(printable(line.substr(0, before)));
    return Excerpt{fmt::format("{:>5} | {}", place.line, line), fmt::format("      | {:{}}^", "", indent)};
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
