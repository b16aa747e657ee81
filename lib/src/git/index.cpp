#include "index.hpp"

#include "tree.hpp"

namespace govctl::git {

std::string index_path(const Opened& opened) {
    return opened.own_folder() + "index";
}

Result<IndexHandle> read_index(const std::string& path) {
    IndexHandle index;
    if (git_index_open(out(index), path.c_str()) < 0) {
        Error error = failure("cannot read the index");
        error.hints = {
            "if it is split or sparse, run `git update-index --no-split-index` or `git sparse-checkout disable`"};
        return error;
    }
    return index;
}

bool is_intent_to_add(const git_index_entry& entry) {
    return (entry.flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD) != 0;
}

Result<std::vector<FileEntry>> list_index(git_index* index) {
    std::vector<FileEntry> files;
    files.reserve(git_index_entrycount(index));
    for (std::size_t i = 0; i < git_index_entrycount(index); ++i) {
        const git_index_entry& entry = *git_index_get_byindex(index, i);
        if (git_index_entry_is_conflict(&entry))
            return Error{ErrorKind::blocked,
                         "merge under way: '" + std::string(entry.path) + "' has conflicts in the index",
                         {"finish it, or run `git merge --abort`"}};
        if (!is_intent_to_add(entry)) files.push_back(file_entry(entry.path, entry.mode, entry.id));
    }
    return files;
}

}  // namespace govctl::git
