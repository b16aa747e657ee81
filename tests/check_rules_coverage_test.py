#!/usr/bin/env -S python3 -B
"""check_rules_coverage.py on a page and tests of its own: a word that no test uses has to be found."""

import pathlib
import tempfile
import unittest

from check_rules_coverage import unused

PAGE = ".Sh STAGE KEYS\n" + "".join(
    f".It Ic {key}\n" + "".join(f".It Cm {value}\n" for value in values)
    for key, values in {
        "early": ["never", "passing", "passing for Ar DURATION"],
        "on-failure": ["reject", "affirm Ar STAGE", "rule Ar NAME"],
        "objection": ["veto", "needs : reason"],
        "lasts": ["fixed : Ar DURATION", "at-most : Ar DURATION"],
    }.items()
)
PAGE += ".Sh ELECTORATES\n" + "".join(f".It Cm role Ar ROLE{of}\n" for of in ("", " Cm of Ar GROUP"))
PAGE += ".Sh CONDITIONS\n.Ss Counts\n" + "".join(f".It Cm {count}\n" for count in ("yes", "no", "eligible", "missing"))
PAGE += ".Ss Comparators\n.It Cm >=\n.It Cm >\n.Ss Amounts\n" + "".join(
    f".It Cm {form}\n" for form in ("INT", "COUNT", "FRACTION of COUNT", "sqrt(COUNT)", "FRACTION * sqrt(COUNT)")
)
PAGE += ".Sh WHEN A STAGE FAILS\n" + "".join(f".It Cm {cause}\n" for cause in ("quorum", "tie", "else"))
PAGE += ".\\\" words enough\n" + "".join(f".It Ic word{n}\n" for n in range(30)) + ".Sh WHICH RULE\n.It Ic fixed\n"
WORDS = " ".join(f"word{n}: x" for n in range(30))


class Test(unittest.TestCase):
    def unused(self, *texts):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / "man").mkdir()
            (root / "man/govctl-rules.7").write_text(PAGE)
            (root / "tests/unit/rules").mkdir(parents=True)
            code = "".join(f'    {{"{text}", 1}},\n' for text in (WORDS, *texts))
            (root / "tests/unit/rules/a_test.cpp").write_text(code)
            return set(unused(root))

    ALL = (
        "early: never, on-failure: {quorum: reject, tie: affirm body, else: other-rule}",
        "early: passing, objection: veto, lasts: 1w, on-failure: other-rule",
        "early: passing for 2d, lasts: {at-least: 1d, at-most: 2w}, by: [members, role chair, role lead of team]",
        "objection: {effect: veto, needs: reason}, passes: [yes > no, yes >= 2/3 of eligible, missing > 1/2 * sqrt(no)]",
        "passes: [yes >= 3, no > sqrt(eligible)]",
    )

    def test_every_word_is_used(self):
        self.assertEqual(self.unused(*self.ALL), set())

    def test_each_missing_word_is_named(self):
        for text, missing in (
            (self.ALL[0], {"early: never", "on-failure: reject", "on-failure: affirm *", *(f"WHEN A STAGE FAILS {c}" for c in ("quorum", "tie", "else"))}),
            (self.ALL[1], {"early: passing", "lasts: fixed: *", "on-failure: rule *"}),
            (self.ALL[2], {"early: passing for *", "lasts: at-most: *", "ELECTORATES role *", "ELECTORATES role * of *"}),
            (self.ALL[3], {"objection: needs: reason", "Counts missing", "Amounts FRACTION of COUNT", "Amounts COUNT", "Amounts FRACTION * sqrt(COUNT)"}),
            (self.ALL[4], {"Amounts INT", "Amounts sqrt(COUNT)"}),
        ):
            with self.subTest(text):
                self.assertEqual(self.unused(*(each for each in self.ALL if each != text)), missing)

    def test_a_comment_is_no_use(self):
        self.assertIn("early: never", self.unused(*self.ALL[1:], "nothing"))


if __name__ == "__main__":
    unittest.main()
