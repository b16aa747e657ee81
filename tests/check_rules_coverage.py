#!/usr/bin/env -S python3 -B
"""Every word of man/govctl-rules.7 is used by a test.

    check_rules_coverage.py

Takes each key, value, term, count, comparator, form of amount and cause that the page lists, and looks for it in the
rules that the tests of rules and model write down: texts such as `stage: vote, early: certain, passes: [yes > no]` in
tests/unit/rules, tests/unit/model and tests/property. Fails with the words that no test uses.

On the page a key is an `.It Ic`, what it may say an `.It Cm` below it; `Ar` stands for something one writes oneself.
"""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ("tests/unit/rules", "tests/unit/model", "tests/property")


def items(page):
    """(section, subsection, key, text) of each `.It Ic` and `.It Cm`; its text without mdoc, `*` for what one writes oneself."""
    section = subsection = key = None
    for line in page.replace("\\-", "-").replace("\\&", "").splitlines():
        if heading := re.match(r"\.(Sh|Ss) (.*)", line):
            section, subsection = (heading[2], None) if heading[1] == "Sh" else (section, heading[2])
            key = None
        elif item := re.match(r"\.It (Ic|Cm) (.*)", line):
            text = re.sub(r"\b(Ns )?Ar \w+", "*", re.sub(r"\bCm ", "", item[2])).replace(" : ", ": ").replace("/ *", "/*")
            if item[1] == "Ic":
                key, text = text, None
            yield section, subsection, key, text


CONDITION = r"[a-z-]+ (?:=|!=|<|<=|>|>=) "
FRACTION = r"\d+(?:/\d+)?"
COUNT = r"[a-z][a-z-]*"
AMOUNTS = {
    "INT": CONDITION + r"\d+(?![\d/ ])",
    "COUNT": CONDITION + COUNT + r"(?=[\",\]}])",
    "FRACTION of COUNT": FRACTION + " of " + COUNT,
    "COUNT + INT": COUNT + r" \+ \d",
    "COUNT - INT": COUNT + r" - \d",
    "sqrt(COUNT)": r"(?<!\* )\bsqrt\(",
    "FRACTION * sqrt(COUNT)": FRACTION + r" \* sqrt\(",
    "ceil(AMOUNT)": r"\bceil\(",
    "floor(AMOUNT)": r"\bfloor\(",
    "min(AMOUNT, AMOUNT)": r"\bmin\([^\"]+,",
}


def whole(text):
    """A text that is a whole value, as a pattern; `*` is any one word."""
    words = r"[\w./-]+".join(re.escape(part) for part in text.split("*"))
    return rf"(?<![\w-]){words}(?= *[,\]}}\"])"


def value_of(key, text):
    """What a key says when it says this, as a pattern."""
    if key == "lasts" and text.startswith("fixed"):
        return r"\blasts: \d"
    if key == "options":
        return rf"\boptions: \{{[^\"]*{text.split(':')[0]}: "
    if ": " in text:
        return rf"(?<![\w-]){text.removesuffix(' *')} " if text.endswith("*") else whole(text)
    if key == "on-failure" and text == "rule *":
        named = "|".join(("next", "reject", "lapse", "escalate", "affirm", "deadlock"))
        return rf"\bon-failure: (?!{named})[a-z]"
    inside = r"(?:\{[^}]*[ {]|\[[^\]]*[ \[])?(?:effect: |[a-z]+: )?"
    return rf"(?<![\w-]){key}: {inside}{whole(text)}"


def pattern_of(section, subsection, key, text):
    if text is None:
        return rf"(?<![\w-]){key}: "
    if subsection == "Comparators":
        return rf"[a-z] {re.escape(text)} [a-z\d]"
    if subsection == "Amounts":
        return AMOUNTS[text]
    if subsection == "Counts":
        return rf"(?<![\w-]){text} (?:=|!=|<|<=|>|>=) |(?:(?:=|!=|<|<=|>|>=|of) |\(){text}(?![\w-])"
    if section == "ELECTORATES":
        return rf"[\[,\"] ?{whole(text)}"
    if section == "REQUIREMENTS":
        return '"' + re.escape(text).replace(r"\*", r"[^\"]+")
    if section == "WHEN A STAGE FAILS":
        return rf"\bon-failure: \{{[^}}]*(?<![\w-]){text}: "
    return value_of(key, text)


def texts_of(root):
    sources = [path for folder in FOLDERS for path in sorted((root / folder).glob("*.cpp"))]
    for path in sources:
        yield from re.findall(r'"((?:[^"\\\n]|\\.)*)"', re.sub(r'"\s*\n\s*"', "", path.read_text()))


def unused(root):
    used = "\n".join(f'"{text}"'.replace('\\"', '"') for text in texts_of(root))
    words = list(items((root / "man/govctl-rules.7").read_text()))
    if len(words) < 50:
        sys.exit("check_rules_coverage.py: man/govctl-rules.7 does not look as expected")
    for section, subsection, key, text in words:
        # The keys of `decisions:` are the readers', whose tests have them as YAML.
        if section == "WHICH RULE" or re.search(pattern_of(section, subsection, key, text), used):
            continue
        yield " ".join(part for part in (subsection or key and f"{key}:" or section, text) if part)


def main():
    missing = list(unused(ROOT))
    for word in missing:
        print(f"man/govctl-rules.7: no test uses {word}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
