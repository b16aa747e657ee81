#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "govctl/app/acts.hpp"

/// The texts that new records begin as. They teach: most of what they hold are comments.
namespace govctl::app {

/// Types of RFC: technical, policy, convention, charter, process.
const std::vector<std::string>& rfc_types();

/// The headings an RFC of this type must have, in order; none: there is no such type.
std::vector<std::string> required_sections(std::string_view type);

/// README.md of a new RFC: the required sections, each with a line that starts with `TODO:`.
std::string rfc_template(std::string_view type, std::string_view title);

/// `{{key}}` becomes the value, everywhere; keys without a value stay as they are. Also for a repository's own
/// templates.
std::string fill_template(std::string_view text, const std::map<std::string, std::string>& values);

/// rfc.yaml and motion.yaml of a draft.
std::string rfc_skeleton(const NewRfc& request, const std::string& author);
std::string motion_skeleton(const NewMotion& request, const std::string& author);

/// The first line of a record, by which editors find its schema. `to_root` leads from the file's folder to the root:
/// `../../`.
std::string schema_line(std::string_view kind, std::string_view to_root);

}  // namespace govctl::app
