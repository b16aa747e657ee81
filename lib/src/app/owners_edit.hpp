#pragma once

#include <string>

#include "govctl/app/state.hpp"
#include "govctl/base/result.hpp"
#include "govctl/model/proposal.hpp"
#include "govctl/yaml/document.hpp"

namespace govctl::app {

/// The bytes of an OWNERS file after an `ownership` effect: who is added stands in the list for the whole folder, by
/// the login that OWNERS files know them by; who is removed stands in no list of the file any more, its filters
/// included. All else keeps its bytes. Errors: `refused` where a name is there already, or cannot be taken out here
/// because an alias or a folder above gives it, with what to do instead.
Result<std::string> edit_owners(const State& state, yaml::Document owners, const model::Effect& effect);

/// How OWNERS files call a person: the login of the project's forge, else the handle; an alias, or who is nobody on
/// record, as it was given.
std::string name_in_owners(const State& state, const std::string& name);

/// A key of `owners:` in govctl.yaml; empty: it is not there.
std::string owners_setting(const State& state, const char* key);

}  // namespace govctl::app
