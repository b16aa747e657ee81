#!/usr/bin/env -S python3 -B
"""Attacks on a governance, each with a control: what govctl must see, and that the tests can see it.

    tests/attacks/run.py build/bin/govctl            # all of them
    tests/attacks/run.py build/bin/govctl replay     # those whose name has this in it
"""

import concurrent.futures
import os
import pathlib
import sys
import traceback

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

from attacks.case import all_attacks, name_of  # noqa: E402
from attacks.world import World  # noqa: E402


def tried(template, attack):
    with template.copy() as world:
        try:
            attack(world)
            return None
        except Exception:  # whatever it was, the others go on
            return traceback.format_exc(limit=-2)


def main():
    program, words = sys.argv[1], sys.argv[2:]
    chosen = [a for a in all_attacks() if all(word in name_of(a) for word in words)]
    failed = 0
    with World.founded(program) as template:
        template.must_pass()
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for attack, trouble in zip(chosen, pool.map(lambda a: tried(template, a), chosen)):
                if trouble:
                    failed += 1
                    print(f"{attack.__module__}.{attack.__name__}: {name_of(attack)}\n{trouble}")
    print(f"{len(chosen) - failed} of {len(chosen)} attacks answered")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
