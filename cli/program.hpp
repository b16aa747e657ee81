#pragma once

#include <string>
#include <vector>

namespace govctl::cli {

class Environment;

/// Runs one command line, without the program's name. Gives the exit code.
int run(const std::vector<std::string>& arguments, const Environment& environment);

}  // namespace govctl::cli
