#include "opened.hpp"

#include "govctl/git/repository.hpp"

namespace govctl::git {

namespace {

bool hashes_are_checked = false;

void set_options() {
    const char* extensions[] = {"worktreeconfig"};
    git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions, std::size(extensions));
    git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, hashes_are_checked ? 1 : 0);
}

}  // namespace

void check_hashes(bool on) {
    hashes_are_checked = on;
    Session session;
    git_libgit2_opts(GIT_OPT_ENABLE_STRICT_HASH_VERIFICATION, on ? 1 : 0);
}

Session::Session() {
    if (git_libgit2_init() == 1) set_options();
}

Session::~Session() {
    git_libgit2_shutdown();
}

std::string Opened::work_tree() const {
    const char* folder = git_repository_workdir(repository.get());
    return folder != nullptr ? folder : "";
}

bool config_bool(const Opened& opened, const char* name, bool otherwise) {
    ConfigHandle config;
    int value = 0;
    if (git_repository_config(out(config), opened.repository.get()) < 0) return otherwise;
    return git_config_get_bool(&value, config.get(), name) == 0 ? value != 0 : otherwise;
}

bool config_is_set(const Opened& opened, const char* name) {
    ConfigHandle config;
    Buffer value;
    if (git_repository_config(out(config), opened.repository.get()) < 0) return false;
    return git_config_get_string_buf(&value, config.get(), name) == 0 && config_bool(opened, name, true);
}

Error failure(ErrorKind kind, std::string what) {
    const git_error* last = git_error_last();
    if (last != nullptr && last->message != nullptr) what += std::string(": ") + last->message;
    return {kind, std::move(what)};
}

Error failure(std::string what) {
    return failure(ErrorKind::environment, std::move(what));
}

std::string hex(const git_oid& id) {
    std::string text(GIT_OID_HEXSZ, '0');
    git_oid_fmt(text.data(), &id);
    return text;
}

Result<git_oid> parse_oid(const std::string& text) {
    git_oid id;
    if (text.size() != GIT_OID_HEXSZ || git_oid_fromstr(&id, text.c_str()) < 0)
        return Error{ErrorKind::not_found, "'" + text + "' is not an object id"};
    return id;
}

Result<OdbObjectHandle> read_object(const Opened& opened, const git_oid& id, git_object_t type) {
    OdbObjectHandle object;
    int code = git_odb_read(out(object), opened.odb.get(), &id);
    if (code == GIT_ENOTFOUND || (code == 0 && git_odb_object_type(object.get()) != type))
        return Error{ErrorKind::not_found,
                     std::string("no ") + git_object_type2string(type) + " '" + hex(id) + "' in the repository"};
    if (code < 0) return failure("cannot read object '" + hex(id) + "'");
    return object;
}

std::string_view bytes_of(const OdbObjectHandle& object) {
    return {static_cast<const char*>(git_odb_object_data(object.get())), git_odb_object_size(object.get())};
}

}  // namespace govctl::git
