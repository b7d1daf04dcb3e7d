"""The budget: how many instructions a start, a status and a save may take. More by a tenth fails; less is worth a renewal."""

import os
import subprocess
import tomllib

import counts
import room as rooms

FILE = os.path.join(rooms.HERE, "budget.toml")
# Instructions differ a little from machine to machine: another C library, another processor's way to copy memory.
MORE = 1.10
LESS = 0.90
HEAD = """\
# Instructions as `valgrind --tool=callgrind` counts them. `tests/speed/run --budget` builds the program, counts, and fails when
# one of them grew by more than a tenth; `tests/speed/run --renew` writes this file. A commit that renews it says what the
# growth buys. The goals are of the release build, which `tests/speed/run --part counts` counts.
[instructions]
"""
# The debug build is there in any case, with its libraries: only our own crate is compiled for it, optimised as a release is.
# Unoptimised, the sizes of things hide behind the calls that an optimised program does not make.
PROFILE = {"CARGO_PROFILE_DEV_OPT_LEVEL": "s", "CARGO_INCREMENTAL": "0"}


def built():
    """The program that is counted; EBB names another one."""
    if "EBB" in os.environ:
        return rooms.program()
    subprocess.run(["cargo", "build", "--locked", "--quiet"], cwd=rooms.ROOT, env={**os.environ, **PROFILE}, check=True)
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(rooms.ROOT, "target"))
    return os.path.join(target, "debug", "ebb")


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
