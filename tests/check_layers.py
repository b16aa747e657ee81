#!/usr/bin/env -S python3 -B
"""Holds the code against ARCHITECTURE.md: which module may include which, and what no module may do."""

import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
CODE = (".cpp", ".hpp")

# What nothing in a folder may say, once comments and texts are taken out.
FORBIDDEN = [
    (("lib",), r"\b(secure_)?getenv\b|\bsetenv\b|\benviron\b", "the library reads no environment"),
    (("lib",), r"\b\w+_clock\s*::|\btime\s*\(\s*(nullptr|NULL|0|&)|\b(gettimeofday|clock_gettime|current_zone)\b",
     "the library reads no clock"),
    (("lib",), r"\bstd::locale\b|\bsetlocale\b|#\s*include <(c?locale|iostream)>",
     "the library knows no locale and no standard streams"),
    (("lib",), r"\bstd::(cout|cerr|clog|cin)\b|(?<![\w.>])(std::)?(printf|puts|putchar|perror)\s*\(|\bfmt::print(ln)?\s*\(|\bstdout\b|\bstderr\b",
     "the library prints nothing"),
    (("lib",), r"(?<![\w.>])(std::)?_?(quick_)?exit\s*\(|(?<![\w.>])(std::)?abort\s*\(", "the library never exits"),
    (("lib/src/base", "lib/src/model", "lib/src/rules",
      "lib/src/tally", "lib/include/govctl/base", "lib/include/govctl/model", "lib/include/govctl/rules",
      "lib/include/govctl/tally"),
     r"\b(float|double)\b", "base, model, tally and rules use no floating point"),
    (("lib", "cli", "tests"), r"\bstd::w?c?(regex|smatch)\b|#\s*include <regex>", "std::regex overflows the stack on long input"),
]  # fmt: skip
MOVES_REFS = r"\bgit_(reference_(create|symbolic_create|symbolic_set_target|set_target|rename|delete|remove)\w*|branch_(create|move|delete)\w*|transaction_\w+|repository_set_head\w*|commit_create(?!_buffer|_with_signature)\w*|reset\w*)\b"


