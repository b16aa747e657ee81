#pragma once

#include <nlohmann/json_fwd.hpp>

#include "govctl/app/query.hpp"
#include "govctl/app/state.hpp"
#include "output.hpp"

namespace govctl::cli {

/// A matter as it stands at an instant: what a view needs to tell about it.
struct Standpoint {
    const app::State& state;
    const app::Matter& matter;
    const rules::Course& course;
    Instant now;
};

/// `rfc-0001 gRPC probes — open`.
Text headline(const app::Matter& matter, std::string_view outcome);

/// The word for where a course stands: its outcome, or `open`.
std::string_view standing_word(const rules::Course& course);

/// Who could make a condition hold that does not: those without a position where votes are lacking, those with an
/// objection where it stands in the way.
struct Waiting {
    std::vector<std::string> positions;
    std::vector<app::StandingObjection> objections;
};
Waiting waiting_on(const Standpoint& at);

/// How wide the names of stages are printed.
std::size_t name_width(const rules::Course& course);

/// Every run of a stage, one line each; of the one that goes on, each condition with its figures, who is waited for and
/// what happens next.
void print_course(Output& out, const Standpoint& at);

/// What would make all conditions of a run hold, together: `3 more yes`; empty where they do.
std::string lacking(const rules::Run& run);

/// One line about the stage that goes on: `review: 4 may take part; needs 3 more yes`.
std::string stage_in_brief(const Standpoint& at);

/// `stages`, `missing`, `next` as in the JSON of `decide`.
nlohmann::ordered_json stages_json(const Standpoint& at);
nlohmann::ordered_json next_json(const rules::Course& course);

/// The runs of a decision made before, from its record.
void print_decision_runs(Output& out, const model::Decision& decision);
nlohmann::ordered_json to_json(const model::Because& run);

}  // namespace govctl::cli
