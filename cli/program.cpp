#include "program.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "command.hpp"
#include "errors.hpp"
#include "syntax.hpp"

namespace govctl::cli {
namespace {

Syntax syntax_of(Globals& globals) {
    Syntax syntax("govctl", "git-native governance for open projects");
    syntax.option("-C", "DIR", &globals.folders, "run as if started in DIR")
        .option("--format", "FORMAT", &globals.format, "text, json; github, sarif for validate and audit")
        .option("--color", "WHEN", &globals.color, "auto, always or never", {"auto", "always", "never"})
        .flag("--no-pager", globals.no_pager, "never show long answers in a pager")
        .flag("-q,--quiet", globals.quiet, "say nothing but answers and errors")
        .flag("-v,--verbose", globals.verbose, "say more about what is done")
        .flag("-n,--dry-run", globals.dry_run, "show what would be done, and do nothing")
        .flag("-y,--yes", globals.yes, "answer yes to every question")
        .option("--as-of", "INSTANT", &globals.as_of, "look as if it were then; implies --dry-run")
        .option("--rev", "REV", &globals.rev, "read that revision instead of the work tree")
        .flag("--no-commit", globals.no_commit, "write an act to the work tree only")
        .option("--branch", "BRANCH", &globals.branch, "act on that branch instead of the checked-out one")
        .flag("--version", globals.version, "print the version")
        .flag("-h,--help", globals.help, "print help");
    return syntax;
}

std::string overview(const Syntax& globals) {
    std::string text = "usage: " + usage_lines({}).front() + "\n";
    const char* title = "";
    for (const Command& command : commands()) {
        if (section_title(command.section) != title) {
            title = section_title(command.section);
            text += fmt::format("\n{}\n", title);
        }
        text += fmt::format("    {:<10}  {}\n", command.name, command.summary);
    }
    text += "\noptions that every command takes\n" + options_text(globals);
    return text + "\n`govctl COMMAND --help` tells about one of them, `man govctl` about all\n";
}

Output::Settings settings_of(const Globals& globals) {
    Output::Settings settings;
    if (globals.color == "always") settings.color = ColorChoice::always;
    if (globals.color == "never") settings.color = ColorChoice::never;
    settings.pager = !globals.no_pager;
    settings.quiet = globals.quiet;
    settings.verbose = globals.verbose;
    return settings;
}

Result<Format> format_of(const Globals& globals, const Syntax& command) {
    if (globals.format == "json") return Format::json;
    if (globals.format == "text") return Format::text;
    if (globals.format != "github" && globals.format != "sarif") {
        return Error{
            ErrorKind::usage,
            fmt::format("option \"--format\": \"{}\" is not one of text, json, github, sarif", globals.format)};
    }
    if (command.can_annotate()) return globals.format == "github" ? Format::github : Format::sarif;
    return Error{ErrorKind::usage, fmt::format("the format {} is for `validate` and `audit`", globals.format)};
}

Result<void> enter(const std::vector<std::string>& folders) {
    for (const std::string& folder : folders) {
        if (folder.empty() || ::chdir(folder.c_str()) == 0) continue;
        return Error{ErrorKind::environment, fmt::format("cannot change to \"{}\": {}", folder, std::strerror(errno))};
    }
    return {};
}

Result<void> refuse_senseless(const Globals& globals, const Syntax& command) {
    if (command.only_reads()) return {};
    if (globals.rev) return Error{ErrorKind::usage, "option \"--rev\" is for commands that only read"};
    if (globals.no_commit && globals.branch) {
        return Error{ErrorKind::usage, "options \"--no-commit\" and \"--branch\" cannot be used together"};
    }
    return {};
}

Result<Exit> dispatch(const Named& named, Globals& globals, const Syntax& globals_syntax, Output& out,
                      const Environment& environment, Source& source) {
    if (globals.version) {
        out.line("govctl " GOVCTL_VERSION);
        return Exit::done;
    }
    if (named.path.empty()) {
        out.lines(overview(globals_syntax));
        return globals.help ? Exit::done : Exit::usage;
    }
    const Syntax& command = *named.path.back();
    if (globals.help || !command.action()) {
        out.lines(help_text(named.path));
        return globals.help ? Exit::done : Exit::usage;
    }
    if (globals.as_of) globals.dry_run = true;
    GOVCTL_TRY(const Format format, format_of(globals, command));
    GOVCTL_CHECK(refuse_senseless(globals, command));
    GOVCTL_CHECK(enter(globals.folders));
    return command.action()({globals, format, out, environment, source});
}

std::vector<Entry> entries() {
    std::vector<Entry> all;
    for (const Command& command : commands()) all.push_back({command.name, command.summary, command.define});
    return all;
}

}  // namespace

int run(const std::vector<std::string>& arguments, const Environment& environment) {
    Globals globals;
    const Syntax globals_syntax = syntax_of(globals);
    const Result<Named> named = parse(arguments, globals_syntax, entries());
    Output out(environment, settings_of(globals));
    Source source;
    const Result<Exit> result =
        named ? dispatch(*named, globals, globals_syntax, out, environment, source) : named.error();
    out.flush();
    if (!result) {
        report(result.error(), out, source);
        return static_cast<int>(exit_of(result.error().kind));
    }
    if (const int failure = out.failure(); failure != 0) {
        report({ErrorKind::environment, fmt::format("cannot write the answer: {}", std::strerror(failure))}, out, {});
        return static_cast<int>(Exit::environment);
    }
    return static_cast<int>(*result);
}

}  // namespace govctl::cli
