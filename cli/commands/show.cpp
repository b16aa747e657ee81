#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "command.hpp"
#include "govctl/app/query.hpp"
#include "govctl/base/text.hpp"
#include "reading.hpp"
#include "render/course.hpp"
#include "render/elections.hpp"
#include "render/records.hpp"
#include "render/supports.hpp"
#include "render/words.hpp"
#include "showing.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

/// A record as text, field by field, and as JSON.
class Page {
public:
    Page(const Invocation& invocation, const Look& look) : out_(invocation.out), look_(look), state_(*look.state) {}

    void field(const std::string& name, const Text& value) {
        if (!value.empty()) out_.line(Text(Style::faint, fmt::format("  {:<12}", name)) + value);
    }
    void field(const std::string& name, const std::vector<std::string>& values) {
        field(name, Text(join(values, ", ")));
    }
    /// The name on the first line only.
    void fields(const std::string& name, const std::vector<std::string>& values) {
        for (std::size_t i = 0; i < values.size(); ++i) field(i == 0 ? name : "", Text(values[i]));
    }

    void matter(const app::Matter& matter);
    void decision(const model::Decision& decision);
    void person(const model::Person& person);
    void group(const app::Loaded<model::Charter>& charter);
    void organization(const app::Loaded<model::Organization>& organization);

private:
    void positions(const app::Matter& matter);
    void standing(const app::Matter& matter);

    Output& out_;
    const Look& look_;
    const app::State& state_;
};

std::string status_words(const model::Proposal& proposal) {
    std::string words(model::status_word(proposal.status));
    if (!proposal.superseded_by.empty()) words += " by " + proposal.superseded_by;
    if (proposal.round > 1) words += fmt::format(", round {}", proposal.round);
    if (proposal.opened) words += ", opened " + minute(*proposal.opened);
    return words;
}

void Page::matter(const app::Matter& matter) {
    const model::Proposal& proposal = matter.proposal();
    out_.line(Text(Style::name, matter.id().str()) + " " + Text(Style::strong, proposal.title));
    field("status", status_words(proposal));
    field("type", proposal.type);
    field("group", fmt::format("{} ({})", group_name(state_, proposal.deciding_group()), proposal.deciding_group()));
    field("with", proposal.with);
    field(proposal.is_rfc ? "authors" : "by", proposal.authors);
    field("sponsor", proposal.sponsor);
    field("about", proposal.subject);
    if (proposal.rule) field("rule", proposal.rule->group + "/" + proposal.rule->name);
    field("supersedes", proposal.supersedes);
    field("requires", proposal.requires_);
    field("aliases", proposal.aliases);
    std::vector<std::string> options, effects;
    for (const model::Option& option : proposal.options)
        options.push_back(
            fmt::format("{}: {}{}", option.id, option.title, option.kind.empty() ? "" : ", " + option.kind));
    fields("options", options);
    for (const model::Effect& effect : proposal.effects)
        effects.push_back((effect.option.empty() ? "" : effect.option + ": ") + effect_words(effect));
    fields("effects", effects);
    field("folder", matter.folder());
    for (const auto* decision : state_.decisions_on(matter.id())) {
        field("decision", fmt::format("{} {}  decision/{}", model::outcome_word(decision->value.outcome),
                                      minute(decision->value.decided), decision->value.id));
    }
    positions(matter);
    standing(matter);
}

std::string_view freshness_words(rules::Freshness freshness) {
    switch (freshness) {
        case rules::Freshness::counts:
            return "";
        case rules::Freshness::stale_text:
            return "stale: about an earlier text";
        case rules::Freshness::other_round:
            return "of another round";
        case rules::Freshness::no_vote:
            return "";
    }
    return "";
}

Text position_word(const model::Ballot& ballot) {
    if (ballot.recused) return {Style::faint, "recused"};
    if (!ballot.now.is_vote()) return {Style::faint, "no vote"};
    const Style style = ballot.now.vote == model::Vote::yes  ? Style::good
                        : ballot.now.vote == model::Vote::no ? Style::bad
                                                             : Style::plain;
    return {style, ballot.now.words()};
}

