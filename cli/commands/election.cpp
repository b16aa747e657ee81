#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "acting.hpp"
#include "command.hpp"
#include "govctl/app/elections.hpp"
#include "govctl/base/text.hpp"
#include "govctl/seal/seal.hpp"
#include "key_file.hpp"
#include "reading.hpp"
#include "render/elections.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

struct NewOptions {
    app::NewElection request;
    std::string nominations;
    std::string voting;
    std::string endorsements;
    std::vector<std::string> terms;
};

Error wants(const std::string& option, const std::string& form, const std::string& given) {
    return {ErrorKind::usage, fmt::format("option \"{}\" requires {}, not \"{}\"", option, form, given)};
}

/// `2026-01-05..2026-01-19`, the end not included.
Result<model::Window> window_of(const std::string& option, const std::string& given) {
    const std::size_t dots = given.find("..");
    if (dots == std::string::npos) return wants(option, "FROM..UNTIL", given);
    const auto from = Instant::parse_date_or_instant(given.substr(0, dots));
    const auto until = Instant::parse_date_or_instant(given.substr(dots + 2));
    if (!from || !until) return wants(option, "FROM..UNTIL", given);
    return model::Window{*from, *until};
}

Result<int> number_of(const std::string& option, const std::string& given) {
    const bool is_number = !given.empty() && given.size() <= 4 &&
                           given.find_first_not_of("0123456789") == std::string::npos && std::stoi(given) > 0;
    if (!is_number) return wants(option, "a whole number above zero", given);
    return std::stoi(given);
}

/// Two weeks each, one after the other, where they are not said.
Result<void> fill_dates(NewOptions& options, const Calendar& calendar, Instant now) {
    const Duration fortnight{2, Duration::Unit::weeks};
    options.request.nominations = {now, calendar.after(now, fortnight)};
    if (!options.nominations.empty()) {
        GOVCTL_TRY(options.request.nominations, window_of("--nominations", options.nominations));
    }
    const Instant end = options.request.nominations.until;
    options.request.voting = {end, calendar.after(end, fortnight)};
    if (!options.voting.empty()) {
        GOVCTL_TRY(options.request.voting, window_of("--voting", options.voting));
    }
    return {};
}

Result<void> fill_numbers(NewOptions& options) {
    GOVCTL_CHECK(number_of("--seats", options.request.seats));
    for (const std::string& given : options.terms)
        for (const std::string& term : split(given, ',')) {
            if (!Duration::parse(trim(term))) return wants("--terms", "durations such as 2y,1y", given);
            options.request.terms.push_back(trim(term));
        }
    if (options.endorsements.empty()) return {};
    const std::size_t slash = options.endorsements.find('/');
    GOVCTL_TRY(options.request.endorsements, number_of("--endorsements", options.endorsements.substr(0, slash)));
    if (slash != std::string::npos) {
        GOVCTL_TRY(options.request.organizations, number_of("--endorsements", options.endorsements.substr(slash + 1)));
    }
    return {};
}

Result<void> check_refusal(const app::NewElection& request) {
    if (!request.default_option.empty() && !is_handle(normal_handle(request.default_option)))
        return wants("--default", "letters, digits and dashes, as none-of-these", request.default_option);
    if (request.quorum.empty()) return {};
    const auto quorum = model::Condition::parse(request.quorum);
    if (!quorum) return Error{ErrorKind::usage, "option \"--quorum\": " + quorum.error().message, quorum.error().hints};
    return {};
}

Result<Exit> run_new(NewOptions options, const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    GOVCTL_CHECK(fill_dates(options, desk.base.state->project().calendar, desk.act.now));
    GOVCTL_CHECK(fill_numbers(options));
    GOVCTL_CHECK(check_refusal(options.request));
    GOVCTL_TRY(app::Change change, app::new_election(*desk.base.state, desk.act, options.request));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change)));
    if (invocation.format == Format::text)
        invocation.out.line(done.change.folder.substr(0, done.change.folder.size() - 1));
    return tell(invocation, "election-new", done, {});
}

