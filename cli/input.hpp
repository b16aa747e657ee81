#pragma once

#include <string>

#include "govctl/base/result.hpp"

namespace govctl::cli {

/// The bytes of a file that the command line names; `-` is the standard input. Errors: `environment`.
Result<std::string> read_input(const std::string& path);

}  // namespace govctl::cli
