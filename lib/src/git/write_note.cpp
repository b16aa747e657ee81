#include "state.hpp"

namespace govctl::git {

namespace {

std::string reference_of(const std::string& name) {
    return "refs/govctl/" + name;
}

}  // namespace

std::optional<Oid> Repository::noted(const std::string& name) const {
    git_oid id;
    if (git_reference_name_to_id(&id, state_->get(), reference_of(name).c_str()) < 0) return std::nullopt;
    return hex(id);
}

Result<void> Repository::note(const std::string& name, const Oid& commit) {
    if (noted(name) == commit) return {};
    GOVCTL_TRY(git_oid id, parse_oid(commit));
    ReferenceHandle reference;
    if (git_reference_create(out(reference), state_->get(), reference_of(name).c_str(), &id, 1, "govctl") < 0)
        return failure("cannot note " + commit + " as " + reference_of(name));
    return {};
}

}  // namespace govctl::git
