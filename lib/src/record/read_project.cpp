#include <fmt/format.h>

#include "check.hpp"
#include "fields.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/owners_files.hpp"
#include "govctl/record/read.hpp"
#include "read_rule.hpp"
#include "shapes.hpp"

namespace govctl::record {
namespace {

constexpr auto work_days = "mon-fri";
constexpr auto work_hours = "09:00-17:00";
constexpr auto utc = "UTC";

Shape business_shape() {
    return record("business", keys(optional("days", text(Scalar::line), "as mon-fri or mon,wed; mon-fri if left out"),
                                   optional("hours", text(Scalar::line),
                                            "as 09:00-17:00, which is what it is if left out; at most 00:00-24:00"),
                                   optional("zone", text(Scalar::line),
                                            "of the IANA database, as Europe/Vienna; UTC if left out")));
}

Shape level_shape() {
    return record("level",
                  keys(required("level", text(Scalar::name), "its name"),
                       optional("requires", list(text(Scalar::requirement)), "what one must have done to reach it")));
}

Shape completeness_shape() {
    return record("completeness", keys(required("requires", set(text(Scalar::line)), "keys, as parent or roles.pm")));
}

Shape owners_shape() {
    return record("owners", keys(optional("front-matter", text(Scalar::boolean),
                                          "whether Markdown files name their own owners, as in Prow where that is on"),
                                 optional("approver", text(Scalar::name), "the level that approvers are to have"),
                                 optional("reviewer", text(Scalar::name), "the level that reviewers are to have")));
}

/// The key that makes `business:` and `holidays:` no calendar: the one that makes none by itself.
const yaml::Node* culprit(const Fields& fields, const Fields& business) {
    const std::vector<std::string> holidays = fields.texts("holidays");
    if (!Calendar::make(business.text("days", work_days), work_hours, utc, {})) return business.find("days");
    if (!Calendar::make(work_days, business.text("hours", work_hours), utc, {})) return business.find("hours");
    return Calendar::make(work_days, work_hours, utc, holidays) ? business.find("zone") : fields.find("holidays");
}

Result<Calendar> read_calendar(const yaml::Document& document, const Fields& fields) {
    const yaml::Node nothing;
    const yaml::Node* written = fields.find("business");
    const Fields business(written ? *written : nothing);
    auto calendar = Calendar::make(business.text("days", work_days), business.text("hours", work_hours),
                                   business.text("zone", utc), fields.texts("holidays"));
    if (calendar) return calendar;
    Error error = calendar.error();
    error.place = document.place(*culprit(fields, business));
    return error;
}

/// `.` and nothing are the top; else with a slash at the end.
std::string read_root(const Fields& fields) {
    std::string root = fields.text("root", ".");
    if (root == ".") return "";
    return root.ends_with('/') ? root : root + "/";
}

std::map<std::string, std::vector<std::string>> read_completeness(const Fields& fields) {
    std::map<std::string, std::vector<std::string>> by_type;
    if (const yaml::Node* charters = fields.find("charters")) {
        for (const yaml::Entry& entry : charters->entries) {
            by_type.emplace(entry.key.text, Fields(entry.value).texts("requires"));
        }
    }
    return by_type;
}

model::Level read_level(const Fields& fields) {
    return {fields.text("level"), fields.texts("requires")};
}

model::Project read(const Fields& fields, Calendar calendar) {
    model::Project project;
    project.format = fields.integer("format");
    project.name = fields.text("name");
    project.branch = fields.text("branch", project.branch);
    project.root = read_root(fields);
    project.steering = fields.text("steering");
    project.community = fields.text("community");
    project.policy = fields.text("policy");
    project.matters = fields.dictionary("matters");
    if (fields.text("signatures") == "required") project.signatures = model::SignaturePolicy::required;
    project.accounts = fields.text("accounts", project.accounts);
    project.calendar = std::move(calendar);
    project.rules = read_rules(fields);
    project.decisions = read_procedures(fields);
    project.ladder = fields.each("ladder", read_level);
    project.duties = fields.texts("duties");
    project.protected_paths = fields.texts("protected");
    project.charters = read_completeness(fields);
    return project;
}

}  // namespace

Shape project_shape() {
    return record(
        "project",
        keys(
            kind_field(RecordKind::project), required("format", words({"1"}), "of the records in this repository"),
            required("name", text(Scalar::line), "of the project"),
            optional("branch", text(Scalar::line), "the canonical one: what is on it is in force; main if left out"),
            optional("root", text(Scalar::path), "the folder the records lie in; . is the top"),
            required("steering", text(Scalar::id), "the group that is the last instance but one"),
            optional("community", text(Scalar::id), "the last instance: a group whose members are everyone of a level"),
            optional("policy", text(Scalar::id), "the group that is the clearing house for policies"),
            optional("matters", dictionary(text(Scalar::name), text(Scalar::id)),
                     "which group may put a kind of matter in force; `parent` is that of the group concerned"),
            optional("signatures", words({"optional", "required"}), "whether ballots and decisions must be signed"),
            optional("accounts", text(Scalar::name),
                     "the forge whose logins OWNERS files and imports use; github if left out"),
            optional("owners", owners_shape(), "how OWNERS files are read, and what is asked of owners"),
            optional("business", business_shape(), "when business hours and days run"),
            optional("holidays", set(text(Scalar::date)), "days on which they do not"),
            optional("rules", rules_shape(), "rules by name, which any charter may use"),
            optional("decisions", procedures_shape(),
                     "which rule applies where a charter is silent; \"*\" for the rest"),
            optional("ladder", list_by("level", level_shape()), "the contributor ladder, lowest level first"),
            optional("duties", set(text(Scalar::name)), "what some group must hold and staff"),
            optional("limits", limits_shape(), "how many seats one organization may hold"),
            optional("protected", set(text(Scalar::path)), "files and folders that change only by a decision"),
            optional("charters", dictionary(group_type_shape(), completeness_shape()),
                     "what a charter must have, by type of group")));
}

bool wants_front_matter(const yaml::Document& project) {
    const yaml::Node* owners = project.root.find("owners");
    return owners && Fields(*owners).flag("front-matter");
}

Reading<model::Project> read_project(const yaml::Document& document) {
    Reading<model::Project> reading;
    const bool sound = check(document, RecordKind::project, reading.findings);
    if (!sound || !check_rules(document, reading.findings)) return reading;
    const Fields fields(document.root);
    auto calendar = read_calendar(document, fields);
    if (!calendar) {
        const Error& error = calendar.error();
        reading.findings.push_back(found(bad_calendar, *error.place, error.message, join(error.hints, "; ")));
        return reading;
    }
    reading.value = read(fields, *std::move(calendar));
    return reading;
}

Finding unreadable(const Error& error, const std::string& file) {
    return found(unreadable_yaml, error.place.value_or(Place{file, 1, 1}), error.message, join(error.hints, "; "));
}

}  // namespace govctl::record
