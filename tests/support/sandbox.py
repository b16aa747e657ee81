"""A repository in a world of its own, for tests that drive govctl and git as processes.

As in a transcript: an empty home, no configuration but a name, UTC, and a clock that stands until it is told to move.
"""

import datetime
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
BEGINNING = "2026-01-05T09:00:00Z"
GIT_CONFIG = """\
[user]
	name = Ada
	email = ada@example.org
[init]
	defaultBranch = main
[gc]
	auto = 0
[advice]
	graftFileDeprecated = false
"""


def new_folder():
    """An empty folder, in memory where there is some: what is put on disk there costs nothing."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) and shutil.disk_usage("/dev/shm").free > 2**30 else None
    return os.path.realpath(tempfile.mkdtemp(prefix="govctl-sandbox-", dir=memory))


class Failed(Exception):
    """A command ended otherwise than it should."""


class Sandbox:
    """A folder with a home, and a repository in it that commands run in."""

    def __init__(self, program, folder=None):
        self.program = os.path.abspath(program)
        self.folder = pathlib.Path(folder or new_folder())
        self.path = self.folder / "repository"
        self.home = self.folder / "home"
        self.home.mkdir(exist_ok=True)
        (self.home / ".gitconfig").write_text(GIT_CONFIG)
        self.now = BEGINNING

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def copy(self):
        """Another sandbox with the same files, at the same time."""
        folder = new_folder()
        shutil.copytree(self.folder, folder, symlinks=True, dirs_exist_ok=True)
        other = Sandbox(self.program, folder)
        other.now = self.now
        return other

    # --- commands ------------------------------------------------------------------------------------------------------

    def environment(self, who="ada", at=None, **more):
        at = at or self.now
        return {
            "HOME": str(self.home),
            "PATH": f"{os.path.dirname(self.program)}:/usr/local/bin:/usr/bin:/bin",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": str(self.home / ".gitconfig"),
            "GIT_CEILING_DIRECTORIES": str(self.folder),
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_AUTHOR_NAME": who.capitalize(),
            "GIT_COMMITTER_NAME": who.capitalize(),
            "GIT_AUTHOR_EMAIL": f"{who}@example.org",
            "GIT_COMMITTER_EMAIL": f"{who}@example.org",
            "GIT_AUTHOR_DATE": at,
            "GIT_COMMITTER_DATE": at,
            "GIT_PAGER": "cat",
            "GIT_EDITOR": "false",
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
            "TERM": "dumb",
            **more,
        }

    def run(self, *command, who="ada", at=None, code=0, stdin="", cwd=None, env=None):
        """Runs a command, whose exit code must be `code`; any, where that is None."""
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd or self.path,
            env=self.environment(who, at, **(env or {})),
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            timeout=60,
            check=False,
        )
        done.out = done.stdout.decode("utf-8", "backslashreplace")
        done.err = done.stderr.decode("utf-8", "backslashreplace")
        if code is not None and done.returncode != code:
            said = f"{done.out}{done.err}"
            raise Failed(f"{' '.join(map(str, command))}: exit {done.returncode}, not {code}\n{said}")
        return done

    def git(self, *arguments, **options):
        """What git says, without the newline at the end."""
        return self.run("git", *arguments, **options).out.rstrip("\n")

    def govctl(self, *arguments, **options):
        return self.run(self.program, *arguments, **options)

    def json(self, *arguments, code=None, **options):
        """The answer of a command as data, and its exit code."""
        done = self.govctl(*arguments, "--format", "json", code=code, **options)
        return (json.loads(done.out) if done.out else None), done

    # --- time ----------------------------------------------------------------------------------------------------------

    def later(self, hours=0, days=0):
        now = datetime.datetime.fromisoformat(self.now.replace("Z", "+00:00"))
        self.now = (now + datetime.timedelta(hours=hours, days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")

    # --- files ---------------------------------------------------------------------------------------------------------

    def read(self, path):
        return (self.path / path).read_text(encoding="utf-8")

    def write(self, path, text):
        file = self.path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())

    def replace(self, path, old, new):
        text = self.read(path)
        if old not in text:
            raise Failed(f'there is no "{old}" in {path}:\n{text}')
        self.write(path, text.replace(old, new))

    def commit(self, message="By hand", **options):
        """Commits all that lies in the work tree, as a hand would; the new commit."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message, **options)
        return self.git("rev-parse", "HEAD")
