#pragma once

#include <string>
#include <vector>

#include "govctl/app/state.hpp"

namespace govctl::app {

/// What the trailers `Govctl-Record`, `Govctl-Act` and `Govctl-Rule` of a message claim and the change from `before` to
/// `after` does not do. A message without them claims nothing. Trailers are the last paragraph's, as git reads them
/// (git-interpret-trailers(1)).
std::vector<Error> false_claims(const State& before, const State& after, const std::string& message);

}  // namespace govctl::app
