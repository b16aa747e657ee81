#!/usr/bin/env -S python3 -B
"""Holds `govctl who` against the model of support/owners_oracle.py.

    owners_test.py GOVCTL [SEED [TREES]]

Random trees with everything an OWNERS file may hold, right or wrong, and paths that are there or not; and a real tree.
For each, from a commit, the work tree and the index: approvers, reviewers, required reviewers, labels, the nearest of
them, and whether an approval is needed.
"""

import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "support"))
from owners_oracle import Oracle  # noqa: E402

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEOPLE = ["ada", "bob", "cy", "dan", "eve", "fay", "gus", "hal", "ivy", "jo-ann"]
ALIASES = ["leads", "node-team", "empty", "docs-team", "bob", "nested"]
FOLDERS = ["a", "b", "pkg", "api", "docs", "v1", "node"]
FILES = ["x.go", "x_test.go", "README.md", "y.proto", "Makefile", "OWNERS", "odd name.txt", "z.yaml"]
PATTERNS = [".*", r"\.go$", r"^docs/", r"_test\.go$", r"\.(md|yaml)$", r"^[^/]+$", "x", r"v[0-9]+/", "(", r"^\.$", r"^$",
            r"Makefile|README", r"\bnode\b", "a{2,1}", r"(?i)readme", r"^(a|b)/.*/x\.go$"]
LISTS = ["approvers", "reviewers", "required_reviewers", "labels"]
LABELS = ["area/Node", "sig/docs", "kind/api", "Area/Node"]


class Dice:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, of_100):
        return self.random.randrange(100) < of_100

    def spelt(self, name):
        """A name as people write it: in any case, with `@` or quotes."""
        if self.chance(15):
            name = self.random.choice([name.upper(), name.capitalize()])
        if self.chance(10):
            return f'"@{name}"'
        return f"'{name}'" if self.chance(5) else name

    def item(self, key):
        if key == "labels":
            return self.random.choice(LABELS)
        if self.chance(2):
            return self.random.choice(["~", "on", "No", "null", "y"])
        return self.spelt(self.random.choice(PEOPLE + ALIASES if self.chance(60) else PEOPLE))

    def list_lines(self, key, indent):
        pad = " " * indent
        name = key.capitalize() if self.chance(2) else key
        if self.chance(3):
            return [f"{pad}{name}: {self.random.choice(['ada', '7', '{ada: bob}', '[[ada]]', '', '~', '[]'])}"]
        items = [self.item(key) for _ in range(self.random.randrange(1, 5))]
        if self.chance(15):
            return [f"{pad}{name}: [{', '.join(items)}]"]
        inner = pad + ("  " if self.chance(50) else "")
        lines = [f"{pad}{name}:"]
        for item in items:
            lines.append(f"{inner}- {item}" + ("  # since then" if self.chance(10) else ""))
            if self.chance(5):
                lines.append(self.random.choice(["", f"{inner}# a comment"]))
        return lines

    def lists(self, indent, often):
        lines = []
        for key in LISTS:
            if self.chance(often.get(key, 25)):
                lines += self.list_lines(key, indent)
        return lines

    def options(self):
        if not self.chance(30):
            return []
        if self.chance(5):
            return [self.random.choice(["options: 7", "options:", "options: []"])]
        values = ["true", "false", "yes", "'true'", "on", "~"] if self.chance(20) else ["true"]
        lines = ["options:"]
        for key in ("no_parent_owners", "auto_approve_unowned_subfolders"):
            if self.chance(60):
                lines.append(f"  {key}: {self.random.choice(values)}")
        return lines

    def filters(self):
        lines = ["filters:"]
        for pattern in self.random.sample(PATTERNS, self.random.randrange(1, 5)):
            quoted = "'" + pattern.replace("'", "''") + "'"
            inner = self.lists(4, {"approvers": 60})
            lines += [f"  {quoted}:"] + inner
        return lines

    def owners(self):
        if self.chance(2):
            return self.random.choice(["", "# nothing\n", "- ada\n", "approvers: [ada\n", "ada\n", "---\napprovers: [ada]\n"])
        lines = ["# See the OWNERS docs"] if self.chance(30) else []
        lines += self.options()
        if self.chance(70):
            lines += self.lists(0, {"approvers": 80, "reviewers": 60})
        if self.chance(25):
            lines += self.filters()
        if self.chance(10):
            lines += ["emeritus_approvers:", "- gus"]
        if self.chance(5):
            lines += ["approver: [eve]", "notes: free text"]
        return "\n".join(lines) + "\n"

    def alias_file(self):
        lines = ["aliases:"]
        for alias in ALIASES:
            if self.chance(80):
                members = [self.spelt(self.random.choice(PEOPLE)) for _ in range(self.random.randrange(1, 4))]
                if alias == "empty":
                    lines.append(f"  {alias}: []")
                elif alias == "nested":
                    lines.append(f"  {alias}: [leads, ada]")
                elif self.chance(3):
                    lines.append(f"  {alias}: {self.random.choice(['ada', '{ada: , bob: }', '[true]', ''])}")
                else:
                    lines += [f"  {self.spelt(alias)}:"] + [f"  - {member}" for member in members]
        return "\n".join(lines) + "\n"

    def page(self):
        if self.chance(40):
            return "# A page\n"
        lists = self.lists(0, {"approvers": 60})
        return "\n".join(["---", "title: A page"] + lists + self.options() + ["---", "", "# A page", "", "---", ""])

    def tree(self):
        folders = {""}
        for _ in range(self.random.randrange(4, 16)):
            above = self.random.choice(sorted(folders))
            folders.add(above + self.random.choice(FOLDERS) + "/")
        files = {}
        for folder in sorted(folders):
            for name in self.random.sample(FILES, self.random.randrange(1, 4)):
                if name != "OWNERS":
                    files[folder + name] = self.page() if name.endswith(".md") else "\n"
            if self.chance(60):
                files[folder + "OWNERS"] = self.owners()
        if self.chance(80):
            files["OWNERS_ALIASES"] = self.alias_file()
        if self.chance(25):
            files["govctl.yaml"] = "kind: project\nformat: 1\nname: P\nsteering: s\nowners: {front-matter: true}\n"
        return files

    def paths(self, files, count):
        known = sorted(files)
        folders = sorted({path.rpartition("/")[0] for path in known} - {""})
        paths = []
        for _ in range(count):
            path = self.random.choice(known)
            if self.chance(20):
                path = self.random.choice(folders or [path])
            if self.chance(25):
                path += "/" + self.random.choice(["gone/", ""]) + self.random.choice(FILES)
            paths.append(path)
        return paths


