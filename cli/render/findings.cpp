#include "render/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "errors.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

Style style_of(Severity severity) {
    switch (severity) {
        case Severity::error:
            return Style::bad;
        case Severity::warning:
            return Style::warn;
        case Severity::note:
            return Style::name;
    }
    return Style::plain;
}

void print_excerpt(Output& out, const Place& place, const std::optional<std::string>& text) {
    const auto shown = text ? excerpt(place, *text) : std::nullopt;
    if (!shown) return;
    out.line(shown->line);
    out.line(shown->caret);
}

std::string help_of(const Finding& finding) {
    const std::string more = fmt::format("`govctl explain {}`", finding.rule);
    if (finding.help.find(more) != std::string::npos) return finding.help;
    if (finding.help.empty()) return more;
    return finding.help + (finding.help.ends_with("?") ? " " : "; ") + more;
}

/// GitHub's own escapes; in a property, `:` and `,` too.
std::string escaped(const std::string& text, bool property) {
    std::string safe;
    for (const char c : text) {
        const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
        safe += special ? fmt::format("%{:02X}", c) : std::string(1, c);
    }
    return safe;
}

}  // namespace

std::string_view severity_word(Severity severity) {
    switch (severity) {
        case Severity::error:
            return "error";
        case Severity::warning:
            return "warning";
        case Severity::note:
            return "note";
    }
    return "";
}

void print_findings(Output& out, const Findings& findings, const Source& source) {
    std::map<std::string, std::optional<std::string>> texts;
    for (const Finding& finding : findings) {
        const Place& place = finding.place;
        if (source && texts.count(place.file) == 0) texts[place.file] = source(place.file);
        out.line(Text(Style::strong, fmt::format("{}:{}:{}: ", place.file, place.line, place.column)) +
                 Text(style_of(finding.severity), std::string(severity_word(finding.severity)) + ": ") +
                 fmt::format("{} {}", finding.rule, finding.message));
        print_excerpt(out, place, texts[place.file]);
        out.line(Text("      = ") + Text(Style::strong, "help: ") + help_of(finding));
    }
}

void print_annotations(Output& out, const Findings& findings) {
    for (const Finding& finding : findings) {
        const std::string_view level = finding.severity == Severity::note ? "notice" : severity_word(finding.severity);
        std::string message = finding.message;
        if (!finding.help.empty()) message += "\n" + finding.help;
        out.line(fmt::format("::{} file={},line={},col={},title={}::{}", level, escaped(finding.place.file, true),
                             finding.place.line, finding.place.column, escaped(finding.rule, true),
                             escaped(message, false)));
    }
}

Text finding_summary(const Findings& findings, std::size_t examined, const std::string& what) {
    const auto count = [&findings](Severity severity) {
        return static_cast<std::size_t>(
            std::count_if(findings.begin(), findings.end(),
                          [severity](const Finding& finding) { return finding.severity == severity; }));
    };
    std::string words;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        if (count(severity) == 0) continue;
        if (!words.empty()) words += ", ";
        words += counted(count(severity), std::string(severity_word(severity)));
    }
    return fmt::format("{} in {}", words.empty() ? "no finding" : words, counted(examined, what));
}

nlohmann::ordered_json to_json(const Finding& finding) {
    return {{"rule", finding.rule},
            {"severity", severity_word(finding.severity)},
            {"file", finding.place.file},
            {"line", finding.place.line},
            {"column", finding.place.column},
            {"message", finding.message},
            {"help", finding.help}};
}

}  // namespace govctl::cli
