#include "govctl/git/repository.hpp"

#include <git2/sys/repository.h>
#include <sys/stat.h>

#include <filesystem>
#include <string_view>

#include "state.hpp"

namespace govctl::git {

namespace {

Error not_a_repository(const std::string& folder) {
    return {ErrorKind::environment,
            "no git repository in '" + folder + "' or a folder above it",
            {"run `git init`, or name the repository with `-C DIR`"}};
}

Error not_owned(const std::string& folder) {
    return {ErrorKind::environment,
            "the repository '" + folder + "' is owned by someone else",
            {"to trust it, run: git config --global --add safe.directory " + folder}};
}

/// The folder that git knows a repository by: its work tree, or the git folder of a bare one.
std::string name_of(const std::string& git_folder) {
    std::string_view name = git_folder;
    while (name.size() > 1 && name.ends_with('/')) name.remove_suffix(1);
    if (name.ends_with("/.git")) name.remove_suffix(5);
    return std::string(name);
}

/// libgit2 1.5 knows single folders in `safe.directory`, but not `*`.
bool everything_is_safe() {
    ConfigHandle config;
    if (git_config_open_default(out(config)) < 0) return false;
    bool safe = false;
    auto look = [](const git_config_entry* entry, void* answer) {
        std::string_view value = entry->value != nullptr ? entry->value : "";
        if (value == "*") *static_cast<bool*>(answer) = true;
        if (value.empty()) *static_cast<bool*>(answer) = false;  // as in git: begins the list anew
        return 0;
    };
    git_config_get_multivar_foreach(config.get(), "safe.directory", nullptr, look, &safe);
    return safe;
}

int open_anyones(RepositoryHandle& repository, const std::string& git_folder) {
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
    int code = git_repository_open(out(repository), git_folder.c_str());
    git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
    return code;
}

/// What git can read and libgit2 cannot, by name.
Error not_readable(const std::string& folder) {
    Error error = failure("cannot open the repository '" + folder + "'");
    auto mentions = [&](const char* words) { return error.message.find(words) != std::string::npos; };
    if (mentions("objectformat"))
        return {ErrorKind::environment, "the repository '" + folder + "' uses SHA-256, which govctl cannot read"};
    if (mentions("refstorage"))
        return {ErrorKind::environment,
                "the repository '" + folder + "' uses reftable, which govctl cannot read",
                {"run `git refs migrate --ref-format=files`"}};
    return error;
}

/// A pipe where a file should be would be waited on for ever.
bool is_file_or_absent(const std::string& path) {
    struct stat status {};
    return stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode);
}

bool lies_in(const std::filesystem::path& inner, const std::filesystem::path& outer) {
    auto relative = inner.lexically_relative(outer);
    return !relative.empty() && *relative.begin() != "..";
}

/// `core.worktree` may put the work tree anywhere; files that the user did not point at are not govctl's to write.
bool is_where_it_was_found(const Opened& opened, const std::string& folder) {
    if (opened.work_tree().empty()) return true;
    std::error_code error;
    auto here = std::filesystem::canonical(folder, error);
    auto tree = std::filesystem::canonical(opened.work_tree(), error);
    auto own = std::filesystem::canonical(opened.own_folder(), error);
    return !error && (lies_in(here, tree) || lies_in(here, own));
}

Result<std::string> find_git_folder(const std::string& folder) {
    Buffer found;
    if (git_repository_discover(&found, folder.c_str(), 0, nullptr) < 0) return not_a_repository(folder);
    return std::string(found.ptr);
}

Result<RepositoryHandle> open_repository(const std::string& git_folder) {
    for (const char* name : {"config", "HEAD", "commondir", "packed-refs", "index"})
        if (auto file = (std::filesystem::path(git_folder) / name).string(); !is_file_or_absent(file))
            return Error{ErrorKind::environment, "'" + file + "' is not a file"};
    RepositoryHandle repository;
    int code = git_repository_open(out(repository), git_folder.c_str());
    // 1.5.1 says "not found" where nobody has set safe.directory at all.
    if (code == GIT_EOWNER || code == GIT_ENOTFOUND) {
        if (!everything_is_safe()) return not_owned(name_of(git_folder));
        code = open_anyones(repository, git_folder);
    }
    if (code < 0) return not_readable(name_of(git_folder));
    return repository;
}

/// New objects lie in a folder of their own until a push is accepted; the others are where they always are.
Result<void> use_object_folders(const Surroundings& surroundings, Opened& opened) {
    OdbHandle odb;
    auto failed = [] { return failure("cannot open the objects of this push"); };
    if (git_odb_open(out(odb), surroundings.object_folder.c_str()) < 0) return failed();
    auto others = surroundings.other_object_folders;
    others.push_back(opened.git_folder() + "objects");
    for (const auto& other : others)
        if (git_odb_add_disk_alternate(odb.get(), other.c_str()) < 0) return failed();
    if (git_repository_set_odb(opened.repository.get(), odb.get()) < 0) return failed();
    opened.odb = std::move(odb);
    return {};
}

Result<void> apply(const Surroundings& surroundings, Opened& opened) {
    const auto& work_tree = surroundings.work_tree;
    if (!work_tree.empty() && git_repository_set_workdir(opened.repository.get(), work_tree.c_str(), 0) < 0)
        return failure("cannot use the work tree '" + work_tree + "'");
    return surroundings.object_folder.empty() ? Result<void>() : use_object_folders(surroundings, opened);
}

}  // namespace

