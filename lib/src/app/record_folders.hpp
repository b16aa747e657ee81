#pragma once

#include <span>
#include <string>
#include <string_view>

namespace govctl::app {

/// The folders that records lie in, each with a slash at its end.
std::span<const std::string_view> record_folders();

/// Whether a path in lower case is that of govctl.yaml or lies in a folder of records; `root` in lower case too.
bool lies_among_records(const std::string& lowered, std::string_view root);

}  // namespace govctl::app
