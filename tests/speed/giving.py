"""What is given back: how long it takes, and how much memory at its highest."""

import os
import resource
import subprocess
import time

import room as rooms
from probe import status
from starts import rounds
from table import Row, ratio, skipped, spread

HEAVY = "heavy 10 y"
# The rows of the long layout, as anybody would ask for them.
RATINGS = """\
SELECT c.uid, c.at_utc, c.offset_min, c.zone, c.day, c.late, s.code, s.category, r.severity
FROM rating r JOIN check_in c ON c.id = r.check_in JOIN symptom s ON s.id = r.symptom
WHERE c.deleted_at IS NULL ORDER BY c.at_utc, c.id, r.symptom"""
MOST = 25
FORMS = {
    "csv, long": ("csv",),
    "csv, wide": ("csv", "--layout", "wide"),
    "csv, day": ("csv", "--layout", "day"),
    "json": ("json",),
    "fhir": ("fhir",),
}


def rows(room, _peers):
    for name in ("10 y", HEAVY):
        yield against_shell(room, name)
    journal = room.journal(HEAVY)
    for form, args in FORMS.items():
        yield peak(room, form, room.argv(journal, "export", *args))
    yield peak(room, "package", room.argv(journal, "export", "csv", "-o", room.at("package/")))


def timed(room, argv):
    """Seconds of a program whose output nobody looks at."""
    began = time.perf_counter()
    done = subprocess.run(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=room.env(), cwd=room.path, check=False)
    seconds = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(f"{' '.join(argv)}: {done.stderr.decode(errors='replace')}")
    return seconds


def processor(room, argv):
    """Seconds of processor of the same, which a busy machine leaves alone."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    timed(room, argv)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def against_shell(room, name):
    journal = room.journal(name)
    try:
        shell = [rooms.needs("sqlite3"), "-csv", journal, RATINGS]
    except rooms.Missing as reason:
        return skipped(f"export csv, long, {name}", reason)
    ours = room.argv(journal, "export", "csv")
    taken = rounds(room, {"ours": lambda: timed(room, ours), "shell": lambda: timed(room, shell)}, 11, 3)
    used = rounds(room, {"ours": lambda: processor(room, ours), "shell": lambda: processor(room, shell)}, 5, 1)
    times = ratio(taken["ours"], taken["shell"])
    figure = (
        f"{spread(taken['ours'], 'ms', 1e3, 0)}, {times:.2f} × sqlite3 -csv ({spread(taken['shell'], 'ms', 1e3, 0)}); "
        f"of processor time {ratio(used['ours'], used['shell']):.2f} ×"
    )
    return Row(f"export csv, long, {name}", "≤ 0.5 × sqlite3 -csv", figure, times <= 0.5)


def peak(room, form, argv):
    """The most memory that it had at once. The system forgets it with the process, so it is asked for again and again."""
    most, began = 0, time.perf_counter()
    with subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=room.env(), cwd=room.path) as process:
        while process.poll() is None:
            told = status(f"/proc/{process.pid}", "VmHWM").split()
            # Between fork and exec it still is this script.
            if told[0].isdigit() and os.path.realpath(f"/proc/{process.pid}/exe") == os.path.realpath(argv[0]):
                most = max(most, int(told[0]))
            time.sleep(0.0005)
    seconds = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"{' '.join(argv)} ended with {process.returncode}")
    return Row(f"memory of export {form}, {HEAVY}", f"≤ {MOST} MB", f"{most / 1024:.1f} MB, {seconds:.2f} s", most / 1024 <= MOST)
