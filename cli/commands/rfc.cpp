#include <fmt/format.h>

#include "acting.hpp"
#include "command.hpp"
#include "commands/proposals.hpp"
#include "editing.hpp"
#include "reading.hpp"

namespace govctl::cli {
namespace {

struct NewOptions {
    std::string title;
    std::string group;
    std::string type = "technical";
    bool no_edit = false;
};

Result<Exit> run_new(const NewOptions& options, const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    app::NewRfc request{options.title, options.type, options.group};
    if (request.group.empty()) {
        GOVCTL_TRY(request.group, own_group(desk));
    }
    GOVCTL_TRY(app::Change change, app::new_rfc(*desk.base.state, desk.act, request));
    if (!options.no_edit && !invocation.globals.dry_run && can_edit(invocation.environment)) {
        desk.turn = {};  // nobody waits for an editor
        GOVCTL_TRY(const std::string text,
                   edited(desk.workspace.repository(), change.files[change.folder + "README.md"].value_or("")));
        GOVCTL_TRY(desk, sit_down(invocation));
        GOVCTL_TRY(change, app::new_rfc(*desk.base.state, desk.act, request));
        change.files[change.folder + "README.md"] = text;
    }
    return commit_draft(invocation, "rfc-new", desk, std::move(change));
}

/// The files of a proposal's folder as they lie in the work tree, where they differ from the tip's. Ballots are not an
/// author's to revise.
Result<FileChanges> edits_in(const Desk& desk, const std::string& folder) {
    const auto concerns = [&folder](const std::string& path) {
        return path.starts_with(folder) && !path.starts_with(folder + "ballots/");
    };
    GOVCTL_TRY(const auto work_files, desk.workspace.repository().work_files());
    GOVCTL_TRY(const auto listed, work_files->list());
    FileChanges edits;
    for (const FileEntry& file : desk.base.state->files()) {
        if (concerns(file.path)) edits[file.path] = std::nullopt;
    }
    for (const FileEntry& file : listed) {
        if (!concerns(file.path)) continue;
        GOVCTL_TRY(std::string bytes, work_files->read(file.path));
        const auto before = desk.base.state->snapshot().read(file.path);
        if (before && *before == bytes) {
            edits.erase(file.path);
        } else {
            edits[file.path] = std::move(bytes);
        }
    }
    return edits;
}

Result<Exit> run_revise(const std::string& id, const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    if (desk.workspace.repository().is_bare() || desk.session.branch) {
        return Error{ErrorKind::usage,
                     "`rfc revise` takes the edits of a work tree",
                     {"run it where the branch is checked out"}};
    }
    GOVCTL_TRY(const app::Matter* matter, desk.base.state->find_matter(id));
    GOVCTL_TRY(const FileChanges edits, edits_in(desk, matter->folder()));
    GOVCTL_TRY(const auto after_edits, desk.base.state->with(edits));
    show_lines_of(invocation, after_edits);
    GOVCTL_TRY(app::Change change, app::revise(*desk.base.state, *after_edits, desk.act, matter->id()));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change), edits));
    std::vector<Text> lines = {Text(Style::name, done.change.record.str()) +
                               "  revised; positions taken before are stale"};
    if (const std::string standing = standing_after(done, desk.act.now); !standing.empty())
        lines.emplace_back(standing);
    return tell(invocation, "rfc-revise", done, lines);
}

struct SupersedeOptions {
    std::string old_id;
    std::string by;
};

Result<Exit> run_supersede(const SupersedeOptions& options, const Invocation& invocation) {
    if (options.by.empty()) return Error{ErrorKind::usage, "say what supersedes it", {"--by NEW, a draft of yours"}};
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    GOVCTL_TRY(const app::Matter* old, desk.base.state->find_matter(options.old_id));
    GOVCTL_TRY(const app::Matter* draft, desk.base.state->find_matter(options.by));
    const RecordId id = old->id();
    GOVCTL_TRY(app::Change change, app::supersede(*desk.base.state, desk.act, id, draft->id()));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change)));
    return tell(invocation, "rfc-supersede", done,
                {Text(Style::name, done.change.record.str()) + "  supersedes " + id.str() + " once it is accepted"});
}

Result<Exit> run_renumber(const std::string& id, const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    GOVCTL_TRY(const app::Matter* matter, desk.base.state->find_matter(id));
    const std::string old = matter->id().str();
    GOVCTL_TRY(const int number, free_number(desk));
    GOVCTL_TRY(app::Change change, app::renumber(*desk.base.state, desk.act, *matter, number));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change)));
    const std::string folder = done.change.folder.substr(0, done.change.folder.size() - 1);
    return tell(invocation, "rfc-renumber", done,
                {Text(Style::name, done.change.record.str()) + fmt::format("  {}  was {}", folder, old)});
}

void define_new(Syntax& syntax) {
    const auto options = std::make_shared<NewOptions>();
    syntax.operand("TITLE", &options->title, "what it is called; its folder is named after it")
        .option("--group", "GROUP", &options->group, "who decides; the one you have a seat in where there is one")
        .option("--type", "TYPE", &options->type, "technical, policy, convention, charter or process",
                {"technical", "policy", "convention", "charter", "process"})
        .flag("--no-edit", options->no_edit, "leave the template for later")
        .acts([options](const Invocation& invocation) { return run_new(*options, invocation); });
}

void define_supersede(Syntax& syntax) {
    const auto options = std::make_shared<SupersedeOptions>();
    syntax.operand("OLD", &options->old_id, "the accepted RFC")
        .option("--by", "NEW", &options->by, "the draft that takes its place once it is accepted")
        .acts([options](const Invocation& invocation) { return run_supersede(*options, invocation); });
}

void define_with_id(Syntax& syntax, Result<Exit> (*run)(const std::string&, const Invocation&)) {
    const auto id = std::make_shared<std::string>();
    syntax.operand("ID", id.get(), "the RFC").acts([id, run](const Invocation& invocation) {
        return run(*id, invocation);
    });
}

}  // namespace

void define_rfc(Syntax& syntax) {
    define_new(syntax.below("new", "start a draft from the template"));
    define_open(syntax.below("open", "open a draft for decision; it gets its number"), "rfc");
    define_with_id(syntax.below("revise", "give an open RFC the text in the work tree"), run_revise);
    define_authors_verb(syntax.below("withdraw", "take it back"), "rfc-withdraw", "withdraws it", app::withdraw);
    define_authors_verb(syntax.below("postpone", "put it off"), "rfc-postpone", "postpones it", app::postpone);
    define_authors_verb(syntax.below("reopen", "open what was postponed, in a new round"), "rfc-reopen", "reopens it",
                        app::reopen);
    define_supersede(syntax.below("supersede", "let a draft take the place of an accepted RFC"));
    define_with_id(syntax.below("renumber", "give a free number to an RFC whose number met another's"), run_renumber);
}

}  // namespace govctl::cli
