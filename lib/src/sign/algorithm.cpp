#include "algorithm.hpp"

#include <mbedtls/ecdsa.h>
#include <mbedtls/rsa.h>
#include <mbedtls/sha256.h>
#include <mbedtls/sha512.h>
#include <mbedtls/version.h>
#include <sodium.h>

#include <array>

#include "wire.hpp"

namespace govctl::sign {

namespace {

constexpr std::size_t least_rsa_bytes = 2048 / 8;
constexpr std::size_t most_rsa_bytes = 16384 / 8;

const unsigned char* raw(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

/// A number of mbedcrypto's.
struct Number {
    Number() { mbedtls_mpi_init(&value); }
    ~Number() { mbedtls_mpi_free(&value); }
    Number(const Number&) = delete;
    Number& operator=(const Number&) = delete;
    bool read(std::string_view digits) { return mbedtls_mpi_read_binary(&value, raw(digits), digits.size()) == 0; }
    mbedtls_mpi value;
};

/// A curve with a point on it.
struct Curve {
    Curve() {
        mbedtls_ecp_group_init(&group);
        mbedtls_ecp_point_init(&point);
    }
    ~Curve() {
        mbedtls_ecp_point_free(&point);
        mbedtls_ecp_group_free(&group);
    }
    Curve(const Curve&) = delete;
    Curve& operator=(const Curve&) = delete;
    bool read(mbedtls_ecp_group_id id, std::string_view on_it) {
        return mbedtls_ecp_group_load(&group, id) == 0 &&
               mbedtls_ecp_point_read_binary(&group, &point, raw(on_it), on_it.size()) == 0 &&
               mbedtls_ecp_check_pubkey(&group, &point) == 0;
    }
    mbedtls_ecp_group group;
    mbedtls_ecp_point point;
};

struct RsaKey {
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    RsaKey() {
        mbedtls_rsa_init(&context);
    }
#else
    RsaKey() {
        mbedtls_rsa_init(&context, MBEDTLS_RSA_PKCS_V15, MBEDTLS_MD_NONE);
    }
#endif
    ~RsaKey() {
        mbedtls_rsa_free(&context);
    }
    RsaKey(const RsaKey&) = delete;
    RsaKey& operator=(const RsaKey&) = delete;
    bool read(std::string_view n, std::string_view e) {
        return mbedtls_rsa_import_raw(&context, raw(n), n.size(), nullptr, 0, nullptr, 0, nullptr, 0, raw(e),
                                      e.size()) == 0 &&
               mbedtls_rsa_complete(&context) == 0 && mbedtls_rsa_check_pubkey(&context) == 0;
    }
    mbedtls_rsa_context context;
};

struct NamedCurve {
    std::string_view name;
    mbedtls_ecp_group_id id;
    int hash_bits;
};
constexpr NamedCurve curves[] = {{"nistp256", MBEDTLS_ECP_DP_SECP256R1, 256},
                                 {"nistp384", MBEDTLS_ECP_DP_SECP384R1, 384},
                                 {"nistp521", MBEDTLS_ECP_DP_SECP521R1, 512}};

const NamedCurve* find_curve(std::string_view name) {
    for (const NamedCurve& curve : curves)
        if (curve.name == name) return &curve;
    return nullptr;
}

std::string sha512_family(std::string_view bytes, bool is_384) {
    std::array<unsigned char, 64> digest{};
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    mbedtls_sha512(raw(bytes), bytes.size(), digest.data(), is_384 ? 1 : 0);
#else
    mbedtls_sha512_ret(raw(bytes), bytes.size(), digest.data(), is_384 ? 1 : 0);
#endif
    return {reinterpret_cast<const char*>(digest.data()), is_384 ? 48U : 64U};
}

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, 32> digest{};
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    mbedtls_sha256(raw(bytes), bytes.size(), digest.data(), 0);
#else
    mbedtls_sha256_ret(raw(bytes), bytes.size(), digest.data(), 0);
#endif
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::string digest(int bits, std::string_view bytes) {
    return bits == 256 ? sha256(bytes) : sha512_family(bytes, bits == 384);
}

bool verify_ed25519(const KeyParts& key, std::string_view signature, std::string_view message) {
    return signature.size() == crypto_sign_BYTES &&
           crypto_sign_verify_detached(raw(signature), raw(message), message.size(), raw(key.point)) == 0;
}

bool verify_ecdsa(const KeyParts& key, std::string_view signature, std::string_view message) {
    const NamedCurve* named = find_curve(key.curve);
    Curve curve;
    Number r, s;
    Wire wire(signature);
    const std::string_view r_digits = wire.positive();
    const std::string_view s_digits = wire.positive();
    if (!wire.is_done() || !r.read(r_digits) || !s.read(s_digits) || !curve.read(named->id, key.point)) return false;
    const std::string hash = digest(named->hash_bits, message);
    return mbedtls_ecdsa_verify(&curve.group, raw(hash), hash.size(), &curve.point, &r.value, &s.value) == 0;
}

bool verify_rsa(const KeyParts& key, std::string_view algorithm, std::string_view signature, std::string_view message) {
    RsaKey rsa;
    if (signature.size() != key.modulus.size() || !rsa.read(key.modulus, key.exponent)) return false;
    const bool is_256 = algorithm == "rsa-sha2-256";
    const std::string hash = digest(is_256 ? 256 : 512, message);
    const mbedtls_md_type_t kind = is_256 ? MBEDTLS_MD_SHA256 : MBEDTLS_MD_SHA512;
    const auto size = static_cast<unsigned>(hash.size());
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    return mbedtls_rsa_pkcs1_verify(&rsa.context, kind, size, raw(hash), raw(signature)) == 0;
#else
    return mbedtls_rsa_pkcs1_verify(&rsa.context, nullptr, nullptr, MBEDTLS_RSA_PUBLIC, kind, size, raw(hash),
                                    raw(signature)) == 0;
#endif
}

/// What a token signs in place of the message: who asked, that somebody touched it, and how often it has signed.
std::string told_to_token(const KeyParts& key, std::string_view message, std::string_view tail) {
    return sha256(key.application).append(tail).append(sha256(message));
}

bool fits(const KeyParts& key, std::string_view algorithm) {
    const std::string token = key.on_token ? "@openssh.com" : "";
    switch (key.kind) {
        case KeyParts::Kind::ed25519:
            return algorithm == (key.on_token ? "sk-ssh-ed25519" : "ssh-ed25519") + token;
        case KeyParts::Kind::ecdsa:
            return algorithm == (key.on_token ? "sk-ecdsa-sha2-" : "ecdsa-sha2-") + key.curve + token;
        case KeyParts::Kind::rsa:
            return algorithm == "rsa-sha2-256" || algorithm == "rsa-sha2-512";
        case KeyParts::Kind::unknown:
            break;
    }
    return false;
}

}  // namespace

std::string hash_of(std::string_view name, std::string_view bytes) {
    if (name == "sha256") return sha256(bytes);
    if (name == "sha512") return sha512_family(bytes, false);
    return "";
}

KeyParts take_apart(std::string_view blob) {
    Wire wire(blob);
    const std::string type(wire.string());
    KeyParts key;
    key.on_token = type.starts_with("sk-");
    if (type == "ssh-ed25519" || type == "sk-ssh-ed25519@openssh.com") {
        key.kind = KeyParts::Kind::ed25519;
        key.point = wire.string();
        if (key.point.size() != crypto_sign_PUBLICKEYBYTES) return {};
    } else if (type.starts_with("ecdsa-sha2-") || type == "sk-ecdsa-sha2-nistp256@openssh.com") {
        key.kind = KeyParts::Kind::ecdsa;
        key.curve = wire.string();
        key.point = wire.string();
        if (!find_curve(key.curve) || (!key.on_token && type != "ecdsa-sha2-" + key.curve)) return {};
        if (key.on_token && key.curve != "nistp256") return {};
    } else if (type == "ssh-rsa") {
        key.kind = KeyParts::Kind::rsa;
        key.exponent = wire.positive();
        key.modulus = wire.positive();
    }
    if (key.on_token) key.application = wire.string();
    return wire.is_done() ? key : KeyParts{};
}

std::string weakness_of(const KeyParts& key) {
    if (key.kind == KeyParts::Kind::rsa && key.modulus.size() < least_rsa_bytes)
        return "an RSA key of less than 2048 bits";
    if (key.kind == KeyParts::Kind::rsa && key.modulus.size() > most_rsa_bytes)
        return "an RSA key of more than 16384 bits";
    return "";
}

bool is_signed_by(const KeyParts& key, std::string_view algorithm, std::string_view signature, std::string_view message,
                  std::string_view tail) {
    constexpr std::size_t flags_and_counter = 5;
    constexpr unsigned touched = 0x01;
    if (!fits(key, algorithm) || !weakness_of(key).empty()) return false;
    if (tail.size() != (key.on_token ? flags_and_counter : 0)) return false;
    if (key.on_token && (static_cast<unsigned char>(tail.front()) & touched) == 0) return false;
    const std::string told = key.on_token ? told_to_token(key, message, tail) : std::string(message);
    switch (key.kind) {
        case KeyParts::Kind::ed25519:
            return verify_ed25519(key, signature, told);
        case KeyParts::Kind::ecdsa:
            return verify_ecdsa(key, signature, told);
        case KeyParts::Kind::rsa:
            return verify_rsa(key, algorithm, signature, told);
        case KeyParts::Kind::unknown:
            break;
    }
    return false;
}

}  // namespace govctl::sign
