#include "govctl/record/write.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <utility>

namespace govctl::record {
namespace {

using yaml::Value;

/// The entries of a mapping, in order; what is empty is left out.
class Entries {
public:
    Entries& add(std::string key, Value value) {
        entries_.emplace_back(std::move(key), std::move(value));
        return *this;
    }
    Entries& add(std::string key, int number) { return add(std::move(key), Value(std::to_string(number))); }

    Entries& text(std::string key, const std::string& text) {
        return text.empty() ? *this : add(std::move(key), Value(text));
    }
    Entries& instant(std::string key, const std::optional<Instant>& instant) {
        return instant ? add(std::move(key), Value(instant->str())) : *this;
    }
    Entries& date(std::string key, const std::optional<Instant>& instant) {
        if (!instant) return *this;
        constexpr int day = 24 * 60 * 60;
        return add(std::move(key), Value(instant->seconds % day == 0 ? instant->date() : instant->str()));
    }
    Entries& texts(std::string key, const std::vector<std::string>& texts) {
        return texts.empty() ? *this : add(std::move(key), sequence(texts));
    }
    /// A block of items, each on a line of its own.
    template <class T>
    Entries& lines(std::string key, const std::vector<T>& items) {
        if (items.empty()) return *this;
        std::vector<Value> values;
        for (const T& item : items) values.push_back(value_of(item));
        return add(std::move(key), Value::sequence(std::move(values)));
    }

    Value block() && { return Value::mapping(std::move(entries_)); }
    Value flow() && { return Value::mapping(std::move(entries_), true); }

    static Value sequence(const std::vector<std::string>& texts) {
        return Value::sequence({texts.begin(), texts.end()}, true);
    }

private:
    static Value value_of(const model::Position& position);
    static Value value_of(const model::Objection& objection);
    static Value value_of(const model::Because& because);
    static Value value_of(const model::Key& key) { return to_value(key); }
    static Value value_of(const model::Affiliation& affiliation);
    static Value value_of(const model::LadderEntry& entry) { return to_value(entry); }
    static Value value_of(const model::Mentorship& mentorship);
    static Value value_of(const model::Agreement& agreement);
    static Value value_of(const model::Interest& interest);
    static Value value_of(const model::Endorsements::Line& line);

