#include "govctl/seal/seal.hpp"

#include <sodium.h>

#include <array>
#include <cassert>
#include <optional>
#include <vector>

namespace govctl::seal {

namespace {

static_assert(randomness == crypto_box_SEEDBYTES);
static_assert(crypto_box_PUBLICKEYBYTES == crypto_box_SECRETKEYBYTES);

using Bytes = std::vector<unsigned char>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hex(const unsigned char* bytes, std::size_t size) {
    std::string text(size * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, size);
    text.pop_back();
    return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
    Bytes bytes(text.size() / 2);
    std::size_t size = 0;
    const char* end = nullptr;
    const bool good = sodium_hex2bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, &end) == 0 &&
                      end == text.data() + text.size() && size * 2 == text.size();
    return good ? std::optional(std::move(bytes)) : std::nullopt;
}

std::optional<Bytes> key_from(std::string_view text) {
    auto key = from_hex(text);
    return key && key->size() == crypto_box_PUBLICKEYBYTES ? key : std::nullopt;
}

Error no_key() {
    return {ErrorKind::invalid, "not a key: 64 hexadecimal digits are expected"};
}

}  // namespace

KeyPair key_pair(std::string_view random) {
    assert(random.size() == randomness);
    std::array<unsigned char, crypto_box_PUBLICKEYBYTES> open{};
    std::array<unsigned char, crypto_box_SECRETKEYBYTES> secret{};
    crypto_box_seed_keypair(open.data(), secret.data(), bytes_of(random));
    return {hex(open.data(), open.size()), hex(secret.data(), secret.size())};
}

Result<std::string> public_half(std::string_view secret) {
    const auto key = key_from(secret);
    if (!key) return no_key();
    std::array<unsigned char, crypto_box_PUBLICKEYBYTES> open{};
    crypto_scalarmult_base(open.data(), key->data());
    return hex(open.data(), open.size());
}

Result<std::string> seal(std::string_view text, std::string_view open, std::string_view random) {
    assert(random.size() == randomness);
    const auto key = key_from(open);
    if (!key) return no_key();
    std::array<unsigned char, crypto_box_PUBLICKEYBYTES> once_open{};
    std::array<unsigned char, crypto_box_SECRETKEYBYTES> once_secret{};
    crypto_box_seed_keypair(once_open.data(), once_secret.data(), bytes_of(random));

    // As crypto_box_seal() does it, which would take its randomness itself.
    Bytes both(once_open.begin(), once_open.end());
    both.insert(both.end(), key->begin(), key->end());
    std::array<unsigned char, crypto_box_NONCEBYTES> nonce{};
    crypto_generichash(nonce.data(), nonce.size(), both.data(), both.size(), nullptr, 0);
    Bytes sealed(once_open.begin(), once_open.end());
    sealed.resize(crypto_box_SEALBYTES + text.size());
    const int failed = crypto_box_easy(sealed.data() + once_open.size(), bytes_of(text), text.size(), nonce.data(),
                                       key->data(), once_secret.data());
    sodium_memzero(once_secret.data(), once_secret.size());
    if (failed != 0) return no_key();
    return hex(sealed.data(), sealed.size());
}

Result<std::string> unseal(std::string_view sealed, std::string_view secret) {
    const auto key = key_from(secret);
    if (!key) return no_key();
    GOVCTL_TRY(const std::string open_text, public_half(secret));
    const auto open = key_from(open_text);
    const auto bytes = from_hex(sealed);
    const Error not_ours{ErrorKind::invalid, "not sealed to this key, or altered since"};
    if (!bytes || bytes->size() < crypto_box_SEALBYTES) return not_ours;
    std::string text(bytes->size() - crypto_box_SEALBYTES, '\0');
    if (crypto_box_seal_open(reinterpret_cast<unsigned char*>(text.data()), bytes->data(), bytes->size(), open->data(),
                             key->data()) != 0)
        return not_ours;
    return text;
}

}  // namespace govctl::seal
