#include "govctl/record/owners.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace govctl::record {
namespace {

constexpr OwnersList all_lists[] = {OwnersList::approvers, OwnersList::reviewers, OwnersList::required_reviewers,
                                    OwnersList::labels};

std::string_view without_slash(std::string_view path) {
    while (path.ends_with('/')) path.remove_suffix(1);
    return path == "." ? std::string_view() : path;
}

/// The path as filters of a folder see it; the folder itself is `.`.
std::string_view relative_to(std::string_view folder, std::string_view path) {
    return path.size() <= folder.size() ? "." : path.substr(folder.size());
}

/// Below a subfolder. Prow takes what lies at the top itself for that, too.
bool lies_deeper(std::string_view folder, std::string_view path) {
    if (folder.empty()) return true;
    const std::size_t inside = folder.ends_with('/') ? folder.size() : folder.size() + 1;
    return path.size() > inside && path.find('/', inside) != path.npos;
}

/// Names in their order, each once, with the lines of all that give it.
class Expansion {
public:
    Expansion(const std::vector<OwnersItem>& items, const Aliases* aliases) {
        for (const OwnersItem& item : items) add(item.name, {item.line, {}});
        if (aliases) expand(*aliases);
    }

    std::vector<Owner> take() && {
        std::vector<Owner> owners;
        owners.reserve(owners_.size());
        for (auto& [name, lines] : owners_) owners.push_back({name, std::move(lines)});
        return owners;
    }

private:
    void add(const std::string& name, Owner::Line line) { owners_[name].push_back(std::move(line)); }

    /// One by one in the order of names, as Prow does it: an alias goes even where it came as a member of one before.
    void expand(const Aliases& aliases) {
        std::vector<std::pair<std::string, std::vector<Owner::Line>>> named;
        for (const auto& [name, lines] : owners_)
            if (aliases.contains(name)) named.emplace_back(name, lines);
        for (const auto& [name, lines] : named) {
            owners_.erase(name);
            for (const std::string& member : aliases.at(name))
                for (const Owner::Line& line : lines) add(member, {line.number, name});
        }
    }

    std::map<std::string, std::vector<Owner::Line>> owners_;
};

}  // namespace

const std::vector<OwnersItem>& OwnersLists::of(OwnersList list) const {
    switch (list) {
        case OwnersList::approvers:
            return approvers;
        case OwnersList::reviewers:
            return reviewers;
        case OwnersList::required_reviewers:
            return required_reviewers;
        case OwnersList::labels:
            break;
    }
    return labels;
}

bool OwnersLists::empty() const {
    return approvers.empty() && reviewers.empty() && required_reviewers.empty() && labels.empty();
}

const std::vector<OwnersShare>& PathOwners::of(OwnersList list) const {
    switch (list) {
        case OwnersList::approvers:
            return approvers;
        case OwnersList::reviewers:
            return reviewers;
        case OwnersList::required_reviewers:
            return required_reviewers;
        case OwnersList::labels:
            break;
    }
    return labels;
}

