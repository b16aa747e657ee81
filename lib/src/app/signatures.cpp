#include "govctl/app/signatures.hpp"

#include <algorithm>

#include "govctl/app/lineage.hpp"
#include "govctl/app/record_cache.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/write.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

constexpr std::string_view openpgp_begins = "-----BEGIN PGP SIGNATURE-----";

/// A record as its writer signed it, or is to.
struct Written {
    const yaml::Node* root;
    std::string blob;
    std::string kind;
    std::string writer;
    std::string id;
    std::vector<std::string> earlier_ids{};  ///< of its matter, when it was called otherwise
};

std::string name_space_of(const Written& record) {
    return "govctl." + record.kind;
}

void add_text(yaml::Node& mapping, const char* key, const std::string& text) {
    yaml::Node name, value;
    name.text = key;
    value.text = text;
    mapping.entries.push_back({std::move(name), std::move(value)});
}

/// `id` is what the record's matter was called when it was signed.
std::string signed_bytes(const Written& record, const std::string& id, const std::string& project) {
    yaml::Node fields;
    fields.kind = yaml::Node::Kind::mapping;
    for (const yaml::Entry& entry : record.root->entries) {
        if (entry.key.text == "signature") continue;
        if (entry.key.text == "matter")
            add_text(fields, "matter", id);
        else
            fields.entries.push_back(entry);
    }
    yaml::Node whole;
    whole.kind = yaml::Node::Kind::mapping;
    add_text(whole, "id", id);
    add_text(whole, "kind", record.kind);
    add_text(whole, "project", project);
    yaml::Node name;
    name.text = "record";
    whole.entries.push_back({std::move(name), std::move(fields)});
    return yaml::canonical_json(whole);
}

/// The key that signed the record, or why none did.
Result<sign::PublicKey> signer_of(const Written& record, const std::string& armored, const std::string& project) {
    GOVCTL_TRY(const sign::Signature signature, sign::parse_signature(armored));
    const auto verified = sign::verify(signature, signed_bytes(record, record.id, project), name_space_of(record));
    if (verified) return signature.key;
    for (const std::string& id : record.earlier_ids)
        if (sign::verify(signature, signed_bytes(record, id, project), name_space_of(record))) return signature.key;
    return verified.error();
}

/// As signer_of(), each version of a record verified once.
Result<sign::PublicKey> signer_of_once(const State& state, const Written& record, const std::string& armored,
                                       const std::string& project) {
    const std::string asked = record.blob + " " + record.id + " " + project + " " + join(record.earlier_ids, " ");
    RecordCache& cache = state.cache();
    if (const auto* known = cache.find_signer(asked)) return *known;
    return cache.keep_signer(asked, signer_of(record, armored, project));
}

Basis false_signature(std::string why) {
    return {Basis::Kind::false_, "", false, std::move(why)};
}

Basis basis_by_key(const State& state, const Written& record, const sign::PublicKey& key) {
    const std::string fingerprint = key.fingerprint();
    const model::Person* writer = state.people().person(record.writer);
    if (!writer) return false_signature("nobody on record is called " + record.writer);
    for (const model::Key& own : writer->keys) {
        const auto parsed = sign::parse_key(own.line);
        if (!parsed || !(*parsed == key)) continue;
        const bool is_compromised = own.revoked && own.revoked->compromised;
        return {is_compromised ? Basis::Kind::given_up : Basis::Kind::signed_, fingerprint, own.revoked.has_value(),
                ""};
    }
    return false_signature("signed by " + fingerprint + ", which is no key of " + record.writer + "'s");
}

Result<Basis> basis(const State& state, const Written& record) {
    const yaml::Node* signature = record.root->find("signature");
    if (!signature) return Basis{};
    if (signature->text.starts_with(openpgp_begins)) return Basis{Basis::Kind::unverified};
    GOVCTL_TRY(const std::string project, state.founding());
    const auto key = signer_of_once(state, record, signature->text, project);
    if (!key) return false_signature(key.error().message);
    return basis_by_key(state, record, *key);
}

