#pragma once

#include <string>

#include "govctl/base/result.hpp"
#include "invocation.hpp"

namespace govctl::cli {

/// What `list` asks for; `person list` and `group list` ask for less.
struct Listing {
    std::string kind;
    std::string status{};
    std::string group{};
    std::string person{};
};
Result<Exit> list_records(const Invocation& invocation, const std::string& command, const Listing& listing);

}  // namespace govctl::cli
