#!/usr/bin/env python3
"""How fast ballots are read and counted: 100,000 distinct ballots over 50 candidates, as each format.

    tests/bench/tally.py [--govctl PATH] [--ballots N] [--candidates N] [--runs N] [--keep DIR]

Medians of whole processes. `govctl -v tally` tells how long reading and counting took; the matrix is what the method
`condorcet` takes, which does nothing else, and Schulze's paths are the rest. Memory is the greatest of the process.
"""

import argparse
import os
import pathlib
import random
import re
import statistics
import subprocess
import tempfile
import time


def ballots(number, candidates):
    """Distinct orders of the candidates; a fifth of the ballots rank only some."""
    chance = random.Random(7)
    order = list(range(candidates))
    for index in range(number):
        chance.shuffle(order)
        yield order[: chance.randrange(1, candidates)] if index % 5 == 0 else order


def write_csv(file, rows, candidates):
    print(",".join(f"candidate-{i}" for i in range(candidates)), file=file)
    for order in rows:
        ranks = ["No opinion"] * candidates
        for rank, candidate in enumerate(order, 1):
            ranks[candidate] = str(rank)
        print(",".join(ranks), file=file)


def write_blt(file, rows, candidates):
    print(candidates, 1, file=file)
    for order in rows:
        print(1, *(candidate + 1 for candidate in order), 0, file=file)
    print(0, file=file)
    for i in range(candidates):
        print(f'"candidate {i}"', file=file)
    print('"Bench"', file=file)


def write_debian(file, rows, candidates):
    """At most 35 ranks have a letter of their own: the others share the last."""
    letters = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for i in range(candidates):
        print(" " * 4 + "|" * i + f"/  Option {i + 1}->: candidate {i}", file=file)
    for number, order in enumerate(rows):
        ranks = ["-"] * candidates
        for rank, candidate in enumerate(order):
            ranks[candidate] = letters[min(rank, len(letters) - 1)]
        print(f"V: {''.join(ranks)} \t\t{number:064x}", file=file)


def once(command):
    """The whole process in seconds, its greatest memory in bytes, and what -v tells: milliseconds to read and to count."""
    with tempfile.TemporaryFile("w+") as talk:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=talk)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        talk.seek(0)
        told = talk.read()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(map(str, command))}: exit {process.returncode}\n{told}")
    reading, counting = (float(taken) / 1e3 for taken in re.findall(r"in ([0-9.]+) ms$", told, re.M))
    return seconds, reading, counting, usage.ru_maxrss * 1024


def measure(govctl, file, method, runs):
    command = [govctl, "-v", "tally", file, "--method", method, "--unranked", "last", "--format", "json"]
    columns = list(zip(*[once(command) for _ in range(runs + 1)][1:]))
    return [statistics.median(column) for column in columns[:-1]] + [max(columns[-1])]


def report(govctl, file, count, runs):
    size = file.stat().st_size
    *_, pairs, _ = measure(govctl, file, "condorcet", runs)
    whole, reading, counting, memory = measure(govctl, file, "schulze", runs)
    print(
        f"{file.name:7}{size / 1e6:6.1f} MB   reading {reading * 1e3:6.1f} ms   matrix {pairs * 1e3:6.1f} ms"
        f"   method {max(counting - pairs, 0) * 1e3:5.1f} ms   whole {whole * 1e3:6.1f} ms = {whole / reading:4.2f} x reading"
        f"   {count / whole:10,.0f} ballots/s   memory {memory / size:4.1f} x the file"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--govctl", default=str(pathlib.Path(__file__).parents[2] / "build/bin/govctl"))
    parser.add_argument("--ballots", type=int, default=100_000)
    parser.add_argument("--candidates", type=int, default=50)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--keep", help="where to leave the files, and to find them again")
    arguments = parser.parse_args()
    govctl = os.path.abspath(arguments.govctl)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(arguments.keep or name)
        for format, write in (("csv", write_csv), ("blt", write_blt), ("debian", write_debian)):
            path = folder / format
            if not path.exists():
                with path.open("w") as file:
                    write(file, ballots(arguments.ballots, arguments.candidates), arguments.candidates)
            report(govctl, path, arguments.ballots, arguments.runs)


if __name__ == "__main__":
    main()
