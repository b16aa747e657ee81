#include "govctl/app/init.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "acting.hpp"
#include "command.hpp"
#include "govctl/base/text.hpp"
#include "reading.hpp"
#include "session.hpp"

namespace govctl::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
    std::string owners;
    std::string emails;
    std::string root;
    std::string name;
    std::string me;
};

Result<app::InputFile> read_input(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (!file || fs::is_directory(path)) return Error{ErrorKind::not_found, fmt::format("cannot read \"{}\"", path)};
    return app::InputFile{path, bytes.str()};
}

/// What the project is called where `--name` does not say: its folder.
std::string folder_name(const git::Repository& repository) {
    fs::path folder = repository.is_bare() ? repository.git_folder() : repository.work_tree();
    if (folder.filename().empty()) folder = folder.parent_path();
    const std::string name = folder.filename().string();
    return name.ends_with(".git") && name.size() > 4 ? name.substr(0, name.size() - 4) : name;
}

Result<app::Beginning> beginning_of(const Options& options, const app::Workspace& workspace, const app::Session& who,
                                    const std::string& branch) {
    app::Beginning beginning;
    beginning.name = options.name.empty() ? folder_name(workspace.repository()) : options.name;
    beginning.root = options.root == "." ? "" : options.root;
    if (!beginning.root.empty() && !beginning.root.ends_with("/")) beginning.root += "/";
    beginning.branch = branch;
    beginning.me = normal_handle(options.me);
    beginning.runner = who.author;
    beginning.now = who.now;
    if (!options.owners.empty()) {
        GOVCTL_TRY(beginning.owners, read_input(options.owners));
        const std::string aliases = (fs::path(options.owners).parent_path() / "OWNERS_ALIASES").string();
        if (fs::exists(aliases)) {
            GOVCTL_TRY(beginning.owners_aliases, read_input(aliases));
        }
    }
    if (!options.emails.empty()) {
        GOVCTL_TRY(beginning.emails, read_input(options.emails));
    }
    return beginning;
}

Result<Exit> run(const Options& options, const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down_to_found(invocation));
    GOVCTL_TRY(const app::Beginning beginning, beginning_of(options, desk.workspace, desk.session, desk.base.branch));
    GOVCTL_TRY(app::Founding founding, app::init(desk.base.state->snapshot(), beginning));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(founding.change)));
    const Exit exit = tell(invocation, "init", done, {founding.summary});
    for (const std::string& note : founding.notes) invocation.out.talk("note: " + note);
    return exit;
}

}  // namespace

void define_init(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.option("--steering-from", "OWNERS", &options->owners, "its approvers become the steering committee")
        .option("--emails", "FILE", &options->emails, "their addresses, lines of `handle <address>`")
        .option("--me", "HANDLE", &options->me, "which of them you are, or what you are called here")
        .option("--root", "DIR", &options->root, "where the records lie, in a repository of other things")
        .option("--name", "NAME", &options->name, "what the project is called; else as its folder")
        .acts([options](const Invocation& invocation) { return run(*options, invocation); });
}

}  // namespace govctl::cli
