#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "govctl/base/finding.hpp"
#include "govctl/base/id.hpp"
#include "govctl/base/snapshot.hpp"
#include "govctl/model/ballot.hpp"
#include "govctl/model/decision.hpp"
#include "govctl/model/election.hpp"
#include "govctl/model/proposal.hpp"
#include "govctl/model/register.hpp"
#include "govctl/record/owners.hpp"
#include "govctl/record/path.hpp"
#include "govctl/rules/course.hpp"
#include "govctl/rules/requirements.hpp"
#include "govctl/yaml/document.hpp"

namespace govctl::app {

/// A record file as read: its path, its nodes, and the value where it could be read.
template <class T>
struct Loaded {
    std::string path;
    std::string blob;
    record::RecordPath where;
    std::shared_ptr<const yaml::Document> document;  ///< null where it is not YAML
    T value{};
};

/// A proposal with the ballots in its folder.
struct Matter {
    Loaded<model::Proposal> record;
    std::map<std::string, Loaded<model::Ballot>> ballots;  ///< by voter

    const model::Proposal& proposal() const { return record.value; }
    const RecordId& id() const { return record.value.id; }
    const std::string& folder() const { return record.where.folder; }
    std::vector<model::Ballot> ballot_values() const;
};

/// An election with what lies in its folder.
struct Contest {
    Loaded<model::Election> record;
    std::optional<Loaded<model::Roll>> voters{};
    std::optional<Loaded<model::ElectionResult>> result{};
    std::map<std::string, Loaded<model::Candidate>> candidates;       ///< by person
    std::map<std::string, Loaded<model::Endorsements>> endorsements;  ///< by who endorses
    std::map<std::string, Loaded<model::Ballot>> ballots;             ///< by voter

    const model::Election& election() const { return record.value; }
    const RecordId& id() const { return record.where.id; }
    const std::string& folder() const { return record.where.folder; }
};

/// Charter and project as they were when a matter's rule was written down.
struct Pinned {
    model::Charter charter;
    model::Project project;
};

/// The OWNERS files of a state.
struct OwnersRecords {
    record::OwnersTree tree;
    std::map<std::string, std::shared_ptr<const yaml::Document>> documents;  ///< by path; what is no YAML is left out
    Findings findings;
};

class RecordCache;
class Lineage;

/// The project's governance in one state of its repository: every record read, cross-referenced, with what is wrong
/// with each file by itself. Immutable.
class State {
public:
    /// Reads every record of the snapshot. A broken record is a finding, not an error. Errors: `environment` where git
    /// cannot list or read. A cache, when given, is asked for files parsed before; `deeds` tell what people did up to
    /// this state, `lineage` where it comes from.
    static Result<std::shared_ptr<const State>> load(std::shared_ptr<const Snapshot> snapshot,
                                                     std::shared_ptr<RecordCache> cache = nullptr,
                                                     std::shared_ptr<const rules::Deeds> deeds = nullptr,
                                                     std::shared_ptr<const Lineage> lineage = nullptr);

    /// This state with files changed; what is the same is not parsed again.
    Result<std::shared_ptr<const State>> with(FileChanges changes) const;

    /// Whether there is a govctl.yaml at the top.
    bool is_governed() const { return governed_; }
    const Snapshot& snapshot() const { return *snapshot_; }
    std::shared_ptr<const Snapshot> share_snapshot() const { return snapshot_; }
    const std::vector<FileEntry>& files() const { return files_; }
    const FileEntry* file(const std::string& path) const;

    const model::Register& people() const { return register_; }
    const model::Project& project() const { return register_.project; }
    const std::string& root() const { return register_.project.root; }

