"""How many instructions a start and a save take. Unlike times they are the same on a busy machine, and nearly so on another."""

import glob
import os
import re
import shutil
import subprocess

import room as rooms
from probe import Probe
from starts import MARKER, QUERY
from table import Row, skipped

FRAME_GOAL = 12e6
# What is counted, and on which journal.
FRAMES = tuple(rooms.JOURNALS)


def valgrind(room, argv, *options):
    """The program under it; the counts of each thread come into a file of the folder `counts`."""
    folder = room.at("counts")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    tool = [rooms.needs("valgrind"), "--tool=callgrind", "--quiet", "--separate-threads=yes", f"--callgrind-out-file={folder}/out"]
    return Probe([*tool, *options, f"--vgdb-prefix={room.at('vgdb')}", *argv], room.env(), cwd=room.path)


def works(ebb):
    """Valgrind may be there and still not know this processor or this C library: then nothing can be counted, which is no growth."""
    done = subprocess.run([rooms.needs("valgrind"), "--tool=none", "--quiet", ebb, "--version"], capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise rooms.Missing(f"valgrind cannot run it here: {done.stderr.strip()[-200:]}")


def ask(room, probe, *command):
    """Says something to valgrind while the program runs."""
    argv = [rooms.needs("vgdb"), f"--vgdb-prefix={room.at('vgdb')}", f"--pid={probe.pid}", *command]
    done = subprocess.run(argv, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise rooms.Missing(f"valgrind gives no answer: {done.stderr.strip()[-200:]}")


def totals(room, pattern):
    for path in glob.glob(room.at("counts", pattern)):
        with open(path, encoding="utf-8", errors="replace") as file:
            found = re.search(r"^totals: (\d+)$", file.read(), re.MULTILINE)
        if found:
            yield int(found[1])


def verb(room, argv, *options):
    with valgrind(room, argv, *options) as probe:
        # 1 is the "not yet today" of a status.
        probe.end((0, 1))
    return sum(totals(room, "out-*"))


def frame(room, name):
    """The first thread alone, up to where it waits for a key. What another thread reads behind the frame takes none of the time
    before it, and under valgrind it lasts so long that the answer to it comes after the picture of the counts."""
    with valgrind(room, room.argv(room.journal(name))) as probe:
        probe.until(MARKER)
        ask(room, probe, "dump")
        return sum(totals(room, "out*-01"))


def status(room, name):
    return verb(room, room.argv(room.journal(name), "status", "--short"))


def save(room, name):
    """A check-in by the command line, after the one that makes the day's copy."""
    argv = room.argv(room.own(name, "save"), "checkin", "--overall", "5")
    room.run(argv)
    return verb(room, argv)


TRIALS = {f"first frame, {name}": (frame, name) for name in FRAMES}
TRIALS |= {f"status --short, {name}": (status, name) for name in ("1 y", "100 y")}
TRIALS |= {f"a save, {name}": (save, name) for name in ("1 y", "100 y")}


def all_counts(room):
    return {what: count(room, name) for what, (count, name) in TRIALS.items()}


def rows(room, _peers):
    try:
        rooms.needs("valgrind")
    except rooms.Missing as reason:
        yield skipped("instructions", reason)
        return
    if rooms.has("sqlite3"):
        shell = verb(room, [rooms.needs("sqlite3"), room.journal("10 y"), QUERY])
        yield Row("instructions: sqlite3, opened and asked, 10 y", "", f"{shell / 1e6:.2f} M")
    for what, instructions in all_counts(room).items():
        has_goal = what.startswith("first frame")
        yield Row(
            f"instructions: {what}",
            f"≤ {FRAME_GOAL / 1e6:.0f} M" if has_goal else "",
            f"{instructions / 1e6:.2f} M",
            instructions <= FRAME_GOAL if has_goal else None,
        )
