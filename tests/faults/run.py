#!/usr/bin/env -S python3 -B
"""Stops acts of govctl before their system calls, and makes these calls fail.

    tests/faults/run.py build/bin/govctl                # a sample, spread over all calls; says how many
    tests/faults/run.py build/bin/govctl --all          # every call: half an hour
    tests/faults/run.py build/bin/govctl --act vote --fault kill --call 17     # one, and what was seen

An act is killed before a call, or the call fails with ENOSPC, EIO or EMFILE (strace injects both). Whatever happened:

- the branch is where it was, or at the very commit that the act makes when it is left alone;
- exit code 0 says that the act is there; any other that it is not, or that the commit is made but files do not follow;
- `git fsck --strict` finds nothing, and the next act works without help, leaving no lock and a clean work tree behind.

The control is plain git: `git commit` killed before its calls does leave what blocks the next one.
"""

import argparse
import concurrent.futures
import dataclasses
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from support.sandbox import SOURCE, Failed, Sandbox  # noqa: E402

FAULTS = ("kill", "ENOSPC", "EIO", "EMFILE")
NEVER_FAIL = {"execve", "exit_group", "exit", "brk", "rt_sigreturn", "arch_prctl", "set_tid_address", "set_robust_list"}
NEXT = ("person", "new", "--handle", "newcomer", "--name", "New")


# --- acts --------------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Act:
    """A command, and the sandbox in which it is about to be run."""

    name: str
    command: tuple
    before: Sandbox
    who: str = "ada"
    program: str = ""
    after: str = ""  # the commit that it makes when nothing happens
    calls: list = dataclasses.field(default_factory=list)  # (name, how many of that name so far), in order

    def environment(self, sandbox):
        return sandbox.environment(self.who)

    def start(self, sandbox, *strace):
        return subprocess.run(
            ["strace", "-f", "-qqq", *strace, self.program, *self.command],
            cwd=sandbox.path, env=self.environment(sandbox), stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
            check=False)  # fmt: skip

    def rehearse(self):
        """Runs it once as it should go, to learn its calls and its commit."""
        with self.before.copy() as sandbox:
            log = sandbox.folder / "calls"
            done = self.start(sandbox, "-o", str(log))
            if done.returncode != 0:
                raise Failed(f"{self.name}: {done.stderr.decode()}")
            self.after = sandbox.git("rev-parse", "main")
            counts = {}
            for line in log.read_text(errors="replace").splitlines():
                found = re.match(r"(?:\d+ +)?(\w+)\(", line)
                if found and found[1] != "execve":
                    counts[found[1]] = counts.get(found[1], 0) + 1
                    self.calls.append((found[1], counts[found[1]]))
        return self


def example(program, name, *unwanted):
    sandbox = Sandbox(program)
    shutil.copytree(SOURCE / "examples" / name, sandbox.path, ignore=shutil.ignore_patterns("README.md", *unwanted))
    sandbox.git("init", "--quiet")
    sandbox.commit("Begin")
    return sandbox


def small(program, effect=False):
    """examples/small with a draft of ada's, which may put a file in force."""
    sandbox = example(program, "small")
    folder = sandbox.govctl("rfc", "new", "One", "--group", "maintainers", "--no-edit").out.strip()
    page = sandbox.path / folder / "README.md"
    page.write_text(re.sub("^TODO:.*", "Said in full.", page.read_text(), flags=re.M))
    if effect:
        sandbox.write(f"{folder}/guide.md", "As agreed.\n")
        record = sandbox.read(f"{folder}/rfc.yaml")
        sandbox.write(f"{folder}/rfc.yaml", f"{record}effects:\n  - file: {{path: src/guide.md, from: guide.md}}\n")
    sandbox.commit("Write up")
    return sandbox


def opened(program, effect=False):
    sandbox = small(program, effect)
    sandbox.govctl("rfc", "open", "one")
    sandbox.later(days=4)
    return sandbox


def election(program):
    """An election of the Kubernetes steering committee that needs no vote, ready to be certified."""
    sandbox = example(program, "kubernetes")
    sandbox.now = "2026-07-31T09:00:00Z"
    sandbox.govctl("election", "new", "some", "--group", "steering", "--role", "member", "--seats", "2",
                   "--unranked", "last", "--nominations", "2026-08-01..2026-08-08", "--terms", "2y", who="bea")  # fmt: skip
    record = "elections/some/election.yaml"
    sandbox.write(record, sandbox.read(record) + "up: [amal, chen]\n")
    sandbox.commit("Whose seats are up", who="bea")
    sandbox.now = "2026-08-02T09:00:00Z"
    for who in ("hugo", "zoe"):
        sandbox.govctl("election", "nominate", "some", who=who)
    sandbox.now = "2026-08-08T09:00:00Z"
    sandbox.govctl("election", "open", "some", who="bea")
    return sandbox


def ungoverned(program):
    sandbox = Sandbox(program)
    sandbox.write("OWNERS", "approvers: [ada]\n")
    sandbox.git("init", "--quiet")
    sandbox.commit("Before there was a governance")
    return sandbox


def early(sandbox):
    sandbox.now = "2026-01-06T09:00:00Z"
    return sandbox


