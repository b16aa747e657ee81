#include "new_objects.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "govctl/base/text.hpp"

namespace govctl::git {

namespace {

bool is_usable_path(const std::string& path) {
    if (path.empty() || path.size() > 4096 || path.find('\0') != std::string::npos) return false;
    if (path.front() == '/' || path.back() == '/' || path.find("//") != std::string::npos) return false;
    auto parts = split(path, '/');
    return std::none_of(parts.begin(), parts.end(), [](const std::string& part) {
        auto name = lower(part);
        return name == "." || name == ".." || name == ".git" || name == "git~1";
    });
}

Error file_and_folder(const std::string& path) {
    return {ErrorKind::usage, "'" + path + "' cannot be both a file and a folder"};
}

/// A tree in the making.
class Builder {
public:
    Builder(const Opened& opened, NewObjects& objects) : opened_(opened), objects_(objects) {}

    /// The new tree in place of `base`, none when nothing is left in it. The paths of `files` have `prefix` in common.
    Result<std::optional<git_oid>> folder(const git_oid* base, const std::string& prefix,
                                          const std::vector<const Touched*>& files) {
        GOVCTL_TRY(Entries entries, entries_of(base));
        std::map<std::string, std::vector<const Touched*>> below;
        for (const Touched* file : files)
            if (auto slash = file->path.find('/', prefix.size()); slash != std::string::npos)
                below[file->path.substr(prefix.size(), slash - prefix.size())].push_back(file);
        for (const auto& [name, inner] : below) GOVCTL_CHECK(subfolder(entries, name, prefix + name, inner));
        for (const Touched* file : files)
            if (file->path.find('/', prefix.size()) == std::string::npos)
                GOVCTL_CHECK(set(entries, file->path.substr(prefix.size()), *file));
        if (entries.empty()) return std::optional<git_oid>();
        return std::optional(objects_.add(GIT_OBJECT_TREE, bytes_of(entries)));
    }

private:
    using Entries = std::map<std::string, Found>;

    Result<Entries> entries_of(const git_oid* base) {
        Entries entries;
        if (base == nullptr) return entries;
        GOVCTL_TRY(Tree tree, read_tree(opened_, *base));
        for (const auto& entry : tree.entries) entries[std::string(entry.name)] = {entry.mode, entry.id};
        return entries;
    }

    Result<void> set(Entries& entries, const std::string& name, const Touched& file) {
        auto old = entries.find(name);
        if (old != entries.end() && old->second.mode == folder_mode) return file_and_folder(file.path);
        if (file.after)
            entries[name] = *file.after;
        else
            entries.erase(name);
        return {};
    }

    Result<void> subfolder(Entries& entries, const std::string& name, const std::string& path,
                           const std::vector<const Touched*>& below) {
        auto old = entries.find(name);
        if (old != entries.end() && old->second.mode != folder_mode) return file_and_folder(path);
        GOVCTL_TRY(auto made, folder(old != entries.end() ? &old->second.id : nullptr, path + "/", below));
        if (made)
            entries[name] = {folder_mode, *made};
        else
            entries.erase(name);
        return {};
    }

    static std::string bytes_of(const Entries& entries) {
        std::vector<TreeEntry> sorted;
        for (const auto& [name, entry] : entries) sorted.push_back({entry.mode, name, entry.id});
        std::sort(sorted.begin(), sorted.end(), sorts_before);
        std::string bytes;
        for (const auto& entry : sorted) {
            bool is_folder = entry.is_folder();
            char mode[8];
            snprintf(mode, sizeof mode, is_folder ? "%o " : "%06o ", entry.mode);
            bytes.append(mode).append(entry.name).push_back('\0');
            bytes.append(reinterpret_cast<const char*>(entry.id.id), GIT_OID_RAWSZ);
        }
        return bytes;
    }

