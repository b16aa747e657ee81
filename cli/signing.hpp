#pragma once

#include <optional>
#include <string>

#include "acting.hpp"
#include "govctl/sign/ssh.hpp"

/// Signatures as git is configured to make them: `gpg.format`, `user.signingkey`, `gpg.ssh.program`,
/// `gpg.ssh.defaultKeyCommand`, `gpg.program`.
namespace govctl::cli {

class Signer {
public:
    Signer(const Environment& environment, const git::Repository& repository, git::Identity committer)
        : environment_(environment), repository_(repository.share()), committer_(std::move(committer)) {}

    /// The public half of the SSH key that git signs with; none: git is set to no such key. Errors: `environment` where
    /// it is set to one that cannot be read.
    Result<std::optional<sign::PublicKey>> key() const;

    /// Starts the signing program, which may ask its user. Errors: `environment`, with what the program said.
    Result<std::string> sign(const std::string& bytes, const std::string& name_space) const;

private:
    /// `user.signingkey`, or what `gpg.ssh.defaultKeyCommand` says: a key itself, or the file that holds it.
    struct Given {
        std::string text;
        bool is_key = false;
    };
    bool is_ssh() const { return repository_.config("gpg.format") == "ssh"; }
    Result<std::optional<Given>> given() const;
    Result<std::string> sign_by_ssh(const std::string& bytes, const std::string& name_space) const;
    Result<std::string> sign_by_openpgp(const std::string& bytes) const;

    const Environment& environment_;
    git::Repository repository_;
    git::Identity committer_;
};

/// Signs what a change says in its actor's name, where they have a key on record that git signs with; its fingerprint.
/// Errors: `refused` where signatures are required and there is no such key; `environment` where signing fails.
Result<std::optional<std::string>> sign_records(const Invocation& invocation, const Desk& desk, app::Change& change);

/// Signs commits where `commit.gpgsign` says so; else empty.
git::Sign commit_signer(const Invocation& invocation, const git::Repository& repository,
                        const git::Identity& committer);

}  // namespace govctl::cli
