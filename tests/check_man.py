#!/usr/bin/env -S python3 -B
"""Holds man/ against the program: every command has a page, with the usage and the options that --help has.

    check_man.py GOVCTL

What --help must look like: `usage: govctl COMMAND …`, further usages on lines that begin with `   or: `; options and
commands indented, as in `    -n, --dry-run  what it does` and `    open  what it does`. What a page must look like: the
SYNOPSIS renders to the usages; each option is an `.It Fl` (`.It Fl n , Fl -dry-run`, `.It Fl -as-of Ar INSTANT`). Options
of govctl itself stand in govctl.1, and other pages need not repeat them. The page of a command with verbs has the usages
and options of all of them. govctl.1 names every page (`.Xr govctl-vote 1`), and mandoc finds nothing to warn of.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def squeezed(text):
    return re.sub(r"\s*\|\s*", "|", " ".join(text.split()))


class Help:
    """What `govctl WORDS --help` prints, with the options of the verbs below it."""

    def __init__(self, govctl, *words):
        text = run(govctl, *words, "--help").stdout
        self.usages = [squeezed(line) for line in re.findall(r"^(?:usage|   or): (.*)", text, re.M)]
        self.options = set()
        for line in re.findall(r"^ {2,8}(-.*)", text, re.M):
            self.options |= set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", line.split("  ")[0]))
        self.commands = re.findall(r"^ {2,4}([a-z][a-z-]*) {2,}\S", text, re.M)
        if words:
            self.options = self.options.union(*(Help(govctl, *words, verb).options for verb in self.commands))


class Page:
    def __init__(self, path):
        self.source = path.read_text()
        text = re.sub(".\b", "", run("mandoc", "-T", "ascii", "-O", "width=1000", path).stdout)
        synopsis = re.search(r"^SYNOPSIS\n(.*?)^\S", text, re.S | re.M)
        self.usages = [squeezed(line) for line in synopsis[1].splitlines() if line.strip()] if synopsis else []
        self.options = set()
        for line in re.findall(r"^\.It (Fl .*)", self.source.replace("\\-", "-"), re.M):
            self.options |= {"-" + flag for flag in re.findall(r"Fl (-?[a-zA-Z][\w-]*)", line)}


class Checker:
    def __init__(self, govctl, man):
        self.govctl = govctl
        self.man = man
        self.problems = []

    def run(self):
        program = Help(self.govctl)
        main = self.check_page("govctl.1", program, set())
        if not program.commands:
            self.problems.append("govctl --help names no command")
        for command in program.commands:
            self.check_page(f"govctl-{command}.1", Help(self.govctl, command), program.options)
            if main and f".Xr govctl-{command} 1" not in main.source:
                self.problems.append(f"man/govctl.1: does not name govctl-{command}(1)")
        for path in sorted(self.man.glob("*.[1-9]")):
            name = re.fullmatch(r"govctl-(.*)\.1", path.name)
            if name and name[1] not in program.commands:
                self.problems.append(f'man/{path.name}: there is no command "{name[1]}"')
            self.problems += run("mandoc", "-T", "lint", "-W", "warning", path).stdout.splitlines()
        return self.problems

    def check_page(self, name, shown, elsewhere):
        path = self.man / name
        if not path.exists():
            self.problems.append(f"man/{name}: is missing")
            return None
        page = Page(path)
        if page.usages != shown.usages:
            self.problems.append(f"man/{name}: SYNOPSIS is {page.usages}, --help has {shown.usages}")
        for option in sorted(shown.options - page.options - elsewhere):
            self.problems.append(f"man/{name}: {option} of --help is missing")
        for option in sorted(page.options - shown.options - elsewhere):
            self.problems.append(f"man/{name}: {option} is not in --help")
        return page


def main():
    problems = Checker(sys.argv[1], ROOT / "man").run()
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
