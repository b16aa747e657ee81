#include "recusal.hpp"

#include <algorithm>

#include "govctl/base/id.hpp"

namespace govctl::rules {

using model::Effect;
using model::Interest;
using model::Person;
using model::Register;

Sheets sheets_of(const Matter& matter, const Register& people) {
    Sheets sheets;
    for (const model::Ballot& ballot : matter.ballots) {
        const Person* voter = people.person(ballot.voter);
        auto [sheet, is_first] = sheets.emplace(voter ? voter->handle : normal_handle(ballot.voter), &ballot);
        // Two files of one person, under an old handle and the new, are a finding elsewhere; here one of them is always
        // the same one.
        if (!is_first && ballot.voter < sheet->second->voter) sheet->second = &ballot;
    }
    return sheets;
}

static bool is_about_people(const std::string& kind) {
    return kind == "appointment" || kind == "removal" || kind == "promotion" || kind == "no-confidence" ||
           kind == "ownership";
}

static bool acts_on_a_person(const Effect& effect) {
    return effect.kind == Effect::Kind::appoint || effect.kind == Effect::Kind::remove ||
           effect.kind == Effect::Kind::promote;
}

static std::optional<std::string> after_prefix(const std::string& text, const std::string& prefix) {
    if (!text.starts_with(prefix)) return std::nullopt;
    return text.substr(prefix.size());
}

static std::string present_handle(const std::string& handle, const Register& people) {
    const Person* person = people.person(handle);
    return person ? person->handle : normal_handle(handle);
}

Recusals::Recusals(const Matter& matter, const Register& people, const Sheets& sheets)
    : matter_(matter), people_(people), sheets_(sheets) {
    if (!is_about_people(matter.kind)) return;
    for (const Effect& effect : matter.proposal.effects)
        if (acts_on_a_person(effect)) subjects_.insert(present_handle(effect.person, people));
    if (!subjects_.empty()) return;  // effects on people: exactly those people
    for (const std::string& subject : matter.proposal.subject) {
        if (auto handle = after_prefix(subject, "person/"))
            subjects_.insert(present_handle(*handle, people));
        else
            records_.insert(subject);
    }
}

std::optional<std::string> Recusals::interest(const Person& person, Instant at) const {
    const auto touches = [&](const Interest& interest) {
        if (records_.count(interest.in) > 0) return true;
        if (auto handle = after_prefix(interest.in, "person/")) return is_subject(present_handle(*handle, people_));
        const auto organization = after_prefix(interest.in, "organization/");
        return organization && std::any_of(subjects_.begin(), subjects_.end(), [&](const std::string& subject) {
                   const Person* known = people_.person(subject);
                   return known && model::employer(*known, at) == organization;
               });
    };
    for (const Interest& interest : person.interests) {
        const bool is_current = interest.since <= at && (!interest.until || at < *interest.until);
        if (is_current && touches(interest))
            return "interest in " + interest.in + (interest.why.empty() ? "" : ": " + interest.why);
    }
    return std::nullopt;
}

std::optional<std::string> Recusals::same_employer(const Person& person, Instant at) const {
    const std::optional<std::string> own = model::employer(person, at);
    if (!own) return std::nullopt;
    for (const std::string& subject : subjects_) {
        const Person* known = people_.person(subject);
        if (known && model::employer(*known, at) == own) return "works for " + *own + ", as " + subject + " does";
    }
    return std::nullopt;
}

std::optional<std::string> Recusals::why(const std::string& handle, Moment moment) const {
    if (is_subject(handle)) return matter_.proposal.is_rfc ? "subject of the RFC" : "subject of the motion";
    if (const Person* person = has_subjects() ? people_.person(handle) : nullptr) {
        if (auto reason = interest(*person, moment.at)) return reason;
        if (matter_.charter.recusal.employer)
            if (auto reason = same_employer(*person, moment.at)) return reason;
    }
    auto sheet = sheets_.find(handle);
    if (sheet == sheets_.end() || !sheet->second->recused || !moment.sees(sheet->second->recused->at))
        return std::nullopt;
    return sheet->second->recused->why;
}

}  // namespace govctl::rules
