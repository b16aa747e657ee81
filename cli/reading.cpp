#include "reading.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "govctl/base/text.hpp"
#include "session.hpp"

namespace govctl::cli {

Result<app::Workspace> open_workspace(const Invocation& invocation) {
    const Environment& environment = invocation.environment;
    git::Surroundings surroundings;
    surroundings.object_folder = environment.variable("GIT_OBJECT_DIRECTORY").value_or("");
    for (const std::string& folder : split(environment.variable("GIT_ALTERNATE_OBJECT_DIRECTORIES").value_or(""), ':'))
        if (!folder.empty()) surroundings.other_object_folders.push_back(folder);
    return app::Workspace::open(environment.variable("GIT_DIR").value_or("."), surroundings);
}

Result<Look> look(const Invocation& invocation, bool staged) {
    GOVCTL_TRY(auto workspace, open_workspace(invocation));
    GOVCTL_TRY(const Instant now, viewed_at(invocation));
    app::View view;
    if (staged) {
        view.source = app::View::Source::staged;
        view.index_file = invocation.environment.variable("GIT_INDEX_FILE").value_or("");
    }
    if (invocation.globals.rev) view = {app::View::Source::revision, *invocation.globals.rev};
    GOVCTL_TRY(auto state, workspace.look(view));
    show_lines_of(invocation, state);
    return Look{std::move(workspace), std::move(state), now};
}

void show_lines_of(const Invocation& invocation, std::shared_ptr<const app::State> state) {
    invocation.source = [state = std::move(state)](const std::string& file) -> std::optional<std::string> {
        auto text = state->snapshot().read(file);
        return text ? std::optional(*std::move(text)) : std::nullopt;
    };
}

Result<std::string> from_top(const app::Workspace& workspace, const std::string& typed) {
    namespace fs = std::filesystem;
    const std::string top = workspace.repository().work_tree();
    if (top.empty()) return typed;
    std::error_code ignored;
    const fs::path here = fs::current_path(ignored);
    const std::string path =
        fs::path(here / typed).lexically_normal().lexically_relative(fs::path(top).lexically_normal()).string();
    if (path.empty() || path == ".." || path.compare(0, 3, "../") == 0) {
        return Error{ErrorKind::usage, fmt::format("\"{}\" is outside the repository at \"{}\"", typed, top)};
    }
    return path == "." ? "" : path;
}

}  // namespace govctl::cli
