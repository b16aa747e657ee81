#include "check.hpp"
#include "fields.hpp"
#include "govctl/record/read.hpp"
#include "shapes.hpp"

namespace govctl::record {

Shape organization_shape() {
    const Shape duty =
        record("staffing", keys(required("duty", text(Scalar::name), "one of the project's duties"),
                                required("people", text(Scalar::positive), "how many the organization owes it")));
    return record("organization",
                  keys(kind_field(RecordKind::organization),
                       required("id", text(Scalar::id), "the name it goes by here; that of the file"),
                       optional("name", text(Scalar::line), "as it calls itself"),
                       optional("domains", set(text(Scalar::line)), "of its e-mail addresses"),
                       optional("related", set(text(Scalar::id)),
                                "organizations counted as one with it wherever a limit says per organization"),
                       optional("listed", text(Scalar::boolean),
                                "named in the project's materials; needs its staffing fulfilled"),
                       optional("staffing", list_by("duty", duty), "the people it gives to duties")));
}

Reading<model::Organization> read_organization(const yaml::Document& document, const RecordPath& where) {
    Reading<model::Organization> reading;
    if (!check(document, RecordKind::organization, reading.findings)) return reading;
    const Fields fields(document.root);
    model::Organization& organization = reading.value.emplace();
    organization.id = fields.text("id");
    organization.name = fields.text("name");
    organization.domains = fields.texts("domains");
    organization.related = fields.texts("related");
    organization.listed = fields.flag("listed");
    check_same(document, "id", organization.id == where.name, where.name, reading.findings);
    return reading;
}

}  // namespace govctl::record
