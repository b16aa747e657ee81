#include "govctl/app/keys.hpp"

#include <algorithm>
#include <cctype>

#include "govctl/app/signatures.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/write.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

Result<const Loaded<model::Person>*> record_of(const State& state, const std::string& handle) {
    auto found = state.person_records().find(handle);
    if (found == state.person_records().end()) return refused(handle + " is not on record");
    return &found->second;
}

Change change_to(const Loaded<model::Person>& record, const yaml::Editor& editor, const std::string& subject) {
    Change change;
    change.files[record.path] = editor.bytes();
    change.subject = subject;
    change.record = {RecordId::Space::person, record.value.handle};
    change.verb = "key";
    return change;
}

bool is_named(const sign::PublicKey& key, const std::string& named) {
    const std::string fingerprint = key.fingerprint();
    if (key.comment == named || fingerprint.substr(fingerprint.find(':') + 1) == named) return true;
    if (named.size() > std::string("SHA256:").size() && fingerprint.starts_with(named)) return true;
    const auto whole = sign::parse_key(named);
    return whole && *whole == key;
}

/// Nothing that has a meaning of its own in a list of principals, which are patterns.
bool is_plain_address(const std::string& email) {
    const std::size_t sign = email.find('@');
    return sign != 0 && sign != std::string::npos && sign + 1 < email.size() &&
           std::all_of(email.begin(), email.end(), [](unsigned char c) {
               return std::isalnum(c) != 0 || std::string_view("@._+-").find(static_cast<char>(c)) != std::string::npos;
           });
}

}  // namespace

bool keeps_the_desk(const State& state, const std::string& handle, Instant at) {
    for (const auto& [group, charter] : state.people().charters) {
        if (group != state.project().steering && charter.type != model::GroupType::desk) continue;
        const auto seated = state.people().seated(group, std::nullopt, at);
        if (std::binary_search(seated.begin(), seated.end(), handle)) return true;
    }
    return false;
}

bool must_be_vouched_for(const State& state, const std::string& holder) {
    const model::Person* person = state.people().person(holder);
    return person && !person->keys.empty() && state.project().signatures == model::SignaturePolicy::required;
}

Result<std::string> word_for(const State& state, const std::string& holder, const sign::PublicKey& key) {
    GOVCTL_TRY(const std::string project, state.founding());
    const yaml::Value said = yaml::Value::mapping({{"id", "person/" + holder},
                                                   {"kind", "key"},
                                                   {"project", project},
                                                   {"record", yaml::Value::mapping({{"key", key.line()}})}});
    GOVCTL_TRY(const auto document, yaml::parse("", yaml::emit(said)));
    return yaml::canonical_json(document.root);
}

Result<void> is_vouched_for(const State& state, const std::string& holder, const model::Key& key, Instant at) {
    const model::Person* giver = state.people().person(key.by);
    if (key.signature.empty() || !giver) return refused("nobody on record vouches for a new key of " + holder + "'s");
    if (giver->handle != holder && !keeps_the_desk(state, giver->handle, at))
        return refused(giver->handle + " may not vouch for keys of others",
                       {"members of steering and of desks may, and " + holder + " by a key on record"});
    GOVCTL_TRY(const sign::PublicKey added, sign::parse_key(key.line));
    GOVCTL_TRY(const sign::Signature signature, sign::parse_signature(key.signature));
    GOVCTL_TRY(const std::string word, word_for(state, holder, added));
    GOVCTL_CHECK(sign::verify(signature, word, "govctl.key"));
    const auto own = keys_of(*giver);
    if (std::find(own.begin(), own.end(), signature.key) != own.end()) return {};
    return refused(signature.key.fingerprint() + " is no key that " + giver->handle + " signs with");
}

Result<Change> add_key(const State& state, const Act& act, const std::string& holder, const sign::PublicKey& key,
                       const std::string& word) {
    GOVCTL_TRY(const auto* record, record_of(state, holder));
    if (holder != act.actor && word.empty())
        return refused("only " + holder + " puts a key into " + holder + "'s record",
                       {"where signatures are required, members of steering and of desks can vouch for one"});
    for (const HeldKey& held : held_keys(state)) {
        if (!(held.key == key)) continue;
        const std::string whose = held.holder == act.actor ? "yours" : held.holder + "'s";
        return Error{ErrorKind::blocked, key.fingerprint() + " is " + whose + " already"};
    }
    yaml::Editor editor(*record->document);
    const std::string comment = printable(key.comment);
    const std::string line = key.line() + (comment.empty() ? "" : " " + comment);
    const std::string by = word.empty() ? "" : act.actor;
    GOVCTL_CHECK(editor.append({"keys"}, record::to_value(model::Key{line, {}, by, word})));
    return change_to(*record, editor, "Add a key of " + holder + "'s");
}

Result<Change> revoke_key(const State& state, const Act& act, const std::string& named, bool compromised,
                          const std::string& at) {
    GOVCTL_TRY(const auto* record, record_of(state, act.actor));
    const auto& keys = record->value.keys;
    std::vector<std::size_t> meant;
    std::vector<std::string> own;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto key = sign::parse_key(keys[i].line);
        if (key) own.push_back(key->fingerprint() + " " + key->comment);
        if (keys[i].line == named || (key && is_named(*key, named))) meant.push_back(i);
    }
    if (meant.empty()) return Error{ErrorKind::not_found, "you have no key \"" + named + "\"", own};
    if (meant.size() > 1) return Error{ErrorKind::usage, "\"" + named + "\" may mean more than one of your keys", own};
    model::Key key = keys[meant.front()];
    if (key.revoked && (key.revoked->compromised || !compromised))
        return Error{ErrorKind::blocked, "\"" + named + "\" is given up already"};
    key.revoked = {at, compromised};
    yaml::Editor editor(*record->document);
    GOVCTL_CHECK(editor.set({"keys", meant.front()}, record::to_value(key)));
    Change change = change_to(*record, editor, "Give up a key of " + act.actor + "'s");
    if (compromised) change.reasons.emplace_back("it is compromised: what it signed counts no more");
    return change;
}

std::vector<HeldKey> held_keys(const State& state) {
    std::vector<HeldKey> held;
    for (const auto& [handle, person] : state.people().people)
        for (const model::Key& key : person.keys)
            if (auto parsed = sign::parse_key(key.line)) held.push_back({handle, *std::move(parsed), key.revoked});
    return held;
}

std::string allowed_signers(const State& state) {
    std::string text;
    for (const HeldKey& held : held_keys(state)) {
        if (held.revoked) continue;
        std::vector<std::string> addresses;
        for (const std::string& email : state.people().people.at(held.holder).emails)
            if (is_plain_address(email)) addresses.push_back(email);
        if (addresses.empty()) continue;
        text += join(addresses, ",") + " namespaces=\"git,govctl.ballot,govctl.decision,govctl.endorsement\" " +
                held.key.line() + "\n";
    }
    return text;
}

}  // namespace govctl::app
