#pragma once

#include <span>
#include <string>
#include <string_view>

#include "govctl/base/embedded.hpp"

namespace govctl::embedded {

std::span<const EmbeddedFile> templates();  ///< lib/src/app/templates
std::span<const EmbeddedFile> schemas();    ///< schemas/

}  // namespace govctl::embedded

namespace govctl::app {

/// Where `init` writes the JSON schemas, below the root.
inline constexpr std::string_view schemas_folder = ".govctl/schemas/";

/// A template that is known to be there.
std::string_view built_in_template(std::string_view name);

/// A scalar as it stands after `key: `, in quotes where YAML needs them.
std::string yaml_scalar(const std::string& text);

}  // namespace govctl::app
