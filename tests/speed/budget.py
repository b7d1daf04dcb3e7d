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
# The release build, without the link-time optimisation that takes most of its time. A debug build, which is there in any case,
# counts eleven to eighteen times as much, and of other things: calls that an optimised program never makes.
PROFILE = {"CARGO_PROFILE_RELEASE_LTO": "off", "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "16"}


def built():
    """The program that is counted; EBB names another one."""
    if "EBB" in os.environ:
        return rooms.program()
    # In a folder of its own: beside a release build, each would make the other be built anew.
    target = os.path.abspath(os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(rooms.ROOT, "target")), "counted"))
    command = ["cargo", "build", "--release", "--locked", "--quiet", "--target-dir", target]
    subprocess.run(command, cwd=rooms.ROOT, env={**os.environ, **PROFILE}, check=True)
    return os.path.join(target, "release", "ebb")


def renew(room):
    counts.works(room.ebb)
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
    counts.works(room.ebb)
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