void Page::positions(const app::Matter& matter) {
    if (matter.ballots.empty()) return;
    out_.line(Text("positions"));
    Table table;
    table.indented(2).flexible(3);
    for (const auto& [voter, record] : matter.ballots) {
        const model::Ballot& ballot = record.value;
        const std::string stale(freshness_words(rules::freshness(matter.proposal(), ballot, look_.now)));
        std::vector<std::string> more;
        if (!stale.empty()) more.push_back(stale);
        if (ballot.second) more.emplace_back("seconds it");
        if (ballot.appeal) more.emplace_back("appeals");
        if (ballot.recused) more.push_back(ballot.recused->why);
        if (!ballot.now.reason.empty()) more.push_back(ballot.now.reason);
        table.row({voter, position_word(ballot), minute(ballot.now.cast), join(more, "; ")});
        for (const model::Objection& objection : ballot.objections) {
            const Text mark = objection.resolved ? Text(Style::faint, "resolved") : Text(Style::bad, "objects");
            table.row(
                {"", mark, minute(objection.raised), fmt::format("\"{}\": {}", objection.name, objection.reason)});
        }
    }
    table.print(out_);
    print_supports(out_, app::supports(state_, matter));
}

void Page::standing(const app::Matter& matter) {
    if (matter.proposal().status != model::Status::open) return;
    const auto course = app::course_of(state_, matter, look_.now);
    if (!course) {
        field("stands", "cannot be judged: " + course.error().message);
        return;
    }
    out_.line("stands at " + std::string(standing_word(*course)));
    print_course(out_, {state_, matter, *course, look_.now});
}

void Page::decision(const model::Decision& decision) {
    out_.line(Text(Style::name, "decision/" + decision.id) + " " +
              Text(Style::strong, model::outcome_word(decision.outcome)));
    field("subject", decision.subject + " " + subject_title(state_, decision));
    field("group", group_name(state_, decision.group) + " (" + decision.group + ")");
    field("decided", minute(decision.decided) + (decision.by.empty() ? "" : ", run by " + decision.by));
    field("option", decision.option);
    if (decision.was) field("was", std::string(model::outcome_word(*decision.was)));
    field("rule", decision.rule.group + "/" + decision.rule.name);
    field("round", decision.round > 1 ? std::to_string(decision.round) : "");
    field("eligible", decision.eligible);
    std::vector<std::string> recused;
    for (const model::RecusedPerson& each : decision.recused)
        recused.push_back(fmt::format("{} ({})", each.person, each.why));
    fields("recused", recused);
    field("tally",
          fmt::format("yes {}, no {}, abstain {}, {}, missing {}", decision.tally.yes, decision.tally.no,
                      decision.tally.abstain, counted(static_cast<std::size_t>(decision.tally.objections), "objection"),
                      decision.tally.missing));
    fields("enacted", decision.enacted);
    out_.line("because");
    print_decision_runs(out_, decision);
}

void Page::person(const model::Person& person) {
    out_.line(Text(Style::name, "person/" + person.handle) + " " + Text(Style::strong, person.name));
    field("e-mail", person.emails);
    for (const auto& [forge, login] : person.accounts) field(forge, login);
    field("also", person.aliases);
    field("employer", model::employer(person, look_.now).value_or(""));
    field("level", level_of(state_, person, look_.now));
    fields("seats", seats_of(state_, person.handle, look_.now));
    field("mentor", person.mentor);
    std::vector<std::string> keys;
    for (const sign::PublicKey& key : app::keys_of(person)) keys.push_back(key.fingerprint() + " " + key.comment);
    fields("keys", keys);
}

void Page::group(const app::Loaded<model::Charter>& record) {
    const model::Charter& charter = record.value;
    out_.line(Text(Style::name, "group/" + charter.id) + " " + Text(Style::strong, charter.name));
    field("type", std::string(model::group_type_word(charter.type)));
    field("parent", charter.parent);
    field("mission", charter.mission);
    fields("areas", charter.areas);
    field("duties", charter.duties);
    for (const model::Role& role : charter.roles) {
        const auto holders = state_.people().seated(charter.id, role.name, look_.now);
        field(role.name, fmt::format("{} (seats: {}{})", holders.empty() ? "vacant" : join(holders, ", "),
                                     role.seats.str(), role.filled_by.empty() ? "" : ", by " + role.filled_by));
    }
    std::vector<std::string> procedures;
    for (const auto& [kind, procedure] : charter.decisions)
        procedures.push_back(fmt::format("{}: {}", kind, procedure.rule));
    fields("decisions", procedures);
    field("charter", record.path);
}

