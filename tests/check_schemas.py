#!/usr/bin/env -S python3 -B
"""Holds schemas/ against the records there are, and against the reader.

    check_schemas.py [GOVCTL]

Each kind of record has schemas/<kind>.json, and at least one case in tests/data/records/good that the schema takes and
one in tests/data/records/bad that it refuses. Every record in examples/ is taken. With GOVCTL, the reader has to say
the same of each case, laid into a governance at the path its kind and names ask for: `govctl validate` finds something
wrong with the record by itself (GOV001 to GOV049) or not. What takes a second record to see is no case here. Scalars are
text, as for the reader: `yes` is a word.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import jsonschema
import yaml

ROOT = pathlib.Path(__file__).resolve().parent.parent
GOVERNED = "kind: project\nformat: 1\nname: Cases\nsteering: steering\n"


def read(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def path_of(record):
    """Where a record lies below the root."""

    def name(key):
        text = str(record.get(key, ""))
        return text if re.fullmatch(r"[a-z0-9][a-z0-9-]*", text) else "case"

    kind = record["kind"]
    if kind == "rfc":
        number = str(record.get("number", ""))
        return f"rfcs/{number.zfill(4)}-case/rfc.yaml" if number.isdigit() else "rfcs/draft-case/rfc.yaml"
    if kind == "decision":
        day = str(record.get("decided", ""))[:10]
        return f"decisions/{day}-{str(record.get('subject', 'case')).replace('/', '-')}.yaml"
    return {
        "project": "govctl.yaml",
        "person": f"people/{name('handle')}.yaml",
        "organization": f"organizations/{name('id')}.yaml",
        "charter": f"groups/{name('id')}/charter.yaml",
        "roster": f"groups/{name('group')}/roster.yaml",
        "motion": "motions/2026-01-05-case/motion.yaml",
        "ballot": f"rfcs/0001-case/ballots/{name('voter')}.yaml",
        "election": f"elections/{name('id')}/election.yaml",
        "candidate": f"elections/2026-case/candidates/{name('person')}.yaml",
        "endorsement": f"elections/2026-case/endorsements/{name('by')}.yaml",
        "voters": "elections/2026-case/voters.yaml",
        "result": "elections/2026-case/result.yaml",
    }.get(kind)


class Checker:
    def __init__(self, root, govctl=None):
        self.root = root
        self.govctl = govctl
        self.records = root / "tests/data/records"
        self.problems = []
        self.seen = {"good": set(), "bad": set()}

    def run(self):
        self.schemas = dict(filter(None, map(self.read_schema, sorted(self.root.glob("schemas/*.json")))))
        for path in sorted(self.root.glob("examples/**/*.yaml")):
            record = read(path)
            if isinstance(record, dict) and "kind" in record:
                self.check_against_schema(path, record, "good")
        for verdict in ("good", "bad"):
            for path in sorted((self.records / verdict).rglob("*.yaml")):
                self.check_case(path, verdict)
            for kind in sorted(self.schemas.keys() - self.seen[verdict]):
                self.problems.append(f"tests/data/records/{verdict}: no case of kind {kind}")
        return self.problems

    def complain(self, path, what):
        self.problems.append(f"{path.relative_to(self.root)}: {what}")

    def read_schema(self, path):
        schema = json.loads(path.read_text())
        try:
            jsonschema.Draft7Validator.check_schema(schema)
            return path.stem, jsonschema.Draft7Validator(schema)
        except jsonschema.SchemaError as error:
            self.complain(path, error.message)

    def check_case(self, path, verdict):
        record = read(path)
        if not isinstance(record, dict) or not path_of({"kind": ""} | record):
            self.complain(path, "is no record: a case has its kind")
            return
        self.seen[verdict].add(record["kind"])
        self.check_against_schema(path, record, verdict)
        if self.govctl:
            self.check_against_reader(path, record, verdict)

    def check_against_schema(self, path, record, verdict):
        schema = self.schemas.get(record["kind"])
        if not schema:
            self.complain(path, f"schemas/{record['kind']}.json is missing")
            return
        errors = list(schema.iter_errors(record))
        if errors and verdict == "good":
            where = "/".join(map(str, errors[0].absolute_path))
            self.complain(path, f"the schema refuses it: {where}: {errors[0].message}")
        if not errors and verdict == "bad":
            self.complain(path, "the schema takes it")

    def check_against_reader(self, path, record, verdict):
        with tempfile.TemporaryDirectory() as name:
            tree = pathlib.Path(name)
            (tree / "govctl.yaml").write_text(GOVERNED)
            place = path_of(record)
            (tree / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, tree / place)
            subprocess.run(["git", "init", "--quiet", tree], check=True)
            result = subprocess.run([self.govctl, "-C", tree, "validate", "--format", "json"], capture_output=True, text=True)
        try:
            findings = json.loads(result.stdout)["findings"]
        except (ValueError, KeyError):
            self.complain(path, f"govctl validate has no answer: {result.stdout}{result.stderr}")
            return
        errors = [f for f in findings if f["file"] == place and re.fullmatch("GOV0[0-4].", f["rule"])]
        if errors and verdict == "good":
            self.complain(path, f"the reader refuses it: line {errors[0]['line']}: {errors[0]['message']}")
        if not errors and verdict == "bad":
            self.complain(path, "the reader takes it")


def main():
    problems = Checker(ROOT, *sys.argv[1:2]).run()
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
