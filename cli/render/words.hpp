#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "govctl/app/state.hpp"
#include "output.hpp"

/// Small things that every view says the same way.
namespace govctl::cli {

std::string minute(Instant at);  ///< `2026-11-10 09:00Z`
std::string span(
    std::int64_t seconds);  ///< `2 days`, `3 hours`, `1 minute`, in the largest unit that fits twice or exactly
std::string away(Instant at, Instant now);                        ///< `in 2 days`, `3 hours ago`
std::string counted(std::size_t count, const std::string& noun);  ///< `1 warning`, `2 warnings`
/// `ada, bob`, at most `limit` of them and how many more.
std::string names(const std::vector<std::string>& all, std::size_t limit = 8);

std::string short_id(const std::string& commit);  ///< the first seven digits
std::string group_name(const app::State& state, const std::string& group);
Text status_text(model::Status status);

}  // namespace govctl::cli
