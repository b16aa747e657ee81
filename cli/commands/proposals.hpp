#pragma once

#include <string>
#include <vector>

#include "acting.hpp"
#include "syntax.hpp"

/// What `rfc` and `motion` share.
namespace govctl::cli {

/// The group a proposal is for where none is named: the only one its author has a seat in. Errors: `usage`.
Result<std::string> own_group(const Desk& desk);

/// A number that no RFC has on any branch.
Result<int> free_number(const Desk& desk);

/// Commits a draft, and prints the folder it lies in as the only answer.
Result<Exit> commit_draft(const Invocation& invocation, const std::string& command, Desk& desk, app::Change change);

/// `rfc open` and `motion open`.
void define_open(Syntax& syntax, const std::string& command);

/// A verb of the authors that takes nothing but an id: `withdraw`.
void define_authors_verb(Syntax& syntax, const std::string& command, const std::string& said,
                         Result<app::Change> (*verb)(const app::State&, const app::Act&, const RecordId&));

}  // namespace govctl::cli
