#include "govctl/app/why.hpp"

#include <algorithm>

#include "govctl/record/path.hpp"

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

std::optional<Oid> first_parent(const Commit& commit) {
    return commit.parents.empty() ? std::nullopt : std::optional(commit.parents.front());
}

/// The way to the deepest value that stands on a line; none: a comment or an empty line.
std::optional<yaml::Path> path_at(const yaml::Node& node, int line) {
    const auto below = [line](const yaml::Node& child, const yaml::Step& step,
                              int begins) -> std::optional<yaml::Path> {
        auto deeper = path_at(child, line);
        if (!deeper && begins != line) return std::nullopt;
        yaml::Path path{step};
        if (deeper) path.insert(path.end(), deeper->begin(), deeper->end());
        return path;
    };
    for (const yaml::Entry& entry : node.entries)
        if (auto path = below(entry.value, entry.key.text, entry.key.begin.line)) return path;
    for (std::size_t index = 0; index < node.items.size(); ++index)
        if (auto path = below(node.items[index], index, node.items[index].begin.line)) return path;
    return node.is_scalar() && node.begin.line == line ? std::optional(yaml::Path{}) : std::nullopt;
}

std::optional<yaml::Document> read(const git::Repository& repository, const Oid& commit, const std::string& path) {
    auto tree = repository.tree_of(commit);
    if (!tree) return std::nullopt;
    auto bytes = (*tree)->read(path);
    if (!bytes) return std::nullopt;
    auto document = yaml::parse(path, *std::move(bytes));
    return document ? std::optional(*std::move(document)) : std::nullopt;
}

/// A file, or a line of it, at a commit.
struct Spot {
    Oid at;
    std::optional<int> line;
};

/// Where the same value stood before a commit that changed only comments and layout of a record; none: it changed more.
std::optional<Spot> before_layout(const git::Repository& repository, const Commit& commit, const std::string& path,
                                  const Spot& spot) {
    const auto parent = first_parent(commit);
    const auto old = parent ? read(repository, *parent, path) : std::nullopt;
    const auto after = old ? read(repository, commit.id, path) : std::nullopt;
    if (!after || !yaml::same_value(old->root, after->root)) return std::nullopt;
    if (!spot.line) return Spot{*parent, std::nullopt};
    const auto now = read(repository, spot.at, path);
    const auto way = now ? path_at(now->root, *spot.line) : std::nullopt;
    if (!way || old->find(*way) == nullptr) return std::nullopt;
    return Spot{*parent, old->place(*way).line};
}

/// The commit along first parents that brought the file or line as it stands at the spot.
Result<Commit> brought(const git::Repository& repository, const std::string& path, const Spot& spot) {
    if (spot.line) {
        GOVCTL_TRY(auto blamed, repository.blame(spot.at, path));
        if (*spot.line < 1 || static_cast<std::size_t>(*spot.line) > blamed.size())
            return Error{ErrorKind::not_found, path + " has " + std::to_string(blamed.size()) + " lines"};
        return repository.commit(blamed[static_cast<std::size_t>(*spot.line - 1)]);
    }
    GOVCTL_TRY(auto chain, repository.first_parents(std::nullopt, spot.at));
    for (auto commit = chain.rbegin(); commit != chain.rend(); ++commit) {
        GOVCTL_TRY(auto changes, repository.changes(first_parent(*commit), commit->id));
        if (std::any_of(changes.begin(), changes.end(), [&](const auto& change) { return change.path == path; }))
            return *commit;
    }
    return Error{ErrorKind::not_found, "no commit along first parents brought \"" + path + "\""};
}

}  // namespace

Result<Why> why(const Workspace& workspace, const std::string& path, std::optional<int> line,
                const std::string& revision) {
    const git::Repository& repository = workspace.repository();
    Spot spot{{}, line};
    GOVCTL_TRY(spot.at, repository.resolve(revision));
    GOVCTL_TRY(auto tree, repository.tree_of(spot.at));
    if (!tree->read(path)) return Error{ErrorKind::not_found, "there is no file \"" + path + "\" in " + revision};
    GOVCTL_TRY(auto state, workspace.state_at(spot.at));
    const bool is_record = record::record_at(path, state->root()).has_value();
    for (;;) {
        GOVCTL_TRY(auto commit, brought(repository, path, spot));
        GOVCTL_TRY(auto changes, repository.changes(first_parent(commit), commit.id));
        GOVCTL_TRY(auto decision, decision_in(workspace, commit, changes, path));
        if (decision) return Why{commit, std::move(decision), false};
        if (founds(changes)) return Why{commit, std::nullopt, true};
        const auto earlier = is_record ? before_layout(repository, commit, path, spot) : std::nullopt;
        if (!earlier) return Why{commit, std::nullopt, false};
        spot = *earlier;
    }
}

}  // namespace govctl::app
