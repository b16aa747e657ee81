#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "govctl/base/rational.hpp"
#include "govctl/base/result.hpp"
#include "govctl/model/register.hpp"
#include "govctl/model/requirement.hpp"

/// What a level of the ladder, a role or a roll of voters asks of a person (rules.md, Requirements).
namespace govctl::rules {

/// Something a person did, and what it counts.
struct Deed {
    Instant at;
    Rational weight{1};
};

/// Where contributions count, and how much.
struct Places {
    std::vector<std::string> areas{};           ///< only what touches one of them; none: anything
    std::map<std::string, Rational> weights{};  ///< by path or folder; the longest counts, 1 where there is none
};

/// What no record tells of people: the history of the canonical branch. `app` reads it from git; tests make it up.
/// Errors: `environment` where the history is not at hand or not whole; such a count is an error, never a number.
class Deeds {
public:
    virtual ~Deeds() = default;

    /// Commits of which this person is the author, merges left out. One that touches several places counts as the
    /// heaviest of them.
    virtual Result<std::vector<Deed>> contributions(const model::Person& person, const Places& places) const = 0;
    /// Commits of others with a `Reviewed-by:` of this person.
    virtual Result<std::vector<Deed>> reviews(const model::Person& person) const = 0;
    /// Commits of others with an `Acked-by:` or `Approved-by:` of this person.
    virtual Result<std::vector<Deed>> approvals(const model::Person& person) const = 0;
};

/// Whoever spoke for somebody, and when.
struct Supporter {
    std::string person;
    Instant at;
};

/// A person of whom something is asked, at the instant of the act that asks.
struct Applicant {
    std::string person;
    Instant at;
    std::optional<std::vector<Supporter>> sponsors{};      ///< seconds of the motion; none: nobody could second it
    std::optional<std::vector<Supporter>> endorsements{};  ///< of a nomination; none: it is none
};

/// How one requirement stands.
struct Fulfilment {
    std::string requirement;
    bool is_met = false;
    std::string found;  ///< `12`, `since 2026-01-10`, `no`
};

/// Errors: `invalid` for a requirement that cannot be counted of this applicant; as Deeds.
Result<Fulfilment> fulfilment(const model::Requirement& requirement, const Applicant& applicant,
                              const model::Register& people, const Deeds& deeds);

/// All of a list, in its order. Errors: as above, and `invalid` for text that is no requirement.
Result<std::vector<Fulfilment>> fulfilments(const std::vector<std::string>& requirements, const Applicant& applicant,
                                            const model::Register& people, const Deeds& deeds);

/// Those of a list that are not met, as people are told: `reviews >= 20: 12`. Errors: as above.
Result<std::vector<std::string>> unmet(const std::vector<std::string>& requirements, const Applicant& applicant,
                                       const model::Register& people, const Deeds& deeds);

/// Why a requirement can never be counted here: it names no level, role or path of the project; empty: it can.
std::string uncountable(const model::Requirement& requirement, const model::Register& people);

}  // namespace govctl::rules
