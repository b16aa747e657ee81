#pragma once

#include <filesystem>
#include <string>

#include "environment.hpp"
#include "govctl/git/repository.hpp"

/// Hooks as files: where git looks for them, and how ours share the place with one that was there before.
namespace govctl::cli {

/// Where git looks for hooks (githooks(5)): `core.hooksPath`, counted from the top of the work tree, else `hooks/`.
std::filesystem::path hooks_folder(const git::Repository& repository, const Environment& environment);

/// Writes a hook that calls `govctl hook run NAME`. One that is there already is kept beside it as
/// `NAME.before-govctl` and run first, on the same arguments and input. Errors: `environment`.
Result<void> install_hook(const std::filesystem::path& folder, const std::string& name);

/// Whether a hook of ours is there.
bool has_hook(const std::filesystem::path& folder, const std::string& name);

/// Takes our hook away and puts the one before back. Errors: `not_found`; `blocked`: it is not ours.
Result<void> uninstall_hook(const std::filesystem::path& folder, const std::string& name);

}  // namespace govctl::cli
