#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "govctl/base/finding.hpp"
#include "govctl/base/result.hpp"
#include "govctl/base/snapshot.hpp"
#include "govctl/record/owners.hpp"
#include "govctl/yaml/document.hpp"

/// Who owns what in one state of a repository, by its OWNERS files alone: no govctl.yaml is needed, and no other record
/// is read.
namespace govctl::app {

/// An OWNERS file, an OWNERS_ALIASES or a Markdown file with front matter, as it was read.
class OwnersFile {
public:
    OwnersFile(std::string path, std::string bytes);
    OwnersFile(std::string path, Finding problem);  ///< cannot be read

    const std::string& path() const { return path_; }
    const std::string& bytes() const { return bytes_; }  ///< that were parsed: of Markdown the front matter
    /// What Prow passes over in silence, with its place.
    const Findings& findings() const { return findings_; }
    /// Its nodes, parsed when first asked for; null where it is no YAML.
    std::shared_ptr<const yaml::Document> document() const;

private:
    friend class Ownership;
    std::string path_;
    std::string bytes_;
    Findings findings_;
    mutable bool is_parsed_ = false;
    mutable std::shared_ptr<const yaml::Document> document_;
};

struct OwnershipOptions {
    bool front_matter = false;  ///< `owners: {front-matter: true}`: Markdown files may name their own owners
};

/// Reads as little as a question needs: owners_of() looks into the folders above its path, read_all() into every one.
/// For one thread at a time.
class Ownership {
public:
    explicit Ownership(std::shared_ptr<const Snapshot> snapshot, OwnershipOptions options = {});
    Ownership(Ownership&&) noexcept;
    Ownership& operator=(Ownership&&) noexcept;
    ~Ownership();

    /// Every OWNERS file, for questions about all of them. Errors: `environment` where git cannot list or read.
    Result<void> read_all();

    /// Who has a say on a path from the top, whether or not something lies there. What it refers to lives as long as
    /// this. Errors: as read_all().
    Result<record::PathOwners> owners_of(std::string_view path);

    /// The files read so far, by path; OWNERS_ALIASES is not among them.
    const std::map<std::string, OwnersFile>& files() const { return files_; }
    /// OWNERS_ALIASES at the top; null: there is none. Errors: as read_all().
    Result<const OwnersFile*> aliases_file();
    /// What was read so far, to ask without reading more.
    const record::OwnersTree& tree() const { return tree_; }
    /// Of all files read so far.
    Findings findings() const;

private:
    Result<void> read_aliases();
    Result<void> read_file(const std::string& path, const std::optional<FileMode>& mode);
    void take(OwnersFile file);
    void keep(OwnersFile file);

    std::shared_ptr<const Snapshot> snapshot_;
    OwnershipOptions options_;
    record::OwnersTree tree_;
    std::map<std::string, OwnersFile> files_;
    std::optional<OwnersFile> aliases_;
    std::unordered_set<std::string> known_folders_;  ///< looked into, as all above them
    bool has_aliases_ = false;                       ///< they were looked for
    bool has_all_ = false;
};

/// Whether a path is that of a file that says who owns what: OWNERS anywhere, OWNERS_ALIASES at the top.
bool is_owners_file(std::string_view path);

}  // namespace govctl::app
