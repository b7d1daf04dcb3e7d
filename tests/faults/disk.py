"""A disk that is full, and one that is slow: rows 5 and 8."""

import contextlib
import itertools
import os
import re
import shutil
import statistics
import time

import checks
import forms
import lab
import moved
import scene

# Sizes of a small disk in KiB, and what is left of it before the save.
SIZES = (1536, 2048, 3072)
LEFT = (0, 4, 8, 16, 32, 64, 128)
VERBS = (
    "check-in", "dose", "delete", "undo", "import json", "import package", "export csv-dir", "export json", "export json --force",
    "export fhir", "report", "backup", "restore", "erase", "sync",
)
MOUNT = ("mount",)


def fill(folder, left):
    """Fills the disk that a folder lies on, but for so many KiB."""
    path = os.path.join(folder, "fill")
    with contextlib.suppress(OSError), open(path, "wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    with open(path, "r+b") as file:
        file.truncate(max(os.path.getsize(path) - left * 1024, 0))
    return path


class Fills:
    """Verbs and forms on disks that are nearly full."""

    def __init__(self, room, program=None):
        self.room, self.program, self.numbers = room, program, itertools.count()
        self.scene = scene.Scene(room)
        self.known = {}
        for verb in scene.verbs(*VERBS):
            with room.copy(verb.folder) as here:
                journal = os.path.join(here, scene.JOURNAL)
                old = self.scene.state(journal)
                self.scene.do(journal, *verb.on(self.scene, here))
                self.known[verb.name] = (old, self.scene.state(journal))

    @contextlib.contextmanager
    def disk(self, size):
        target = self.room.at(f"disk-{next(self.numbers)}")
        with checks.mounted("-t", "tmpfs", "-o", f"size={size}k,mode=700", "tmpfs", target=target):
            yield target

    def bad(self, item):
        what, size, left = item
        return self.verb(what, size, left) if isinstance(what, scene.Verb) else self.form(what, size, left)

    def verb(self, verb, size, left):
        """The verb is done or not done, and says which; nothing half stays, and it works once there is room."""
        name = f"{verb.name} on {size} KiB, {left} left"
        old, new = self.known[verb.name]
        with self.disk(size) as disk:
            here = os.path.join(disk, "here")
            shutil.copytree(self.room.at(verb.folder), here)
            journal, made = os.path.join(here, scene.JOURNAL), os.path.join(here, verb.makes)
            before = scene.content(made) if verb.makes else None
            filler = fill(disk, left)
            code, out, errors = self.room.run(journal, *verb.on(self.scene, here), program=self.program)
            text = (out + errors).strip()
            os.remove(filler)
            yet = self.scene.state(journal)
            bad = []
            # What was erased is gone from the journal; a copy that had no room to be written anew is named, with 1.
            is_erased = code == 1 and "Erased for good" in text and "may still hold" in text
            if is_erased:
                code = 0
            if code not in (0, 15):
                bad.append(f"{name}: ends with {code}: {text[:200]}")
            if yet != (old if code else new):
                bad.append(f"{name}: exit {code}, and the journal is not as that says: {text[:200]}")
            if code and verb.makes and scene.content(made) != before:
                bad.append(f"{name}: half of {verb.makes} stays")
            if not code and verb.makes and scene.content(made) in (None, before):
                bad.append(f"{name}: says 0, and there is no {verb.makes}")
            bad += [f"{name}: leaves {file}" for file in scene.leftovers(here, verb.makes)]
            if code:
                # Even empty the small disk may hold too little for some of this.
                checks.remounted(disk, "remount,size=16m")
                code, _, errors = self.room.run(journal, *verb.on(self.scene, here), program=self.program)
                if code or self.scene.state(journal) != new:
                    bad.append(f"{name}: with room again: exit {code}: {errors.strip()[:200]}")
        return bad

    def form(self, form, size, left):
        """What the full screen says of a save is so, stays said, and the words outlive the end."""
        name = f"{form.name} on {size} KiB, {left} left"
        with moved.Scene(self.room, f"fill-{next(self.numbers)}") as place:
            place.stack.enter_context(checks.mounted("-t", "tmpfs", "-o", f"size={size}k", "tmpfs", target=place.folder))
            checks.begun(self.room, place.journal)
            earlier = rows(place.journal)
            with checks.opened(self.room, place.path) as terminal:
                terminal.wait_for(forms.READY)
                terminal.settle()
                terminal.type(*form.way)
                terminal.wait_for(form.opened)
                filler = fill(place.folder, left)
                terminal.type(*form.fill)
                terminal.type(*form.save)
                moved.answered(terminal, form)
                is_there, shown = place.count(form.rows) == 1, terminal.flat()
                bad = []
                if is_there and re.search("Not saved", shown):
                    bad.append(f"{name}: says 'Not saved', and it is there: {shown[-200:]}")
                if not is_there and not re.search("[Nn]ot (be )?saved", shown):
                    bad.append(f"{name}: is not there, and nothing says so: {shown[-200:]}")
                bad += moved.ended(terminal, name, (0,)) if is_there else moved.left(place, terminal, form, name)
            os.remove(filler)
            if not earlier <= rows(place.journal):
                bad.append(f"{name}: earlier entries are gone")
        return bad


def rows(journal):
    """What the journal has, by table and id."""
    tables = ("check_in", "record", "attempt", "help_line")
    return {(table, uid) for table in tables for (uid,) in lab.rows_of(journal, f"SELECT uid FROM {table}")}


def items(room):
    chance = room.random
    kept = [form for form in forms.FORMS if form.name != "setting"]
    verbs = scene.verbs(*VERBS)
    both = [(chance.choice(kept), chance.choice(SIZES), chance.choice(LEFT)) for _ in range(checks.count(room, 200, 10))]
    return both + [(verbs[at % len(verbs)], chance.choice(SIZES), chance.choice(LEFT)) for at in range(checks.count(room, 200, 15))]


def fills(room):
    fills = Fills(room)
    return checks.tried(items(room), fills.bad, "half of them in the full screen")


# A program that leaves half of what it was to write, and says that all is well.
CARELESS = """head -c 4096 /dev/zero >"$(dirname "$2")/.ebb-half" 2>/dev/null
"$EBB" "$@"
exit 0"""


def careless_fills(room):
    fills = Fills(room)
    fills.program = checks.program_that(lab.Room.__enter__(lab.Room(True, 1)), CARELESS).ebb
    verbs = [(verb, SIZES[0], 0) for verb in scene.verbs("check-in", "export json", "backup")]
    return checks.tried(verbs, fills.bad)


# Slower than any disk that one would still use: a save takes seconds then.
DELAY = 500_000
ECHO = 0.1


def slow(room, call="fsync,fdatasync", delay=DELAY):
    """While a save waits for the disk keys are answered, the screen says what it waits for, and the end waits for the save."""

    def one(number):
        name = f"round {number}"
        journal = checks.begun(room, room.at(f"slow-{number}", "journal.db"))
        before = ("strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:delay_enter={delay}")
        bad, echoes = [], []
        with checks.opened(room, journal, before=before) as terminal:
            terminal.wait_for(forms.READY)
            terminal.settle()
            terminal.type("c", "2", "n", forms.WORD)
            terminal.send(forms.CTRL_S)
            says_saving = terminal.has("aving", 2)
            for key, seen in (("2", "[week]"), ("3", "2026"), ("7", "Guide"), ("1", "last 14 days")):
                since = time.monotonic()
                terminal.send(key)
                terminal.wait_for(seen, 5)
                echoes.append(time.monotonic() - since)
            is_early = not terminal.has("Saved", 0)
            terminal.send(forms.CTRL_C)
            code = terminal.end(30)
        if is_early and not says_saving:
            bad.append(f"{name}: does not say that it saves")
        if statistics.median(echoes) > ECHO:
            bad.append(f"{name}: keys were answered after {', '.join(f'{echo * 1000:.0f}' for echo in echoes)} ms")
        if code != 0 or lab.rows_of(journal, f"SELECT count(*) FROM check_in WHERE note LIKE '%{forms.WORD}%'")[0][0] != 1:
            bad.append(f"{name}: ends with {code}, and the entry is not there once")
        times.extend(echoes)
        return bad

    times = []
    # One after another: two programs at a time would measure each other.
    outcome = checks.tried(range(checks.count(room, 20, 2)), one, lanes=1)
    middle = f"{statistics.median(times) * 1000:.0f} ms" if times else "never"
    return lab.Outcome(outcome.runs, outcome.bad, f"fsync after 500 ms; a key is answered after {middle}")


def slow_screen(room):
    """The same with the delay where the screen is drawn: the measure has to see it."""
    return slow(room, "write", 150_000)


ROWS = [
    lab.Row(5, "the disk is full", fills, careless_fills, MOUNT),
    lab.Row(8, "the disk is slow", slow, checks.controls(slow_screen), ("strace",)),
]
