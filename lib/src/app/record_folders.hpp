#pragma once

#include <string>
#include <string_view>

namespace govctl::app {

/// Whether a path in lower case is that of govctl.yaml or lies in a folder of records; `root` in lower case too.
bool lies_among_records(const std::string& lowered, std::string_view root);

}  // namespace govctl::app
