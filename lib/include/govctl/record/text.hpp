#pragma once

#include <map>
#include <string>

#include "govctl/yaml/document.hpp"

namespace govctl::record {

/// What is decided on, as one SHA-256: over the sorted lines `<path> <sha-256 of the bytes>\n` of a proposal's folder
/// without `ballots/`, in which the record (`rfc.yaml` or `motion.yaml`) stands as RFC 8785 JSON of its fields title,
/// type, group, with, subject, options, effects, supersedes, requires, metrics, those that are there.
/// `files` are the folder's others by their path in it; paths below `ballots/` are passed over.
std::string proposal_text(const std::string& record_name, const yaml::Node& record,
                          const std::map<std::string, std::string>& files);

/// What is voted on in an election, as one SHA-256: over RFC 8785 JSON of election.yaml without status, text, history
/// and casting-vote, a newline, and the SHA-256 of voters.yaml.
std::string election_text(const yaml::Node& election, const std::string& voters);

}  // namespace govctl::record
