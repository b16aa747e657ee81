#include <fmt/format.h>

#include "govctl/app/signatures.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

using BallotRecord = Loaded<model::Ballot>;

void check_open(Validation& validation, const Matter& matter, const BallotRecord& ballot, const Basis& basis,
                bool must_sign) {
    if (basis.kind == Basis::Kind::false_)
        validation.report("GOV145", ballot, {"signature"},
                          fmt::format("the signature is not {}'s over this: {}", ballot.value.voter, basis.why),
                          fmt::format("`govctl vote {}` signs what it writes", matter.id().str()));
    else if (must_sign && !basis.is_signed())
        validation.report("GOV146", ballot, {},
                          fmt::format("{} is not heard: only what is signed counts here", ballot.value.voter),
                          "`man govctl-person` tells how a key comes on record");
}

/// Decisions that counted what was signed by a key that somebody else may have had.
void check_decided(Validation& validation, const Matter& matter, const BallotRecord& ballot, const Basis& basis) {
    if (basis.kind != Basis::Kind::given_up) return;
    for (const Loaded<model::Decision>* decision : validation.decisions_on(matter.id())) {
        if (ballot.value.now.cast > decision->value.decided) continue;
        validation.report(
            "GOV132", *decision, {"subject"},
            fmt::format("rests on a ballot of {}, signed by a key that is compromised", ballot.value.voter),
            fmt::format("ask {} whether they said so; if not, an appeal or a new matter undoes it",
                        ballot.value.voter));
    }
}

}  // namespace

void check_signatures(Validation& validation, const Matter& matter) {
    const State& state = validation.state();
    const bool is_open = matter.proposal().status == model::Status::open;
    const auto must_sign = must_be_signed(state, matter);
    for (const auto& [voter, ballot] : matter.ballots) {
        const auto basis = basis_of(state, ballot);
        if (basis && must_sign && is_open) check_open(validation, matter, ballot, *basis, *must_sign);
        if (basis && !is_open) check_decided(validation, matter, ballot, *basis);
        if (!basis && is_open)
            validation.report("GOV146", ballot, {"signature"},
                              fmt::format("the signature cannot be verified: {}", basis.error().message));
    }
}

}  // namespace govctl::app
