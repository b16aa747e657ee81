#!/usr/bin/env -S python3 -B
"""Runs the sessions that a Markdown file or a man page shows, and compares what they print with what it says.

A session is a ```console block in Markdown, or a `.Bd -literal` display that starts with `$ ` in a man page's EXAMPLES:

    $ govctl vote rfc-1 yes
    error: sig-node is not yours to vote in
    [4]

`$ ` starts a command and `> ` right below it continues it. What follows is its output, stdout and stderr as they come,
and `[4]` is its exit code where that is not 0. In the output `<sha>` stands for 7 to 64 hexadecimal digits, and `...`
alone on a line for any lines; nothing else is fuzzy. What a reader need not see goes between `<!-- setup` and `-->`
(in a man page, lines `.\\" setup: COMMAND`), and has to succeed.

All sessions of a file are one shell, in a world of their own: an empty folder, no configuration but Ada's name, UTC,
80 columns, no colour, and a clock that stands at 2026-01-05T09:00:00Z until `at` or `later` moves it. `as bob` makes
bob act. prelude.bash has these three; $SOURCE names the source tree. Paths below the session's folder are printed
as if it were the root: the session starts in /home/ada/project.
"""

import argparse
import dataclasses
import difflib
import os
import pathlib
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PRELUDE = pathlib.Path(__file__).resolve().with_name("prelude.bash")
SOURCE = PRELUDE.parent.parent.parent
BEGINNING = "2026-01-05T09:00:00Z"
GIT_CONFIG = """\
[user]
	name = Ada
	email = ada@example.org
[init]
	defaultBranch = main
[gc]
	auto = 0
"""


class Malformed(Exception):
    """The file is not what a transcript looks like."""


class TimedOut(Exception):
    """The file's commands took too long."""


class ShellEnded(Exception):
    """A command ended the shell that runs the session."""


# --- reading -----------------------------------------------------------------------------------------------------------


@dataclasses.dataclass
class Step:
    """One command, or a hidden setup, and where its expected output stands in the file (lines counted from 0)."""

    line: int
    command: str
    hidden: bool = False
    first: int = 0
    last: int = 0
    intro: str = ""


class Markdown:
    @staticmethod
    def opens(lines, i, _section):
        if re.match(r"\s*(`{3,}|~{3,})\s*console", lines[i]) and lines[i] != "```console":
            raise Malformed("a session's fence is ```console in the first column, and nothing else")
        return lines[i] == "```console"

    @staticmethod
    def closes(line):
        return line == "```"

    @staticmethod
    def section(_line):
        return None

    @staticmethod
    def setup(lines, i):
        """The commands of a hidden setup that starts at line i, and the line after it; or nothing."""
        if one := re.fullmatch(r"<!-- setup: (.*) -->", lines[i]):
            return one[1], i + 1
        if lines[i] != "<!-- setup":
            return None
        end = next((n for n in range(i, len(lines)) if lines[n] == "-->"), None)
        if end is None:
            raise Malformed("the setup has no end")
        return "\n".join(lines[i + 1 : end]), end + 1

    @staticmethod
    def shown(line):
        return line

    @staticmethod
    def written(line):
        return line


class ManPage:
    @staticmethod
    def opens(lines, i, section):
        return section == "EXAMPLES" and lines[i].startswith(".Bd -literal") and lines[i + 1].startswith("$ ")

    @staticmethod
    def closes(line):
        return line == ".Ed"

    @staticmethod
    def section(line):
        return line[4:] if line.startswith(".Sh ") else None

    @staticmethod
    def setup(lines, i):
        found = re.fullmatch(r'\.\\" setup: (.*)', lines[i])
        return found and (found[1], i + 1)

    @staticmethod
    def shown(line):
        return re.sub(r"\\([e&-])", lambda m: {"e": "\\", "&": "", "-": "-"}[m[1]], line)

    @staticmethod
    def written(line):
        line = line.replace("\\", "\\e").replace("-", "\\-")
        return "\\&" + line if line[:1] in (".", "'") else line


def dialect_of(path):
    return ManPage if re.fullmatch(r"\.[1-9]", pathlib.Path(path).suffix) else Markdown


