#include <fmt/format.h>

#include "govctl/base/text.hpp"
#include "record_folders.hpp"
#include "validation.hpp"

namespace govctl::app {
namespace {

void report_twin(Validation& validation, const std::string& path, const std::string& first) {
    validation.report("GOV414", Place{path}, fmt::format("this path differs from \"{}\" only by case", first),
                      "keep one of them: on many file systems they are the same file");
}

void report_number(Validation& validation, const std::string& path, const record::RecordPath& where,
                   const std::string& first) {
    validation.report("GOV101", Place{path}, fmt::format("{} is also the number of {}", where.id.str(), first),
                      fmt::format("give one of them a free number: `govctl rfc renumber {}`", where.folder));
}

void check_case_twins(Validation& validation) {
    const std::string root = lower(validation.state().root());
    std::map<std::string, const std::string*> seen;
    for (const FileEntry& file : validation.state().files()) {
        std::string lowered = lower(file.path);
        if (!lies_among_records(lowered, root)) continue;
        const auto [first, is_new] = seen.emplace(std::move(lowered), &file.path);
        if (is_new) continue;
        report_twin(validation, file.path, *first->second);
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
        report_number(validation, file.path, *where, first->second);
    }
}

}  // namespace

void check_paths_of(Validation& validation, const Matter& matter) {
    const State& state = validation.state();
    for (const FileEntry& file : validation.files_below(matter.folder())) {
        const auto twins = state.case_twins(file.path);
        if (!twins.empty() && twins.front() < file.path) report_twin(validation, file.path, twins.front());
    }
    if (!matter.proposal().is_rfc || matter.proposal().number == 0) return;
    const std::string any_slug = record::rfc_folder(state.root(), matter.proposal().number, "");
    for (const FileEntry& file : validation.files_below(any_slug.substr(0, any_slug.size() - 1))) {
        const auto where = record::record_at(file.path, state.root());
        if (!where || where->kind != RecordKind::rfc) continue;
        if (file.path < matter.record.path)
            report_number(validation, matter.record.path, matter.record.where, where->folder);
        break;
    }
}

void check_paths(Validation& validation) {
    check_case_twins(validation);
    check_numbers(validation);
}

}  // namespace govctl::app
