#include "work_place.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "govctl/base/text.hpp"
#include "state.hpp"

namespace govctl::git {

namespace {

bool same_file(unsigned mode, const git_oid& id, const Found& other) {
    return file_mode(mode) == file_mode(other.mode) && git_oid_equal(&id, &other.id);
}

std::string copy_path(const Opened& opened) {
    return opened.own_folder() + "govctl-index";
}

/// libgit2 would wait on a pipe for its rules.
bool has_plain_attributes(const Fd& top, const std::string& path) {
    for (std::size_t slash = 0; slash != std::string::npos; slash = path.find('/', slash + 1)) {
        auto spot = find_spot(top, slash == 0 ? ".gitattributes" : path.substr(0, slash) + "/.gitattributes");
        if (!spot.folder) return true;
        struct stat status {};
        if (fstatat(spot.folder.get(), spot.name.c_str(), &status, 0) == 0 && !S_ISREG(status.st_mode)) return false;
    }
    return true;
}

void set_stat(git_index_entry& entry, const struct stat& status) {
    entry.ctime = {static_cast<std::int32_t>(status.st_ctim.tv_sec),
                   static_cast<std::uint32_t>(status.st_ctim.tv_nsec)};
    entry.mtime = {static_cast<std::int32_t>(status.st_mtim.tv_sec),
                   static_cast<std::uint32_t>(status.st_mtim.tv_nsec)};
    entry.dev = static_cast<std::uint32_t>(status.st_dev);
    entry.ino = static_cast<std::uint32_t>(status.st_ino);
    entry.uid = status.st_uid;
    entry.gid = status.st_gid;
    entry.file_size = static_cast<std::uint32_t>(status.st_size);
}

}  // namespace

WorkPlace::WorkPlace(std::shared_ptr<const Opened> opened, Fd top, IndexFile index)
    : opened_(std::move(opened)),
      top_(std::move(top)),
      index_(std::move(index)),
      modes_count_(config_bool(*opened_, "core.filemode", true)) {}

Result<WorkPlace> WorkPlace::open(std::shared_ptr<const Opened> opened) {
    GOVCTL_TRY(Fd top, open_folder(opened->work_tree()));
    GOVCTL_TRY(IndexFile index, IndexFile::read(index_path(*opened)));
    return WorkPlace(std::move(opened), std::move(top), std::move(index));
}

Result<bool> WorkPlace::is_clean(const Touched& file) const {
    if (!index_is_ready(file)) return false;
    return work_tree_is_ready(file);
}

bool WorkPlace::index_is_ready(const Touched& file) const {
    return index_holds(file.path, file.before) || (file.edited && index_holds(file.path, *file.edited));
}

Result<bool> WorkPlace::work_tree_is_ready(const Touched& file) const {
    GOVCTL_TRY(bool as_before, work_tree_holds(file.path, file.before));
    if (as_before || !file.edited) return as_before;
    return work_tree_holds(file.path, *file.edited);
}

bool WorkPlace::index_holds(const std::string& path, const std::optional<Found>& committed) const {
    if (const IndexEntry* entry = index_.find(path))
        return committed && entry->stage == 0 && !entry->intent_to_add && same_file(entry->mode, entry->id, *committed);
    if (committed) return false;
    // A file staged where the path needs a folder, or a folder where it needs a file.
    for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', slash + 1))
        if (index_.find(std::string_view(path).substr(0, slash)) != nullptr) return false;
    auto folder = path + "/";
    auto below = index_.at_or_after(folder);
    return below == index_.entries().end() || !below->path.starts_with(folder);
}

Result<bool> WorkPlace::work_tree_holds(const std::string& path, const std::optional<Found>& committed) const {
    if (is_outside_sparse(path)) return true;
    auto spot = find_spot(top_, path);
    bool nothing_there = !spot.folder && errno == ENOENT;
    auto status = spot.folder ? status_at(spot.folder, spot.name) : std::nullopt;
    if (spot.folder && !status) nothing_there = true;
    if (!committed || !status) return nothing_there && !committed;
    return holds_bytes(spot, path, *status, *committed);
}

Result<bool> WorkPlace::holds_bytes(const Spot& spot, const std::string& path, const struct stat& status,
                                    const Found& committed) const {
    auto mode = file_mode(committed.mode);
    if (mode == FileMode::symlink) {
        if (!S_ISLNK(status.st_mode)) return false;
        GOVCTL_TRY(std::string text, read_link(spot.folder, spot.name, path));
        return same_file(GIT_FILEMODE_LINK, hash_blob(text), committed);
    }
    if (!S_ISREG(status.st_mode) || mode == FileMode::submodule) return false;
    bool executable = (status.st_mode & S_IXUSR) != 0;
    if (modes_count_ && executable != (mode == FileMode::executable)) return false;
    GOVCTL_TRY(std::string bytes, read_file(spot.folder, spot.name, path));
    if (same_file(committed.mode, hash_blob(bytes), committed)) return true;
    GOVCTL_TRY(std::string stored, filtered(path, bytes, GIT_FILTER_TO_ODB));
    return same_file(committed.mode, hash_blob(stored), committed);
}

bool WorkPlace::is_outside_sparse(const std::string& path) const {
    const IndexEntry* entry = index_.find(path);
    if (entry == nullptr || !entry->skip_work_tree) return false;
    auto spot = find_spot(top_, path);
    return !spot.folder || !status_at(spot.folder, spot.name);
}

/// Line ends and `$Id$`, as `.gitattributes` and `core.autocrlf` say; libgit2 runs no program for it.
Result<std::string> WorkPlace::filtered(const std::string& path, std::string_view bytes,
                                        git_filter_mode_t direction) const {
    if (!has_plain_attributes(top_, path)) return std::string(bytes);
    FilterListHandle filters;
    if (git_filter_list_load(out(filters), opened_->repository.get(), nullptr, path.c_str(), direction,
                             GIT_FILTER_ALLOW_UNSAFE) < 0)
        return failure("cannot tell how '" + path + "' is to be written");
    if (filters == nullptr) return std::string(bytes);
    Buffer result;
    if (git_filter_list_apply_to_buffer(&result, filters.get(), bytes.data(), bytes.size()) < 0)
        return failure("cannot convert '" + path + "'");
    return std::string(result.ptr, result.size);
}

Result<std::vector<std::string>> WorkPlace::bring_along(const std::vector<Touched>& touched) {
    GOVCTL_CHECK(copy_index());
    GOVCTL_CHECK(distrust_recent_entries());
    std::vector<std::string> left;
    for (const auto& file : touched) {
        GOVCTL_TRY(bool file_done, bring_file(file));
        GOVCTL_TRY(bool entry_done, bring_entry(file));
        if (!file_done || !entry_done) left.push_back(file.path);
    }
    GOVCTL_CHECK(write_index());
    return left;
}

Result<bool> WorkPlace::bring_file(const Touched& file) {
    if (is_outside_sparse(file.path)) return true;
    GOVCTL_TRY(bool done, work_tree_holds(file.path, file.after));
    if (done) return true;
    GOVCTL_TRY(bool ready, work_tree_is_ready(file));
    if (!ready) return false;
    if (!file.after) {
        GOVCTL_CHECK(put_file(file, nullptr));
        return true;
    }
    GOVCTL_TRY(OdbObjectHandle blob, read_object(*opened_, file.after->id, GIT_OBJECT_BLOB));
    const std::string bytes(bytes_of(blob));
    GOVCTL_CHECK(put_file(file, &bytes));
    return true;
}

Result<void> WorkPlace::put_file(const Touched& file, const std::string* bytes) {
    if (bytes == nullptr) return remove_file(top_, file.path);
    GOVCTL_TRY(std::string written, filtered(file.path, *bytes, GIT_FILTER_TO_WORKTREE));
    const bool executable = file.after && file_mode(file.after->mode) == FileMode::executable;
    GOVCTL_CHECK(place_file(top_, file.path, written, executable));
    return {};
}

Result<bool> WorkPlace::bring_entry(const Touched& file) {
    if (index_holds(file.path, file.after)) return true;
    if (!index_is_ready(file)) return false;
    if (file.after)
        GOVCTL_CHECK(put_in_index(file.path, *file.after));
    else
        git_index_remove(edited_.get(), file.path.c_str(), 0);
    return true;
}

Result<void> WorkPlace::put_in_index(const std::string& path, const Found& after) {
    git_index_entry entry{};
    if (const git_index_entry* old = git_index_get_bypath(edited_.get(), path.c_str(), 0)) {
        entry.flags = old->flags;
        entry.flags_extended = old->flags_extended;
    }
    entry.mode = after.mode;
    entry.id = after.id;
    entry.path = path.c_str();
    // The dates of a file that holds something else would make git take it for unchanged.
    GOVCTL_TRY(bool is_there, work_tree_holds(path, after));
    auto spot = find_spot(top_, path);
    auto status = is_there && spot.folder ? status_at(spot.folder, spot.name) : std::nullopt;
    if (status) set_stat(entry, *status);
    if (git_index_add(edited_.get(), &entry) < 0) return failure("cannot put '" + path + "' in the index");
    return {};
}

/// git takes a file for unchanged when its date is that of its entry, unless the entry is as young as the index: then
/// it looks. A younger index would end that, and hide an edit made within that second.
Result<void> WorkPlace::distrust_recent_entries() {
    for (std::size_t i = 0; i < git_index_entrycount(edited_.get()); ++i) {
        git_index_entry entry = *git_index_get_byindex(edited_.get(), i);
        const bool recent = entry.mtime.seconds >= index_.written();
        if (!recent || entry.file_size == 0 || git_index_entry_is_conflict(&entry) || is_intent_to_add(entry)) continue;
        auto same = work_tree_holds(entry.path, Found{entry.mode, entry.id});
        if (same && *same) continue;
        entry.file_size = 0;  // what git itself does, for the same reason
        std::string path = entry.path;
        entry.path = path.c_str();
        if (git_index_add(edited_.get(), &entry) < 0) return failure("cannot update the index");
    }
    return {};
}

/// Works on a copy from here on: git sees the old index until the new one is whole.
Result<void> WorkPlace::copy_index() {
    auto from = index_path(*opened_), to = copy_path(*opened_);
    unlink((to + ".lock").c_str());  // libgit2's, of a predecessor that was killed
    if (auto bytes = read_plain(from)) {
        GOVCTL_CHECK(write_plain(to, *bytes));
    } else if (access(from.c_str(), F_OK) == 0) {
        return Error{ErrorKind::environment, "cannot read the index '" + from + "'"};
    } else {
        unlink(to.c_str());
    }
    GOVCTL_TRY(edited_, read_index(to));
    return {};
}

Result<void> WorkPlace::write_index() {
    if (git_index_write(edited_.get()) < 0) return failure("cannot write the index");
    if (rename(copy_path(*opened_).c_str(), index_path(*opened_).c_str()) != 0)
        return system_failure("cannot replace the index");
    return {};
}

Result<std::vector<std::string>> own_folders(const Opened& opened) {
    std::vector<std::string> folders{opened.git_folder()};
    Names linked;
    if (git_worktree_list(&linked, opened.repository.get()) < 0) return failure("cannot list the work trees");
    for (const char* name : linked) folders.push_back(opened.git_folder() + "worktrees/" + name + "/");
    return folders;
}

Result<std::vector<std::shared_ptr<const Opened>>> places_of(const std::shared_ptr<const Opened>& opened,
                                                             const std::string& branch) {
    std::vector<std::shared_ptr<const Opened>> places;
    GOVCTL_TRY(const auto folders, own_folders(*opened));
    for (const auto& folder : folders) {
        GOVCTL_TRY(auto head, read_if_there(folder + "HEAD"));
        if (!head || trim(*head) != "ref: refs/heads/" + branch) continue;
        auto there = opened;
        if (folder != opened->own_folder()) {
            GOVCTL_TRY(there, open_at(folder));
        }
        auto work_tree = there->work_tree();
        if (work_tree.empty()) continue;
        if (access(work_tree.c_str(), F_OK) == 0)
            places.push_back(std::move(there));
        else if (errno != ENOENT)
            return system_failure("cannot open the work tree '" + work_tree + "'");
    }
    return places;
}

}  // namespace govctl::git
