#include "index.hpp"

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

}  // namespace govctl::git
