#include <algorithm>

#include "commit.hpp"
#include "state.hpp"
#include "tree.hpp"

namespace govctl::git {

namespace {

Result<std::optional<Found>> file_in(const Opened& opened, const Commit& commit, const std::string& path) {
    GOVCTL_TRY(const git_oid tree, parse_oid(commit.tree));
    return find_in_tree(opened, tree, path);
}

/// A commit's header in lines, with their ends; then the message, from the empty line on.
struct Taken {
    std::vector<std::string> header;
    std::string_view message;
};

Taken take_apart(std::string_view bytes) {
    Taken taken;
    while (!bytes.empty() && bytes.front() != '\n') {
        const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
        taken.header.emplace_back(bytes.substr(0, end));
        bytes.remove_prefix(end);
    }
    taken.message = bytes;
    return taken;
}

}  // namespace

Result<std::optional<Oid>> Repository::brought_by(const Oid& commit, const std::string& path, int most) const {
    const Opened& opened = *state_->opened;
    const std::optional<Oid> none;
    GOVCTL_TRY(Commit at, this->commit(commit));
    GOVCTL_TRY(const auto file, file_in(opened, at, path));
    if (!file) return none;
    for (int steps = 0; steps < most; ++steps) {
        std::optional<Commit> same;
        for (const Oid& id : at.parents) {
            GOVCTL_TRY(Commit parent, this->commit(id));
            GOVCTL_TRY(const auto theirs, file_in(opened, parent, path));
            if (theirs == file) {
                same = std::move(parent);
                break;
            }
        }
        if (!same) return std::optional(at.id);
        at = *std::move(same);
    }
    return none;
}

Result<std::optional<SignedBytes>> Repository::signed_bytes(const Oid& commit) const {
    GOVCTL_TRY(const git_oid id, parse_oid(commit));
    GOVCTL_TRY(const auto object, read_object(*state_->opened, id, GIT_OBJECT_COMMIT));
    const Taken taken = take_apart(bytes_of(object));
    SignedBytes found;
    bool inside = false;
    for (const std::string& line : taken.header) {
        const bool begins = line.starts_with("gpgsig ");
        if (begins && !found.signature.empty())
            return Error{ErrorKind::environment, "commit '" + commit + "' has two signatures"};
        inside = begins || (inside && line.starts_with(' '));
        if (inside)
            found.signature += line.substr(begins ? 7 : 1);
        else
            found.bytes += line;
    }
    found.bytes += taken.message;
    return found.signature.empty() ? std::optional<SignedBytes>() : std::optional(std::move(found));
}

}  // namespace govctl::git
