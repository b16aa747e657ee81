#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "govctl/app/state.hpp"
#include "output.hpp"

/// Records in brief, as lists have them, and in JSON.
namespace govctl::cli {

/// The cells of a line of `list`.
std::vector<Text> row_of(const app::Matter& matter);
std::vector<Text> row_of(const app::State& state, const model::Decision& decision);
std::vector<Text> row_of(const app::State& state, const model::Person& person, Instant now);
std::vector<Text> row_of(const app::State& state, const model::Charter& charter, Instant now);
std::vector<Text> row_of(const model::Organization& organization);

nlohmann::ordered_json brief_json(const app::Matter& matter);
nlohmann::ordered_json brief_json(const app::State& state, const model::Decision& decision);
nlohmann::ordered_json brief_json(const app::State& state, const model::Person& person, Instant now);
nlohmann::ordered_json brief_json(const app::State& state, const model::Charter& charter, Instant now);
nlohmann::ordered_json brief_json(const model::Organization& organization);

/// `chair of sig-node`, each seat a person holds at an instant.
std::vector<std::string> seats_of(const app::State& state, const std::string& handle, Instant now);
/// The highest level a person holds; empty: none.
std::string level_of(const app::State& state, const model::Person& person, Instant now);
/// The title of the matter a decision is about; empty where it is gone.
std::string subject_title(const app::State& state, const model::Decision& decision);
/// `file conventions/probes.md from probes.md`.
std::string effect_words(const model::Effect& effect);

}  // namespace govctl::cli
