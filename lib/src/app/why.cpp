#include "govctl/app/why.hpp"

#include <algorithm>

namespace govctl::app {

namespace {

using git::Commit;
using git::Oid;

/// The decision that a commit adds and that says it put `path` in force, or whose own file or matter `path` is.
Result<std::optional<model::Decision>> decision_in(const Workspace& workspace, const Commit& commit,
                                                   const std::vector<git::PathChange>& changes,
                                                   const std::string& path) {
    GOVCTL_TRY(auto state, workspace.state_at(commit.id));
    for (const auto& [name, decision] : state->decision_records()) {
        const bool added =
            std::any_of(changes.begin(), changes.end(), [&, &decision = decision](const git::PathChange& change) {
                return change.path == decision.path && !change.before;
            });
        if (!added) continue;
        const auto& enacted = decision.value.enacted;
        const bool put = std::find(enacted.begin(), enacted.end(), path) != enacted.end();
        auto matter = state->find_matter(decision.value.subject);
        if (put || decision.path == path || (matter && path.starts_with((*matter)->folder())))
            return std::optional(decision.value);
    }
    return std::optional<model::Decision>();
}

bool founds(const std::vector<git::PathChange>& changes) {
    return std::any_of(changes.begin(), changes.end(),
                       [](const git::PathChange& change) { return change.path == "govctl.yaml" && !change.before; });
}

}  // namespace

Result<Why> why(const Workspace& workspace, const std::string& path, std::optional<int> line,
                const std::string& revision) {
    const git::Repository& repository = workspace.repository();
    GOVCTL_TRY(Oid tip, repository.resolve(revision));
    GOVCTL_TRY(auto tree, repository.tree_of(tip));
    if (auto bytes = tree->read(path); !bytes)
        return Error{ErrorKind::not_found, "there is no file \"" + path + "\" in " + revision};
    if (line) {
        GOVCTL_TRY(auto blamed, repository.blame(tip, path));
        if (*line < 1 || static_cast<std::size_t>(*line) > blamed.size())
            return Error{ErrorKind::not_found, path + " has " + std::to_string(blamed.size()) + " lines"};
        tip = blamed[static_cast<std::size_t>(*line - 1)];
    }
    GOVCTL_TRY(auto chain, repository.first_parents(std::nullopt, tip));
    std::optional<Why> last_touch;
    for (auto commit = chain.rbegin(); commit != chain.rend(); ++commit) {
        const auto parent = commit->parents.empty() ? std::optional<Oid>() : std::optional(commit->parents.front());
        GOVCTL_TRY(auto changes, repository.changes(parent, commit->id));
        const bool touched =
            std::any_of(changes.begin(), changes.end(), [&](const auto& change) { return change.path == path; });
        if (!touched) continue;
        GOVCTL_TRY(auto decision, decision_in(workspace, *commit, changes, path));
        if (decision) return Why{*commit, std::move(decision), false};
        if (founds(changes)) return Why{*commit, std::nullopt, true};
        if (!last_touch) last_touch = Why{*commit, std::nullopt, false};
    }
    if (last_touch) return *last_touch;
    return Error{ErrorKind::not_found, "no commit along first parents brought \"" + path + "\""};
}

}  // namespace govctl::app
