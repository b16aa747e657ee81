#pragma once

#include <string>
#include <vector>

#include "govctl/model/ballot.hpp"
#include "govctl/model/decision.hpp"
#include "govctl/model/election.hpp"
#include "govctl/model/group.hpp"
#include "govctl/model/person.hpp"
#include "govctl/model/proposal.hpp"
#include "govctl/yaml/edit.hpp"

/// Values to YAML, fields in the order of the records' man page. read(write(x)) is x.
namespace govctl::record {

/// Whole files, with `kind:` first.
std::string write_ballot(const model::Ballot& ballot);
std::string write_decision(const model::Decision& decision);
std::string write_person(const model::Person& person);
std::string write_candidate(const model::Candidate& candidate);
std::string write_endorsements(const model::Endorsements& endorsements);
std::string write_voters(const model::Roll& roll);

/// Parts that govctl writes into files of people.
yaml::Value to_value(const model::RuleRef& rule);
yaml::Value to_value(const model::Ground& ground);
yaml::Value to_value(const model::Key& key);
yaml::Value to_value(const model::HistoryEntry& entry);
yaml::Value to_value(const model::Seat& seat);
yaml::Value to_value(const model::LadderEntry& entry);
yaml::Value to_value(const model::Effect& effect);

}  // namespace govctl::record
