#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "environment.hpp"
#include "output.hpp"

namespace govctl::cli {

/// How answers are written.
enum class Format { text, json, github, sarif };

/// The options that every command takes, before or after its name.
struct Globals {
    std::vector<std::string> folders;  ///< `-C`, each from the one before
    std::string format = "text";
    std::string color = "auto";
    bool no_pager = false;
    bool quiet = false;
    bool verbose = false;
    bool dry_run = false;
    bool yes = false;
    std::optional<std::string> as_of;
    std::optional<std::string> rev;
    bool no_commit = false;
    std::optional<std::string> branch;
    bool version = false;
    bool help = false;
};

/// The text of a file as it was looked at, to show the line that an error or a finding is about; none: not to be had.
using Source = std::function<std::optional<std::string>(const std::string& file)>;

/// One run of a command: what it was asked, where its words go, and the process around it.
struct Invocation {
    const Globals& globals;
    Format format;
    Output& out;
    const Environment& environment;
    Source& source;  ///< set by who reads a state, for errors about its files
};

/// What a command line comes to. The numbers are exit codes that scripts rely on.
enum class Exit {
    done = 0,
    negative = 1,  ///< findings, or the answer is no
    usage = 2,
    environment = 3,
    refused = 4,
    blocked = 5,
};

}  // namespace govctl::cli