void define_new(Syntax& syntax) {
    const auto options = std::make_shared<NewOptions>();
    app::NewElection& request = options->request;
    syntax.operand("NAME", &request.name, "an id, as 2026-steering, or a title")
        .option("--group", "GROUP", &request.group, "whose seats they are")
        .option("--role", "ROLE", &request.role, "one of its charter's")
        .option("--seats", "N", &request.seats, "how many are to be filled; 1 if left out")
        .option("--title", "TEXT", &request.title, "what it is called")
        .option("--method", "METHOD", &request.method, "how ballots are counted; schulze if left out")
        .option("--unranked", "MEANING", &request.unranked, "what a candidate left out of a ballot means",
                {"last", "no-opinion", "zero", "invalid"})
        .option("--voters", "TERM", &request.voters, "who may vote; one of several is enough")
        .option("--officer", "HANDLE", &request.officers, "who runs it; you if left out")
        .option("--terms", "LENGTHS", &options->terms, "how long, dealt in the order of election: 2y,2y,1y")
        .option("--nominations", "FROM..UNTIL", &options->nominations, "two weeks from now if left out")
        .option("--voting", "FROM..UNTIL", &options->voting, "two weeks from then if left out")
        .option("--endorsements", "N[/M]", &options->endorsements, "what a candidate needs, from M organizations")
        .option("--default", "HANDLE", &request.default_option, "an option for none of them, as none-of-these")
        .option("--quorum", "CONDITION", &request.quorum, "what each candidate needs, or the vote")
        .option("--tie", "RULE", &request.tie, "what settles a tie: lot, casting-vote role R")
        .option("--seed", "TEXT", &request.seed, "of the lot")
        .flag("--secret", request.secret, "who voted is seen, how is not")
        .acts([options](const Invocation& invocation) { return run_new(*options, invocation); });
}

using MakeChange =
    std::function<Result<app::Change>(const app::State& state, const Desk& desk, const app::Contest& contest)>;

/// A command that makes one change to one election, and tells where it stands then.
Result<Exit> change_one(const Invocation& invocation, const std::string& command, const std::string& name,
                        const std::string& said, const MakeChange& make) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    GOVCTL_TRY(const app::Contest* contest, desk.base.state->find_contest(name));
    GOVCTL_TRY(app::Change change, make(*desk.base.state, desk, *contest));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change)));
    const bool is_extended = done.change.verb == "extend";
    std::vector<Text> lines = {Text(Style::name, done.change.record.str()) + "  " + desk.act.actor + " " +
                               (is_extended ? "extends nominations: fewer stand than there are seats" : said)};
    for (const std::string& reason : done.change.reasons) lines.emplace_back(reason);
    if (const auto after = done.after->contests().find(done.change.record.name); after != done.after->contests().end())
        lines.emplace_back(election_standing(after->second, desk.act.now));
    return tell(invocation, "election-" + command, done, lines);
}

using Verb = Result<app::Change> (*)(const app::State&, const app::Act&, const RecordId&);

void define_verb(Syntax& syntax, const std::string& command, const std::string& said, Verb verb) {
    const auto name = std::make_shared<std::string>();
    syntax.operand("ELECTION", name.get(), "its id, or the start of it")
        .acts([name, command, said, verb](const Invocation& invocation) {
            return change_one(invocation, command, *name, said,
                              [&](const app::State& state, const Desk& desk, const app::Contest& contest) {
                                  return verb(state, desk.act, contest.id());
                              });
        });
}

using SealingVerb = Result<app::Change> (*)(const app::State&, const app::Act&, const RecordId&, const std::string&);

/// A verb that commits a decision, which names the commit it rests on.
void define_deciding(Syntax& syntax, const std::string& command, const std::string& said, SealingVerb verb) {
    const auto name = std::make_shared<std::string>();
    syntax.operand("ELECTION", name.get(), "its id, or the start of it")
        .acts([name, command, said, verb](const Invocation& invocation) {
            return change_one(invocation, command, *name, said,
                              [&](const app::State& state, const Desk& desk, const app::Contest& contest) {
                                  return verb(state, desk.act, contest.id(), desk.base.tip.value_or(""));
                              });
        });
}

void define_nominate(Syntax& syntax) {
    struct Names {
        std::string election;
        std::optional<std::string> person;
    };
    const auto names = std::make_shared<Names>();
    syntax.operand("ELECTION", &names->election, "its id, or the start of it")
        .operand("PERSON", &names->person, "who; you if left out, which also says yes to what others proposed")
        .acts([names](const Invocation& invocation) {
            const std::string person = normal_handle(names->person.value_or(""));
            return change_one(invocation, "nominate", names->election,
                              person.empty() ? "stands" : "nominates " + person,
                              [&](const app::State& state, const Desk& desk, const app::Contest& contest) {
                                  return app::nominate(state, desk.act, contest.id(), person);
                              });
        });
}

