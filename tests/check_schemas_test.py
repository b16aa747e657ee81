#!/usr/bin/env -S python3 -B
"""check_schemas.py on one small schema and a small reader: disagreement has to be found."""

import json
import pathlib
import tempfile
import unittest

from check_schemas import Checker, path_of

SCHEMA = json.dumps(
    {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "required": ["kind", "handle"],
        "additionalProperties": False,
        "properties": {"kind": {"const": "person"}, "handle": {"pattern": "^[a-z]+$"}, "member": {"enum": ["yes", "no"]}},
    }
)
READER = """#!/bin/sh
cd "$2" && test -e govctl.yaml || exit 3
file=$(ls people/*.yaml) && grep -q '%s' $file || finding="{\\"file\\": \\"$file\\", \\"rule\\": \\"%s\\", \\"line\\": 2, \\"message\\": \\"no\\"}"
echo "{\\"findings\\": [$finding]}"
"""
TREE = {
    "schemas/person.json": SCHEMA,
    "examples/small/people/ada.yaml": "kind: person\nhandle: ada\nmember: yes\n",
    "examples/small/.pre-commit-config.yaml": "repos: []\n",
    "tests/data/records/good/person.yaml": "kind: person\nhandle: ada\n",
    "tests/data/records/bad/person.yaml": "kind: person\nname: Ada\n",
}


def problems(changes=(), reader="handle:", rule="GOV003"):
    with tempfile.TemporaryDirectory() as name:
        root = pathlib.Path(name)
        for path, text in (TREE | dict(changes)).items():
            if text is not None:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_text(text)
        govctl = root / "govctl"
        govctl.write_text(READER % (reader, rule))
        govctl.chmod(0o755)
        return Checker(root, str(govctl)).run()


class CheckSchemasTest(unittest.TestCase):
    def assert_found(self, changes, *said, **reader):
        found = problems(changes, **reader)
        self.assertEqual(len(found), len(said), found)
        for problem, words in zip(found, said):
            self.assertIn(words, problem)

    def test_good(self):
        self.assertEqual(problems(), [])
        self.assertEqual(problems({path: None for path in TREE}), [])

    def test_example(self):
        self.assert_found({"examples/small/people/bob.yaml": "kind: person\nhandle: bob\nage: 3\n"}, "bob.yaml: the schema refuses it")
        self.assert_found({"examples/small/x.yaml": "kind: thing\n"}, "schemas/thing.json is missing")

    def test_schema_disagrees(self):
        self.assert_found({"tests/data/records/good/x.yaml": "kind: person\nhandle: ADA\n"}, "good/x.yaml: the schema refuses it: handle")
        self.assert_found({"tests/data/records/bad/x.yaml": "kind: person\nhandle: ada\n"}, "x.yaml: the schema takes it", "x.yaml: the reader takes it")

    def test_reader_disagrees(self):
        self.assert_found({}, "bad/person.yaml: the reader takes it", reader="kind")
        self.assert_found({}, "good/person.yaml: the reader refuses it: line 2: no", reader="nothing")

    def test_what_is_wrong_beside_other_records_does_not_count(self):
        self.assert_found({}, "bad/person.yaml: the reader takes it", rule="GOV103")

    def test_reader_without_an_answer(self):
        self.assert_found({}, "no answer", "no answer", reader="'; exit 3; '")

    def test_kind_without_cases(self):
        self.assert_found({"tests/data/records/bad/person.yaml": None}, "bad: no case of kind person")

    def test_broken_schema(self):
        self.assert_found({"schemas/group.json": '{"type": "thing"}'}, "schemas/group.json: ")

    def test_case_without_a_kind(self):
        self.assert_found({"tests/data/records/bad/x.yaml": "handle: ada\n"}, "is no record")
        self.assert_found({"tests/data/records/bad/x.yaml": "[]\n"}, "is no record")

    def test_paths(self):
        for record, path in [
            ({"kind": "project"}, "govctl.yaml"),
            ({"kind": "person", "handle": "ada"}, "people/ada.yaml"),
            ({"kind": "person", "handle": "../x"}, "people/case.yaml"),
            ({"kind": "rfc", "number": "42"}, "rfcs/0042-case/rfc.yaml"),
            ({"kind": "rfc"}, "rfcs/draft-case/rfc.yaml"),
            ({"kind": "roster", "group": "sig-node"}, "groups/sig-node/roster.yaml"),
            ({"kind": "decision", "decided": "2026-11-20T09:30:00Z", "subject": "motion/2026-11-20-x"},
             "decisions/2026-11-20-motion-2026-11-20-x.yaml"),
        ]:  # fmt: skip
            self.assertEqual(path_of(record), path)


if __name__ == "__main__":
    unittest.main()
