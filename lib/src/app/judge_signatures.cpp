#include <algorithm>

#include "govctl/app/keys.hpp"
#include "judge.hpp"
#include "proposal_edit.hpp"

namespace govctl::app {

namespace {

/// Whether what the voter signed under is what was before them when they last said something.
bool fits(const model::Ground& under, const model::Proposal& proposal, Instant said) {
    const model::HistoryEntry* entry = in_force(proposal, said);
    if (!entry || entry->text != under.text || entry->round != under.round) return false;
    // The charter of a round that is over stands in its decision only.
    return under.round != proposal.round || (proposal.rule && proposal.rule->charter == under.charter);
}

}  // namespace

bool Judge::is_own_word(const std::string& path, const std::string& writer, const Result<Basis>& basis, bool must_sign,
                        const char* rule) {
    if (!basis) {
        complain("GOV230", path, basis.error());
        return false;
    }
    using Kind = Basis::Kind;
    if (basis->kind == Kind::false_) {
        complain("GOV230", path, "the signature is not " + writer + "'s over this: " + basis->why);
        return false;
    }
    if (basis->is_revoked) {
        complain("GOV232", path, "signed by a key that " + writer + " has given up: " + basis->key,
                 "sign it with one of the keys in their record");
        return false;
    }
    if (basis->kind == Kind::signed_) return true;
    if (must_sign) {
        complain("GOV231", path,
                 basis->kind == Kind::unverified ? "signed by OpenPGP, which is not verified here"
                                                 : "not signed, and only what is signed counts here",
                 "`man govctl-person` tells how a key comes on record");
        return false;
    }
    const Author author = author_of(path);
    const model::Person* person = reached_->people().person(writer);
    if (author.handle == (person ? person->handle : writer)) return true;
    complain(rule, path, "a record of " + writer + " that is not signed is written by nobody else",
             author.handle.empty() ? "nobody on record has the e-mail " + author.origin.email
                                   : "this commit is by " + author.handle);
    return false;
}

bool Judge::is_own_ballot(const Loaded<model::Ballot>& ballot, const Matter& matter,
                          const std::vector<BallotStep>& steps) {
    const auto must_sign = must_be_signed(*reached_, matter);
    if (!must_sign) {
        complain("GOV205", ballot.path, must_sign.error());
        return false;
    }
    const auto basis = basis_of(*reached_, ballot);
    if (!is_own_word(ballot.path, ballot.value.voter, basis, *must_sign, "GOV203")) return false;
    if (!basis->is_signed()) return true;
    const Instant said = steps.empty() ? origin_of_(ballot.path).date : steps.back().at;
    if (ballot.value.under && fits(*ballot.value.under, matter.proposal(), said)) return true;
    complain("GOV230", ballot.path, "the signature was made for another course of " + matter.id().str(),
             "`under:` names the round, the text and the charter that were before the voter");
    return false;
}

bool Judge::judge_keys(const std::string& path, const model::Person& was, const model::Person& is, Instant at) {
    if (!must_be_vouched_for(*reached_, was.handle)) return false;
    const auto same_key = [](const std::string& line) {
        return [&line](const model::Key& other) { return other.line == line; };
    };
    for (const model::Key& key : was.keys) {
        const auto now = std::find_if(is.keys.begin(), is.keys.end(), same_key(key.line));
        if (now != is.keys.end() && (!key.revoked || now->revoked)) continue;
        complain("GOV233", path, "a key is taken out, or no longer given up, where only what is signed counts",
                 "`govctl person key revoke` gives a key up, and it stays on record");
        return false;
    }
    for (const model::Key& key : is.keys) {
        if (std::any_of(was.keys.begin(), was.keys.end(), same_key(key.line))) continue;
        if (const auto word = is_vouched_for(*reached_, was.handle, key, at); !word) {
            complain("GOV233", path, word.error());
            return false;
        }
    }
    return is.keys.size() > was.keys.size();
}

bool Judge::is_rightly_signed(const Loaded<model::Decision>& decision, bool must_sign) {
    if (!must_sign && !decision.document->root.find("signature")) return true;
    return is_own_word(decision.path, decision.value.by, basis_of(*reached_, decision), must_sign, "GOV207");
}

bool Judge::same_but_signed(const std::string& path) const {
    if (same_content(path)) return true;
    const auto without = [&](const State& state) -> std::optional<yaml::Document> {
        auto bytes = state.snapshot().read(path);
        if (!bytes) return std::nullopt;
        auto document = yaml::parse(path, *std::move(bytes));
        if (!document) return std::nullopt;
        yaml::Editor editor(*std::move(document));
        if (!editor.remove({"under"}) || !editor.remove({"signature"})) return std::nullopt;
        return editor.document();
    };
    const auto ours = without(*reached_);
    const auto theirs = without(after_);
    return ours && theirs && yaml::same_value(ours->root, theirs->root);
}

}  // namespace govctl::app
