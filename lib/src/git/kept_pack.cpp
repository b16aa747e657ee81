#include "kept_pack.hpp"

#include <fcntl.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>
#include <unistd.h>

#include <filesystem>

#include "files.hpp"

namespace govctl::git {

namespace {

namespace fs = std::filesystem;

constexpr const char* ours = "govctl\n";  ///< in a `.keep`, says whose it is

/// Where a pack is made before it is seen; not among the packs, where a `git prune` would take what is unfinished.
fs::path making_folder(const Opened& opened) {
    return fs::path(opened.git_folder()) / "objects/govctl-new";
}

fs::path packs_folder(const Opened& opened) {
    return fs::path(opened.git_folder()) / "objects/pack";
}

Error cannot_write(const std::error_code& why) {
    return {ErrorKind::environment, "cannot write objects: " + why.message()};
}

Result<void> put_on_disk(const fs::path& path, bool is_folder = false) {
    const Fd file(open(path.c_str(), O_RDONLY | O_CLOEXEC | (is_folder ? O_DIRECTORY : 0)));
    if (!file || fsync(file.get()) != 0) return system_failure("cannot write '" + path.string() + "'");
    return {};
}

/// libgit2 packs what a repository holds, so these lie in one of their own, in memory.
Result<void> pack_into(const fs::path& folder, const std::vector<NewObject>& objects) {
    OdbHandle odb;
    git_odb_backend* memory = nullptr;
    RepositoryHandle repository;
    PackBuilderHandle builder;
    if (git_odb_new(out(odb)) < 0 || git_mempack_new(&memory) < 0 || git_odb_add_backend(odb.get(), memory, 1) < 0 ||
        git_repository_wrap_odb(out(repository), odb.get()) < 0 ||
        git_packbuilder_new(out(builder), repository.get()) < 0)
        return failure("cannot pack objects");
    git_packbuilder_set_threads(builder.get(), 1);
    for (const NewObject& object : objects) {
        git_oid id;
        if (git_odb_write(&id, odb.get(), object.bytes.data(), object.bytes.size(), object.type) < 0 ||
            git_packbuilder_insert(builder.get(), &id, nullptr) < 0)
            return failure("cannot pack object '" + hex(object.id) + "'");
    }
    if (git_packbuilder_write(builder.get(), folder.c_str(), 0, nullptr, nullptr) < 0)
        return failure("cannot write a pack of objects");
    return {};
}

/// The one pack in a folder, without `.pack`.
Result<std::string> name_of_pack(const fs::path& folder) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (entry->path().extension() == ".pack") return entry->path().stem().string();
    return error ? cannot_write(error) : Error{ErrorKind::environment, "cannot find the pack that was written"};
}

}  // namespace

Result<KeptPack> KeptPack::write(const Opened& opened, const std::vector<NewObject>& objects) {
    const fs::path making = making_folder(opened), packs = packs_folder(opened);
    std::error_code error;
    fs::remove_all(making, error);
    if (!error) fs::create_directories(making, error);
    if (!error) fs::create_directories(packs, error);
    if (error) return cannot_write(error);
    GOVCTL_CHECK(pack_into(making, objects));
    GOVCTL_TRY(const std::string name, name_of_pack(making));
    for (const char* part : {".pack", ".idx"}) GOVCTL_CHECK(put_on_disk(making / (name + part)));

    const std::string keep = packs / (name + ".keep");
    GOVCTL_CHECK(write_plain(keep, ours));
    KeptPack kept(keep);
    // As git does it: who sees the index finds the pack.
    for (const char* part : {".pack", ".idx"}) {
        fs::rename(making / (name + part), packs / (name + part), error);
        if (error) return cannot_write(error);
    }
    GOVCTL_CHECK(put_on_disk(packs, true));
    fs::remove_all(making, error);
    return kept;
}

void KeptPack::clean_up(const Opened& opened) {
    std::error_code error;
    fs::remove_all(making_folder(opened), error);
    for (fs::directory_iterator entry(packs_folder(opened), error), end; !error && entry != end;
         entry.increment(error)) {
        const std::string path = entry->path().string();
        if (path.ends_with(".keep.new") || (path.ends_with(".keep") && read_plain(path) == ours)) unlink(path.c_str());
    }
}

KeptPack::~KeptPack() {
    if (!keep_.empty()) unlink(keep_.c_str());
}

}  // namespace govctl::git
