#!/usr/bin/env -S python3 -B
"""Reads every source with clang++ and the flags it is built with: no warning from the other compiler either."""

import concurrent.futures
import json
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def command(entry):
    """The build's command for a source, for clang++ and without an output or a header compiled by g++."""
    words = shlex.split(entry["command"])
    words = words[next(i for i, word in enumerate(words) if word.startswith("-")) :]
    flags, skip = [], False
    for i, word in enumerate(words):
        drops_next = word == "-o" or (word == "-include" and words[i + 1].endswith("cmake_pch.hxx"))
        if not (skip or drops_next or word in ("-c", "-Winvalid-pch")):
            flags.append(word)
        skip = drops_next
    return ["clang++", "-fsyntax-only", *flags]


def warnings_of(entry):
    result = subprocess.run(command(entry), cwd=entry["directory"], capture_output=True, text=True)
    return result.stderr if result.returncode else ""


def main():
    entries = json.loads((ROOT / "build/compile_commands.json").read_text())
    ours = [e for e in entries if e["file"].endswith(".cpp") and not e["file"].startswith(str(ROOT / "build"))]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        said = "".join(pool.map(warnings_of, ours))
    print(said, end="")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
