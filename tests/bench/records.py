#!/usr/bin/env python3
"""How govctl's reads compare with git's on one repository of 1,000 RFCs, as ratios of whole processes.

    tests/bench/records.py [--govctl PATH] [--records N] [--runs N]

Each pair runs in turn, so that a drift of the machine's speed hits both; the ratio of the medians is what counts.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

ENVIRONMENT = {
    "PATH": os.environ["PATH"],
    "HOME": "/nonexistent",
    "LC_ALL": "C.UTF-8",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_COMMITTER_DATE": "2026-01-05T00:00:00Z",
    "GIT_AUTHOR_DATE": "2026-01-05T00:00:00Z",
}


def run(folder, *command):
    subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)


def rfc(number):
    return f"""kind: rfc
title: Proposal {number}
type: technical
group: steering
authors: [ada]
status: draft
discussion: ["https://example.org/{number}"]
"""


def make_repository(folder, govctl, records):
    run(folder, "git", "init", "-q", "-b", "main")
    run(folder, govctl, "init", "--name", "Bench")
    for number in range(records):
        draft = folder / "rfcs" / f"draft-proposal-{number}"
        draft.mkdir(parents=True)
        (draft / "rfc.yaml").write_text(rfc(number))
        (draft / "README.md").write_text("# Proposal\n\nA text of a few lines.\n" * 5)
    run(folder, "git", "add", ".")
    run(folder, "git", "commit", "-q", "-m", "Drafts")


def seconds(folder, command):
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def compare(folder, what, ours, theirs, runs):
    pairs = [(seconds(folder, ours), seconds(folder, theirs)) for _ in range(runs + 1)][1:]
    mine, other = (statistics.median(column) for column in zip(*pairs))
    print(f"{what:44} {mine * 1e3:8.1f} ms   {' '.join(theirs):36} {other * 1e3:6.1f} ms   {mine / other:6.1f} x")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--govctl", default=str(pathlib.Path(__file__).parents[2] / "build/bin/govctl"))
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    govctl = os.path.abspath(arguments.govctl)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_repository(folder, govctl, arguments.records)
        compare(folder, "start: govctl --version", [govctl, "--version"], ["git", "rev-parse", "HEAD"], arguments.runs)
        compare(folder, f"list rfc, {arguments.records} RFCs, at HEAD", [govctl, "list", "rfc", "--rev", "HEAD"], ["git", "ls-tree", "-r", "HEAD"], arguments.runs)
        compare(folder, f"list rfc, {arguments.records} RFCs, work tree", [govctl, "list", "rfc"], ["git", "ls-tree", "-r", "HEAD"], arguments.runs)
        charter = folder / "groups/steering/charter.yaml"
        charter.write_text(charter.read_text() + "# a remark\n")
        run(folder, "git", "add", ".")
        compare(folder, "validate --staged, one changed charter", [govctl, "validate", "--staged"], ["git", "diff", "--cached", "--name-only"], arguments.runs)


if __name__ == "__main__":
    main()
