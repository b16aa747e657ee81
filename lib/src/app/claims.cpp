#include "claims.hpp"

#include <set>

#include "govctl/base/id.hpp"
#include "govctl/base/text.hpp"
#include "govctl/model/register.hpp"

namespace govctl::app {

/// A key without its comment: `ssh-ed25519 AAAA…`.
static std::string bare_key(const std::string& key) {
    std::vector<std::string> words;
    for (std::string& word : split(key, ' ')) {
        if (!word.empty()) words.push_back(std::move(word));
    }
    if (words.size() > 2) words.resize(2);
    return join(words, " ");
}

std::vector<Claim> claims_of(const model::Person& person) {
    std::vector<Claim> claims = {{"GOV410", "handle", normal_handle(person.handle), person.handle, {"handle"}}};
    for (std::size_t i = 0; i < person.aliases.size(); ++i)
        claims.push_back({"GOV410", "handle", normal_handle(person.aliases[i]), person.aliases[i], {"aliases", i}});
    for (std::size_t i = 0; i < person.emails.size(); ++i) {
        const std::string email = lower(trim(person.emails[i]));
        claims.push_back({"GOV411", "e-mail address", email, person.emails[i], {"emails", i}});
        if (const std::string login = model::noreply_login(email); !login.empty())
            claims.push_back({"GOV413", "account", "github " + login, person.emails[i], {"emails", i}});
    }
    for (std::size_t i = 0; i < person.keys.size(); ++i)
        claims.push_back({"GOV412", "key", bare_key(person.keys[i].line), person.keys[i].line, {"keys", i}});
    for (const auto& [forge, login] : person.accounts)
        claims.push_back({"GOV413", "account", lower(forge + " " + login), forge + ": " + login, {"accounts", forge}});
    return claims;
}

}  // namespace govctl::app
