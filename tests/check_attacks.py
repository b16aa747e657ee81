#!/usr/bin/env -S python3 -B
"""Holds the list of attacks in man 7 govctl-integrity against tests/attacks: the same names in the same order, counted
from 1, each with the findings that its test expects, or in words what answers it.

    check_attacks.py [--list]    # --list: print what the page should say
"""

import inspect
import pathlib
import re
import sys

TESTS = pathlib.Path(__file__).resolve().parent
PAGE = TESTS.parent / "man/govctl-integrity.7"
sys.path.insert(0, str(TESTS))

from attacks.case import all_attacks, name_of  # noqa: E402

INCOMPLETE = "the audit is incomplete"


def expected():
    """(number, name, findings) of each test."""
    for number, attack in enumerate(all_attacks(), 1):
        yield number, name_of(attack), sorted(set(re.findall(r"GOV\d{3}", inspect.getsource(attack))))


def listed(page):
    """(number, name, answer) of each item of the section ATTACKS: `.It 7`, the name on lines of its own, then `.Em`."""
    section = page[page.index(".Sh ATTACKS") :].split("\n.Sh ", 2)[0]
    for item in re.split(r"^\.It ", section, flags=re.M)[1:]:
        number, rest = item.split("\n", 1)
        name, _, answer = rest.partition("\n.Em ")
        yield int(number), " ".join(name.replace("\\&", "").replace("\\-", "-").split()).rstrip(":"), answer.split("\n")[0]


def problems():
    tests, page = list(expected()), list(listed(PAGE.read_text()))
    for (number, name, findings), (item, said, answer) in zip(tests, page):
        if (number, name) != (item, said):
            yield f'{item}. "{said}" should be {number}. "{name}"'
        elif not answer or findings != sorted(re.findall(r"GOV\d{3}", answer)):
            yield f'{number}. "{name}" is answered by {" ".join(findings) or "something"}, not "{answer}"'
    for number, name, _ in tests[len(page) :]:
        yield f'{number}. "{name}" is missing'
    for number, name, _ in page[len(tests) :]:
        yield f'{number}. "{name}" has no test'


def main():
    if sys.argv[1:] == ["--list"]:
        for number, name, findings in expected():
            print(f".It {number}\n{name}:\n.Em {', '.join(findings) or INCOMPLETE}")
        return 0
    found = list(problems())
    print("\n".join(f"{PAGE.name}: {problem}" for problem in found), end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
