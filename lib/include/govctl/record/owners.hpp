#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "govctl/base/finding.hpp"
#include "govctl/base/result.hpp"
#include "govctl/yaml/document.hpp"

namespace re2 {
class RE2;
}

/// OWNERS and OWNERS_ALIASES, the Kubernetes format, read as Prow reads them.
namespace govctl::record {

/// The lists of one OWNERS file or of one of its filters. Names are lower case, without `@`, aliases not expanded.
struct OwnersLists {
    std::vector<std::string> approvers;
    std::vector<std::string> reviewers;
    std::vector<std::string> required_reviewers;
    std::vector<std::string> labels;
};

struct Owners {
    std::string folder;  ///< with a slash at the end; empty: the top
    OwnersLists lists;
    std::map<std::string, OwnersLists> filters;  ///< by expression; empty where a top-level list makes Prow ignore them
    bool no_parent_owners = false;
    bool auto_approve_unowned_subfolders = false;
    std::vector<std::string> emeritus;
};

/// Alias → handles, lower case.
using Aliases = std::map<std::string, std::vector<std::string>>;

/// What Prow takes from a file, and what it passes over in silence. No value: it takes nothing.
struct OwnersReading {
    std::optional<Owners> value;
    Findings findings;
};
OwnersReading read_owners(const yaml::Document& document);

struct AliasesReading {
    Aliases value;
    Findings findings;
};
AliasesReading read_aliases(const yaml::Document& document);

/// A failure to parse one of these files, as a finding.
Finding unreadable_owners(const Error& error, const std::string& file);

/// All OWNERS of a tree.
class OwnersTree {
public:
    OwnersTree() = default;
    OwnersTree(std::vector<Owners> files, Aliases aliases);

    /// Approvers of a path (file, or folder with a slash at its end), aliases expanded, inherited up to a file with
    /// `no_parent_owners`; filters matched by RE2, unanchored, on the path relative to their folder. Sorted.
    std::vector<std::string> approvers(const std::string& path) const;
    std::vector<std::string> reviewers(const std::string& path) const;

    const std::vector<Owners>& files() const { return files_; }
    const Aliases& aliases() const { return aliases_; }

private:
    std::vector<std::string> people(const std::string& path, std::vector<std::string> OwnersLists::*list) const;
    const Owners* in_folder(const std::string& folder) const;
    bool matches(const std::string& expression, const std::string& relative) const;

    std::vector<Owners> files_;  ///< sorted by folder
    Aliases aliases_;
    std::map<std::string, std::shared_ptr<const re2::RE2>> expressions_;  ///< of the filters, compiled
};

}  // namespace govctl::record
