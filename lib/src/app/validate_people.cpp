#include <fmt/format.h>

#include "claims.hpp"
#include "govctl/sign/ssh.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

using PersonRecord = Loaded<model::Person>;

/// Handles, addresses, keys and accounts are how govctl knows who somebody is: each leads to one person.
void check_claims(Validation& validation) {
    std::map<Claim, const PersonRecord*> holders;
    for (const auto& [_, record] : validation.state().person_records()) {
        for (const Claim& claim : claims_of(record.value)) {
            const auto [holder, is_new] = holders.emplace(claim, &record);
            if (is_new || holder->second == &record) continue;
            validation.report(claim.id, record, claim.path,
                              fmt::format("the {} \"{}\" is also in {}", claim.noun, claim.shown, holder->second->path),
                              "it can be one person's only: take it out of one of the two");
        }
    }
}

/// A key that nothing can be verified by signs nothing.
void check_keys(Validation& validation, const PersonRecord& record) {
    for (std::size_t i = 0; i < record.value.keys.size(); ++i) {
        const auto key = sign::parse_key(record.value.keys[i].line);
        if (!key)
            validation.report("GOV415", record, {"keys", i}, key.error().message,
                              "`ssh-keygen -t ed25519` makes one that can");
    }
}

void check_affiliations(Validation& validation, const PersonRecord& record) {
    for (std::size_t i = 0; i < record.value.affiliations.size(); ++i) {
        const model::Affiliation& affiliation = record.value.affiliations[i];
        validation.expect_organization(affiliation.organization,
                                       validation.place(record, {"affiliations", i, "organization"}));
        validation.expect_order(affiliation.since, affiliation.until,
                                validation.place(record, {"affiliations", i, "until"}));
    }
}

void check_ladder(Validation& validation, const PersonRecord& record) {
    for (std::size_t i = 0; i < record.value.ladder.size(); ++i) {
        const model::LadderEntry& entry = record.value.ladder[i];
        validation.expect_level(entry.level, validation.place(record, {"ladder", i, "level"}));
        validation.expect_matter(entry.by, validation.place(record, {"ladder", i, "by"}));
        validation.expect_order(entry.since, entry.until, validation.place(record, {"ladder", i, "until"}));
    }
}

void check_mentoring(Validation& validation, const PersonRecord& record) {
    validation.expect_person(record.value.mentor, validation.place(record, {"mentor"}));
    for (std::size_t i = 0; i < record.value.mentorships.size(); ++i) {
        const model::Mentorship& mentorship = record.value.mentorships[i];
        validation.expect_person(mentorship.mentee, validation.place(record, {"mentorships", i, "mentee"}));
        validation.expect_order(mentorship.since, mentorship.until,
                                validation.place(record, {"mentorships", i, "until"}));
    }
}

void check_interests(Validation& validation, const PersonRecord& record) {
    for (std::size_t i = 0; i < record.value.interests.size(); ++i) {
        const model::Interest& interest = record.value.interests[i];
        validation.expect_record(interest.in, validation.place(record, {"interests", i, "in"}));
        validation.expect_order(interest.since, interest.until, validation.place(record, {"interests", i, "until"}));
    }
}

void check_organization(Validation& validation, const Loaded<model::Organization>& record) {
    for (std::size_t i = 0; i < record.value.related.size(); ++i)
        validation.expect_organization(record.value.related[i], validation.place(record, {"related", i}));
    const yaml::Node* staffing = record.document->root.find("staffing");
    for (std::size_t i = 0; staffing && i < staffing->items.size(); ++i) {
        const yaml::Node* duty = staffing->items[i].find("duty");
        if (duty) validation.expect_duty(duty->text, record.document->place(*duty));
    }
}

}  // namespace

void check_people(Validation& validation) {
    check_claims(validation);
    for (const auto& [_, record] : validation.state().person_records()) {
        check_keys(validation, record);
        check_affiliations(validation, record);
        check_ladder(validation, record);
        check_mentoring(validation, record);
        check_interests(validation, record);
    }
    for (const auto& [_, record] : validation.state().organization_records()) check_organization(validation, record);
}

}  // namespace govctl::app