void Page::organization(const app::Loaded<model::Organization>& record) {
    const model::Organization& organization = record.value;
    out_.line(Text(Style::name, "organization/" + organization.id) + " " + Text(Style::strong, organization.name));
    field("domains", organization.domains);
    field("related", organization.related);
    std::vector<std::string> people;
    for (const auto& [handle, person] : state_.people().people) {
        if (model::employer(person, look_.now) == organization.id) people.push_back(handle);
    }
    field("people", people);
}

ordered_json ballots_json(const app::State& state, const app::Matter& matter, Instant now) {
    const ordered_json rests_on = supports_json(app::supports(state, matter));
    ordered_json ballots = ordered_json::array();
    for (const auto& [voter, record] : matter.ballots) {
        const model::Ballot& ballot = record.value;
        ordered_json objections = ordered_json::array();
        for (const model::Objection& each : ballot.objections) {
            objections.push_back(
                {{"name", each.name},
                 {"reason", each.reason},
                 {"raised", each.raised.str()},
                 {"resolved", each.resolved ? ordered_json(each.resolved->str()) : ordered_json(nullptr)}});
        }
        const bool counts = rules::freshness(matter.proposal(), ballot, now) == rules::Freshness::counts;
        ballots.push_back({{"voter", voter},
                           {"vote", ballot.now.is_vote() ? ordered_json(ballot.now.words()) : ordered_json(nullptr)},
                           {"cast", ballot.now.cast.str()},
                           {"counts", counts},
                           {"reason", ballot.now.reason},
                           {"recused", ballot.recused ? ordered_json(ballot.recused->why) : ordered_json(nullptr)},
                           {"objections", std::move(objections)},
                           {"rests_on", rests_on.value(voter, ordered_json(nullptr))}});
    }
    return ballots;
}

ordered_json matter_json(const app::State& state, const app::Matter& matter, Instant now) {
    ordered_json json = brief_json(matter);
    const model::Proposal& proposal = matter.proposal();
    ordered_json effects = ordered_json::array();
    for (const model::Effect& effect : proposal.effects) effects.push_back(effect_words(effect));
    ordered_json decisions = ordered_json::array();
    for (const auto* decision : state.decisions_on(matter.id())) decisions.push_back("decision/" + decision->value.id);
    json["subject"] = proposal.subject;
    json["supersedes"] = proposal.supersedes;
    json["superseded_by"] =
        proposal.superseded_by.empty() ? ordered_json(nullptr) : ordered_json(proposal.superseded_by);
    json["effects"] = std::move(effects);
    json["ballots"] = ballots_json(state, matter, now);
    json["decisions"] = std::move(decisions);
    if (proposal.status == model::Status::open) {
        if (const auto course = app::course_of(state, matter, now)) {
            json["stages"] = stages_json({state, matter, *course, now});
            json["next"] = next_json(*course);
        }
    }
    return json;
}

ordered_json decision_json(const app::State& state, const model::Decision& decision) {
    ordered_json json = brief_json(state, decision);
    ordered_json stages = ordered_json::array();
    for (const model::Because& run : decision.because) stages.push_back(to_json(run));
    json["rule"] = decision.rule.group + "/" + decision.rule.name;
    json["round"] = decision.round;
    json["by"] = decision.by;
    json["evidence"] = decision.evidence;
    json["eligible"] = decision.eligible;
    json["stages"] = std::move(stages);
    return json;
}

template <class Records>
std::vector<std::string> keys(const Records& records) {
    std::vector<std::string> all;
    for (const auto& [key, record] : records) all.push_back(key);
    return all;
}

}  // namespace

Error unknown(const std::string& what, const std::string& name, const std::vector<std::string>& known) {
    Error error{ErrorKind::not_found, fmt::format("there is no {} \"{}\"", what, name)};
    if (const auto meant = nearest(name, known)) error.hints.push_back(fmt::format("did you mean \"{}\"?", *meant));
    return error;
}