def tables(page):
    """The rows of each table of a page, as lists of cells."""
    found, rows = [], []
    for line in page.splitlines() + [""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            found.append(rows[2:])
            rows = []
    return found


def words(cell):
    return re.findall(r"`([^`]+)`", cell)


def bare(code):
    """Code without comments and the inside of texts, line for line."""
    token = r'R"(?P<d>[^()\s]*)\((?s:.*?)\)(?P=d)"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])+\'|//[^\n]*|/\*(?s:.*?)\*/'

    def blank(match):
        text = match[0]
        return ("" if text.startswith("/") else '""') + "\n" * text.count("\n")

    return re.sub(token, blank, code)


class Checker:
    def __init__(self, root):
        self.root = root
        self.problems = []
        modules, libraries, *_ = tables((root / "ARCHITECTURE.md").read_text())
        self.may_use = {words(row[0])[0]: set(words(row[2])) for row in modules}
        self.libraries = [(row[0], words(row[1]), set(words(row[2]))) for row in libraries]

    def complain(self, path, line, what):
        self.problems.append(f"{path}:{line}: {what}")

    def files(self, *folders):
        for folder in folders:
            for path in sorted((self.root / folder).rglob("*")):
                if path.suffix in CODE:
                    yield path.relative_to(self.root), path.read_text()

    def module_of(self, path):
        """The module a file belongs to, by its folder."""
        parts = path.parts
        if parts[0] != "lib":
            return parts[0]
        return parts[3] if parts[1] == "include" else parts[2]

    def run(self):
        self.check_modules_are_named()
        self.check_links()
        for path, code in self.files("lib", "cli", "tests"):
            self.check_includes(path, code)
            self.check_words(path, bare(code))
        self.check_writes()
        return self.problems

    def check_modules_are_named(self):
        for folder in ("lib/include/govctl", "lib/src"):
            for path in sorted((self.root / folder).glob("*/")):
                if path.name not in self.may_use:
                    self.complain("ARCHITECTURE.md", 1, f'the table does not name the module "{path.name}"')

    def check_links(self):
        """A library links what the table says, directly or through what it links."""
        page = self.root / "lib/CMakeLists.txt"
        links = {}
        for line in page.read_text().splitlines() if page.exists() else []:
            if module := re.match(r"govctl_module\((\w+)(.*)\)", line):
                links[module[1]] = set(re.findall(r"govctl::(\w+)", module[2]))
        for module, direct in links.items():
            linked = set(direct)
            while more := {m for d in linked for m in links.get(d, ())} - linked:
                linked |= more
            if linked != self.may_use.get(module):
                self.complain("lib/CMakeLists.txt", 1, f'"{module}" links {sorted(linked)}, ARCHITECTURE.md has {sorted(self.may_use.get(module, ()))}')

    def check_includes(self, path, code):
        module = self.module_of(path)
        for number, line in enumerate(code.splitlines(), 1):
            if include := re.match(r'\s*#\s*include\s+(["<])([^">]+)[">]', line):
                problem = self.wrong_include(path, module, include[1] == '"', include[2])
                if problem:
                    self.complain(path, number, problem)

    def wrong_include(self, path, module, quoted, header):
        if header.startswith("govctl/"):
            other = header.split("/")[1]
            if module != "tests" and other != module and other not in self.may_use.get(module, ()):
                return f'"{module}" may not use "{other}"'
        elif quoted:
            return self.wrong_private_include(path, module, header)
        else:
            return self.wrong_library(module, header)

    def wrong_private_include(self, path, module, header):
        if path.parts[:2] == ("lib", "include"):
            return f'a public header includes the private "{header}"'
        own = pathlib.Path("lib/src", module) if path.parts[0] == "lib" else pathlib.Path(module)
        found = any((self.root / folder / header).exists() for folder in (path.parent, own))
        if module != "tests" and (".." in header or not found):
            return f'"{header}" is no header of "{module}"'

    def wrong_library(self, module, header):
        for library, prefixes, users in self.libraries:
            if any(header == p or (p.endswith("/") and header.startswith(p)) for p in prefixes):
                return None if module in users or module == "tests" else f'"{module}" may not use {library}'
        if "." in header or "/" in header:
            return f"ARCHITECTURE.md has no library with <{header}>"

    def check_words(self, path, code):
        for folders, pattern, rule in FORBIDDEN:
            if any(path.is_relative_to(folder) for folder in folders):
                for match in re.finditer(pattern, code):
                    self.complain(path, line_of(code, match), f'{rule}: "{match[0].strip()}"')
        may_move = path.parent == pathlib.Path("lib/src/git") and path.name.startswith("write")
        if path.parts[0] != "tests" and not may_move:
            for match in re.finditer(MOVES_REFS, code):
                self.complain(path, line_of(code, match), f'refs move in lib/src/git/write*.cpp only: "{match[0]}"')

    def check_writes(self):
        """Every act becomes a commit in one function, which asks may_follow."""
        calls = []
        for path, code in self.files("lib/src", "cli"):
            code = bare(code)
            if self.module_of(path) in ("app", "cli"):
                calls += [(path, code, match) for match in re.finditer(r"(?:\.|->)\s*write\s*\(", code)]
        for path, code, match in calls:
            function = code[: match.start()][code.rfind("\n}", 0, match.start()) + 1 :]
            if self.module_of(path) != "app" or len(calls) > 1:
                self.complain(path, line_of(code, match), "Repository::write is called from one place in lib/src/app")
            elif not re.search(r"\bmay_follow\s*\(", function):
                self.complain(path, line_of(code, match), "what calls Repository::write asks may_follow() before")


def line_of(code, match):
    return code.count("\n", 0, match.start()) + 1


def main():
    problems = Checker(ROOT).run()
    print("\n".join(problems), end="\n" if problems else "")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
