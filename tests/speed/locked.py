"""An encrypted journal: what the derivation of its key takes, and what comes on top of it."""

import time

from probe import Probe
from starts import MARKER, whole
from table import Row, median, spread

PASSPHRASE = "four words and more"
SAID = f"echo {PASSPHRASE}"
ON_TOP = 0.010
JOURNAL = "10 y"


def rows(room, _peers):
    plain, journal = room.journal(JOURNAL), room.own(JOURNAL, "locked")
    room.run(room.argv(journal, "passphrase", "set"), stdin=f"{PASSPHRASE}\n{PASSPHRASE}\n")
    derivations, frames, resident = [], [], []
    for at in range(room.count(15, 3) + 1):
        seconds = derivation(room, plain, journal)
        frame, megabytes = unlocking(room, journal)
        # The first round fills the caches.
        if at:
            derivations.append(seconds)
            frames.append(frame)
            resident.append(megabytes)
    on_top = median(frames) - median(derivations)
    yield Row("derivation of the key", "", spread(derivations, "ms", 1e3, 1))
    figure = f"{spread(frames, 'ms', 1e3, 1)}: the derivation and {on_top * 1e3:.1f} ms"
    yield Row(f"unlocking → first frame, {JOURNAL}", "≤ the derivation + 10 ms", figure, on_top <= ON_TOP)
    yield Row(f"resident memory after unlocking, {JOURNAL}", "", spread(resident, "MB", 1, 1))


def derivation(room, plain, journal):
    """The same verb with and without a key; what is left without the shell that says the passphrase."""
    verb = ("status", "--short")
    with_key = whole(room, room.argv(journal, *verb), EBB_PASSPHRASE_COMMAND=SAID)
    return with_key - whole(room, room.argv(plain, *verb)) - whole(room, ["sh", "-c", SAID])


def unlocking(room, journal):
    with Probe(room.argv(journal), room.env(), cwd=room.path) as probe:
        probe.until("assphrase")
        probe.settle()
        probe.type(*PASSPHRASE)
        probe.text()
        began = time.perf_counter()
        probe.send("\r")
        frame = probe.until(MARKER) - began
        probe.settle(0.3)
        return frame, probe.resident()
