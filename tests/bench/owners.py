#!/usr/bin/env python3
"""How questions about owners compare with git's reads of the same tree, as ratios of whole processes.

    tests/bench/owners.py [--govctl PATH] [--files N]... [--runs N] [--depths]

Generated repositories with one OWNERS file for every 50 files, of 30,000 and 300,000 files. Each pair runs in turn, so
that a drift of the machine's speed hits both; the ratio of the medians is what counts. `--depths` shows how one path's
answer grows with its depth.
"""

import argparse
import os
import pathlib
import random
import statistics
import subprocess
import tempfile
import time

ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}
WORDS = ["api", "cmd", "core", "docs", "kubelet", "net", "node", "pkg", "proxy", "scheduler", "storage", "test", "util"]


def git(folder, *arguments, data=None):
    return subprocess.run(["git", *arguments], cwd=folder, env=ENVIRONMENT, check=True, input=data,
                          stdout=subprocess.PIPE).stdout


def folders_of(dice, count):
    """Folders as they grow: each below one there is, at most eight deep."""
    folders = [""]
    while len(folders) < count:
        above = dice.choice(folders)
        if above.count("/") < 8:
            folders.append(f"{above}{dice.choice(WORDS)}{len(folders)}/")
    return folders


def owners(dice, people):
    """Nine of ten as most write them, the rest with filters."""
    some = lambda: [f"- {dice.choice(people)}" for _ in range(dice.randrange(2, 9))]
    if dice.random() < 0.1:
        indented = ["      " + line for line in some()]
        return "\n".join(["filters:", '  ".*":', "    approvers:", *indented, '  "\\\\.go$":', "    labels:", "      - area/go", ""])
    text = ["# See the OWNERS docs at https://go.k8s.io/owners", "", "approvers:", *some(), "reviewers:", *some()]
    if dice.random() < 0.3:
        text += ["labels:", f"- area/{dice.choice(WORDS)}"]
    if dice.random() < 0.05:
        text += ["options:", "  no_parent_owners: true"]
    return "\n".join(text) + "\n"


def make_repository(folder, files):
    dice = random.Random(files)
    people = [f"dev-{number}" for number in range(files // 50)] + [f"team-{number}" for number in range(files // 1000)]
    folders = folders_of(dice, files // 4)
    tree = {"OWNERS_ALIASES": "aliases:\n" + "".join(
        f"  team-{team}:\n" + "".join(f"  - dev-{dice.randrange(files // 50)}\n" for _ in range(6)) for team in range(files // 1000))}
    for where in [""] + dice.sample(folders[1:], files // 50 - 1):
        tree[where + "OWNERS"] = owners(dice, people)
    number = 0
    while len(tree) < files:
        number += 1
        tree[f"{dice.choice(folders)}file{number}.go"] = f"package p{number % 97}\n"
    stream = [b"commit refs/heads/main\ncommitter T <t@example.org> 1700000000 +0000\ndata 0\n\n"]
    for path in sorted(tree):
        data = tree[path].encode()
        stream.append(b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(data), data))
    git(folder, "init", "-q", "-b", "main")
    git(folder, "fast-import", "--quiet", data=b"".join(stream))
    git(folder, "repack", "-adq")
    git(folder, "reset", "-q", "--hard")
    return sorted(path for path in tree if path.endswith(".go"))


def seconds(folder, command, data):
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=ENVIRONMENT, input=data, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   check=False)
    return time.perf_counter() - start


def compare(folder, what, ours, theirs, runs, data=None):
    pairs = [(seconds(folder, ours, data), seconds(folder, theirs, None)) for _ in range(runs + 2)][2:]
    mine, other = (statistics.median(column) for column in zip(*pairs))
    print(f"  {what:44} {mine * 1e3:8.1f} ms   {' '.join(theirs)[:28]:28} {other * 1e3:7.1f} ms   {mine / other:5.2f} x", flush=True)


def measure(govctl, folder, files, runs, depths):
    paths = make_repository(folder, files)
    print(f"{files:,} files, {files // 50:,} OWNERS")
    dice = random.Random(1)
    one = max(dice.sample(paths, 50), key=lambda path: path.count("/"))
    some = "\n".join(dice.sample(paths, 1000)).encode()
    list_all = ["git", "ls-tree", "-r", "HEAD"]
    for where, option in (("work tree", []), ("HEAD", ["--rev", "HEAD"])):
        if b"check" in subprocess.run([govctl, "owners", "--help"], capture_output=True, env=ENVIRONMENT).stdout:
            compare(folder, f"owners check, {where}", [govctl, "owners", "check", *option], list_all, runs)
        compare(folder, f"who PATH, {where}", [govctl, "who", one, *option], ["git", "rev-parse", f"HEAD:{one}"], runs)
        compare(folder, f"who, 1,000 paths, {where}", [govctl, "who", "--stdin", *option], list_all, runs, some)
        compare(folder, f"who, 1,000 paths, as JSON, {where}", [govctl, "who", "--stdin", "--format", "json", *option],
                list_all, runs, some)
    if depths:
        for depth in range(9):
            at = [path for path in paths if path.count("/") == depth]
            if at:
                compare(folder, f"who PATH, depth {depth}, HEAD", [govctl, "who", at[0], "--rev", "HEAD"],
                        ["git", "rev-parse", f"HEAD:{at[0]}"], runs)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--govctl", default=str(pathlib.Path(__file__).parents[2] / "build/bin/govctl"))
    parser.add_argument("--files", type=int, action="append")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--depths", action="store_true")
    arguments = parser.parse_args()
    for files in arguments.files or [30_000, 300_000]:
        with tempfile.TemporaryDirectory() as name:
            measure(os.path.abspath(arguments.govctl), pathlib.Path(name), files, arguments.runs, arguments.depths)


if __name__ == "__main__":
    main()
