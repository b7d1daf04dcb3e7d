"""The program is left open and the day changes below it, or it slept meanwhile. Row 31."""

import itertools
import os
import signal

import checks
import lab
import screen
import windows
from forms import FORMS, PLACES, READY

LIBRARIES = ("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1", "/usr/lib/faketime/libfaketime.so.1")
BEGIN = "2026-11-29 03:50:00"
DAY = "2026-11-28"
# What the clock stands at afterwards, and how the screen names that day.
LATER = (("2026-11-29 04:10:00", "29 Nov"), ("2026-11-30 12:00:00", "30 Nov"), ("2026-12-06 09:00:00", "6 Dec"), ("2026-11-28 03:00:00", "27 Nov"))
DATED = tuple(form for form in FORMS if form.name in ("check-in", "dose", "urge", "measurement", "practice", "other substance"))


class Clock:
    """The clock of one run, which a file sets."""

    def __init__(self, room, number):
        self.room, self.path = room, room.at(f"clock-{number}")
        self.library = next((path for path in LIBRARIES if os.path.exists(path)), "")
        self.set(BEGIN)

    def set(self, moment):
        # By a rename: the program reads it whenever it asks for the time.
        with open(self.path + ".new", "w", encoding="ascii") as file:
            file.write(f"@{moment}")
        os.replace(self.path + ".new", self.path)

    def opened(self, journal):
        env = self.room.env(LC_ALL="C.UTF-8", LD_PRELOAD=self.library, FAKETIME_TIMESTAMP_FILE=self.path, FAKETIME_NO_CACHE="1",
                            FAKETIME_DONT_FAKE_MONOTONIC="1", DONT_FAKE_MONOTONIC="1")
        return screen.Screen([self.room.ebb, "--journal", journal], env, (100, 30), "job")


def nights(room, is_before=True):
    """`is_before`: the entry is typed before the day changes, and keeps its day. Without it, afterwards: it counts for another."""
    if not Clock(room, "none").library:
        raise lab.Missing("libfaketime is missing")
    base = windows.made(room)

    def entry(item):
        number, form, (later, _), sleeps = item
        name = f"{form.name}, until {later}{', asleep' if sleeps else ''}"
        journal = windows.copied(room, base, f"night-{number}")
        clock = Clock(room, number)
        days = form.rows.replace("count(*)", "day")
        with clock.opened(journal) as seen:
            seen.wait_for(READY)
            seen.settle()
            if not is_before:
                passes(seen, clock, later, sleeps)
                seen.type("1")
            seen.type(*form.way)
            seen.wait_for(form.opened)
            seen.type(*form.fill)
            if is_before:
                passes(seen, clock, later, sleeps)
            seen.type(*form.save)
            if not seen.has(form.saved, 4):
                # A day that lies ahead of the clock is asked about.
                seen.type("\r")
            seen.has(form.saved, 2)
            bad = windows.left(seen, name)
        kept = [day for (day,) in lab.rows_of(journal, days)]
        drafts = windows.drafts(journal)
        os.remove(journal)
        if kept == [DAY] or (not kept and later < BEGIN and DAY in drafts):
            return bad
        return [*bad, f"{name}: counts for {kept}, not {DAY}"]

    def page(item):
        number, place, (later, said), sleeps = item
        name = f"{place.name}, until {later}"
        journal = windows.copied(room, base, f"page-{number}")
        clock = Clock(room, f"page-{number}")
        with clock.opened(journal) as seen:
            seen.wait_for(READY)
            seen.settle()
            seen.type(*place.way)
            seen.wait_for(place.seen)
            passes(seen, clock, later, sleeps)
            if not seen.has(said, 6):
                seen.type("\x1b")
            bad = [] if seen.has(said, 4) else [f"{name}: the day is not {said}: {seen.text().splitlines()[0]}"]
            bad += windows.left(seen, name)
        os.remove(journal)
        return bad

    entries = checks.pick(room, list(itertools.product(DATED, LATER, (False, True))), short=6)
    outcome = checks.tried([(number, *item) for number, item in enumerate(entries)], entry)
    if not is_before:
        return outcome
    quiet = tuple(place for place in PLACES if place.name in ("Today", "trends", "month", "history", "plan", "care", "guide", "settings", "keys", "check-in"))
    pages = checks.pick(room, list(itertools.product(quiet, LATER, (False, True))), short=6)
    second = checks.tried([(number, *item) for number, item in enumerate(pages)], page)
    return lab.Outcome(outcome.runs + second.runs, outcome.bad + second.bad, f"{outcome.runs} half-typed entries, {second.runs} pages, awake and stopped")


def passes(seen, clock, later, sleeps):
    """Time goes by, in sleep or not. A look at the program wakes it: the window gets its focus."""
    if sleeps:
        seen.signal(signal.SIGSTOP)
    clock.set(later)
    if sleeps:
        seen.signal(signal.SIGCONT)
    seen.send("\x1b[I")
    seen.settle()


ROWS = [
    lab.Row(31, "the day changes under an open program", nights, checks.controls(lambda room: nights(room, is_before=False))),
]
