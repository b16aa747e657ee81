#!/usr/bin/env -S python3 -B
"""Many processes vote and decide at once in one repository, while git packs it beside them.

    tests/faults/race.py build/bin/govctl [--rounds 2] [--writers 32]

A round is a repository in which as many RFCs are open as there are writers, half of them due. All at once, each writer
votes on an open one and decides a due one, while `git gc --prune=now` and `git pack-refs` run in a circle. Every act that
was acknowledged with exit code 0 must be a commit of the branch, in an order in which each writer's own acts follow one
another; the repository must be sound, and the audit must allow all of it.

The control is plain git: as many `git commit` of one file each, of which most are turned away.
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from faults.run import example  # noqa: E402
from support.sandbox import Failed  # noqa: E402


def prepared(program, writers):
    """RFCs 1 to n/2 are due, the others open; every writer is a maintainer."""
    sandbox = example(program, "small")
    seats = ""
    for i in range(writers):
        sandbox.write(f"people/w{i}.yaml", f"kind: person\nhandle: w{i}\nname: W {i}\nemails: [w{i}@example.org]\n"
                      "ladder:\n  - {level: member, since: 2025-01-01}\n")  # fmt: skip
        seats += f"  - {{role: maintainer, person: w{i}, since: 2025-01-01}}\n"
    sandbox.write("groups/maintainers/roster.yaml", sandbox.read("groups/maintainers/roster.yaml") + seats)
    sandbox.git("add", "--all")
    sandbox.git("commit", "-q", "--amend", "-m", "Begin")
    for number in range(1, 1 + 2 * (writers // 2)):
        if number == writers // 2 + 1:
            sandbox.later(days=4)
        folder = sandbox.govctl("rfc", "new", f"Idea {number}", "--group", "maintainers", "--no-edit").out.strip()
        page = sandbox.path / folder / "README.md"
        page.write_text(re.sub("^TODO:.*", "Said in full.", page.read_text(), flags=re.M))
        sandbox.commit(f"Write up {number}")
        sandbox.govctl("rfc", "open", folder)
    return sandbox


def insist(sandbox, *command, who):
    """Does an act, again while others are in the way; its commit, or nothing where it was done by somebody before."""
    for _ in range(200):
        done = sandbox.govctl(*command, "--format", "json", who=who, code=None)
        if done.returncode == 0:
            return re.search(r'"commit": "([0-9a-f]{40})"', done.out)
        if done.returncode != 5:
            raise Failed(f"{' '.join(command)} by {who}: exit {done.returncode}\n{done.out}{done.err}")
    raise Failed(f"{' '.join(command)} by {who}: in the way for ever\n{done.err}")


def write(sandbox, i, writers):
    """One writer's acts, and the commits that were acknowledged."""
    half = writers // 2
    acts = [insist(sandbox, "vote", str(half + 1 + i % half), "yes", who=f"w{i}"),
            insist(sandbox, "decide", str(1 + i % half), who=f"w{i}"),
            insist(sandbox, "object", str(half + 1 + (i + 1) % half), "--name", f"from w{i}", "--reason", "why?",
                   who=f"w{i}")]  # fmt: skip
    return [act[1] for act in acts if act]


def beside(sandbox, until):
    """git tidies up while others write; where they are in its way, it says so and goes on."""
    while not until.is_set():
        sandbox.git("pack-refs", "--all", code=None)
        sandbox.git("gc", "--quiet", "--prune=now", code=None)


def check(sandbox, acknowledged, writers):
    order = {commit: n for n, commit in enumerate(sandbox.git("rev-list", "--first-parent", "--reverse", "main").split())}
    for i, commits in enumerate(acknowledged):
        for commit in commits:
            if commit not in order:
                raise Failed(f"commit {commit} of w{i} was acknowledged, and is gone")
        if commits != sorted(commits, key=order.get):
            raise Failed(f"the acts of w{i} are out of order")
    sandbox.git("fsck", "--strict", "--no-dangling", "--no-progress")
    if dirt := sandbox.git("status", "--porcelain"):
        raise Failed(f"the work tree is not clean:\n{dirt}")
    report = sandbox.json("audit", code=0)[0]
    if report["ballots"] < 2 * writers or report["decisions"] != writers // 2:
        raise Failed(f"{report['ballots']} ballots and {report['decisions']} decisions are there")


def race(program, writers):
    """The acts of one round that were acknowledged."""
    with prepared(program, writers) as sandbox:
        sandbox.later(hours=1)
        over = threading.Event()
        with concurrent.futures.ThreadPoolExecutor(writers + 1) as pool:
            tidying = pool.submit(beside, sandbox, over)
            try:
                acknowledged = list(pool.map(lambda i: write(sandbox, i, writers), range(writers)))
            finally:
                over.set()
            tidying.result()
        check(sandbox, acknowledged, writers)
        return sum(len(commits) for commits in acknowledged)


def control(program, writers):
    """How many of as many `git commit` at once are turned away."""
    with example(program, "small") as sandbox:
        def commit(i):
            sandbox.write(f"notes/{i}.txt", "x\n")
            sandbox.run("git", "add", f"notes/{i}.txt", code=None)
            return sandbox.run("git", "commit", "-qm", f"Note {i}", f"notes/{i}.txt", code=None).returncode != 0

        with concurrent.futures.ThreadPoolExecutor(writers) as pool:
            return sum(pool.map(commit, range(writers)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--writers", type=int, default=32)
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    acts = sum(race(program, options.writers) for _ in range(options.rounds))
    refused = control(program, options.writers)
    print(f"{acts} acts by {options.writers} writers in {options.rounds} rounds: all there, in order, allowed; "
          f"plain git turned {refused} of {options.writers} away")  # fmt: skip
    return 0 if refused else 1


if __name__ == "__main__":
    sys.exit(main())