    std::vector<std::pair<std::string, Value>> entries_;
};

void add_position(Entries& entries, const model::Position& position) {
    if (position.vote) entries.add("vote", Value(std::string(model::vote_word(*position.vote))));
    if (position.rank) {
        std::vector<Value> tiers;
        for (const auto& tier : *position.rank) tiers.push_back(Entries::sequence(tier));
        entries.add("rank", Value::sequence(std::move(tiers), true));
    }
    if (position.approve) entries.add("approve", Entries::sequence(*position.approve));
    if (position.score) {
        Entries scores;
        for (const auto& [option, points] : *position.score) scores.add(option, points);
        entries.add("score", std::move(scores).flow());
    }
    entries.text("sealed", position.sealed).text("reason", position.reason);
}

Value Entries::value_of(const model::Position& position) {
    Entries entries;
    entries.instant("cast", position.cast).add("round", position.round).text("text", position.text);
    add_position(entries, position);
    return std::move(entries).flow();
}

Value Entries::value_of(const model::Objection& objection) {
    Entries entries;
    entries.text("name", objection.name).text("reason", objection.reason);
    entries.instant("raised", objection.raised).instant("resolved", objection.resolved);
    return std::move(entries).flow();
}

Value condition_value(const model::ConditionFigures& figures) {
    Entries entries;
    entries.text("is", figures.is).text("left", figures.left).text("right", figures.right);
    entries.text("met", figures.met ? "true" : "false").text("group", figures.group);
    return std::move(entries).flow();
}

Value tiers_value(const std::vector<std::vector<std::string>>& tiers) {
    std::vector<Value> values;
    for (const auto& tier : tiers) values.push_back(Entries::sequence(tier));
    return Value::sequence(std::move(values), true);
}

Value dropped_value(const model::DroppedOption& dropped) {
    Entries entries;
    entries.text("option", dropped.option).text("why", dropped.why);
    entries.text("over", std::to_string(dropped.over)).text("under", std::to_string(dropped.under));
    return std::move(entries).flow();
}

Value pairs_value(const std::map<std::string, std::map<std::string, std::int64_t>>& pairs) {
    Entries rows;
    for (const auto& [first, others] : pairs) {
        Entries row;
        for (const auto& [second, ballots] : others) row.text(second, std::to_string(ballots));
        rows.add(first, std::move(row).flow());
    }
    return std::move(rows).flow();
}

Value option_tally_value(const model::OptionTally& tally) {
    Entries entries;
    entries.text("method", tally.method).text("counted", std::to_string(tally.counted));
    entries.text("winner", tally.winner).texts("tied", tally.tied).add("order", tiers_value(tally.order));
    std::vector<Value> dropped;
    for (const model::DroppedOption& each : tally.dropped) dropped.push_back(dropped_value(each));
    if (!dropped.empty()) entries.add("dropped", Value::sequence(std::move(dropped), true));
    if (!tally.pairs.empty()) entries.add("pairs", pairs_value(tally.pairs));
    Entries totals;
    for (const auto& [option, points] : tally.totals) totals.text(option, points);
    if (!tally.totals.empty()) entries.add("totals", std::move(totals).flow());
    return std::move(entries).flow();
}

Value Entries::value_of(const model::Because& because) {
    std::vector<Value> conditions;
    for (const auto& figures : because.conditions) conditions.push_back(condition_value(figures));
    Entries entries;
    entries.text("stage", because.stage).instant("from", because.from).instant("to", because.to);
    entries.text("state", std::string(model::run_state_word(because.state)));
    entries.add("conditions", Value::sequence(std::move(conditions), true));
    if (because.tally) entries.add("tally", option_tally_value(*because.tally));
    std::vector<Value> settled;
    for (const auto& [by, said] : because.settled)
        settled.push_back(std::move(Entries().text("by", by).text("said", said)).flow());
    if (!settled.empty()) entries.add("settled", Value::sequence(std::move(settled), true));
    return std::move(entries).flow();
}

Value Entries::value_of(const model::Affiliation& affiliation) {
    Entries entries;
    entries.text("organization", affiliation.organization);
    entries.date("since", affiliation.since).date("until", affiliation.until);
    return std::move(entries).flow();
}

Value Entries::value_of(const model::Mentorship& mentorship) {
    Entries entries;
    entries.text("mentee", mentorship.mentee).date("since", mentorship.since).date("until", mentorship.until);
    return std::move(entries).flow();
}

Value Entries::value_of(const model::Agreement& agreement) {
    Entries entries;
    entries.text("text", agreement.text).text("blob", agreement.blob).date("on", agreement.on);
    return std::move(entries).flow();
}

Value Entries::value_of(const model::Interest& interest) {
    Entries entries;
    entries.text("in", interest.in).text("why", interest.why);
    entries.date("since", interest.since).date("until", interest.until);
    return std::move(entries).flow();
}

Value Entries::value_of(const model::Endorsements::Line& line) {
    Entries entries;
    entries.text("candidate", line.candidate).instant("at", line.at);
    return std::move(entries).flow();
}

Value electorate_value(const model::Decision& decision) {
    std::vector<Value> recused;
    for (const auto& [person, why] : decision.recused) {
        recused.push_back(std::move(Entries().text("person", person).text("why", why)).flow());
    }
    Entries entries;
    entries.add("eligible", Entries::sequence(decision.eligible));
    entries.add("recused", Value::sequence(std::move(recused), true));
    return std::move(entries).flow();
}

Value tally_value(const model::TallyFigures& tally) {
    Entries entries;
    const std::pair<const char*, std::int64_t> figures[] = {{"yes", tally.yes},
                                                            {"no", tally.no},
                                                            {"abstain", tally.abstain},
                                                            {"objections", tally.objections},
                                                            {"missing", tally.missing}};
    for (const auto& [word, figure] : figures) entries.add(word, Value(std::to_string(figure)));
    return std::move(entries).flow();
}

Value accounts_value(const std::map<std::string, std::string>& accounts) {
    Entries entries;
    for (const auto& [forge, login] : accounts) entries.text(forge, login);
    return std::move(entries).flow();
}

/// `approvers: {add: [], remove: []}` of an ownership effect.
void add_changes(Entries& entries, const char* key, const std::vector<std::string>& add,
                 const std::vector<std::string>& remove) {
    if (add.empty() && remove.empty()) return;
    entries.add(key, std::move(Entries().texts("add", add).texts("remove", remove)).flow());
}

}  // namespace

std::string write_ballot(const model::Ballot& ballot) {
    Entries entries;
    entries.text("kind", "ballot").text("matter", ballot.matter).text("voter", ballot.voter);
    entries.add("round", ballot.now.round).text("text", ballot.now.text).instant("cast", ballot.now.cast);
    add_position(entries, ballot.now);
    entries.lines("objections", ballot.objections).instant("second", ballot.second).instant("appeal", ballot.appeal);
    if (ballot.recused) {
        entries.add("recused",
                    std::move(Entries().instant("at", ballot.recused->at).text("why", ballot.recused->why)).flow());
    }
    entries.lines("earlier", ballot.earlier);
    if (ballot.under) entries.add("under", to_value(*ballot.under));
    entries.text("signature", ballot.signature);
    return yaml::emit(std::move(entries).block());
}

std::string write_decision(const model::Decision& decision) {
    Entries entries;
    entries.text("kind", "decision").text("subject", decision.subject).text("group", decision.group);
    entries.text("outcome", std::string(model::outcome_word(decision.outcome)));
    entries.text("option", decision.option);
    if (decision.was) entries.text("was", std::string(model::outcome_word(*decision.was)));
    entries.instant("decided", decision.decided).text("by", decision.by).text("evidence", decision.evidence);
    entries.add("rule", to_value(decision.rule)).add("round", decision.round).text("text", decision.text);
    entries.add("electorate", electorate_value(decision)).add("tally", tally_value(decision.tally));
    if (decision.because.empty()) entries.add("because", Value::sequence({}, true));
    entries.lines("because", decision.because).texts("enacted", decision.enacted);
    return yaml::emit(std::move(entries).block());
}

std::string write_person(const model::Person& person) {
    Entries entries;
    entries.text("kind", "person").text("handle", person.handle).text("name", person.name);
    entries.texts("emails", person.emails).lines("keys", person.keys);
    if (!person.accounts.empty()) entries.add("accounts", accounts_value(person.accounts));
    entries.texts("aliases", person.aliases);
    entries.lines("affiliations", person.affiliations).lines("ladder", person.ladder).text("mentor", person.mentor);
    entries.lines("mentorships", person.mentorships)
        .lines("agreed", person.agreed)
        .lines("interests", person.interests);
    return yaml::emit(std::move(entries).block());
}

std::string write_candidate(const model::Candidate& candidate) {
    Entries entries;
    entries.text("kind", "candidate").text("election", candidate.election).text("person", candidate.person);
    entries.instant("nominated", candidate.nominated).text("by", candidate.by);
    entries.instant("accepted", candidate.accepted).instant("withdrawn", candidate.withdrawn);
    return yaml::emit(std::move(entries).block());
}

std::string write_endorsements(const model::Endorsements& endorsements) {
    Entries entries;
    entries.text("kind", "endorsement").text("election", endorsements.election).text("by", endorsements.by);
    entries.lines("candidates", endorsements.lines);
    return yaml::emit(std::move(entries).block());
}

std::string write_voters(const model::Roll& roll) {
    Entries entries;
    entries.text("kind", "voters").text("election", roll.election).instant("at", roll.at);
    std::vector<Value> voters(roll.voters.begin(), roll.voters.end());
    const bool is_empty = voters.empty();
    entries.add("voters", Value::sequence(std::move(voters), is_empty));
    return yaml::emit(std::move(entries).block());
}

yaml::Value to_value(const model::Ground& ground) {
    Entries entries;
    entries.add("round", ground.round).text("text", ground.text).text("charter", ground.charter);
    return std::move(entries).flow();
}

yaml::Value to_value(const model::Key& key) {
    if (!key.revoked && key.signature.empty()) return key.line;
    Entries entries;
    entries.text("key", key.line);
    if (key.revoked) {
        const char* why = key.revoked->compromised ? "compromised" : "replaced";
        entries.add("revoked", std::move(Entries().text("at", key.revoked->at).text("why", why)).flow());
    }
    if (key.signature.empty()) return std::move(entries).flow();
    entries.text("by", key.by).text("signature", key.signature);
    return std::move(entries).block();
}

yaml::Value to_value(const model::RuleRef& rule) {
    Entries entries;
    entries.text("name", rule.name)
        .text("group", rule.group)
        .text("charter", rule.charter)
        .text("project", rule.project);
    return std::move(entries).flow();
}

yaml::Value to_value(const model::HistoryEntry& entry) {
    Entries entries;
    entries.text("act", entry.act).instant("at", entry.at).add("round", entry.round).text("by", entry.by);
    entries.text("text", entry.text).text("group", entry.group);
    return std::move(entries).flow();
}

yaml::Value to_value(const model::Seat& seat) {
    Entries entries;
    entries.text("role", seat.role).text("person", seat.person).date("since", seat.since).date("until", seat.until);
    entries.text("by", seat.by).text("ended", seat.ended);
    return std::move(entries).flow();
}

yaml::Value to_value(const model::LadderEntry& entry) {
    Entries entries;
    entries.text("level", entry.level).date("since", entry.since).date("until", entry.until).text("by", entry.by);
    return std::move(entries).flow();
}

yaml::Value to_value(const model::Effect& effect) {
    Entries entries;
    entries.text("group", effect.group).text("role", effect.role).text("person", effect.person);
    const bool is_top = effect.kind == model::Effect::Kind::ownership && effect.path.empty();
    entries.text("level", effect.level)
        .text("path", is_top ? "." : effect.path)
        .text("from", effect.from)
        .date("until", effect.until);
    add_changes(entries, "approvers", effect.add_approvers, effect.remove_approvers);
    add_changes(entries, "reviewers", effect.add_reviewers, effect.remove_reviewers);
    if (effect.was) entries.text("was", effect.was->empty() ? "none" : *effect.was);
    Entries outer;
    outer.add(std::string(model::effect_word(effect.kind)), std::move(entries).flow());
    return std::move(outer).flow();
}

}  // namespace govctl::record
