#pragma once

#include <string>
#include <string_view>

#include "govctl/base/result.hpp"

/// Keys and signatures of SSH, as `ssh-keygen -Y sign` makes them (OpenSSH's PROTOCOL.sshsig): read and verified here,
/// without starting a program. Pure. What makes signatures is somebody else's program, that has the secret half.
namespace govctl::sign {

/// The public half of a key.
struct PublicKey {
    std::string type;       ///< `ssh-ed25519`
    std::string blob;       ///< as it goes over the wire: bytes, not text
    std::string comment{};  ///< what its owner calls it

    /// `ssh-ed25519 AAAA…`, without the comment: the same key has the same line.
    std::string line() const;
    /// `SHA256:…`, as ssh-keygen shows it.
    std::string fingerprint() const;

    friend bool operator==(const PublicKey& a, const PublicKey& b) { return a.blob == b.blob; }
};

/// A key as a line of an authorized_keys file without options. Errors: `invalid`: what is no key, of a type that
/// verify() does not know, or too weak: RSA below 2048 bits.
Result<PublicKey> parse_key(std::string_view line);

/// The public half that a file of ssh-keygen's holds: a `.pub`, or a private key in OpenSSH's own format, which keeps
/// it in the clear. Errors: `invalid`.
Result<PublicKey> key_in_file(std::string_view bytes);

/// A signature, taken apart.
struct Signature {
    PublicKey key;           ///< that it says made it
    std::string name_space;  ///< what it may be used for
    std::string hash;        ///< of the message: `sha256` or `sha512`
    std::string algorithm;   ///< `rsa-sha2-512`
    std::string bytes;       ///< what the algorithm made
};

/// From `-----BEGIN SSH SIGNATURE-----` to its end, and nothing else. Errors: `invalid`.
Result<Signature> parse_signature(std::string_view armored);

/// Whether this key signed this message for this use. Errors: `invalid`: it did not.
Result<void> verify(const Signature& signature, std::string_view message, std::string_view name_space);

}  // namespace govctl::sign
