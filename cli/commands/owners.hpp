#pragma once

#include "syntax.hpp"

namespace govctl::cli {

// The commands below `owners` that are about the files themselves.
void define_owners_check(Syntax& syntax);
void define_owners_export(Syntax& syntax);
void define_owners_import(Syntax& syntax);

}  // namespace govctl::cli
