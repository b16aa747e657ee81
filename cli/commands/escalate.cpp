#include <algorithm>

#include "acting.hpp"
#include "command.hpp"
#include "govctl/rules/procedure.hpp"
#include "reading.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

struct Options {
    std::string what;
    std::string reason;
};

/// A matter where one is called so, else a path that people disagree about.
Result<app::Change> make(const Options& options, const Desk& desk) {
    const app::State& state = *desk.base.state;
    const auto matter = state.find_matter(options.what);
    if (matter) {
        return app::escalate(state, desk.act, (*matter)->id(), options.reason, desk.base.tip.value_or(""));
    }
    GOVCTL_TRY(const std::string path, from_top(desk.workspace, options.what));
    const auto within = [&path](const FileEntry& file) {
        return file.path == path || file.path.starts_with(path + "/");
    };
    if (std::none_of(state.files().begin(), state.files().end(), within)) return matter.error();
    return app::dispute(state, desk.act, path, options.reason);
}

/// Whether the group above has a rule for appeals that this matter, which came by none, does not go by.
bool passes_by_appeals(const app::State& state, const model::Proposal& proposal) {
    const auto charter = state.people().charters.find(proposal.deciding_group());
    return !proposal.before.empty() && charter != state.people().charters.end() &&
           rules::appeal_reach(charter->second, state.project()) == rules::AppealReach::appeals;
}

Result<Exit> run(const Options& options, const Invocation& invocation) {
    if (options.reason.empty()) {
        return Error{ErrorKind::usage, "an escalation needs a reason", {"--reason TEXT, for those who decide it now"}};
    }
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    GOVCTL_TRY(app::Change change, make(options, desk));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change)));
    const auto matter = done.after->matters().find(done.change.record);
    std::vector<Text> lines;
    if (matter != done.after->matters().end()) {
        lines.push_back(Text(Style::name, done.change.record.str()) + "  now before " +
                        group_name(*done.after, matter->second.proposal().deciding_group()));
    }
    if (matter != done.after->matters().end() && passes_by_appeals(*done.after, matter->second.proposal()))
        invocation.out.talk(
            "its rule for appeals affirms a decision, and none is under appeal: the rule for its kind is taken");
    if (const std::string standing = standing_after(done, desk.act.now); !standing.empty())
        lines.emplace_back(standing);
    return tell(invocation, "escalate", done, lines);
}

}  // namespace

void define_escalate(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.operand("ID|PATH", &options->what, "a deadlocked matter, or a path whose owners disagree")
        .option("--reason", "TEXT", &options->reason, "why it cannot be settled where it is")
        .acts([options](const Invocation& invocation) { return run(*options, invocation); });
}

}  // namespace govctl::cli