def read_steps(lines, dialect):
    """The steps of a file, in order."""
    steps, i, section, paragraph = [], 0, "", []  # the last one before a session introduces it
    while i < len(lines):
        if found := dialect.setup(lines, i):
            steps.append(Step(i, found[0], hidden=True))
            i = found[1]
        elif dialect.opens(lines, i, section):
            end = next((n for n in range(i + 1, len(lines)) if dialect.closes(lines[n])), None)
            if end is None:
                raise Malformed(f"the session at line {i + 1} has no end")
            block = read_block(lines, i + 1, end, dialect)
            block[0].intro = "\n".join(paragraph)
            steps += block
            i, paragraph = end + 1, []
        else:
            section = dialect.section(lines[i]) or section
            if lines[i]:
                paragraph = (paragraph if lines[i - 1] else []) + [lines[i]]
            i += 1
    if all(step.hidden for step in steps):
        raise Malformed("there is no command in it")
    return steps


def read_block(lines, begin, end, dialect):
    steps, i = [], begin
    while i < end:
        line = dialect.shown(lines[i])
        if line.startswith("$ "):
            step = Step(i, line[2:])
            while i + 1 < end and dialect.shown(lines[i + 1]).startswith("> "):
                i += 1
                step.command += "\n" + dialect.shown(lines[i])[2:]
            step.first = step.last = i + 1
            steps.append(step)
        elif not steps:
            raise Malformed(f"line {i + 1} comes before any command")
        else:
            steps[-1].last = i + 1
        i += 1
    if not steps:
        raise Malformed(f"the session at line {begin} is empty")
    return steps


# --- running -----------------------------------------------------------------------------------------------------------


