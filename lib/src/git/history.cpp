#include <algorithm>

#include "commit.hpp"
#include "state.hpp"
#include "tree.hpp"

namespace govctl::git {

namespace {

/// Collects what compare_trees() visits.
Result<std::vector<PathChange>> changed_files(const Opened& opened, const git_oid* before, const git_oid* after,
                                              const Wanted& wanted = {}) {
    std::vector<PathChange> changes;
    auto side = [](const std::string& path, const TreeEntry* entry) -> std::optional<FileEntry> {
        if (entry == nullptr) return std::nullopt;
        return file_entry(path, entry->mode, entry->id);
    };
    const Difference keep = [&](const std::string& path, const TreeEntry* a, const TreeEntry* b) {
        changes.push_back({path, side(path, a), side(path, b)});
    };
    GOVCTL_CHECK(compare_trees(opened, before, after, keep, wanted));
    return changes;
}

/// Leaves commits out of a walk. Less than zero: it failed.
using Hide = std::function<int(git_revwalk* walk)>;

/// Visits what `to` has and is not hidden, newest first.
Result<void> walk(const Opened& opened, const Oid& to, const Hide& hide,
                  const std::function<void(const Commit&)>& visit) {
    GOVCTL_TRY(git_oid start, parse_oid(to));
    RevwalkHandle walk;
    if (git_revwalk_new(out(walk), opened.repository.get()) < 0 || git_revwalk_push(walk.get(), &start) < 0 ||
        hide(walk.get()) < 0)
        return failure("cannot walk the history of '" + to + "'");
    git_revwalk_sorting(walk.get(), GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
    git_oid next;
    int code = 0;
    while ((code = git_revwalk_next(&next, walk.get())) == 0) {
        GOVCTL_TRY(Commit commit, read_commit(opened, next));
        visit(commit);
    }
    if (code != GIT_ITEROVER) return failure("cannot walk the history of '" + to + "'");
    return {};
}

}  // namespace

Result<Commit> Repository::commit(const Oid& id) const {
    GOVCTL_TRY(git_oid oid, parse_oid(id));
    return read_commit(*state_->opened, oid);
}

Result<std::optional<Oid>> Repository::merge_base(const Oid& a, const Oid& b) const {
    GOVCTL_TRY(git_oid one, parse_oid(a));
    GOVCTL_TRY(git_oid other, parse_oid(b));
    git_oid base;
    int code = git_merge_base(&base, state_->get(), &one, &other);
    if (code == GIT_ENOTFOUND) return std::optional<Oid>();
    if (code < 0) return failure("cannot find where '" + a + "' and '" + b + "' part");
    return std::optional(hex(base));
}

Result<std::vector<Commit>> Repository::first_parents(const std::optional<Oid>& from, const Oid& to) const {
    std::vector<Commit> chain;
    for (std::optional<Oid> next = to; next && next != from;) {
        GOVCTL_TRY(git_oid id, parse_oid(*next));
        GOVCTL_TRY(Commit commit, read_commit(*state_->opened, id));
        next = commit.parents.empty() ? std::nullopt : std::optional(commit.parents.front());
        if (!next && from)
            return Error{ErrorKind::not_found,
                         "commit '" + *from + "' is not on the first-parent chain of '" + to + "'"};
        chain.push_back(std::move(commit));
    }
    std::reverse(chain.begin(), chain.end());
    return chain;
}

Result<std::vector<Link>> Repository::first_parent_links(const std::set<Oid>& ends, const Oid& to) const {
    std::vector<Link> chain;
    for (std::optional<Oid> next = to; next && !ends.contains(*next);) {
        GOVCTL_TRY(git_oid id, parse_oid(*next));
        GOVCTL_TRY(ReadCommit read, read_any_commit(*state_->opened, id));
        Commit& commit = read.commit;
        next = commit.parents.empty() ? std::nullopt : std::optional(commit.parents.front());
        chain.push_back({std::move(commit.id), std::move(commit.tree), std::move(commit.parents), commit.committed,
                         std::move(read.problem)});
    }
    std::reverse(chain.begin(), chain.end());
    return chain;
}

bool Repository::descends_from(const Oid& commit, const Oid& old) const {
    auto from = parse_oid(old);
    auto to = parse_oid(commit);
    if (!from || !to) return false;
    return commit == old || git_graph_descendant_of(state_->get(), &*to, &*from) == 1;
}

Result<std::vector<Commit>> Repository::between(const Oid& from, const Oid& to) const {
    GOVCTL_TRY(git_oid hidden, parse_oid(from));
    std::vector<Commit> commits;
    GOVCTL_CHECK(walk(
        *state_->opened, to, [&](git_revwalk* walk) { return git_revwalk_hide(walk, &hidden); },
        [&](const Commit& commit) { commits.push_back(commit); }));
    return commits;
}

Result<std::vector<Commit>> Repository::unknown_commits(const Oid& to) const {
    std::vector<Commit> commits;
    GOVCTL_CHECK(walk(
        *state_->opened, to, [](git_revwalk* walk) { return git_revwalk_hide_glob(walk, "*"); },
        [&](const Commit& commit) { commits.push_back(commit); }));
    return commits;
}

Result<void> Repository::each_commit(const Oid& to, const std::function<void(const Commit&)>& visit) const {
    return walk(
        *state_->opened, to, [](git_revwalk*) { return 0; }, visit);
}

Result<std::vector<PathChange>> Repository::changes(const std::optional<Oid>& before, const Oid& after) const {
    const Opened& opened = *state_->opened;
    GOVCTL_TRY(auto old_tree, tree_of_commit(opened, before));
    GOVCTL_TRY(auto new_tree, tree_of_commit(opened, after));
    return changed_files(opened, old_tree ? &*old_tree : nullptr, &*new_tree);
}

Result<std::vector<PathChange>> Repository::tree_changes(
    const std::optional<Oid>& before, const Oid& after,
    const std::function<bool(const std::string& path)>& wanted) const {
    std::optional<git_oid> old_tree;
    if (before) {
        GOVCTL_TRY(old_tree, parse_oid(*before));
    }
    GOVCTL_TRY(git_oid new_tree, parse_oid(after));
    return changed_files(*state_->opened, old_tree ? &*old_tree : nullptr, &new_tree, wanted);
}

}  // namespace govctl::git
