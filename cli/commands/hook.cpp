#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "checking.hpp"
#include "command.hpp"
#include "errors.hpp"
#include "govctl/app/commit_message.hpp"
#include "govctl/app/push.hpp"
#include "govctl/app/roster_merge.hpp"
#include "govctl/app/validate.hpp"
#include "govctl/base/text.hpp"
#include "hook_files.hpp"
#include "process.hpp"
#include "reading.hpp"
#include "render/findings.hpp"
#include "render/words.hpp"
#include "session.hpp"

namespace govctl::cli {
namespace {

namespace fs = std::filesystem;

/// `merge` is no hook but a driver that git calls for a file (gitattributes(5)); it is installed and run as one.
const std::vector<std::string> hook_names = {"pre-commit", "commit-msg", "pre-push", "pre-receive", "merge"};

/// Nothing where there is no such file.
std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Result<std::string> read_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (file) return text.str();
    return Error{ErrorKind::environment, fmt::format("cannot read \"{}\"", path)};
}

// ---- installing -----------------------------------------------------------------------------------------------------

const char* const driver = "merge.govctl-roster";

/// Rosters below the root, for this clone alone: a driver that others have not configured would only puzzle them.
std::string attributes_line(const std::string& root) {
    return fmt::format("/{}groups/*/roster.yaml merge=govctl-roster\n", root);
}

struct Place {
    app::Workspace workspace;
    fs::path folder;

