#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "govctl/base/text.hpp"
#include "govctl/record/shape.hpp"
#include "support/catch.hpp"

using namespace govctl;
using namespace govctl::record;

namespace {

/// Keys by heading: `kind!` is required. A key's heading is the `.Ss` it stands under, else the `.Sh`.
using Page = std::map<std::string, std::set<std::string>>;

Page read_page(const std::string& name) {
    std::ifstream file(std::string(GOVCTL_SOURCE_DIR) + "/man/" + name);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    Page page;
    std::string heading, key;
    for (const std::string& line : split(text, '\n')) {
        if (line.starts_with(".Sh ") || line.starts_with(".Ss ")) heading = lower(line.substr(4));
        if (line.starts_with(".It Ic ")) {
            key = line.substr(7);
            page[heading].insert(key);
        } else if (line == "required." || line.ends_with(", required.") || line.ends_with(" , required.")) {
            page[heading].erase(key);
            page[heading].insert(key + "!");
        }
    }
    return page;
}

std::set<std::string> keys_of(const Shape& shape) {
    std::set<std::string> keys;
    for (const Field& field : shape.fields) keys.insert(field.name + (field.required ? "!" : ""));
    return keys;
}

/// Every mapping with a name, once, and what it is part of.
void collect(const Shape& shape, std::map<std::string, const Shape*>& found) {
    if (!shape.name.empty()) found.emplace(shape.name, &shape);
    for (const Field& field : shape.fields) collect(field.shape, found);
    for (const Shape& part : shape.of) collect(part, found);
}

}  // namespace

TEST_CASE("the man page has the keys that records have") {
    const Page page = read_page("govctl-records.5");
    const std::set<std::string> in_rules{"stage",      "lasts",          "objection", "cap",
                                         "on-failure", "ranked-options", "procedure"};
    std::map<std::string, const Shape*> shapes;
    for (const RecordKind kind :
         {RecordKind::project, RecordKind::person, RecordKind::organization, RecordKind::charter, RecordKind::roster,
          RecordKind::rfc, RecordKind::ballot, RecordKind::decision, RecordKind::election, RecordKind::candidate,
          RecordKind::endorsement, RecordKind::voters, RecordKind::result})
        collect(shape(kind), shapes);
    CHECK(shapes.size() > 40);
    for (const auto& [name, shape] : shapes) {
        if (in_rules.contains(name)) continue;
        CAPTURE(name);
        REQUIRE(page.contains(name));
        CHECK(page.at(name) == keys_of(*shape));
    }
    for (const auto& [heading, _] : page) {
        CAPTURE(heading);
        CHECK((heading == "motion" || shapes.contains(heading)));
    }
}

TEST_CASE("a motion has the keys that the man page says it shares with an RFC") {
    std::set<std::string> keys = keys_of(shape(RecordKind::rfc));
    for (const char* key : {"number", "authors!", "sponsor"}) keys.erase(key);
    keys.insert("by!");
    CHECK(keys_of(shape(RecordKind::motion)) == keys);
    CHECK(read_page("govctl-records.5").at("motion") == std::set<std::string>{"kind!", "by!", "type!"});
}

TEST_CASE("the man page of rules has the keys that stages and procedures have") {
    Page page = read_page("govctl-rules.7");
    std::map<std::string, const Shape*> shapes;
    collect(shape(RecordKind::charter), shapes);
    std::set<std::string> listed = page["stage keys"], stage;
    for (const char* ranked : {"options", "unranked", "method"}) listed.insert(ranked);  // named under `ballot`
    for (const Field& field : shapes.at("stage")->fields) stage.insert(field.name);
    CHECK(listed == stage);
    for (const Field& field : shapes.at("procedure")->fields) {
        CAPTURE(field.name);
        CHECK((page["which rule"].contains(field.name) || stage.contains(field.name)));
    }
}
