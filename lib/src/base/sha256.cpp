#include "govctl/base/sha256.hpp"

#include <mbedtls/sha256.h>
#include <mbedtls/version.h>

#include <array>

#include "hex.hpp"

namespace govctl {

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, 32> digest{};
    const auto* input = reinterpret_cast<const unsigned char*>(bytes.data());
#if MBEDTLS_VERSION_NUMBER >= 0x03000000
    mbedtls_sha256(input, bytes.size(), digest.data(), 0);
#else
    mbedtls_sha256_ret(input, bytes.size(), digest.data(), 0);
#endif
    return hex(digest);
}

}  // namespace govctl