class Session:
    """A shell in a world of its own."""

    def __init__(self, folder, programs, seconds):
        self.folder = os.path.realpath(folder)
        self.deadline = time.monotonic() + seconds
        self.mark = os.urandom(16).hex()
        self.rest = b""
        home = os.path.join(self.folder, "home", "ada")
        os.makedirs(os.path.join(home, "project"))
        config = os.path.join(home, ".gitconfig")
        pathlib.Path(config).write_text(GIT_CONFIG)
        self.shell = subprocess.Popen(
            ["bash", "--noprofile", "--norc", "-c", PRELUDE.read_text(), "bash", self.mark, str(SOURCE)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0,
            cwd=os.path.join(home, "project"), start_new_session=True,
            env={
                "HOME": home,
                "PATH": ":".join([*programs, "/usr/local/bin", "/usr/bin", "/bin"]),
                "GIT_CONFIG_NOSYSTEM": "1",
                "GIT_CONFIG_GLOBAL": config,
                "GIT_CEILING_DIRECTORIES": self.folder,
                "GIT_AUTHOR_DATE": BEGINNING,
                "GIT_COMMITTER_DATE": BEGINNING,
                "GIT_TERMINAL_PROMPT": "0",
                "TZ": "UTC",
                "LC_ALL": "C.UTF-8",
                "TERM": "dumb",
                "NO_COLOR": "1",
                "COLUMNS": "80",
                "PAGER": "cat",
                "EDITOR": "false",
            },
        )  # fmt: skip

    def run(self, command):
        """The command's output as lines, and its exit code."""
        self.shell.stdin.write(command.encode() + b"\0")
        end = re.compile(b"\0%s ([0-9]+)\n" % self.mark.encode())
        while not (found := end.search(self.rest)):
            left = self.deadline - time.monotonic()
            if left <= 0 or not select.select([self.shell.stdout], [], [], left)[0]:
                raise TimedOut
            chunk = os.read(self.shell.stdout.fileno(), 65536)
            if not chunk:
                raise ShellEnded
            self.rest += chunk
        output, self.rest = self.rest[: found.start()], self.rest[found.end() :]
        return self.lines(output), int(found[1])

    def lines(self, output):
        text = output.decode("utf-8", "backslashreplace").replace(self.folder, "")
        if not text:
            return []
        return text[:-1].split("\n") if text.endswith("\n") else text.split("\n") + ["\\ no newline at the end"]

    def close(self):
        """Ends the shell and whatever it left running."""
        self.shell.stdin.close()
        try:
            os.killpg(self.shell.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.shell.wait()
        self.shell.stdout.close()


# --- comparing ---------------------------------------------------------------------------------------------------------


def pattern(line):
    return re.escape(line).replace("<sha>", "[0-9a-f]{7,64}")


def matches(expected, actual):
    """Whether the lines a command printed are those expected, placeholders allowed."""
    whole = "".join(r"(?:[^\n]*\n)*?" if line == "..." else pattern(line) + r"\n" for line in expected)
    return re.fullmatch(whole, "".join(line + "\n" for line in actual)) is not None


def updated(expected, actual):
    """The lines printed, with those placeholders of the expected ones that still fit."""
    seen = [next((a for a in actual if "<sha>" in e and re.fullmatch(pattern(e), a)), e) for e in expected]
    lines = []
    for what, e1, e2, a1, a2 in difflib.SequenceMatcher(None, seen, actual, autojunk=False).get_opcodes():
        keep = what == "equal" or expected[e1:e2] == ["..."]
        lines += expected[e1:e2] if keep else actual[a1:a2]
    return lines


def printed(lines, code):
    """Output and exit code as a transcript shows them."""
    return lines + ([f"[{code}]"] if code else [])


# --- the program -------------------------------------------------------------------------------------------------------


class Run:
    """One file's sessions, run in order."""

    def __init__(self, path, options):
        self.path = path
        self.options = options
        self.dialect = dialect_of(path)
        self.lines = pathlib.Path(path).read_text(encoding="utf-8").split("\n")
        self.edits = []
        self.failed = False

    def complain(self, step, what):
        self.failed = True
        print(f"{self.path}:{step.line + 1}: {what}", flush=True)

    def run(self):
        steps = read_steps(self.lines, self.dialect)
        folder = tempfile.mkdtemp(prefix="govctl-transcript-")
        session = Session(folder, self.options.path, self.options.timeout)
        try:
            for step in steps:
                self.run_step(session, step)
        except TimedOut:
            self.complain(step, f"not done after {self.options.timeout} seconds: {step.command}")
        except ShellEnded:
            self.complain(step, f"this ended the shell: {step.command}")
        finally:
            session.close()
            if self.options.keep:
                print(f"kept in {folder}/home/ada")
            else:
                shutil.rmtree(folder, ignore_errors=True)
        if self.options.update:
            self.write_edits()

    def run_step(self, session, step):
        if self.options.show and not step.hidden:
            self.show_command(step)
        output, code = session.run(step.command)
        if step.hidden:
            if code != 0:
                self.complain(step, "\n".join(["the setup failed", *printed(output, code)]))
            return
        actual = printed(output, code)
        if self.options.show:
            print("\n".join(actual), end="\n" if actual else "", flush=True)
        expected = [self.dialect.shown(line) for line in self.lines[step.first : step.last]]
        if matches(expected, actual):
            return
        if self.options.update:
            self.edits.append((step, updated(expected, actual)))
        else:
            diff = difflib.unified_diff(expected, actual, "expected", "printed", lineterm="")
            self.complain(step, "\n".join([f"$ {step.command}", *diff]))

    def show_command(self, step):
        bold, plain = ("\033[1m", "\033[0m") if sys.stdout.isatty() and "NO_COLOR" not in os.environ else ("", "")
        if step.intro:
            print(f"\n{step.intro}\n")
        print(bold + "$ " + step.command.replace("\n", "\n> ") + plain, flush=True)

    def write_edits(self):
        for step, lines in reversed(self.edits):
            self.lines[step.first : step.last] = [self.dialect.written(line) for line in lines]
        if self.edits:
            pathlib.Path(self.path).write_text("\n".join(self.lines), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description="run the sessions of Markdown files and man pages")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--update", action="store_true", help="write what the commands print into the file")
    parser.add_argument("--show", action="store_true", help="print commands and output as they run")
    parser.add_argument("--keep", action="store_true", help="keep the session's folder and say where it is")
    parser.add_argument("--path", action="append", default=[], metavar="DIR",
                        help="look for programs here first (default: build/bin)")  # fmt: skip
    parser.add_argument("--timeout", type=float, default=60, metavar="SECONDS", help="for a file (default: 60)")
    options = parser.parse_args()
    options.path = [os.path.abspath(p) for p in options.path] or [str(SOURCE / "build" / "bin")]

    failed = False
    for path in options.files:
        run = Run(path, options)
        try:
            run.run()
        except Malformed as malformed:
            print(f"{path}: {malformed}")
            run.failed = True
        failed |= run.failed
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
