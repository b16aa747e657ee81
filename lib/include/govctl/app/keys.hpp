#pragma once

#include <string>
#include <vector>

#include "govctl/app/acts.hpp"
#include "govctl/sign/ssh.hpp"

/// The keys in people's records.
namespace govctl::app {

/// Whether this person is a member of steering or of a desk, who say who is who.
bool keeps_the_desk(const State& state, const std::string& handle, Instant at);

/// Where only what is signed counts, whoever has had a key needs somebody's word for another: their own, by a key that
/// they have, or that of a member of steering or of a desk. Else an e-mail address that anybody can type would do.
bool must_be_vouched_for(const State& state, const std::string& holder);
/// What is signed, for `govctl.key`, to vouch for a key of a person's. Errors: as State::founding().
Result<std::string> word_for(const State& state, const std::string& holder, const sign::PublicKey& key);
/// Whether somebody's word stands beside a key, who may give it at that instant. Errors: `refused` where not.
Result<void> is_vouched_for(const State& state, const std::string& holder, const model::Key& key, Instant at);

/// Puts a key on a person's record, with the signature of who acts over word_for() it where that must be. Errors:
/// `blocked` where somebody has the key already; `refused` for a record that is not one's own, but with such a word.
Result<Change> add_key(const State& state, const Act& act, const std::string& holder, const sign::PublicKey& key,
                       const std::string& word = {});

/// Gives a key up, which stays on record: what it signed before still counts, unless it is `compromised`. `named` is
/// its fingerprint or the start of it, its comment, or the key itself; `at` the commit on which it is given up. Errors:
/// `not_found`, `usage` where more than one is meant, `blocked` where it is given up already.
Result<Change> revoke_key(const State& state, const Act& act, const std::string& named, bool compromised,
                          const std::string& at);

/// A key of somebody's that can be read as one.
struct HeldKey {
    std::string holder;
    sign::PublicKey key;
    std::optional<model::Key::Revoked> revoked{};
};
/// By holder, in the order of their records.
std::vector<HeldKey> held_keys(const State& state);

/// The file that git verifies SSH signatures by (`gpg.ssh.allowedSignersFile`; ALLOWED SIGNERS in ssh-keygen(1)): every
/// key that is not given up, for the e-mail addresses of its holder. What is no plain address or key is left out: it
/// could say more there than who it is.
std::string allowed_signers(const State& state);

}  // namespace govctl::app
