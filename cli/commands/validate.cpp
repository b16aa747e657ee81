#include "govctl/app/validate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "checking.hpp"
#include "command.hpp"
#include "errors.hpp"
#include "govctl/app/audit.hpp"
#include "reading.hpp"
#include "render/findings.hpp"
#include "render/sarif.hpp"

namespace govctl::cli {
namespace {

struct Options {
    std::vector<std::string> paths;
    bool staged = false;
    std::string against;
    bool strict = false;
};

void add(Findings& all, Findings more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// What is wrong beside another revision: names that both use, and changes that may not follow it.
Result<Findings> beside(const Look& look, const std::string& revision) {
    const git::Repository& repository = look.workspace.repository();
    GOVCTL_TRY(const git::Oid onto, repository.resolve(revision));
    GOVCTL_TRY(const git::Oid head, repository.resolve("HEAD"));
    GOVCTL_TRY(const auto theirs, look.workspace.state_at(onto));
    Findings findings = app::collisions(*look.state, *theirs);
    GOVCTL_TRY(Findings brought, app::judge_branch(look.workspace, head, onto));
    add(findings, std::move(brought));
    return findings;
}

/// Keeps what is about the paths asked for. Errors: `not_found`: one that is nowhere.
Result<void> restrict_to(Findings& findings, const Look& look, const std::vector<std::string>& typed) {
    if (typed.empty()) return {};
    std::vector<std::string> paths;
    for (const std::string& each : typed) {
        GOVCTL_TRY(paths.emplace_back(), from_top(look.workspace, each));
    }
    const auto lies_in = [](const std::string& file, const std::string& path) {
        return path.empty() || file == path || file.starts_with(path.ends_with("/") ? path : path + "/");
    };
    for (std::size_t i = 0; i < paths.size(); ++i) {
        const auto& files = look.state->files();
        const bool known = std::any_of(files.begin(), files.end(),
                                       [&](const FileEntry& file) { return lies_in(file.path, paths[i]); });
        if (!known) return Error{ErrorKind::not_found, fmt::format("path \"{}\" did not match any file", typed[i])};
    }
    std::erase_if(findings, [&](const Finding& finding) {
        return std::none_of(paths.begin(), paths.end(),
                            [&](const std::string& path) { return lies_in(finding.place.file, path); });
    });
    return {};
}

void print(const Invocation& invocation, const Look& look, const Findings& findings) {
    Output& out = invocation.out;
    if (invocation.format == Format::json) {
        nlohmann::ordered_json all = nlohmann::ordered_json::array();
        for (const Finding& finding : findings) all.push_back(to_json(finding));
        out.json(
            {{"schema", "govctl.validate/1"},
             {"findings", std::move(all)},
             {"checked", {{"records", look.state->record_count()}, {"owners", look.state->owners().files().size()}}}});
    } else if (invocation.format == Format::github) {
        print_annotations(out, findings);
    } else if (invocation.format == Format::sarif) {
        std::vector<Scanned> scanned;
        for (const Finding& finding : findings) scanned.push_back({finding});
        out.json(to_sarif(scanned));
    } else {
        print_findings(out, findings, invocation.source);
        out.confirm(finding_summary(findings, look.state->record_count()));
    }
}

bool is_failure(const Findings& findings, bool strict) {
    return std::any_of(findings.begin(), findings.end(), [strict](const Finding& finding) {
        return finding.severity == Severity::error || (strict && finding.severity == Severity::warning);
    });
}

Result<Exit> run(const Options& options, const Invocation& invocation) {
    if (options.staged && invocation.globals.rev) {
        return Error{ErrorKind::usage, "options \"--staged\" and \"--rev\" cannot be used together"};
    }
    GOVCTL_TRY(const Look seen, look(invocation, options.staged));
    Findings findings = app::validate(*seen.state, seen.now);
    if (options.staged) {
        GOVCTL_TRY(Findings forbidden, forbidden_by_head(invocation, seen));
        add(findings, std::move(forbidden));
    }
    if (!options.against.empty()) {
        GOVCTL_TRY(Findings brought, beside(seen, options.against));
        add(findings, std::move(brought));
    }
    sort_findings(findings);
    GOVCTL_CHECK(restrict_to(findings, seen, options.paths));
    print(invocation, seen, findings);
    return is_failure(findings, options.strict) ? Exit::negative : Exit::done;
}

}  // namespace

void define_validate(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.operand("PATH", &options->paths, "tell only about these files and folders")
        .flag("--staged", options->staged, "check what is staged, and whether it may follow HEAD")
        .option("--against", "REF", &options->against, "check also what HEAD brings onto REF")
        .flag("--strict", options->strict, "fail for warnings too")
        .annotates()
        .reads([options](const Invocation& invocation) { return run(*options, invocation); });
}

}  // namespace govctl::cli