std::vector<std::string> names_of(const std::vector<OwnersShare>& shares) {
    std::vector<std::string> names;
    for (const OwnersShare& share : shares)
        for (const Owner& owner : *share.owners) names.push_back(owner.name);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::vector<std::string> nearest_names_of(const std::vector<OwnersShare>& shares) {
    const auto end = std::find_if(shares.begin(), shares.end(),
                                  [&](const OwnersShare& share) { return share.file != shares.front().file; });
    return names_of({shares.begin(), end});
}

std::vector<std::string> owning_folders(std::string_view path) {
    path = without_slash(path);
    std::vector<std::string> folders;
    while (!path.empty()) {
        folders.push_back(std::string(path) + '/');
        const std::size_t slash = path.rfind('/');
        path = slash == path.npos ? std::string_view() : path.substr(0, slash);
    }
    folders.emplace_back();
    return folders;
}

/// A file, and what its lists come to once somebody asks.
struct OwnersTree::Entry {
    struct Part {
        const std::string* expression;  // null: of the whole folder
        const OwnersLists* lists;
        std::array<std::optional<std::vector<Owner>>, std::size(all_lists)> expanded{};

        const std::vector<Owner>& owners(OwnersList list, const Aliases& aliases) {
            auto& known = expanded[static_cast<std::size_t>(list)];
            if (!known) known = Expansion(lists->of(list), list == OwnersList::labels ? nullptr : &aliases).take();
            return *known;
        }
    };

    explicit Entry(Owners file) : owners(std::move(file)) {
        if (!owners.lists.empty()) parts.push_back({nullptr, &owners.lists});
        for (const auto& [expression, lists] : owners.filters) parts.push_back({&expression, &lists});
    }

    Owners owners;
    mutable std::vector<Part> parts;
};

OwnersTree::OwnersTree() = default;
OwnersTree::OwnersTree(OwnersTree&&) noexcept = default;
OwnersTree& OwnersTree::operator=(OwnersTree&&) noexcept = default;
OwnersTree::~OwnersTree() = default;

OwnersTree::OwnersTree(std::vector<Owners> files, Aliases aliases) : aliases_(std::move(aliases)) {
    for (Owners& file : files) add(std::move(file));
}

void OwnersTree::add(Owners file) {
    std::string folder = file.folder;
    files_.insert_or_assign(std::move(folder), std::make_unique<Entry>(std::move(file)));
}

/// Looks a path up in the files on the way to the top, for one list after the other.
class OwnersTree::Question {
public:
    Question(const OwnersTree& tree, std::string_view path) : tree_(tree), path_(path) {
        for (const std::string& folder : owning_folders(path)) {
            if (folder.ends_with(".md/")) look_at(folder.substr(0, folder.size() - 1));
            look_at(folder);
        }
    }

    /// From the nearest file up to one that lets nothing through.
    std::vector<OwnersShare> shares(OwnersList list) const {
        std::vector<OwnersShare> shares;
        for (const auto& [entry, parts] : levels_) {
            for (Entry::Part* part : parts) {
                const std::vector<Owner>& owners = part->owners(list, tree_.aliases_);
                if (!owners.empty()) shares.push_back({&entry->owners, &owners});
            }
            // Prow's lists end only where they have someone: an OWNERS of none but reviewers inherits approvers.
            if (entry->owners.no_parent_owners && !shares.empty()) break;
        }
        return shares;
    }

private:
    void look_at(const std::string& folder) {
        const Entry* entry = tree_.about(folder);
        if (!entry) return;
        Level level{entry, {}};
        for (Entry::Part& part : entry->parts)
            if (!part.expression || matches(*part.expression, relative_to(folder, path_))) level.parts.push_back(&part);
        levels_.push_back(std::move(level));
    }

    bool matches(const std::string& expression, std::string_view relative) const {
        if (expression == ".*") return true;
        auto& compiled = tree_.expressions_[expression];
        if (!compiled) compiled = std::make_unique<const re2::RE2>(expression, re2::RE2::Quiet);
        return compiled->ok() && re2::RE2::PartialMatch(relative, *compiled);
    }

    struct Level {
        const Entry* entry;
        std::vector<Entry::Part*> parts;  // that are about the path
    };
    const OwnersTree& tree_;
    std::string_view path_;
    std::vector<Level> levels_;  // the nearest first
};

PathOwners OwnersTree::owners_of(std::string_view path) const {
    path = without_slash(path);
    const Question question(*this, path);
    PathOwners owners;
    owners.approvers = question.shares(OwnersList::approvers);
    owners.reviewers = question.shares(OwnersList::reviewers);
    owners.required_reviewers = question.shares(OwnersList::required_reviewers);
    owners.labels = question.shares(OwnersList::labels);
    if (!owners.approvers.empty()) owners.approver_folder = owners.approvers.front().file->folder;
    const Entry* deciding = about(owners.approver_folder);
    owners.needs_no_approval =
        deciding && deciding->owners.auto_approve_unowned_subfolders && lies_deeper(owners.approver_folder, path);
    return owners;
}

std::vector<std::string> OwnersTree::approvers(std::string_view path) const {
    return names_of(owners_of(path).approvers);
}

std::vector<std::string> OwnersTree::reviewers(std::string_view path) const {
    return names_of(owners_of(path).reviewers);
}

std::vector<const Owners*> OwnersTree::files() const {
    std::vector<const Owners*> files;
    files.reserve(files_.size());
    for (const auto& [folder, entry] : files_) files.push_back(&entry->owners);
    std::sort(files.begin(), files.end(), [](const Owners* a, const Owners* b) { return a->folder < b->folder; });
    return files;
}

const OwnersTree::Entry* OwnersTree::about(const std::string& folder) const {
    const auto found = files_.find(folder);
    return found == files_.end() ? nullptr : found->second.get();
}

}  // namespace govctl::record
