#pragma once

#include "govctl/base/finding.hpp"
#include "invocation.hpp"
#include "reading.hpp"

namespace govctl::cli {

/// Whether what is looked at may follow HEAD, if whoever runs govctl commits it now. Nothing is held against what
/// founds a governance.
Result<Findings> forbidden_by_head(const Invocation& invocation, const Look& look);

}  // namespace govctl::cli
