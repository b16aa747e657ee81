#include "record_folders.hpp"

#include <algorithm>

namespace govctl::app {

static constexpr std::string_view folders[] = {"people/",    "organizations/", "groups/",   "rfcs/",     "motions/",
                                               "decisions/", "elections/",     "features/", "requests/", "releases/"};

std::span<const std::string_view> record_folders() {
    return folders;
}

bool lies_among_records(const std::string& lowered, std::string_view root) {
    if (lowered == "govctl.yaml") return true;
    if (!lowered.starts_with(root)) return false;
    const std::string_view inner = std::string_view(lowered).substr(root.size());
    return std::any_of(std::begin(folders), std::end(folders),
                       [&](std::string_view folder) { return inner.starts_with(folder); });
}

}  // namespace govctl::app
