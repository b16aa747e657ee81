#include "govctl/record/shape.hpp"

#include <functional>
#include <map>
#include <set>

#include "govctl/model/ballot.hpp"
#include "govctl/model/decision.hpp"
#include "govctl/model/group.hpp"
#include "govctl/model/proposal.hpp"
#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::record;

namespace {

constexpr RecordKind kinds[] = {RecordKind::project, RecordKind::person, RecordKind::organization,
                                RecordKind::charter, RecordKind::roster, RecordKind::rfc,
                                RecordKind::motion,  RecordKind::ballot, RecordKind::decision};

/// Calls `look` with every shape of a record and the key it stands under.
void walk(const Shape& shape, const std::string& key,
          const std::function<void(const Shape&, const std::string&)>& look) {
    look(shape, key);
    for (const Shape& inner : shape.of) walk(inner, key, look);
    for (const Field& field : shape.fields) walk(field.shape, field.name, look);
}

const Field& field(RecordKind kind, const std::string& name) {
    for (const Field& each : shape(kind).fields) {
        if (each.name == name) return each;
    }
    FAIL("no field " << name);
    return shape(kind).fields.front();
}

/// Names of everything in a shape, to tell two of the same name apart.
std::string outline(const Shape& shape) {
    std::string all = std::to_string(static_cast<int>(shape.form)) + std::to_string(static_cast<int>(shape.scalar));
    for (const Field& each : shape.fields)
        all += "{" + each.name + (each.required ? "!" : "") + outline(each.shape) + "}";
    for (const Shape& each : shape.of) all += "[" + outline(each) + "]";
    for (const std::string& word : shape.words) all += "|" + word;
    return all;
}

}  // namespace

TEST_CASE("every record begins with its kind, and says what each key is for") {
    for (const RecordKind kind : kinds) {
        CAPTURE(kind_word(kind));
        REQUIRE(shape(kind).form == Shape::Form::record);
        CHECK(shape(kind).name == kind_word(kind));
        CHECK(shape(kind).fields.at(0).name == "kind");
        walk(shape(kind), "", [](const Shape& each, const std::string& key) {
            CAPTURE(key);
            std::set<std::string> names;
            for (const Field& inner : each.fields) {
                CHECK_FALSE(inner.what.empty());
                CHECK(names.insert(inner.name).second);
            }
            CHECK(each.words.empty() == (each.scalar != Scalar::word));
        });
    }
}

TEST_CASE("a name of a shape means the same everywhere") {
    std::map<std::string, std::string> outlines;
    for (const RecordKind kind : kinds) {
        walk(shape(kind), "", [&](const Shape& each, const std::string&) {
            if (each.name.empty()) return;
            CAPTURE(each.name);
            CHECK(outlines.emplace(each.name, outline(each)).first->second == outline(each));
        });
    }
}

TEST_CASE("the words of the tables are those of the model") {
    const auto each_word = [](const Shape& words, auto parse) {
        for (const std::string& word : words.words) {
            CAPTURE(word);
            CHECK(parse(word));
        }
    };
    each_word(field(RecordKind::rfc, "status").shape, model::parse_status);
    each_word(field(RecordKind::ballot, "vote").shape, model::parse_vote);
    each_word(field(RecordKind::decision, "outcome").shape, model::parse_outcome);
    each_word(field(RecordKind::charter, "type").shape, model::parse_group_type);
    walk(shape(RecordKind::decision), "", [&](const Shape& each, const std::string& key) {
        if (key == "state") each_word(each, model::parse_run_state);
    });
}