    const Opened& opened_;
    NewObjects& objects_;
};

/// `Ada <ada@example.org> 1795000000 +0100`
Result<std::string> stamp(const Identity& who, Instant when, int offset) {
    auto breaks = [](const std::string& text) {
        return text.find_first_of(std::string_view("<>\n\0", 4)) != std::string::npos;
    };
    if (trim(who.name).empty() || trim(who.email).empty() || breaks(who.name) || breaks(who.email))
        return Error{ErrorKind::usage,
                     "'" + who.name + " <" + who.email + ">' cannot be an author",
                     {"set `git config user.name` and `git config user.email`"}};
    char zone[8];
    snprintf(zone, sizeof zone, "%c%02d%02d", offset < 0 ? '-' : '+', std::abs(offset) / 60 % 100,
             std::abs(offset) % 60);
    return trim(who.name) + " <" + trim(who.email) + "> " + std::to_string(when.seconds) + " " + zone;
}

}  // namespace

git_oid hash_blob(std::string_view bytes) {
    git_oid id;
    git_odb_hash(&id, bytes.data(), bytes.size(), GIT_OBJECT_BLOB);
    return id;
}

git_oid NewObjects::add(git_object_t type, std::string bytes) {
    git_oid id;
    git_odb_hash(&id, bytes.data(), bytes.size(), type);
    objects_.push_back({type, std::move(bytes), id});
    return id;
}

Result<std::vector<Touched>> touch(const Opened& opened, const git_oid* base, const FileChanges& changes,
                                   const FileChanges& adopted, NewObjects& objects) {
    std::vector<Touched> touched;
    for (const auto& [path, bytes] : changes) {
        if (!is_usable_path(path)) return Error{ErrorKind::usage, "'" + path + "' cannot be a file's name"};
        Touched file{path, std::nullopt, std::nullopt};
        if (base != nullptr) {
            GOVCTL_TRY(file.before, find_in_tree(opened, *base, path));
        }
        if (file.before && (file.before->mode == folder_mode || file.before->mode == GIT_FILEMODE_COMMIT))
            return file_and_folder(path);
        const bool executable = file.before && file.before->mode == GIT_FILEMODE_BLOB_EXECUTABLE;
        const unsigned mode = executable ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB;
        if (bytes) file.after = {mode, objects.add(GIT_OBJECT_BLOB, *bytes)};
        if (auto edit = adopted.find(path); edit != adopted.end())
            file.edited = edit->second ? std::optional(Found{mode, hash_blob(*edit->second)}) : std::nullopt;
        if (file.before != file.after) touched.push_back(std::move(file));
    }
    return touched;
}

Result<git_oid> change_tree(const Opened& opened, const git_oid* base, const std::vector<Touched>& touched,
                            NewObjects& objects) {
    std::vector<const Touched*> files;
    for (const auto& file : touched) files.push_back(&file);
    GOVCTL_TRY(auto tree, Builder(opened, objects).folder(base, "", files));
    return tree ? *tree : objects.add(GIT_OBJECT_TREE, "");
}

Result<std::string> commit_bytes(const CommitRequest& request, const git_oid& tree) {
    if (trim(request.message).empty() || request.message.find('\0') != std::string::npos)
        return Error{ErrorKind::usage, "the commit has no message"};
    GOVCTL_TRY(std::string author, stamp(request.author, request.when, request.author_offset_minutes));
    GOVCTL_TRY(std::string committer, stamp(request.committer, request.when, request.author_offset_minutes));
    std::string bytes = "tree " + hex(tree) + "\n";
    if (request.expected) bytes += "parent " + *request.expected + "\n";
    bytes += "author " + author + "\ncommitter " + committer + "\n";
    const std::string message = "\n" + request.message + (request.message.ends_with('\n') ? "" : "\n");
    if (!request.sign) return bytes + message;
    GOVCTL_TRY(const std::string signature, request.sign(bytes + message));
    return bytes + "gpgsig " + join(split(trim(signature), '\n'), "\n ") + "\n" + message;
}

}  // namespace govctl::git
