#include "signing.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "govctl/app/signatures.hpp"
#include "govctl/base/text.hpp"
#include "process.hpp"

namespace govctl::cli {
namespace {

/// A file for ssh-keygen to read a public key from, gone afterwards.
class KeyFile {
public:
    explicit KeyFile(const std::string& key) {
        std::error_code ignored;
        std::string name = (std::filesystem::temp_directory_path(ignored) / "govctl-key-XXXXXX").string();
        const int file = mkstemp(name.data());
        if (file < 0) return;
        name_ = name;
        const std::string line = key + "\n";
        good_ = ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
        good_ = close(file) == 0 && good_;
    }
    ~KeyFile() {
        if (!name_.empty()) unlink(name_.c_str());
    }
    KeyFile(const KeyFile&) = delete;
    KeyFile& operator=(const KeyFile&) = delete;

    const std::string& name() const { return name_; }
    bool is_good() const { return good_; }

private:
    std::string name_;
    bool good_ = false;
};

std::optional<std::string> bytes_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>(in), {}};
}

/// `key::ssh-ed25519 …`, or as git took it before there was that mark.
std::optional<std::string> literal(const std::string& text) {
    if (text.starts_with("key::")) return text.substr(5);
    if (text.starts_with("ssh-")) return text;
    return std::nullopt;
}

std::string at_home(const std::string& path, const Environment& environment) {
    return path.starts_with("~/") ? environment.variable("HOME").value_or("") + path.substr(1) : path;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (const std::string& line : split(text, '\n'))
        if (!trim(line).empty()) lines.push_back(trim(line));
    return lines;
}

Error not_started(const std::string& program) {
    return {ErrorKind::environment, fmt::format("cannot start \"{}\" to sign", program)};
}

Result<std::string> signature_in(const std::string& program, const Answer& answer) {
    if (answer.exit == 0 && answer.out.starts_with("-----BEGIN ")) return answer.out;
    Error error{ErrorKind::environment, fmt::format("\"{}\" failed to sign: nothing was written", program)};
    for (const std::string& line : lines_of(answer.errors))
        if (!line.starts_with("[GNUPG:]")) error.hints.push_back(line);
    return error;
}

std::vector<std::string> how_to_set_a_key() {
    return {"git config gpg.format ssh && git config user.signingkey ~/.ssh/id_ed25519.pub",
            "`govctl person key add` puts the key that git signs with into your record"};
}

}  // namespace

Result<std::optional<Signer::Given>> Signer::given() const {
    std::string text = repository_.config("user.signingkey").value_or("");
    if (text.empty()) {
        const auto command = repository_.config("gpg.ssh.defaultKeyCommand");
        if (!command) return std::optional<Given>();
        const auto answer = run({"sh", "-c", *command}, "");
        const auto lines = answer ? lines_of(answer->out) : std::vector<std::string>{};
        if (!answer || answer->exit != 0 || lines.empty() || !literal(lines.front()))
            return Error{ErrorKind::environment, "gpg.ssh.defaultKeyCommand gave no key", {*command}};
        text = lines.front();
    }
    if (const auto key = literal(text)) return std::optional(Given{*key, true});
    return std::optional(Given{at_home(text, environment_), false});
}

Result<std::optional<sign::PublicKey>> Signer::key() const {
    if (!is_ssh()) return std::optional<sign::PublicKey>();
    GOVCTL_TRY(const auto known, given());
    if (!known) return std::optional<sign::PublicKey>();
    const auto unreadable = [&](const std::string& why) {
        return Error{ErrorKind::environment, "cannot read the key that git signs with", {known->text + ": " + why}};
    };
    if (known->is_key) {
        auto key = sign::parse_key(known->text);
        return key ? Result<std::optional<sign::PublicKey>>(*std::move(key)) : unreadable(key.error().message);
    }
    const auto beside = bytes_of(known->text + ".pub");
    const auto bytes = beside ? beside : bytes_of(known->text);
    if (!bytes) return unreadable("there is no such file");
    auto key = sign::key_in_file(*bytes);
    return key ? Result<std::optional<sign::PublicKey>>(*std::move(key)) : unreadable(key.error().message);
}

