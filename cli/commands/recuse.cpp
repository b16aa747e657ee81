#include "acting.hpp"
#include "command.hpp"

namespace govctl::cli {
namespace {

struct Options {
    std::string id;
    std::string reason;
};

Result<Exit> run(const Options& options, const Invocation& invocation) {
    if (options.reason.empty()) {
        return Error{ErrorKind::usage, "a recusal needs a reason", {"--reason TEXT, for all to read"}};
    }
    return act_on(invocation, "recuse", options.id, "is recused",
                  [&](const app::State& state, const app::Act& act, const RecordId& id) {
                      return app::recuse(state, act, id, options.reason);
                  });
}

}  // namespace

void define_recuse(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.operand("ID", &options->id, "the matter")
        .option("--reason", "TEXT", &options->reason, "why you take no part")
        .acts([options](const Invocation& invocation) { return run(*options, invocation); });
}

}  // namespace govctl::cli
