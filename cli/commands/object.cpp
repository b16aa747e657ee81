#include <fmt/format.h>

#include "acting.hpp"
#include "command.hpp"

namespace govctl::cli {
namespace {

struct Options {
    std::string id;
    std::string name;
    std::string reason;
};

Result<Exit> run(const Options& options, const Invocation& invocation) {
    return act_on(invocation, "object", options.id, fmt::format("objects: \"{}\"", options.name),
                  [&](const app::State& state, const app::Act& act, const RecordId& id) {
                      return app::object(state, act, id, options.name, options.reason);
                  });
}

}  // namespace

void define_object(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.operand("ID", &options->id, "the matter")
        .option("--name", "NAME", &options->name, "what the objection is called, in a word or two")
        .option("--reason", "TEXT", &options->reason, "what is wrong, and what would mend it")
        .acts([options](const Invocation& invocation) { return run(*options, invocation); });
}

}  // namespace govctl::cli
