"""An attack is a function that is given a World, in which it does something, and says what must come of it.

Its docstring is its name: the same words stand in man 7 govctl-integrity, in the same order (check_attacks.py), with what
answers it. Each has a control that shows that its test can see: the honest variant passes, or plain git takes what govctl
refuses.
"""

import importlib

CHAPTERS = ("people", "ballots", "decisions", "rules", "history", "hostile", "signatures")
ATTACKS = []


def attack(function):
    ATTACKS.append(function)
    return function


def all_attacks():
    """In the order of the manual."""
    for chapter in CHAPTERS:
        importlib.import_module(f"attacks.{chapter}")
    return ATTACKS


def name_of(function):
    return function.__doc__.strip()
