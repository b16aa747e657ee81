#include <fmt/format.h>

#include <algorithm>

#include "govctl/base/text.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

constexpr std::string_view record_folders[] = {"people/",    "organizations/", "groups/",   "rfcs/",     "motions/",
                                               "decisions/", "elections/",     "features/", "requests/", "releases/"};

/// Whether a path, its case aside, lies in a folder of records.
bool lies_among_records(const std::string& lowered, std::string_view root) {
    if (lowered == "govctl.yaml") return true;
    if (!lowered.starts_with(root)) return false;
    const std::string_view inner = std::string_view(lowered).substr(root.size());
    return std::any_of(std::begin(record_folders), std::end(record_folders),
                       [&](std::string_view folder) { return inner.starts_with(folder); });
}

void check_case_twins(Validation& validation) {
    const std::string root = lower(validation.state().root());
    std::map<std::string, const std::string*> seen;
    for (const FileEntry& file : validation.state().files()) {
        std::string lowered = lower(file.path);
        if (!lies_among_records(lowered, root)) continue;
        const auto [first, is_new] = seen.emplace(std::move(lowered), &file.path);
        if (is_new) continue;
        validation.report("GOV414", Place{file.path},
                          fmt::format("this path differs from \"{}\" only by case", *first->second),
                          "keep one of them: on many file systems they are the same file");
    }
}

/// A number given to two RFCs leaves one of them out of every index: only the paths still tell.
void check_numbers(Validation& validation) {
    std::map<RecordId, std::string> folders;
    for (const FileEntry& file : validation.files_below(validation.state().root() + "rfcs/")) {
        const auto where = record::record_at(file.path, validation.state().root());
        if (!where || where->kind != RecordKind::rfc) continue;
        const auto [first, is_new] = folders.emplace(where->id, where->folder);
        if (is_new) continue;
        validation.report("GOV101", Place{file.path},
                          fmt::format("{} is also the number of {}", where->id.str(), first->second),
                          fmt::format("give one of them a free number: `govctl rfc renumber {}`", where->folder));
    }
}

}  // namespace

void check_paths(Validation& validation) {
    check_case_twins(validation);
    check_numbers(validation);
}

}  // namespace govctl::app
