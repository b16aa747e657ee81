#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "command.hpp"
#include "govctl/base/text.hpp"
#include "listing.hpp"
#include "reading.hpp"
#include "render/elections.hpp"
#include "render/records.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

bool has(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

/// Goes through the records of a kind that the filters leave, and shows each as a row and as JSON.
class Lister {
public:
    Lister(const Look& look, const Listing& listing) : look_(look), state_(*look.state), listing_(listing) {
        table_.flexible(listing.kind == "person" || listing.kind == "group" ? 2 : 3);
    }

    void list() {
        if (listing_.kind == "rfc" || listing_.kind == "motion") list_matters();
        if (listing_.kind == "decision") list_decisions();
        if (listing_.kind == "person") list_people();
        if (listing_.kind == "group") list_groups();
        if (listing_.kind == "organization") list_organizations();
        if (listing_.kind == "election") list_elections();
    }

    void print(const Invocation& invocation, const std::string& command) {
        if (invocation.format == Format::json) {
            invocation.out.json(
                {{"schema", "govctl." + command + "/1"}, {"kind", listing_.kind}, {"records", std::move(records_)}});
        } else {
            table_.print(invocation.out);
        }
    }

private:
    void add(std::vector<Text> row, ordered_json record) {
        table_.row(std::move(row));
        records_.push_back(std::move(record));
    }

    bool wants(const model::Proposal& proposal) const {
        const std::string& group = listing_.group;
        if (proposal.is_rfc != (listing_.kind == "rfc")) return false;
        if (!listing_.status.empty() && model::status_word(proposal.status) != listing_.status) return false;
        if (!group.empty() && proposal.deciding_group() != group && proposal.group != group) return false;
        return listing_.person.empty() || has(proposal.authors, listing_.person) ||
               proposal.sponsor == listing_.person || has(proposal.subject, "person/" + listing_.person);
    }

    void list_matters() {
        for (const auto& [id, matter] : state_.matters()) {
            if (wants(matter.proposal())) add(row_of(matter), brief_json(matter));
        }
    }

    void list_decisions() {
        for (const auto& [name, record] : state_.decision_records()) {
            const model::Decision& decision = record.value;
            if (!listing_.status.empty() && model::outcome_word(decision.outcome) != listing_.status) continue;
            if (!listing_.group.empty() && decision.group != listing_.group) continue;
            if (!listing_.person.empty() && !has(decision.eligible, listing_.person)) continue;
            add(row_of(state_, decision), brief_json(state_, decision));
        }
    }

    void list_people() {
        const auto members = listing_.group.empty() ? std::vector<std::string>{}
                                                    : state_.people().seated(listing_.group, std::nullopt, look_.now);
        for (const auto& [handle, person] : state_.people().people) {
            if (!listing_.group.empty() && !has(members, handle)) continue;
            if (!listing_.status.empty() && level_of(state_, person, look_.now) != listing_.status) continue;
            if (!listing_.person.empty() && handle != listing_.person) continue;
            add(row_of(state_, person, look_.now), brief_json(state_, person, look_.now));
        }
    }

    void list_groups() {
        for (const auto& [id, charter] : state_.people().charters) {
            if (!listing_.group.empty() && id != listing_.group && charter.parent != listing_.group) continue;
            if (!listing_.person.empty() && !has(state_.people().seated(id, std::nullopt, look_.now), listing_.person))
                continue;
            add(row_of(state_, charter, look_.now), brief_json(state_, charter, look_.now));
        }
    }

    void list_organizations() {
        for (const auto& [id, organization] : state_.people().organizations)
            add(row_of(organization), brief_json(organization));
    }

    void list_elections() {
        for (const auto& [id, contest] : state_.contests()) {
            const model::Election& election = contest.election();
            if (!listing_.status.empty() && model::election_status_word(election.status) != listing_.status) continue;
            if (!listing_.group.empty() && election.group != listing_.group) continue;
            if (!listing_.person.empty() && !contest.candidates.contains(listing_.person)) continue;
            add(row_of(contest), brief_json(contest));
        }
    }

    const Look& look_;
    const app::State& state_;
    const Listing& listing_;
    Table table_;
    ordered_json records_ = ordered_json::array();
};

Result<void> must_be_known(const app::State& state, const Listing& listing) {
    if (!listing.group.empty() && state.people().charters.count(listing.group) == 0) {
        return Error{ErrorKind::not_found,
                     fmt::format("there is no group \"{}\"", listing.group),
                     {"`govctl group list` shows them"}};
    }
    if (!listing.person.empty() && state.people().person(listing.person) == nullptr) {
        return Error{ErrorKind::not_found,
                     fmt::format("nobody on record is called \"{}\"", listing.person),
                     {"`govctl person list` shows them"}};
    }
    return {};
}

}  // namespace

Result<Exit> list_records(const Invocation& invocation, const std::string& command, const Listing& listing) {
    GOVCTL_TRY(const Look seen, look(invocation));
    GOVCTL_CHECK(must_be_known(*seen.state, listing));
    Lister lister(seen, listing);
    lister.list();
    lister.print(invocation, command);
    return Exit::done;
}

void define_list(Syntax& syntax) {
    const auto listing = std::make_shared<Listing>();
    syntax
        .operand("KIND", &listing->kind, "rfc, motion, decision, election, person, group or organization",
                 {"rfc", "motion", "decision", "election", "person", "group", "organization"})
        .option("--status", "STATUS", &listing->status, "only these: a status, an outcome, a level of people")
        .option("--group", "GROUP", &listing->group, "only what is before this group, or in it")
        .option("--person", "HANDLE", &listing->person, "only what this person wrote, is about, or takes part in")
        .reads([listing](const Invocation& invocation) {
            Listing wanted = *listing;
            wanted.person = normal_handle(wanted.person);
            return list_records(invocation, "list", wanted);
        });
}

}  // namespace govctl::cli
