#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>

#include "govctl/base/snapshot.hpp"

namespace govctl::test {

/// The files of tests/data/base: a governance with a little of everything and nothing wrong.
inline std::map<std::string, std::string> base_files() {
    namespace fs = std::filesystem;
    const fs::path folder = fs::path(GOVCTL_SOURCE_DIR) / "tests/data/base";
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        files[entry.path().lexically_relative(folder).generic_string()] = {std::istreambuf_iterator<char>(in), {}};
    }
    return files;
}

}  // namespace govctl::test
