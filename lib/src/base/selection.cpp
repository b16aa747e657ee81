#include "govctl/base/selection.hpp"

#include <algorithm>

namespace govctl {

bool Selection::has(std::string_view path) const {
    return path.starts_with(below) && has_name(path.substr(path.rfind('/') + 1));  // npos + 1 is 0
}

bool Selection::has_name(std::string_view name) const {
    return std::find(names.begin(), names.end(), name) != names.end() ||
           std::any_of(endings.begin(), endings.end(), [&](const auto& ending) { return name.ends_with(ending); });
}

Result<std::vector<FileEntry>> select(const Snapshot& snapshot, const Selection& wanted) {
    if (const auto* selective = dynamic_cast<const Selective*>(&snapshot)) return selective->select(wanted);
    GOVCTL_TRY(std::vector<FileEntry> files, snapshot.list());
    std::erase_if(files, [&](const FileEntry& file) { return !wanted.has(file.path); });
    return files;
}

Result<std::optional<std::string>> read_plain(const Snapshot& snapshot, const std::string& path) {
    if (const auto* selective = dynamic_cast<const Selective*>(&snapshot)) return selective->read_plain(path);
    auto bytes = snapshot.read(path);
    if (bytes) return std::optional(*std::move(bytes));
    if (bytes.error().kind == ErrorKind::not_found) return std::optional<std::string>();
    return bytes.error();
}

}  // namespace govctl
