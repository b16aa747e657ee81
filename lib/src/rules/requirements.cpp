#include "govctl/rules/requirements.hpp"

#include <algorithm>
#include <set>

#include "figures.hpp"

namespace govctl::rules {

using model::Charter;
using model::LadderEntry;
using model::Mentorship;
using model::Person;
using model::Register;
using model::Requirement;
using model::Role;
using model::Seat;

using Kind = Requirement::Kind;

namespace {

Error uncounted(const Requirement& requirement, const std::string& why) {
    return Error{ErrorKind::invalid, "`" + requirement.str() + "` cannot be counted: " + why, {}};
}

bool is_role(const std::string& name, const Register& people) {
    return std::any_of(people.charters.begin(), people.charters.end(),
                       [&](const auto& charter) { return charter.second.role(name) != nullptr; });
}

struct Span {
    Instant since;
    std::optional<Instant> until;
};

/// When this person was of a level, or a higher one, or held a seat of that role, in any group.
std::vector<Span> spans(const std::string& level_or_role, const Person& person, const Register& people) {
    std::vector<Span> found;
    const std::optional<std::size_t> lowest = people.project.level(level_or_role);
    for (const LadderEntry& entry : person.ladder) {
        const std::optional<std::size_t> level = people.project.level(entry.level);
        if (lowest && level && *level >= *lowest) found.push_back({entry.since, entry.until});
    }
    for (const auto& [_, roster] : people.rosters)
        for (const Seat& seat : roster.seats) {
            const Person* holder = people.person(seat.person);
            if (seat.role == level_or_role && holder == &person) found.push_back({seat.since, seat.until});
        }
    std::sort(found.begin(), found.end(), [](const Span& a, const Span& b) { return a.since < b.since; });
    return found;
}

/// Since when these spans, one going over into the next, have lasted without a break; none: no longer, or not yet.
std::optional<Instant> held_since(const std::vector<Span>& spans, Instant at) {
    std::optional<Instant> since;
    std::optional<Instant> until;  // of the stretch; none while `since` is set: open
    for (const Span& span : spans) {
        if (at < span.since) break;
        const bool goes_on = since && (!until || span.since <= *until);
        if (!goes_on) {
            since = span.since;
            until = span.until;
        } else if (!span.until || (until && *until < *span.until)) {
            until = span.until;
        }
    }
    return since && (!until || at < *until) ? since : std::nullopt;
}

class Assessment {
public:
    Assessment(const Requirement& requirement, const Applicant& applicant, const Person& person, const Register& people,
               const Deeds& deeds)
        : requirement_(requirement), applicant_(applicant), person_(person), people_(people), deeds_(deeds) {}

    Result<Fulfilment> run() const {
        switch (requirement_.kind) {
            case Kind::contributions:
                return contributions();
            case Kind::reviews:
                return deeds(deeds_.reviews(person_));
            case Kind::approvals:
                return deeds(deeds_.approvals(person_));
            case Kind::sponsors:
            case Kind::sponsor_organizations:
                return supporters(applicant_.sponsors, "nobody can second this matter");
            case Kind::endorsements:
            case Kind::endorsement_organizations:
                return supporters(applicant_.endorsements, "only nominations are endorsed");
            case Kind::mentor:
                return number(mentors());
            case Kind::mentored:
                return number(mentees());
            case Kind::held:
                return held();
            case Kind::level:
                return level();
            case Kind::agreed:
                return agreed();
        }
        return uncounted(requirement_, "this version does not know it");
    }

private:
    Fulfilment told(bool is_met, std::string found) const { return {requirement_.str(), is_met, std::move(found)}; }

    Fulfilment number(const Rational& count) const {
        const Value amount{Rational(requirement_.amount)};
        // Both sides times the denominator: what is compared stays whole.
        const bool is_met =
            compares(count.numerator(), requirement_.comparator, Value{amount.factor * Rational(count.denominator())});
        return told(is_met, count.str());
    }

    Result<Fulfilment> deeds(Result<std::vector<Deed>> done) const {
        if (!done) return done.error();
        Rational sum;
        for (const Deed& deed : *done)
            if (is_in_time(deed.at)) sum = sum + deed.weight;
        return number(sum);
    }

    bool is_in_time(Instant at) const {
        if (applicant_.at < at) return false;
        return !requirement_.span || applicant_.at <= people_.project.calendar.after(at, *requirement_.span);
    }

    Result<Fulfilment> contributions() const {
        Places places;
        if (auto group = people_.charters.find(requirement_.of); group != people_.charters.end())
            places.areas = group->second.areas;
        else if (!requirement_.of.empty())
            places.areas = {requirement_.of};
        for (const auto& [_, charter] : people_.charters)
            places.weights.insert(charter.weights.begin(), charter.weights.end());
        GOVCTL_TRY(auto done, deeds_.contributions(person_, places));
        if (requirement_.of.empty())
            for (const Mentorship& each : person_.mentorships)
                if (each.until && *each.until <= applicant_.at && is_confirmed(each)) done.push_back({*each.until});
        return deeds(std::move(done));
    }

