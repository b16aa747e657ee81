#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/base/id.hpp"

/// What each kind of record may hold. These tables are the only list of the keys there are: reading follows them, and
/// the schemas and the man page are held against them.
namespace govctl::record {

/// What a piece of text may be.
enum class Scalar {
    text,
    line,
    name,
    handle,
    id,
    record_id,
    matter_id,
    voted_id,
    election_id,
    voter,
    old_number,
    matter_kind,
    instant,
    date,
    duration,
    clock,
    fraction,
    share,
    integer,
    positive,
    boolean,
    seats,
    condition,
    seconds,
    term,
    any_term,
    early,
    tie,
    failure,
    requirement,
    path,
    email,
    digest,
    blob,
    replaced_blob,
    word,
};

/// How a scalar is spoken of and what a schema can say about it.
struct ScalarForm {
    Scalar scalar;
    std::string_view noun;     ///< `a handle`
    std::string_view pattern;  ///< ECMA 262; empty: any text
    /// What other YAML parsers may make of it, besides text, where nothing is quoted.
    bool may_be_integer = false;
    bool may_be_number = false;
    bool may_be_boolean = false;
};

const ScalarForm& form_of(Scalar scalar);

struct Field;

/// What a value may be.
struct Shape {
    enum class Form {
        scalar,
        list,
        record,      ///< a mapping of `fields`
        dictionary,  ///< a mapping whose keys the writer chooses
        choice,      ///< one of several forms, told apart by what they are written as
        anything,    ///< for a key whose meaning is still to come
    };

    Form form = Form::scalar;
    std::string name{};                   ///< of a record that several keys share: `stage`
    Scalar scalar = Scalar::text;         ///< of a scalar; of the keys of a dictionary
    std::vector<std::string> words{};     ///< the only values, where `scalar` is `word`
    std::vector<Field> fields;            ///< of a record
    bool exactly_one = false;             ///< record: one of the fields, and no second
    std::vector<Shape> of{};              ///< what a list or dictionary holds (one); what a choice is between
    bool some = false;                    ///< list: at least one item
    std::optional<std::string> unique{};  ///< list: no item twice; the key by which mappings are told apart
};

struct Field {
    std::string name;
    bool required = false;
    Shape shape;
    std::string what;  ///< what it means, for editors and the man page
};

/// The root of a record of this kind.
const Shape& shape(RecordKind kind);

}  // namespace govctl::record