Result<std::string> Signer::sign(const std::string& bytes, const std::string& name_space) const {
    return is_ssh() ? sign_by_ssh(bytes, name_space) : sign_by_openpgp(bytes);
}

Result<std::string> Signer::sign_by_ssh(const std::string& bytes, const std::string& name_space) const {
    GOVCTL_TRY(const auto known, given());
    if (!known)
        return Error{ErrorKind::environment, "git is to sign, but has no key for it", {"git config user.signingkey"}};
    const std::string program = repository_.config("gpg.ssh.program").value_or("ssh-keygen");
    std::vector<std::string> arguments = {program, "-Y", "sign", "-n", name_space, "-f"};
    std::optional<KeyFile> file;
    if (known->is_key) {
        file.emplace(known->text);
        if (!file->is_good()) return Error{ErrorKind::environment, "cannot write a temporary file for the key"};
        arguments.push_back(file->name());
        arguments.emplace_back("-U");  // the other half is the agent's
    } else {
        arguments.push_back(known->text);
    }
    const auto answer = run(std::move(arguments), bytes);
    if (!answer) return not_started(program);
    return signature_in(program, *answer);
}

Result<std::string> Signer::sign_by_openpgp(const std::string& bytes) const {
    const auto format = repository_.config("gpg.format").value_or("openpgp");
    if (format != "openpgp")
        return Error{ErrorKind::environment,
                     fmt::format("gpg.format \"{}\" is none that govctl signs with", format),
                     {"git config gpg.format ssh"}};
    const auto own = repository_.config("gpg.openpgp.program");
    const std::string program = own ? *own : repository_.config("gpg.program").value_or("gpg");
    const std::string who = fmt::format("{} <{}>", committer_.name, committer_.email);
    const auto answer =
        run({program, "--status-fd=2", "-bsau", repository_.config("user.signingkey").value_or(who)}, bytes);
    if (!answer) return not_started(program);
    return signature_in(program, *answer);
}

Result<std::optional<std::string>> sign_records(const Invocation& invocation, const Desk& desk, app::Change& change) {
    const app::State& state = *desk.base.state;
    const std::optional<std::string> not_signed;
    GOVCTL_TRY(const app::Signable records, app::signable(state, change, desk.act.actor));
    const model::Person* person = state.people().person(desk.act.actor);
    if (records.paths.empty() || person == nullptr) return not_signed;
    const auto own = app::keys_of(*person);
    if (own.empty() && !records.is_required) return not_signed;
    const auto lacking = [&](const std::string& why) -> Result<std::optional<std::string>> {
        if (records.is_required)
            return Error{ErrorKind::refused, "only what is signed counts here, and " + why, how_to_set_a_key()};
        invocation.out.talk("not signed: " + why);
        return not_signed;
    };
    if (own.empty()) return lacking("you have no key on record");
    const Signer signer(invocation.environment, desk.workspace.repository(), desk.session.committer);
    GOVCTL_TRY(const auto key, signer.key());
    if (!key) return lacking("git is set to no SSH key to sign with");
    if (std::find(own.begin(), own.end(), *key) == own.end())
        return lacking(fmt::format("the key that git signs with, {}, is not in your record", key->fingerprint()));
    GOVCTL_TRY(const auto statements, app::statements(state, change, records));
    for (const app::Statement& statement : statements) {
        GOVCTL_TRY(const std::string signature, signer.sign(statement.bytes, statement.name_space));
        GOVCTL_CHECK(app::attach(change, statement, signature));
    }
    return std::optional(key->fingerprint());
}

git::Sign commit_signer(const Invocation& invocation, const git::Repository& repository,
                        const git::Identity& committer) {
    const std::string wanted = lower(repository.config("commit.gpgsign").value_or(""));
    if (wanted != "true" && wanted != "yes" && wanted != "on" && wanted != "1") return {};
    const auto signer = std::make_shared<const Signer>(invocation.environment, repository, committer);
    return [signer](const std::string& bytes) { return signer->sign(bytes, "git"); };
}

}  // namespace govctl::cli
