#include "govctl/record/shape.hpp"

#include "shapes.hpp"

namespace govctl::record {

Shape text(Scalar scalar) {
    Shape shape;
    shape.scalar = scalar;
    return shape;
}

Shape words(std::vector<std::string> words) {
    Shape shape = text(Scalar::word);
    shape.words = std::move(words);
    return shape;
}

Shape list(Shape item) {
    Shape shape;
    shape.form = Shape::Form::list;
    shape.of.push_back(std::move(item));
    return shape;
}

Shape set(Shape item) {
    return list_by("", std::move(item));
}

Shape list_by(std::string key, Shape item) {
    Shape shape = list(std::move(item));
    shape.unique = std::move(key);
    return shape;
}

Shape some(Shape list) {
    list.some = true;
    return list;
}

Shape record(std::string name, std::vector<Field> fields) {
    Shape shape;
    shape.form = Shape::Form::record;
    shape.name = std::move(name);
    shape.fields = std::move(fields);
    return shape;
}

Shape one_of(std::string name, std::vector<Field> fields) {
    Shape shape = record(std::move(name), std::move(fields));
    shape.exactly_one = true;
    return shape;
}

Shape dictionary(Shape key, Shape value) {
    Shape shape = std::move(key);
    shape.form = Shape::Form::dictionary;
    shape.of.push_back(std::move(value));
    return shape;
}

Shape either(Shape first, Shape second) {
    Shape shape;
    shape.form = Shape::Form::choice;
    shape.of.push_back(std::move(first));
    shape.of.push_back(std::move(second));
    return shape;
}

Shape anything() {
    Shape shape;
    shape.form = Shape::Form::anything;
    return shape;
}

Field required(std::string name, Shape shape, std::string what) {
    return {std::move(name), true, std::move(shape), std::move(what)};
}

Field optional(std::string name, Shape shape, std::string what) {
    return {std::move(name), false, std::move(shape), std::move(what)};
}

Field kind_field(RecordKind kind) {
    return required("kind", words({std::string(kind_word(kind))}), "what this record is; its path says the same");
}

const Shape& shape(RecordKind kind) {
    switch (kind) {
        case RecordKind::project: {
            static const Shape project = project_shape();
            return project;
        }
        case RecordKind::person: {
            static const Shape person = person_shape();
            return person;
        }
        case RecordKind::organization: {
            static const Shape organization = organization_shape();
            return organization;
        }
        case RecordKind::charter: {
            static const Shape charter = charter_shape();
            return charter;
        }
        case RecordKind::roster: {
            static const Shape roster = roster_shape();
            return roster;
        }
        case RecordKind::rfc: {
            static const Shape rfc = rfc_shape();
            return rfc;
        }
        case RecordKind::motion: {
            static const Shape motion = motion_shape();
            return motion;
        }
        case RecordKind::ballot: {
            static const Shape ballot = ballot_shape();
            return ballot;
        }
        case RecordKind::election: {
            static const Shape election = election_shape();
            return election;
        }
        case RecordKind::candidate: {
            static const Shape candidate = candidate_shape();
            return candidate;
        }
        case RecordKind::endorsement: {
            static const Shape endorsement = endorsement_shape();
            return endorsement;
        }
        case RecordKind::voters: {
            static const Shape voters = voters_shape();
            return voters;
        }
        case RecordKind::result: {
            static const Shape result = result_shape();
            return result;
        }
        case RecordKind::decision:
            break;
    }
    static const Shape decision = decision_shape();
    return decision;
}

}  // namespace govctl::record
