#pragma once

#include <string>
#include <vector>

#include "govctl/app/acts.hpp"
#include "govctl/app/state.hpp"
#include "govctl/sign/ssh.hpp"

/// Signed records: ballots, decisions and endorsements carry their writer's signature, so that whose they are does not
/// rest on what a commit says of its author.
///
/// Signed is, for the use `govctl.<kind>`, the RFC 8785 JSON of {id, kind, project, record}: the record's own id, its
/// kind, the commit in which the governance began, and every other field of the record. So a signature survives
/// squashes and rebases, and is worth nothing in another matter, round, text or repository. What the voter said before
/// is in the record (`earlier`), and so is what was before them when they signed (`under`).
namespace govctl::app {

/// What a record rests on.
struct Basis {
    enum class Kind {
        claimed,     ///< nobody signed: whose it is, only a commit says
        signed_,     ///< by a key that its writer has, or had until it was replaced
        given_up,    ///< by a key of its writer's that was given up as compromised
        unverified,  ///< OpenPGP, which only other programs can verify
        false_,      ///< not by a key of its writer's over what stands here
    };
    Kind kind = Kind::claimed;
    std::string key{};        ///< that signed: its fingerprint
    bool is_revoked = false;  ///< the key was given up since, for whatever reason
    std::string why{};        ///< false: what is wrong

    bool is_signed() const { return kind == Kind::signed_; }
    /// Whether a ballot that rests on this is heard: never one whose signature is false or in doubt.
    bool counts(bool must_sign) const {
        return is_signed() || (!must_sign && (kind == Kind::claimed || kind == Kind::unverified));
    }
};

/// What a record rests on in this state. Nothing is asked of commits: see Workspace for that. Errors: `environment`
/// where the history that tells the project is cut off.
Result<Basis> basis_of(const State& state, const Loaded<model::Ballot>& ballot);
Result<Basis> basis_of(const State& state, const Loaded<model::Decision>& decision);
Result<Basis> basis_of(const State& state, const Loaded<model::Endorsements>& endorsements);

/// A ballot, and what it rests on: where it is not signed, at least the commit that brought it may be.
struct Support {
    std::string voter;
    Basis basis;
    bool is_commit_signed = false;  ///< by an SSH key of the voter's
    bool counts = true;             ///< false: the signature is false or in doubt, or lacking where it must be
};
/// Of a matter's ballots, by voter; of an election's. For views. Errors: as basis_of().
Result<std::vector<Support>> supports(const State& state, const Matter& matter);
Result<std::vector<Support>> supports(const State& state, const Contest& contest);

/// The SSH keys that a person signs with now; what cannot be read as a key is left out.
std::vector<sign::PublicKey> keys_of(const model::Person& person);

/// Whether ballots of a matter count only when they are signed: as the project was when its round opened.
Result<bool> must_be_signed(const State& state, const Matter& matter);

// ---- signing --------------------------------------------------------------------------------------------------------

/// A record that an act writes, and what its writer is to sign.
struct Statement {
    std::string path;
    std::string name_space;  ///< `govctl.ballot`
    std::string bytes;
};

/// The records of a change that this person can sign, and whether the project wants them signed.
struct Signable {
    std::vector<std::string> paths;
    bool is_required = false;
};
Result<Signable> signable(const State& state, const Change& change, const std::string& signer);

/// Writes into the records what was before their writer, and gives what is to be signed.
Result<std::vector<Statement>> statements(const State& state, Change& change, const Signable& records);
/// Writes a signature over a statement into its record.
Result<void> attach(Change& change, const Statement& statement, const std::string& signature);

}  // namespace govctl::app
