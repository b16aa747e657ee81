#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "command.hpp"
#include "govctl/app/approval.hpp"
#include "govctl/app/survey.hpp"
#include "govctl/base/text.hpp"
#include "input.hpp"
#include "reading.hpp"
#include "render/owners.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

struct Options {
    std::vector<std::string> paths;
    bool from_stdin = false;
    bool by_nul = false;
    std::string changed;
    std::string person;
    bool unowned = false;
    bool cover = false;
    std::vector<std::string> approved_by;
    bool staged = false;
};

Error usage(std::string message, std::string hint = {}) {
    Error error{ErrorKind::usage, std::move(message)};
    if (!hint.empty()) error.hints.push_back(std::move(hint));
    return error;
}

Result<void> check(const Options& options, const Globals& globals) {
    const int sources = int{!options.paths.empty()} + int{options.from_stdin} + int{!options.changed.empty()};
    if (sources > 1) return usage("give paths, \"--stdin\" or \"--changed\", one of them");
    if (sources == 0 && options.person.empty() && !options.unowned)
        return usage("which path?", "`govctl who PATH`, or one of --stdin, --changed, --person and --unowned");
    if (int{!options.person.empty()} + int{options.unowned} + int{options.cover} > 1)
        return usage("options \"--person\", \"--unowned\" and \"--cover\" exclude each other");
    if (!options.approved_by.empty() && !options.cover) return usage("option \"--approved-by\" goes with \"--cover\"");
    if (options.by_nul && !options.from_stdin) return usage("option \"-z\" goes with \"--stdin\"");
    if (options.staged && globals.rev) return usage("options \"--staged\" and \"--rev\" cannot be used together");
    return {};
}

/// Whether a path is written as git writes it, from the top and without detours.
bool is_plain(std::string_view path) {
    return !path.starts_with('/') && !path.starts_with("./") && !path.starts_with("../") && path != "." &&
           path != ".." && path.find("//") == path.npos && path.find("/./") == path.npos &&
           path.find("/../") == path.npos && !path.ends_with("/.") && !path.ends_with("/..");
}

/// Paths as typed in the current folder, counted from the top.
Result<std::vector<std::string>> all_from_top(const app::Workspace& workspace, std::vector<std::string> typed) {
    namespace fs = std::filesystem;
    std::error_code ignored;
    const std::string top = workspace.repository().work_tree();
    const bool at_top = top.empty() || fs::path(top) / "" == fs::current_path(ignored) / "";
    for (std::string& path : typed) {
        if (at_top && is_plain(path)) continue;
        if (top.empty()) {
            path = fs::path(path).lexically_normal().string();
            if (path == ".") path.clear();
            if (path.starts_with('/') || path == ".." || path.starts_with("../"))
                return usage(fmt::format("\"{}\" does not count from the top of the tree", path));
            continue;
        }
        GOVCTL_TRY(path, from_top(workspace, path));
    }
    return typed;
}

std::vector<std::string> pieces(const std::string& text, char separator) {
    std::vector<std::string> all = split(text, separator);
    std::erase(all, "");
    return all;
}

class Who {
public:
    Who(const Options& options, const Invocation& invocation, const app::Workspace& workspace)
        : options_(options), invocation_(invocation), workspace_(workspace) {}

    Result<Exit> run() {
        GOVCTL_CHECK(open());
        if (options_.cover) return cover();
        if (!options_.person.empty()) return of_person();
        return options_.unowned ? unowned() : of_paths();
    }

private:
    Result<void> open() {
        app::View view;
        if (options_.staged)
            view = {app::View::Source::staged, {}, invocation_.environment.variable("GIT_INDEX_FILE").value_or("")};
        if (invocation_.globals.rev) view = {app::View::Source::revision, *invocation_.globals.rev};
        if (!options_.changed.empty()) {
            GOVCTL_TRY(const auto range, workspace_.repository().resolve_range(options_.changed));
            GOVCTL_TRY(paths_, app::changed_paths(workspace_.repository(), range.first, range.second));
            // Those decide who may who are owners without the change.
            const bool says_where = options_.staged || invocation_.globals.rev;
            if (!says_where) view = {app::View::Source::revision, range.first.value_or(range.second)};
        } else if (options_.from_stdin) {
            GOVCTL_TRY(const std::string text, read_input("-"));
            GOVCTL_TRY(paths_, all_from_top(workspace_, pieces(text, options_.by_nul ? '\0' : '\n')));
        } else {
            GOVCTL_TRY(paths_, all_from_top(workspace_, options_.paths));
        }
        GOVCTL_TRY(survey_, app::Survey::open(workspace_, view));
        invocation_.source = [snapshot = survey_->share_snapshot()](const std::string& file) {
            auto text = snapshot->read(file);
            return text ? std::optional(*std::move(text)) : std::nullopt;
        };
        return {};
    }

