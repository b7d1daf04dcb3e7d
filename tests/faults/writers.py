"""Several programs at one journal: many at once, a lock that stays, and a second full screen."""

import concurrent.futures
import os
import re
import sqlite3
import time

import checks
import lab

PROCESSES = 8
# The program waits two seconds for a lock. Half a second, and what a verb takes here anyway, is for its start and end.
LONGEST = 2.5
WRITING = (
    ("checkin", "--overall", "3"), ("dose", "1g", "powder"), ("undo",), ("symptom", "add", "Own", "--category", "physical"),
    ("start",), ("backup",),
)


def several(room):
    """Row 7, all of it."""
    outcome = many(room)
    for part in (locked, doubled):
        runs, bad = part(room)
        outcome.runs += runs
        outcome.bad += bad
    return outcome


def many(room):
    """Eight at once. What ended with 0 is there once, what ended with 11 is not there, and nothing else happens."""
    journal = checks.begun(room, room.at("mine", "journal.db"))
    # One at once makes the copy of the day, and not eight.
    room.run(journal, "checkin", "--overall", "0", "--note", "the day's first")
    each = checks.count(room, 1000, 160) // PROCESSES

    def writer(process):
        seen = []
        for number in range(each):
            note = f"note-{process}-{number}-end"
            args = ("checkin", "--overall", "4", "--note", note) if number % 2 else ("dose", "1g", "powder", "--note", note)
            start = time.monotonic()
            code, out, errors = room.run(journal, *args, timeout=30)
            seen.append((note, code, time.monotonic() - start, out + errors))
        return seen

    # These wait for the disk and for each other; more lanes than processors is what is tried.
    with concurrent.futures.ThreadPoolExecutor(PROCESSES) as pool:
        seen = [one for part in pool.map(writer, range(PROCESSES)) for one in part]
    there = {}
    for table, column in (("check_in", "note"), ("record", "json_extract(fields, '$.note')")):
        for note, count in lab.rows_of(journal, f"SELECT {column}, count(*) FROM {table} WHERE deleted_at IS NULL GROUP BY 1"):
            there[note] = there.get(note, 0) + count
    bad = []
    for note, code, _, words in seen:
        count = there.get(note, 0)
        if code == 0 and count != 1:
            bad.append(f"{note}: ended with 0 and is there {count} times")
        elif code == 11 and count:
            bad.append(f"{note}: refused with 11 and is there")
        elif code not in (0, 11):
            bad.append(f"{note}: ends with {code}: {words.strip()[:160]}")
        elif code == 11 and ("aved 0" in words or checks.RAW.search(words)):
            bad.append(f"{note}: {words.strip()[:160]}")
    code, out, _ = room.run(journal, "doctor", "--full")
    if code != 0:
        bad.append(f"doctor --full ends with {code} afterwards: {out.strip()[-200:]}")
    waits = sorted(took for _, code, took, _ in seen if code == 11)
    refused = len(waits)
    figures = f"{len(seen) - refused} of {len(seen)} saved, {refused} refused"
    if waits:
        figures += f", the longest of these after {waits[-1]:.1f} s"
    return lab.Outcome(len(seen), bad, figures)


def locked(room):
    """Another program holds the lock: said within the time, with who it is when it is one of ours."""
    journal = checks.begun(room, room.at("held", "journal.db"))
    bad = []
    verbs = checks.pick(room, WRITING, short=2)
    db = sqlite3.connect(journal, isolation_level=None, timeout=5)
    db.execute("BEGIN EXCLUSIVE")
    try:
        for args in verbs:
            bad += held(room, journal, args)
    finally:
        db.execute("ROLLBACK")
        db.close()
    with checks.opened(room, journal) as screen:
        screen.wait_for("help lines")
        screen.settle()
        db = sqlite3.connect(journal, isolation_level=None, timeout=5)
        db.execute("BEGIN EXCLUSIVE")
        try:
            # This process holds the lock, so it is named, and not the full screen that only has the journal open.
            bad += held(room, journal, ("checkin", "--overall", "3"), str(os.getpid()))
            screen.type("b", "7")
            start = time.monotonic()
            screen.send("\r")
            if not screen.has(lambda seen: "saving" in seen.text() or "ot saved" in seen.flat(), LONGEST):
                bad.append(f"the full screen says nothing while it waits: {screen.flat()[-160:]}")
            screen.settle()
            if "Saved" in screen.flat():
                bad.append("the full screen says Saved while another holds the lock")
            seen = time.monotonic() - start
        finally:
            db.execute("ROLLBACK")
            db.close()
        if not screen.has(lambda _: lab.rows_of(journal, "SELECT 1 FROM check_in WHERE overall = 7"), 5):
            screen.send("\r")
        if not screen.has(lambda _: lab.rows_of(journal, "SELECT 1 FROM check_in WHERE overall = 7"), 5):
            bad.append(f"after the lock is gone the entry is not there ({seen:.1f} s): {screen.flat()[-160:]}")
    return len(verbs) + 2, bad


def held(room, journal, args, pid=None):
    start = time.monotonic()
    room.run(journal, "guide", "safety")
    usual = time.monotonic() - start
    start = time.monotonic()
    code, _, errors = room.run(journal, *args, timeout=30)
    took = time.monotonic() - start - usual
    bad = []
    if code != 11 or took > LONGEST or checks.RAW.search(errors):
        bad.append(f"{args[0]} while another writes: {code} after {took:.1f} s: {errors.strip()[:160]}")
    if pid and pid not in errors:
        bad.append(f"{args[0]} does not say that it is {pid}: {errors.strip()[:160]}")
    return bad


def doubled(room):
    """A second full screen, or plain mode, is told whose the first is, through a link too; a killed one is not named."""
    journal = checks.begun(room, room.at("twice", "journal.db"))
    link = room.at("twice-link.db")
    os.symlink(journal, link)
    bad, runs = [], 0
    with checks.opened(room, journal) as first:
        first.wait_for("help lines")
        first.settle()
        for path, *args in ((journal,), (link,), (journal, "--plain")):
            runs += 1
            with checks.opened(room, path, *args) as second:
                if not second.has(lambda seen: f"{first.pid}" in seen.flat() and re.search(r"since \d\d:\d\d", seen.flat()), 4):
                    bad.append(f"a second one ({' '.join((os.path.basename(path), *args))}) is not told {first.pid} and since when")
                second.type("q", "\r")
                if second.end() is None:
                    bad.append("the second one does not end")
        first.kill()
    runs += 1
    with checks.opened(room, journal) as third:
        third.wait_for("help lines")
        third.settle()
        if f"{first.pid}" in third.flat():
            bad.append("one that was killed is still named")
    beside = [name for name in os.listdir(os.path.dirname(journal)) if not name.startswith("journal.db")]
    if beside:
        bad.append(f"beside the journal lies {beside[0]}")
    return runs, bad


def forgetful(room):
    """A program that says it saved, and for one of ten did nothing."""
    checks.program_that(room, 'case "$*" in *note-*[0-4]-end*) [ $(($$ % 4)) = 0 ] && { echo "Saved 09:00"; exit 0; };; esac\nexec "$EBB" "$@"')
    return many(room)


def hurried(room):
    """A program that says it did not save, although it did."""
    checks.program_that(room, 'case "$*" in *note-*[0-4]-end*) "$EBB" "$@"; exit 11;; esac\nexec "$EBB" "$@"')
    return many(room)


ROWS = [
    lab.Row(7, "several programs at one journal", several, checks.controls(forgetful, hurried)),
]
