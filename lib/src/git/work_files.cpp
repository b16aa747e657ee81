#include "work_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "files.hpp"
#include "index.hpp"
#include "index_file.hpp"
#include "new_objects.hpp"
#include "tree.hpp"

namespace govctl::git {

namespace {

/// Whether a file is as it was when its entry was made, by its dates, as git takes it. An entry as young as the index
/// says nothing: an edit within that second would not show.
bool is_unchanged(const struct stat& status, const IndexEntry& entry, std::int64_t index_written) {
    auto same = [](const timespec& time, const std::uint32_t(&noted)[2]) {
        return static_cast<std::uint32_t>(time.tv_sec) == noted[0] &&
               static_cast<std::uint32_t>(time.tv_nsec) == noted[1];
    };
    return entry.stage == 0 && !entry.intent_to_add && entry.size > 0 &&
           static_cast<std::uint32_t>(status.st_size) == entry.size && same(status.st_mtim, entry.write_time) &&
           same(status.st_ctim, entry.change_time) && static_cast<std::uint32_t>(status.st_ino) == entry.inode &&
           status.st_mtim.tv_sec < index_written;
}

/// What lies in a folder, in the order of git: by name, folders as if theirs ended in a slash.
struct Contents {
    std::vector<std::string> names;  ///< those of folders end in a slash
    bool has_rules = false;          ///< .gitignore
    bool has_attributes = false;     ///< .gitattributes
    bool is_repository = false;      ///< .git
};

bool is_folder(const Fd& in, const dirent& entry) {
    if (entry.d_type != DT_UNKNOWN) return entry.d_type == DT_DIR;
    auto status = status_at(in, entry.d_name);
    return status && S_ISDIR(status->st_mode);
}

Result<Contents> contents_of(const Fd& folder, const std::string& path) {
    Contents contents;
    DIR* stream = fdopendir(fcntl(folder.get(), F_DUPFD_CLOEXEC, 0));
    if (stream == nullptr) return system_failure("cannot read folder '" + path + "'");
    while (const dirent* entry = readdir(stream)) {
        const std::string_view name = entry->d_name;
        if (name == "." || name == "..") continue;
        contents.has_rules |= name == ".gitignore";
        contents.has_attributes |= name == ".gitattributes";
        contents.is_repository |= name == ".git";
        if (name == ".git") continue;
        contents.names.emplace_back(name);
        if (is_folder(folder, *entry)) contents.names.back() += '/';
    }
    closedir(stream);
    std::sort(contents.names.begin(), contents.names.end());
    return contents;
}

unsigned mode_of(const struct stat& status) {
    if (S_ISLNK(status.st_mode)) return GIT_FILEMODE_LINK;
    return (status.st_mode & S_IXUSR) != 0 ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB;
}

class Walk {
public:
    Walk(const Opened& opened, const IndexFile& index)
        : opened_(opened),
          index_(index),
          modes_count_(config_bool(opened, "core.filemode", true)),
          converts_(config_is_set(opened, "core.autocrlf")) {}

    Result<void> top(const Fd& folder) {
        GOVCTL_TRY(Contents contents, contents_of(folder, "."));
        return walk(folder, "", contents);
    }

    WorkFiles take() && { return std::move(found_); }

private:
    Result<void> walk(const Fd& folder, const std::string& prefix, const Contents& contents) {
        // Else libgit2 would wait on a pipe for its rules.
        struct stat rules {};
        if (contents.has_rules && fstatat(folder.get(), ".gitignore", &rules, 0) == 0 && !S_ISREG(rules.st_mode))
            return Error{ErrorKind::environment, "'" + prefix + ".gitignore' is not a file"};
        converts_ |= contents.has_attributes;
        for (const auto& name : contents.names)
            GOVCTL_CHECK(name.ends_with('/') ? subfolder(folder, name.substr(0, name.size() - 1), prefix + name)
                                             : file(folder, name, prefix + name));
        return {};
    }

    Result<void> file(const Fd& in, const std::string& name, const std::string& path) {
        auto status = status_at(in, name);
        if (!status || (!S_ISREG(status->st_mode) && !S_ISLNK(status->st_mode))) return {};
        const IndexEntry* tracked = index_.find(path);
        if (tracked == nullptr && is_ignored(path)) return {};
        auto mode = mode_of(*status);
        if (tracked != nullptr && !modes_count_ && mode != GIT_FILEMODE_LINK) mode = tracked->mode;
        if (tracked != nullptr && holds_its_blob(*status, *tracked)) {
            found_.files.push_back(file_entry(path, mode, tracked->id));
            return {};
        }
        auto bytes = S_ISLNK(status->st_mode) ? read_link(in, name, path) : read_file(in, name, path);
        if (!bytes && tracked == nullptr) return {};  // someone else's, as git status sees it
        if (!bytes) return Error(std::move(bytes).error());
        found_.files.push_back(file_entry(path, mode, hash_blob(*bytes)));
        found_.path_of_hashed.emplace(found_.files.back().blob, path);
        return {};
    }

    /// The bytes are those of the blob, which needs no reading to know: an unchanged file, and of the blob's own size,
    /// where git may have converted line ends.
    bool holds_its_blob(const struct stat& status, const IndexEntry& entry) const {
        if (!S_ISREG(status.st_mode) || !is_unchanged(status, entry, index_.written())) return false;
        if (!converts_) return true;
        std::size_t size = 0;
        git_object_t type = GIT_OBJECT_INVALID;
        return git_odb_read_header(&size, &type, opened_.odb.get(), &entry.id) == 0 && size == entry.size;
    }

