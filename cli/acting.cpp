#include "acting.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "govctl/app/query.hpp"
#include "reading.hpp"
#include "render/course.hpp"
#include "render/words.hpp"
#include "session.hpp"
#include "signing.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

ordered_json done_json(const Invocation& invocation, const std::string& command, const Done& done) {
    ordered_json files = ordered_json::array();
    for (const auto& [path, bytes] : done.change.files) {
        files.push_back({{"path", path}, {"change", bytes ? "written" : "deleted"}});
    }
    return {{"schema", "govctl." + command + "/1"},
            {"id", done.change.record.name.empty() ? "" : done.change.record.str()},
            {"act", done.change.verb},
            {"subject", done.change.subject},
            {"commit", done.commit ? ordered_json(*done.commit) : ordered_json(nullptr)},
            {"dry_run", invocation.globals.dry_run},
            {"signed_by", done.key ? ordered_json(*done.key) : ordered_json(nullptr)},
            {"folder", done.change.folder},
            {"files", std::move(files)}};
}

void tell_files(const Invocation& invocation, const Done& done) {
    if (done.key) invocation.out.detail("signed by " + *done.key);
    if (done.commit) {
        invocation.out.detail(fmt::format("commit {}  {}", short_id(*done.commit), done.change.subject));
        return;
    }
    const bool dry = invocation.globals.dry_run;
    invocation.out.talk(fmt::format("{}: {}", dry ? "would commit" : "not committed", done.change.subject));
    for (const auto& [path, bytes] : done.change.files) {
        invocation.out.talk(
            fmt::format("  {} {}", bytes ? (dry ? "would write" : "wrote") : (dry ? "would delete" : "deleted"), path));
    }
}

using FindBase = Result<app::Workspace::Base> (app::Workspace::*)(const app::Session& session) const;

/// Who has waited for their turn acts on what is there by then, at an instant no earlier than its last commit.
Result<Desk> sit_down_at(const Invocation& invocation, FindBase find_base) {
    GOVCTL_TRY(auto workspace, open_workspace(invocation));
    git::Turn turn;
    if (!invocation.globals.dry_run) {
        GOVCTL_TRY(turn, workspace.repository().take_turn());
    }
    GOVCTL_TRY(auto who, session(invocation, workspace.repository()));
    GOVCTL_TRY(auto base, (workspace.*find_base)(who));
    show_lines_of(invocation, base.state);
    const Instant at = who.now;
    who.sign = commit_signer(invocation, workspace.repository(), who.committer);
    return Desk{std::move(workspace), std::move(turn), std::move(base), std::move(who), {"", at}};
}

}  // namespace

Result<Desk> sit_down(const Invocation& invocation) {
    GOVCTL_TRY(Desk desk, sit_down_unknown(invocation));
    GOVCTL_TRY(desk.act.actor, desk.workspace.actor(*desk.base.state, desk.session));
    return desk;
}

Result<Desk> sit_down_unknown(const Invocation& invocation) {
    return sit_down_at(invocation, &app::Workspace::governed_base);
}

Result<Desk> sit_down_to_found(const Invocation& invocation) {
    return sit_down_at(invocation, &app::Workspace::base);
}

Result<Done> carry_out(const Invocation& invocation, Desk& desk, app::Change change, const FileChanges& adopted) {
    Done done{std::move(change)};
    GOVCTL_TRY(done.after, desk.base.state->with(done.change.files));
    if (invocation.globals.dry_run) return done;
    GOVCTL_TRY(done.key, sign_records(invocation, desk, done.change));
    if (invocation.globals.no_commit) {
        GOVCTL_CHECK(desk.workspace.repository().write_work_files(done.change.files, desk.base.tip));
        return done;
    }
    GOVCTL_TRY(done.commit, desk.workspace.commit(desk.base, desk.session, done.change, adopted));
    return done;
}

Exit tell(const Invocation& invocation, const std::string& command, const Done& done, const std::vector<Text>& lines) {
    if (invocation.format == Format::json) {
        invocation.out.json(done_json(invocation, command, done));
        return Exit::done;
    }
    for (const Text& line : lines) invocation.out.confirm(line);
    tell_files(invocation, done);
    return Exit::done;
}

std::string standing_after(const Done& done, Instant now) {
    const auto found = done.after->matters().find(done.change.record);
    if (found == done.after->matters().end() || found->second.proposal().status != model::Status::open) return "";
    const auto course = app::course_of(*done.after, found->second, now);
    return course ? stage_in_brief({*done.after, found->second, *course, now}) : "";
}

Result<Exit> act_on(const Invocation& invocation, const std::string& command, const std::string& id,
                    const std::string& said, const Make& make) {
    GOVCTL_TRY(Desk desk, sit_down(invocation));
    GOVCTL_TRY(const app::Matter* matter, desk.base.state->find_matter(id));
    GOVCTL_TRY(app::Change change, make(*desk.base.state, desk.act, matter->id()));
    GOVCTL_TRY(const Done done, carry_out(invocation, desk, std::move(change)));
    std::vector<Text> lines = {Text(Style::name, done.change.record.str()) + "  " + desk.act.actor + " " + said};
    if (const std::string standing = standing_after(done, desk.act.now); !standing.empty())
        lines.emplace_back(standing);
    return tell(invocation, command, done, lines);
}

}  // namespace govctl::cli
