#pragma once

#include <string>
#include <string_view>

#include "govctl/base/finding.hpp"

/// What reading a record may find. Ids GOV001 to GOV049 are about records, GOV050 to GOV059 about OWNERS files.
namespace govctl::record {

struct FindingKind {
    std::string_view id;
    Severity severity;
    std::string_view title;  ///< one line, for lists of them
};

inline constexpr FindingKind unreadable_yaml{"GOV001", Severity::error,
                                             "a record that is not YAML, or not in its strict form"};
inline constexpr FindingKind unknown_key{"GOV002", Severity::error, "a key that this kind of record does not have"};
inline constexpr FindingKind missing_key{"GOV003", Severity::error, "a required key that is missing or has no value"};
inline constexpr FindingKind wrong_type{"GOV004", Severity::error, "text, a list or a mapping where another is meant"};
inline constexpr FindingKind not_of_path{"GOV005", Severity::error,
                                         "a record that says it is another than its path says"};
inline constexpr FindingKind bad_handle{"GOV006", Severity::error, "text that is no handle or id"};
inline constexpr FindingKind bad_instant{"GOV007", Severity::error, "text that is no instant or date"};
inline constexpr FindingKind bad_duration{"GOV008", Severity::error, "text that is no duration"};
inline constexpr FindingKind bad_fraction{"GOV009", Severity::error, "a share that is not written as a fraction"};
inline constexpr FindingKind bad_condition{"GOV010", Severity::error, "a condition that cannot be read"};
inline constexpr FindingKind bad_term{"GOV011", Severity::error, "a term of an electorate that cannot be read"};
inline constexpr FindingKind unknown_word{"GOV012", Severity::error,
                                          "a value that is none of the words a key may have"};
inline constexpr FindingKind misplaced_record{"GOV013", Severity::error, "a YAML file among records that is none"};
inline constexpr FindingKind not_a_file{"GOV014", Severity::error,
                                        "a symbolic link or submodule where a record should be"};
inline constexpr FindingKind same_twice{"GOV016", Severity::error, "the same item twice in a list"};
inline constexpr FindingKind bad_requirement{"GOV017", Severity::error, "a requirement that cannot be counted"};
inline constexpr FindingKind bad_number{"GOV018", Severity::error, "text that is no number, or one out of range"};
inline constexpr FindingKind bad_record_id{"GOV019", Severity::error, "text that is no id of a record"};
inline constexpr FindingKind bad_path{"GOV020", Severity::error, "a path that does not count from the top of the tree"};
inline constexpr FindingKind bad_combination{"GOV021", Severity::error,
                                             "keys that exclude each other, or none of those that must be there"};
inline constexpr FindingKind bad_form{"GOV022", Severity::error, "text that is not in the form its key asks for"};
inline constexpr FindingKind bad_calendar{"GOV023", Severity::error, "working hours that make no calendar"};

inline constexpr FindingKind owners_unreadable{"GOV050", Severity::error,
                                               "an OWNERS file that Prow would skip as unreadable"};
inline constexpr FindingKind owners_unknown_key{"GOV051", Severity::warning,
                                                "a key of an OWNERS file that Prow passes over"};
inline constexpr FindingKind owners_wrong_type{"GOV052", Severity::warning,
                                               "a value of an OWNERS file that is of another type than Prow reads"};
inline constexpr FindingKind owners_dead_filters{"GOV053", Severity::warning,
                                                 "filters that a top-level list makes Prow ignore"};
inline constexpr FindingKind owners_bad_expression{"GOV054", Severity::warning,
                                                   "a filter that is no regular expression"};
inline constexpr FindingKind owners_bad_name{"GOV055", Severity::warning, "a name in an OWNERS file that is nobody's"};
inline constexpr FindingKind owners_dead_alias{"GOV056", Severity::warning, "an alias that leads to nobody"};

/// All of the above, in the order of their ids.
inline constexpr const FindingKind* finding_kinds[] = {
    &unreadable_yaml,
    &unknown_key,
    &missing_key,
    &wrong_type,
    &not_of_path,
    &bad_handle,
    &bad_instant,
    &bad_duration,
    &bad_fraction,
    &bad_condition,
    &bad_term,
    &unknown_word,
    &misplaced_record,
    &not_a_file,
    &same_twice,
    &bad_requirement,
    &bad_number,
    &bad_record_id,
    &bad_path,
    &bad_combination,
    &bad_form,
    &bad_calendar,
    &owners_unreadable,
    &owners_unknown_key,
    &owners_wrong_type,
    &owners_dead_filters,
    &owners_bad_expression,
    &owners_bad_name,
    &owners_dead_alias,
};

inline Finding found(const FindingKind& kind, Place place, std::string message, std::string help = {}) {
    return {std::string(kind.id), kind.severity, std::move(place), std::move(message), std::move(help)};
}

}  // namespace govctl::record
