#!/usr/bin/env -S python3 -B
"""Compares govctl's judge with the model in may_follow.py, over generated histories.

    tests/model/compare.py build/bin/govctl [--histories 400] [--seed 1] [--keep DIR]

A history is a few commits by random people from a state that is allowed: honest acts, and acts with something wrong in
them. What the model refuses is taken back by a commit that is not compared. All histories lie behind one another on one
branch, written with `git fast-import`, so one `govctl audit` judges them all; commit by commit, both must say the same.
"""

import argparse
import collections
import datetime
import json
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from model import may_follow as model  # noqa: E402
from support.sandbox import Sandbox  # noqa: E402

PROJECT = """\
kind: project
format: 1
name: Model
steering: g0
rules:
  silence:
    - {stage: notice, lasts: 48h, passes: [objections = 0], on-failure: reject}
  majority:
    - {stage: vote, lasts: 72h, quorum: cast >= 1/2 of eligible, passes: [yes > no], on-failure: reject}
  thirds:
    - {stage: vote, lasts: 24h, passes: [yes >= 2/3 of eligible, objections = 0], on-failure: lapse}
  both:
    - {stage: talk, lasts: 48h, passes: [objections = 0, yes >= 2], on-pass: accept, on-failure: next}
    - {stage: vote, lasts: 72h, quorum: cast >= 2, passes: [yes > no], on-failure: lapse}
  allbut:
    - {stage: vote, lasts: 36h, passes: [yes >= eligible - 2, no <= 1], on-failure: reject}
decisions:
  "*": majority
ladder:
  - {level: member}
"""
RULES = ("silence", "majority", "thirds", "both", "allbut")
START = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.timezone.utc)


def founding():
    tree = {"govctl.yaml": PROJECT, "README.md": "free\n", "organizations/acme.yaml": "kind: organization\nid: acme\nname: Acme\n"}
    for i, rule in enumerate(RULES):
        kind = "type: steering" if i == 0 else "type: sig\nparent: g0"
        tree[f"groups/g{i}/charter.yaml"] = (
            f'kind: charter\nid: g{i}\nname: G{i}\n{kind}\nmission: To be.\nareas: [docs/g{i}/]\nroles:\n  m: {{seats: any}}\ndecisions:\n  "*": {rule}\n')
        seats = [f"  - {{role: m, person: p{j}, since: 2025-01-01}}\n" for j in range(2 + (i + 2) % 4)]
        seats.append("  - {role: m, person: p5, since: 2025-01-01, until: 2026-01-01}\n")
        tree[f"groups/g{i}/roster.yaml"] = f"kind: roster\ngroup: g{i}\nseats:\n" + "".join(seats)
    for j in range(7):
        tree[f"people/p{j}.yaml"] = f"kind: person\nhandle: p{j}\nname: P{j}\nemails: [p{j}@example.org]\n"
    return tree


# --- writing YAML ------------------------------------------------------------------------------------------------------


