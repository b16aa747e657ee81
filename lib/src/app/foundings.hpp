#pragma once

#include <map>
#include <memory>

#include "govctl/app/lineage.hpp"

namespace govctl::app {

/// Foundings of commits, each looked for once.
class Foundings {
public:
    explicit Foundings(git::Repository repository) : repository_(std::move(repository)) {}
    Result<git::Oid> of(const git::Oid& commit);
    const git::Repository& repository() const { return repository_; }

private:
    git::Repository repository_;
    std::map<git::Oid, git::Oid> known_;
};

std::shared_ptr<const Lineage> lineage_of(std::shared_ptr<Foundings> foundings, git::Oid commit);
/// Of a state that comes from nowhere.
std::shared_ptr<const Lineage> no_lineage();

}  // namespace govctl::app
