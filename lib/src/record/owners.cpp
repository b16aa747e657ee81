#include "govctl/record/owners.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <set>

namespace govctl::record {
namespace {

/// `pkg/x.go` and `pkg/` → `pkg/`, then nothing, the top.
std::vector<std::string> folders_of(const std::string& path) {
    std::vector<std::string> folders;
    std::size_t slash = path.rfind('/');
    while (slash != std::string::npos) {
        folders.push_back(path.substr(0, slash + 1));
        slash = slash == 0 ? std::string::npos : path.rfind('/', slash - 1);
    }
    folders.emplace_back();
    return folders;
}

/// The path as filters of a folder see it: without a slash at its end; the folder itself is `.`.
std::string relative_to(const std::string& folder, const std::string& path) {
    std::string relative = path.substr(folder.size());
    if (relative.ends_with('/')) relative.pop_back();
    return relative.empty() ? "." : relative;
}

}  // namespace

OwnersTree::OwnersTree(std::vector<Owners> files, Aliases aliases)
    : files_(std::move(files)), aliases_(std::move(aliases)) {
    std::sort(files_.begin(), files_.end(), [](const Owners& a, const Owners& b) { return a.folder < b.folder; });
    for (const Owners& file : files_) {
        for (const auto& [expression, lists] : file.filters) {
            if (!expressions_.contains(expression)) {
                expressions_.emplace(expression, std::make_shared<const re2::RE2>(expression, re2::RE2::Quiet));
            }
        }
    }
}

std::vector<std::string> OwnersTree::approvers(const std::string& path) const {
    return people(path, &OwnersLists::approvers);
}

std::vector<std::string> OwnersTree::reviewers(const std::string& path) const {
    return people(path, &OwnersLists::reviewers);
}

std::vector<std::string> OwnersTree::people(const std::string& path,
                                            std::vector<std::string> OwnersLists::*list) const {
    std::set<std::string> found;
    const auto add = [&](const OwnersLists& lists) {
        for (const std::string& name : lists.*list) {
            const auto alias = aliases_.find(name);
            // An alias of nobody stands for a login of that name, as in Prow.
            if (alias == aliases_.end() || alias->second.empty()) {
                found.insert(name);
            } else {
                found.insert(alias->second.begin(), alias->second.end());
            }
        }
    };
    for (const std::string& folder : folders_of(path)) {
        const Owners* owners = in_folder(folder);
        if (!owners) continue;
        add(owners->lists);
        for (const auto& [expression, lists] : owners->filters) {
            if (matches(expression, relative_to(folder, path))) add(lists);
        }
        if (owners->no_parent_owners) break;
    }
    return {found.begin(), found.end()};
}

const Owners* OwnersTree::in_folder(const std::string& folder) const {
    const auto at = std::lower_bound(files_.begin(), files_.end(), folder,
                                     [](const Owners& file, const std::string& name) { return file.folder < name; });
    return at != files_.end() && at->folder == folder ? &*at : nullptr;
}

bool OwnersTree::matches(const std::string& expression, const std::string& relative) const {
    const re2::RE2& compiled = *expressions_.at(expression);
    return compiled.ok() && re2::RE2::PartialMatch(relative, compiled);
}

}  // namespace govctl::record
