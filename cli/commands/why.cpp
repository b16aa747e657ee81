#include "govctl/app/why.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "command.hpp"
#include "govctl/base/text.hpp"
#include "reading.hpp"
#include "render/records.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

struct Question {
    std::string path;
    std::optional<int> line;
};

/// `conventions/probes.md:12`.
Question question_of(const std::string& typed) {
    const std::size_t colon = typed.rfind(':');
    const std::string digits = colon == std::string::npos ? "" : typed.substr(colon + 1);
    const bool is_number = !digits.empty() && digits.size() < 9 &&
                           std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number) return {typed, std::nullopt};
    return {typed.substr(0, colon), std::stoi(digits)};
}

std::string subject_of(const git::Commit& commit) {
    return commit.message.substr(0, commit.message.find('\n'));
}

void print(Output& out, const app::State& state, const app::Why& why) {
    if (why.decision) {
        const model::Decision& decision = *why.decision;
        out.line(Text(Style::name, "decision/" + decision.id) + "  " + Text(model::outcome_word(decision.outcome)) +
                 " " + minute(decision.decided));
        out.line(fmt::format("{} {}", decision.subject, subject_title(state, decision)));
    } else {
        out.line(why.founding ? "given at the founding" : "no decision brought this");
    }
    out.line(fmt::format("commit {}  {}, {}", short_id(why.commit.id), subject_of(why.commit),
                         minute(why.commit.committed)));
}

ordered_json to_json(const Question& question, const app::Why& why) {
    ordered_json json = {{"schema", "govctl.why/1"}, {"path", question.path}};
    json["line"] = question.line ? ordered_json(*question.line) : ordered_json(nullptr);
    json["commit"] = why.commit.id;
    json["subject"] = subject_of(why.commit);
    json["founding"] = why.founding;
    json["decision"] = why.decision ? ordered_json("decision/" + why.decision->id) : ordered_json(nullptr);
    json["matter"] = why.decision ? ordered_json(why.decision->subject) : ordered_json(nullptr);
    json["outcome"] = why.decision ? ordered_json(model::outcome_word(why.decision->outcome)) : ordered_json(nullptr);
    return json;
}

Result<Exit> run(const std::string& typed, const Invocation& invocation) {
    GOVCTL_TRY(const app::Workspace workspace, open_workspace(invocation));
    Question question = question_of(typed);
    GOVCTL_TRY(question.path, from_top(workspace, question.path));
    std::string revision = invocation.globals.rev.value_or("HEAD");
    if (!invocation.globals.rev && workspace.repository().is_bare()) {
        GOVCTL_TRY(revision, workspace.canonical_branch());
    }
    GOVCTL_TRY(const git::Oid tip, workspace.repository().resolve(revision));
    GOVCTL_TRY(const auto state, workspace.state_at(tip));
    GOVCTL_TRY(const app::Why why, app::why(workspace, question.path, question.line, revision));
    if (invocation.format == Format::json) {
        invocation.out.json(to_json(question, why));
    } else {
        print(invocation.out, *state, why);
    }
    return why.decision || why.founding ? Exit::done : Exit::negative;
}

}  // namespace

void define_why(Syntax& syntax) {
    const auto path = std::make_shared<std::string>();
    syntax.operand("PATH[:LINE]", path.get(), "a file as committed, or a line of it")
        .note("exit 1 where no decision brought it")
        .reads([path](const Invocation& invocation) { return run(*path, invocation); });
}

}  // namespace govctl::cli
