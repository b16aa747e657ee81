#include <algorithm>
#include <string_view>

#include "state.hpp"

namespace govctl::git {

namespace {

constexpr std::string_view branch_prefix = "refs/heads/";
constexpr std::string_view remote_prefix = "refs/remotes/";

bool is_valid_reference(const std::string& name) {
    int valid = 0;
    return git_reference_name_is_valid(&valid, name.c_str()) == 0 && valid == 1;
}

std::optional<std::string> short_name(const git_reference* reference) {
    std::string_view name = git_reference_name(reference);
    if (name.starts_with(branch_prefix)) return std::string(name.substr(branch_prefix.size()));
    // `origin/HEAD` says which branch is the remote's first; it is none itself.
    if (name.starts_with(remote_prefix) && git_reference_type(reference) == GIT_REFERENCE_DIRECT)
        return std::string(name.substr(remote_prefix.size()));
    return std::nullopt;
}

Error unknown_revision(const std::string& revision, const std::string& why = "unknown revision") {
    return {ErrorKind::not_found, why + " '" + revision + "'"};
}

}  // namespace

Result<std::string> Repository::head_branch() const {
    ReferenceHandle head;
    if (git_reference_lookup(out(head), state_->get(), "HEAD") < 0) return failure("cannot read HEAD");
    const char* target = git_reference_symbolic_target(head.get());
    if (target == nullptr || !std::string_view(target).starts_with(branch_prefix))
        return Error{
            ErrorKind::blocked, "HEAD is detached: no branch is checked out", {"run `git switch BRANCH` first"}};
    return std::string(target).substr(branch_prefix.size());
}

Result<std::optional<Oid>> Repository::branch_tip(const std::string& branch) const {
    auto name = std::string(branch_prefix) + branch;
    if (!is_valid_reference(name)) return Error{ErrorKind::usage, "'" + branch + "' cannot be a branch's name"};
    git_oid id;
    int code = git_reference_name_to_id(&id, state_->get(), name.c_str());
    if (code == GIT_ENOTFOUND) return std::optional<Oid>();
    if (code < 0) return failure("cannot read branch '" + branch + "'");
    return std::optional(hex(id));
}

Result<std::vector<std::string>> Repository::branches() const {
    ReferenceIteratorHandle references;
    if (git_reference_iterator_new(out(references), state_->get()) < 0) return failure("cannot list the branches");
    std::vector<std::string> names;
    ReferenceHandle reference;
    while (git_reference_next(out(reference), references.get()) == 0)
        if (auto name = short_name(reference.get())) names.push_back(*std::move(name));
    std::sort(names.begin(), names.end());
    return names;
}

Result<Oid> Repository::resolve(const std::string& revision) const {
    ObjectHandle object, commit;
    int code = git_revparse_single(out(object), state_->get(), revision.c_str());
    if (code == GIT_EAMBIGUOUS) return unknown_revision(revision, "more than one object matches");
    if (code < 0) return unknown_revision(revision);
    if (git_object_peel(out(commit), object.get(), GIT_OBJECT_COMMIT) < 0)
        return Error{ErrorKind::not_found, "revision '" + revision + "' is not a commit"};
    return hex(*git_object_id(commit.get()));
}

Result<std::pair<std::optional<Oid>, Oid>> Repository::resolve_range(const std::string& range) const {
    using Range = std::pair<std::optional<Oid>, Oid>;
    auto dots = range.find("..");
    if (dots == std::string::npos) {
        GOVCTL_TRY(Oid only, resolve(range));
        return Range{std::nullopt, only};
    }
    if (range.compare(dots, 3, "...") == 0)
        return Error{ErrorKind::usage, "range '" + range + "' has three dots", {"write it as A..B"}};
    auto or_head = [](std::string side) { return side.empty() ? "HEAD" : side; };
    GOVCTL_TRY(Oid from, resolve(or_head(range.substr(0, dots))));
    GOVCTL_TRY(Oid to, resolve(or_head(range.substr(dots + 2))));
    return Range{from, to};
}

}  // namespace govctl::git
