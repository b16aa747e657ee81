#include "commands/proposals.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "govctl/base/text.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

struct OpenOptions {
    std::string id;
    std::vector<std::string> present;
};

/// Files that lie in a folder, committed or not.
Result<std::vector<std::string>> files_in(const Desk& desk, const std::string& folder) {
    std::vector<std::string> paths;
    const auto add = [&](const auto& files) {
        for (const FileEntry& file : files) {
            if (file.path.starts_with(folder)) paths.push_back(file.path);
        }
    };
    add(desk.base.state->files());
    GOVCTL_TRY(const auto work_files, desk.workspace.repository().work_files());
    GOVCTL_TRY(const auto listed, work_files->list());
    add(listed);
    std::sort(paths.begin(), paths.end());
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    return paths;
}

/// What is opened is what is committed: an edit that is not would be voted on by nobody.
Result<void> must_be_committed(const Desk& desk, const app::Matter& matter) {
    if (desk.workspace.repository().is_bare() || desk.session.branch) return {};
    GOVCTL_TRY(const auto paths, files_in(desk, matter.folder()));
    GOVCTL_TRY(const auto dirty, desk.workspace.repository().dirty(paths, desk.base.tip));
    if (dirty.empty()) return {};
    return Error{ErrorKind::blocked,
                 fmt::format("\"{}\" has edits that are not committed: {}", matter.folder(), names(dirty, 3)),
                 {fmt::format("git add {0} && git commit -m \"Edit {1}\" {0}", matter.folder(), matter.id().str())}};
}

std::vector<std::string> handles_of(const std::vector<std::string>& given) {
    std::vector<std::string> handles;
    for (const std::string& each : given) {
        for (const std::string& handle : split(each, ',')) handles.push_back(normal_handle(trim(handle)));
    }
    return handles;
}

Result<Exit> open(const OpenOptions& options, const std::string& command, const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    GOVCTL_TRY(const app::Matter* matter, desk.base.state->find_matter(options.id));
    if (matter->proposal().is_rfc != (command == "rfc")) {
        return Error{ErrorKind::usage,
                     fmt::format("{} is not {}", matter->id().str(), command == "rfc" ? "an RFC" : "a motion")};
    }
    GOVCTL_CHECK(must_be_committed(desk, *matter));
    app::Opening opening;
    GOVCTL_TRY(opening.number, free_number(desk));
    if (!options.present.empty()) opening.present = handles_of(options.present);
    GOVCTL_TRY(app::Change change, app::open_proposal(*desk.base.state, desk.act, matter->id(), opening));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change)));

    const model::Proposal& opened = done.after->matters().at(done.change.record).proposal();
    const std::string folder = opened.is_rfc ? done.change.folder.substr(0, done.change.folder.size() - 1) + "  " : "";
    std::vector<Text> lines = {Text(Style::name, opened.id.str()) +
                               fmt::format("  {}opened for {} under rule {}", folder,
                                           group_name(*done.after, opened.deciding_group()), opened.rule->name)};
    if (const std::string standing = standing_after(done, desk.act.now); !standing.empty())
        lines.emplace_back(standing);
    return tell(invocation, command + "-open", done, lines);
}

}  // namespace

Result<int> free_number(const Desk& desk) {
    GOVCTL_TRY(std::set<int> taken, desk.workspace.taken_numbers());
    taken.merge(app::rfc_numbers(*desk.base.state));
    return taken.empty() ? 1 : *taken.rbegin() + 1;
}

Result<std::string> own_group(const Desk& desk) {
    const model::Register& people = desk.base.state->people();
    std::vector<std::string> seated_in;
    for (const auto& [group, roster] : people.rosters) {
        const auto members = people.seated(group, std::nullopt, desk.act.now);
        if (std::binary_search(members.begin(), members.end(), desk.act.actor)) seated_in.push_back(group);
    }
    if (seated_in.size() == 1) return seated_in.front();
    std::vector<std::string> hints = {"--group GROUP"};
    if (!seated_in.empty()) hints.push_back("yours: " + join(seated_in, ", "));
    return Error{ErrorKind::usage, "say which group decides", std::move(hints)};
}

Result<Exit> commit_draft(const Invocation& invocation, const std::string& command, Desk& desk, app::Change change) {
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change)));
    if (invocation.format == Format::text) {
        invocation.out.line(done.change.folder.substr(0, done.change.folder.size() - 1));
    }
    return tell(invocation, command, done, {});
}

void define_open(Syntax& syntax, const std::string& command) {
    const auto options = std::make_shared<OpenOptions>();
    syntax.operand("ID", &options->id, "the draft: the start of its name, or its path")
        .option("--present", "HANDLE", &options->present, "who is at the meeting, where the rule counts them")
        .acts([options, command](const Invocation& invocation) { return open(*options, command, invocation); });
}

void define_authors_verb(Syntax& syntax, const std::string& command, const std::string& said,
                         Result<app::Change> (*verb)(const app::State&, const app::Act&, const RecordId&)) {
    const auto id = std::make_shared<std::string>();
    syntax.operand("ID", id.get(), "the matter").acts([id, command, said, verb](const Invocation& invocation) {
        return act_on(invocation, command, *id, said, verb);
    });
}

}  // namespace govctl::cli
