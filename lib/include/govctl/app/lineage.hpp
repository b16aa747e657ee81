#pragma once

#include <optional>
#include <string>

#include "govctl/git/repository.hpp"
#include "govctl/sign/ssh.hpp"

namespace govctl::app {

/// Where a state comes from.
class Lineage {
public:
    virtual ~Lineage() = default;

    /// The commit in which this governance began: the first along first parents with govctl.yaml at its top. Errors:
    /// `environment` where the history is cut off, or there is none.
    virtual Result<git::Oid> founding() const = 0;

    /// The SSH key that signed the commit which brought a file as it stands there; none: not signed by SSH, not
    /// committed as it stands, or too far back to look for.
    virtual Result<std::optional<sign::PublicKey>> committed_with(const std::string& path,
                                                                  const std::string& blob) const = 0;
};

}  // namespace govctl::app
