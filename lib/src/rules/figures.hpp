#pragma once

#include "govctl/model/figures.hpp"

namespace govctl::rules {

using model::compares;
using model::Figures;
using model::holds;
using model::Value;
using model::value_of;

}  // namespace govctl::rules
