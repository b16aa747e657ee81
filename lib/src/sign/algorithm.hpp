#pragma once

#include <string>
#include <string_view>

namespace govctl::sign {

/// Bytes of the hash called `sha256` or `sha512`; empty: no other is known.
std::string hash_of(std::string_view name, std::string_view bytes);

/// The parts of a public key, by its type.
struct KeyParts {
    enum class Kind { unknown, ed25519, ecdsa, rsa };
    Kind kind = Kind::unknown;
    std::string curve{};        ///< ecdsa: `nistp256`
    std::string point{};        ///< ed25519, ecdsa
    std::string exponent{};     ///< rsa
    std::string modulus{};      ///< rsa
    bool on_token = false;      ///< its secret half lies in a security key (FIDO)
    std::string application{};  ///< on a token: what for, as `ssh:`
};

/// Errors are of kind `unknown`: another type, or not what its type says.
KeyParts take_apart(std::string_view blob);
/// Empty: good enough; else why it is not.
std::string weakness_of(const KeyParts& key);

/// Whether the signature is this key's over `message`. `tail` follows the signature in its blob: what a token adds.
bool is_signed_by(const KeyParts& key, std::string_view algorithm, std::string_view signature, std::string_view message,
                  std::string_view tail);

}  // namespace govctl::sign
