#!/usr/bin/env -S python3 -B
"""Reading commands execute nothing: no execve but their own, seen by strace.

    tests/faults/reads.py build/bin/govctl

Each is run in a work tree, in a bare repository and in one whose configuration names programs for everything that git
runs. A command of `govctl --help` that stands in neither list below fails the test: it has to be sorted.
The control is `git status` and `git log` in the last of them, which do run what the configuration says.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from attacks.hostile import trapped  # noqa: E402
from attacks.world import World  # noqa: E402
from support.sandbox import Failed  # noqa: E402

READS = """
status | status --me | status --late | status --as-of 2026-02-01 | status --rev HEAD~1 | status --format json
list rfc | list person | list decision --format json
show 1 | show 2 | show person/ada | show group/maintainers | show decision/2026-01-09-rfc-0001
search one | search --format json cost
log | log 1 | log --format json
why govctl.yaml | why people/ada.yaml:2
explain GOV105 | explain 2
group list | group tree | group show maintainers
person list | person show ada
decide 2 --dry-run | vote 2 no --dry-run
validate | validate --rev HEAD | validate --strict | validate --format github
audit | audit HEAD~1..HEAD | audit --format json
tally --method plurality --unranked zero votes.csv
"""
WORK_TREE_ONLY = "validate --staged | hook run pre-commit"
ACTS = "init rfc motion second object resolve recuse appeal escalate election hook vote decide".split()
ELSEWHERE = "who owners".split()  # their tests are to come


def commands(text):
    return [command.strip().split() for line in text.strip().splitlines() for command in line.split("|")]


def must_be_sorted(world):
    known = {command[0] for command in commands(READS)} | set(ACTS) | set(ELSEWHERE)
    for command in re.findall(r"^    ([a-z][a-z-]*) {2,}\S", world.govctl("--help").out, re.M):
        if command not in known:
            raise Failed(f'"{command}" is neither among the commands that read nor among those that act')


def executed(world, command, path):
    """The programs that a command runs besides itself."""
    log = world.folder / "trace"
    subprocess.run(["strace", "-f", "-qqq", "-e", "trace=execve,execveat", "-o", str(log), *command], cwd=path,
                   env=world.environment("ada"), stdin=subprocess.DEVNULL, capture_output=True, timeout=60,
                   check=False)  # fmt: skip
    return [line for line in log.read_text().splitlines() if re.search(r"execve(at)?\(", line)][1:]


def run_all(world, path, texts):
    count = 0
    for command in [c for text in texts for c in commands(text)]:
        if ran := executed(world, [world.program, *command], path):
            raise Failed(f"govctl {' '.join(command)} ran\n" + "\n".join(ran))
        count += 1
    return count


def main():
    with World.founded(os.path.abspath(sys.argv[1])) as world:
        must_be_sorted(world)
        world.write("votes.csv", "a,b\n1,\n")
        count = run_all(world, world.path, (READS, WORK_TREE_ONLY))
        bare = world.folder / "bare.git"
        world.git("clone", "-q", "--bare", ".", bare)
        shutil.copy(world.path / "votes.csv", bare)
        count += run_all(world, bare, (READS,))
        trap, mark = trapped(world)
        for key in ("core.fsmonitor", "core.pager", "pager.log", "pager.status", "core.editor", "gpg.program",
                    "gpg.ssh.program", "diff.trap.textconv", "diff.external", "filter.trap.clean", "filter.trap.smudge",
                    "filter.trap.process", "core.sshCommand", "credential.helper", "merge.trap.driver"):  # fmt: skip
            world.git("config", key, trap)
        world.write(".git/info/attributes", "* diff=trap filter=trap merge=trap\n")
        count += run_all(world, world.path, (READS, WORK_TREE_ONLY))
        if mark.exists():
            raise Failed("the trap was run")
        if not executed(world, ["git", "status"], world.path):
            raise Failed("git runs nothing either: this test shows nothing")
    print(f"{count} readings ran nothing but govctl")
    return 0


if __name__ == "__main__":
    sys.exit(main())