ACTS = {
    "vote": lambda p: Act("vote", ("vote", "1", "yes"), early(opened(p))),
    "decide": lambda p: Act("decide", ("decide", "1"), opened(p, effect=True)),
    "open": lambda p: Act("open", ("rfc", "open", "one"), small(p)),
    "init": lambda p: Act("init", ("init", "--name", "New"), ungoverned(p)),
    "certify": lambda p: Act("certify", ("election", "certify", "some"), election(p), who="bea"),
}


# --- what must hold ----------------------------------------------------------------------------------------------------


def locks(sandbox):
    """Files that somebody's death left in the git folder or the work tree."""
    return [
        str(path.relative_to(sandbox.path))
        for path in sandbox.path.rglob("*")
        if path.name != "govctl.lock"
        and path.is_file()
        and (path.name == "govctl-index" or path.name.endswith((".lock", ".intent", ".new", ".govctl", "-new")))
    ]


def strike(act, fault, name, count):
    """Runs an act with one fault; what is wrong afterwards, in words, or nothing."""
    with act.before.copy() as sandbox:
        before = sandbox.git("rev-parse", "main")
        inject = f"inject={name}:" + ("signal=KILL" if fault == "kill" else f"error={fault}") + f":when={count}"
        quick = () if fault == "kill" else ("--seccomp-bpf",)  # with which strace 6.1 sends no signals
        done = act.start(sandbox, "-o", "/dev/null", "-e", f"trace={name}", "-e", inject, *quick)
        said = (done.stdout + done.stderr).decode(errors="replace")
        try:
            tip = sandbox.git("rev-parse", "main")
            if tip not in (before, act.after):
                return f"the branch is at {tip}\n{said}"
            is_there = tip == act.after
            if done.returncode == 0 and not is_there:
                return f"exit 0, but the act is not there\n{said}"
            if done.returncode > 0 and is_there and f"commit {act.after} is made" not in said:
                return f"exit {done.returncode}, but the act is there\n{said}"
            sandbox.git("fsck", "--strict", "--no-dangling", "--no-progress")
            return next_acts(act, sandbox, is_there)
        except Failed as failed:
            return f"{failed}\n{said}"


def next_acts(act, sandbox, is_there):
    """The act again where it is not there, and then somebody else's."""
    if not is_there:
        sandbox.govctl(*act.command, who=act.who)
        if sandbox.git("rev-parse", "main") != act.after:
            return "the act came out otherwise when it was done again"
    sandbox.govctl(*NEXT, who="newcomer")
    if dirt := sandbox.git("status", "--porcelain"):
        return f"the work tree is not clean:\n{dirt}"
    if left := locks(sandbox):
        return f"left behind: {left}"
    return None


# --- the control -------------------------------------------------------------------------------------------------------


def control(program, points):
    """How often `git commit`, killed before a call, leaves what blocks the next one."""
    with Sandbox(program) as before:
        before.write("a", "1\n")
        before.git("init", "--quiet")
        before.commit("Begin")
        before.write("a", "2\n")
        before.git("add", "a")
        act = Act("control", ("commit", "--quiet", "-m", "Two"), before, program=shutil.which("git")).rehearse()
        blocked = 0
        for name, count in spread(act.calls, points):
            with before.copy() as sandbox:
                act.start(sandbox, "-o", "/dev/null", "-e", f"trace={name}", "-e", f"inject={name}:signal=KILL:when={count}")
                sandbox.write("a", "3\n")
                blocked += sandbox.run("git", "commit", "-qam", "Three", code=None).returncode != 0
        return blocked


# --- the run -----------------------------------------------------------------------------------------------------------


def spread(items, most):
    """At most so many of them, evenly."""
    if most is None or len(items) <= most:
        return items
    return [items[i * len(items) // most] for i in range(most)]


def strokes(act, fault, most):
    calls = act.calls if fault == "kill" else [call for call in act.calls if call[0] not in NEVER_FAIL]
    return [(act, fault, *call) for call in spread(calls, most)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--act", choices=ACTS, action="append")
    parser.add_argument("--fault", choices=FAULTS, action="append")
    parser.add_argument("--call", type=int, help="its number in the act, from 1")
    parser.add_argument("--sample", type=int, default=10, help="calls of each act and fault (default: 10)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    program = os.path.abspath(options.program)

    acts = []
    for name in options.act or ACTS:
        act = ACTS[name](program)
        act.program = program
        acts.append(act.rehearse())
    work = []
    for act in acts:
        for fault in options.fault or FAULTS:
            if options.call:
                work.append((act, fault, *act.calls[options.call - 1]))
            else:
                most = None if options.all else options.sample * (2 if fault == "kill" else 1)
                work += strokes(act, fault, most)
    failed = 0
    try:
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            for (act, fault, name, count), trouble in zip(work, pool.map(lambda stroke: strike(*stroke), work)):
                if trouble:
                    failed += 1
                    number = act.calls.index((name, count)) + 1
                    print(f"{act.name}, {fault} at call {number} ({name} {count}): {trouble}", flush=True)
    finally:
        for act in acts:
            act.before.__exit__()
    for act in acts:
        kills = sum(1 for stroke in work if stroke[0] is act and stroke[1] == "kill")
        errors = sum(1 for stroke in work if stroke[0] is act) - kills
        print(f"{act.name}: {len(act.calls)} calls, killed before {kills}, {errors} failures")
    blocked = control(program, 60)
    print(f"{len(work) - failed} of {len(work)} mended themselves; plain git blocked itself {blocked} times of 60")
    return 1 if failed or not blocked else 0


if __name__ == "__main__":
    sys.exit(main())
