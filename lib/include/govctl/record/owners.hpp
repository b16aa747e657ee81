#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "govctl/base/finding.hpp"
#include "govctl/base/result.hpp"
#include "govctl/yaml/document.hpp"

namespace re2 {
class RE2;
}

/// OWNERS and OWNERS_ALIASES, the Kubernetes format, read as Prow reads them (pkg/repoowners).
namespace govctl::record {

/// A name in a list, and where it stands. Of people and aliases lower case, without `@`; labels as written.
struct OwnersItem {
    std::string name;
    int line = 1;
    int column = 1;

    friend bool operator==(const OwnersItem& item, std::string_view text) { return item.name == text; }
};

enum class OwnersList { approvers, reviewers, required_reviewers, labels };

/// The lists of one OWNERS file or of one of its filters, aliases not expanded.
struct OwnersLists {
    std::vector<OwnersItem> approvers;
    std::vector<OwnersItem> reviewers;
    std::vector<OwnersItem> required_reviewers;
    std::vector<OwnersItem> labels;

    const std::vector<OwnersItem>& of(OwnersList list) const;
    bool empty() const;
};

struct Owners {
    std::string file{};    ///< where it is written: `pkg/OWNERS`
    std::string folder{};  ///< what it is about: `pkg/`; empty: the top; of front matter its own file, `docs/a.md`
    OwnersLists lists{};
    std::map<std::string, OwnersLists>
        filters{};  ///< by expression; empty where a top-level list makes Prow ignore them
    bool no_parent_owners = false;
    bool auto_approve_unowned_subfolders = false;
    std::vector<OwnersItem> emeritus{};  ///< they have no say
};

/// Alias → handles, lower case.
using Aliases = std::map<std::string, std::vector<std::string>>;

/// What Prow takes from a file, and what it passes over in silence. No value: it takes nothing.
struct OwnersReading {
    std::optional<Owners> value;
    Findings findings;
};
OwnersReading read_owners(const yaml::Document& document);

/// The front matter of a Markdown file, which is about that file alone: lists and options, no filters. None: it has
/// none.
std::optional<std::string> front_matter_of(std::string_view markdown);
OwnersReading read_front_matter(const yaml::Document& document);

struct AliasesReading {
    Aliases value;
    Findings findings;
};
AliasesReading read_aliases(const yaml::Document& document);

/// A failure to parse one of these files, as a finding.
Finding unreadable_owners(const Error& error, const std::string& file);

/// Someone with a say, or a label, and the lines of one file that say so.
struct Owner {
    struct Line {
        int number = 1;
        std::string alias{};  ///< that the line names; empty: it names the owner
    };
    std::string name;
    std::vector<Line> lines;
};

/// What one list of one OWNERS file gives to a path, aliases expanded.
struct OwnersShare {
    const Owners* file = nullptr;
    const std::vector<Owner>* owners = nullptr;  ///< sorted by name, each once
};

/// Who has a say on a path. Views of an OwnersTree, which must outlive them. The file nearest to the path comes first;
/// a file comes once for each of its filters that matches.
struct PathOwners {
    std::vector<OwnersShare> approvers;
    std::vector<OwnersShare> reviewers;
    std::vector<OwnersShare> required_reviewers;
    std::vector<OwnersShare> labels;
    /// The nearest folder that names an approver for the path, and the top where none does: whose approval Prow asks
    /// for.
    std::string approver_folder;
    /// The path lies below that folder, which leaves folders without OWNERS to anybody.
    bool needs_no_approval = false;

    const std::vector<OwnersShare>& of(OwnersList list) const;
};

/// The names in shares, sorted, each once.
std::vector<std::string> names_of(const std::vector<OwnersShare>& shares);
/// Those of the nearest file alone.
std::vector<std::string> nearest_names_of(const std::vector<OwnersShare>& shares);

/// `pkg/x.go` → `pkg/x.go/`, `pkg/`, nothing: the folders whose OWNERS have a say on a path. What is asked about may
/// itself be a folder.
std::vector<std::string> owning_folders(std::string_view path);

/// The OWNERS of a tree, or those that a question is about.
class OwnersTree {
public:
    OwnersTree();
    OwnersTree(std::vector<Owners> files, Aliases aliases);
    OwnersTree(OwnersTree&&) noexcept;
    OwnersTree& operator=(OwnersTree&&) noexcept;
    ~OwnersTree();

    /// Adds a file, in place of one about the same folder.
    void add(Owners file);

    /// Who has a say on a path from the top: a file, or a folder with a slash at its end or without. Lists are
    /// inherited from the folders above, up to one with `no_parent_owners` that names someone in that list. Filters are
    /// RE2, unanchored, matched on the path relative to their folder.
    PathOwners owners_of(std::string_view path) const;

    std::vector<std::string> approvers(std::string_view path) const;  ///< sorted
    std::vector<std::string> reviewers(std::string_view path) const;

    std::vector<const Owners*> files() const;  ///< sorted by folder
    const Aliases& aliases() const { return aliases_; }

private:
    struct Entry;
    class Question;
    const Entry* about(const std::string& folder) const;

    std::unordered_map<std::string, std::unique_ptr<Entry>> files_;  ///< by folder
    Aliases aliases_;
    mutable std::unordered_map<std::string, std::unique_ptr<const re2::RE2>> expressions_;  ///< as they are needed
};

}  // namespace govctl::record