void define_endorse(Syntax& syntax) {
    struct Names {
        std::string election;
        std::string candidate;
    };
    const auto names = std::make_shared<Names>();
    syntax.operand("ELECTION", &names->election, "its id, or the start of it")
        .operand("CANDIDATE", &names->candidate, "whom")
        .acts([names](const Invocation& invocation) {
            const std::string candidate = normal_handle(names->candidate);
            return change_one(invocation, "endorse", names->election, "endorses " + candidate,
                              [&](const app::State& state, const Desk& desk, const app::Contest& contest) {
                                  return app::endorse(state, desk.act, contest.id(), candidate);
                              });
        });
}

void define_settle(Syntax& syntax) {
    struct Names {
        std::string election;
        std::string order;
    };
    const auto names = std::make_shared<Names>();
    syntax.operand("ELECTION", &names->election, "its id, or the start of it")
        .operand("ORDER", &names->order, "the tied, the best first: 'a > b'")
        .acts([names](const Invocation& invocation) -> Result<Exit> {
            const auto ranking = model::parse_ranking(names->order);
            if (!ranking) return Error{ErrorKind::usage, ranking.error().message, ranking.error().hints};
            std::vector<std::string> order;
            for (const auto& tier : *ranking) {
                if (tier.size() > 1) return Error{ErrorKind::usage, "a casting vote puts nobody equal", {"as 'a > b'"}};
                order.push_back(normal_handle(tier.front()));
            }
            return change_one(invocation, "settle", names->election, "settles the tie",
                              [&](const app::State& state, const Desk& desk, const app::Contest& contest) {
                                  return app::settle(state, desk.act, contest.id(), order);
                              });
        });
}

Result<Exit> run_tally(const std::string& name, const Invocation& invocation) {
    GOVCTL_TRY(const Look seen, look(invocation));
    GOVCTL_TRY(const app::Contest* contest, seen.state->find_contest(name));
    const model::Election& election = contest->election();
    if (election.status == model::ElectionStatus::draft || election.status == model::ElectionStatus::cancelled)
        return Error{ErrorKind::not_found, fmt::format("{} is {}: there is nothing to count", contest->id().str(),
                                                       model::election_status_word(election.status))};
    if (election.status == model::ElectionStatus::open)
        return Error{ErrorKind::not_found,
                     fmt::format("{} is not closed: nothing is counted before that", contest->id().str()),
                     {election_standing(*contest, seen.now)}};
    Instant at = seen.now;
    if (contest->result) at = contest->result->value.certified;
    GOVCTL_TRY(const app::Counted counted, app::count_election(*seen.state, *contest, at));
    if (invocation.format == Format::json)
        invocation.out.json(count_json(*contest, counted));
    else
        print_count(invocation.out, *contest, counted);
    return counted.tie.empty() ? Exit::done : Exit::negative;
}

void define_count(Syntax& syntax) {
    const auto name = std::make_shared<std::string>();
    syntax.operand("ELECTION", name.get(), "its id, or the start of it").reads([name](const Invocation& invocation) {
        return run_tally(*name, invocation);
    });
}

Result<Exit> run_verify(const std::string& name, const Invocation& invocation) {
    GOVCTL_TRY(const Look seen, look(invocation));
    GOVCTL_TRY(const app::Contest* contest, seen.state->find_contest(name));
    const std::string id = contest->id().str();
    if (!contest->result)
        return Error{ErrorKind::not_found,
                     fmt::format("{} has no result to verify", id),
                     {election_standing(*contest, seen.now)}};
    GOVCTL_TRY(const std::string again, app::result_of(*seen.state, *contest, contest->result->value.certified));
    const bool is_same = again == contest->result->document->bytes;
    if (invocation.format == Format::json) {
        invocation.out.json({{"schema", "govctl.election-verify/1"}, {"id", id}, {"same", is_same}});
    } else if (is_same) {
        invocation.out.line(fmt::format("{}: {} from the ballots is {}, byte for byte", id, "the result recomputed",
                                        contest->result->path));
    } else {
        invocation.out.line(fmt::format("{}: {} is not what the ballots give", id, contest->result->path));
        invocation.out.talk("recomputed:");
        for (const std::string& line : split(again, '\n')) invocation.out.talk("  " + line);
    }
    return is_same ? Exit::done : Exit::negative;
}

