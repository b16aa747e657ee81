#pragma once

#include <string>

#include "govctl/base/result.hpp"
#include "invocation.hpp"
#include "reading.hpp"

namespace govctl::cli {

/// Prints a record, whatever its kind.
Result<Exit> show_record(const Invocation& invocation, const std::string& command, const std::string& id);

/// The error for a person, a group, a decision or an organization that is not there, with near names.
Error unknown(const std::string& what, const std::string& name, const std::vector<std::string>& known);
/// The same, or that it is there but cannot be read.
Error unknown(const app::State& state, const std::string& what, const std::string& name, const std::string& path,
              const std::vector<std::string>& known);

}  // namespace govctl::cli
