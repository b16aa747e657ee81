#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "govctl/base/result.hpp"
#include "govctl/base/shared_map.hpp"
#include "govctl/model/group.hpp"
#include "govctl/model/rule.hpp"

namespace govctl::rules {

/// The sum of the numeric `seats:` of the roles that an electorate's terms name, vacant or not, each role once.
/// `here` is the deciding group's charter, `charters` are the others'. Errors (`invalid`): a role with `any` or `n+`
/// seats, or a term that has no seats.
Result<std::int64_t> seats_of(const std::vector<model::Term>& by, const model::Charter& here,
                              const SharedMap<std::string, model::Charter>& charters);

}  // namespace govctl::rules
