"""Killed at any moment: rows 1, 2, 11 and 47."""

import os
import shutil
import stat

import lab
import scene
import trace

KILL = "signal=KILL"


class Crashes:
    """Each verb that writes, killed before each of its calls. Rows 2 and 47 ask different things about the same kills."""

    def __init__(self, room):
        self.room, self.scene = room, scene.Scene(room)

    def points(self, verbs, program=None):
        """Every call of every verb, with the states before and after it, and what it makes when it is done."""
        points = []
        for verb in verbs:
            with self.room.copy(verb.folder) as here:
                journal = os.path.join(here, scene.JOURNAL)
                seen, (code, _, errors) = trace.calls(self.room, journal, *verb.on(self.scene, here), program=program)
                if code or verb.word not in errors and verb.args != ("status",):
                    raise RuntimeError(f"{verb.name}: exit {code}: {errors}")
                states = {self.scene.state(journal)}
                whole = self.made(verb, here)
            with self.room.copy(verb.folder) as here:
                earlier = self.made(verb, here)
                states.add(self.scene.state(os.path.join(here, scene.JOURNAL)))
            points += [(verb, call, states, (earlier, whole)) for call in trace.about(seen, self.room.path)]
        return points

    def made(self, verb, here):
        """What a verb made. A copy elsewhere is a journal, which is looked into instead of compared."""
        path = os.path.join(here, verb.makes)
        return scene.content(path) if verb.makes and not path.endswith(".db") else None

    def bad_data(self, point, program=None):
        """Row 2: the journal opens and is as before or as after; what is exported is whole or absent."""
        verb, call, states, made = point
        with self.room.copy(verb.folder) as here:
            journal = self.kill(verb, call, here, program)
            try:
                yet = self.scene.state(journal)
            except scene.Unreadable as error:
                return f"{verb.name}, {call}: {error}"
            if yet not in states:
                return f"{verb.name}, {call}: the journal is neither as before nor as after"
            code, out, errors = self.room.run(journal, "doctor", "--full")
            if code:
                return f"{verb.name}, {call}: doctor --full: exit {code}: {out.strip()[-300:]} {errors.strip()}"
            if self.made(verb, here) not in made:
                return f"{verb.name}, {call}: {verb.makes} is neither whole nor as before"
            elsewhere = os.path.join(here, verb.makes)
            if elsewhere.endswith(".db") and os.path.exists(elsewhere):
                code, out, errors = self.room.run(elsewhere, "doctor", "--full")
                if code:
                    return f"{verb.name}, {call}: the copy: exit {code}: {errors.strip()}"
        return None

    def bad_leftovers(self, point, start=True, plant=""):
        """Row 47: after the next start and an erasing nothing unfinished lies anywhere, and the deleted word is nowhere."""
        verb, call, _, _ = point
        with self.room.copy(verb.folder) as here:
            journal = self.kill(verb, call, here)
            unfinished = [name for name in scene.leftovers(here) if name.startswith("meet/")]
            if unfinished:
                return f"{verb.name}, {call}: {unfinished}"
            if plant:
                shutil.copyfile(journal, os.path.join(here, plant))
            if start:
                self.room.run(journal, "status")
            # The journal that SQLite keeps beside a copy belongs to it until the copy is opened for writing: it takes the erasing back.
            left = [name for name in scene.leftovers(here, verb.makes) if not name.endswith(".db-journal")]
            if left:
                return f"{verb.name}, {call}: after the next start: {left}"
            if verb.makes.endswith(".db") and os.path.exists(os.path.join(here, verb.makes)):
                # The person's own file, which erasing never reaches.
                os.remove(os.path.join(here, verb.makes))
            self.scene.erase_all(here)
            left, hits = scene.leftovers(here, verb.makes), scene.hits(here)
            if left or hits:
                return f"{verb.name}, {call}: after erasing: left {left}, the deleted word in {hits}"
        return None

    def kill(self, verb, call, here, program=None):
        journal = os.path.join(here, scene.JOURNAL)
        self.room.run(journal, *verb.on(self.scene, here), before=trace.fault(call, KILL), program=program)
        return journal


def sift(answers):
    return [answer for answer in answers if answer]


def data_after_a_crash(room):
    crashes = Crashes(room)
    points = room.some(crashes.points(scene.VERBS), 100_000, 90)
    return lab.Outcome(len(points), sift(lab.each(points, crashes.bad_data)), f"{len(scene.VERBS)} verbs, every call")


# A program that saves in two halves: between them the journal is neither as before nor as after.
HALVES = """#!/bin/sh
for word in "$@"; do
  if [ "$word" = dose ]; then "{ebb}" "$1" "$2" "$3" "$4" dose 1g powder || exit; exec "{ebb}" "$1" "$2" "$3" "$4" dose 1g powder; fi
done
exec "{ebb}" "$@"
"""
# A program that writes an export where it is to stand, from its first byte on.
IN_PLACE = """#!/bin/sh
"{ebb}" "$@" || exit
for last; do :; done
[ -f "$last" ] || exit 0
mv "$last" "$last.whole" && head -c 2000 "$last.whole" > "$last" && cat "$last.whole" > "$last" && rm "$last.whole"
"""


