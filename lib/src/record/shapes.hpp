#pragma once

#include <string>
#include <utility>
#include <vector>

#include "govctl/record/shape.hpp"

/// What shapes are made of, and those that several kinds of record share.
namespace govctl::record {

Shape text(Scalar scalar = Scalar::text);
Shape words(std::vector<std::string> words);
Shape list(Shape item);
Shape set(Shape item);                       ///< no item twice
Shape some(Shape list);                      ///< at least one item
Shape list_by(std::string key, Shape item);  ///< of mappings, no two alike under that key
Shape record(std::string name, std::vector<Field> fields);
Shape one_of(std::string name, std::vector<Field> fields);  ///< a mapping of exactly one of them
Shape dictionary(Shape key, Shape value);
Shape either(Shape first, Shape second);
Shape anything();

Field required(std::string name, Shape shape, std::string what);
Field optional(std::string name, Shape shape, std::string what);

/// As a list in braces would be, but moved: each level of braces would copy all that is below it.
template <class... Each>
std::vector<Field> keys(Each... each) {
    std::vector<Field> all;
    all.reserve(sizeof...(each));
    (all.push_back(std::move(each)), ...);
    return all;
}

/// `kind:`, the first field of every record.
Field kind_field(RecordKind kind);

// read_rule.cpp
Shape rules_shape();       ///< `rules:` of a project or charter
Shape procedures_shape();  ///< `decisions:`

// read_charter.cpp, read_proposal.cpp
Shape group_type_shape();
Shape limits_shape();
Shape rule_reference_shape();
Shape history_shape();  ///< an entry of it

// One a kind, in the file that reads it.
Shape project_shape();
Shape person_shape();
Shape organization_shape();
Shape charter_shape();
Shape roster_shape();
Shape rfc_shape();
Shape motion_shape();
Shape ballot_shape();
Shape decision_shape();
Shape election_shape();
Shape candidate_shape();
Shape endorsement_shape();
Shape voters_shape();
Shape result_shape();

}  // namespace govctl::record
