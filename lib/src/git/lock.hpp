#pragma once

#include <string>

#include "files.hpp"

namespace govctl::git {

/// Held by the one govctl that writes to a git folder; the system lets go of it when the process ends, however it ends.
class WriterLock {
public:
    /// Waits a while for another. Errors: `blocked`.
    static Result<WriterLock> take(const std::string& git_folder);

private:
    explicit WriterLock(Fd file) : file_(std::move(file)) {}
    Fd file_;
};

/// git's own lock of a file: `FILE.lock` exists. Ours holds a token, so that we know it again if we die.
class FileLock {
public:
    /// Errors: `blocked`: someone else has it.
    static Result<FileLock> take(const std::string& file, const std::string& token);

    /// Removes a lock with this token that its maker left.
    static void release_left(const std::string& file, const std::string& token);

    /// As release_left(), for one that holds nothing, and goes on to do so.
    static void release_empty(const std::string& file);

    FileLock(FileLock&& other) noexcept : path_(std::exchange(other.path_, {})) {}
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

private:
    explicit FileLock(std::string path) : path_(std::move(path)) {}
    std::string path_;
};

}  // namespace govctl::git
