#include "check.hpp"
#include "fields.hpp"
#include "govctl/record/read.hpp"
#include "shapes.hpp"

namespace govctl::record {
namespace {

Shape seat_shape() {
    return record("seat", keys(required("role", text(Scalar::name), "one of the charter's roles"),
                               required("person", text(Scalar::handle), "who holds it"),
                               required("since", text(Scalar::date), "from when"),
                               optional("until", text(Scalar::date), "up to when, itself not included"),
                               optional("by", text(Scalar::record_id),
                                        "the matter or election that gave it; none at the founding"),
                               optional("ended", text(Scalar::name), "why it ended: term, removed, resigned, …")));
}

model::Seat read_seat(const Fields& fields) {
    return {fields.text("role"),     fields.handle("person"), fields.instant_at("since"),
            fields.instant("until"), fields.id("by"),         fields.text("ended")};
}

}  // namespace

Shape roster_shape() {
    return record("roster", keys(kind_field(RecordKind::roster),
                                 required("group", text(Scalar::id), "whose roster it is; the folder's name"),
                                 optional("seats", list(seat_shape()),
                                          "who holds which seat, and who did; changed by decisions only")));
}

Reading<model::Roster> read_roster(const yaml::Document& document, const RecordPath& where) {
    Reading<model::Roster> reading;
    if (!check(document, RecordKind::roster, reading.findings)) return reading;
    const Fields fields(document.root);
    reading.value = model::Roster{fields.text("group"), fields.each("seats", read_seat)};
    check_same(document, "group", reading.value->group == where.name, where.name, reading.findings);
    return reading;
}

}  // namespace govctl::record