class World:
    """A repository that is written over and over."""

    def __init__(self, govctl, folder):
        self.govctl, self.folder = govctl, folder
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments, text=None):
        done = subprocess.run(["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments], cwd=self.folder,
                              input=text, capture_output=True, check=True)
        return done.stdout.decode().strip()

    def commit(self, files, number):
        stream = [f"commit refs/heads/t{number}\ncommitter T <t@example.org> 1700000000 +0000\ndata 0\n\n".encode()]
        for path, text in files.items():
            data = text.encode()
            stream.append(f'M 100644 inline "{path}"\ndata {len(data)}\n'.encode() + data + b"\n")
        self.git("fast-import", "--quiet", text=b"".join(stream))
        return f"t{number}"

    def check_out(self, branch):
        self.git("checkout", "-q", "-f", branch)

    def who(self, paths, *options):
        done = subprocess.run([self.govctl, "who", "--stdin", "-z", "--format", "json", *options], cwd=self.folder,
                              input="\0".join(paths).encode(), capture_output=True)
        if done.returncode not in (0, 1):
            raise SystemExit(f"govctl who ended with {done.returncode}: {done.stderr.decode()}")
        return json.loads(done.stdout)["paths"]


def expected(oracle, path, files):
    plain = path.rstrip("/")
    folder = oracle.approver_folder(plain)
    return {
        **oracle.who(path),
        "leaf_approvers": sorted(oracle.found(path, "approvers", True)),
        "leaf_reviewers": sorted(oracle.found(path, "reviewers", True)),
        "approver_folder": folder + "/" if folder and folder not in files else folder,
        "needs_approval": not oracle.is_free(plain),
    }


def compare(answers, oracle, paths, files, where):
    assert len(answers) == len(paths), where
    for path, answer in zip(paths, answers):
        wanted = expected(oracle, path, files)
        got = {key: answer[key] for key in wanted}
        if got != wanted:
            print(f"{where}: {path}\n  model   {wanted}\n  govctl  {got}")
            for name, text in sorted(files.items()):
                if name.endswith(("OWNERS", "OWNERS_ALIASES", ".yaml")) or name == path:
                    print(f"--- {name}\n{text}")
            raise SystemExit(1)
        for line in answer["from"]:
            check_line(line, files, where)


def check_line(line, files, where):
    """What a line is said to give stands on that line."""
    text = files[line["file"]].split("\n")[line["line"] - 1].lower()
    name = (line["alias"] or line["name"]).lower()
    said = {"": ["~", "null"], "true": ["on", "y"], "false": ["no"]}.get(name, [name])
    if not any(word in text for word in said):
        raise SystemExit(f"{where}: {line} is not on its line: {text}")


def main():
    govctl = os.path.abspath(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    trees = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    os.environ.update({"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"})
    asked = 0
    with tempfile.TemporaryDirectory() as folder:
        world = World(govctl, folder)
        for number in range(trees):
            dice = Dice(seed * 1_000_003 + number)
            files = dice.tree()
            oracle = Oracle({path: text.encode() for path, text in files.items()}, "govctl.yaml" in files)
            branch = world.commit(files, number)
            paths = dice.paths(files, 40)
            compare(world.who(paths, "--rev", branch), oracle, paths, files, f"seed {seed}, tree {number}")
            asked += len(paths)
            if number % 10 == 0:
                world.check_out(branch)
                for options in ([], ["--staged"]):
                    compare(world.who(paths, *options), oracle, paths, files, f"seed {seed}, tree {number} {options}")
                    asked += len(paths)
        real = ROOT / "tests" / "data" / "owners"
        files = {str(path.relative_to(real)): path.read_text() for path in real.rglob("*")
                 if path.name in ("OWNERS", "OWNERS_ALIASES")}
        oracle = Oracle({path: text.encode() for path, text in files.items()})
        branch = world.commit(files, trees)
        paths = sorted(files) + [path.rpartition("/")[0] + "/new/x.go" for path in sorted(files) if "/" in path]
        compare(world.who(paths, "--rev", branch), oracle, paths, files, "the real tree")
    print(f"{trees} trees, {asked + len(paths)} paths")


if __name__ == "__main__":
    main()
