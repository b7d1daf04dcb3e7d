"""From the last key of an entry to the frame that says that it is saved, which is when it is on the disk."""

import contextlib
import os
import time

import room as rooms
from probe import Probe
from starts import MARKER
from table import Row, median, ratio, spread

SAVED = "Saved"


def rows(room, _peers):
    disk = written(room)
    yield Row("write and fdatasync of 8 KB", "", spread(disk, "ms", 1e3, 3))
    with contextlib.ExitStack() as stack:
        probes = {}
        for name in rooms.JOURNALS:
            probe = stack.enter_context(Probe(room.argv(room.own(name, "saving")), room.env(), cwd=room.path))
            probe.until(MARKER)
            probe.settle()
            # The first one makes the day's copy, which is not waited for again.
            save(probe)
            probes[name] = probe
        taken = {name: [] for name in probes}
        names = list(probes)
        for at in range(room.count(21, 5)):
            turn = at % len(names)
            for name in names[turn:] + names[:turn]:
                taken[name].append(save(probes[name]))
    for name, seconds in taken.items():
        yield Row(f"save, {name}", "", spread(seconds, "ms", 1e3))
    growth = ratio(taken["100 y"], taken["1 y"])
    yield Row("save, 100 y / 1 y", "≤ 1.1", f"{growth:.2f}", growth <= 1.1)
    times = median(taken["10 y"]) / median(disk)
    yield Row("save, 10 y, against the disk", "≤ 8 × write and fdatasync", f"{times:.1f} ×", times <= 8)


def save(probe):
    """A brief check-in; the seconds of its last key."""
    probe.type("b", "6")
    seconds = probe.answer("\r")
    if SAVED not in probe.text():
        raise SystemExit(f"nothing was saved; there stands: {probe.text()[:900]}")
    # The message goes, so that the next one is a message of its own.
    probe.type("\x1b")
    return seconds


def written(room):
    """What the disk itself takes."""
    taken = []
    with open(room.at("disk"), "wb", buffering=0) as file:
        for _ in range(room.count(50, 10)):
            began = time.perf_counter()
            file.write(b"\0" * 8192)
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - began)
    return taken
