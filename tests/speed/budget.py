"""The budget: how many instructions a start, a status and a save may take. More by a tenth fails; less is worth a renewal."""

import os
import tomllib

import counts
import room as rooms

FILE = os.path.join(rooms.HERE, "budget.toml")
# Instructions differ a little from machine to machine: another C library, another processor's way to copy memory.
MORE = 1.10
LESS = 0.90
HEAD = """\
# Instructions as `valgrind --tool=callgrind` counts them, of the program that .ci/run builds for it: the release profile
# without link-time optimisation. `tests/speed/run --budget` fails when one grows by more than a tenth.
# Written by `tests/speed/run --renew`; a commit that renews it says what the growth buys.
[instructions]
"""


def renew(room):
    counted = counts.all_counts(room)
    with open(FILE, "w", encoding="utf-8") as file:
        file.write(HEAD)
        for what, instructions in counted.items():
            file.write(f'"{what}" = {group(instructions)}\n')
    for what, instructions in counted.items():
        print(f"{what}: {instructions / 1e6:.2f} M")
    return 0


def group(number):
    # TOML takes the underscores of a long number.
    return f"{number:_}"


def check(room):
    """Exit code 1 when something grew."""
    with open(FILE, "rb") as file:
        budget = tomllib.load(file)["instructions"]
    counted = counts.all_counts(room)
    failed = set(budget) != set(counted)
    if failed:
        print("the budget has other lines than what is counted; tests/speed/run --renew writes it anew")
    for what, instructions in counted.items():
        allowed = budget.get(what)
        if allowed is None:
            continue
        part = instructions / allowed
        word = "FAILED  " if part > MORE else "renew it" if part < LESS else "ok      "
        failed |= part > MORE
        print(f"{word}  {what}: {instructions / 1e6:.2f} M of {allowed / 1e6:.2f} M ({part - 1:+.1%})")
    return 1 if failed else 0
