#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "claims.hpp"
#include "govctl/app/validate.hpp"
#include "govctl/base/id.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

using PersonRecord = Loaded<model::Person>;

/// Two RFCs got one number where the folders differ, or where each was opened for itself.
void compare_numbers(Validation& ours, const State& theirs) {
    for (const auto& [id, matter] : ours.state().matters()) {
        const auto other = theirs.matters().find(id);
        if (id.space != RecordId::Space::rfc || other == theirs.matters().end()) continue;
        const Matter& their = other->second;
        if (their.folder() == matter.folder() && their.proposal().opened == matter.proposal().opened) continue;
        ours.report("GOV101", matter.record, {"number"},
                    fmt::format("{} is also the number of {} there", id.str(), their.folder()),
                    fmt::format("give this one a free number: `govctl rfc renumber {}`", id.str()));
    }
}

/// A matter is decided once a round: where two clones did it, what came first stands.
void compare_decisions(Validation& ours, const State& theirs) {
    for (const auto& [id, decision] : ours.state().decision_records()) {
        const auto known = theirs.decision_records().find(id);
        if (known != theirs.decision_records().end() && known->second.value == decision.value) continue;
        for (const auto& [name, other] : theirs.decision_records()) {
            if (other.value.subject != decision.value.subject || other.value.round != decision.value.round) continue;
            ours.report("GOV131", decision, {"subject"},
                        fmt::format("{} was decided there already: decision/{}", decision.value.subject, name),
                        "take the commit with this one out of your branch");
        }
    }
}

/// Whether two records under one handle can be one person's: their name, or something that is theirs only, is the same.
bool may_be_one_person(const model::Person& our, const model::Person& their) {
    if (our.name == their.name) return true;
    std::set<Claim> claims;
    for (Claim& claim : claims_of(our)) claims.insert(std::move(claim));
    const auto shared = claims_of(their);
    return std::any_of(shared.begin(), shared.end(), [&](const Claim& claim) {
        const bool is_the_handle = claim.value == normal_handle(their.handle);
        return !is_the_handle && claims.count(claim) > 0;
    });
}

bool is_same_person(const PersonRecord& our, const PersonRecord& their, const State& ours, const State& theirs) {
    if (our.value.handle == their.value.handle) return may_be_one_person(our.value, their.value);
    // Renamed on one side: the old handle is an alias there.
    const auto leads_to = [](const State& state, const std::string& name, const PersonRecord& person) {
        const model::Person* found = state.people().person(name);
        return found && found->handle == person.value.handle;
    };
    return leads_to(ours, their.value.handle, our) || leads_to(theirs, our.value.handle, their);
}

std::map<Claim, const PersonRecord*> claims_in(const State& state) {
    std::map<Claim, const PersonRecord*> holders;
    for (const auto& [_, record] : state.person_records())
        for (Claim& claim : claims_of(record.value)) holders.emplace(std::move(claim), &record);
    return holders;
}

void compare_claims(Validation& ours, const State& theirs) {
    const auto holders = claims_in(theirs);
    for (const auto& [_, record] : ours.state().person_records()) {
        for (const Claim& claim : claims_of(record.value)) {
            const auto holder = holders.find(claim);
            if (holder == holders.end() || is_same_person(record, *holder->second, ours.state(), theirs)) continue;
            ours.report(claim.id, record, claim.path,
                        fmt::format("the {} \"{}\" is in {} there", claim.noun, claim.shown, holder->second->path),
                        "it can be one person's only: take it out of one of the two");
        }
    }
}

}  // namespace

Findings collisions(const State& ours, const State& theirs) {
    Validation validation(ours, {});
    compare_numbers(validation, theirs);
    compare_decisions(validation, theirs);
    compare_claims(validation, theirs);
    Findings findings = std::move(validation).take();
    sort_findings(findings);
    return findings;
}

}  // namespace govctl::app
