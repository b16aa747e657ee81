#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "govctl/base/file_list.hpp"
#include "govctl/base/finding.hpp"
#include "govctl/base/id.hpp"
#include "govctl/base/shared_map.hpp"
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
    SharedMap<std::string, Loaded<model::Ballot>> ballots;  ///< by voter

    const model::Proposal& proposal() const { return record.value; }
    const RecordId& id() const { return record.value.id; }
    const std::string& folder() const { return record.where.folder; }
    std::vector<model::Ballot> ballot_values() const;
};

/// An election with what lies in its folder.
struct Contest {
    Loaded<model::Election> record;
    std::shared_ptr<const Loaded<model::Roll>> voters{};
    std::optional<Loaded<model::ElectionResult>> result{};
    SharedMap<std::string, Loaded<model::Candidate>> candidates;       ///< by person
    SharedMap<std::string, Loaded<model::Endorsements>> endorsements;  ///< by who endorses
    SharedMap<std::string, Loaded<model::Ballot>> ballots;             ///< by voter

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

    /// This state with files changed. As far as it is the same, nothing is read again, and both share it.
    Result<std::shared_ptr<const State>> with(FileChanges changes) const;
    /// As with(), where the files have changed as `steps` say, and lie in another snapshot.
    Result<std::shared_ptr<const State>> moved_to(std::shared_ptr<const Snapshot> snapshot, const FileSteps& steps,
                                                  std::shared_ptr<const rules::Deeds> deeds,
                                                  std::shared_ptr<const Lineage> lineage) const;

    /// Whether there is a govctl.yaml at the top.
    bool is_governed() const { return governed_; }
    const Snapshot& snapshot() const { return *snapshot_; }
    std::shared_ptr<const Snapshot> share_snapshot() const { return snapshot_; }
    const FileList& files() const { return files_; }
    const FileEntry* file(const std::string& path) const;
    /// Other paths among the records that differ from this one only by case.
    std::vector<std::string> case_twins(const std::string& path) const;

    const model::Register& people() const { return register_; }
    const model::Project& project() const { return register_.project; }
    const std::string& root() const { return register_.project.root; }

    const Loaded<model::Project>* project_record() const { return project_.get(); }
    const SharedMap<std::string, Loaded<model::Person>>& person_records() const { return persons_; }
    const SharedMap<std::string, Loaded<model::Organization>>& organization_records() const { return organizations_; }
    const SharedMap<std::string, Loaded<model::Charter>>& charter_records() const { return charters_; }
    const SharedMap<std::string, Loaded<model::Roster>>& roster_records() const { return rosters_; }
    const SharedMap<RecordId, Matter>& matters() const { return matters_; }
    /// Matters whose number another folder, earlier by path, has too: `govctl rfc renumber` mends them.
    const std::vector<Matter>& doubles() const { return doubles_; }
    /// The matter in a folder, doubles too; null: none.
    const Matter* matter_in(const std::string& folder) const;
    const SharedMap<std::string, Loaded<model::Decision>>& decision_records() const { return decisions_; }
    const SharedMap<std::string, Contest>& contests() const { return contests_; }  ///< elections, by id
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
    const Findings& findings() const;
    /// Of the files below a folder.
    Findings findings_below(const std::string& folder) const;
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
    Result<std::shared_ptr<const Pinned>> pinned(const model::RuleRef& rule) const;

private:
    friend class Loader;
    State() = default;

    std::shared_ptr<const Snapshot> snapshot_;
    std::shared_ptr<RecordCache> cache_;
    std::shared_ptr<const rules::Deeds> deeds_;
    std::shared_ptr<const Lineage> lineage_;
    FileList files_;
    SharedMap<std::string, std::vector<std::string>>
        capitals_;  ///< paths among the records that have any, by lower case
    std::size_t records_ = 0;
    bool governed_ = false;
    model::Register register_;
    std::shared_ptr<const Loaded<model::Project>> project_;
    SharedMap<std::string, Loaded<model::Person>> persons_;
    SharedMap<std::string, Loaded<model::Organization>> organizations_;
    SharedMap<std::string, Loaded<model::Charter>> charters_;
    SharedMap<std::string, Loaded<model::Roster>> rosters_;
    SharedMap<RecordId, Matter> matters_;
    std::vector<Matter> doubles_;
    SharedMap<std::string, Loaded<model::Decision>> decisions_;
    SharedMap<RecordId, std::vector<std::string>> decisions_on_;  ///< names, by subject
    SharedMap<std::string, Contest> contests_;
    std::shared_ptr<std::optional<OwnersRecords>>
        owners_;  ///< read when first asked for, by any state that shares them
    std::shared_ptr<const std::map<std::string, std::string>> by_account_;  ///< of the forge that OWNERS name → handle
    SharedMap<std::string, Findings> found_in_;                             ///< by path
    mutable std::optional<Findings> findings_;                              ///< all of them, once asked for
};

/// A matter ready for the rule engine; owns what rules::Matter refers to.
class Judged {
public:
    /// Where ballots must be signed, only those that are take part. Errors: `invalid` for a draft; as State::pinned();
    /// as basis_of().
    static Result<Judged> make(const State& state, const Matter& matter);

    rules::Matter view() const;
    const model::Charter& charter() const { return pinned_->charter; }
    const model::Project& project() const { return pinned_->project; }
    const std::string& kind() const { return kind_; }
    bool is_appeal() const { return appealed_.has_value(); }  ///< its last escalation was by an appeal
    void replace_ballot(const model::Ballot& ballot);

private:
    Judged() = default;
    const model::Proposal* proposal_ = nullptr;
    std::vector<model::Ballot> ballots_;
    std::shared_ptr<const Pinned> pinned_;
    std::string kind_;
    std::optional<model::Outcome> appealed_;
};

}  // namespace govctl::app
