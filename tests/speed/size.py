"""The size of the program."""

import os

from table import Row

DYNAMIC, STATIC = 8, 9


def rows(room, _peers):
    yield of(room.ebb, "binary", DYNAMIC)
    linked = os.environ.get("EBB_STATIC")
    if linked:
        yield of(linked, "binary, static", STATIC)


def of(path, what, goal):
    megabytes = os.path.getsize(path) / 1e6
    return Row(what, f"≤ {goal} MB", f"{megabytes:.2f} MB", megabytes <= goal)
