#pragma once

#include <optional>

#include "govctl/base/finding.hpp"
#include "govctl/model/ballot.hpp"
#include "govctl/model/decision.hpp"
#include "govctl/model/election.hpp"
#include "govctl/model/group.hpp"
#include "govctl/model/person.hpp"
#include "govctl/model/project.hpp"
#include "govctl/model/proposal.hpp"
#include "govctl/record/path.hpp"
#include "govctl/yaml/document.hpp"

/// Nodes to values, one function a kind of record. Reading never stops at the first finding: unknown keys (with "did
/// you mean"), missing and mistyped fields, values out of their range are each one finding with its place.
namespace govctl::record {

/// What was read, and what is wrong with it. There is a value where every required field could be read and no field has
/// a wrong type; it may come with findings all the same.
template <class T>
struct Reading {
    std::optional<T> value;
    Findings findings;
};

Reading<model::Project> read_project(const yaml::Document& document);
Reading<model::Person> read_person(const yaml::Document& document, const RecordPath& where);
Reading<model::Organization> read_organization(const yaml::Document& document, const RecordPath& where);
Reading<model::Charter> read_charter(const yaml::Document& document, const RecordPath& where);
Reading<model::Roster> read_roster(const yaml::Document& document, const RecordPath& where);
Reading<model::Proposal> read_proposal(const yaml::Document& document, const RecordPath& where);
Reading<model::Ballot> read_ballot(const yaml::Document& document, const RecordPath& where);
Reading<model::Decision> read_decision(const yaml::Document& document, const RecordPath& where);
Reading<model::Election> read_election(const yaml::Document& document, const RecordPath& where);
Reading<model::Candidate> read_candidate(const yaml::Document& document, const RecordPath& where);
Reading<model::Endorsements> read_endorsements(const yaml::Document& document, const RecordPath& where);
Reading<model::Roll> read_voters(const yaml::Document& document, const RecordPath& where);
Reading<model::ElectionResult> read_result(const yaml::Document& document, const RecordPath& where);

/// A failure to parse, as a finding.
Finding unreadable(const Error& error, const std::string& file);

}  // namespace govctl::record
