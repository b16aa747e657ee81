#pragma once

#include <map>

#include "govctl/git/repository.hpp"
#include "opened.hpp"

namespace govctl::git {

struct Repository::State {
    std::shared_ptr<const Opened> opened;
    std::map<Oid, MailmapHandle> mailmaps;  ///< by commit; null where it has none

    git_repository* get() const { return opened->repository.get(); }
};

}  // namespace govctl::git
