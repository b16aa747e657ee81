#include "govctl/sign/ssh.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "support/catch.hpp"

using namespace govctl;

namespace {

const std::filesystem::path folder = std::filesystem::path(GOVCTL_SOURCE_DIR) / "tests/data/sign";

std::string file(const std::string& name) {
    std::ifstream in(folder / name, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> files_named(const std::string& prefix) {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().filename().string().starts_with(prefix)) names.push_back(entry.path().filename());
    return names;
}

std::string message() {
    return file("message");
}

}  // namespace

TEST_CASE("what ssh-keygen signs is verified, whatever the key") {
    struct Case {
        const char* signature;
        const char* key;
        const char* algorithm;
    };
    const auto [signature, key, algorithm] = GENERATE(values<Case>({
        {"ada.sig", "ada.pub", "ssh-ed25519"},
        {"ada-sha256.sig", "ada.pub", "ssh-ed25519"},
        {"bob.sig", "bob.pub", "ssh-ed25519"},
        {"rsa.sig", "rsa.pub", "rsa-sha2-512"},
        {"p256.sig", "p256.pub", "ecdsa-sha2-nistp256"},
        {"p384.sig", "p384.pub", "ecdsa-sha2-nistp384"},
        {"p521.sig", "p521.pub", "ecdsa-sha2-nistp521"},
        {"rsa-sha256.sig", "rsa.pub", "rsa-sha2-512"},
        {"sk-ed25519.sig", "sk-ed25519.pub", "sk-ssh-ed25519@openssh.com"},
        {"sk-p256.sig", "sk-p256.pub", "sk-ecdsa-sha2-nistp256@openssh.com"},
    }));
    INFO(signature);
    const auto made = sign::parse_signature(file(signature));
    REQUIRE(made);
    CHECK(made->algorithm == algorithm);
    CHECK(made->key == *sign::parse_key(file(key)));
    CHECK(sign::verify(*made, message(), "govctl.ballot"));
    CHECK_FALSE(sign::verify(*made, message() + " ", "govctl.ballot"));
    CHECK_FALSE(sign::verify(*made, "", "govctl.ballot"));
    CHECK_FALSE(sign::verify(*made, message(), "govctl.decision"));
    CHECK_FALSE(sign::verify(*made, message(), ""));
    sign::Signature altered = *made;
    altered.name_space = "govctl.decision";
    CHECK_FALSE(sign::verify(altered, message(), "govctl.decision"));
    altered = *made;
    altered.bytes[altered.bytes.size() / 2] = static_cast<char>(altered.bytes[altered.bytes.size() / 2] ^ 1);
    CHECK_FALSE(sign::verify(altered, message(), "govctl.ballot"));
}

TEST_CASE("a signature for another use is none for this one") {
    const auto made = sign::parse_signature(file("ada-git.sig"));
    REQUIRE(made);
    CHECK(sign::verify(*made, message(), "git"));
    const auto used = sign::verify(*made, message(), "govctl.ballot");
    REQUIRE_FALSE(used);
    CHECK(used.error().message == "the signature is for \"git\", not for \"govctl.ballot\"");
}

TEST_CASE("what is no signature is not read as one") {
    const auto names = files_named("bad-");
    REQUIRE(names.size() >= 10);
    for (const std::string& name : names) {
        INFO(name);
        CHECK_FALSE(sign::parse_signature(file(name)));
    }
    for (const char* name : {"dsa.sig", "weak.sig", "message", "ada.pub", "ada"}) {
        INFO(name);
        CHECK_FALSE(sign::parse_signature(file(name)));
    }
    CHECK_FALSE(sign::parse_signature(""));
    CHECK_FALSE(sign::parse_signature(" " + file("ada.sig")));
}

TEST_CASE("no part of a signature can be left out") {
    const std::string whole = file("ada.sig");
    for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
        const auto cut = sign::parse_signature(whole.substr(0, size));
        CHECK_FALSE((cut && sign::verify(*cut, message(), "govctl.ballot")));
    }
}

TEST_CASE("what looks like a signature and is none does not verify") {
    const auto names = files_named("wrong-");
    REQUIRE(names.size() >= 6);
    for (const std::string& name : names) {
        INFO(name);
        const auto made = sign::parse_signature(file(name));
        REQUIRE(made);
        CHECK_FALSE(sign::verify(*made, message(), "govctl.ballot"));
    }
}

TEST_CASE("a token that nobody touched signs nothing") {
    const auto made = sign::parse_signature(file("sk-untouched.sig"));
    REQUIRE(made);
    CHECK_FALSE(sign::verify(*made, message(), "govctl.ballot"));
}

TEST_CASE("a key is what its line says, without its comment") {
    const auto ada = sign::parse_key(file("ada.pub"));
    REQUIRE(ada);
    CHECK(ada->type == "ssh-ed25519");
    CHECK(ada->comment == "ada@example.org");
    CHECK(file("ada.pub") == ada->line() + " ada@example.org\n");
    CHECK(ada->fingerprint() == "SHA256:4Gnr+YNbiAYdkG8w2kHf+aow+Xuz9QIUQJxScWB+e0o");
    CHECK(*sign::parse_key(ada->line()) == *ada);
    CHECK_FALSE(*ada == *sign::parse_key(file("bob.pub")));
}

TEST_CASE("the public half is read from a private key's file, locked or not") {
    for (const char* name : {"ada", "bob", "locked"}) {
        INFO(name);
        const auto key = sign::key_in_file(file(name));
        REQUIRE(key);
        CHECK(*key == *sign::parse_key(file(std::string(name) + ".pub")));
        CHECK(*key == *sign::key_in_file(file(std::string(name) + ".pub")));
    }
    CHECK_FALSE(sign::key_in_file("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n"));
    CHECK_FALSE(sign::key_in_file(file("ada").substr(0, 120)));
}

TEST_CASE("what is no key, or too weak, is an error") {
    struct Case {
        std::string line;
        const char* message;
    };
    const std::string ada = file("ada.pub");
    const std::string blob = ada.substr(ada.find(' '));
    const std::string no_key = "not an SSH key that can be verified: ";
    const std::vector<Case> cases = {
        {"", "a type and base64 are expected, as in a .pub file"},
        {"ssh-ed25519", "a type and base64 are expected, as in a .pub file"},
        {"ssh-ed25519 !!!!", "a type and base64 are expected, as in a .pub file"},
        {"ssh-ed25519 AAAA", "it is cut off"},
        {"ssh-rsa" + blob, "it says it is of another type than it is"},
        {"restrict " + ada, "a type and base64 are expected, as in a .pub file"},
        {ada + ada, "more than one line"},
        {file("dsa.pub"), "type \"ssh-dss\""},
        {file("weak.pub"), "an RSA key of less than 2048 bits"},
    };
    for (const auto& [line, why] : cases) {
        INFO(line);
        const auto key = sign::parse_key(line);
        REQUIRE_FALSE(key);
        CHECK(key.error().message == no_key + why);
    }
}
