#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "govctl/app/record_cache.hpp"
#include "govctl/app/state.hpp"

namespace govctl::app {

/// Reads a snapshot into a State, file by file.
class Loader {
public:
    Loader(std::shared_ptr<const Snapshot> snapshot, std::shared_ptr<RecordCache> cache,
           std::shared_ptr<const rules::Deeds> deeds, std::shared_ptr<const Lineage> lineage)
        : snapshot_(std::move(snapshot)),
          cache_(cache ? std::move(cache) : std::make_shared<RecordCache>()),
          deeds_(std::move(deeds)),
          lineage_(std::move(lineage)) {}

    Result<std::shared_ptr<const State>> load();
    /// Only what `steps` change is read, the rest is taken over. The same as load() of the snapshot.
    Result<std::shared_ptr<const State>> load_after(const State& before, const FileSteps& steps);

private:
    using Folders = std::set<std::string>;

    void begin(State state);
    Result<std::shared_ptr<const State>> load_all();
    Result<void> load_steps(const State& before, const FileSteps& steps);
    Result<void> load_project();
    Result<void> load_file(const FileEntry& entry);
    Result<void> load_record(const FileEntry& entry, const record::RecordPath& where);
    void note_capitals(const std::string& path);
    void forget(const std::string& path, const FileEntry& was);
    void forget_record(const record::RecordPath& where);
    void note(const std::string& path, Finding finding) { state_->found_in_[path].push_back(std::move(finding)); }
    Result<std::shared_ptr<const ParsedRecord>> parse(const FileEntry& entry, const record::RecordPath& where);
    void take_matter(Loaded<model::Proposal> record);
    void take_decision(Loaded<model::Decision> record);
    /// What lies in an election's folder beside election.yaml; null while that is not there.
    Contest* contest_of(const record::RecordPath& where);
    Result<void> load_contest(const std::string& folder);
    Result<void> load_ballots_of(const std::string& folder);
    void place_ballots();
    void index_accounts();
    void look_around();

    std::shared_ptr<const Snapshot> snapshot_;
    std::shared_ptr<RecordCache> cache_;
    std::shared_ptr<const rules::Deeds> deeds_;
    std::shared_ptr<const Lineage> lineage_;
    std::shared_ptr<State> state_;
    bool is_step_ = false;  ///< from one state to the next
    std::vector<Loaded<model::Ballot>> ballots_;
    std::map<std::string, SharedMap<std::string, Loaded<model::Ballot>>> kept_ballots_;  ///< of folders read again
    Folders new_matters_;
    Folders new_contests_;
};

/// A record from its bytes; a file that is not YAML is a finding.
ParsedRecord parse_record(const record::RecordPath& where, const std::string& path, std::string bytes);

/// Every OWNERS, front matter where the project wants it, and the OWNERS_ALIASES at the top; what Prow cannot read is a
/// finding.
OwnersRecords load_owners(const Snapshot& snapshot, const FileList& files, bool front_matter);

Result<model::Charter> read_pinned_charter(const Snapshot& snapshot, const model::RuleRef& rule);
Result<model::Project> read_pinned_project(const Snapshot& snapshot, const model::RuleRef& rule);

}  // namespace govctl::app
