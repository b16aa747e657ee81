#include "person_key.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "acting.hpp"
#include "govctl/app/keys.hpp"
#include "govctl/app/signatures.hpp"
#include "govctl/base/text.hpp"
#include "reading.hpp"
#include "render/words.hpp"
#include "signing.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

/// A key as it was typed: itself, or the file that holds it; nothing: the one that git signs with.
Result<sign::PublicKey> key_meant(const std::optional<std::string>& typed, const Invocation& invocation,
                                  const Desk& desk) {
    if (!typed) {
        const Signer signer(invocation.environment, desk.workspace.repository(), desk.session.committer);
        GOVCTL_TRY(const auto key, signer.key());
        if (key) return *key;
        return Error{ErrorKind::usage,
                     "git is set to no SSH key to sign with",
                     {"name a key or its file: govctl person key add ~/.ssh/id_ed25519.pub",
                      "git config gpg.format ssh && git config user.signingkey ~/.ssh/id_ed25519.pub"}};
    }
    if (typed->find(' ') != std::string::npos) return sign::parse_key(*typed);
    std::ifstream in(*typed, std::ios::binary);
    if (!in) return Error{ErrorKind::not_found, fmt::format("cannot read the key file \"{}\"", *typed)};
    return sign::key_in_file(std::string{std::istreambuf_iterator<char>(in), {}});
}

/// The word of who acts for a key that needs one; empty: it needs none.
Result<std::string> word_of(const Desk& desk, const std::string& holder, const sign::PublicKey& key,
                            const Invocation& invocation) {
    const app::State& state = *desk.base.state;
    if (!app::must_be_vouched_for(state, holder)) return std::string();
    const Signer signer(invocation.environment, desk.workspace.repository(), desk.session.committer);
    GOVCTL_TRY(const auto by, signer.key());
    const auto own = app::keys_of(*state.people().person(desk.act.actor));
    if (!by || std::find(own.begin(), own.end(), *by) == own.end())
        return Error{
            ErrorKind::refused,
            "only what is signed counts here: a new key needs your word, by a key of yours on record",
            {"set git's user.signingkey to that one while you add the other",
             "who has lost it asks a member of steering or of a desk: govctl person key add --for HANDLE KEY"}};
    GOVCTL_TRY(const std::string word, app::word_for(state, holder, key));
    return signer.sign(word, "govctl.key");
}

struct AddOptions {
    std::optional<std::string> key;
    std::string holder;
};

Result<Exit> run_add(const AddOptions& options, const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    const std::string holder = options.holder.empty() ? desk.act.actor : normal_handle(options.holder);
    GOVCTL_TRY(const sign::PublicKey key, key_meant(options.key, invocation, desk));
    GOVCTL_TRY(const std::string word, word_of(desk, holder, key, invocation));
    GOVCTL_TRY(app::Change change, app::add_key(*desk.base.state, desk.act, holder, key, word));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change)));
    return tell(invocation, "person-key-add", done,
                {Text(Style::name, "person/" + holder) + "  signs with " + key.fingerprint()});
}

Result<Exit> run_revoke(const std::string& named, bool compromised, const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    GOVCTL_TRY(app::Change change,
               app::revoke_key(*desk.base.state, desk.act, named, compromised, desk.base.tip.value_or("")));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change)));
    std::string told = " has given up a key";
    if (compromised) told += "; what it signed counts no more";
    return tell(invocation, "person-key-revoke", done, {Text(Style::name, "person/" + desk.act.actor) + told});
}

std::string_view state_of(const app::HeldKey& held) {
    if (!held.revoked) return "signs";
    return held.revoked->compromised ? "compromised" : "given up";
}

Result<Exit> run_list(const std::optional<std::string>& handle, const Invocation& invocation) {
    GOVCTL_TRY(const Look look, cli::look(invocation));
    const model::Person* person = handle ? look.state->people().person(*handle) : nullptr;
    if (handle && person == nullptr)
        return Error{ErrorKind::not_found, fmt::format("there is no person \"{}\"", *handle)};
    Table table;
    ordered_json keys = ordered_json::array();
    for (const app::HeldKey& held : app::held_keys(*look.state)) {
        if (person != nullptr && held.holder != person->handle) continue;
        table.row(
            {Text(Style::name, held.holder), held.key.type, held.key.fingerprint(), state_of(held), held.key.comment});
        keys.push_back({{"person", held.holder},
                        {"type", held.key.type},
                        {"fingerprint", held.key.fingerprint()},
                        {"state", state_of(held)},
                        {"comment", held.key.comment},
                        {"key", held.key.line()}});
    }
    if (invocation.format == Format::json)
        invocation.out.json({{"schema", "govctl.person-key-list/1"}, {"keys", std::move(keys)}});
    else
        table.print(invocation.out);
    return Exit::done;
}

Result<Exit> run_signers(bool write, const Invocation& invocation) {
    GOVCTL_TRY(const Look look, cli::look(invocation));
    const std::string text = app::allowed_signers(*look.state);
    if (!write) {
        for (const std::string& line : split(text, '\n'))
            if (!line.empty()) invocation.out.line(line);
        return Exit::done;
    }
    auto file = look.workspace.repository().config("gpg.ssh.allowedSignersFile");
    if (!file || file->empty())
        return Error{ErrorKind::environment,
                     "git is set to no file of allowed signers",
                     {"git config gpg.ssh.allowedSignersFile ~/.config/git/allowed_signers"}};
    if (file->starts_with("~/")) file = invocation.environment.variable("HOME").value_or("") + file->substr(1);
    const std::string next = *file + ".govctl";
    std::ofstream out(next, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    std::error_code failure;
    if (out) std::filesystem::rename(next, *file, failure);
    if (!out || failure) return Error{ErrorKind::environment, fmt::format("cannot write \"{}\"", *file)};
    invocation.out.confirm(fmt::format("{}  {}", *file, counted(split(text, '\n').size() - 1, "key")));
    return Exit::done;
}

}  // namespace

void define_person_keys(Syntax& person) {
    Syntax& key = person.below("key", "the keys that sign for people");
    const auto add = std::make_shared<AddOptions>();
    key.below("add", "put a key of yours on record")
        .operand("FILE|KEY", &add->key, "the public key, or its file; the one that git signs with if left out")
        .option("--for", "HANDLE", &add->holder, "whose it is, where you vouch for another's")
        .acts([add](const Invocation& invocation) { return run_add(*add, invocation); });
    const auto named = std::make_shared<std::string>();
    const auto compromised = std::make_shared<bool>(false);
    key.below("revoke", "give up a key of yours")
        .operand("KEY", named.get(), "its fingerprint, its comment, or itself")
        .flag("--compromised", *compromised, "others may have it: what it signed counts no more")
        .acts([named, compromised](const Invocation& invocation) {
            return run_revoke(*named, *compromised, invocation);
        });
    const auto handle = std::make_shared<std::optional<std::string>>();
    key.below("list", "list keys")
        .operand("HANDLE", handle.get(), "whose; everybody's if left out")
        .reads([handle](const Invocation& invocation) { return run_list(*handle, invocation); });
    const auto write = std::make_shared<bool>(false);
    person.below("allowed-signers", "print the file that git verifies SSH signatures by")
        .flag("--write", *write, "write it, to where gpg.ssh.allowedSignersFile says")
        .reads([write](const Invocation& invocation) { return run_signers(*write, invocation); });
}

}  // namespace govctl::cli
