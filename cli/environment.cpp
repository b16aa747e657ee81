#include "environment.hpp"

#include <sys/ioctl.h>
#include <sys/random.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>

namespace govctl::cli {

Environment Environment::of_process() {
    Environment environment;
    environment.input_is_terminal_ = isatty(STDIN_FILENO) == 1;
    environment.output_is_terminal_ = isatty(STDOUT_FILENO) == 1;
    environment.errors_are_terminal_ = isatty(STDERR_FILENO) == 1;
    winsize size{};
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
        environment.columns_ = size.ws_col;
        environment.rows_ = size.ws_row;
    }
    return environment;
}

std::optional<std::string> Environment::variable(const char* name) const {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') return std::nullopt;
    return value;
}

Instant Environment::clock() const {
    return Instant{std::time(nullptr)};
}

Result<std::string> Environment::random(std::size_t size) const {
    std::string bytes(size, '\0');
    for (std::size_t have = 0; have < size;) {
        const ssize_t got = getrandom(bytes.data() + have, size - have, 0);
        if (got < 0) return Error{ErrorKind::environment, "the system gives no random bytes"};
        have += static_cast<std::size_t>(got);
    }
    return bytes;
}

int Environment::offset_minutes(Instant at) const {
    const std::time_t seconds = at.seconds;
    std::tm local{};
    localtime_r(&seconds, &local);
    return static_cast<int>(local.tm_gmtoff / 60);
}

}  // namespace govctl::cli
