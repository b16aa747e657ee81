#pragma once

#include <memory>

#include "govctl/git/repository.hpp"
#include "govctl/rules/requirements.hpp"

namespace govctl::app {

/// What people did up to a commit, read from its history when it is first asked for. govctl's own acts are no
/// contributions: a vote is a commit too.
std::shared_ptr<const rules::Deeds> deeds_up_to(const git::Repository& repository, const git::Oid& commit);

/// Of a state without a history: every question is an error.
std::shared_ptr<const rules::Deeds> no_deeds();

}  // namespace govctl::app
