#pragma once

#include <string>

#include "govctl/app/acts.hpp"
#include "govctl/app/state.hpp"
#include "govctl/base/finding.hpp"

/// Between OWNERS files and GitHub's CODEOWNERS, which says for each path only by the last pattern that matches it.
namespace govctl::app {

struct CodeownersExport {
    std::string text;
    Findings findings{};  ///< filters that no pattern can say
};
/// Who approves what, from the general to the special: aliases expanded, inheritance united, people by their login.
/// Every file of the state goes by it to the approvers that it has; where no pattern says what a filter says, files
/// stand one by one. Errors: `environment` where git cannot read.
Result<CodeownersExport> export_codeowners(const State& state);

struct CodeownersImport {
    Change change;
    Findings findings{};  ///< lines that OWNERS files cannot say, or not as sharply
};
/// OWNERS files that say what a CODEOWNERS does, in a state without any. Teams become aliases, addresses logins of the
/// people they are on record for, patterns filters. `file` is what it is called in findings. Errors: `blocked` where
/// there are OWNERS files.
Result<CodeownersImport> import_codeowners(const State& state, const std::string& file, const std::string& text);

/// The first line in which a CODEOWNERS says something else than `text`; none: it says the same. Comments and blank
/// lines say nothing.
struct CodeownersDifference {
    int line = 1;          ///< of the file that was compared
    std::string is{};      ///< empty: it ends there
    std::string should{};  ///< empty: it should have ended
};
std::optional<CodeownersDifference> first_difference(const std::string& file, const std::string& text);

}  // namespace govctl::app
