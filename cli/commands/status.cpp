#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "command.hpp"
#include "govctl/app/query.hpp"
#include "govctl/app/signatures.hpp"
#include "govctl/base/text.hpp"
#include "reading.hpp"
#include "render/course.hpp"
#include "render/elections.hpp"
#include "render/records.hpp"
#include "render/supports.hpp"
#include "render/words.hpp"
#include "session.hpp"
#include "showing.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

struct Options {
    bool me = false;
    std::string person;
    bool late = false;
};

/// An open matter and where it stands.
struct OpenMatter {
    const app::Matter* matter;
    rules::Course course;
    std::vector<std::string> waiting_on;  ///< sorted
    std::vector<std::string> may_act;     ///< who could second it, has no position, or an objection unresolved; sorted
};

/// What a project has before it.
struct Picture {
    std::vector<OpenMatter> ready;  ///< final, not decided yet
    std::vector<OpenMatter> running;
    std::vector<const app::Matter*> drafts;
    std::vector<std::pair<const app::Matter*, std::string>> broken;  ///< cannot be judged, and why
    std::vector<const app::Contest*> elections;
};

void tidy(std::vector<std::string>& people) {
    std::sort(people.begin(), people.end());
    people.erase(std::unique(people.begin(), people.end()), people.end());
}

/// Who could second it, while it waits for that: those who may and have not.
std::vector<std::string> who_may_second(const OpenMatter& open) {
    if (open.course.last().stage != "seconds") return {};
    std::vector<std::string> people = open.course.last().eligible;
    std::erase_if(people, [&](const std::string& handle) {
        const auto ballot = open.matter->ballots.find(handle);
        return ballot != open.matter->ballots.end() && ballot->second.value.second;
    });
    return people;
}

void find_people(OpenMatter& open, const Look& look) {
    const Waiting waiting = waiting_on({*look.state, *open.matter, open.course, look.now});
    open.waiting_on = waiting.positions;
    for (const app::StandingObjection& each : waiting.objections) open.waiting_on.push_back(each.by);
    open.may_act = open.course.last().index < 0 ? who_may_second(open) : open.course.last().missing;
    for (const app::StandingObjection& each : app::standing_objections(*open.matter)) open.may_act.push_back(each.by);
    tidy(open.waiting_on);
    tidy(open.may_act);
}

Picture picture_of(const Look& look) {
    Picture picture;
    for (const auto& [id, matter] : look.state->matters()) {
        const model::Status status = matter.proposal().status;
        if (status == model::Status::draft) picture.drafts.push_back(&matter);
        if (status != model::Status::open) continue;
        auto course = app::course_of(*look.state, matter, look.now);
        if (!course) {
            picture.broken.emplace_back(&matter, course.error().message);
            continue;
        }
        OpenMatter open{&matter, *std::move(course), {}, {}};
        find_people(open, look);
        (open.course.outcome ? picture.ready : picture.running).push_back(std::move(open));
    }
    for (const auto& [id, contest] : look.state->contests())
        if (contest.election().status < model::ElectionStatus::certified) picture.elections.push_back(&contest);
    return picture;
}

bool is_late(const OpenMatter& open, Instant now) {
    if (open.course.outcome || open.course.deadlocked) return true;
    const auto& deadline = open.course.last().deadline;
    return deadline && *deadline <= now;
}

void keep_for(Picture& picture, const std::string& person, Instant now) {
    const auto is_author = [&person](const app::Matter* matter) {
        const auto& authors = matter->proposal().authors;
        return std::find(authors.begin(), authors.end(), person) != authors.end();
    };
    std::erase_if(picture.running, [&](const OpenMatter& open) {
        return !std::binary_search(open.may_act.begin(), open.may_act.end(), person);
    });
    std::erase_if(picture.drafts, [&](const app::Matter* matter) { return !is_author(matter); });
    std::erase_if(picture.elections, [&](const app::Contest* contest) {
        const auto waits_on = election_waits_on(*contest, now);
        return !std::binary_search(waits_on.begin(), waits_on.end(), person);
    });
}

void keep_late(Picture& picture, Instant now) {
    std::erase_if(picture.running, [now](const OpenMatter& open) { return !is_late(open, now); });
    std::erase_if(picture.elections, [now](const app::Contest* contest) { return !is_election_due(*contest, now); });
    picture.drafts.clear();
}

Text title_line(const app::Matter& matter) {
    return Text("  ") + Text(Style::name, matter.id().str()) + "  " + Text(Style::strong, matter.proposal().title);
}

/// How many ballots are signed; empty: there are none.
std::string signed_words(const Look& look, const OpenMatter& open) {
    std::size_t all = 0, signed_ = 0;
    for (const auto& [voter, ballot] : open.matter->ballots) {
        const auto basis = app::basis_of(*look.state, ballot);
        ++all;
        if (basis && basis->is_signed()) ++signed_;
    }
    if (all == 0) return "";
    return signed_ == all
               ? fmt::format("{}, signed", counted(all, "ballot"))
               : fmt::format("{}, {} signed", counted(all, "ballot"), signed_ == 0 ? "none" : std::to_string(signed_));
}

void print_running(Output& out, const Look& look, const OpenMatter& open) {
    const rules::Run& run = open.course.last();
    out.line(title_line(*open.matter));
    std::string where = group_name(*look.state, open.matter->proposal().deciding_group()) + ", " + run.stage;
    if (const std::string wants = lacking(run); !wants.empty()) where += ": needs " + wants;
    out.line("    " + where);
    if (!open.waiting_on.empty()) out.line("    waiting on " + names(open.waiting_on));
    if (const std::string words = signed_words(look, open); !words.empty()) out.line("    " + words);
    if (open.course.deadlocked)
        out.line(Text(Style::bad, "    deadlock") + ", since " + minute(run.deadline.value_or(run.from)));
    if (open.course.next) {
        out.line(fmt::format("    {} {} ({})", open.course.next->event, minute(open.course.next->at),
                             away(open.course.next->at, look.now)));
    }
}

