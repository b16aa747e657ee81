#include "govctl/app/explain.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "command.hpp"
#include "govctl/app/query.hpp"
#include "govctl/base/text.hpp"
#include "reading.hpp"
#include "render/course.hpp"
#include "render/words.hpp"

namespace govctl::cli {
namespace {

using nlohmann::ordered_json;

bool looks_like_finding(const std::string& word) {
    return word.size() > 3 && lower(word).starts_with("gov") &&
           word.find_first_not_of("0123456789", 3) == std::string::npos;
}

Result<Exit> explain_finding(const std::string& id, const Invocation& invocation) {
    const auto page = app::explain::page(id);
    if (!page) {
        return Error{ErrorKind::not_found,
                     fmt::format("there is no finding \"{}\"", id),
                     {"findings are called GOV001 to GOV499, as `govctl validate` prints them"}};
    }
    if (invocation.format == Format::json) {
        std::string name = lower(id);
        for (char& c : name) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        invocation.out.json({{"schema", "govctl.explain/1"}, {"id", name}, {"page", *page}});
    } else {
        invocation.out.lines(*page);
    }
    return Exit::done;
}

Result<Exit> explain_matter(const std::string& id, const Invocation& invocation) {
    GOVCTL_TRY(const Look seen, look(invocation));
    GOVCTL_TRY(const app::Matter* matter, seen.state->find_matter(id));
    const auto decisions = seen.state->decisions_on(matter->id());
    if (matter->proposal().status != model::Status::open && !decisions.empty()) {
        const model::Decision& decision = decisions.back()->value;
        if (invocation.format == Format::json) {
            ordered_json stages = ordered_json::array();
            for (const model::Because& run : decision.because) stages.push_back(to_json(run));
            invocation.out.json({{"schema", "govctl.explain/1"},
                                 {"id", matter->id().str()},
                                 {"outcome", model::outcome_word(decision.outcome)},
                                 {"stages", std::move(stages)},
                                 {"next", nullptr}});
            return Exit::done;
        }
        invocation.out.line(headline(*matter, model::outcome_word(decision.outcome)));
        print_decision_runs(invocation.out, decision);
        return Exit::done;
    }
    if (matter->proposal().status != model::Status::open) {
        const bool is_draft = matter->proposal().status == model::Status::draft;
        return Error{ErrorKind::invalid,
                     fmt::format("{} is {}{}: there is nothing to explain", matter->id().str(), is_draft ? "a " : "",
                                 model::status_word(matter->proposal().status))};
    }
    GOVCTL_TRY(const rules::Course course, app::course_of(*seen.state, *matter, seen.now));
    const Standpoint at{*seen.state, *matter, course, seen.now};
    if (invocation.format == Format::json) {
        invocation.out.json({{"schema", "govctl.explain/1"},
                             {"id", matter->id().str()},
                             {"outcome", standing_word(course)},
                             {"stages", stages_json(at)},
                             {"next", next_json(course)}});
        return Exit::done;
    }
    invocation.out.line(headline(*matter, standing_word(course)));
    print_course(invocation.out, at);
    return Exit::done;
}

}  // namespace

void define_explain(Syntax& syntax) {
    const auto what = std::make_shared<std::string>();
    syntax.operand("FINDING|ID", what.get(), "a finding, as GOV105, or a matter")
        .reads([what](const Invocation& invocation) {
            return looks_like_finding(*what) ? explain_finding(*what, invocation) : explain_matter(*what, invocation);
        });
}

}  // namespace govctl::cli
