#pragma once

#include <string>

#include "govctl/base/result.hpp"
#include "govctl/yaml/document.hpp"

namespace govctl::yaml {

/// As parse(), for files that other tools read less strictly: a key may come twice, and all its entries are kept in the
/// order of the file; keys may have up to 1,000 bytes.
Result<Document> parse_lenient(std::string file, std::string bytes);

}  // namespace govctl::yaml