void print_picture(Output& out, const Look& look, const Picture& picture, const std::string& nothing) {
    if (!picture.ready.empty()) out.line("ready to decide");
    for (const OpenMatter& open : picture.ready) {
        out.line(title_line(*open.matter));
        const std::string since = open.course.concluded ? " since " + minute(*open.course.concluded) : "";
        out.line(
            fmt::format("    {}{}: `govctl decide {}`", standing_word(open.course), since, open.matter->id().str()));
    }
    if (!picture.running.empty()) out.line("open");
    for (const OpenMatter& open : picture.running) print_running(out, look, open);
    if (!picture.elections.empty()) out.line("elections");
    for (const app::Contest* contest : picture.elections) {
        out.line(Text("  ") + Text(Style::name, contest->id().str()) + "  " +
                 Text(Style::strong, contest->election().title));
        out.line("    " + election_standing(*contest, look.now));
        if (const auto waits_on = election_waits_on(*contest, look.now); !waits_on.empty())
            out.line("    waiting on " + names(waits_on));
    }
    if (!picture.broken.empty()) out.line("cannot be judged");
    for (const auto& [matter, why] : picture.broken) {
        out.line(title_line(*matter));
        out.line("    " + why);
    }
    if (!picture.drafts.empty()) out.line("drafts");
    for (const app::Matter* matter : picture.drafts) {
        out.line(title_line(*matter) + "  by " + names(matter->proposal().authors, 3));
    }
    if (picture.ready.empty() && picture.running.empty() && picture.drafts.empty() && picture.broken.empty() &&
        picture.elections.empty()) {
        out.confirm(nothing);
    }
}

ordered_json open_json(const Look& look, const OpenMatter& open) {
    ordered_json json = brief_json(*open.matter);
    const rules::Run& run = open.course.last();
    json["stage"] = run.stage;
    json["outcome"] = standing_word(open.course);
    json["concluded"] = open.course.concluded ? ordered_json(open.course.concluded->str()) : ordered_json(nullptr);
    json["deadline"] = run.deadline ? ordered_json(run.deadline->str()) : ordered_json(nullptr);
    json["waiting_on"] = open.waiting_on;
    json["deadlocked"] = open.course.deadlocked;
    json["late"] = is_late(open, look.now);
    json["next"] = next_json(open.course);
    json["rests_on"] = supports_json(app::supports(*look.state, *open.matter));
    return json;
}

ordered_json picture_json(const Look& look, const Picture& picture) {
    ordered_json ready = ordered_json::array(), running = ordered_json::array(), drafts = ordered_json::array();
    ordered_json broken = ordered_json::array(), elections = ordered_json::array();
    for (const app::Contest* contest : picture.elections) {
        ordered_json json = brief_json(*contest);
        json["due"] = is_election_due(*contest, look.now);
        json["waiting_on"] = election_waits_on(*contest, look.now);
        elections.push_back(std::move(json));
    }
    for (const OpenMatter& open : picture.ready) ready.push_back(open_json(look, open));
    for (const OpenMatter& open : picture.running) running.push_back(open_json(look, open));
    for (const app::Matter* matter : picture.drafts) drafts.push_back(brief_json(*matter));
    for (const auto& [matter, why] : picture.broken) broken.push_back({{"id", matter->id().str()}, {"why", why}});
    return {{"schema", "govctl.status/1"},
            {"as_of", look.now.str()},
            {"ready", std::move(ready)},
            {"open", std::move(running)},
            {"cannot_be_judged", std::move(broken)},
            {"drafts", std::move(drafts)},
            {"elections", std::move(elections)}};
}

/// `--person`, or whoever runs this with `--me`; empty: everyone.
Result<std::string> person_of(const Options& options, const Invocation& invocation, const Look& look) {
    if (options.me) {
        GOVCTL_TRY(const app::Session who, session(invocation, look.workspace.repository()));
        return look.workspace.actor(*look.state, who);
    }
    if (options.person.empty()) return std::string();
    const model::Person* person = look.state->people().person(options.person);
    if (person != nullptr) return person->handle;
    std::vector<std::string> known;
    for (const auto& [handle, each] : look.state->people().people) known.push_back(handle);
    return unknown("person", options.person, known);
}

Result<Exit> run(const Options& options, const Invocation& invocation) {
    GOVCTL_TRY(const Look seen, look(invocation));
    GOVCTL_TRY(const std::string person, person_of(options, invocation, seen));
    Picture picture = picture_of(seen);
    if (!person.empty()) keep_for(picture, person, seen.now);
    if (options.late) keep_late(picture, seen.now);
    if (invocation.format == Format::json) {
        invocation.out.json(picture_json(seen, picture));
    } else {
        const std::string nothing = !person.empty() ? "nothing that " + person + " could act on is open"
                                    : options.late  ? "nothing is late"
                                                    : "nothing is open";
        print_picture(invocation.out, seen, picture, nothing);
    }
    return Exit::done;
}

}  // namespace

void define_status(Syntax& syntax) {
    const auto options = std::make_shared<Options>();
    syntax.flag("--me", options->me, "only where you can do something")
        .option("--person", "HANDLE", &options->person, "only where this person can do something")
        .flag("--late", options->late, "only what is past its time")
        .reads([options](const Invocation& invocation) { return run(*options, invocation); });
}

}  // namespace govctl::cli
