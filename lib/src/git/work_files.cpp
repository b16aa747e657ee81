#include "work_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "files.hpp"
#include "index.hpp"
#include "tree.hpp"

namespace govctl::git {

namespace {

struct Tracked {
    std::string path;
    unsigned mode = 0;
    git_oid id{};
};

std::vector<Tracked> tracked_files(git_index* index) {
    std::vector<Tracked> files;
    for (std::size_t i = 0; i < git_index_entrycount(index); ++i) {
        const git_index_entry& entry = *git_index_get_byindex(index, i);
        if (files.empty() || files.back().path != entry.path) files.push_back({entry.path, entry.mode, entry.id});
    }
    return files;
}

Result<std::vector<std::string>> names_in(const Fd& folder, const std::string& path) {
    std::vector<std::string> names;
    DIR* stream = fdopendir(fcntl(folder.get(), F_DUPFD_CLOEXEC, 0));
    if (stream == nullptr) return system_failure("cannot read folder '" + path + "'");
    while (const dirent* entry = readdir(stream)) {
        std::string_view name = entry->d_name;
        if (name != "." && name != ".." && name != ".git") names.emplace_back(name);
    }
    closedir(stream);
    return names;
}

unsigned mode_of(const struct stat& status) {
    if (S_ISLNK(status.st_mode)) return GIT_FILEMODE_LINK;
    return (status.st_mode & S_IXUSR) != 0 ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB;
}

class Walk {
public:
    Walk(const Opened& opened, std::vector<Tracked> tracked)
        : repository_(opened.repository.get()), tracked_(std::move(tracked)) {}

    Result<void> folder(const Fd& folder, const std::string& prefix) {
        // Else libgit2 would wait on a pipe for its rules.
        struct stat rules {};
        if (fstatat(folder.get(), ".gitignore", &rules, 0) == 0 && !S_ISREG(rules.st_mode))
            return Error{ErrorKind::environment, "'" + prefix + ".gitignore' is not a file"};
        GOVCTL_TRY(auto names, names_in(folder, prefix));
        for (const auto& name : names) GOVCTL_CHECK(entry(folder, name, prefix + name));
        return {};
    }

    std::vector<FileEntry> take() && {
        std::sort(files_.begin(), files_.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
        return std::move(files_);
    }

private:
    Result<void> entry(const Fd& in, const std::string& name, const std::string& path) {
        auto status = status_at(in, name);
        if (!status) return {};  // gone since
        if (S_ISDIR(status->st_mode)) return subfolder(in, name, path);
        if (!S_ISREG(status->st_mode) && !S_ISLNK(status->st_mode)) return {};
        bool is_tracked = find(path) != nullptr;
        if (!is_tracked && is_ignored(path)) return {};
        auto bytes = S_ISLNK(status->st_mode) ? read_link(in, name, path) : read_file(in, name, path);
        if (!bytes && !is_tracked) return {};  // someone else's, as git status sees it
        if (!bytes) return Error(std::move(bytes).error());
        git_oid id;
        git_odb_hash(&id, bytes->data(), bytes->size(), GIT_OBJECT_BLOB);
        files_.push_back(file_entry(path, mode_of(*status), id));
        return {};
    }

    Result<void> subfolder(const Fd& in, const std::string& name, const std::string& path) {
        if (const Tracked* known = find(path); known != nullptr && known->mode == GIT_FILEMODE_COMMIT) {
            files_.push_back(file_entry(path, known->mode, known->id));
            return {};
        }
        if (!has_tracked(path + "/") && is_ignored(path)) return {};
        Fd inner = open_folder_in(in, name);
        if (!inner) return system_failure("cannot open folder '" + path + "'");
        if (status_at(inner, ".git")) return {};  // a repository of its own
        return folder(inner, path + "/");
    }

    std::vector<Tracked>::const_iterator at_or_after(const std::string& path) const {
        return std::lower_bound(tracked_.begin(), tracked_.end(), path,
                                [](const Tracked& file, const std::string& wanted) { return file.path < wanted; });
    }

    const Tracked* find(const std::string& path) const {
        auto at = at_or_after(path);
        return at != tracked_.end() && at->path == path ? &*at : nullptr;
    }

    bool has_tracked(const std::string& prefix) const {
        auto at = at_or_after(prefix);
        return at != tracked_.end() && at->path.starts_with(prefix);
    }

    bool is_ignored(const std::string& path) const {
        int ignored = 0;
        return git_ignore_path_is_ignored(&ignored, repository_, path.c_str()) == 0 && ignored == 1;
    }

    git_repository* repository_;
    std::vector<Tracked> tracked_;
    std::vector<FileEntry> files_;
};

}  // namespace

Result<std::vector<FileEntry>> list_work_files(const Opened& opened) {
    GOVCTL_TRY(IndexHandle index, read_index(index_path(opened)));
    GOVCTL_TRY(Fd top, open_folder(opened.work_tree()));
    Walk walk(opened, tracked_files(index.get()));
    GOVCTL_CHECK(walk.folder(top, ""));
    return std::move(walk).take();
}

Result<std::string> read_work_file(const std::string& work_tree, const std::string& path) {
    Error no_file{ErrorKind::not_found, "no file '" + path + "'"};
    GOVCTL_TRY(Fd top, open_folder(work_tree));
    auto spot = find_spot(top, path);
    if (!spot.folder) return no_file;
    auto status = status_at(spot.folder, spot.name);
    if (!status) return no_file;
    if (S_ISLNK(status->st_mode)) return read_link(spot.folder, spot.name, path);
    if (S_ISREG(status->st_mode)) return read_file(spot.folder, spot.name, path);
    return no_file;
}

}  // namespace govctl::git