    fs::path attributes() const { return fs::path(workspace.repository().git_folder()) / "info" / "attributes"; }
};

Result<Place> place_of(const Invocation& invocation) {
    GOVCTL_TRY(app::Workspace workspace, open_workspace(invocation));
    fs::path folder = hooks_folder(workspace.repository(), invocation.environment);
    return Place{std::move(workspace), std::move(folder)};
}

std::string records_root(const app::Workspace& workspace) {
    const auto state = workspace.look({});
    return state ? (*state)->root() : "";
}

Result<void> write_attributes(const fs::path& path, const std::string& text) {
    std::error_code ignored;
    fs::create_directories(path.parent_path(), ignored);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (file) return {};
    return Error{ErrorKind::environment, fmt::format("cannot write \"{}\"", path.string())};
}

Result<void> install_driver(const Place& place) {
    const std::string git_folder = place.workspace.repository().git_folder();
    if (!run_quietly({"git", "--git-dir=" + git_folder, "config", std::string(driver) + ".name",
                      "govctl: rosters, seat by seat"}) ||
        !run_quietly({"git", "--git-dir=" + git_folder, "config", std::string(driver) + ".driver",
                      "govctl hook run merge %O %A %B %P"}))
        return Error{ErrorKind::environment, "git cannot write its configuration", {"is `git` installed?"}};
    const std::string line = attributes_line(records_root(place.workspace));
    std::string text = text_of(place.attributes());
    if (text.find(line) != std::string::npos) return {};
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
    return write_attributes(place.attributes(), text + line);
}

Result<void> uninstall_driver(const Place& place) {
    const std::string git_folder = place.workspace.repository().git_folder();
    if (!place.workspace.repository().config(std::string(driver) + ".driver"))
        return Error{ErrorKind::not_found, "no merge driver is installed"};
    if (!run_quietly({"git", "--git-dir=" + git_folder, "config", "--remove-section", driver}))
        return Error{ErrorKind::environment, "git cannot write its configuration"};
    std::string text = text_of(place.attributes());
    const std::string line = attributes_line(records_root(place.workspace));
    if (const std::size_t at = text.find(line); at != std::string::npos) text.erase(at, line.size());
    return write_attributes(place.attributes(), text);
}

std::string where(const Place& place, const std::string& name) {
    return name == "merge" ? "the merge driver of rosters" : (place.folder / name).string();
}

Result<Exit> install(std::vector<std::string> chosen, const Invocation& invocation) {
    GOVCTL_TRY(const Place place, place_of(invocation));
    if (chosen.empty() && place.workspace.repository().is_bare()) chosen = {"pre-receive"};
    if (chosen.empty()) chosen = {"pre-commit", "commit-msg", "pre-push", "merge"};
    for (const std::string& name : chosen) {
        if (invocation.globals.dry_run) {
            invocation.out.talk("would install " + where(place, name));
            continue;
        }
        GOVCTL_CHECK(name == "merge" ? install_driver(place) : install_hook(place.folder, name));
        invocation.out.confirm("installed " + where(place, name));
    }
    return Exit::done;
}

Result<Exit> uninstall(std::vector<std::string> chosen, const Invocation& invocation) {
    GOVCTL_TRY(const Place place, place_of(invocation));
    if (chosen.empty()) {
        std::copy_if(hook_names.begin(), hook_names.end(), std::back_inserter(chosen), [&](const std::string& name) {
            return name == "merge" ? place.workspace.repository().config(std::string(driver) + ".driver").has_value()
                                   : has_hook(place.folder, name);
        });
        if (chosen.empty()) return Error{ErrorKind::not_found, "no hook of govctl's is installed"};
    }
    for (const std::string& name : chosen) {
        if (invocation.globals.dry_run) {
            invocation.out.talk("would remove " + where(place, name));
            continue;
        }
        GOVCTL_CHECK(name == "merge" ? uninstall_driver(place) : uninstall_hook(place.folder, name));
        invocation.out.confirm("removed " + where(place, name));
    }
    return Exit::done;
}

// ---- running --------------------------------------------------------------------------------------------------------

struct RunOptions {
    std::string hook;
    std::vector<std::string> arguments;
    std::string tolerance = "10m";
};

/// Nothing is said unless something is wrong.
Result<Exit> pre_commit(const Invocation& invocation) {
    GOVCTL_TRY(const app::Workspace workspace, open_workspace(invocation));
    GOVCTL_TRY(const auto staged, workspace.repository().index());
    if (!staged->read("govctl.yaml")) return Exit::done;
    GOVCTL_TRY(const Look seen, look(invocation, true));
    Findings findings = app::validate(*seen.state, seen.now);
    GOVCTL_TRY(const Findings forbidden, forbidden_by_head(invocation, seen));
    findings.insert(findings.end(), forbidden.begin(), forbidden.end());
    std::erase_if(findings, [](const Finding& finding) { return finding.severity != Severity::error; });
    sort_findings(findings);
    if (findings.empty()) return Exit::done;
    print_findings(invocation.out, findings, invocation.source);
    invocation.out.line(finding_summary(findings, seen.state->record_count()));
    return Exit::negative;
}

/// What the message claims is held against the commit as it will be: on top of HEAD or, amended, of HEAD's parent.
Result<Exit> commit_msg(const std::vector<std::string>& arguments, const Invocation& invocation) {
    if (arguments.size() != 1) return Error{ErrorKind::usage, "commit-msg takes the file that the message is in"};
    GOVCTL_TRY(const std::string message, read_file(arguments.front()));
    GOVCTL_TRY(const app::Workspace workspace, open_workspace(invocation));
    GOVCTL_TRY(const auto staged, workspace.repository().index());
    if (!staged->read("govctl.yaml")) return Exit::done;
    GOVCTL_TRY(const Look seen, look(invocation, true));
    std::vector<Error> claims;
    for (const char* base : {"HEAD", "HEAD^"}) {
        const auto commit = workspace.repository().resolve(base);
        if (!commit) continue;
        GOVCTL_TRY(const auto before, workspace.state_at(*commit));
        auto wrong = app::false_claims(*before, *seen.state, message);
        if (wrong.empty()) return Exit::done;
        if (claims.empty()) claims = std::move(wrong);
    }
    for (const Error& claim : claims) report(claim, invocation.out, {});
    return claims.empty() ? Exit::done : Exit::negative;
}

std::optional<git::Oid> oid_or_none(const std::string& text) {
    if (text.find_first_not_of('0') == std::string::npos) return std::nullopt;
    return text;
}

/// Lines of so many words on standard input, as git writes them for its hooks.
Result<std::vector<std::vector<std::string>>> lines_of_input(std::size_t words) {
    std::vector<std::vector<std::string>> lines;
    for (std::string line; std::getline(std::cin, line);) {
        if (line.empty()) continue;
        lines.push_back(split(line, ' '));
        if (lines.back().size() != words)
            return Error{ErrorKind::usage, fmt::format("\"{}\" is not what git tells this hook", printable(line))};
    }
    return lines;
}

void tell(const Invocation& invocation, const app::RefUpdate& update, const std::vector<app::Refusal>& refusals) {
    Output& out = invocation.out;
    out.line(Text(Style::bad, "error: ") +
             fmt::format("{} is refused: {}", printable(update.ref), counted(refusals.size(), "reason")));
    for (const app::Refusal& refusal : refusals) {
        const Finding& finding = refusal.finding;
        const std::string rule = finding.rule.empty() ? "" : finding.rule + " ";
        if (refusal.commit)
            out.line(Text(Style::name, short_id(*refusal.commit)) + " " +
                     Text(Style::strong, printable(finding.place.file) + ": ") + rule + finding.message);
        else
            out.line(finding.message);
        if (!finding.help.empty()) out.line(Text("        = ") + Text(Style::strong, "help: ") + finding.help);
    }
}

Result<Exit> judge_all(const std::vector<app::RefUpdate>& updates, const std::optional<app::ServerClock>& server,
                       const Invocation& invocation) {
    GOVCTL_TRY(const app::Workspace workspace, open_workspace(invocation));
    bool refused = false;
    for (const app::RefUpdate& update : updates) {
        if (update.before && !workspace.repository().commit(*update.before))
            return Error{ErrorKind::blocked,
                         fmt::format("\"{}\" has commits there that this clone has not", printable(update.ref)),
                         {"`git fetch` first"}};
        GOVCTL_TRY(const auto refusals, app::judge_push(workspace, update, server));
        if (refusals.empty()) continue;
        tell(invocation, update, refusals);
        refused = true;
    }
    return refused ? Exit::negative : Exit::done;
}

Result<Exit> pre_push(const Invocation& invocation) {
    GOVCTL_TRY(const auto lines, lines_of_input(4));
    std::vector<app::RefUpdate> updates;
    for (const auto& words : lines) updates.push_back({words[2], oid_or_none(words[3]), oid_or_none(words[1])});
    return judge_all(updates, std::nullopt, invocation);
}

Result<Exit> pre_receive(const std::string& tolerance, const Invocation& invocation) {
    const auto apart = Duration::parse(tolerance);
    if (!apart) return Error{ErrorKind::usage, "option \"--tolerance\" requires a duration such as 10m or 3d"};
    GOVCTL_TRY(const Instant clock, now(invocation.environment));
    const app::ServerClock server{clock, Calendar().after(clock, *apart).seconds - clock.seconds};
    GOVCTL_TRY(const auto lines, lines_of_input(3));
    std::vector<app::RefUpdate> updates;
    for (const auto& words : lines) updates.push_back({words[2], oid_or_none(words[0]), oid_or_none(words[1])});
    return judge_all(updates, server, invocation);
}

/// What git asks of a merge driver: the merge of three files, in the place of the second. What we cannot merge, git
/// merges line by line.
Result<Exit> merge(const std::vector<std::string>& files, const Invocation& invocation) {
    if (files.size() != 4) return Error{ErrorKind::usage, "merge takes the files %O, %A, %B and the path %P"};
    GOVCTL_TRY(std::string base, read_file(files[0]));
    GOVCTL_TRY(std::string ours, read_file(files[1]));
    GOVCTL_TRY(std::string theirs, read_file(files[2]));
    const auto merged = app::merge_rosters(files[3], std::move(base), std::move(ours), std::move(theirs));
    if (!merged) {
        report(merged.error(), invocation.out, {});
        run_quietly({"git", "merge-file", "-L", "ours", "-L", "base", "-L", "theirs", files[1], files[0], files[2]});
        return Exit::negative;
    }
    std::ofstream file(files[1], std::ios::binary | std::ios::trunc);
    file << *merged;
    file.close();
    if (file) return Exit::done;
    return Error{ErrorKind::environment, fmt::format("cannot write \"{}\"", files[1])};
}

Result<Exit> run(const RunOptions& options, const Invocation& invocation) {
    if (options.hook == "commit-msg") return commit_msg(options.arguments, invocation);
    if (options.hook == "pre-push") return pre_push(invocation);
    if (options.hook == "pre-receive") return pre_receive(options.tolerance, invocation);
    if (options.hook == "merge") return merge(options.arguments, invocation);
    return pre_commit(invocation);
}

void define_choice(Syntax& syntax, Result<Exit> (*action)(std::vector<std::string>, const Invocation&)) {
    const auto chosen = std::make_shared<std::vector<std::string>>();
    syntax.operand("HOOK", chosen.get(), "which; those that fit this repository if left out", hook_names)
        .acts([chosen, action](const Invocation& invocation) { return action(*chosen, invocation); });
}

}  // namespace

void define_hook(Syntax& syntax) {
    define_choice(syntax.below("install", "have git check what is committed and pushed"), install);
    const auto options = std::make_shared<RunOptions>();
    syntax.below("run", "do what the hook does")
        .operand("HOOK", &options->hook, "as git calls it", hook_names)
        .operand("ARGUMENT", &options->arguments, "what git passes to it")
        .option("--tolerance", "DURATION", &options->tolerance,
                "pre-receive: how far from this clock an act may be dated; 10m if left out")
        .reads([options](const Invocation& invocation) { return run(*options, invocation); });
    define_choice(syntax.below("uninstall", "take hooks away again"), uninstall);
}

}  // namespace govctl::cli
