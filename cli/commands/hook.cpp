#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "checking.hpp"
#include "command.hpp"
#include "govctl/app/validate.hpp"
#include "reading.hpp"
#include "render/findings.hpp"

namespace govctl::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* pre_commit =
    "#!/bin/sh\n# Written by `govctl hook install`; `govctl hook uninstall pre-commit` takes it away.\nexec govctl "
    "hook run pre-commit\n";

std::string read_file(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// Where git looks for hooks.
fs::path hooks_folder(const git::Repository& repository, const Environment& environment) {
    const auto configured = repository.config("core.hooksPath");
    if (!configured || configured->empty()) return fs::path(repository.git_folder()) / "hooks";
    if (configured->starts_with("~/"))
        return fs::path(environment.variable("HOME").value_or("/")) / configured->substr(2);
    return fs::path(repository.work_tree().empty() ? repository.git_folder() : repository.work_tree()) / *configured;
}

Error cannot(const std::string& what, const fs::path& path, const std::error_code& why) {
    return {ErrorKind::environment, fmt::format("cannot {} \"{}\": {}", what, path.string(), why.message())};
}

Result<Exit> install(const Invocation& invocation) {
    GOVCTL_TRY(const app::Workspace workspace, open_workspace(invocation));
    const fs::path path = hooks_folder(workspace.repository(), invocation.environment) / "pre-commit";
    std::error_code error;
    if (fs::exists(path, error) && read_file(path) != pre_commit) {
        return Error{ErrorKind::blocked,
                     fmt::format("there is a hook \"{}\" already", path.string()),
                     {"add the line `govctl hook run pre-commit` to it"}};
    }
    if (invocation.globals.dry_run) {
        invocation.out.talk(fmt::format("would write {}", path.string()));
        return Exit::done;
    }
    fs::create_directories(path.parent_path(), error);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << pre_commit;
    file.close();
    if (!file) return cannot("write", path, std::make_error_code(std::errc::io_error));
    fs::permissions(path, fs::perms::owner_exec | fs::perms::group_exec | fs::perms::others_exec, fs::perm_options::add,
                    error);
    if (error) return cannot("make executable", path, error);
    invocation.out.confirm(fmt::format("installed {}", path.string()));
    return Exit::done;
}

Result<Exit> uninstall(const Invocation& invocation) {
    GOVCTL_TRY(const app::Workspace workspace, open_workspace(invocation));
    const fs::path path = hooks_folder(workspace.repository(), invocation.environment) / "pre-commit";
    std::error_code error;
    if (!fs::exists(path, error)) return Error{ErrorKind::not_found, "no pre-commit hook is installed"};
    if (read_file(path) != pre_commit) {
        return Error{ErrorKind::blocked,
                     fmt::format("\"{}\" is not govctl's own", path.string()),
                     {"take the line `govctl hook run pre-commit` out of it"}};
    }
    if (!invocation.globals.dry_run && !fs::remove(path, error)) return cannot("remove", path, error);
    invocation.out.confirm(fmt::format("removed {}", path.string()));
    return Exit::done;
}

/// What the pre-commit hook does: nothing is said unless something is wrong.
Result<Exit> run(const Invocation& invocation) {
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

/// There is one hook for now, so that it need not be named.
std::shared_ptr<const std::optional<std::string>> take_hook(Syntax& syntax) {
    const auto name = std::make_shared<std::optional<std::string>>();
    syntax.operand("HOOK", name.get(), "pre-commit", {"pre-commit"});
    return name;
}

void define_act(Syntax& syntax, Result<Exit> (*action)(const Invocation&)) {
    syntax.acts([name = take_hook(syntax), action](const Invocation& invocation) { return action(invocation); });
}

}  // namespace

void define_hook(Syntax& syntax) {
    define_act(syntax.below("install", "have git check what is committed"), install);
    Syntax& running = syntax.below("run", "do what the hook does");
    running.reads([name = take_hook(running)](const Invocation& invocation) { return run(invocation); });
    define_act(syntax.below("uninstall", "take the hook away"), uninstall);
}

}  // namespace govctl::cli
