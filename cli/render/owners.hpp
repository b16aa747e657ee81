#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "govctl/app/approval.hpp"
#include "invocation.hpp"

/// Who owns a path, and what is missing of an approval.
namespace govctl::cli {

/// What is known of one path.
struct ShownPath {
    std::string path;
    record::PathOwners owners;
    std::string group{};       ///< empty: none, or nothing is governed
    std::string group_name{};  ///< what the group is called
};

/// All of it: each name and the line that gives it.
void print_path(Output& out, const ShownPath& shown);
/// One line a path: who can approve it.
void print_paths(Output& out, const std::vector<ShownPath>& shown);
nlohmann::ordered_json to_json(const ShownPath& shown);

/// What is missing, path by path, and who could give it; findings of governed files with it.
void print_approvals(const Invocation& invocation, const app::Approvals& approvals);
/// `cover`, `missing` and the like, to be added to an object.
void add_json(nlohmann::ordered_json& object, const app::Approvals& approvals);

/// Paths with whole folders in one where all files of a folder are among them: `docs/`. Both sorted.
struct Bundle {
    std::string path;
    std::size_t files = 1;
};
std::vector<Bundle> bundled(const std::vector<std::string>& chosen, const std::vector<std::string>& all);

}  // namespace govctl::cli
