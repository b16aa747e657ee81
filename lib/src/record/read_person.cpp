#include "check.hpp"
#include "fields.hpp"
#include "govctl/record/read.hpp"
#include "shapes.hpp"

namespace govctl::record {
namespace {

Field since() {
    return required("since", text(Scalar::date), "from when");
}

Field until() {
    return optional("until", text(Scalar::date), "up to when, itself not included");
}

Shape affiliation_shape() {
    return record("affiliation",
                  keys(required("organization", text(Scalar::id), "the employer or sponsor; `independent` is nobody's"),
                       since(), until()));
}

Shape ladder_entry_shape() {
    return record("ladder-entry",
                  keys(required("level", text(Scalar::name), "of the ladder in govctl.yaml"), since(), until(),
                       optional("by", text(Scalar::record_id), "the matter that gave it; none at the founding")));
}

Shape mentorship_shape() {
    return record("mentorship",
                  keys(required("mentee", text(Scalar::handle), "who is mentored; counts when their record says so"),
                       since(), until()));
}

Shape agreement_shape() {
    return record("agreement", keys(required("text", text(Scalar::path), "the file agreed to"),
                                    required("blob", text(Scalar::blob), "the file as it was, as git names it"),
                                    required("on", text(Scalar::date), "when")));
}

Shape interest_shape() {
    return record("interest",
                  keys(required("in", text(Scalar::record_id), "the record it is in: organization/acme, person/bob"),
                       optional("why", text(Scalar::line), "shareholder, relative, …"), since(), until()));
}

Shape key_shape() {
    const Shape revoked = record(
        "revoked", keys(optional("at", text(Scalar::blob), "the commit on which it was given up"),
                        required("why", words({"replaced", "compromised"}), "whether what it signed is in doubt")));
    return record("key", keys(required("key", text(Scalar::line), "the key itself"),
                              optional("revoked", revoked, "it signs no more"),
                              optional("by", text(Scalar::handle), "who vouches for it"),
                              optional("signature", text(), "over the key, by who vouches for it")));
}

model::Affiliation read_affiliation(const Fields& fields) {
    return {fields.text("organization"), fields.instant_at("since"), fields.instant("until")};
}

model::LadderEntry read_ladder_entry(const Fields& fields) {
    return {fields.text("level"), fields.instant_at("since"), fields.instant("until"), fields.id("by")};
}

model::Mentorship read_mentorship(const Fields& fields) {
    return {fields.handle("mentee"), fields.instant_at("since"), fields.instant("until")};
}

model::Agreement read_agreement(const Fields& fields) {
    return {fields.text("text"), fields.text("blob"), fields.instant_at("on")};
}

model::Interest read_interest(const Fields& fields) {
    return {fields.id("in"), fields.text("why"), fields.instant_at("since"), fields.instant("until")};
}

model::Key read_key(const yaml::Node& node) {
    if (node.is_scalar()) return {node.text};
    const Fields fields(node);
    const auto revoked = [](const Fields& given_up) {
        return model::Key::Revoked{given_up.text("at"), given_up.text("why") == "compromised"};
    };
    return {fields.text("key"), fields.record("revoked", revoked), fields.handle("by"), fields.text("signature")};
}

model::Person read(const Fields& fields) {
    model::Person person;
    person.handle = fields.handle("handle");
    person.name = fields.text("name");
    person.emails = fields.texts("emails");
    if (const yaml::Node* list = fields.find("keys"))
        for (const yaml::Node& item : list->items) person.keys.push_back(read_key(item));
    person.accounts = fields.dictionary("accounts");
    person.aliases = fields.handles("aliases");
    person.affiliations = fields.each("affiliations", read_affiliation);
    person.ladder = fields.each("ladder", read_ladder_entry);
    person.mentor = fields.handle("mentor");
    person.mentorships = fields.each("mentorships", read_mentorship);
    person.agreed = fields.each("agreed", read_agreement);
    person.interests = fields.each("interests", read_interest);
    return person;
}

}  // namespace

Shape person_shape() {
    return record("person",
                  keys(kind_field(RecordKind::person),
                       required("handle", text(Scalar::handle), "the name this person goes by here; that of the file"),
                       optional("name", text(Scalar::line), "as the person writes it"),
                       optional("emails", set(text(Scalar::email)),
                                "commits by one of these are theirs, where signatures are optional"),
                       optional("keys", set(either(text(Scalar::line), key_shape())),
                                "public keys that sign for them, as in an authorized_keys file"),
                       optional("accounts", dictionary(text(Scalar::name), text(Scalar::line)),
                                "login by forge: {github: ada-l}"),
                       optional("aliases", set(text(Scalar::handle)), "handles this person had before"),
                       optional("affiliations", list(affiliation_shape()), "whom the person worked for, and when"),
                       optional("ladder", list(ladder_entry_shape()),
                                "levels of the contributor ladder; changed by decisions only"),
                       optional("mentor", text(Scalar::handle), "who mentors this person"),
                       optional("mentorships", list(mentorship_shape()), "whom this person mentors"),
                       optional("mentor-room", text(Scalar::integer), "how many more mentees there is room for"),
                       optional("agreed", list(agreement_shape()), "texts the person agreed to"),
                       optional("interests", list(interest_shape()), "declared interests; they recuse")));
}

Reading<model::Person> read_person(const yaml::Document& document, const RecordPath& where) {
    Reading<model::Person> reading;
    if (!check(document, RecordKind::person, reading.findings)) return reading;
    reading.value = read(Fields(document.root));
    check_same(document, "handle", reading.value->handle == where.name, where.name, reading.findings);
    return reading;
}

}  // namespace govctl::record