    const Loaded<model::Project>* project_record() const { return project_ ? &*project_ : nullptr; }
    const std::map<std::string, Loaded<model::Person>>& person_records() const { return persons_; }
    const std::map<std::string, Loaded<model::Organization>>& organization_records() const { return organizations_; }
    const std::map<std::string, Loaded<model::Charter>>& charter_records() const { return charters_; }
    const std::map<std::string, Loaded<model::Roster>>& roster_records() const { return rosters_; }
    const std::map<RecordId, Matter>& matters() const { return matters_; }
    /// Matters whose number another folder, earlier by path, has too: `govctl rfc renumber` mends them.
    const std::vector<Matter>& doubles() const { return doubles_; }
    /// The matter in a folder, doubles too; null: none.
    const Matter* matter_in(const std::string& folder) const;
    const std::map<std::string, Loaded<model::Decision>>& decision_records() const { return decisions_; }
    const std::map<std::string, Contest>& contests() const { return contests_; }  ///< elections, by id
    const record::OwnersTree& owners() const { return owners_records().tree; }
    const OwnersRecords& owners_records() const;
    /// The person that a name in OWNERS means, by account or by handle; empty: nobody on record.
    std::string person_of_owner(const std::string& name) const;
    /// Of a state that is no commit's, such as the index, every question is an error.
    const rules::Deeds& deeds() const { return *deeds_; }
    /// The commit in which this governance began: what tells one project from another. Errors: `environment` where the
    /// history is cut off, or there is none.
    Result<std::string> founding() const;
    const Lineage& lineage() const { return *lineage_; }
    RecordCache& cache() const { return *cache_; }

    /// What reading found, file by file. Empty: every record is well formed by itself.
    const Findings& findings() const { return findings_; }
    /// Whether a file could not be read as the record it should be, or has an error in it.
    bool is_broken(const std::string& path) const;
    std::size_t record_count() const;

    /// A matter by any name people use: `rfc-0042`, `RFC-42`, `42`, `0042`, `motion/…`, a unique prefix of a slug, a
    /// path; old numbers in `aliases:` lead to the new. Errors: `not_found`, with near names.
    Result<const Matter*> find_matter(const std::string& name) const;

    /// An election by `election/X`, `X`, the start of its name, or a path. Errors: `not_found`, with near names.
    Result<const Contest*> find_contest(const std::string& name) const;
    /// Whether a name can mean nothing but an election.
    bool names_contest(const std::string& name) const;

    /// Decisions on a subject, oldest first.
    std::vector<const Loaded<model::Decision>*> decisions_on(const RecordId& subject) const;

    /// The files of a proposal's folder by their path in it, without its record and without ballots.
    Result<std::map<std::string, std::string>> folder_files(const Matter& matter) const;
    /// What is decided on, as SHA-256 (record/text.hpp), from the files as they are.
    Result<std::string> text_of(const Matter& matter) const;

    /// What an opened matter is judged by. Errors: `environment` where a blob is missing (a shallow clone).
    Result<Pinned> pinned(const model::RuleRef& rule) const;

private:
    friend class Loader;
    State() = default;

    std::shared_ptr<const Snapshot> snapshot_;
    std::shared_ptr<RecordCache> cache_;
    std::shared_ptr<const rules::Deeds> deeds_;
    std::shared_ptr<const Lineage> lineage_;
    std::vector<FileEntry> files_;
    bool governed_ = false;
    model::Register register_;
    std::optional<Loaded<model::Project>> project_;
    std::map<std::string, Loaded<model::Person>> persons_;
    std::map<std::string, Loaded<model::Organization>> organizations_;
    std::map<std::string, Loaded<model::Charter>> charters_;
    std::map<std::string, Loaded<model::Roster>> rosters_;
    std::map<RecordId, Matter> matters_;
    std::vector<Matter> doubles_;
    std::map<std::string, Loaded<model::Decision>> decisions_;
    std::map<std::string, Contest> contests_;
    mutable std::optional<OwnersRecords> owners_;
    std::map<std::string, std::string> by_account_;  ///< of the forge that OWNERS name, lower case → handle
    Findings findings_;
};

/// A matter ready for the rule engine; owns what rules::Matter refers to.
class Judged {
public:
    /// Where ballots must be signed, only those that are take part. Errors: `invalid` for a draft; as State::pinned();
    /// as basis_of().
    static Result<Judged> make(const State& state, const Matter& matter);

    rules::Matter view() const;
    const model::Charter& charter() const { return pinned_.charter; }
    const model::Project& project() const { return pinned_.project; }
    const std::string& kind() const { return kind_; }
    bool is_appeal() const { return appealed_.has_value(); }  ///< its last escalation was by an appeal
    void replace_ballot(const model::Ballot& ballot);

private:
    Judged() = default;
    const model::Proposal* proposal_ = nullptr;
    std::vector<model::Ballot> ballots_;
    Pinned pinned_;
    std::string kind_;
    std::optional<model::Outcome> appealed_;
};

}  // namespace govctl::app
