#include <fmt/format.h>

#include "govctl/base/text.hpp"
#include "record_folders.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

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
