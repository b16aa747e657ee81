#pragma once

#include <string>
#include <utility>
#include <vector>

#include "govctl/base/shared_map.hpp"
#include "govctl/base/snapshot.hpp"

namespace govctl {

struct ByPath {
    using Key = std::string;
    using Value = FileEntry;
    static const FileEntry& value(const FileEntry& entry) { return entry; }
    static const std::string& key_of(const FileEntry& entry) { return entry.path; }
};

/// The files of a state, sorted by path.
class FileList : public SharedSequence<FileEntry, ByPath> {
public:
    FileList() = default;
    explicit FileList(std::vector<FileEntry> files) {
        for (FileEntry& file : files) set(std::move(file));
    }

    void set(FileEntry file) {
        const std::string path = file.path;
        const auto [item, is_new] = place(path, [&] { return file; });
        if (!is_new) *item = std::move(file);
    }

    /// The files whose path begins with a prefix.
    struct Range {
        const_iterator first, last;
        const_iterator begin() const { return first; }
        const_iterator end() const { return last; }
        bool empty() const { return first == last; }
    };
    Range below(const std::string& prefix) const {
        const auto first = lower_bound(prefix);
        auto last = first;
        while (last != end() && last->path.starts_with(prefix)) ++last;
        return {first, last};
    }
};

/// What files become: their new entry; none where they go.
using FileSteps = std::map<std::string, std::optional<FileEntry>>;

}  // namespace govctl
