#include "govctl/sign/ssh.hpp"

#include <sodium.h>

#include "algorithm.hpp"
#include "govctl/base/text.hpp"
#include "wire.hpp"

namespace govctl::sign {

namespace {

constexpr std::string_view begin_signature = "-----BEGIN SSH SIGNATURE-----\n";
constexpr std::string_view end_signature = "-----END SSH SIGNATURE-----";
constexpr std::string_view begin_private = "-----BEGIN OPENSSH PRIVATE KEY-----\n";
constexpr std::string_view end_private = "-----END OPENSSH PRIVATE KEY-----";
constexpr std::string_view magic = "SSHSIG";
constexpr std::size_t most_bytes = 16 * 1024;  // an RSA key of 16384 bits and its signature are 4 KiB

Error no_key(const std::string& why) {
    return {ErrorKind::invalid, "not an SSH key that can be verified: " + why};
}

Error no_signature(const std::string& why) {
    return {ErrorKind::invalid, "not an SSH signature: " + why};
}

Result<PublicKey> key_of(std::string_view blob) {
    const KeyParts parts = take_apart(blob);
    const std::string type(Wire(blob).string());
    if (parts.kind == KeyParts::Kind::unknown)
        return no_key(type.empty() || type.size() > 64 ? "it is cut off" : "type \"" + printable(type) + "\"");
    if (const std::string weakness = weakness_of(parts); !weakness.empty()) return no_key(weakness);
    return PublicKey{type, std::string(blob)};
}

/// What stands between two lines, in base64, and nothing before or behind.
std::optional<std::string> between(std::string_view text, std::string_view begin, std::string_view end) {
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (text.size() > most_bytes || !text.starts_with(begin) || !text.ends_with(end)) return std::nullopt;
    text.remove_prefix(begin.size());
    if (text.size() < end.size()) return std::nullopt;
    text.remove_suffix(end.size());
    return from_base64(text);
}

/// PROTOCOL.key: how OpenSSH keeps a private key, with its public half before what is encrypted.
Result<PublicKey> key_in_private(std::string_view bytes) {
    const auto inner = between(bytes, begin_private, end_private);
    Wire wire(inner ? std::string_view(*inner) : "");
    if (wire.take(15) != std::string_view("openssh-key-v1\0", 15)) return no_key("the file is damaged");
    for (int part = 0; part < 3; ++part) wire.string();  // cipher, and how its key is made
    if (wire.number() != 1) return no_key("the file does not hold one key");
    return key_of(wire.string());
}

}  // namespace

std::string to_base64(std::string_view bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                          "\r\n", &size, &end, sodium_base64_VARIANT_ORIGINAL) != 0 ||
        end != text.data() + text.size())
        return std::nullopt;
    bytes.resize(size);
    return bytes;
}

std::string PublicKey::line() const {
    return type + " " + to_base64(blob);
}

std::string PublicKey::fingerprint() const {
    std::string text = to_base64(hash_of("sha256", blob));
    while (text.ends_with('=')) text.pop_back();
    return "SHA256:" + text;
}

Result<PublicKey> parse_key(std::string_view line) {
    const std::string text = trim(line);
    if (text.find_first_of("\r\n") != std::string::npos) return no_key("more than one line");
    const std::size_t first = text.find(' ');
    if (first == std::string::npos) return no_key("a type and base64 are expected, as in a .pub file");
    const std::size_t start = text.find_first_not_of(' ', first);
    const std::size_t second = std::min(text.find(' ', start), text.size());
    const auto blob = from_base64(std::string_view(text).substr(start, second - start));
    if (!blob || blob->size() > most_bytes) return no_key("a type and base64 are expected, as in a .pub file");
    GOVCTL_TRY(PublicKey key, key_of(*blob));
    if (key.type != text.substr(0, first)) return no_key("it says it is of another type than it is");
    key.comment = trim(text.substr(second));
    return key;
}

Result<PublicKey> key_in_file(std::string_view bytes) {
    if (bytes.starts_with(begin_private)) return key_in_private(bytes);
    if (bytes.starts_with("-----BEGIN "))
        return no_key("only OpenSSH's own format tells the public half; `ssh-keygen -y` makes a .pub file of others");
    return parse_key(bytes);
}

Result<Signature> parse_signature(std::string_view armored) {
    const auto bytes = between(armored, begin_signature, end_signature);
    if (!bytes) return no_signature("it does not begin, go on and end as one");
    Wire wire(*bytes);
    if (wire.take(magic.size()) != magic) return no_signature("it does not say it is one");
    if (wire.number() != 1) return no_signature("of a later version");
    const std::string_view blob = wire.string();
    const std::string_view name_space = wire.string();
    wire.string();  // reserved
    const std::string_view hash = wire.string();
    const std::string_view signature = wire.string();
    if (!wire.is_done()) return no_signature("it is cut off, or something follows it");
    if (hash_of(hash, "").empty()) return no_signature("hash \"" + printable(hash) + "\"");
    GOVCTL_TRY(PublicKey key, key_of(blob));
    Wire inner(signature);
    const std::string_view algorithm = inner.string();
    if (!inner.is_good()) return no_signature("it is cut off");
    const std::size_t used = 4 + algorithm.size();
    return Signature{std::move(key), std::string(name_space), std::string(hash), std::string(algorithm),
                     std::string(signature.substr(used))};
}

Result<void> verify(const Signature& signature, std::string_view message, std::string_view name_space) {
    if (signature.name_space != name_space)
        return Error{ErrorKind::invalid, "the signature is for \"" + printable(signature.name_space) +
                                             "\", not for \"" + std::string(name_space) + "\""};
    Wire wire(signature.bytes);
    const std::string_view made = wire.string();
    if (!wire.is_good()) return no_signature("it is cut off");
    const std::string_view tail = std::string_view(signature.bytes).substr(4 + made.size());
    const std::string told = std::string(magic) + on_wire(signature.name_space) + on_wire("") +
                             on_wire(signature.hash) + on_wire(hash_of(signature.hash, message));
    if (is_signed_by(take_apart(signature.key.blob), signature.algorithm, made, told, tail)) return {};
    return Error{ErrorKind::invalid, "the signature is not over what stands here, or not by the key it names"};
}

}  // namespace govctl::sign
