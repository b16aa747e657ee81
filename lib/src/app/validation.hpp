#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "govctl/app/state.hpp"
#include "govctl/base/finding.hpp"

/// What the checks of validate() share.
namespace govctl::app {

/// Decisions on one matter, oldest first.
using Decisions = std::vector<const Loaded<model::Decision>*>;

/// One examination of a state: its indexes, so that each check is one pass over its records, and what was found so far.
class Validation {
public:
    Validation(const State& state, Instant now);

    const State& state() const { return state_; }
    Instant now() const { return now_; }

    /// Reports a finding of the catalogue, with the severity it has there.
    void report(std::string_view id, Place place, std::string message, std::string help = {});
    template <class T>
    void report(std::string_view id, const Loaded<T>& record, const yaml::Path& path, std::string message,
                std::string help = {}) {
        report(id, place(record, path), std::move(message), std::move(help));
    }
    void add(const Findings& findings);

    /// The place of the value at `path` in a record's file, or of the nearest thing above it.
    template <class T>
    static Place place(const Loaded<T>& record, const yaml::Path& path) {
        return record.document ? record.document->place(path) : Place{record.path};
    }

    /// Whether a file of the record is there: what cannot be read is reported once, where it lies, and not again at
    /// everything that names it.
    bool has_person(const std::string& handle) const;
    bool has_organization(const std::string& id) const;
    bool has_group(const std::string& id) const;
    bool has_matter(const std::string& id) const;
    bool has_record(const RecordId& id) const;
    bool has_path(const std::string& path) const;  ///< a file, or a folder where it ends in a slash

    // Each reports a name that leads nowhere, at the place where it stands; empty names nothing.
    void expect_person(const std::string& handle, const Place& place);
    void expect_organization(const std::string& id, const Place& place);
    void expect_group(const std::string& id, const Place& place);
    void expect_level(const std::string& level, const Place& place);
    void expect_duty(const std::string& duty, const Place& place);
    void expect_role(const std::string& role, const std::string& group, const Place& place);
    void expect_matter(const std::string& id, const Place& place);
    void expect_record(const std::string& id, const Place& place);

    /// Reports an end before its beginning.
    void expect_order(Instant since, const std::optional<Instant>& until, const Place& place);

    /// A proposal by its id, or by a number it had before; null: none.
    const Matter* matter(const RecordId& id) const;
    const Decisions& decisions_on(const RecordId& subject) const;
    /// Whether a decision's file that cannot be read has the name of one on this matter.
    bool has_unreadable_decision_on(const RecordId& subject) const;

    bool has_unreadable_charter() const;

    /// The files whose path begins with `prefix`.
    FileList::Range files_below(const std::string& prefix) const;

    /// What an opened matter is judged by, read once for all matters that share it. Null: it is not in the repository.
    const Pinned* pinned(const model::RuleRef& rule);

    Findings take() && { return std::move(findings_); }

private:
    void index_people();

    // Made when first asked for: to look at one matter takes few of them.
    using Former = std::map<RecordId, const Matter*>;
    using DecisionsByMatter = std::map<RecordId, Decisions>;
    const Former& former() const;
    const std::set<RecordId>& unreadable_matters() const;
    const DecisionsByMatter& decisions_by_matter() const;
    const std::vector<std::string>& unreadable_decisions() const;

    const State& state_;
    const Instant now_;
    std::map<std::string, std::string> handles_;  // every handle and alias, normal → its person
    mutable std::optional<Former> former_;        // by numbers they had before
    mutable std::optional<DecisionsByMatter> decisions_;
    mutable std::optional<std::set<RecordId>> unreadable_matters_;
    mutable std::optional<std::vector<std::string>> unreadable_decisions_;  // names without their date
    std::map<std::string, std::shared_ptr<const Pinned>> pinned_;
    Findings findings_;
};

/// `did you mean "X"?` where a candidate is near, else `otherwise`.
std::string meant(const std::string& word, const std::vector<std::string>& candidates, std::string otherwise);

template <class Map>
std::vector<std::string> keys_of(const Map& map) {
    std::vector<std::string> keys;
    keys.reserve(map.size());
    for (const auto& [key, _] : map) keys.push_back(key);
    return keys;
}

// Each looks at one part of the state, in one pass.
void check_paths(Validation& validation);
void check_project(Validation& validation);
void check_people(Validation& validation);
void check_groups(Validation& validation);
void check_rules(Validation& validation);
void check_proposals(Validation& validation);
void check_decisions(Validation& validation);
void check_elections(Validation& validation);
void check_owners(Validation& validation);

// As check_paths() and check_proposals(), of one matter.
void check_paths_of(Validation& validation, const Matter& matter);
void check_proposal(Validation& validation, const Matter& matter);
void check_areas(Validation& validation);  ///< a part of check_groups()

// Parts of check_proposals().
void check_status(Validation& validation, const Matter& matter);
void check_ballots(Validation& validation, const Matter& matter);
void check_signatures(Validation& validation, const Matter& matter);
void check_sections(Validation& validation, const Matter& matter);

}  // namespace govctl::app
