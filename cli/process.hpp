#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "environment.hpp"

/// Other programs: git's own choice of editor and pager. Only acts with an editor and terminals with long answers come
/// here.
namespace govctl::cli {

/// `git var NAME`; none where git has no answer.
std::optional<std::string> git_variable(const std::string& name);

/// Runs a shell command with `input` on its stdin. False where it could not be started.
bool pipe_into(const std::string& command, std::string_view input, const Environment& environment);

/// Runs a program whose words nobody wants. Whether it succeeded.
bool run_quietly(const std::vector<std::string>& arguments);

/// Opens a file in an editor, as git does: through the shell, the file as its argument. Gives the exit code; -1 where
/// it could not be started or was killed.
int edit(const std::string& editor, const std::string& file);

}  // namespace govctl::cli