def wrapper(room, name, text):
    path = room.at(name)
    with open(path, "w") as file:
        file.write(text.format(ebb=room.ebb))
    os.chmod(path, 0o755)
    return path


def data_after_a_crash_of_others(room):
    """The same question about two programs that do it wrongly."""
    crashes = Crashes(room)
    halves, in_place = wrapper(room, "halves", HALVES), wrapper(room, "in-place", IN_PLACE)
    dose = [point for point in crashes.points(scene.verbs("dose"), halves) if point[1].name in ("fsync", "write")]
    export = [point for point in crashes.points(scene.verbs("export json"), in_place) if point[1].name in ("copy_file_range", "write")]
    torn = [crashes.bad_data(point, program=halves) for point in dose]
    half = [crashes.bad_data(point, program=in_place) for point in export]
    return lab.reds(len(dose) + len(export), halves=sift(torn), in_place=sift(half))


def leftovers_of_a_crash(room):
    crashes = Crashes(room)
    points = room.some(crashes.points(scene.VERBS), 100_000, 90)
    return lab.Outcome(len(points), sift(lab.each(points, crashes.bad_leftovers)), "start, erase, then every file of the room")


def leftovers_without_a_start(room):
    """Without the next start leftovers have to be seen, and a file of no name of ours has to be seen after it."""
    crashes = Crashes(room)
    points = crashes.points(scene.verbs("import db"))[::12]
    unswept = lab.each(points, lambda point: crashes.bad_leftovers(point, start=False))
    planted = crashes.bad_leftovers(points[0], plant="journal-old.db")
    return lab.reds(len(points) + 1, no_start=sift(unswept), planted=sift([planted]))


def copies_of(here):
    """The copies from before a newer form."""
    return [os.path.join(here, name) for name in scene.files(here) if ".copy-" in name and not os.path.basename(name).startswith(".")]


def tables(journal):
    """Everything in a journal but what a migration adds: each row of the tables that the first form has."""
    names = ("check_in", "rating", "attempt", "setting", "help_line", "log_step", "symptom")
    return {name: sorted(map(repr, lab.rows_of(journal, f"SELECT * FROM {name}"))) for name in names}


def form(journal):
    return lab.rows_of(journal, "PRAGMA user_version")[0][0]


def bad_migration(crashes, point, loses=""):
    """Killed in a migration: the old form whole, or the new one with a sound private copy of the old; the next start has all."""
    verb, call, states, _ = point
    with crashes.room.copy(verb.folder) as here:
        journal = os.path.join(here, scene.JOURNAL)
        before, old = tables(journal), form(journal)
        crashes.kill(verb, call, here)
        if loses == "copy":
            for copy in copies_of(here):
                os.remove(copy)
        if form(journal) == old and loses != "rows":
            if tables(journal) != before:
                return f"{verb.name}, {call}: the old form, but not its rows"
        else:
            copies = copies_of(here)
            if not copies:
                return f"{verb.name}, {call}: the new form without a copy of the old one"
            if form(copies[0]) != old or tables(copies[0]) != before:
                return f"{verb.name}, {call}: the copy is not the old journal"
            if stat.S_IMODE(os.stat(copies[0]).st_mode) != 0o600:
                return f"{verb.name}, {call}: the copy can be read by others"
        if crashes.scene.state(journal) not in states:
            return f"{verb.name}, {call}: the next start did not finish it"
        if not copies_of(here):
            return f"{verb.name}, {call}: no copy of the old form after the next start"
    return None


def migrations(room):
    crashes = Crashes(room)
    points = room.some(crashes.points([verb for verb in scene.VERBS if verb.folder in scene.FORMS]), 100_000, 30)
    return lab.Outcome(len(points), sift(lab.each(points, lambda point: bad_migration(crashes, point))), f"{len(scene.FORMS)} old forms")


def migrations_gone_wrong(room):
    """With the copy taken away after the kill, or the old form taken for the new one, it has to be bad."""
    crashes = Crashes(room)
    points = crashes.points(scene.verbs("migration of form-3.db"))[-6:]
    return lab.reds(
        2 * len(points),
        no_copy=sift(bad_migration(crashes, point, loses="copy") for point in points),
        early=sift([bad_migration(crashes, crashes.points(scene.verbs("migration of form-1.db"))[0], loses="rows")]),
    )


ROWS = [
    lab.Row(2, "killed at each system call of each verb", data_after_a_crash, data_after_a_crash_of_others, ("strace",)),
    lab.Row(11, "killed in a migration", migrations, migrations_gone_wrong, ("strace",)),
    lab.Row(47, "what a killed run leaves", leftovers_of_a_crash, leftovers_without_a_start, ("strace",)),
]
