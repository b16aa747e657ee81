#pragma once

#include <optional>
#include <string>
#include <vector>

#include "govctl/app/state.hpp"

/// What views ask of a state. Nothing here changes anything.
namespace govctl::app {

/// How an opened matter runs up to `now`. Errors: as Judged::make() and rules::course().
Result<rules::Course> course_of(const State& state, const Matter& matter, Instant now);

/// Whether a no about the matter counts now. Errors: as course_of(), and where nothing is asked.
Result<bool> hears_no(const State& state, const Matter& matter, Instant now);

/// A stage as the matter is judged by it, and the line it stands on: of the charter, or of govctl.yaml, that was in
/// force when the matter's round opened.
struct StageText {
    model::Stage stage;
    Place place;
};
/// None for what is no stage of a rule: seconds, appeals.
std::optional<StageText> stage_text(const State& state, const Matter& matter, const rules::Run& run);

/// Objections to a matter that are not resolved, of people who are not recused.
struct StandingObjection {
    std::string by;
    model::Objection objection;
};
std::vector<StandingObjection> standing_objections(const Matter& matter);

/// A line of a record, or of a file in a proposal's folder, that has one of the words.
struct Hit {
    RecordId record;
    Place place;
    std::string line;
};
/// The records that hold all of `words`, without regard to case, each with the lines that hold one of them.
Result<std::vector<Hit>> search(const State& state, const std::vector<std::string>& words);

}  // namespace govctl::app
