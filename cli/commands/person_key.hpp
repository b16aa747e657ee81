#pragma once

#include "syntax.hpp"

namespace govctl::cli {

/// `person key …` and `person allowed-signers`.
void define_person_keys(Syntax& person);

}  // namespace govctl::cli
