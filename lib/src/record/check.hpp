#pragma once

#include <string>

#include "govctl/record/findings.hpp"
#include "govctl/record/path.hpp"
#include "govctl/record/shape.hpp"
#include "govctl/yaml/document.hpp"

namespace govctl::record {

/// Holds a document against the shape of its kind and adds what is wrong to `findings`. Says whether every value in it
/// is what it should be, so that it can be taken out without looking again; unknown keys and items that stand twice do
/// no harm to that.
bool check(const yaml::Document& document, RecordKind kind, Findings& findings);
/// The same for a file that is no record; `label` is what it is called.
bool check(const yaml::Document& document, const Shape& shape, const std::string& label, Findings& findings);

/// A key that should say what the path says.
void check_same(const yaml::Document& document, std::string_view key, bool same, const std::string& by_path,
                Findings& findings);

/// The keys of a mapping that exclude each other: at most one of them may be there.
void check_at_most_one(const yaml::Document& document, const yaml::Node& mapping, const std::vector<std::string>& keys,
                       Findings& findings);

}  // namespace govctl::record
