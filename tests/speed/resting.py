"""What an open journal costs while nobody types: processor, wakings, bytes, memory."""

import contextlib
import os
import re
import time

import counts
import room as rooms
from probe import Probe, text_of
from starts import MARKER
from table import Row, skipped

RESIDENT = {"10 y": 12, "heavy 10 y": 14, "100 y": 30}
HEAP = {"10 y": 4}


def rows(room, _peers):
    with contextlib.ExitStack() as stack:
        probes = {}
        for name in rooms.JOURNALS:
            probe = stack.enter_context(Probe(room.argv(room.journal(name)), room.env(), cwd=room.path))
            probe.until(MARKER)
            probe.settle(0.5)
            probes[name] = probe
        seconds = room.count(20, 5)
        before = {name: (probe.cpu(), probe.switches(), len(probe.pieces)) for name, probe in probes.items()}
        time.sleep(seconds)
        for name, probe in probes.items():
            while probe.read(0):
                pass
            processor, switches, pieces = before[name]
            used, woken = probe.cpu() - processor, probe.switches() - switches
            written = sum(len(data) for _, data in probe.pieces[pieces:])
            figure = f"{used * 1e3:.2f} ms CPU, {woken} wakings, {written} bytes"
            yield Row(f"idle {seconds} s, {name}", "0, 0, 0", figure, (used, woken, written) == (0, 0, 0))
        for name, probe in probes.items():
            yield resident(name, probe)
    yield from heap(room)


def resident(name, probe):
    megabytes = probe.resident()
    maps = text_of(f"/proc/{probe.pid}/smaps_rollup")
    own = sum(int(n) for n in re.findall(r"^Private_Dirty:\s+(\d+)", maps, re.MULTILINE)) / 1024
    goal = RESIDENT.get(name)
    figure = f"{megabytes:.1f} MB, of them {own:.1f} written by it"
    return Row(f"resident memory with the whole history, {name}", f"≤ {goal} MB" if goal else "", figure, megabytes <= goal if goal else None)


def heap(room):
    """As massif counts it when the whole history is loaded."""
    try:
        valgrind = rooms.needs("valgrind")
    except rooms.Missing as reason:
        yield skipped("heap", reason)
        return
    for name in ("1 y", "10 y", "heavy 10 y", "100 y"):
        shot = room.at("heap.out")
        with contextlib.suppress(FileNotFoundError):
            os.remove(shot)
        tool = [valgrind, "--tool=massif", "--quiet", f"--massif-out-file={room.at('massif.out')}", f"--vgdb-prefix={room.at('vgdb')}"]
        with Probe([*tool, *room.argv(room.journal(name))], room.env(), cwd=room.path) as probe:
            probe.until(MARKER)
            probe.settle(0.5)
            counts.ask(room, probe, "snapshot", shot)
        found = re.search(r"^mem_heap_B=(\d+)", text_of(shot), re.MULTILINE)
        if not found:
            yield skipped(f"heap, {name}", "valgrind gave no picture of it")
            continue
        megabytes, goal = int(found[1]) / 1e6, HEAP.get(name)
        yield Row(f"heap with the whole history, {name}", f"≤ {goal} MB" if goal else "", f"{megabytes:.2f} MB", megabytes <= goal if goal else None)
