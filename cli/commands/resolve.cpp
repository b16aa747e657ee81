#include <fmt/format.h>

#include "acting.hpp"
#include "command.hpp"

namespace govctl::cli {
namespace {

struct Options {
    std::string id;
    std::string name;
};

Result<Exit> run(const Options& options, const Invocation& invocation) {
    const std::string said =
        options.name.empty() ? "resolves the objection" : fmt::format("resolves \"{}\"", options.name);
    return act_on(invocation, "resolve", options.id, said,
                  [&](const app::State& state, const app::Act& act, const RecordId& id) {
                      return app::resolve(state, act, id, options.name);
                  });
}

}  // namespace

void define_resolve(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.operand("ID", &options->id, "the matter")
        .option("--name", "NAME", &options->name, "which objection, where you have more than one")
        .acts([options](const Invocation& invocation) { return run(*options, invocation); });
}

}  // namespace govctl::cli
