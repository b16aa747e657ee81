#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "govctl/base/result.hpp"

namespace govctl {

/// `[a-z0-9][a-z0-9-]{0,38}`.
bool is_handle(std::string_view text);

/// A handle as people write it: a leading `@` dropped, lower case. Not checked.
std::string normal_handle(std::string_view text);

enum class RecordKind {
    project,
    person,
    organization,
    charter,
    roster,
    rfc,
    motion,
    ballot,
    decision,
    election,
    candidate,
    endorsement,
    voters,
    result,
};

/// The word a record's `kind:` field has: `project`, `person`, …
std::string_view kind_word(RecordKind kind);
std::optional<RecordKind> parse_kind(std::string_view word);

/// Names one record: `rfc-0042`, `draft/grpc-probes`, `motion/2026-11-20-remove-eve`, `decision/2026-11-20-rfc-0042`,
/// `election/2026-steering`, `group/sig-node`, `person/ada`, `organization/acme`.
struct RecordId {
    enum class Space { rfc, draft, motion, decision, group, person, organization, election };

    Space space = Space::rfc;
    std::string name;  ///< for an RFC its number without zeros; else what follows the slash

    friend auto operator<=>(const RecordId&, const RecordId&) = default;

    /// Reads the canonical form and `rfc-42`. Errors: `invalid`.
    static Result<RecordId> parse(std::string_view text);
    static RecordId rfc(int number);

    std::string str() const;  ///< RFC numbers padded to four digits
};

}  // namespace govctl
