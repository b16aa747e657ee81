#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <set>

#include "helpers.hpp"

using namespace govctl;
using namespace govctl::git;
using namespace govctl::test;

namespace {

const std::set<long> changing_calls = {
#ifdef SYS_rename  // newer machines have only those that end in `at`
    SYS_rename,    SYS_link,   SYS_unlink,   SYS_mkdir,   SYS_renameat,
#endif
    SYS_renameat2, SYS_linkat, SYS_unlinkat, SYS_mkdirat, SYS_write,
};

bool is_changing_call(pid_t child) {
    __ptrace_syscall_info info{};
    ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof info, &info);
    return info.op == PTRACE_SYSCALL_INFO_ENTRY && changing_calls.count(static_cast<long>(info.entry.nr)) == 1;
}

/// Does `act` in a child that is killed before its `n`-th call that changes a file or a folder. False: it ended before.
bool kill_before_call(int n, const std::function<void()>& act) {
    pid_t child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
        raise(SIGSTOP);
        act();
        _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ptrace(PTRACE_SETOPTIONS, child, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    while (ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) == 0 && waitpid(child, &status, 0) == child) {
        if (WIFEXITED(status)) return false;
        if (is_changing_call(child) && --n == 0) break;
    }
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    return true;
}

Result<Oid> act(const GitSandbox& box, const std::string& name) {
    auto repository = Repository::discover(box.path("repository"));
    if (!repository) return repository.error();
    return repository->write({.branch = "main",
                              .expected = *repository->branch_tip("main"),
                              .changes = {{"ballots/" + name, "x\n"}, {"people/ada", name}, {"gone/one", std::nullopt}},
                              .message = "Act",
                              .author = {"Ada", "ada@example.org"},
                              .committer = {"Ada", "ada@example.org"},
                              .when = {1795000000}});
}

}  // namespace

TEST_CASE("a writer killed at any call loses nothing and blocks nobody") {
    GitSandbox box;
    box.sh(
        "",
        "git init -q -b main fresh && cd fresh && mkdir people gone && echo ada > people/ada && echo 1 > gone/one && "
        "echo 2 > kept && git add -A && git commit -qm first && echo s > staged && git add staged && echo e >> kept");
    const std::string mine = " M kept\nA  staged\n";
    auto tip = [&] { return must(open(box, "repository").branch_tip("main")); };
    int kills = 0, left_a_lock = 0, left_behind = 0;
    for (int call = 1;; ++call) {
        box.sh("",
               "rm -rf repository && cp -a fresh repository && git -C repository update-index -q --refresh || true");
        auto before = tip();
        if (!kill_before_call(call, [&] { (void)act(box, "one"); })) break;
        ++kills;
        INFO("killed before call " << call);
        bool moved = tip() != before;
        left_a_lock += box.exists("repository/.git/index.lock") || box.exists("repository/.git/refs/heads/main.lock");
        left_behind += moved && box.sh("repository", "git status --porcelain") != mine;

        auto next = act(box, "two");
        REQUIRE(next);
        CHECK(tip() == *next);
        CHECK(box.sh("repository", "git status --porcelain") == mine);
        CHECK(box.sh("repository", "git fsck --strict --no-dangling && git ls-tree -r --name-only main") ==
              (moved ? "ballots/one\nballots/two\nkept\npeople/ada\n" : "ballots/two\nkept\npeople/ada\n"));
        CHECK(box.sh("repository",
                     "find . -name '*.lock' ! -name govctl.lock -o -name '*govctl-*' -o -name '*.intent'") == "");
    }
    // That the next writer had something to mend shows that the kills fell where they hurt.
    CHECK(kills > 40);
    CHECK(left_a_lock > 10);
    CHECK(left_behind > 5);
}
