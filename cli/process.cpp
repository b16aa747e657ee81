#include "process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <vector>

#include "govctl/base/text.hpp"

extern char** environ;

namespace govctl::cli {
namespace {

struct Actions {
    Actions() { posix_spawn_file_actions_init(&actions); }
    ~Actions() { posix_spawn_file_actions_destroy(&actions); }
    Actions(const Actions&) = delete;
    Actions& operator=(const Actions&) = delete;
    posix_spawn_file_actions_t actions;
};

struct Pipe {
    Pipe() {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) ends = {-1, -1};
    }
    ~Pipe() {
        close_end(0);
        close_end(1);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close_end(std::size_t end) {
        if (ends[end] >= 0) ::close(ends[end]);
        ends[end] = -1;
    }
    std::array<int, 2> ends;
};

std::optional<pid_t> spawn(std::vector<std::string> arguments, const Actions& actions, char** variables = environ) {
    std::vector<char*> raw;
    for (std::string& argument : arguments) raw.push_back(argument.data());
    raw.push_back(nullptr);
    pid_t child = 0;
    if (posix_spawnp(&child, raw[0], &actions.actions, nullptr, raw.data(), variables) != 0) return std::nullopt;
    return child;
}

int wait_for(pid_t child) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR) return -1;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Git's own defaults for pagers: leave at once if it fits, keep colours, leave the screen as it is.
std::vector<std::string> pager_variables(const Environment& environment) {
    std::vector<std::string> variables;
    for (char** each = environ; *each != nullptr; ++each) variables.emplace_back(*each);
    if (!environment.variable("LESS")) variables.emplace_back("LESS=FRX");
    if (!environment.variable("LV")) variables.emplace_back("LV=-c");
    return variables;
}

/// The terminal's interrupt is for the program that was started, not for us.
class IgnoreInterrupts {
public:
    IgnoreInterrupts() : interrupt_(signal(SIGINT, SIG_IGN)), quit_(signal(SIGQUIT, SIG_IGN)) {}
    ~IgnoreInterrupts() {
        signal(SIGINT, interrupt_);
        signal(SIGQUIT, quit_);
    }
    IgnoreInterrupts(const IgnoreInterrupts&) = delete;
    IgnoreInterrupts& operator=(const IgnoreInterrupts&) = delete;

private:
    void (*interrupt_)(int);
    void (*quit_)(int);
};

}  // namespace

namespace {

/// Ignores what a program that ends early does to who writes to it.
class IgnorePipes {
public:
    IgnorePipes() : before_(signal(SIGPIPE, SIG_IGN)) {}
    ~IgnorePipes() { signal(SIGPIPE, before_); }
    IgnorePipes(const IgnorePipes&) = delete;
    IgnorePipes& operator=(const IgnorePipes&) = delete;

private:
    void (*before_)(int);
};

/// What can be written now; closes the end when all is.
void feed(Pipe& pipe, std::string_view& input) {
    const ssize_t written = ::write(pipe.ends[1], input.data(), input.size());
    if (written < 0 && (errno == EINTR || errno == EAGAIN)) return;
    input.remove_prefix(written < 0 ? input.size() : static_cast<std::size_t>(written));
    if (input.empty()) pipe.close_end(1);
}

/// What can be read now; closes the end when there is no more.
void drain(Pipe& pipe, std::string& into) {
    std::array<char, 4096> buffer;
    const ssize_t count = ::read(pipe.ends[0], buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) return;
    if (count <= 0) return pipe.close_end(0);
    into.append(buffer.data(), static_cast<std::size_t>(count));
}

}  // namespace

std::optional<Answer> run(std::vector<std::string> arguments, std::string_view input) {
    Pipe in, out, errors;
    Actions actions;
    posix_spawn_file_actions_adddup2(&actions.actions, in.ends[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions.actions, out.ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions.actions, errors.ends[1], STDERR_FILENO);
    const auto child = spawn(std::move(arguments), actions);
    in.close_end(0);
    out.close_end(1);
    errors.close_end(1);
    if (!child) return std::nullopt;
    const IgnorePipes ignoring;
    fcntl(in.ends[1], F_SETFL, O_NONBLOCK);
    if (input.empty()) in.close_end(1);
    Answer answer;
    while (out.ends[0] >= 0 || errors.ends[0] >= 0) {
        // poll() passes over what is closed: its descriptor is negative.
        std::array<pollfd, 3> ends{{{in.ends[1], POLLOUT, 0}, {out.ends[0], POLLIN, 0}, {errors.ends[0], POLLIN, 0}}};
        if (poll(ends.data(), ends.size(), -1) < 0 && errno != EINTR) break;
        if (ends[0].revents != 0) feed(in, input);
        if (ends[1].revents != 0) drain(out, answer.out);
        if (ends[2].revents != 0) drain(errors, answer.errors);
    }
    answer.exit = wait_for(*child);
    return answer;
}

std::optional<std::string> git_variable(const std::string& name) {
    Pipe pipe;
    Actions actions;
    posix_spawn_file_actions_adddup2(&actions.actions, pipe.ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions.actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    const auto child = spawn({"git", "var", name}, actions);
    pipe.close_end(1);
    if (!child) return std::nullopt;
    std::string answer;
    std::array<char, 512> buffer;
    for (;;) {
        const ssize_t count = ::read(pipe.ends[0], buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) break;
        answer.append(buffer.data(), static_cast<std::size_t>(count));
    }
    if (wait_for(*child) != 0) return std::nullopt;
    return trim(answer);
}

bool pipe_into(const std::string& command, std::string_view input, const Environment& environment) {
    Pipe pipe;
    Actions actions;
    posix_spawn_file_actions_adddup2(&actions.actions, pipe.ends[0], STDIN_FILENO);
    std::vector<std::string> variables = pager_variables(environment);
    std::vector<char*> raw;
    for (std::string& each : variables) raw.push_back(each.data());
    raw.push_back(nullptr);
    const auto child = spawn({"sh", "-c", command}, actions, raw.data());
    pipe.close_end(0);
    if (!child) return false;
    const IgnoreInterrupts ignoring;
    signal(SIGPIPE, SIG_IGN);  // who leaves the pager early has read enough
    while (!input.empty()) {
        const ssize_t written = ::write(pipe.ends[1], input.data(), input.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) break;
        input.remove_prefix(static_cast<std::size_t>(written));
    }
    pipe.close_end(1);
    wait_for(*child);
    return true;
}

bool run_quietly(const std::vector<std::string>& arguments) {
    Actions actions;
    posix_spawn_file_actions_addopen(&actions.actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    const auto child = spawn(arguments, actions);
    return child && wait_for(*child) == 0;
}

int edit(const std::string& editor, const std::string& file) {
    const Actions actions;
    const auto child = spawn({"sh", "-c", editor + " \"$@\"", editor, file}, actions);
    const IgnoreInterrupts ignoring;  // after the start: what is ignored is inherited
    return child ? wait_for(*child) : -1;
}

}  // namespace govctl::cli