    /// `prefix` is the folder's path with a slash at the end.
    Result<void> subfolder(const Fd& in, const std::string& name, const std::string& prefix) {
        auto path = prefix.substr(0, prefix.size() - 1);
        if (const IndexEntry* known = index_.find(path); known != nullptr && known->mode == GIT_FILEMODE_COMMIT) {
            found_.files.push_back(file_entry(path, known->mode, known->id));
            return {};
        }
        const bool is_tracked = has_tracked(prefix);
        if (!is_tracked && is_ignored(path)) return {};
        Fd inner = open_folder_in(in, name);
        if (!inner) return is_tracked ? system_failure("cannot open folder '" + path + "'") : Result<void>();
        GOVCTL_TRY(Contents contents, contents_of(inner, path));
        if (contents.is_repository) return {};
        return walk(inner, prefix, contents);
    }

    bool has_tracked(const std::string& prefix) const {
        auto at = index_.at_or_after(prefix);
        return at != index_.entries().end() && at->path.starts_with(prefix);
    }

    bool is_ignored(const std::string& path) const {
        int ignored = 0;
        return git_ignore_path_is_ignored(&ignored, opened_.repository.get(), path.c_str()) == 0 && ignored == 1;
    }

    const Opened& opened_;
    const IndexFile& index_;
    bool modes_count_;
    bool converts_;  ///< files may hold other bytes than their blobs
    WorkFiles found_;
};

constexpr int deepest = 256;

/// `prefix` is the folder's path with a slash at the end.
Result<void> find_in_folder(const Fd& folder, const std::string& prefix, const Selection& wanted,
                            std::vector<FileEntry>& files, int depth) {
    if (depth > deepest) return Error{ErrorKind::environment, "folders lie too deep at '" + prefix + "'"};
    GOVCTL_TRY(const Contents contents, contents_of(folder, prefix));
    for (const std::string& name : contents.names) {
        if (name.ends_with('/')) {
            const Fd inner = open_folder_in(folder, name.substr(0, name.size() - 1));
            if (inner) GOVCTL_CHECK(find_in_folder(inner, prefix + name, wanted, files, depth + 1));
            continue;
        }
        if (!wanted.has(prefix + name)) continue;
        const auto status = status_at(folder, name);
        if (status && (S_ISREG(status->st_mode) || S_ISLNK(status->st_mode)))
            files.push_back({prefix + name, {}, file_mode(mode_of(*status))});
    }
    return {};
}

}  // namespace

Result<WorkFiles> list_work_files(const Opened& opened) {
    GOVCTL_TRY(IndexFile index, IndexFile::read(index_path(opened)));
    GOVCTL_TRY(Fd top, open_folder(opened.work_tree()));
    Walk walk(opened, index);
    GOVCTL_CHECK(walk.top(top));
    return std::move(walk).take();
}

Result<std::vector<FileEntry>> find_work_files(const std::string& work_tree, const Selection& wanted) {
    std::vector<FileEntry> files;
    GOVCTL_TRY(Fd top, open_folder(work_tree));
    const auto spot = find_spot(top, wanted.below.substr(0, wanted.below.size() - 1));
    const Fd folder = spot.folder ? open_folder_in(spot.folder, spot.name) : Fd();
    if (folder) GOVCTL_CHECK(find_in_folder(folder, wanted.below, wanted, files, 0));
    return files;
}

Result<std::vector<FileEntry>> find_in_tracked_folders(const Opened& opened, const std::vector<std::string>& names) {
    GOVCTL_TRY(const IndexFile index, IndexFile::read(index_path(opened)));
    GOVCTL_TRY(const Fd top, open_folder(opened.work_tree()));
    std::vector<FileEntry> files;
    const auto look_in = [&](std::string_view folder) {
        for (const std::string& name : names) {
            std::string path = std::string(folder) + name;
            const auto status = status_at(top, path);
            if (status && (S_ISREG(status->st_mode) || S_ISLNK(status->st_mode)))
                files.push_back({std::move(path), {}, file_mode(mode_of(*status))});
        }
    };
    look_in("");
    std::string_view last;  // with all folders above it, looked into
    for (const IndexEntry& entry : index.entries()) {
        const std::string_view folder = entry.path.substr(0, entry.path.rfind('/') + 1);
        if (folder == last) continue;
        for (std::size_t slash = folder.find('/'); slash != folder.npos; slash = folder.find('/', slash + 1))
            if (!last.starts_with(folder.substr(0, slash + 1))) look_in(folder.substr(0, slash + 1));
        last = folder;
    }
    std::sort(files.begin(), files.end(), [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; });
    return files;
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

Result<std::optional<std::string>> read_plain_work_file(const std::string& work_tree, const std::string& path) {
    struct stat there {};
    if (lstat((work_tree + path).c_str(), &there) != 0) return std::optional<std::string>();  // as for most, at once
    GOVCTL_TRY(Fd top, open_folder(work_tree));
    auto spot = find_spot(top, path);
    auto status = spot.folder ? status_at(spot.folder, spot.name) : std::nullopt;
    if (!status || !S_ISREG(status->st_mode)) return std::optional<std::string>();
    GOVCTL_TRY(std::string bytes, read_file(spot.folder, spot.name, path));
    return std::optional(std::move(bytes));
}

}  // namespace govctl::git
