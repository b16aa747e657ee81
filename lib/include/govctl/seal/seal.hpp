#pragma once

#include <string>
#include <string_view>

#include "govctl/base/result.hpp"

/// Sealing text to a key, so that only the holder of its private half reads it: libsodium's sealed boxes. Pure:
/// whatever must be random is an argument.
namespace govctl::seal {

/// Both in hexadecimal, 64 digits.
struct KeyPair {
    std::string open;    ///< the public half: seals
    std::string secret;  ///< the private half: unseals
};

/// So many random bytes each of the functions below asks for.
constexpr std::size_t randomness = 32;

KeyPair key_pair(std::string_view random);
/// The public half of a private one. Errors: `invalid`: not 64 hexadecimal digits.
Result<std::string> public_half(std::string_view secret);

/// In hexadecimal; what crypto_box_seal() makes, with the one-time key from `random`. Errors: `invalid`: no such key.
Result<std::string> seal(std::string_view text, std::string_view open, std::string_view random);
/// Errors: `invalid`: not sealed to this key, or altered.
Result<std::string> unseal(std::string_view sealed, std::string_view secret);

}  // namespace govctl::seal
