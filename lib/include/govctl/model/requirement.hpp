#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "govctl/base/result.hpp"
#include "govctl/base/time.hpp"
#include "govctl/model/rule.hpp"

namespace govctl::model {

/// What a level of the ladder, a role or a roll of voters asks of a person: `reviews >= 20`,
/// `contributions(pkg/, 1y) >= 5`, `member for 3mo`, `level approver`, `agreed CODE_OF_CONDUCT.md`.
struct Requirement {
    enum class Kind {
        contributions,
        reviews,
        approvals,
        sponsors,
        sponsor_organizations,
        mentor,
        mentored,
        endorsements,
        endorsement_organizations,
        held,   ///< a level or role, for some time
        level,  ///< a level or a higher one, now
        agreed,
    };

    Kind kind = Kind::level;
    std::string of{};  ///< contributions: an area, empty: anywhere; held: level or role; level; agreed: path
    std::optional<Duration> span{};  ///< contributions: that long before the act; none: ever; held: how long
    Comparator comparator = Comparator::at_least;
    std::int64_t amount = 0;

    /// Errors: `invalid`, with what can be counted as hints.
    static Result<Requirement> parse(std::string_view text);
    std::string str() const;  ///< parse(str()) is the same requirement

    friend bool operator==(const Requirement&, const Requirement&) = default;
};

}  // namespace govctl::model
