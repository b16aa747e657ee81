#include "govctl/app/audit.hpp"

#include <fmt/format.h>

#include <chrono>
#include <nlohmann/json.hpp>

#include "command.hpp"
#include "reading.hpp"
#include "render/findings.hpp"
#include "render/sarif.hpp"
#include "render/words.hpp"
#include "verified.hpp"

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

struct Options {
    std::optional<std::string> range;
    bool full = false;
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
            {"complete", report.complete},         {"incomplete_because", report.incomplete_because},
            {"remembered", report.remembered}};
}

/// What somebody wrote above the message, and when; a malformed commit says neither for sure.
void print_commit(Output& out, const git::Repository& repository, const git::Oid& id) {
    Text line(Style::name, short_id(id));
    const auto commit = repository.commit(id);
    if (!commit) return out.line(line);
    out.line(line + " " + Text(Style::strong, commit->message.substr(0, commit->message.find('\n'))));
    out.line(Text(Style::faint,
                  fmt::format("  {} <{}>, {}", commit->author.name, commit->author.email, minute(commit->committed))));
}

void print_violations(Output& out, const git::Repository& repository, const std::vector<app::Violation>& violations) {
    git::Oid told;
    for (const app::Violation& violation : violations) {
        const Finding& finding = violation.finding;
        if (violation.commit != told) print_commit(out, repository, violation.commit);
        told = violation.commit;
        const std::string where = finding.place.file.empty() ? "" : finding.place.file + ": ";
        out.line(Text("  ") + Text(Style::strong, where) + Text(Style::bad, "not allowed: ") +
                 fmt::format("{} {}", finding.rule, finding.message));
        if (!finding.help.empty()) out.line(Text("      = ") + Text(Style::strong, "help: ") + finding.help);
    }
}

void print_text(Output& out, const git::Repository& repository, const app::AuditReport& report) {
    print_violations(out, repository, report.violations);
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

nlohmann::ordered_json sarif_of(const app::AuditReport& report) {
    std::vector<Scanned> scanned;
    for (const app::Violation& violation : report.violations) scanned.push_back({violation.finding, violation.commit});
    return to_sarif(scanned, report.incomplete_because);
}

void print(const Invocation& invocation, const git::Repository& repository, const app::AuditReport& report) {
    switch (invocation.format) {
        case Format::text:
            return print_text(invocation.out, repository, report);
        case Format::json:
            return invocation.out.json(to_json(report));
        case Format::github:
            return print_annotations_of(invocation.out, report);
        case Format::sarif:
            return invocation.out.json(sarif_of(report));
    }
}

/// So that the next audit begins here and a rewritten history is told. Where nothing can be written, it is not: that
/// takes nothing from the answer.
void keep(const Invocation& invocation, git::Repository& repository, const app::Verified& verified) {
    for (const auto& kept :
         {remember(invocation.environment, verified), repository.note(app::verified_note, verified.tip)})
        if (!kept) invocation.out.detail("not remembered: " + kept.error().message);
}

Result<Exit> run(const Options& options, const Invocation& invocation) {
    git::check_hashes(true);
    GOVCTL_TRY(app::Workspace workspace, open_workspace(invocation));
    Progress progress(invocation.out);
    app::AuditRequest request;
    request.range = options.range ? options.range : invocation.globals.rev;
    request.judge = GOVCTL_VERSION;
    request.verified = remembered(invocation.environment);
    request.anew = options.full;
    request.progress = [&progress](std::size_t done, std::size_t all) { progress.tell(done, all); };
    GOVCTL_TRY(const app::AuditReport report, app::audit(workspace, request));
    invocation.out.progress({});
    if (report.remembered > 0)
        invocation.out.detail(counted(report.remembered, "commit") + " verified by an earlier audit");
    print(invocation, workspace.repository(), report);
    if (report.verified) keep(invocation, workspace.repository(), *report.verified);
    return report.violations.empty() && report.complete ? Exit::done : Exit::negative;
}

}  // namespace

void define_audit(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.operand("RANGE", &options->range, "A..B or B; the canonical branch from its founding where none is given")
        .flag("--full", options->full, "believe no earlier audit: begin at the founding, accept a rewritten history")
        .annotates()
        .note("exit 0 only when all of it was checked and every change was allowed")
        .reads([options](const Invocation& invocation) { return run(*options, invocation); });
}

}  // namespace govctl::cli