Error unknown(const app::State& state, const std::string& what, const std::string& name, const std::string& path,
              const std::vector<std::string>& known) {
    if (state.file(path) == nullptr) return unknown(what, name, known);
    return {ErrorKind::invalid,
            fmt::format("{} cannot be read", path),
            {fmt::format("`govctl validate {}` says why", path)}};
}

namespace {

/// Looks a record up by the name its kind knows it by, and shows it.
class Shower {
public:
    Shower(const Invocation& invocation, const std::string& command, const Look& look)
        : invocation_(invocation), command_(command), look_(look), state_(*look.state) {}

    Result<Exit> person(const std::string& handle) {
        const model::Person* found = state_.people().person(handle);
        const std::string path = record::person_path(state_.root(), normal_handle(handle));
        if (found == nullptr) return unknown(state_, "person", handle, path, keys(state_.people().people));
        return show(
            *found, [&] { return brief_json(state_, *found, look_.now); }, &Page::person);
    }

    Result<Exit> group(const std::string& id) {
        const auto found = state_.charter_records().find(id);
        const std::string path = record::charter_path(state_.root(), id);
        if (found == state_.charter_records().end())
            return unknown(state_, "group", id, path, keys(state_.charter_records()));
        return show(
            found->second, [&] { return brief_json(state_, found->second.value, look_.now); }, &Page::group);
    }

    Result<Exit> organization(const std::string& id) {
        const auto& records = state_.organization_records();
        const auto found = records.find(id);
        const std::string path = record::organization_path(state_.root(), id);
        if (found == records.end()) return unknown(state_, "organization", id, path, keys(records));
        return show(
            found->second, [&] { return brief_json(found->second.value); }, &Page::organization);
    }

    Result<Exit> decision(const std::string& name) {
        const auto& records = state_.decision_records();
        const auto found = records.find(name);
        const std::string path = record::decision_path(state_.root(), name);
        if (found == records.end()) return unknown(state_, "decision", name, path, keys(records));
        return show(
            found->second.value, [&] { return decision_json(state_, found->second.value); }, &Page::decision);
    }

    Result<Exit> election(const std::string& name) {
        GOVCTL_TRY(const app::Contest* found, state_.find_contest(name));
        if (invocation_.format == Format::json) {
            ordered_json json = {{"schema", "govctl." + command_ + "/1"}};
            json.update(election_json(state_, *found, look_.now));
            invocation_.out.json(json);
        } else {
            print_election(invocation_.out, state_, *found, look_.now);
        }
        return Exit::done;
    }

    Result<Exit> matter(const std::string& name) {
        GOVCTL_TRY(const app::Matter* found, state_.find_matter(name));
        return show(
            *found, [&] { return matter_json(state_, *found, look_.now); }, &Page::matter);
    }

private:
    template <class Record, class ToJson>
    Result<Exit> show(const Record& record, ToJson to_json, void (Page::*print)(const Record&)) {
        if (invocation_.format == Format::json) {
            ordered_json json = {{"schema", "govctl." + command_ + "/1"}};
            json.update(to_json());
            invocation_.out.json(json);
        } else {
            Page page(invocation_, look_);
            (page.*print)(record);
        }
        return Exit::done;
    }

    const Invocation& invocation_;
    const std::string& command_;
    const Look& look_;
    const app::State& state_;
};

}  // namespace

Result<Exit> show_record(const Invocation& invocation, const std::string& command, const std::string& id) {
    GOVCTL_TRY(const Look seen, look(invocation));
    Shower shower(invocation, command, seen);
    const std::size_t slash = id.find('/');
    const std::string space = slash == std::string::npos ? "" : id.substr(0, slash);
    const std::string name = slash == std::string::npos ? id : id.substr(slash + 1);
    if (space == "person") return shower.person(name);
    if (space == "group") return shower.group(name);
    if (space == "organization") return shower.organization(name);
    if (space == "decision") return shower.decision(name);
    if (seen.state->names_contest(id)) return shower.election(id);
    return shower.matter(id);
}

void define_show(Syntax& syntax) {
    const auto id = std::make_shared<std::string>();
    syntax.operand("ID", id.get(), "rfc-42, motion/…, decision/…, election/…, person/…, group/… or organization/…")
        .reads([id](const Invocation& invocation) { return show_record(invocation, "show", *id); });
}

}  // namespace govctl::cli
