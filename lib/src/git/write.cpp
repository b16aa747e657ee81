#include <algorithm>

#include "commit.hpp"
#include "govctl/base/text.hpp"
#include "intent.hpp"
#include "lock.hpp"
#include "new_objects.hpp"
#include "state.hpp"
#include "work_place.hpp"

namespace govctl::git {

namespace {

Error moved_branch(const std::string& branch) {
    return {ErrorKind::blocked,
            "branch '" + branch + "' moved while this was being worked out",
            {"nothing was written: run it again"}};
}

Error in_the_way(Obstacle obstacle, const std::string& work_tree) {
    const char* what = obstacle == Obstacle::merge    ? "a merge"
                       : obstacle == Obstacle::rebase ? "a rebase"
                                                      : "a git operation";
    return {ErrorKind::blocked,
            std::string(what) + " is under way in '" + work_tree + "'",
            {"`git status` says how to end it"}};
}

Error not_clean(const std::vector<std::string>& paths) {
    return {ErrorKind::blocked,
            "'" + join(paths, "', '") + "' " + (paths.size() == 1 ? "has" : "have") + " changes that are not committed",
            {"commit, stash or discard them first; `git status` shows them"}};
}

Result<std::vector<std::string>> dirty_paths(const WorkPlace& place, const std::vector<Touched>& touched) {
    std::vector<std::string> dirty;
    for (const auto& file : touched) {
        GOVCTL_TRY(bool clean, place.is_clean(file));
        if (!clean) dirty.push_back(file.path);
    }
    return dirty;
}

std::string subject_of(const std::string& message) {
    return message.substr(0, message.find('\n'));
}

/// One write under way. What its steps take is let go of when it ends, however far it came.
class Act {
public:
    Act(std::shared_ptr<const Opened> opened, const CommitRequest& request)
        : opened_(std::move(opened)), request_(request), reference_("refs/heads/" + request.branch) {}

    Oid id() const { return hex(commit_); }

    /// The commit and all it needs, in memory.
    Result<void> make_objects() {
        GOVCTL_TRY(auto base, tree_of_commit(*opened_, request_.expected));
        const git_oid* tree = base ? &*base : nullptr;
        GOVCTL_TRY(touched_, touch(*opened_, tree, request_.changes, request_.adopted, objects_));
        if (touched_.empty()) return Error{ErrorKind::usage, "nothing to commit: no file changes"};
        GOVCTL_TRY(git_oid changed, change_tree(*opened_, tree, touched_, objects_));
        GOVCTL_TRY(std::string commit, commit_bytes(request_, changed));
        commit_ = objects_.add(GIT_OBJECT_COMMIT, std::move(commit));
        return {};
    }

    /// From here on nobody else changes an index where the branch is checked out.
    Result<void> take_places() {
        GOVCTL_TRY(intent_, Intent::declare(*opened_, request_.branch, request_.expected, id()));
        GOVCTL_TRY(auto everywhere, places_of(opened_, request_.branch));
        for (const auto& there : everywhere) {
            auto obstacle = obstacle_in(*there);
            if (obstacle != Obstacle::none) return in_the_way(obstacle, there->work_tree());
            GOVCTL_TRY(FileLock lock, FileLock::take(index_path(*there), id()));
            locks_.push_back(std::move(lock));
            GOVCTL_TRY(WorkPlace place, WorkPlace::open(there));
            GOVCTL_TRY(auto dirty, dirty_paths(place, touched_));
            if (!dirty.empty()) return not_clean(dirty);
            places_.push_back(std::move(place));
        }
        return {};
    }

    Result<void> store_objects() {
        GOVCTL_TRY(kept_, KeptPack::write(*opened_, objects_.all()));
        return {};
    }

    /// Moves the branch if it is still where it was.
    Result<void> move_branch() {
        git_oid before{};
        if (request_.expected) {
            GOVCTL_TRY(before, parse_oid(*request_.expected));
        }
        auto log = "govctl: " + subject_of(request_.message);
        git_repository* repository = opened_->repository.get();
        git_repository_set_ident(repository, request_.committer.name.c_str(), request_.committer.email.c_str());
        ReferenceHandle reference;
        int code = git_reference_create_matching(out(reference), repository, reference_.c_str(), &commit_,
                                                 request_.expected ? 1 : 0, request_.expected ? &before : nullptr,
                                                 log.c_str());
        Error error = code < 0 ? why_not_moved(code) : Error{};
        git_repository_set_ident(repository, nullptr, nullptr);
        if (code == 0) return {};
        // Whatever failed: what counts is where the branch is.
        git_oid tip{};
        bool moved =
            git_reference_name_to_id(&tip, repository, reference_.c_str()) == 0 && git_oid_equal(&tip, &commit_);
        return moved ? Result<void>() : error;
    }

