#pragma once

#include "govctl/git/repository.hpp"
#include "support/catch.hpp"
#include "support/git_sandbox.hpp"

namespace govctl::test {

template <class T>
T must(Result<T> result) {
    if (!result) FAIL(result.error().message);
    return *std::move(result);
}

inline git::Repository open(const GitSandbox& box, const std::string& folder = "") {
    return must(git::Repository::discover(box.path(folder)));
}

}  // namespace govctl::test
