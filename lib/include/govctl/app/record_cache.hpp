#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>

#include "govctl/base/finding.hpp"
#include "govctl/model/ballot.hpp"
#include "govctl/model/decision.hpp"
#include "govctl/model/election.hpp"
#include "govctl/model/group.hpp"
#include "govctl/model/person.hpp"
#include "govctl/model/project.hpp"
#include "govctl/model/proposal.hpp"
#include "govctl/sign/ssh.hpp"
#include "govctl/yaml/document.hpp"

namespace govctl::app {

/// A record's file, read. What it holds depends only on its path and its bytes.
struct ParsedRecord {
    std::shared_ptr<const yaml::Document> document;  ///< null where it is not YAML
    std::variant<std::monostate, model::Project, model::Person, model::Organization, model::Charter, model::Roster,
                 model::Proposal, model::Ballot, model::Decision, model::Election, model::Candidate,
                 model::Endorsements, model::Roll, model::ElectionResult>
        value;
    Findings findings;
};

struct Pinned;

/// Files read before, by path and blob id, so that a walk through history parses each version once and verifies each
/// signature once.
class RecordCache {
public:
    std::shared_ptr<const ParsedRecord> find(const std::string& path, const std::string& blob) const {
        auto found = parsed_.find({path, blob});
        return found == parsed_.end() ? nullptr : found->second;
    }
    void keep(const std::string& path, const std::string& blob, std::shared_ptr<const ParsedRecord> record) {
        parsed_.insert_or_assign({path, blob}, std::move(record));
    }

    /// Who signed a record, by all that was asked; null: not asked yet.
    const Result<sign::PublicKey>* find_signer(const std::string& asked) const {
        auto found = signers_.find(asked);
        return found == signers_.end() ? nullptr : &found->second;
    }
    const Result<sign::PublicKey>& keep_signer(const std::string& asked, Result<sign::PublicKey> signer) {
        return signers_.insert_or_assign(asked, std::move(signer)).first->second;
    }

    /// A charter and a project that a matter is judged by, by the blobs of both.
    std::shared_ptr<const Pinned> find_pinned(const std::string& key) const {
        auto found = pinned_.find(key);
        return found == pinned_.end() ? nullptr : found->second;
    }
    void keep_pinned(const std::string& key, std::shared_ptr<const Pinned> pinned) {
        pinned_.insert_or_assign(key, std::move(pinned));
    }

private:
    std::map<std::string, Result<sign::PublicKey>> signers_;
    std::map<std::string, std::shared_ptr<const Pinned>> pinned_;
    std::map<std::pair<std::string, std::string>, std::shared_ptr<const ParsedRecord>> parsed_;
};

}  // namespace govctl::app
