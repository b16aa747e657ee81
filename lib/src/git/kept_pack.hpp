#pragma once

#include <string>
#include <utility>
#include <vector>

#include "govctl/base/result.hpp"
#include "opened.hpp"

namespace govctl::git {

struct NewObject {
    git_object_t type;
    std::string bytes;
    git_oid id;
};

/// New objects on disk, as one pack that no `git gc` takes while this lives: a prune that began before a branch names
/// loose objects removes them under it, but passes over a pack with a `.keep`, and over one that came after it looked.
class KeptPack {
public:
    /// Writes them; on disk when it returns. The caller holds the WriterLock.
    static Result<KeptPack> write(const Opened& opened, const std::vector<NewObject>& objects);

    /// Takes away what a predecessor that was killed left. The caller holds the WriterLock.
    static void clean_up(const Opened& opened);

    KeptPack(KeptPack&& other) noexcept : keep_(std::exchange(other.keep_, {})) {}
    KeptPack& operator=(KeptPack&& other) noexcept {
        std::swap(keep_, other.keep_);
        return *this;
    }
    ~KeptPack();

private:
    explicit KeptPack(std::string keep) : keep_(std::move(keep)) {}
    std::string keep_;  ///< the path of the `.keep`
};

}  // namespace govctl::git
