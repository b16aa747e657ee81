#pragma once

#include <map>

#include "govctl/git/repository.hpp"
#include "opened.hpp"

namespace govctl::git {

struct Repository::State {
    std::shared_ptr<const Opened> opened;
    std::map<Oid, MailmapHandle> mailmaps;  ///< by blob; null: it cannot be read
    Oid mailmap_commit{};                   ///< that was asked for last
    Oid mailmap_blob{};                     ///< of that commit; empty: it has none
    std::weak_ptr<WriterLock> turn;         ///< while somebody here holds it

    git_repository* get() const { return opened->repository.get(); }
};

/// Opens the repository with this git folder, which may be one of a linked work tree.
Result<std::shared_ptr<Opened>> open_at(const std::string& git_folder);

Obstacle obstacle_in(const Opened& opened);

}  // namespace govctl::git
