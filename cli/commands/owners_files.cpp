#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "acting.hpp"
#include "command.hpp"
#include "commands/owners.hpp"
#include "govctl/app/codeowners.hpp"
#include "govctl/app/owners_check.hpp"
#include "govctl/base/text.hpp"
#include "input.hpp"
#include "reading.hpp"
#include "render/findings.hpp"
#include "render/words.hpp"
#include "session.hpp"

namespace govctl::cli {
namespace {

/// What is looked at, governed or not.
Result<Look> look_at_owners(const Invocation& invocation, bool staged = false) {
    if (staged && invocation.globals.rev)
        return Error{ErrorKind::usage, "options \"--staged\" and \"--rev\" cannot be used together"};
    GOVCTL_TRY(auto workspace, open_workspace(invocation));
    GOVCTL_TRY(const Instant now, viewed_at(invocation));
    const git::Repository& repository = workspace.repository();
    const auto snapshot = [&]() -> Result<std::shared_ptr<const Snapshot>> {
        if (staged) return repository.index(invocation.environment.variable("GIT_INDEX_FILE").value_or(""));
        if (!invocation.globals.rev && !repository.is_bare()) return repository.work_files();
        std::string revision = invocation.globals.rev.value_or("");
        if (revision.empty()) {
            GOVCTL_TRY(revision, workspace.canonical_branch());
        }
        GOVCTL_TRY(const git::Oid commit, repository.resolve(revision));
        return repository.tree_of(commit);
    }();
    if (!snapshot) return snapshot.error();
    GOVCTL_TRY(auto state, app::State::load(*snapshot));
    show_lines_of(invocation, state);
    return Look{std::move(workspace), std::move(state), now};
}

/// Beside an answer that others read.
void warn(const Invocation& invocation, const Findings& findings) {
    for (const Finding& finding : findings) {
        invocation.out.talk(fmt::format("{}:{}:{}: {}: {} {}", finding.place.file, finding.place.line,
                                        finding.place.column, severity_word(finding.severity), finding.rule,
                                        finding.message));
        invocation.out.talk("hint: " + finding.help);
    }
}

nlohmann::ordered_json list_of(const Findings& findings) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const Finding& finding : findings) all.push_back(to_json(finding));
    return all;
}

// ---- check ----------------------------------------------------------------------------------------------------------

struct CheckOptions {
    std::vector<std::string> paths;
    bool staged = false;
    bool strict = false;
};

/// Keeps what is about the paths asked for.
Result<void> restrict_to(Findings& findings, const Look& look, const std::vector<std::string>& typed) {
    if (typed.empty()) return {};
    std::vector<std::string> paths;
    for (const std::string& each : typed) {
        GOVCTL_TRY(paths.emplace_back(), from_top(look.workspace, each));
    }
    std::erase_if(findings, [&](const Finding& finding) {
        return std::none_of(paths.begin(), paths.end(), [&](const std::string& path) {
            const std::string& file = finding.place.file;
            return path.empty() || file == path || file.starts_with(path.ends_with("/") ? path : path + "/");
        });
    });
    return {};
}

Result<Exit> run_check(const CheckOptions& options, const Invocation& invocation) {
    GOVCTL_TRY(const Look seen, look_at_owners(invocation, options.staged));
    GOVCTL_TRY(app::OwnersCheck check, app::check_ownership(*seen.state, seen.now));
    GOVCTL_CHECK(restrict_to(check.findings, seen, options.paths));
    Output& out = invocation.out;
    if (invocation.format == Format::json) {
        out.json({{"schema", "govctl.owners-check/1"},
                  {"findings", list_of(check.findings)},
                  {"checked", {{"owners", check.owners}, {"files", check.files}}}});
    } else if (invocation.format == Format::github) {
        print_annotations(out, check.findings);
    } else {
        print_findings(out, check.findings, invocation.source);
        out.confirm(finding_summary(check.findings, check.owners, "OWNERS file"));
    }
    const bool fails = std::any_of(check.findings.begin(), check.findings.end(), [&](const Finding& finding) {
        return finding.severity == Severity::error || (options.strict && finding.severity == Severity::warning);
    });
    return fails ? Exit::negative : Exit::done;
}

