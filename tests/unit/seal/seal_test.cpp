#include "govctl/seal/seal.hpp"

#include "support/catch.hpp"

using namespace govctl;

namespace {

std::string bytes(char each) {
    return std::string(seal::randomness, each);
}

}  // namespace

TEST_CASE("what is sealed to a key is read with its other half, and with no other") {
    const seal::KeyPair key = seal::key_pair(bytes('a'));
    const seal::KeyPair other = seal::key_pair(bytes('b'));
    CHECK(key.open.size() == 64);
    CHECK(*seal::public_half(key.secret) == key.open);
    for (const std::string& text :
         {std::string(), std::string("b > a"), std::string(5000, 'x'), std::string("\0\n", 2)}) {
        const auto sealed = seal::seal(text, key.open, bytes('c'));
        REQUIRE(sealed);
        CHECK(*seal::unseal(*sealed, key.secret) == text);
        CHECK_FALSE(seal::unseal(*sealed, other.secret));
        std::string altered = *sealed;
        altered.back() = altered.back() == '0' ? '1' : '0';
        CHECK_FALSE(seal::unseal(altered, key.secret));
    }
}

TEST_CASE("the same text sealed twice looks different") {
    const seal::KeyPair key = seal::key_pair(bytes('a'));
    CHECK(*seal::seal("a > b", key.open, bytes('c')) != *seal::seal("a > b", key.open, bytes('d')));
    CHECK(*seal::seal("a > b", key.open, bytes('c')) == *seal::seal("a > b", key.open, bytes('c')));
}

TEST_CASE("what is no key, or nothing sealed, is an error") {
    const seal::KeyPair key = seal::key_pair(bytes('a'));
    for (const char* text : {"", "12", "xyz"}) {
        CAPTURE(text);
        CHECK_FALSE(seal::seal("a", text, bytes('c')));
        CHECK_FALSE(seal::public_half(text));
        CHECK_FALSE(seal::unseal(text, key.secret));
    }
    CHECK_FALSE(seal::seal("a", std::string(64, '0'), bytes('c')));
}
