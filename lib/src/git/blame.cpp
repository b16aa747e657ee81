#include <algorithm>

#include "commit.hpp"
#include "state.hpp"
#include "tree.hpp"

namespace govctl::git {

namespace {

std::size_t count_lines(std::string_view text) {
    auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    return ends + (text.empty() || text.back() == '\n' ? 0 : 1);
}

/// Lines of two versions that are replaced by each other, from `begin` up to `end`, counted from 0.
struct Replaced {
    std::size_t old_begin, old_end, new_begin, new_end;
};

std::size_t first_line(int start, int count) {
    return static_cast<std::size_t>(count == 0 ? start : start - 1);  // of no lines, diff names the line before
}

Result<std::vector<Replaced>> compare_lines(std::string_view old_text, std::string_view new_text) {
    git_diff_options options;
    git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
    options.context_lines = 0;
    options.flags = GIT_DIFF_FORCE_TEXT;
    auto collect = [](const git_diff_delta*, const git_diff_hunk* hunk, void* all) {
        auto old_begin = first_line(hunk->old_start, hunk->old_lines);
        auto new_begin = first_line(hunk->new_start, hunk->new_lines);
        static_cast<std::vector<Replaced>*>(all)->push_back(
            {old_begin, old_begin + static_cast<std::size_t>(hunk->old_lines), new_begin,
             new_begin + static_cast<std::size_t>(hunk->new_lines)});
        return 0;
    };
    std::vector<Replaced> hunks;
    if (git_diff_buffers(old_text.data(), old_text.size(), nullptr, new_text.data(), new_text.size(), nullptr, &options,
                         nullptr, nullptr, collect, nullptr, &hunks) < 0)
        return failure("cannot compare two versions of a file");
    return hunks;
}

/// The lines of one file on their way back through its versions.
class Lines {
public:
    explicit Lines(std::size_t count) : brought_by_(count), now_(count), open_(count) {
        for (std::size_t line = 0; line < count; ++line) now_[line] = line;
    }

    bool all_known() const { return open_ == 0; }

    /// `commit` brought every line that is still open.
    void end(const Oid& commit) { settle(0, now_.size(), commit); }

    /// `commit` made the present version from one of `old_count` lines.
    void step_back(const std::vector<Replaced>& hunks, std::size_t old_count, const Oid& commit) {
        std::vector<std::optional<std::size_t>> before(old_count);
        std::size_t old_line = 0, new_line = 0;
        auto keep_until = [&](std::size_t old_end) {
            while (old_line < old_end && new_line < now_.size()) before[old_line++] = now_[new_line++];
        };
        for (const auto& hunk : hunks) {
            keep_until(hunk.old_begin);
            settle(hunk.new_begin, hunk.new_end, commit);
            old_line = hunk.old_end;
            new_line = hunk.new_end;
        }
        keep_until(old_count);
        now_ = std::move(before);
    }

    std::vector<Oid> take() && { return std::move(brought_by_); }

private:
    void settle(std::size_t begin, std::size_t end, const Oid& commit) {
        for (auto line = begin; line < end; ++line)
            if (now_[line]) {
                brought_by_[*now_[line]] = commit;
                --open_;
            }
    }

    std::vector<Oid> brought_by_;
    std::vector<std::optional<std::size_t>> now_;  ///< line of this version → line of the newest
    std::size_t open_;
};

/// The file at `path` in a commit; none where it has none.
Result<std::optional<git_oid>> file_in(const Opened& opened, const Commit& commit, const std::string& path) {
    GOVCTL_TRY(git_oid root, parse_oid(commit.tree));
    GOVCTL_TRY(auto found, find_in_tree(opened, root, path));
    if (!found || found->mode == folder_mode || found->mode == GIT_FILEMODE_COMMIT) return std::optional<git_oid>();
    return std::optional(found->id);
}

}  // namespace

Result<std::vector<Oid>> Repository::blame(const Oid& commit, const std::string& path) const {
    const Opened& opened = *state_->opened;
    GOVCTL_TRY(Commit newer, this->commit(commit));
    GOVCTL_TRY(auto file, file_in(opened, newer, path));
    if (!file) return Error{ErrorKind::not_found, "no file '" + path + "' in '" + commit + "'"};
    GOVCTL_TRY(OdbObjectHandle text, read_object(opened, *file, GIT_OBJECT_BLOB));

    Lines lines(count_lines(bytes_of(text)));
    while (!lines.all_known() && !newer.parents.empty()) {
        GOVCTL_TRY(Commit older, this->commit(newer.parents.front()));
        GOVCTL_TRY(auto older_file, file_in(opened, older, path));
        if (!older_file) break;
        if (!git_oid_equal(&*older_file, &*file)) {
            GOVCTL_TRY(OdbObjectHandle older_text, read_object(opened, *older_file, GIT_OBJECT_BLOB));
            GOVCTL_TRY(auto hunks, compare_lines(bytes_of(older_text), bytes_of(text)));
            lines.step_back(hunks, count_lines(bytes_of(older_text)), newer.id);
            file = older_file;
            text = std::move(older_text);
        }
        newer = std::move(older);
    }
    lines.end(newer.id);
    return std::move(lines).take();
}

}  // namespace govctl::git
