// schemas/ are the tables of shape.hpp in the words of JSON Schema (draft-07), for editors. This writes them down from
// the tables and holds the files against that; GOVCTL_UPDATE_SCHEMAS=1 in the environment writes the files instead.

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "govctl/base/text.hpp"
#include "govctl/record/shape.hpp"
#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::record;
using json = nlohmann::ordered_json;

namespace {

using Form = Shape::Form;

/// What an editor's YAML parser may make of a word where nothing is quoted.
void add_word(json& words, const std::string& word) {
    words.push_back(word);
    if (word == "yes" || word == "true") words.push_back(true);
    if (word == "no" || word == "false") words.push_back(false);
    if (word.find_first_not_of("0123456789") == std::string::npos) words.push_back(std::stoi(word));
}

json enumeration(const std::vector<std::string>& words) {
    json all = json::array();
    for (const std::string& word : words) add_word(all, word);
    return all.size() == 1 ? json{{"const", all[0]}} : json{{"enum", all}};
}

json scalar(Scalar scalar) {
    const ScalarForm& form = form_of(scalar);
    if (scalar == Scalar::boolean) return enumeration({"true", "false"});
    json types = json::array({"string"});
    if (form.may_be_number) types.push_back("number");
    if (form.may_be_integer && !form.may_be_number) types.push_back("integer");
    if (form.may_be_boolean) types.push_back("boolean");
    json schema{{"type", types.size() == 1 ? types[0] : types}};
    if (form.pattern.empty()) {
        schema["minLength"] = 1;
    } else {
        schema["pattern"] = form.pattern;
    }
    if (scalar == Scalar::integer || scalar == Scalar::positive) schema["minimum"] = scalar == Scalar::positive ? 1 : 0;
    return schema;
}

class Writer {
public:
    json root(RecordKind kind) {
        const Shape& shape = record::shape(kind);
        const std::string word(kind_word(kind));
        json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                    {"$id", "urn:govctl:schema:" + word},
                    {"title", "govctl " + word},
                    {"description", "a record of kind " + word + "; man 5 govctl-records"}};
        schema.update(mapping(shape));
        schema["definitions"] = std::move(definitions_);
        if (schema["definitions"].empty()) schema.erase("definitions");
        return schema;
    }

private:
    json value(const Shape& shape) {
        switch (shape.form) {
            case Form::anything:
                return json::object();
            case Form::scalar:
                if (shape.scalar == Scalar::word) return enumeration(shape.words);
                return defined(slug(form_of(shape.scalar).noun), [&] { return scalar(shape.scalar); });
            case Form::choice:
                return {{"anyOf", {value(shape.of[0]), value(shape.of[1])}}};
            case Form::dictionary:
                return dictionary(shape);
            case Form::list:
                return list(shape);
            case Form::record:
                break;
        }
        return defined(shape.name, [&] { return mapping(shape); });
    }

    /// A reference to what is defined once.
    template <class Make>
    json defined(const std::string& name, Make make) {
        if (!definitions_.contains(name)) {
            definitions_[name] = nullptr;  // keeps the place: a definition may name others
            definitions_[name] = make();
        }
        return {{"$ref", "#/definitions/" + name}};
    }

    json list(const Shape& shape) {
        json schema{{"type", "array"}, {"items", value(shape.of[0])}};
        if (shape.some) schema["minItems"] = 1;
        if (shape.unique && shape.unique->empty()) schema["uniqueItems"] = true;
        return schema;
    }

    json dictionary(const Shape& shape) {
        Shape key = shape;
        key.form = Form::scalar;
        return {{"type", "object"}, {"propertyNames", value(key)}, {"additionalProperties", value(shape.of[0])}};
    }

    json mapping(const Shape& shape) {
        json required = json::array(), properties = json::object();
        for (const Field& field : shape.fields) {
            if (field.required) required.push_back(field.name);
            properties[field.name] = described(value(field.shape), field.what);
        }
        json schema{{"type", "object"}};
        if (!required.empty()) schema["required"] = std::move(required);
        if (shape.exactly_one) schema.update({{"minProperties", 1}, {"maxProperties", 1}});
        schema["properties"] = std::move(properties);
        schema["additionalProperties"] = false;
        return schema;
    }

    /// Beside a `$ref`, draft-07 passes everything over.
    static json described(json schema, const std::string& what) {
        json with{{"description", what}};
        if (schema.contains("$ref")) {
            with["allOf"] = json::array({std::move(schema)});
        } else {
            with.update(schema);
        }
        return with;
    }

    json definitions_ = json::object();
};

std::string file_of(RecordKind kind) {
    return GOVCTL_SOURCE_DIR "/schemas/" + std::string(kind_word(kind)) + ".json";
}

std::string bytes_of(const std::string& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path).rdbuf();
    return bytes.str();
}

}  // namespace

TEST_CASE("schemas say what the tables say") {
    const bool update = std::getenv("GOVCTL_UPDATE_SCHEMAS") != nullptr;
    for (const RecordKind kind :
         {RecordKind::project, RecordKind::person, RecordKind::organization, RecordKind::charter, RecordKind::roster,
          RecordKind::rfc, RecordKind::motion, RecordKind::ballot, RecordKind::decision, RecordKind::election,
          RecordKind::candidate, RecordKind::endorsement, RecordKind::voters, RecordKind::result}) {
        CAPTURE(kind_word(kind), "GOVCTL_UPDATE_SCHEMAS=1 writes it anew");
        const std::string schema = Writer().root(kind).dump(2) + "\n";
        if (update) std::ofstream(file_of(kind)) << schema;
        CHECK(bytes_of(file_of(kind)) == schema);
    }
}
