#pragma once

#include <memory>

#include "govctl/git/repository.hpp"
#include "opened.hpp"

namespace govctl::git {

/// What a writer is about to do, in a file beside its lock. One that is killed leaves it, and its successor finishes
/// what it says: locks it left are removed, and index and work tree follow the branch if that had moved.
class Intent {
public:
    static Result<Intent> declare(const Opened& opened, const std::string& branch, const std::optional<Oid>& before,
                                  const Oid& after);

    /// Finishes what a predecessor left. The caller holds the WriterLock.
    static Result<void> finish_left(const std::shared_ptr<const Opened>& opened);

    /// For the successor to finish, as if this process had been killed.
    void leave() { path_.clear(); }

    Intent(Intent&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    Intent& operator=(Intent&& other) noexcept {
        std::swap(path_, other.path_);
        return *this;
    }
    ~Intent();

private:
    explicit Intent(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

}  // namespace govctl::git