// ---- export ---------------------------------------------------------------------------------------------------------

struct ExportOptions {
    bool codeowners = false;
    std::string check;
};

Result<Exit> compare(const ExportOptions& options, const Invocation& invocation, const std::string& text) {
    GOVCTL_TRY(const std::string file, read_input(options.check));
    const auto difference = app::first_difference(file, text);
    if (invocation.format == Format::json) {
        nlohmann::ordered_json json = {{"schema", "govctl.owners-export/1"}, {"same", !difference.has_value()}};
        if (difference)
            json["difference"] = {{"file", options.check},
                                  {"line", difference->line},
                                  {"is", difference->is},
                                  {"should", difference->should}};
        invocation.out.json(json);
    } else if (difference) {
        const auto shown = [](const std::string& line) { return line.empty() ? "(nothing)" : printable(line); };
        invocation.out.line(fmt::format("{}:{}: not what the OWNERS files say", options.check, difference->line));
        invocation.out.line("  is         " + shown(difference->is));
        invocation.out.line("  should be  " + shown(difference->should));
        invocation.out.talk(fmt::format("hint: govctl owners export --codeowners > {}", options.check));
    } else {
        invocation.out.confirm(fmt::format("{} says what the OWNERS files say", options.check));
    }
    return difference ? Exit::negative : Exit::done;
}

Error which_form() {
    return {ErrorKind::usage, "say in which form", {"--codeowners, as GitHub reads it"}};
}

Result<Exit> run_export(const ExportOptions& options, const Invocation& invocation) {
    if (!options.codeowners) return which_form();
    GOVCTL_TRY(const Look seen, look_at_owners(invocation));
    GOVCTL_TRY(const app::CodeownersExport exported, app::export_codeowners(*seen.state));
    if (!options.check.empty()) return compare(options, invocation, exported.text);
    if (invocation.format == Format::json) {
        invocation.out.json(
            {{"schema", "govctl.owners-export/1"}, {"text", exported.text}, {"findings", list_of(exported.findings)}});
        return Exit::done;
    }
    invocation.out.lines(exported.text);
    warn(invocation, exported.findings);
    return Exit::done;
}

// ---- import ---------------------------------------------------------------------------------------------------------

/// Who imports need not be on record where nothing is governed; where it is, the judge has its say.
Result<Exit> run_import(const std::string& file, const Invocation& invocation) {
    if (file.empty()) return which_form();
    GOVCTL_TRY(Desk desk, sit_down_to_found(invocation));
    GOVCTL_TRY(const std::string text, read_input(file));
    GOVCTL_TRY(app::CodeownersImport imported, app::import_codeowners(*desk.base.state, file, text));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(imported.change)));
    if (invocation.format == Format::text)
        for (const auto& [path, bytes] : done.change.files) invocation.out.line(path);
    warn(invocation, imported.findings);
    return tell(invocation, "owners-import", done, {});
}

}  // namespace

void define_owners_check(Syntax& syntax) {
    const auto options = std::make_shared<CheckOptions>();
    syntax.operand("PATH", &options->paths, "tell only about these files and folders")
        .flag("--staged", options->staged, "check what is staged")
        .flag("--strict", options->strict, "fail for warnings too")
        .annotates()
        .reads([options](const Invocation& invocation) { return run_check(*options, invocation); });
}

void define_owners_export(Syntax& syntax) {
    const auto options = std::make_shared<ExportOptions>();
    syntax.flag("--codeowners", options->codeowners, "as GitHub's CODEOWNERS")
        .option("--check", "FILE", &options->check, "compare with this file: exit 1 where it says something else")
        .reads([options](const Invocation& invocation) { return run_export(*options, invocation); });
}

void define_owners_import(Syntax& syntax) {
    const auto file = std::make_shared<std::string>();
    syntax.option("--codeowners", "FILE", file.get(), "from GitHub's CODEOWNERS, in one commit")
        .acts([file](const Invocation& invocation) { return run_import(*file, invocation); });
}

}  // namespace govctl::cli
