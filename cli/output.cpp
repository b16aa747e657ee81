#include "output.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>

#include "govctl/base/text.hpp"
#include "process.hpp"

namespace govctl::cli {
namespace {

const char* escape(Style style) {
    switch (style) {
        case Style::plain:
            return "";
        case Style::strong:
            return "\x1b[1m";
        case Style::faint:
            return "\x1b[2m";
        case Style::good:
            return "\x1b[32m";
        case Style::bad:
            return "\x1b[31m";
        case Style::warn:
            return "\x1b[33m";
        case Style::name:
            return "\x1b[36m";
    }
    return "";
}

bool wants_colour(const Environment& environment, ColorChoice choice, bool is_terminal) {
    if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
    if (environment.variable("NO_COLOR")) return false;
    const auto forced = environment.variable("CLICOLOR_FORCE");
    if (forced && *forced != "0") return true;
    return is_terminal && environment.variable("TERM").value_or("dumb") != "dumb";
}

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// JSON leaves these as they are; a terminal would obey them.
std::string escaped(const std::string& json) {
    std::string safe;
    for (std::string_view rest = json; !rest.empty();) {
        const CodePoint point = decode_utf8(rest);
        const std::size_t size = std::max<std::size_t>(point.size, 1);
        const bool control = point.code >= 0x7f && point.code < 0xa0;
        if (control || is_bidi_control(point.code)) {
            static const char* digits = "0123456789abcdef";
            safe += "\\u";
            for (int shift = 12; shift >= 0; shift -= 4) safe += digits[(point.code >> shift) & 0xf];
        } else {
            safe += rest.substr(0, size);
        }
        rest.remove_prefix(size);
    }
    return safe;
}

}  // namespace

Text& Text::add(Style style, std::string_view text) {
    std::string safe = printable(text);
    std::replace_if(
        safe.begin(), safe.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
    if (!safe.empty()) spans_.push_back({style, std::move(safe)});
    return *this;
}

Text& Text::operator+=(const Text& more) {
    spans_.insert(spans_.end(), more.spans_.begin(), more.spans_.end());
    return *this;
}

int Text::width() const {
    int columns = 0;
    for (const Span& span : spans_) columns += display_width(span.text);
    return columns;
}

Text Text::cut(int columns) const {
    if (width() <= columns) return *this;
    Text kept;
    int left = std::max(columns - 1, 0);
    for (const Span& span : spans_) {
        std::size_t end = 0;
        while (end < span.text.size()) {
            const std::size_t size =
                std::max<std::size_t>(decode_utf8(std::string_view(span.text).substr(end)).size, 1);
            const int wide = display_width(std::string_view(span.text).substr(end, size));
            if (wide > left) break;
            left -= wide;
            end += size;
        }
        kept.add(span.style, std::string_view(span.text).substr(0, end));
        if (end < span.text.size()) break;
    }
    return kept.add(Style::faint, "…");
}

std::string Text::str(bool coloured) const {
    std::string text;
    for (const Span& span : spans_) {
        const bool paint = coloured && span.style != Style::plain;
        text += paint ? escape(span.style) + span.text + "\x1b[0m" : span.text;
    }
    return text;
}

Output::Output(const Environment& environment, const Settings& settings)
    : environment_(environment),
      settings_(settings),
      colours_answer_(wants_colour(environment, settings.color, environment.output_is_terminal())),
      colours_talk_(wants_colour(environment, settings.color, environment.errors_are_terminal())) {}

void Output::line(const Text& text) {
    answer_ += text.str(colours_answer_);
    answer_ += '\n';
}

void Output::lines(std::string_view paragraphs, int indent) {
    std::vector<std::string> all = split(paragraphs, '\n');
    if (!all.empty() && all.back().empty()) all.pop_back();
    for (const std::string& each : all)
        line(each.empty() ? Text() : Text(std::string(static_cast<std::size_t>(indent), ' ') + each));
}

void Output::json(const nlohmann::ordered_json& value) {
    answer_ += escaped(value.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    answer_ += '\n';
}

void Output::confirm(const Text& text) {
    if (!settings_.quiet) line(text);
}

void Output::talk(const Text& text) {
    if (!settings_.quiet) to_errors(text);
}

void Output::detail(const Text& text) {
    if (settings_.verbose) to_errors(text);
}

void Output::complain(const Text& text) {
    to_errors(text);
}

void Output::to_errors(const Text& text) {
    flush();
    write_all(STDERR_FILENO, text.str(colours_talk_) + "\n");
}

void Output::progress(const Text& text) {
    if (!environment_.errors_are_terminal() || settings_.quiet || (text.empty() && !progress_shown_)) return;
    write_all(STDERR_FILENO, "\r\x1b[K" + text.str(colours_talk_));
    progress_shown_ = !text.empty();
}

int Output::columns() const {
    return environment_.output_is_terminal() ? environment_.columns() : 0;
}

void Output::flush() {
    progress({});
    if (answer_.empty()) return;
    if (!show_in_pager() && !write_all(STDOUT_FILENO, answer_)) failed_ = errno;
    answer_.clear();
}

bool Output::show_in_pager() {
    if (!settings_.pager || !environment_.output_is_terminal()) return false;
    if (std::count(answer_.begin(), answer_.end(), '\n') < environment_.rows()) return false;
    const auto pager = git_variable("GIT_PAGER");
    return pager && !pager->empty() && *pager != "cat" && pipe_into(*pager, answer_, environment_);
}

Table& Table::flexible(std::size_t column) {
    flexible_ = column;
    return *this;
}

Table& Table::indented(int columns) {
    indent_ = columns;
    return *this;
}

std::vector<int> Table::widths() const {
    std::vector<int> widest;
    for (const std::vector<Text>& row : rows_) {
        if (row.size() > widest.size()) widest.resize(row.size());
        for (std::size_t i = 0; i < row.size(); ++i) widest[i] = std::max(widest[i], row[i].width());
    }
    return widest;
}

void Table::print(Output& out) const {
    std::vector<int> columns = widths();
    int total = indent_ - 2;
    for (const int each : columns) total += each + 2;
    if (out.columns() > 0 && total > out.columns() && flexible_ < columns.size()) {
        columns[flexible_] = std::max(columns[flexible_] - (total - out.columns()), 12);
    }
    for (const std::vector<Text>& row : rows_) {
        Text line(std::string(static_cast<std::size_t>(indent_), ' '));
        int gap = 0;
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (row[i].empty()) {
                gap += columns[i] + 2;
                continue;
            }
            line += Text(std::string(static_cast<std::size_t>(gap), ' '));
            const Text cell = row[i].cut(columns[i]);
            line += cell;
            gap = columns[i] - cell.width() + 2;
        }
        out.line(line);
    }
}

}  // namespace govctl::cli
