#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "acting.hpp"
#include "command.hpp"
#include "errors.hpp"
#include "govctl/app/query.hpp"
#include "govctl/base/text.hpp"
#include "reading.hpp"
#include "render/course.hpp"
#include "render/supports.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

struct Options {
    std::optional<std::string> id;
    bool due = false;
};

ordered_json outcome_json(const Standpoint& at, const std::optional<git::Oid>& commit) {
    return {{"schema", "govctl.decide/1"},         {"id", at.matter.id().str()},
            {"outcome", standing_word(at.course)}, {"commit", commit ? ordered_json(*commit) : ordered_json(nullptr)},
            {"stages", stages_json(at)},           {"missing", at.course.last().missing},
            {"next", next_json(at.course)},        {"rests_on", supports_json(app::supports(at.state, at.matter))}};
}

/// A matter decided before: its last decision, as recorded.
Exit show_decided(const Invocation& invocation, const app::Matter& matter, const model::Decision& decision) {
    if (invocation.format == Format::json) {
        ordered_json stages = ordered_json::array();
        for (const model::Because& run : decision.because) stages.push_back(to_json(run));
        invocation.out.json({{"schema", "govctl.decide/1"},
                             {"id", matter.id().str()},
                             {"outcome", model::outcome_word(decision.outcome)},
                             {"commit", nullptr},
                             {"stages", std::move(stages)},
                             {"missing", ordered_json::array()},
                             {"next", nullptr},
                             {"decision", "decision/" + decision.id},
                             {"decided", decision.decided.str()}});
        return Exit::done;
    }
    invocation.out.line(headline(matter, model::outcome_word(decision.outcome)));
    print_decision_runs(invocation.out, decision);
    invocation.out.line(fmt::format("  decided {}  decision/{}", minute(decision.decided), decision.id));
    return Exit::done;
}

void print_enacted(Output& out, const app::Verdict& verdict) {
    for (const std::string& path : verdict.decision->enacted) {
        out.line(fmt::format("  {:<{}}  {}", "enacted", name_width(verdict.course), path));
    }
}

/// Computes one matter's outcome, tells how it comes about and, where it is final, commits it.
Result<Exit> decide_one(const Invocation& invocation, Desk& desk, const app::Matter& matter, ordered_json* all) {
    GOVCTL_TRY(app::Verdict verdict, app::decide(*desk.base.state, desk.act, matter.id(), desk.base.tip.value_or("")));
    std::optional<Done> done;
    if (verdict.change) {
        GOVCTL_TRY(done, carry_out(invocation, desk, *verdict.change));
    }
    const std::optional<git::Oid> commit = done ? done->commit : std::nullopt;
    const Standpoint at{*desk.base.state, matter, verdict.course, desk.act.now};
    if (invocation.format == Format::json) {
        ordered_json json = outcome_json(at, commit);
        if (verdict.decision) json["decision"] = "decision/" + verdict.decision->id;
        if (all != nullptr) {
            all->push_back(std::move(json));
        } else {
            invocation.out.json(json);
        }
    } else {
        invocation.out.line(headline(matter, standing_word(verdict.course)));
        print_course(invocation.out, at);
        if (invocation.globals.dry_run) print_supports(invocation.out, app::supports(*desk.base.state, matter));
        if (verdict.decision) print_enacted(invocation.out, verdict);
        if (commit) invocation.out.line(fmt::format("commit {}  decision/{}", short_id(*commit), verdict.decision->id));
    }
    return verdict.course.outcome ? Exit::done : Exit::negative;
}

Result<Exit> run_one(const Invocation& invocation, const std::string& id) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    GOVCTL_TRY(const app::Matter* matter, desk.base.state->find_matter(id));
    const auto decisions = desk.base.state->decisions_on(matter->id());
    const bool undecided =
        matter->proposal().status == model::Status::open || matter->proposal().status == model::Status::draft;
    if (!undecided && !decisions.empty()) return show_decided(invocation, *matter, decisions.back()->value);
    return decide_one(invocation, desk, *matter, nullptr);
}

std::vector<RecordId> due_now(const Desk& desk) {
    std::vector<RecordId> due;
    for (const auto& [id, matter] : desk.base.state->matters()) {
        if (matter.proposal().status != model::Status::open) continue;
        const auto course = app::course_of(*desk.base.state, matter, desk.act.now);
        if (course && course->outcome) due.push_back(id);
    }
    return due;
}

/// One commit a matter, each on the state that the one before left. What cannot be decided is told, and keeps no other
/// from being decided.
Result<Exit> run_due(const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    ordered_json all = ordered_json::array();
    Exit exit = Exit::done;
    const std::vector<RecordId> due = due_now(desk);
    for (const RecordId& id : due) {
        const auto decided = decide_one(invocation, desk, desk.base.state->matters().at(id), &all);
        if (!decided) {
            report(decided.error(), invocation.out, invocation.source);
            exit = exit_of(decided.error().kind);
            continue;
        }
        if (invocation.globals.dry_run || invocation.globals.no_commit) continue;
        GOVCTL_TRY(desk.base, desk.workspace.governed_base(desk.session));
    }
    if (invocation.format == Format::json) {
        invocation.out.json({{"schema", "govctl.decide-due/1"}, {"decided", std::move(all)}});
    } else if (due.empty()) {
        invocation.out.talk("nothing is due");
    }
    return exit;
}

Result<Exit> run(const Options& options, const Invocation& invocation) {
    if (options.due == options.id.has_value()) {
        return Error{ErrorKind::usage, "name one matter, or say --due for every one whose time has come"};
    }
    return options.due ? run_due(invocation) : run_one(invocation, *options.id);
}

}  // namespace

void define_decide(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.operand("ID", &options->id, "the matter")
        .flag("--due", options->due, "decide every matter whose time has come")
        .note("exit 0 once the outcome is final, whatever it is; 1 while the matter is open")
        .acts([options](const Invocation& invocation) { return run(*options, invocation); });
}

}  // namespace govctl::cli
