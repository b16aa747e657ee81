#include <algorithm>
#include <set>

#include "govctl/base/id.hpp"
#include "govctl/rules/procedure.hpp"

namespace govctl::rules {

using model::Proposal;
using model::Register;
using model::Term;

using Handles = std::vector<std::string>;

/// The handles of the people named who are on record, under their present name.
static Handles on_record(const Handles& named, const Register& people) {
    Handles handles;
    for (const std::string& name : named)
        if (const model::Person* person = people.person(name)) handles.push_back(person->handle);
    return handles;
}

static Handles subjects(const Proposal& proposal, const Register& people) {
    static const std::string prefix = "person/";
    Handles named;
    for (const std::string& subject : proposal.subject)
        if (subject.starts_with(prefix)) named.push_back(subject.substr(prefix.size()));
    return on_record(named, people);
}

static Handles everyone(const Register& people) {
    Handles handles;
    for (const auto& [handle, _] : people.people) handles.push_back(handle);
    return handles;
}

static Handles named_by(const Term& term, const std::string& here, const Proposal& proposal, const Register& people,
                        Instant at) {
    switch (term.kind) {
        case Term::Kind::members:
            return people.seated(here, std::nullopt, at);
        case Term::Kind::role:
            return people.seated(term.group.empty() ? here : term.group, term.name, at);
        case Term::Kind::group:
            return people.seated(term.name, std::nullopt, at);
        case Term::Kind::level:
            return people.at_level(term.name, at);
        case Term::Kind::owners:
            return people.owners ? people.owners(term.name) : Handles{};
        case Term::Kind::voters:
            if (auto roll = people.rolls.find(term.name); roll != people.rolls.end())
                return on_record(roll->second, people);
            return {};
        case Term::Kind::everyone:
            return everyone(people);
        case Term::Kind::authors:
            return on_record(proposal.authors, people);
        case Term::Kind::subject:
            return subjects(proposal, people);
        case Term::Kind::person:
            return on_record({term.name}, people);
    }
    return {};
}

Handles electorate(const std::vector<Term>& by, const std::vector<Term>& except, const Proposal& proposal,
                   const Register& people, Instant at, const std::string& group) {
    const std::string& here = group.empty() ? proposal.deciding_group() : group;
    std::set<std::string> handles;
    for (const Term& term : by)
        for (std::string& handle : named_by(term, here, proposal, people, at)) handles.insert(std::move(handle));
    for (const Term& term : except)
        for (const std::string& handle : named_by(term, here, proposal, people, at)) handles.erase(handle);
    return {handles.begin(), handles.end()};
}

Handles openers(const model::Procedure& procedure, const Proposal& proposal, const Register& people, Instant at) {
    const std::vector<Term> authors = {Term{Term::Kind::authors, "", ""}};
    return electorate(procedure.opened_by.value_or(authors), {}, proposal, people, at);
}

Handles also_passing(const model::Stage& stage, const Proposal& proposal) {
    std::set<std::string> groups;
    for (const std::string& group : stage.also) {
        if (group == "with")
            groups.insert(proposal.with.begin(), proposal.with.end());
        else
            groups.insert(group);
    }
    groups.erase(proposal.deciding_group());
    return {groups.begin(), groups.end()};
}

}  // namespace govctl::rules
