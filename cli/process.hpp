#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "environment.hpp"

/// Other programs: git's own choice of editor, pager and signing program. Only acts and terminals with long answers
/// come here.
namespace govctl::cli {

/// What a program said, and its exit code; -1 where it was killed.
struct Answer {
    int exit = -1;
    std::string out;
    std::string errors;
};
/// Runs a program with `input` on its stdin, until it ends: it may ask its user at the terminal. None where it could
/// not be started.
std::optional<Answer> run(std::vector<std::string> arguments, std::string_view input);

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
