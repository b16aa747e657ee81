#pragma once

#include <nlohmann/json_fwd.hpp>

#include "govctl/app/signatures.hpp"
#include "output.hpp"

namespace govctl::cli {

/// `signed`, `commit signed`, `claimed by e-mail only`.
std::string support_words(const app::Support& support);

/// `signed (ada, bob); claimed by e-mail only (cy)`; empty where there are no ballots.
std::string support_words(const Result<std::vector<app::Support>>& supports);

/// As support_words(), after `  rests on: `.
void print_supports(Output& out, const Result<std::vector<app::Support>>& supports);

/// `{"ada": "signed"}`.
nlohmann::ordered_json supports_json(const Result<std::vector<app::Support>>& supports);

}  // namespace govctl::cli