def flow(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    plain = re.fullmatch(r"[A-Za-z0-9][\w ./+<>=@-]*(:[\w./+<>=@-]+)*", value) and not value.endswith(" ")
    return value if plain else json.dumps(value, ensure_ascii=False)


def written(record):
    return "".join(f"{key}: {flow(value)}\n" for key, value in record.items())


# --- people doing things -----------------------------------------------------------------------------------------------


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.tree = founding()
        self.now = START
        self.serial = 0
        self.doing = ""

    # Chance.

    def one_in(self, n):
        return self.random.randrange(n) == 0

    def pick(self, items):
        items = sorted(items)
        return self.random.choice(items) if items else None

    def someone(self):
        return f"p{self.random.randrange(7)}"

    def wrong(self):
        """Whether to put something wrong into this act."""
        return self.random.random() < 0.4

    def at(self):
        return model.written(self.now)

    def matters(self, status=None):
        state = model.State(self.tree)
        folders = state.opened().values()
        return [f for f in folders if status is None or state.record(f + "rfc.yaml")["status"] == status]

    def record(self, path):
        return dict(model.parsed(self.tree[path]))

    # Acts: each changes `tree`, a copy, and answers with who commits it; nothing where there was nothing to do.

    def step(self):
        """One commit: (tree, address, what it is)."""
        self.now += datetime.timedelta(hours=self.random.choice((0, 1, 2, 5, 12, 30)))
        acts = [self.vote] * 6 + [self.object] * 3 + [self.decide] * 5 + [self.open] * 4 + [self.draft] * 3 + [
            self.withdraw, self.person, self.person, self.edit_person, self.edit_person, self.organization, self.free,
            self.layout, self.hand, self.edit_draft, self.edit_decision, self.two]  # fmt: skip
        for _ in range(20):
            act = self.random.choice(acts)
            tree = dict(self.tree)
            who = act(tree)
            if who and tree != self.tree:
                return tree, f"{who}@example.org", act.__name__
        tree["README.md"] += "more\n"
        return tree, "p0@example.org", "free"

    def person(self, tree):
        self.serial += 1
        handle = f"n{self.serial}"
        record = {"kind": "person", "handle": handle, "name": "New", "emails": [f"{handle}@example.org"]}
        if self.wrong():
            change = self.random.randrange(4)
            record |= [{"ladder": [{"level": "member", "since": "2025-01-01"}]},
                       {"emails": [f"{handle}@example.org", f"{self.someone()}@example.org"]},
                       {"aliases": [self.someone()]}, {}][change]  # fmt: skip
        tree[f"people/{handle}.yaml"] = written(record)
        return self.random.choice((handle, handle, handle, self.someone(), "stranger"))

    def edit_person(self, tree):
        path = self.pick(p for p in tree if p.startswith("people/"))
        record = self.record(path)
        change = self.random.randrange(7)
        if change == 0:
            del tree[path]
        elif change == 1:
            record["emails"] = [*record["emails"], f"{self.someone()}@example.org"]
        elif change == 2:
            record["ladder"] = [{"level": "member", "since": "2025-01-01"}]
        elif change == 3:
            record["aliases"] = [self.pick((self.someone(), "old-name"))]
        else:
            record["name"] = f"Name {self.random.randrange(100)}"
        if path in tree:
            tree[path] = written(record)
        handle = record["handle"]
        return handle if self.random.random() < 0.7 else self.someone()

    def organization(self, tree):
        tree["organizations/acme.yaml"] = f"kind: organization\nid: acme\nname: Acme {self.random.randrange(100)}\n"
        return self.pick((self.someone(), "stranger"))

    def free(self, tree):
        tree[self.pick(("README.md", "src/a.c", "rfcs/README.md"))] = f"{self.random.random()}\n"
        return self.pick((self.someone(), "stranger"))

    def layout(self, tree):
        path = self.pick(p for p in tree if p.endswith(".yaml") and not p.startswith("rfcs/draft"))
        tree[path] += "# a remark\n"
        return self.pick((self.someone(), "stranger"))

    def hand(self, tree):
        path = self.pick(p for p in tree if re.match("govctl|groups|rfcs/0", p) and "/ballots/" not in p)
        old, new = self.pick((("To be.", "Not to be."), ("member", "friend"), ("72h", "1h"), ("p0,", "p5,"),
                              ("open", "accepted"), ("Text", "Other"), ("since: 2025", "since: 2024")))  # fmt: skip
        if self.one_in(8):
            del tree[path]
        else:
            tree[path] = tree[path].replace(old, new)
        return self.someone()

    def draft(self, tree):
        self.serial += 1
        who = self.someone()
        folder = f"rfcs/draft-i{self.serial}/"
        record = {"kind": "rfc", "title": f"Idea {self.serial}", "type": "technical", "status": "draft",
                  "group": f"g{self.random.randrange(len(RULES))}", "authors": [who]}  # fmt: skip
        if self.one_in(3):
            group = record["group"] if not self.one_in(6) else "g2"
            target = self.pick((f"docs/{group}/{self.serial}.md", f"docs/{group}/shared.md"))
            record["effects"] = [{"file": {"path": target, "from": "guide.md"}}]
            tree[folder + "guide.md"] = f"Guide {self.serial}\n"
        tree[folder + "rfc.yaml"] = written(record)
        tree[folder + "README.md"] = "Text\n"
        return self.someone() if self.one_in(5) else who

    def edit_draft(self, tree):
        path = self.pick(p for p in tree if p.startswith("rfcs/draft-") and p.endswith(".md"))
        if path:
            tree[path] += "More.\n"
            return self.pick((self.someone(), *self.record(path.rsplit("/", 1)[0] + "/rfc.yaml")["authors"]))
        return None

    def open(self, tree):
        draft = self.pick({p.rsplit("/", 1)[0] + "/" for p in tree if p.startswith("rfcs/draft-")})
        if not draft:
            return None
        state = model.State(self.tree)
        record = self.record(draft + "rfc.yaml")
        number = max(state.opened(), default=0) + 1
        wrong = self.random.randrange(9) if self.wrong() else None
        if wrong == 0 and number > 1:
            number -= 1
        folder = f"rfcs/{number:04}-{draft.removeprefix('rfcs/draft-')}"
        who = record["authors"][0]
        for effect in record.get("effects", []):
            old = tree.get(effect["file"]["path"])
            record["effects"] = [{"file": {**effect["file"], "was": "none" if old is None else model.blob(old)}}]
        for path in list(state.below(draft)):
            tree[folder + path.removeprefix(draft)] = tree.pop(path)
        if wrong == 1:
            tree[folder + "README.md"] += "Slipped in.\n"
        tree[folder + "rfc.yaml"] = written(record)
        text = model.text_of(model.inside(model.State(tree), folder))
        if wrong == 2:
            text = "0" * 64
        charter = model.blob(tree[f"groups/{self.pick(('g1', record['group'])) if wrong == 3 else record['group']}/charter.yaml"])
        opened = self.at() if wrong != 4 else model.written(self.now + datetime.timedelta(hours=self.pick((-30, 1))))
        by = self.someone() if wrong == 5 else who
        record |= {"status": "accepted" if wrong == 6 else "open", "number": str(number), "opened": opened, "text": text,
                   "rule": {"name": state.rule(record["group"])[0], "group": record["group"], "charter": charter,
                            "project": model.blob(tree["govctl.yaml"])},
                   "history": [{"act": "opened", "at": opened, "round": "1", "by": by, "text": text}]}  # fmt: skip
        tree[folder + "rfc.yaml"] = written(record)
        if wrong == 7:
            tree[draft + "rfc.yaml"] = self.tree[draft + "rfc.yaml"]
        return self.someone() if wrong == 8 else who

    def ballot(self, folder, voter):
        record = self.record(folder + "rfc.yaml")
        path = f"{folder}ballots/{voter}.yaml"
        if path in self.tree:
            return path, self.record(path)
        return path, {"kind": "ballot", "matter": f"rfc-{int(record['number']):04}", "voter": voter, "round": "1",
                      "text": record["text"], "cast": self.at()}  # fmt: skip

    def vote(self, tree, folder=None, who=None):
        folder = folder or self.pick(self.matters(None if self.one_in(6) else "open"))
        if not folder:
            return None
        who = who or self.someone()
        path, ballot = self.ballot(folder, who)
        wrong = self.random.randrange(9) if self.wrong() else None
        if "vote" in ballot and wrong != 0:
            said = {key: ballot[key] for key in ("cast", "round", "text", "vote") if key in ballot}
            ballot["earlier"] = [*ballot.get("earlier", []), said]
        ballot |= {"cast": self.at(), "vote": self.random.choice(("yes", "yes", "yes", "no", "abstain"))}
        if wrong == 1:
            ballot["text"] = "1" * 64
        if wrong == 2:
            ballot["round"] = "2"
        if wrong == 3:
            ballot["cast"] = model.written(self.now + datetime.timedelta(hours=self.pick((-60, -20, -2, 3))))
        if wrong == 4 and ballot.get("earlier"):
            ballot["earlier"] = ballot["earlier"][1:]
            if not ballot["earlier"]:
                del ballot["earlier"]
        if wrong == 5:
            ballot["voter"] = self.someone()
        if wrong == 6:
            ballot["matter"] = "rfc-0099"
        tree[path] = written(ballot)
        if wrong == 7:
            del tree[path]
        return self.someone() if wrong == 8 else who

    def object(self, tree):
        folder = self.pick(self.matters(None if self.one_in(6) else "open"))
        if not folder:
            return None
        who = self.someone()
        path, ballot = self.ballot(folder, who)
        objections = [dict(one) for one in ballot.get("objections", [])]
        wrong = self.random.randrange(5) if self.wrong() else None
        standing = [one for one in objections if "resolved" not in one]
        if wrong == 0 and objections:
            objections.pop()
        elif wrong == 1 and objections:
            objections[0]["reason"] = "another"
        elif standing and not self.one_in(3):
            standing[0]["resolved"] = self.at()
        else:
            objections.append({"name": f"n{len(objections)}", "reason": "why", "raised": self.at()})
        if wrong == 2 and objections:
            objections[-1]["raised"] = model.written(self.now + datetime.timedelta(hours=self.pick((-40, 2))))
        ballot["objections"] = objections
        if not objections:
            del ballot["objections"]
        tree[path] = written(ballot)
        return self.someone() if wrong == 3 else who

    def withdraw(self, tree):
        folder = self.pick(self.matters("open"))
        if not folder:
            return None
        record = self.record(folder + "rfc.yaml")
        who = self.pick((record["authors"][0], record["authors"][0], self.someone()))
        entry = {"act": "withdrawn", "at": self.at(), "round": "1", "by": who}
        record |= {"status": "withdrawn", "history": [*record["history"], entry]}
        tree[folder + "rfc.yaml"] = written(record)
        return self.someone() if self.one_in(5) else who

    def decide(self, tree):
        folder = self.pick(self.matters("open"))
        if not folder:
            return None
        matter = model.Matter(model.State(self.tree), folder)
        at, wrong = self.now, self.random.randrange(10) if self.wrong() else None
        if matter.course(at)[0] is None:
            if not self.one_in(4):
                self.now += datetime.timedelta(hours=40)
                return None
            at += datetime.timedelta(days=9)  # as it would be if nobody came
        who = self.someone()
        value, outcome = model.decision_of(matter, at, who, "e" * 40)
        value["decided"] = model.written(min(at, self.now))
        if wrong == 0:
            outcome = value["outcome"] = self.pick(model.STATUS)
        if wrong == 1:
            value["tally"] = {**value["tally"], "yes": str(int(value["tally"]["yes"]) + 1)}
        if wrong == 2:
            value["electorate"] = {**value["electorate"], "eligible": value["electorate"]["eligible"][1:]}
        if wrong == 3:
            value["by"] = self.pick(("nobody", "p6"))
        record = {**matter.record, "status": model.STATUS[outcome]}
        effects = matter.record.get("effects", []) if outcome == "accepted" else []
        for effect in effects:
            tree[effect["file"]["path"]] = tree[folder + effect["file"]["from"]] + ("And more.\n" if wrong == 4 else "")
            if wrong == 5 and effect["file"]["path"] not in self.tree:
                del tree[effect["file"]["path"]]
        if wrong != 6:
            tree[folder + "rfc.yaml"] = written(record)
        name = f"{value['decided'][:10]}-{matter.id}" + ("-x" if wrong == 7 else "")
        tree[f"decisions/{name}.yaml"] = written(value)
        if wrong == 8:
            tree["groups/g1/charter.yaml"] = tree["groups/g1/charter.yaml"].replace("To be.", "To have.")
        return who

    def edit_decision(self, tree):
        path = self.pick(p for p in tree if p.startswith("decisions/"))
        if not path:
            return None
        change = self.random.randrange(3)
        if change == 0:
            del tree[path]
        else:
            tree[path] = tree[path].replace("accepted", "rejected") if change == 1 else tree[path] + "# noted\n"
        return self.someone()

    def two(self, tree):
        """Two acts of one person in a commit."""
        who = self.someone()
        for folder in self.matters("open")[:2]:
            self.vote(tree, folder, who)
        tree["README.md"] += "and so on\n"
        return who


# --- writing histories -------------------------------------------------------------------------------------------------


class Stream:
    """Commits, as `git fast-import` reads them."""

    def __init__(self, out):
        self.out = out
        self.tree = {}
        self.count = 0

    def commit(self, tree, email, at, message):
        self.count += 1
        stamp = f"Someone <{email}> {int(at.timestamp())} +0000"
        self.line(f"commit refs/heads/main\nmark :{self.count}\nauthor {stamp}\ncommitter {stamp}")
        self.data(message)
        for path in sorted(self.tree.keys() - tree.keys()):
            self.line(f"D {path}")
        for path, text in sorted(tree.items()):
            if self.tree.get(path) != text:
                self.line(f"M 100644 inline {path}")
                self.data(text)
        self.tree = dict(tree)
        return self.count

    def line(self, text):
        self.out.write(text.encode() + b"\n")

    def data(self, text):
        self.out.write(b"data %d\n" % len(text.encode()) + text.encode() + b"\n")


def generate(stream, histories, seed):
    """Writes them; what the model says of each compared commit: its number to (reason or None, act)."""
    generator = Generator(seed)
    verdicts = {}
    stream.commit(generator.tree, "p0@example.org", START, "Begin")
    for number in range(histories):
        if number % 25 == 24:
            generator.tree = founding()
            generator.now += datetime.timedelta(hours=1)
            stream.commit(generator.tree, "p0@example.org", generator.now, "Anew")
        for _ in range(generator.random.randint(2, 6)):
            tree, email, act = generator.step()
            reason = None
            try:
                model.may_follow(generator.tree, tree, email, generator.now)
            except model.Refused as refused:
                reason = str(refused)
            verdicts[stream.commit(tree, email, generator.now, f"History {number}: {act}")] = (reason, act)
            if reason:
                stream.commit(generator.tree, "p0@example.org", generator.now, "Taken back")
            else:
                generator.tree = tree
    return verdicts


def compare(sandbox, histories, seed):
    sandbox.path.mkdir()
    sandbox.git("init", "--quiet")
    marks = sandbox.folder / "marks"
    with subprocess.Popen(["git", "fast-import", "--quiet", f"--export-marks={marks}"], cwd=sandbox.path,
                          stdin=subprocess.PIPE, env=sandbox.environment()) as importer:  # fmt: skip
        verdicts = generate(Stream(importer.stdin), histories, seed)
    commits = dict(line.split() for line in marks.read_text().splitlines())
    done = subprocess.run([sandbox.program, "audit", "main", "--format", "json"], cwd=sandbox.path,
                          env=sandbox.environment(), capture_output=True, check=False)  # fmt: skip
    report = json.loads(done.stdout)
    said = collections.defaultdict(list)
    for violation in report["violations"]:
        said[violation["commit"]].append(f"{violation['rule']} {violation['file']}: {violation['message']}")
    assert report["complete"], report["incomplete_because"]
    differ = 0
    for number, (reason, act) in verdicts.items():
        commit = commits[f":{number}"]
        if bool(reason) != bool(said[commit]):
            differ += 1
            print(f"{commit} ({act}): the model {'refuses: ' + reason[:1500] if reason else 'allows'}; "
                  f"govctl {'refuses: ' + '; '.join(said[commit]) if said[commit] else 'allows'}")  # fmt: skip
    return verdicts, differ


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--histories", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", help="copy the repository there")
    options = parser.parse_args()
    with Sandbox(os.path.abspath(options.program)) as sandbox:
        verdicts, differ = compare(sandbox, options.histories, options.seed)
        if options.keep:
            shutil.copytree(sandbox.path, options.keep)
    acts = collections.Counter((act, bool(reason)) for reason, act in verdicts.values())
    refused = sum(bool(reason) for reason, _ in verdicts.values())
    one_sided = [act for act in {a for a, _ in acts} if act in ("vote", "decide", "open") and not (
        acts[act, True] and acts[act, False])]  # fmt: skip
    print(f"{options.histories} histories, {len(verdicts)} commits, {refused} refused: {differ} judged otherwise")
    return 1 if differ or one_sided or not refused else 0


if __name__ == "__main__":
    sys.exit(main())
