#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "govctl/base/id.hpp"

namespace govctl::record {

/// What a path says a file is. Paths count from the top of the tree; `root` is the project's, empty or with a slash at
/// its end.
struct RecordPath {
    RecordKind kind = RecordKind::person;
    RecordId id;           ///< of the record; for a ballot, of its matter
    std::string folder{};  ///< of a proposal, or of a ballot's: `rfcs/0042-grpc-probes/`, with root
    std::string name{};    ///< a handle, a group, a ballot's voter, the name of a proposal's folder
};

/// The record that must lie at `path`; none: not a record (a README, an OWNERS file, code).
/// Anything else below a folder of records with a name ending in `.yaml` is `misplaced`.
std::optional<RecordPath> record_at(std::string_view path, std::string_view root);

/// The folder of the proposal that a path lies in, also for its README and other files; none: in no proposal.
std::optional<RecordPath> proposal_around(std::string_view path, std::string_view root);

/// The folder of the election that a path lies in; none: in no election.
std::optional<RecordPath> election_around(std::string_view path, std::string_view root);

/// A `.yaml` file in a folder of records that is none of them.
bool is_misplaced(std::string_view path, std::string_view root);

std::string person_path(std::string_view root, std::string_view handle);
std::string organization_path(std::string_view root, std::string_view id);
std::string charter_path(std::string_view root, std::string_view group);
std::string roster_path(std::string_view root, std::string_view group);
std::string decision_path(std::string_view root, std::string_view name);
std::string ballot_path(std::string_view folder, std::string_view voter);
std::string draft_folder(std::string_view root, std::string_view slug);            ///< `rfcs/draft-<slug>/`
std::string rfc_folder(std::string_view root, int number, std::string_view slug);  ///< `rfcs/0042-<slug>/`
std::string election_folder(std::string_view root, std::string_view name);         ///< `elections/<id>/`
std::string motion_folder(std::string_view root, std::string_view name);           ///< `motions/<date>-<slug>/`

/// `"/"` in a subject becomes `-`: `2026-11-20-rfc-0042`.
std::string decision_name(std::string_view date, const RecordId& subject);

}  // namespace govctl::record