    bool names_paths() const { return options_.from_stdin || !options_.changed.empty() || !options_.paths.empty(); }

    /// Those asked about, or all there are.
    Result<std::vector<std::string>> paths_in_question() {
        if (names_paths()) return paths_;
        GOVCTL_CHECK(survey_->owners().read_all());
        GOVCTL_TRY(const auto files, survey_->snapshot().list());
        std::vector<std::string> all;
        for (const FileEntry& file : files) all.push_back(file.path);
        return all;
    }

    Result<ShownPath> shown(const std::string& path) {
        GOVCTL_TRY(record::PathOwners owners, survey_->owners().owners_of(path));
        ShownPath shown{path, std::move(owners)};
        if (survey_->is_governed()) {
            GOVCTL_TRY(shown.group, survey_->group_of(path));
            shown.group_name = survey_->name_of_group(shown.group);
        }
        return shown;
    }

    Result<Exit> of_paths() {
        std::vector<ShownPath> all;
        for (const std::string& path : paths_) {
            GOVCTL_TRY(all.emplace_back(), shown(path));
        }
        if (invocation_.format == Format::json) {
            print_json(all);
        } else if (all.size() == 1) {
            print_path(invocation_.out, all.front());
        } else {
            print_paths(invocation_.out, all);
        }
        const bool all_owned =
            std::none_of(all.begin(), all.end(), [](const ShownPath& each) { return each.owners.approvers.empty(); });
        return all_owned ? Exit::done : Exit::negative;
    }

    Result<Exit> unowned() {
        GOVCTL_TRY(const auto all, paths_in_question());
        std::vector<ShownPath> found;
        std::vector<std::string> paths;
        for (const std::string& path : all) {
            GOVCTL_TRY(ShownPath each, shown(path));
            if (!each.owners.approvers.empty()) continue;
            paths.push_back(path);
            found.push_back(std::move(each));
        }
        if (invocation_.format == Format::json) {
            print_json(found);
        } else {
            print_bundles(paths, all, [](const std::string&) { return Text(); });
            if (paths.empty()) invocation_.out.confirm(fmt::format("{}, all owned", counted(all.size(), "path")));
        }
        return paths.empty() ? Exit::done : Exit::negative;
    }

    Result<Exit> of_person() {
        GOVCTL_TRY(const auto all, paths_in_question());
        GOVCTL_TRY(const auto names, survey_->names_of(options_.person));
        std::vector<std::string> paths;
        ordered_json listed = ordered_json::array();
        for (const std::string& path : all) {
            GOVCTL_TRY(const auto lines, lines_of(path, names));
            if (lines.empty()) continue;
            paths.push_back(path);
            if (invocation_.format == Format::json) listed.push_back({{"path", path}, {"from", lines}});
        }
        if (invocation_.format == Format::json) {
            ordered_json areas = ordered_json::array();
            for (const Bundle& bundle : told(paths, all))
                areas.push_back({{"path", bundle.path}, {"files", bundle.files}});
            invocation_.out.json({{"schema", "govctl.who/1"},
                                  {"person", normal_handle(options_.person)},
                                  {"names", names},
                                  {"areas", std::move(areas)},
                                  {"paths", std::move(listed)}});
        } else {
            print_bundles(paths, all, [&](const std::string& path) { return first_line_of(path, names); });
        }
        return paths.empty() ? Exit::negative : Exit::done;
    }

    /// The lines that make someone an approver of a path.
    Result<ordered_json> lines_of(const std::string& path, const std::set<std::string>& names) {
        GOVCTL_TRY(const record::PathOwners owners, survey_->owners().owners_of(path));
        ordered_json lines = ordered_json::array();
        for (const record::OwnersShare& share : owners.approvers) {
            for (const std::string& name : names) {
                const auto owner = std::find_if(share.owners->begin(), share.owners->end(),
                                                [&](const record::Owner& each) { return each.name == name; });
                if (owner == share.owners->end()) continue;
                for (const record::Owner::Line& line : owner->lines)
                    lines.push_back({{"file", share.file->file},
                                     {"line", line.number},
                                     {"name", name},
                                     {"alias", line.alias.empty() ? ordered_json(nullptr) : ordered_json(line.alias)}});
            }
        }
        return lines;
    }

    Text first_line_of(const std::string& path, const std::set<std::string>& names) {
        const auto lines = lines_of(path, names);
        if (!lines || lines->empty()) return {};
        const ordered_json& line = lines->front();
        Text text = fmt::format("{}:{}", line["file"].get<std::string>(), line["line"].get<int>());
        if (line["alias"].is_string()) text += Text(Style::faint, " " + line["alias"].get<std::string>());
        return text;
    }

