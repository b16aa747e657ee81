#include "lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

namespace govctl::git {

namespace {

/// Tries again every 10 ms until it works or time is up.
template <class Try>
bool patiently(std::chrono::milliseconds patience, const Try& attempt) {
    constexpr std::chrono::milliseconds pause{10};
    for (; !attempt(); patience -= pause) {
        if (patience <= pause) return false;
        std::this_thread::sleep_for(pause);
    }
    return true;
}

}  // namespace

Result<WriterLock> WriterLock::take(const std::string& git_folder) {
    Fd file(open((git_folder + "govctl.lock").c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666));
    if (!file) return system_failure("cannot lock '" + git_folder + "'");
    if (!patiently(std::chrono::seconds(30), [&] { return flock(file.get(), LOCK_EX | LOCK_NB) == 0; }))
        return Error{ErrorKind::blocked, "another govctl is writing to '" + git_folder + "'", {"run it again"}};
    return WriterLock(std::move(file));
}

Result<FileLock> FileLock::take(const std::string& file, const std::string& token) {
    // Linked into place whole: a lock without its token would be nobody's.
    std::string made = file + ".govctl", lock = file + ".lock";
    GOVCTL_CHECK(write_plain(made, token));
    int error = 0;
    // An editor that shows the state of the work tree holds it for moments.
    patiently(std::chrono::milliseconds(200), [&] {
        error = link(made.c_str(), lock.c_str()) == 0 ? 0 : errno;
        return error != EEXIST;
    });
    unlink(made.c_str());
    if (error == EEXIST)
        return Error{ErrorKind::blocked,
                     "'" + lock + "' exists: another git is at work",
                     {"wait for it to end; if none is running, remove the file"}};
    errno = error;
    if (error != 0) return system_failure("cannot lock '" + file + "'");
    return FileLock(std::move(lock));
}

void FileLock::release_left(const std::string& file, const std::string& token) {
    auto lock = file + ".lock";
    if (read_plain(lock) == token) unlink(lock.c_str());
}

void FileLock::release_empty(const std::string& file) {
    bool filled = patiently(std::chrono::milliseconds(100), [&] { return read_plain(file + ".lock") != ""; });
    if (!filled) release_left(file, "");
}

FileLock::~FileLock() {
    if (!path_.empty()) unlink(path_.c_str());
}

}  // namespace govctl::git