Result<std::shared_ptr<Opened>> open_at(const std::string& git_folder) {
    auto opened = std::make_shared<Opened>();
    GOVCTL_TRY(opened->repository, open_repository(git_folder));
    if (git_repository_odb(out(opened->odb), opened->repository.get()) < 0)
        return failure("cannot open the objects of '" + git_folder + "'");
    return opened;
}

Repository::Repository(std::unique_ptr<State> state) : state_(std::move(state)) {}
Repository::Repository(Repository&&) noexcept = default;
Repository& Repository::operator=(Repository&&) noexcept = default;
Repository::~Repository() = default;

Repository Repository::share() const {
    auto state = std::make_unique<State>();
    state->opened = state_->opened;
    return Repository(std::move(state));
}

Result<Repository> Repository::discover(const std::string& folder, const Surroundings& surroundings) {
    Session session;
    std::string git_folder = surroundings.git_folder;
    if (git_folder.empty()) {
        GOVCTL_TRY(git_folder, find_git_folder(folder));
    }
    GOVCTL_TRY(auto opened, open_at(git_folder));
    GOVCTL_CHECK(apply(surroundings, *opened));
    if (surroundings.git_folder.empty() && !is_where_it_was_found(*opened, folder))
        return Error{ErrorKind::environment,
                     "the work tree of '" + git_folder + "' lies elsewhere: '" + opened->work_tree() + "'",
                     {"run govctl there, or unset `core.worktree`"}};
    auto state = std::make_unique<State>();
    state->opened = std::move(opened);
    return Repository(std::move(state));
}

bool Repository::is_bare() const {
    return state_->opened->work_tree().empty();
}

bool Repository::is_shallow() const {
    return git_repository_is_shallow(state_->get()) == 1;
}

bool Repository::has_rewritten_objects() const {
    struct stat status {};
    if (stat((git_folder() + "info/grafts").c_str(), &status) == 0 && status.st_size > 0) return true;
    ReferenceIteratorHandle references;
    const char* name = nullptr;
    return git_reference_iterator_glob_new(out(references), state_->get(), "refs/replace/*") == 0 &&
           git_reference_next_name(&name, references.get()) == 0;
}

std::string Repository::work_tree() const {
    return state_->opened->work_tree();
}

std::string Repository::git_folder() const {
    return state_->opened->git_folder();
}

Obstacle obstacle_in(const Opened& opened) {
    switch (git_repository_state(opened.repository.get())) {
        case GIT_REPOSITORY_STATE_NONE:
            break;
        case GIT_REPOSITORY_STATE_MERGE:
            return Obstacle::merge;
        case GIT_REPOSITORY_STATE_REBASE:
        case GIT_REPOSITORY_STATE_REBASE_INTERACTIVE:
        case GIT_REPOSITORY_STATE_REBASE_MERGE:
        case GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE:
            return Obstacle::rebase;
        default:
            return Obstacle::other_operation;
    }
    return git_repository_head_detached(opened.repository.get()) == 1 ? Obstacle::detached_head : Obstacle::none;
}

Obstacle Repository::obstacle() const {
    return obstacle_in(*state_->opened);
}

std::optional<std::string> Repository::config(const std::string& name) const {
    ConfigHandle config;
    Buffer value;
    if (git_repository_config(out(config), state_->get()) < 0) return std::nullopt;
    if (git_config_get_string_buf(&value, config.get(), name.c_str()) < 0) return std::nullopt;
    return std::string(value.ptr, value.size);
}

Result<Repository> create(const std::string& folder, const std::string& branch, bool bare) {
    Session session;
    git_repository_init_options options;
    git_repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
    options.flags = GIT_REPOSITORY_INIT_MKPATH | GIT_REPOSITORY_INIT_NO_REINIT;
    if (bare) options.flags |= GIT_REPOSITORY_INIT_BARE;
    options.initial_head = branch.c_str();
    RepositoryHandle made;
    int code = git_repository_init_ext(out(made), folder.c_str(), &options);
    if (code == GIT_EEXISTS) return Error{ErrorKind::blocked, "'" + folder + "' is a git repository already"};
    if (code < 0) return failure("cannot make a repository in '" + folder + "'");
    return Repository::discover(folder);
}

}  // namespace govctl::git
