#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "contest_edit.hpp"
#include "election_limits.hpp"
#include "govctl/base/sha256.hpp"
#include "govctl/base/text.hpp"
#include "govctl/record/write.hpp"

namespace govctl::app {

namespace {

using model::Election;
using model::ElectionStatus;
using yaml::Value;

Value list_of(const std::vector<std::string>& texts) {
    return Value::sequence({texts.begin(), texts.end()}, true);
}

// ---- the count ------------------------------------------------------------------------------------------------------

const model::Role* role_of(const State& state, const Election& election) {
    const auto charter = state.people().charters.find(election.group);
    return charter == state.people().charters.end() ? nullptr : charter->second.role(election.role);
}

/// What ballots.csv of a secret election holds.
Result<tally::Ballots> published_ballots(const State& state, const Contest& contest, tally::Marks marks) {
    GOVCTL_TRY(const std::string csv, state.snapshot().read(contest.folder() + "ballots.csv"));
    GOVCTL_TRY(const auto published, read_published(contest, csv));
    tally::Ballots ballots(marks, options_of(contest.election()));
    for (const PublishedBallot& each : published) {
        std::vector<std::uint32_t> ranks;
        std::vector<std::optional<std::uint32_t>> scores;
        for (const auto& mark : each.marks) {
            ranks.push_back(static_cast<std::uint32_t>(mark.value_or(0)));
            scores.push_back(mark ? std::optional(static_cast<std::uint32_t>(*mark)) : std::nullopt);
        }
        if (marks == tally::Marks::ranks)
            ballots.add_ranks(ranks);
        else
            ballots.add_scores(scores);
    }
    return ballots;
}

tally::Ballots open_ballots(const Contest& contest, tally::Marks marks) {
    const auto options = options_of(contest.election());
    tally::Ballots ballots(marks, options);
    const auto place = [&](const std::string& option) {
        return static_cast<std::size_t>(std::find(options.begin(), options.end(), option) - options.begin());
    };
    for (const auto& [voter, record] : contest.ballots) {
        const model::Position& said = record.value.now;
        if (marks == tally::Marks::ranks) {
            std::vector<std::uint32_t> ranks(options.size(), 0);
            for (std::size_t tier = 0; said.rank && tier < said.rank->size(); ++tier)
                for (const std::string& option : (*said.rank)[tier])
                    if (place(option) < ranks.size()) ranks[place(option)] = static_cast<std::uint32_t>(tier + 1);
            ballots.add_ranks(ranks);
            continue;
        }
        std::vector<std::optional<std::uint32_t>> scores(options.size());
        for (const std::string& option : said.options()) {
            if (place(option) >= scores.size()) continue;
            scores[place(option)] = said.score ? static_cast<std::uint32_t>(said.score->at(option)) : 1U;
        }
        ballots.add_scores(scores);
    }
    return ballots;
}

Result<tally::Ballots> ballots_of(const State& state, const Contest& contest, tally::Marks marks) {
    const bool is_published = contest.election().secret && !contest.election().is_uncontested();
    auto ballots = is_published ? published_ballots(state, contest, marks) : open_ballots(contest, marks);
    if (!ballots) return ballots;
    const auto options = options_of(contest.election());
    for (std::size_t i = 0; i < options.size(); ++i)
        if (auto known = contest.candidates.find(options[i]);
            known != contest.candidates.end() && known->second.value.withdrawn)
            ballots->withdrawn.push_back(i);
    return ballots;
}

tally::TieBreak tie_break(const Election& election) {
    using Kind = tally::TieBreak::Kind;
    if (election.tie.kind == model::TieRule::Kind::lot) return {Kind::lot, {}, election.seed};
    if (!election.casting) return {};
    tally::TieBreak order{Kind::order, {}, ""};
    const auto options = options_of(election);
    std::vector<std::string> named = election.casting->order;
    for (const std::string& option : options)
        if (std::find(named.begin(), named.end(), option) == named.end()) named.push_back(option);
    for (const std::string& option : named)
        order.order.push_back(
            static_cast<std::size_t>(std::find(options.begin(), options.end(), option) - options.begin()));
    return order;
}

std::vector<Duration> lengths_of(const State& state, const Election& election) {
    if (!election.terms.empty()) return election.terms;
    const model::Role* role = role_of(state, election);
    return role && role->terms.length ? std::vector{*role->terms.length} : std::vector<Duration>{};
}

std::optional<Duration> length_at(const std::vector<Duration>& lengths, std::size_t rank) {
    if (lengths.empty()) return std::nullopt;
    return lengths[std::min(rank, lengths.size() - 1)];
}

/// Two who are equal, and elected both, to terms of different lengths.
std::string tie_for_terms(const State& state, const Contest& contest, const Counted& counted) {
    const auto lengths = lengths_of(state, contest.election());
    if (counted.question.tie.kind != tally::TieBreak::Kind::report) return "";
    const auto rank = [&](const std::string& who) {
        return std::find(counted.elected.begin(), counted.elected.end(), who) - counted.elected.begin();
    };
    for (const auto& tier : counted.tally.order) {
        std::vector<std::string> equal;
        std::set<std::string> dealt;
        for (const tally::Candidate each : tier) {
            const std::string& who = counted.ballots.candidates()[each];
            const auto at = rank(who);
            if (static_cast<std::size_t>(at) == counted.elected.size()) continue;
            equal.push_back(who);
            dealt.insert(length_at(lengths, static_cast<std::size_t>(at)).value_or(Duration{}).str());
        }
        if (dealt.size() > 1)
            return fmt::format("{} are equal, and terms of {} are to be dealt to them", name_list(equal),
                               join({dealt.begin(), dealt.end()}, " and "));
    }
    return "";
}

std::string tie_in_words(const Counted& counted) {
    if (!counted.tally.tie) return "";
    std::vector<std::string> between;
    for (const tally::Candidate each : counted.tally.tie->between)
        between.push_back(counted.ballots.candidates()[each]);
    return fmt::format(
        "{} are tied for {}", name_list(between),
        counted.tally.tie->seats == 1 ? "the last seat" : fmt::format("the last {} seats", counted.tally.tie->seats));
}

/// The candidates still in it, where they need no vote; in the order that a casting vote or the lot puts them in.
std::vector<std::string> unopposed(const Contest& contest) {
    const Election& election = contest.election();
    std::vector<std::string> people;
    const auto standing = willing(contest);
    for (const std::string& person : election.candidates)
        if (std::binary_search(standing.begin(), standing.end(), person)) people.push_back(person);
    const auto place = [&](const std::string& person) {
        if (election.tie.kind == model::TieRule::Kind::lot) return sha256_hex(election.seed + "\n" + person);
        if (!election.casting) return std::string();
        const auto& order = election.casting->order;
        return fmt::format("{:6}", std::find(order.begin(), order.end(), person) - order.begin());
    };
    std::stable_sort(people.begin(), people.end(),
                     [&](const std::string& a, const std::string& b) { return place(a) < place(b); });
    return people;
}

/// Terms of different lengths for people whom no vote has put in an order.
std::string tie_for_terms(const State& state, const Election& election, const std::vector<std::string>& elected) {
    if (election.tie.kind == model::TieRule::Kind::lot || election.casting) return "";
    const auto lengths = lengths_of(state, election);
    std::set<std::string> dealt;
    for (std::size_t i = 0; i < elected.size(); ++i) dealt.insert(length_at(lengths, i).value_or(Duration{}).str());
    if (dealt.size() < 2) return "";
    return fmt::format("{} are equal, and terms of {} are to be dealt to them", name_list(elected),
                       join({dealt.begin(), dealt.end()}, " and "));
}

/// Everybody, but for whom a limit passes over; which of several it passes over, no vote says.
Result<void> elect_unopposed(const State& state, const Contest& contest, Instant at, Counted& counted) {
    const Election& election = contest.election();
    GOVCTL_TRY(const auto limits, limits_of(state, election, election.since.value_or(at)));
    const std::vector<std::string> standing = unopposed(contest);
    std::vector<tally::Candidate> in_order;
    for (const std::string& person : standing)
        in_order.push_back(static_cast<tally::Candidate>(
            std::find(election.candidates.begin(), election.candidates.end(), person) - election.candidates.begin()));
    counted.tally.skipped = passed_over(in_order, limits);
    for (std::size_t i = 0; i < standing.size(); ++i)
        if (std::none_of(counted.tally.skipped.begin(), counted.tally.skipped.end(),
                         [&](const tally::Skipped& each) { return each.candidate == in_order[i]; }))
            counted.elected.push_back(standing[i]);
    counted.tie = tie_for_terms(state, election, counted.elected);
    if (election.tie.kind == model::TieRule::Kind::lot || election.casting) return {};
    for (const tally::Limit& limit : limits) {
        std::vector<std::string> rivals;
        for (const tally::Candidate each : in_order)
            if (!is_barred(each, limits) && std::find(limit.of.begin(), limit.of.end(), each) != limit.of.end())
                rivals.push_back(election.candidates[each]);
        if (limit.at_most > 0 && rivals.size() > limit.at_most)
            counted.tie = fmt::format("nobody voted, and the limit for {} allows {} of {}", limit.name, limit.at_most,
                                      name_list(rivals));
    }
    return {};
}

Error unsettled(const Contest& contest, const std::string& tie) {
    const Election& election = contest.election();
    std::string settles = "nothing in " + contest.record.path + " settles it: hold another election between them";
    if (election.tie.kind == model::TieRule::Kind::casting_vote)
        settles = fmt::format("{} settles it: `govctl election settle {} 'a > b'`, the best first",
                              election.tie.holder.str(), contest.id().str());
    return {ErrorKind::invalid, fmt::format("{} cannot be certified: {}", contest.id().str(), tie), {settles}};
}

// ---- what the count puts in force -----------------------------------------------------------------------------------

/// Somebody with a seat from this election.
struct Seated {
    std::string person;
    Instant since;
    std::optional<Instant> until;
};

std::vector<Seated> deal(const State& state, const Election& election, const std::vector<std::string>& elected,
                         Instant now) {
    const auto lengths = lengths_of(state, election);
    const Instant since = election.since.value_or(now);
    std::vector<Seated> seated;
    for (std::size_t i = 0; i < elected.size(); ++i) {
        const auto length = length_at(lengths, i);
        seated.push_back(
            {elected[i], since, length ? std::optional(state.project().calendar.after(since, *length)) : std::nullopt});
    }
    return seated;
}

std::string date_text(Instant at) {
    constexpr int day = 24 * 60 * 60;
    return at.seconds % day == 0 ? at.date() : at.str();
}

Result<std::string> roster_with(const State& state, const Election& election, const std::vector<Seated>& seated,
                                Instant now) {
    const auto roster = state.roster_records().find(election.group);
    if (roster == state.roster_records().end()) return refused("group \"" + election.group + "\" has no roster");
    yaml::Editor editor(*roster->second.document);
    const auto& seats = roster->second.value.seats;
    for (std::size_t i = 0; i < seats.size(); ++i) {
        const bool is_up = std::find(election.up.begin(), election.up.end(), seats[i].person) != election.up.end();
        const Instant since = election.since.value_or(now);
        if (!is_up || seats[i].role != election.role || !seats[i].held_at(since)) continue;
        GOVCTL_CHECK(editor.set({"seats", i, "until"}, date_text(since)));
        GOVCTL_CHECK(editor.set({"seats", i, "ended"}, "term"));
    }
    for (const Seated& each : seated)
        GOVCTL_CHECK(editor.append({"seats"}, record::to_value(model::Seat{election.role, each.person, each.since,
                                                                           each.until, election.id.str(), ""})));
    return editor.bytes();
}

Value seat_value(const Seated& seat) {
    std::vector<std::pair<std::string, Value>> entries{{"person", seat.person}, {"since", date_text(seat.since)}};
    if (seat.until) entries.emplace_back("until", date_text(*seat.until));
    return Value::mapping(std::move(entries), true);
}

std::string result_yaml(const Contest& contest, const Counted& counted, const std::vector<Seated>& seated,
                        Instant now) {
    const Election& election = contest.election();
    const auto& names = counted.ballots.candidates();
    const auto named = [&](const std::vector<tally::Candidate>& tier) {
        std::vector<std::string> people;
        for (const tally::Candidate each : tier) people.push_back(names[each]);
        return people;
    };
    std::vector<std::pair<std::string, Value>> entries;
    const auto add = [&](const char* key, Value value) { entries.emplace_back(key, std::move(value)); };
    add("kind", "result");
    add("election", election.id.str());
    add("certified", now.str());
    add("method", election.method);
    if (!election.unranked.empty()) add("unranked", election.unranked);
    add("seats", std::to_string(election.seats));
    add("voters", std::to_string(contest.voters ? contest.voters->value.voters.size() : 0));
    add("ballots", std::to_string(counted.ballots.count()));
    if (counted.uncontested) add("uncontested", "true");
    std::vector<Value> seats;
    for (const Seated& each : seated) seats.push_back(seat_value(each));
    const bool nobody = seats.empty();
    add("elected", Value::sequence(std::move(seats), nobody));
    const auto vacant = static_cast<std::size_t>(election.seats) - seated.size();
    if (vacant > 0) add("vacant", std::to_string(vacant));
    add("candidates", list_of(names));
    std::vector<Value> skipped;
    for (const tally::Skipped& each : counted.tally.skipped)
        skipped.push_back(Value::mapping({{"candidate", names[each.candidate]}, {"why", each.why}}, true));
    if (counted.uncontested) {
        if (!skipped.empty()) add("skipped", Value::sequence(std::move(skipped)));
        return yaml::emit(Value::mapping(std::move(entries)));
    }
    std::vector<Value> order;
    for (const auto& tier : counted.tally.order) order.push_back(list_of(named(tier)));
    add("order", Value::sequence(std::move(order), true));
    std::vector<Value> dropped;
    for (const tally::Dropped& each : counted.tally.dropped)
        dropped.push_back(Value::mapping({{"candidate", names[each.option]},
                                          {"why", each.why == tally::Dropped::Why::quorum ? "quorum" : "ratio"},
                                          {"for", std::to_string(each.votes_for)},
                                          {"against", std::to_string(each.votes_against)}},
                                         true));
    if (!dropped.empty()) add("dropped", Value::sequence(std::move(dropped)));
    if (!skipped.empty()) add("skipped", Value::sequence(std::move(skipped)));
    if (election.casting) add("tie", fmt::format("casting vote of {}", election.casting->by));
    if (election.tie.kind == model::TieRule::Kind::lot) add("tie", "lot, where there is one");
    if (counted.tally.pairwise) {
        std::vector<std::pair<std::string, Value>> rows;
        for (std::size_t row = 0; row < names.size(); ++row) {
            std::vector<std::string> cells;
            for (std::size_t column = 0; column < names.size(); ++column)
                cells.push_back(std::to_string(counted.tally.pairwise->at(row, column)));
            rows.emplace_back(names[row], list_of(cells));
        }
        add("pairwise", Value::mapping(std::move(rows)));
    }
    return yaml::emit(Value::mapping(std::move(entries)));
}

Result<model::RuleRef> rule_of(const State& state, const Election& election) {
    GOVCTL_TRY(const auto* charter, charter_of(state, election.group));
    return model::RuleRef{"election", election.group, charter->blob, state.project_record()->blob};
}

std::string free_name(const State& state, Instant decided, const RecordId& subject) {
    const std::string first = record::decision_name(decided.date(), subject);
    std::string name = first;
    for (int again = 2; state.decision_records().contains(name); ++again) name = first + "-" + std::to_string(again);
    return name;
}

Result<model::Decision> decision_on(const State& state, const Contest& contest, const Act& act,
                                    const std::string& evidence, const char* stage, int round) {
    const Election& election = contest.election();
    model::Decision decision;
    decision.id = free_name(state, act.now, election.id);
    decision.subject = election.id.str();
    decision.group = election.group;
    decision.outcome = model::Outcome::elected;
    decision.decided = act.now;
    decision.by = act.actor;
    decision.evidence = evidence;
    GOVCTL_TRY(decision.rule, rule_of(state, election));
    decision.round = round;
    decision.text = election.text;
    if (contest.voters) decision.eligible = contest.voters->value.voters;
    decision.tally.missing = static_cast<std::int64_t>(decision.eligible.size() - contest.ballots.size());
    decision.because.push_back({stage,
                                election.voting.from,
                                std::max(election.voting.from, std::min(election.voting.until, act.now)),
                                model::RunState::passed,
                                {}});
    return decision;
}

int fills(const Election& election) {
    return static_cast<int>(std::count_if(election.history.begin(), election.history.end(),
                                          [](const auto& entry) { return entry.act == "filled"; }));
}

}  // namespace

Result<Counted> count_election(const State& state, const Contest& contest, Instant at) {
    const Election& election = contest.election();
    if (const std::string fault = fault_of(state, election); !fault.empty()) return Error{ErrorKind::invalid, fault};
    tally::Question question = question_of(election);
    GOVCTL_TRY(auto ballots, ballots_of(state, contest, tally::marks_of(question.method)));
    Counted counted{std::move(ballots), std::move(question), {}, {}};
    counted.uncontested = election.is_uncontested();
    if (counted.uncontested) {
        GOVCTL_CHECK(elect_unopposed(state, contest, at, counted));
        return counted;
    }
    if (contest.voters) counted.question.eligible = contest.voters->value.voters.size();
    GOVCTL_TRY(counted.question.limits, limits_of(state, election, election.since.value_or(at)));
    counted.question.tie = tie_break(election);
    GOVCTL_TRY(counted.tally, tally::count(counted.ballots, counted.question));
    for (const tally::Candidate each : counted.tally.elected) {
        if (counted.question.default_option == each) break;
        counted.elected.push_back(counted.ballots.candidates()[each]);
    }
    counted.tie = tie_in_words(counted);
    if (counted.tie.empty()) counted.tie = tie_for_terms(state, contest, counted);
    return counted;
}

Result<std::string> result_of(const State& state, const Contest& contest, Instant certified) {
    GOVCTL_TRY(auto counted, count_election(state, contest, certified));
    if (!counted.tie.empty()) return unsettled(contest, counted.tie);
    return result_yaml(contest, counted, deal(state, contest.election(), counted.elected, certified), certified);
}

Result<Change> close_election(const State& state, const Act& act, const RecordId& id, const std::string& csv) {
    GOVCTL_TRY(const Contest* contest, contest_of(state, id));
    GOVCTL_CHECK(must_be_officer(state, *contest, act, "close"));
    GOVCTL_CHECK(must_be(*contest, ElectionStatus::open, "only an open election is closed"));
    if (act.now < contest->election().voting.until)
        return refused("voting in " + id.str() + " runs until " + contest->election().voting.until.str());
    if (contest->election().secret) {
        if (csv.empty())
            return refused(id.str() + " is secret: its ballots are unsealed to close it", {"--key-file FILE"});
        GOVCTL_CHECK(read_published(*contest, csv));
    }
    yaml::Editor editor(*contest->record.document);
    GOVCTL_CHECK(editor.set({"status"}, "closed"));
    GOVCTL_TRY(auto change, change_election(*contest, act, std::move(editor), "closed", "close", "Close"));
    if (contest->election().secret) change.files[contest->folder() + "ballots.csv"] = csv;
    return change;
}

Result<Change> settle(const State& state, const Act& act, const RecordId& id, const std::vector<std::string>& order) {
    GOVCTL_TRY(const Contest* contest, contest_of(state, id));
    const Election& election = contest->election();
    GOVCTL_CHECK(must_be(*contest, ElectionStatus::closed, "there is nothing to settle"));
    if (election.tie.kind != model::TieRule::Kind::casting_vote)
        return refused("no casting vote settles ties in " + id.str(), {"see `tie:` in " + contest->record.path});
    GOVCTL_TRY(auto counted, count_election(state, *contest, act.now));
    if (counted.tie.empty()) return refused("there is no tie in " + id.str() + " to settle");
    const auto holders =
        state.people().seated(election.tie.holder.group.empty() ? election.group : election.tie.holder.group,
                              election.tie.holder.name, act.now);
    if (!std::binary_search(holders.begin(), holders.end(), act.actor))
        return refused(act.actor + " has no casting vote in " + id.str(), {"who has: " + name_list(holders)});
    const auto options = options_of(election);
    for (const std::string& name : order)
        if (std::find(options.begin(), options.end(), name) == options.end())
            return refused(name + " does not stand in " + id.str(), {counted.tie});
    yaml::Editor editor(*contest->record.document);
    GOVCTL_CHECK(editor.set(
        {"casting-vote"}, Value::mapping({{"by", act.actor}, {"at", act.now.str()}, {"order", list_of(order)}}, true)));
    return change_election(*contest, act, std::move(editor), "settled", "settle", "Settle the tie in");
}

Result<Change> certify(const State& state, const Act& act, const RecordId& id, const std::string& evidence) {
    GOVCTL_TRY(const Contest* contest, contest_of(state, id));
    const Election& election = contest->election();
    GOVCTL_CHECK(must_be_officer(state, *contest, act, "certify"));
    GOVCTL_CHECK(must_be(*contest, ElectionStatus::closed, "only a closed election is certified"));
    GOVCTL_TRY(auto counted, count_election(state, *contest, act.now));
    if (!counted.tie.empty()) return unsettled(*contest, counted.tie);
    const auto seated = deal(state, election, counted.elected, act.now);
    if (const model::Role* role = role_of(state, election); role && role->seats.number && !role->seats.or_more) {
        const auto held = continuing(state, election, {election.role}, election.since.value_or(act.now));
        const auto room = *role->seats.number - static_cast<std::int64_t>(held.size());
        if (static_cast<std::int64_t>(seated.size()) > room)
            return refused(fmt::format("{} of {} seats as {} are held on by {}: there is no room for {} more",
                                       held.size(), *role->seats.number, election.role, name_list(held), seated.size()),
                           {"a seat that is over has its `until:` in the roster, or its holder under `up:` here"});
    }
    GOVCTL_TRY(auto decision, decision_on(state, *contest, act, evidence, "voting", 1));
    GOVCTL_TRY(const std::string roster, roster_with(state, election, seated, act.now));
    const std::string roster_path = state.roster_records().at(election.group).path;
    if (!seated.empty() || !election.up.empty()) decision.enacted.push_back(roster_path);

    yaml::Editor editor(*contest->record.document);
    GOVCTL_CHECK(editor.set({"status"}, "certified"));
    GOVCTL_TRY(auto change, change_election(*contest, act, std::move(editor), "certified", "certify", "Certify"));
    change.files[contest->folder() + "result.yaml"] = result_yaml(*contest, counted, seated, act.now);
    if (!decision.enacted.empty()) change.files[roster_path] = roster;
    change.files[record::decision_path(state.root(), decision.id)] = record::write_decision(decision);
    change.rule = election.group + "/election";
    change.reasons.push_back(
        fmt::format("Elected{}: {}.", counted.uncontested ? " without a vote" : "", name_list(counted.elected)));
    return change;
}

Result<Change> fill_vacancy(const State& state, const Act& act, const RecordId& id, const std::string& evidence) {
    GOVCTL_TRY(const Contest* contest, contest_of(state, id));
    const Election& election = contest->election();
    GOVCTL_CHECK(must_be_officer(state, *contest, act, "fill a seat of"));
    GOVCTL_CHECK(must_be(*contest, ElectionStatus::certified, "no seat of it can have fallen vacant"));
    const model::Role* role = role_of(state, election);
    const int most = election.next_ranked > 0 ? election.next_ranked : role ? role->next_ranked : 0;
    const int done = fills(election);
    if (most == 0)
        return refused("a vacant seat of " + id.str() + " does not go to the next ranked",
                       {"neither `vacancy:` of the election nor of the role says so"});
    if (done >= most)
        return refused(fmt::format("{} has filled {} vacant seat{} already, the most it may", id.str(), done,
                                   done == 1 ? "" : "s"),
                       {"`govctl election new` calls another"});
    // A seat of this election that ended early, and for which nobody has moved up yet.
    const auto& seats = state.roster_records().at(election.group).value.seats;
    std::vector<const model::Seat*> ended;
    std::set<std::string> had_one;
    for (const model::Seat& seat : seats) {
        if (seat.by != id.str()) continue;
        had_one.insert(seat.person);
        if (!seat.held_at(act.now) && seat.since <= act.now && !seat.ended.empty() && seat.ended != "term")
            ended.push_back(&seat);
    }
    if (ended.size() <= static_cast<std::size_t>(done))
        return refused("no seat of " + id.str() + " has fallen vacant",
                       {"a removal or resignation ends one: `govctl motion new removal`"});
    const auto certified = std::find_if(election.history.begin(), election.history.end(),
                                        [](const auto& entry) { return entry.act == "certified"; });
    GOVCTL_TRY(auto counted, count_election(state, *contest, certified->at));
    GOVCTL_TRY(const auto limits, limits_of(state, election, act.now, Holders::all));
    std::vector<std::string> next;
    for (const auto& tier : counted.tally.order) {
        for (const tally::Candidate each : tier) {
            if (counted.question.default_option == each) break;
            const std::string& person = counted.ballots.candidates()[each];
            if (!had_one.contains(person) && !is_barred(each, limits)) next.push_back(person);
        }
        if (!next.empty()) break;
    }
    if (next.empty()) return refused("nobody is ranked next in " + id.str(), {"`govctl election new` calls another"});
    if (next.size() > 1)
        return Error{ErrorKind::invalid,
                     fmt::format("{} are tied for the vacant seat of {}", name_list(next), id.str()),
                     {"`govctl election new` calls an election between them"}};
    const model::Seat& vacated = *ended[static_cast<std::size_t>(done)];
    // The rest of the term that was dealt to whoever left.
    const auto lengths = lengths_of(state, election);
    const auto rank = static_cast<std::size_t>(
        std::find(contest->result->value.elected.begin(), contest->result->value.elected.end(), vacated.person) -
        contest->result->value.elected.begin());
    const auto length = length_at(lengths, rank);
    const Instant began = election.since.value_or(certified->at);
    Seated seat{next.front(), act.now,
                length ? std::optional(state.project().calendar.after(began, *length)) : std::nullopt};
    if (seat.until && *seat.until <= act.now)
        return refused("the term of that seat is over", {"call another election"});

    GOVCTL_TRY(auto decision, decision_on(state, *contest, act, evidence, "vacancy", done + 2));
    Election seats_only = election;
    seats_only.up.clear();
    GOVCTL_TRY(const std::string roster, roster_with(state, seats_only, {seat}, act.now));
    const std::string roster_path = state.roster_records().at(election.group).path;
    decision.enacted.push_back(roster_path);
    yaml::Editor editor(*contest->record.document);
    GOVCTL_TRY(auto change, change_election(*contest, act, std::move(editor), "filled", "fill", "Fill a seat of"));
    change.files[roster_path] = roster;
    change.files[record::decision_path(state.root(), decision.id)] = record::write_decision(decision);
    change.rule = election.group + "/election";
    change.reasons.push_back(fmt::format("{} moves up for {}.", seat.person, vacated.person));
    return change;
}

}  // namespace govctl::app
