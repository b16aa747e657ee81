#!/usr/bin/env python3
"""How fast `govctl audit` replays a long history, beside git's own walk of the same records.

    tests/bench/audit.py [--govctl PATH] [--commits N] [--matters N] [--runs N] [--keep DIR]

The history is one that govctl itself could have made: RFCs that are opened, voted on by ten people and decided, among
commits that touch only code. The bytes of its records are those of one RFC that govctl took from draft to decision,
with other numbers, dates and texts. The audit must allow all of it, else nothing is measured. Ballots are unsigned.
"""

import argparse
import datetime
import hashlib
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time

PEOPLE = [f"m{number:02}" for number in range(1, 21)]
VOTES = ["yes"] * 7 + ["no"] * 3
START = datetime.datetime(2021, 1, 1, tzinfo=datetime.timezone.utc)
BETWEEN_OPENINGS = datetime.timedelta(hours=12)
VOTING = datetime.timedelta(hours=72)
RECORDS = ["govctl.yaml", "people", "organizations", "groups", "rfcs", "motions", "decisions", "elections"]

PROJECT = """kind: project
format: 1
name: Bench
steering: steering
rules:
  majority:
    - {stage: vote, lasts: 72h, quorum: cast >= 5, passes: [yes > no], on-pass: accept, on-failure: reject}
decisions:
  "*": majority
ladder:
  - {level: member, requires: [contributions >= 1]}
"""
CHARTER = """kind: charter
id: steering
name: Steering
type: steering
mission: Decide.
areas: [docs/]
roles:
  member: {seats: any, filled-by: appointment}
decisions:
  "*": majority
"""


def founding():
    seats = "".join(f"  - {{role: member, person: {who}, since: 2020-01-01}}\n" for who in PEOPLE)
    files = {
        "govctl.yaml": PROJECT,
        "groups/steering/charter.yaml": CHARTER,
        "groups/steering/roster.yaml": f"kind: roster\ngroup: steering\nseats:\n{seats}",
        "docs/OWNERS": "approvers: [m01]\n",
    }
    for who in PEOPLE:
        files[f"people/{who}.yaml"] = (
            f"kind: person\nhandle: {who}\nname: Member {who}\nemails: [{who}@example.org]\n"
            "ladder:\n  - {level: member, since: 2020-01-01}\n"
        )
    return files