    /// Index and work trees follow. The commit stands, whatever happens here; what fails, the next writer tries again.
    Result<void> bring_along() {
        for (auto& place : places_) {
            auto left = place.bring_along(touched_);
            if (!left) {
                intent_->leave();
                return made_but(left.error().message);
            }
            if (!left->empty()) return made_but("'" + join(*left, "', '") + "' changed meanwhile and is left as it is");
        }
        return {};
    }

private:
    Error why_not_moved(int code) const {
        if (code == GIT_ELOCKED)
            return {ErrorKind::blocked,
                    "branch '" + request_.branch + "' is locked: another git is at work",
                    {"run it again; if no git is running, remove '" + opened_->git_folder() + reference_ + ".lock'"}};
        if (code == GIT_EMODIFIED || code == GIT_EEXISTS || code == GIT_ENOTFOUND) return moved_branch(request_.branch);
        return failure("cannot move branch '" + request_.branch + "'");
    }

    Error made_but(const std::string& what) const {
        return {ErrorKind::environment,
                "commit " + id() + " is made, but the work tree is not all at it: " + what,
                {"`git status` shows the difference; `git checkout HEAD -- PATH` takes the committed file"}};
    }

    std::shared_ptr<const Opened> opened_;
    const CommitRequest& request_;
    std::string reference_;
    NewObjects objects_;
    std::optional<KeptPack> kept_;
    std::vector<Touched> touched_;
    git_oid commit_{};
    std::optional<Intent> intent_;  // before what it tells a successor to remove, so that it goes after
    std::vector<FileLock> locks_;
    std::vector<WorkPlace> places_;
};

}  // namespace

Result<Turn> Repository::take_turn() {
    if (auto held = state_->turn.lock()) return Turn(std::move(held));
    GOVCTL_TRY(WriterLock lock, WriterLock::take(git_folder()));
    GOVCTL_CHECK(Intent::finish_left(state_->opened));
    auto turn = std::make_shared<WriterLock>(std::move(lock));
    state_->turn = turn;
    return Turn(std::move(turn));
}

Result<Oid> Repository::write(const CommitRequest& request) {
    GOVCTL_TRY(const Turn turn, take_turn());
    GOVCTL_TRY(auto tip, branch_tip(request.branch));
    if (tip != request.expected) return moved_branch(request.branch);

    Act act(state_->opened, request);
    GOVCTL_CHECK(act.make_objects());
    GOVCTL_CHECK(act.take_places());
    GOVCTL_CHECK(act.store_objects());
    GOVCTL_CHECK(act.move_branch());
    GOVCTL_CHECK(act.bring_along());
    return act.id();
}

Result<std::vector<std::string>> Repository::dirty(const std::vector<std::string>& paths,
                                                   const std::optional<Oid>& commit) const {
    if (is_bare()) return std::vector<std::string>();
    const Opened& opened = *state_->opened;
    GOVCTL_TRY(auto tree, tree_of_commit(opened, commit));
    std::vector<Touched> files;
    for (const auto& path : paths) {
        Touched file{path, std::nullopt, std::nullopt};
        if (tree) {
            GOVCTL_TRY(file.before, find_in_tree(opened, *tree, path));
        }
        files.push_back(std::move(file));
    }
    GOVCTL_TRY(WorkPlace place, WorkPlace::open(state_->opened));
    return dirty_paths(place, files);
}

Result<void> Repository::write_work_files(const FileChanges& changes, const std::optional<Oid>& commit) {
    if (is_bare()) return Error{ErrorKind::blocked, "a bare repository has no work tree to write to"};
    NewObjects unwritten;
    GOVCTL_TRY(auto tree, tree_of_commit(*state_->opened, commit));
    GOVCTL_TRY(auto touched, touch(*state_->opened, tree ? &*tree : nullptr, changes, {}, unwritten));
    GOVCTL_TRY(WorkPlace place, WorkPlace::open(state_->opened));
    GOVCTL_TRY(auto dirty_files, dirty_paths(place, touched));
    if (!dirty_files.empty()) return not_clean(dirty_files);
    for (const auto& file : touched) {
        const auto& bytes = changes.at(file.path);
        GOVCTL_CHECK(place.put_file(file, bytes ? &*bytes : nullptr));
    }
    return {};
}

}  // namespace govctl::git
