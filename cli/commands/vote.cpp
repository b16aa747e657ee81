#include <fmt/format.h>

#include "acting.hpp"
#include "command.hpp"
#include "govctl/app/elections.hpp"
#include "govctl/app/query.hpp"
#include "govctl/base/text.hpp"
#include "govctl/seal/seal.hpp"
#include "render/elections.hpp"

namespace govctl::cli {
namespace {

struct Options {
    std::string id;
    std::optional<std::string> vote;
    std::string rank;
    std::vector<std::string> approve;
    std::vector<std::string> score;
    std::string reason;
};

/// `b > a = c`, `a,b` or `a=5,b=3`.
Result<app::Choice> choice_of(const Options& options) {
    app::Choice choice;
    if (!options.rank.empty()) {
        auto ranking = model::parse_ranking(options.rank);
        if (!ranking) return Error{ErrorKind::usage, ranking.error().message, ranking.error().hints};
        choice.rank = *std::move(ranking);
    }
    for (const std::string& given : options.approve) {
        if (!choice.approve) choice.approve.emplace();
        for (const std::string& option : split(given, ',')) choice.approve->push_back(trim(option));
    }
    for (const std::string& given : options.score) {
        if (!choice.score) choice.score.emplace();
        for (const std::string& pair : split(given, ',')) {
            const std::size_t sign = pair.find('=');
            const std::string points = sign == std::string::npos ? "" : trim(pair.substr(sign + 1));
            if (points.empty() || points.size() > 6 || points.find_first_not_of("0123456789") != std::string::npos)
                return Error{ErrorKind::usage, fmt::format("option \"--score\" requires a=5,b=3, not \"{}\"", given)};
            choice.score->emplace(trim(pair.substr(0, sign)), std::stoi(points));
        }
    }
    return choice;
}

Result<Exit> vote_in_election(const Options& options, const Invocation& invocation, Desk& desk) {
    GOVCTL_TRY(const app::Contest* contest, desk.base.state->find_contest(options.id));
    GOVCTL_TRY(app::Choice choice, choice_of(options));
    std::string receipt;
    if (contest->election().secret && contest->election().status == model::ElectionStatus::open) {
        GOVCTL_TRY(const std::string random, invocation.environment.random(2 * seal::randomness));
        GOVCTL_TRY(const app::Sealed sealed, app::seal_choice(*contest, desk.act.actor, choice, random));
        choice = {{}, {}, {}, sealed.sealed};
        receipt = sealed.receipt;
    }
    GOVCTL_TRY(app::Change change, app::cast(*desk.base.state, desk.act, contest->id(), choice));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change)));
    std::vector<Text> lines = {
        Text(Style::name, done.change.record.str()) + "  " + desk.act.actor + " votes",
        Text(election_standing(done.after->contests().at(done.change.record.name), desk.act.now))};
    const Exit exit = tell(invocation, "vote", done, lines);
    // Nobody can say it again: neither `-q` nor JSON may swallow it.
    const std::string told = "your receipt, to find your ballot by when all are published: " + receipt;
    if (!receipt.empty() && invocation.format == Format::text) invocation.out.line(told);
    if (!receipt.empty() && invocation.format != Format::text) invocation.out.complain(told);
    return exit;
}

Result<app::Say> said(const Options& options) {
    const int forms = int{options.vote.has_value()} + int{!options.rank.empty()} + int{!options.approve.empty()} +
                      int{!options.score.empty()};
    if (forms != 1)
        return Error{ErrorKind::usage,
                     "a vote is one of yes, no and abstain, or of --rank, --approve and --score",
                     {"`govctl vote --help` shows the usage"}};
    GOVCTL_TRY(app::Choice choice, choice_of(options));
    app::Say say{std::nullopt, std::move(choice.rank), std::move(choice.approve), std::move(choice.score)};
    if (options.vote) say.vote = model::parse_vote(*options.vote);
    return say;
}

std::string in_words(const app::Say& say) {
    model::Position position;
    position.vote = say.vote;
    position.rank = say.rank;
    position.approve = say.approve;
    position.score = say.score;
    return position.words();
}

bool is_no_unheard(const app::State& state, const app::Act& act, const RecordId& id) {
    const auto hears = app::hears_no(state, state.matters().at(id), act.now);
    return hears && !*hears;
}

Result<Exit> run(const Options& options, const Invocation& invocation) {
    {
        GOVCTL_TRY(Desk desk, sit_down(invocation));
        if (desk.base.state->names_contest(options.id)) return vote_in_election(options, invocation, desk);
    }
    GOVCTL_TRY(const app::Say say, said(options));
    bool is_unheard = false;
    GOVCTL_TRY(const Exit exit, act_on(invocation, "vote", options.id, "votes " + in_words(say),
                                       [&](const app::State& state, const app::Act& act, const RecordId& id) {
                                           is_unheard = say.vote == model::Vote::no && is_no_unheard(state, act, id);
                                           return app::vote(state, act, id, say, options.reason);
                                       }));
    if (is_unheard) {
        invocation.out.complain("warning: no condition counts a no here: only an objection stops it");
        invocation.out.complain(fmt::format("hint: `govctl object {} --name NAME --reason TEXT`", options.id));
    }
    return exit;
}

}  // namespace

void define_vote(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.operand("ID", &options->id, "the matter: rfc-42, 42, motion/DATE-SLUG; or election/NAME")
        .operand("yes|no|abstain", &options->vote, "your position; voting again replaces it", {"yes", "no", "abstain"})
        .option("--rank", "ORDER", &options->rank, "options or candidates, the best first: 'b > a = c'")
        .option("--approve", "NAMES", &options->approve, "those you approve of: a,b")
        .option("--score", "POINTS", &options->score, "points for them: a=5,b=3")
        .option("--reason", "TEXT", &options->reason, "why, written into your ballot")
        .acts([options](const Invocation& invocation) { return run(*options, invocation); });
}

}  // namespace govctl::cli
