#include <fmt/format.h>

#include "acting.hpp"
#include "command.hpp"

namespace govctl::cli {
namespace {

struct Options {
    std::string id;
    std::string vote;
    std::string reason;
};

Result<Exit> run(const Options& options, const Invocation& invocation) {
    const model::Vote vote = *model::parse_vote(options.vote);
    return act_on(invocation, "vote", options.id, "votes " + options.vote,
                  [&](const app::State& state, const app::Act& act, const RecordId& id) {
                      return app::vote(state, act, id, vote, options.reason);
                  });
}

}  // namespace

void define_vote(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.operand("ID", &options->id, "the matter: rfc-42, 42, motion/DATE-SLUG or the start of its name")
        .operand("yes|no|abstain", &options->vote, "your position; voting again replaces it", {"yes", "no", "abstain"})
        .option("--reason", "TEXT", &options->reason, "why, written into your ballot")
        .acts([options](const Invocation& invocation) { return run(*options, invocation); });
}

}  // namespace govctl::cli
