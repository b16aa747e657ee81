#pragma once

#include <optional>
#include <string>
#include <vector>

#include "govctl/app/acts.hpp"
#include "govctl/base/snapshot.hpp"
#include "govctl/git/repository.hpp"

namespace govctl::app {

/// A file that somebody named on the command line.
struct InputFile {
    std::string path;  ///< for messages
    std::string bytes;
};

/// What a governance starts from.
struct Beginning {
    std::string name;    ///< of the project
    std::string root{};  ///< empty: the top; else with a slash at its end
    std::string branch = "main";
    std::optional<InputFile> owners{};  ///< its approvers become steering, its reviewers people
    std::optional<InputFile> owners_aliases{};
    std::optional<InputFile> emails{};  ///< lines `handle <address>`
    std::string me{};                   ///< which of them runs this, or the handle of the first person
    git::Identity runner;
    Instant now;
};

struct Founding {
    Change change;
    std::string summary;  ///< `initialised governance for Example: steering (ada, bob from OWNERS), pm-group, …`
    std::vector<std::string> notes;  ///< what whoever runs it should know, a sentence each
};

/// The founding of a governance where `present` has none yet. With OWNERS its approvers become people and the steering
/// committee, aliases expanded, and its reviewers people; without, whoever runs it is the first person. What it writes
/// validates without an error. Errors: `blocked` where there is a govctl.yaml or another file in the way; `invalid` for
/// what the inputs have wrong; `usage` for a `me` that is none of them.
Result<Founding> init(const Snapshot& present, const Beginning& beginning);

}  // namespace govctl::app
