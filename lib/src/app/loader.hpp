#pragma once

#include <memory>
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

private:
    Result<void> load_project();
    Result<void> load_file(const FileEntry& entry);
    void note(Finding finding) { state_->findings_.push_back(std::move(finding)); }
    Result<std::shared_ptr<const ParsedRecord>> parse(const FileEntry& entry, const record::RecordPath& where);
    void place_ballots();
    void fill_register();

    std::shared_ptr<const Snapshot> snapshot_;
    std::shared_ptr<RecordCache> cache_;
    std::shared_ptr<const rules::Deeds> deeds_;
    std::shared_ptr<const Lineage> lineage_;
    std::shared_ptr<State> state_;
    std::vector<Loaded<model::Ballot>> ballots_;
    std::size_t records_ = 0;  // read so far
};

/// A record from its bytes; a file that is not YAML is a finding.
ParsedRecord parse_record(const record::RecordPath& where, const std::string& path, std::string bytes);

/// Every OWNERS, and the OWNERS_ALIASES at the top; what Prow cannot read is a finding.
OwnersRecords load_owners(const Snapshot& snapshot, const std::vector<FileEntry>& files);

Result<model::Charter> read_pinned_charter(const Snapshot& snapshot, const model::RuleRef& rule);
Result<model::Project> read_pinned_project(const Snapshot& snapshot, const model::RuleRef& rule);

}  // namespace govctl::app
