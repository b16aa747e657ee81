#include "commit.hpp"
#include "state.hpp"
#include "tree.hpp"

namespace govctl::git {

namespace {

/// The mailmap of a commit; null where it has none that can be used.
MailmapHandle read_mailmap(const Opened& opened, const Oid& commit) {
    auto root = tree_of_commit(opened, commit);
    if (!root) return nullptr;
    auto found = find_in_tree(opened, **root, ".mailmap");
    if (!found || !*found || file_mode((*found)->mode) != FileMode::file) return nullptr;
    auto blob = read_object(opened, (*found)->id, GIT_OBJECT_BLOB);
    if (!blob) return nullptr;
    MailmapHandle mailmap;
    git_mailmap_from_buffer(out(mailmap), bytes_of(*blob).data(), bytes_of(*blob).size());
    return mailmap;
}

}  // namespace

Identity Repository::mapped(const Identity& identity, const std::optional<Oid>& commit) const {
    if (!commit) return identity;
    auto& mailmaps = state_->mailmaps;
    auto at = mailmaps.find(*commit);
    if (at == mailmaps.end()) at = mailmaps.emplace(*commit, read_mailmap(*state_->opened, *commit)).first;
    const char* name = nullptr;
    const char* email = nullptr;
    if (at->second == nullptr ||
        git_mailmap_resolve(&name, &email, at->second.get(), identity.name.c_str(), identity.email.c_str()) < 0)
        return identity;
    return {name, email};
}

}  // namespace govctl::git
