// A signature, a key, or a file that holds one; also what lies inside a signature, below its armour.
#include "fuzz.hpp"
#include "govctl/sign/ssh.hpp"

using namespace govctl;
using govctl::fuzz::must;

namespace {

void check_signature(const std::string& armored) {
    const auto signature = sign::parse_signature(armored);
    if (!signature) return;
    must(!sign::verify(*signature, armored, signature->name_space), "nothing is signed by what it holds", armored);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = fuzz::text(data, size);
    for (const auto& key : {sign::parse_key(bytes), sign::key_in_file(bytes)}) {
        if (!key) continue;
        const auto again = sign::parse_key(key->line());
        must(again && *again == *key && again->line() == key->line(), "a key is read as it prints", key->line());
    }
    check_signature(std::string(bytes));
    const std::string in_base64 = sign::PublicKey{"-", std::string(bytes)}.line().substr(2);
    check_signature("-----BEGIN SSH SIGNATURE-----\n" + in_base64 + "\n-----END SSH SIGNATURE-----\n");
    return 0;
}