Written written(const State& state, const Loaded<model::Ballot>& ballot) {
    Written record{&ballot.document->root, ballot.blob, "ballot", ballot.value.voter, ballot.where.id.str()};
    auto matter = state.matters().find(ballot.where.id);
    if (matter != state.matters().end()) record.earlier_ids = matter->second.proposal().aliases;
    return record;
}

Written written(const Loaded<model::Decision>& decision) {
    return {&decision.document->root, decision.blob, "decision", decision.value.by, "decision/" + decision.value.id};
}

Written written(const Loaded<model::Endorsements>& endorsements) {
    return {&endorsements.document->root, endorsements.blob, "endorsement", endorsements.value.by,
            endorsements.where.id.str()};
}

/// The ballot of a change, wherever it lies.
const Loaded<model::Ballot>* ballot_at(const State& state, const std::string& path, const record::RecordPath& where) {
    const auto in = [&](const auto& ballots) -> const Loaded<model::Ballot>* {
        auto found = ballots.find(where.name);
        return found != ballots.end() && found->second.path == path ? &found->second : nullptr;
    };
    if (where.id.space == RecordId::Space::election) {
        auto contest = state.contests().find(where.id.name);
        return contest == state.contests().end() ? nullptr : in(contest->second.ballots);
    }
    auto matter = state.matters().find(where.id);
    return matter == state.matters().end() ? nullptr : in(matter->second.ballots);
}

/// A record that can be signed; none: nothing there, or of another kind.
std::optional<Written> written_at(const State& state, const std::string& path) {
    const auto where = record::record_at(path, state.root());
    if (!where) return std::nullopt;
    if (where->kind == RecordKind::ballot) {
        const auto* ballot = ballot_at(state, path, *where);
        return ballot ? std::optional(written(state, *ballot)) : std::nullopt;
    }
    if (where->kind == RecordKind::decision) {
        auto found = state.decision_records().find(where->name);
        return found == state.decision_records().end() ? std::nullopt : std::optional(written(found->second));
    }
    if (where->kind == RecordKind::endorsement) {
        auto contest = state.contests().find(where->id.name);
        if (contest == state.contests().end()) return std::nullopt;
        auto found = contest->second.endorsements.find(where->name);
        return found == contest->second.endorsements.end() ? std::nullopt : std::optional(written(found->second));
    }
    return std::nullopt;
}

/// What a record is about; null: an election.
const Matter* matter_at(const State& state, const std::string& path) {
    auto where = record::record_at(path, state.root());
    RecordId id = where->id;
    if (where->kind == RecordKind::decision)
        if (auto subject = RecordId::parse(state.decision_records().at(where->name).value.subject)) id = *subject;
    auto matter = state.matters().find(id);
    return matter == state.matters().end() ? nullptr : &matter->second;
}

/// Whether a record that can be signed must be.
Result<bool> must_be_signed(const State& state, const std::string& path) {
    const Matter* matter = matter_at(state, path);
    if (matter) return app::must_be_signed(state, *matter);
    return state.project().signatures == model::SignaturePolicy::required;
}

Result<model::Ground> ground_of(const State& state, const RecordId& id) {
    if (id.space == RecordId::Space::election) return model::Ground{1, state.contests().at(id.name).election().text};
    const model::Proposal& proposal = state.matters().at(id).proposal();
    if (!proposal.rule) return refused(id.str() + " is not opened yet");
    return model::Ground{proposal.round, proposal.text, proposal.rule->charter};
}

Result<std::string> edited(const Change& change, const std::string& path, const char* key, const yaml::Value& value) {
    GOVCTL_TRY(auto document, yaml::parse(path, change.files.at(path).value()));
    yaml::Editor editor(std::move(document));
    GOVCTL_CHECK(editor.set({key}, value));
    return editor.bytes();
}

}  // namespace

Result<Basis> basis_of(const State& state, const Loaded<model::Ballot>& ballot) {
    return basis(state, written(state, ballot));
}

Result<Basis> basis_of(const State& state, const Loaded<model::Decision>& decision) {
    return basis(state, written(decision));
}

