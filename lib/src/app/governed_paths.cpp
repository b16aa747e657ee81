#include "governed_paths.hpp"

#include <algorithm>

#include "govctl/base/text.hpp"
#include "record_folders.hpp"

namespace govctl::app {

namespace {

/// `./pkg/` → `pkg/`, `.` → nothing.
std::string as_folder(std::string_view area) {
    while (area.starts_with("./")) area.remove_prefix(2);
    while (area.ends_with('/')) area.remove_suffix(1);
    if (area == ".") return "";
    return area.empty() ? "" : std::string(area) + "/";
}

/// Whether one of two folders lies in the other.
bool meet(std::string_view a, std::string_view b) {
    return a.starts_with(b) || b.starts_with(a);
}

bool tells_owners(std::string_view path) {
    return path == "OWNERS" || path.ends_with("/OWNERS");
}

}  // namespace

GovernedPaths::GovernedPaths(const State& state)
    : root_(lower(state.root())), protected_(state.project().protected_paths) {
    for (const auto& [group, charter] : state.people().charters)
        for (const std::string& area : charter.areas) areas_.push_back(as_folder(area));
}

bool GovernedPaths::may_hold(const std::string& path) const {
    if (!path.ends_with('/')) return may_be_governed(path);
    const std::string lowered = lower(path);
    const auto meets_folder = [&](std::string_view folder) { return meet(lowered, root_ + std::string(folder)); };
    const auto meets_path = [&](const std::string& folder) { return meet(path, folder); };
    return std::any_of(record_folders().begin(), record_folders().end(), meets_folder) ||
           std::any_of(protected_.begin(), protected_.end(), meets_path) ||
           std::any_of(areas_.begin(), areas_.end(), meets_path);
}

bool GovernedPaths::may_be_governed(std::string_view file) const {
    if (lies_among_records(lower(file), root_) || file == "OWNERS_ALIASES" || tells_owners(file)) return true;
    const auto is_below = [&](const std::string& place) {
        return file == place || (place.ends_with('/') && file.starts_with(place));
    };
    return std::any_of(protected_.begin(), protected_.end(), is_below);
}

}  // namespace govctl::app