def iso(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def environment(who="m01", when=START):
    identity = {"NAME": f"Member {who}", "EMAIL": f"{who}@example.org", "DATE": iso(when)}
    people = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in identity.items()}
    return {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1", **people}


def run(folder, *command, **whose):
    subprocess.run(command, cwd=folder, env=environment(**whose), check=True, stdout=subprocess.DEVNULL)


class Model:
    """One RFC as govctl writes it, to be written again for others."""

    def __init__(self, govctl):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            run(folder, "git", "init", "-q", "-b", "main")
            for path, text in founding().items():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_text(text)
            run(folder, "git", "add", ".")
            run(folder, "git", "commit", "-q", "-m", "Begin")
            run(folder, govctl, "rfc", "new", "Proposal 1", "--group", "steering", "--no-edit")
            readme = folder / "rfcs/draft-proposal-1/README.md"
            readme.write_text(re.sub(r"(?m)^TODO:.*", "Said in full, in a few words.", readme.read_text()))
            run(folder, "git", "commit", "-q", "-a", "-m", "Write")
            run(folder, govctl, "rfc", "open", "proposal-1")
            self.readme = readme_text = (folder / "rfcs/0001-proposal-1/README.md").read_text()
            self.opened = (folder / "rfcs/0001-proposal-1/rfc.yaml").read_text()
            for who, vote in zip(PEOPLE[1:], VOTES):
                run(folder, govctl, "vote", "1", vote, who=who, when=START + datetime.timedelta(hours=1))
            self.ballot = (folder / f"rfcs/0001-proposal-1/ballots/{PEOPLE[1]}.yaml").read_text()
            run(folder, govctl, "decide", "1", when=START + VOTING)
            self.decided = (folder / "rfcs/0001-proposal-1/rfc.yaml").read_text()
            (decision,) = (folder / "decisions").iterdir()
            self.decision = decision.read_text()
            self.text = re.search(r"(?m)^text: (\w+)$", self.opened)[1]
            if text_of("Proposal 1", readme_text) != self.text:
                sys.exit("the text of a proposal is not hashed as this script does: change text_of()")

    def matter(self, number, opened):
        return Matter(self, number, opened)


def text_of(title, readme):
    def sha256(text):
        return hashlib.sha256(text.encode()).hexdigest()

    fields = f'{{"group":"steering","title":"{title}","type":"technical"}}'
    return sha256(f"README.md {sha256(readme)}\nrfc.yaml {sha256(fields)}\n")


class Matter:
    def __init__(self, model, number, opened):
        self.model, self.number, self.opened = model, number, opened
        self.folder = f"rfcs/{number:04}-proposal-{number}"
        self.readme = model.readme.replace("Proposal 1", f"Proposal {number}")
        self.text = text_of(f"Proposal {number}", self.readme)

    def written(self, text):
        text = text.replace("Proposal 1", f"Proposal {self.number}").replace(self.model.text, self.text)
        text = text.replace("rfc-0001", f"rfc-{self.number:04}").replace("number: 1\n", f"number: {self.number}\n")
        text = text.replace(iso(START + VOTING), "@decided").replace(iso(START), iso(self.opened))
        return text.replace("@decided", iso(self.opened + VOTING))

    def opening(self):
        return {f"{self.folder}/rfc.yaml": self.written(self.model.opened), f"{self.folder}/README.md": self.readme}

    def ballot(self, who, vote, cast):
        text = re.sub(r"(?m)^voter: .*$", f"voter: {who}", self.written(self.model.ballot))
        text = re.sub(r"(?m)^cast: .*$", f"cast: {iso(cast)}", text)
        text = re.sub(r"(?m)^vote: .*$", f"vote: {vote}", text)
        return {f"{self.folder}/ballots/{who}.yaml": text}

    def deciding(self):
        day = (self.opened + VOTING).strftime("%Y-%m-%d")
        return {
            f"{self.folder}/rfc.yaml": self.written(self.model.decided),
            f"decisions/{day}-rfc-{self.number:04}.yaml": self.written(self.model.decision),
        }


def governance(model, matters):
    """Commits that touch records: (when, who, subject, files), in order."""
    acts = []
    waiting = {}
    for number in range(1, matters + 1):
        opened = START + number * BETWEEN_OPENINGS
        matter = model.matter(number, opened)
        acts.append((opened, "m01", f"Open RFC {number}: Proposal {number}", matter.opening()))
        for turn, vote in enumerate(VOTES):
            # Of two RFCs in a row, some vote on both at once.
            pair = (number + number % 2) // 2
            who = PEOPLE[(pair * 3 + turn) % len(PEOPLE)]
            is_both = turn >= 6 and pair * 2 <= matters
            cast = START + pair * 2 * BETWEEN_OPENINGS if is_both else opened
            cast += datetime.timedelta(hours=1, minutes=7 * turn)
            files = matter.ballot(who, vote, cast)
            if is_both and number % 2 == 1:
                waiting[who] = files
                continue
            files.update(waiting.pop(who, {}) if is_both else {})
            acts.append((cast, who, f"Vote {vote} on RFC {number}", files))
        acts.append((opened + VOTING, "m01", f"Accept RFC {number}: Proposal {number}", matter.deciding()))
    acts.sort(key=lambda act: act[0])
    return acts


class Import:
    """A stream for `git fast-import`."""

    def __init__(self, folder):
        self.process = subprocess.Popen(["git", "fast-import", "--quiet"], cwd=folder, stdin=subprocess.PIPE, env=environment())

    def say(self, text):
        self.process.stdin.write(text.encode())

    def data(self, text):
        self.say(f"data {len(text.encode())}\n{text}\n")

    def commit(self, when, who, subject, files):
        self.say("commit refs/heads/main\n")
        for role in ("author", "committer"):
            self.say(f"{role} Member {who} <{who}@example.org> {int(when.timestamp())} +0000\n")
        self.data(subject + "\n")
        for path, text in files.items():
            self.say(f"M 100644 inline {path}\n")
            self.data(text)

    def end(self):
        self.process.stdin.close()
        if self.process.wait() != 0:
            sys.exit("git fast-import failed")


def code(dice, number):
    module, file = dice.randrange(100), dice.randrange(20)
    return {f"src/m{module:02}/f{file:02}.c": f"int f{file}(void) {{ return {number}; }}\n"}


def make_history(folder, govctl, commits, matters):
    run(folder, "git", "init", "-q", "-b", "main")
    acts = governance(Model(govctl), matters)
    dice = random.Random(1)
    files = founding()
    for module in range(100):
        for file in range(20):
            files[f"src/m{module:02}/f{file:02}.c"] = "int main(void) { return 0; }\n"
    for name in ("README.md", "LICENSE", "Makefile", "CONTRIBUTING.md", ".gitignore"):
        files[name] = f"{name}\n"
    stream = Import(folder)
    stream.commit(START, "m01", "Begin", files)
    others = commits - len(acts) - 1
    places = sorted(dice.randrange(len(acts)) for _ in range(others))
    at = 0
    when = START
    for index, act in enumerate(acts):
        while at < others and places[at] == index:
            stream.commit(when, dice.choice(PEOPLE), f"Change {at}", code(dice, at))
            at += 1
        when = act[0]
        stream.commit(*act)
    stream.end()
    run(folder, "git", "gc", "-q")
    return len(acts)


def seconds(folder, command):
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    return taken, done.stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--govctl", default=str(pathlib.Path(__file__).parents[2] / "build/bin/govctl"))
    parser.add_argument("--commits", type=int, default=100_000)
    parser.add_argument("--matters", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--keep", help="leave the history in this folder, and use the one that is there")
    arguments = parser.parse_args()
    govctl = os.path.abspath(arguments.govctl)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(arguments.keep or temporary)
        folder.mkdir(exist_ok=True)
        if not (folder / ".git").exists():
            make_history(folder, govctl, arguments.commits, arguments.matters)
        ours = [govctl, "audit", "--full"]
        theirs = ["git", "log", "--raw", "--no-renames", "--format=%H", "main", "--", *RECORDS]
        pairs = []
        for _ in range(arguments.runs):
            taken, answer = seconds(folder, ours)
            pairs.append((taken, seconds(folder, theirs)[0]))
        mine, other = (statistics.median(column) for column in zip(*pairs))
        print(answer.strip())
        print(f"govctl audit --full                    {mine:7.2f} s   {arguments.commits / mine:9.0f} commits a second")
        print(f"git log --raw --no-renames -- RECORDS  {other:7.2f} s   {mine / other:9.2f} x")
        again = statistics.median(seconds(folder, [govctl, "audit"])[0] for _ in range(arguments.runs))
        print(f"govctl audit, all of it remembered     {again:7.3f} s")


if __name__ == "__main__":
    main()
