"""An attack is a function that is given a World, in which it does something, and says what must come of it.

Its docstring is its name: the same words stand in man 7 govctl-integrity, in the same order (check_attacks.py). Each
shows that its harness can see: the honest variant passes, or plain git takes what govctl refuses.
"""

ATTACKS = []


def attack(function):
    ATTACKS.append(function)
    return function


def name_of(function):
    return function.__doc__.strip().splitlines()[0].rstrip(".")