void define_verify(Syntax& syntax) {
    const auto name = std::make_shared<std::string>();
    syntax.operand("ELECTION", name.get(), "its id, or the start of it").reads([name](const Invocation& invocation) {
        return run_verify(*name, invocation);
    });
}

struct Keyed {
    std::string election;
    std::string key_file;
};

/// The private half is on disk before anybody can seal to the other.
Result<app::Change> open_secret(const Invocation& invocation, const app::State& state, const Desk& desk,
                                const app::Contest& contest, const std::string& key_file) {
    GOVCTL_TRY(const std::string random, invocation.environment.random(seal::randomness));
    const seal::KeyPair key = seal::key_pair(random);
    const std::string open = key_file.empty() ? "" : key.open;
    GOVCTL_TRY(app::Change change, app::open_election(state, desk.act, contest.id(), state.deeds(), open));
    GOVCTL_TRY(const auto after, state.with(change.files));
    const bool has_key = after->contests().at(contest.id().name).election().key == key.open;
    if (has_key && !invocation.globals.dry_run) {
        GOVCTL_CHECK(write_key(desk.workspace, key_file, key.secret));
        change.reasons.push_back("Ballots are sealed to the officers' key.");
    }
    return change;
}

void define_open_voting(Syntax& syntax) {
    const auto keyed = std::make_shared<Keyed>();
    syntax.operand("ELECTION", &keyed->election, "its id, or the start of it")
        .option("--key-file", "FILE", &keyed->key_file, "secret: where the officers' key is written, not in here")
        .acts([keyed](const Invocation& invocation) {
            return change_one(invocation, "open", keyed->election, "opens it",
                              [&](const app::State& state, const Desk& desk, const app::Contest& contest) {
                                  if (contest.election().secret)
                                      return open_secret(invocation, state, desk, contest, keyed->key_file);
                                  return app::open_election(state, desk.act, contest.id(), state.deeds());
                              });
        });
}

void define_close_voting(Syntax& syntax) {
    const auto keyed = std::make_shared<Keyed>();
    syntax.operand("ELECTION", &keyed->election, "its id, or the start of it")
        .option("--key-file", "FILE", &keyed->key_file, "secret: the officers' key, to unseal the ballots")
        .acts([keyed](const Invocation& invocation) {
            return change_one(
                invocation, "close", keyed->election, "closes it",
                [&](const app::State& state, const Desk& desk, const app::Contest& contest) -> Result<app::Change> {
                    std::string csv;
                    if (contest.election().secret && !keyed->key_file.empty()) {
                        GOVCTL_TRY(const std::string key, read_key(keyed->key_file));
                        GOVCTL_TRY(csv, app::unseal_ballots(contest, key));
                    }
                    return app::close_election(state, desk.act, contest.id(), csv);
                });
        });
}

}  // namespace

void define_election(Syntax& syntax) {
    define_new(syntax.below("new", "call an election"));
    define_nominate(syntax.below("nominate", "stand, or nominate somebody"));
    define_endorse(syntax.below("endorse", "endorse a candidate"));
    define_verb(syntax.below("stand-down", "stand no more"), "stand-down", "stands down", app::stand_down);
    define_open_voting(syntax.below("open", "freeze the roll and open the voting"));
    define_close_voting(syntax.below("close", "end the voting"));
    define_count(syntax.below("tally", "count, without putting anything in force"));
    define_settle(syntax.below("settle", "settle a tie by a casting vote"));
    define_deciding(syntax.below("certify", "commit the result and seat the elected"), "certify", "certifies it",
                    app::certify);
    define_verify(syntax.below("verify", "count again and compare with the result"));
    define_deciding(syntax.below("fill", "seat the next ranked where a seat fell vacant"), "fill", "fills a seat",
                    app::fill_vacancy);
    define_verb(syntax.below("cancel", "call it off"), "cancel", "cancels it", app::cancel_election);
}

}  // namespace govctl::cli
