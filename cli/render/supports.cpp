#include "supports.hpp"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "govctl/base/text.hpp"
#include "words.hpp"

namespace govctl::cli {

namespace {

std::string words_of(const app::Support& support) {
    using Kind = app::Basis::Kind;
    switch (support.basis.kind) {
        case Kind::signed_:
            return support.basis.is_revoked ? "signed, by a key since replaced" : "signed";
        case Kind::given_up:
            return "signed, by a key since compromised";
        case Kind::unverified:
            return "signed by OpenPGP, not verified here";
        case Kind::false_:
            return "a false signature";
        case Kind::claimed:
            break;
    }
    return support.is_commit_signed ? "commit signed" : "claimed by e-mail only";
}

}  // namespace

std::string support_words(const app::Support& support) {
    return words_of(support) + (support.counts ? "" : ", not counted");
}

std::string support_words(const Result<std::vector<app::Support>>& supports) {
    if (!supports) return supports.error().message;
    std::vector<std::string> order;
    std::map<std::string, std::vector<std::string>> voters;
    for (const app::Support& support : *supports) {
        const std::string words = support_words(support);
        if (!voters.contains(words)) order.push_back(words);
        voters[words].push_back(support.voter);
    }
    std::vector<std::string> parts;
    for (const std::string& words : order) parts.push_back(fmt::format("{} ({})", words, names(voters[words])));
    return join(parts, "; ");
}

void print_supports(Output& out, const Result<std::vector<app::Support>>& supports) {
    const std::string words = support_words(supports);
    if (!words.empty()) out.line("  rests on: " + words);
}

nlohmann::ordered_json supports_json(const Result<std::vector<app::Support>>& supports) {
    nlohmann::ordered_json json = nlohmann::ordered_json::object();
    if (supports)
        for (const app::Support& support : *supports) json[support.voter] = support_words(support);
    return json;
}

}  // namespace govctl::cli
