#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "govctl/record/owners.hpp"

/// How OWNERS files are read where there are many.
namespace govctl::record {

/// The nodes of an OWNERS or OWNERS_ALIASES file, in which a key may come twice. Errors: `invalid`, with a place.
Result<yaml::Document> parse_owners(std::string file, std::string bytes);

/// read_owners() of a file in the form that most have, lists of names one a line, without the detour over nodes. None:
/// it has another form, or something to be found in it.
std::optional<Owners> read_simple_owners(const std::string& file, std::string_view bytes);

/// `owners: {front-matter: true}` of govctl.yaml.
bool wants_front_matter(const yaml::Document& project);

}  // namespace govctl::record