    /// A mentorship counts only where the mentee's record names the mentor.
    bool is_confirmed(const Mentorship& mentorship) const {
        const Person* mentee = people_.person(mentorship.mentee);
        return mentee && people_.person(mentee->mentor) == &person_;
    }

    std::int64_t mentees() const {
        std::set<const Person*> mentees;
        for (const Mentorship& each : person_.mentorships)
            if (each.since <= applicant_.at && is_confirmed(each)) mentees.insert(people_.person(each.mentee));
        return static_cast<std::int64_t>(mentees.size());
    }

    std::int64_t mentors() const {
        const Person* mentor = people_.person(person_.mentor);
        if (!mentor) return 0;
        return std::any_of(mentor->mentorships.begin(), mentor->mentorships.end(), [&](const Mentorship& each) {
            const bool is_current = each.since <= applicant_.at && (!each.until || applicant_.at < *each.until);
            return is_current && people_.person(each.mentee) == &person_;
        });
    }

    Result<Fulfilment> supporters(const std::optional<std::vector<Supporter>>& all, const char* otherwise) const {
        if (!all) return uncounted(requirement_, otherwise);
        std::set<std::string> names;
        const bool by_organization =
            requirement_.kind == Kind::sponsor_organizations || requirement_.kind == Kind::endorsement_organizations;
        for (const Supporter& each : *all) {
            if (!by_organization)
                names.insert(each.person);
            else if (auto family = people_.employer_family(each.person, each.at))
                names.insert(*std::move(family));
        }
        return number(static_cast<std::int64_t>(names.size()));
    }

    Result<Fulfilment> held() const {
        if (std::string why = uncountable(requirement_, people_); !why.empty()) return uncounted(requirement_, why);
        const std::optional<Instant> since = held_since(spans(requirement_.of, person_, people_), applicant_.at);
        if (!since) return told(false, "not held");
        const Instant from = people_.project.calendar.after(*since, *requirement_.span);
        return told(from <= applicant_.at, "since " + since->date());
    }

    Result<Fulfilment> level() const {
        if (std::string why = uncountable(requirement_, people_); !why.empty()) return uncounted(requirement_, why);
        const std::vector<std::string> all = people_.at_level(requirement_.of, applicant_.at);
        const bool is_met = std::binary_search(all.begin(), all.end(), person_.handle);
        return told(is_met, is_met ? "held" : "not held");
    }

    Result<Fulfilment> agreed() const {
        const std::string blob = people_.blob ? people_.blob(requirement_.of) : std::string();
        if (blob.empty()) return uncounted(requirement_, "there is no such file");
        bool is_older = false;
        for (const model::Agreement& each : person_.agreed) {
            if (each.text != requirement_.of || applicant_.at < each.on) continue;
            if (each.blob == blob) return told(true, "agreed on " + each.on.date());
            is_older = true;
        }
        return told(false, is_older ? "agreed to an earlier text" : "not agreed to");
    }

    const Requirement& requirement_;
    const Applicant& applicant_;
    const Person& person_;
    const Register& people_;
    const Deeds& deeds_;
};

}  // namespace

std::string uncountable(const Requirement& requirement, const Register& people) {
    const bool is_level = people.project.level(requirement.of).has_value();
    if (requirement.kind == Kind::level && !is_level) return "there is no level \"" + requirement.of + "\"";
    if (requirement.kind == Kind::held && !is_level && !is_role(requirement.of, people))
        return "\"" + requirement.of + "\" is no level of the ladder and no role of any group";
    return "";
}

Result<Fulfilment> fulfilment(const Requirement& requirement, const Applicant& applicant, const Register& people,
                              const Deeds& deeds) {
    const Person* person = people.person(applicant.person);
    if (!person) return uncounted(requirement, "nobody on record is called \"" + applicant.person + "\"");
    return Assessment(requirement, applicant, *person, people, deeds).run();
}

Result<std::vector<Fulfilment>> fulfilments(const std::vector<std::string>& requirements, const Applicant& applicant,
                                            const Register& people, const Deeds& deeds) {
    std::vector<Fulfilment> all;
    for (const std::string& text : requirements) {
        GOVCTL_TRY(auto requirement, Requirement::parse(text));
        GOVCTL_TRY(auto one, fulfilment(requirement, applicant, people, deeds));
        all.push_back(std::move(one));
    }
    return all;
}

/// `reviews >= 20` is required: found 12
static std::string in_words(const Fulfilment& each) {
    const bool is_number = each.found.find_first_not_of("0123456789/") == std::string::npos;
    return "`" + each.requirement + "` is required: " + (is_number ? "found " : "") + each.found;
}

Result<std::vector<std::string>> unmet(const std::vector<std::string>& requirements, const Applicant& applicant,
                                       const Register& people, const Deeds& deeds) {
    GOVCTL_TRY(auto all, fulfilments(requirements, applicant, people, deeds));
    std::vector<std::string> lines;
    for (const Fulfilment& each : all)
        if (!each.is_met) lines.push_back(in_words(each));
    return lines;
}

}  // namespace govctl::rules