    /// Paths that were asked about are told one by one, others by whole folders.
    std::vector<Bundle> told(const std::vector<std::string>& paths, const std::vector<std::string>& all) const {
        if (!names_paths()) return bundled(paths, all);
        std::vector<Bundle> each;
        for (const std::string& path : paths) each.push_back({path, 1});
        return each;
    }

    template <class Note>
    void print_bundles(const std::vector<std::string>& paths, const std::vector<std::string>& all, const Note& note) {
        Table table;
        const std::vector<Bundle> bundles = told(paths, all);
        for (const Bundle& bundle : bundles) {
            const bool is_folder = bundle.path.ends_with('/');
            table.row({bundle.path, is_folder ? counted(bundle.files, "file") : "",
                       note(bundle.path == "./" ? paths.front() : first_below(paths, bundle.path))});
        }
        table.flexible(0).print(invocation_.out);
    }

    static const std::string& first_below(const std::vector<std::string>& paths, const std::string& folder) {
        return *std::find_if(paths.begin(), paths.end(),
                             [&](const std::string& path) { return path.starts_with(folder); });
    }

    Result<Exit> cover() {
        std::vector<std::string> names;
        for (const std::string& list : options_.approved_by)
            for (const std::string& name : split(list, ',')) names.push_back(trim(name));
        std::erase(names, "");
        GOVCTL_TRY(const auto approvers, app::approvers_called(*survey_, names));
        GOVCTL_TRY(const app::Approvals approvals, app::assess(*survey_, paths_, approvers));
        if (invocation_.format == Format::json) {
            ordered_json json = {{"schema", "govctl.who/1"}, {"paths", ordered_json::array()}};
            for (const std::string& path : paths_) {
                GOVCTL_TRY(const ShownPath each, shown(path));
                json["paths"].push_back(to_json(each));
            }
            add_json(json, approvals);
            invocation_.out.json(json);
        } else {
            print_text(approvals);
        }
        const bool can_be_covered = approvals.missing.empty.empty();
        return (names.empty() ? can_be_covered : approvals.complete()) ? Exit::done : Exit::negative;
    }

    /// Nobody has approved yet: who would do, and for what.
    void print_text(const app::Approvals& approvals) {
        if (!options_.approved_by.empty()) return print_approvals(invocation_, approvals);
        Output& out = invocation_.out;
        for (const std::string& person : approvals.missing.people) {
            std::size_t count = 0;
            for (const app::PathApproval& path : approvals.paths)
                count += std::binary_search(path.approvers.begin(), path.approvers.end(), person) ? 1U : 0U;
            out.line(Text(Style::name, person) + fmt::format("  {} of {}", count, counted(paths_.size(), "path")));
        }
        for (const app::PathApproval& path : approvals.paths)
            if (path.state == app::ApprovalState::missing && path.approvers.empty())
                out.line(Text(Style::bad, "nobody") + "  " + path.path);
        if (!approvals.missing.is_smallest) out.talk("perhaps fewer would do: the search was cut short");
    }

    void print_json(const std::vector<ShownPath>& all) {
        ordered_json paths = ordered_json::array();
        for (const ShownPath& each : all) paths.push_back(to_json(each));
        invocation_.out.json({{"schema", "govctl.who/1"}, {"paths", std::move(paths)}});
    }

    const Options& options_;
    const Invocation& invocation_;
    const app::Workspace& workspace_;
    std::optional<app::Survey> survey_;
    std::vector<std::string> paths_;
};

Result<Exit> run(const Options& options, const Invocation& invocation) {
    GOVCTL_CHECK(check(options, invocation.globals));
    GOVCTL_TRY(const app::Workspace workspace, open_workspace(invocation));
    return Who(options, invocation, workspace).run();
}

}  // namespace

void define_who(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.operand("PATH", &options->paths, "files and folders, whether or not they are there")
        .flag("--stdin", options->from_stdin, "read paths from the standard input, one a line")
        .flag("-z", options->by_nul, "with --stdin: paths end in NUL, not in a line break")
        .option("--changed", "A..B", &options->changed, "the paths that B changes since it left A; OWNERS as in A")
        .option("--person", "NAME", &options->person, "what this person can approve; a handle or a login")
        .flag("--unowned", options->unowned, "what nobody can approve")
        .flag("--cover", options->cover, "a smallest set of people who can approve all of it")
        .option("--approved-by", "NAME,...", &options->approved_by, "with --cover: what is missing where they approve")
        .flag("--staged", options->staged, "OWNERS as they are staged")
        .note("needs no govctl.yaml; exit 1 where the answer is nobody")
        .reads([options](const Invocation& invocation) { return run(*options, invocation); });
}

}  // namespace govctl::cli
