#include "govctl/app/audit.hpp"

#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "command.hpp"
#include "reading.hpp"
#include "render/findings.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

/// Tells how far an audit is once it has taken longer than a second.
class Progress {
public:
    explicit Progress(Output& out) : out_(out) {}

    void tell(std::size_t done, std::size_t all) {
        const auto now = std::chrono::steady_clock::now();
        if (now - started_ < std::chrono::seconds(1) || now - told_ < std::chrono::milliseconds(100)) return;
        told_ = now;
        out_.progress(fmt::format("auditing: {}% ({}/{})", all == 0 ? 100 : done * 100 / all, done, all));
    }

private:
    Output& out_;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point told_{};
};

nlohmann::ordered_json to_json(const app::AuditReport& report) {
    nlohmann::ordered_json violations = nlohmann::ordered_json::array();
    for (const app::Violation& violation : report.violations) {
        violations.push_back({{"commit", violation.commit},
                              {"rule", violation.finding.rule},
                              {"file", violation.finding.place.file},
                              {"message", violation.finding.message},
                              {"help", violation.finding.help}});
    }
    return {{"schema", "govctl.audit/1"},          {"commits", report.commits},
            {"violations", std::move(violations)}, {"governed", report.governed},
            {"decisions", report.decisions},       {"ballots", report.ballots},
            {"complete", report.complete},         {"incomplete_because", report.incomplete_because}};
}

void print_text(Output& out, const app::AuditReport& report) {
    for (const app::Violation& violation : report.violations) {
        const Finding& finding = violation.finding;
        const std::string where = finding.place.file.empty() ? "" : finding.place.file + ": ";
        out.line(Text(Style::name, short_id(violation.commit)) + " " + Text(Style::strong, where) +
                 Text(Style::bad, "not allowed: ") + fmt::format("{} {}", finding.rule, finding.message));
        if (!finding.help.empty()) out.line(Text("        = ") + Text(Style::strong, "help: ") + finding.help);
    }
    const std::string unblemished =
        report.complete ? "every one allowed by the rules in force" : "none of them against the rules";
    const std::string verdict =
        report.violations.empty() ? unblemished : counted(report.violations.size(), "violation");
    out.line(fmt::format("{}, {}; {}, {} recomputed", counted(report.commits, "commit"), verdict,
                         counted(report.ballots, "ballot"), counted(report.decisions, "decision")));
    if (!report.complete) out.line(Text(Style::warn, "incomplete: ") + report.incomplete_because);
}

void print_annotations_of(Output& out, const app::AuditReport& report) {
    Findings findings;
    for (const app::Violation& violation : report.violations) {
        Finding finding = violation.finding;
        finding.message = short_id(violation.commit) + ": " + finding.message;
        findings.push_back(std::move(finding));
    }
    if (!report.complete)
        findings.push_back({"audit", Severity::warning, {"govctl.yaml"}, "incomplete: " + report.incomplete_because});
    print_annotations(out, findings);
}

Result<Exit> run(const std::optional<std::string>& range, const Invocation& invocation) {
    GOVCTL_TRY(const app::Workspace workspace, open_workspace(invocation));
    Progress progress(invocation.out);
    const std::optional<std::string> asked = range ? range : invocation.globals.rev;
    GOVCTL_TRY(
        const app::AuditReport report,
        app::audit(workspace, asked, [&progress](std::size_t done, std::size_t all) { progress.tell(done, all); }));
    switch (invocation.format) {
        case Format::text:
            print_text(invocation.out, report);
            break;
        case Format::json:
            invocation.out.json(to_json(report));
            break;
        case Format::github:
            print_annotations_of(invocation.out, report);
            break;
    }
    return report.violations.empty() && report.complete ? Exit::done : Exit::negative;
}

}  // namespace

void define_audit(Syntax& syntax) {
    const auto range = std::make_shared<std::optional<std::string>>();
    syntax.operand("RANGE", range.get(), "A..B or B; the canonical branch from its founding where none is given")
        .annotates()
        .note("exit 0 only when all of it was checked and every change was allowed")
        .reads([range](const Invocation& invocation) { return run(*range, invocation); });
}

}  // namespace govctl::cli
