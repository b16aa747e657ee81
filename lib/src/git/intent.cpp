#include "intent.hpp"

#include <unistd.h>

#include "commit.hpp"
#include "govctl/base/text.hpp"
#include "kept_pack.hpp"
#include "lock.hpp"
#include "work_place.hpp"

namespace govctl::git {

namespace {

std::string intent_path(const Opened& opened) {
    return opened.git_folder() + "govctl.intent";
}

struct Left {
    std::string branch;
    std::optional<Oid> before;
    Oid after;
};

std::optional<Left> parse(const std::string& text) {
    auto lines = split(text, '\n');
    if (lines.size() < 3) return std::nullopt;
    Left left{lines[0], std::nullopt, lines[2]};
    if (!lines[1].empty()) left.before = lines[1];
    return left;
}

/// Locks of git's that bear our token. libgit2 makes the lock of a branch empty and fills it at once; one that stays
/// empty is that of the dead.
Result<void> remove_locks(const Opened& opened, const Left& left) {
    GOVCTL_TRY(const auto folders, own_folders(opened));
    for (const auto& folder : folders) FileLock::release_left(folder + "index", left.after);
    auto reference = opened.git_folder() + "refs/heads/" + left.branch;
    FileLock::release_left(reference, left.after + "\n");
    FileLock::release_empty(reference);
    return {};
}

Result<std::vector<Touched>> difference(const Opened& opened, const Left& left) {
    GOVCTL_TRY(auto before, tree_of_commit(opened, left.before));
    GOVCTL_TRY(auto after, tree_of_commit(opened, left.after));
    std::vector<Touched> touched;
    auto side = [](const TreeEntry* entry) {
        return entry != nullptr ? std::optional(Found{entry->mode, entry->id}) : std::nullopt;
    };
    GOVCTL_CHECK(compare_trees(opened, before ? &*before : nullptr, &*after,
                               [&](const std::string& path, const TreeEntry* a, const TreeEntry* b) {
                                   touched.push_back({path, side(a), side(b)});
                               }));
    return touched;
}

Result<void> bring_along(const std::shared_ptr<const Opened>& opened, const Left& left) {
    GOVCTL_TRY(auto touched, difference(*opened, left));
    GOVCTL_TRY(auto places, places_of(opened, left.branch));
    for (const auto& there : places) {
        GOVCTL_TRY(FileLock lock, FileLock::take(index_path(*there), left.after));
        GOVCTL_TRY(WorkPlace place, WorkPlace::open(there));
        GOVCTL_CHECK(place.bring_along(touched));
    }
    return {};
}

}  // namespace

Result<Intent> Intent::declare(const Opened& opened, const std::string& branch, const std::optional<Oid>& before,
                               const Oid& after) {
    auto path = intent_path(opened);
    GOVCTL_CHECK(write_plain(path, branch + "\n" + before.value_or("") + "\n" + after + "\n"));
    return Intent(std::move(path));
}

Result<void> Intent::finish_left(const std::shared_ptr<const Opened>& opened) {
    auto path = intent_path(*opened);
    GOVCTL_TRY(auto text, read_if_there(path));
    if (!text) return {};
    KeptPack::clean_up(*opened);
    if (auto left = parse(*text)) {
        GOVCTL_CHECK(remove_locks(*opened, *left));
        git_oid tip;
        auto reference = "refs/heads/" + left->branch;
        bool moved =
            git_reference_name_to_id(&tip, opened->repository.get(), reference.c_str()) == 0 && hex(tip) == left->after;
        if (moved) GOVCTL_CHECK(bring_along(opened, *left));
    }
    Intent finished(std::move(path));
    return {};
}

Intent::~Intent() {
    if (!path_.empty()) unlink(path_.c_str());
}

}  // namespace govctl::git
