#include "commit.hpp"
#include "state.hpp"
#include "tree.hpp"

namespace govctl::git {

namespace {

/// The blob of a commit's mailmap; empty where it has none that can be used.
Oid mailmap_of(const Opened& opened, const Oid& commit) {
    auto root = tree_of_commit(opened, commit);
    if (!root) return {};
    auto found = find_in_tree(opened, **root, ".mailmap");
    if (!found || !*found || file_mode((*found)->mode) != FileMode::file) return {};
    return hex((*found)->id);
}

MailmapHandle read_mailmap(const Opened& opened, const Oid& id) {
    auto oid = parse_oid(id);
    if (!oid) return nullptr;
    auto blob = read_object(opened, *oid, GIT_OBJECT_BLOB);
    if (!blob) return nullptr;
    MailmapHandle mailmap;
    git_mailmap_from_buffer(out(mailmap), bytes_of(*blob).data(), bytes_of(*blob).size());
    return mailmap;
}

}  // namespace

Identity Repository::mapped(const Identity& identity, const std::optional<Oid>& commit) const {
    if (!commit) return identity;
    if (state_->mailmap_commit != *commit) {
        state_->mailmap_commit = *commit;
        state_->mailmap_blob = mailmap_of(*state_->opened, *commit);
    }
    const Oid& blob = state_->mailmap_blob;
    if (blob.empty()) return identity;
    auto& mailmaps = state_->mailmaps;
    auto at = mailmaps.find(blob);
    if (at == mailmaps.end()) at = mailmaps.emplace(blob, read_mailmap(*state_->opened, blob)).first;
    const char* name = nullptr;
    const char* email = nullptr;
    if (at->second == nullptr ||
        git_mailmap_resolve(&name, &email, at->second.get(), identity.name.c_str(), identity.email.c_str()) < 0)
        return identity;
    return {name, email};
}

}  // namespace govctl::git