Result<Basis> basis_of(const State& state, const Loaded<model::Endorsements>& endorsements) {
    return basis(state, written(endorsements));
}

namespace {

Result<Support> support_of(const State& state, const Loaded<model::Ballot>& ballot, bool must_sign) {
    GOVCTL_TRY(Basis basis, basis_of(state, ballot));
    Support support{ballot.value.voter, std::move(basis)};
    support.counts = support.basis.counts(must_sign);
    const model::Person* voter = state.people().person(ballot.value.voter);
    if (support.basis.kind != Basis::Kind::claimed || !voter || voter->keys.empty()) return support;
    GOVCTL_TRY(const auto key, state.lineage().committed_with(ballot.path, ballot.blob));
    const auto own = keys_of(*voter);
    support.is_commit_signed = key && std::find(own.begin(), own.end(), *key) != own.end();
    return support;
}

template <class Ballots>
Result<std::vector<Support>> supports_of(const State& state, const Ballots& ballots, bool must_sign) {
    std::vector<Support> all;
    for (const auto& [voter, ballot] : ballots) {
        GOVCTL_TRY(Support support, support_of(state, ballot, must_sign));
        all.push_back(std::move(support));
    }
    return all;
}

}  // namespace

Result<std::vector<Support>> supports(const State& state, const Matter& matter) {
    GOVCTL_TRY(const bool must_sign, must_be_signed(state, matter));
    return supports_of(state, matter.ballots, must_sign);
}

Result<std::vector<Support>> supports(const State& state, const Contest& contest) {
    // What was not signed could not come in, unless it came before the project asked for it.
    return supports_of(state, contest.ballots, false);
}

std::vector<sign::PublicKey> keys_of(const model::Person& person) {
    std::vector<sign::PublicKey> keys;
    for (const model::Key& key : person.keys) {
        if (key.revoked) continue;
        if (auto parsed = sign::parse_key(key.line)) keys.push_back(*std::move(parsed));
    }
    return keys;
}

Result<bool> must_be_signed(const State& state, const Matter& matter) {
    const auto& rule = matter.proposal().rule;
    if (!rule) return state.project().signatures == model::SignaturePolicy::required;
    GOVCTL_TRY(const auto pinned, state.pinned(*rule));
    return pinned->project.signatures == model::SignaturePolicy::required;
}

Result<Signable> signable(const State& state, const Change& change, const std::string& signer) {
    Signable records;
    GOVCTL_TRY(auto after, state.with(change.files));
    for (const auto& [path, bytes] : change.files) {
        const auto record = bytes ? written_at(*after, path) : std::nullopt;
        if (!record || record->writer != signer) continue;
        records.paths.push_back(path);
        GOVCTL_TRY(const bool is_required, must_be_signed(*after, path));
        if (is_required) records.is_required = true;
    }
    return records;
}

Result<std::vector<Statement>> statements(const State& state, Change& change, const Signable& records) {
    GOVCTL_TRY(auto unsigned_, state.with(change.files));
    for (const std::string& path : records.paths) {
        const auto where = record::record_at(path, state.root());
        if (where->kind != RecordKind::ballot) continue;
        GOVCTL_TRY(const model::Ground ground, ground_of(*unsigned_, where->id));
        GOVCTL_TRY(change.files[path], edited(change, path, "under", record::to_value(ground)));
    }
    GOVCTL_TRY(auto after, state.with(change.files));
    GOVCTL_TRY(const std::string project, state.founding());
    std::vector<Statement> all;
    for (const std::string& path : records.paths) {
        const auto record = written_at(*after, path);
        if (!record) return refused(path + " cannot be read as the record that is to be signed");
        all.push_back({path, name_space_of(*record), signed_bytes(*record, record->id, project)});
    }
    return all;
}

Result<void> attach(Change& change, const Statement& statement, const std::string& signature) {
    GOVCTL_TRY(change.files[statement.path], edited(change, statement.path, "signature", yaml::Value(signature)));
    return {};
}

}  // namespace govctl::app
