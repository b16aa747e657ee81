#include "acting.hpp"
#include "command.hpp"

namespace govctl::cli {

void define_appeal(Syntax& syntax) {
    const auto id = std::make_shared<std::string>();
    syntax.operand("ID", id.get(), "the matter").acts([id](const Invocation& invocation) {
        return act_on(invocation, "appeal", *id, "appeals",
                      [](const app::State& state, const app::Act& act, const RecordId& matter) {
                          return app::appeal(state, act, matter);
                      });
    });
}

}  // namespace govctl::cli
