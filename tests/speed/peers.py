"""Other programs for a journal in a terminal, with ten years in each, where they are installed."""

import dataclasses
import datetime
import sqlite3
import subprocess

import room as rooms
from probe import Probe, Unseen
from table import skipped

DAYS = 3650
# As many as the heavy journal has.
NOTES_A_DAY = 4
HABITS = ("sleep", "walk", "food", "people", "water", "calm", "work", "music", "sun", "reading")
NOTE = "Slept badly, a walk by the river helped. Restless legs in the evening, better than last week."


@dataclasses.dataclass
class Peer:
    """`times`: by how much ours is to be faster to its first frame."""

    name: str
    argv: list
    marker: str
    keys: tuple
    times: int

    def probe(self, room):
        return Probe(self.argv, room.env(), cwd=room.path)

    def frame(self, room):
        with self.probe(room) as probe:
            return probe.until(self.marker) - probe.began


def days():
    last = datetime.date.fromisoformat(rooms.TODAY)
    return [last - datetime.timedelta(days=at) for at in range(DAYS)]


def tui_journal(room):
    program = rooms.needs("tjournal")
    path = room.at("tui-journal.db")
    argv = [program, "--backend-type", "sqlite", "--sqlite-file-path", path]
    # Its first start makes the tables.
    with Probe(argv, room.env(), cwd=room.path) as probe:
        probe.until("Journals")
        probe.settle()
    titles = [(f"{day} {nth}", f"{day}T{8 + 3 * nth:02}:00:00+00:00", NOTE) for day in days() for nth in range(NOTES_A_DAY)]
    fill(path, "INSERT INTO entries (title, date, content) VALUES (?, ?, ?)", titles)
    return Peer("tui-journal", argv, f"{rooms.TODAY} 3", ("j", "k"), 15)


def genee(room):
    program = rooms.needs("genee")
    path = room.at("genee.db")
    argv = [program, "--datafile", path]
    subprocess.run([*argv, "new", ",".join(HABITS)], env=room.env(), cwd=room.path, check=True, stdout=subprocess.DEVNULL)
    midnight = [int(datetime.datetime.combine(day, datetime.time(), datetime.timezone.utc).timestamp()) for day in days()]
    fill(path, "INSERT INTO DateEntry (date, created_at) VALUES (?, ?)", [(at, at) for at in midnight])
    marked = [(at, habit + 1) for at in midnight for habit in range(len(HABITS)) if (at // 86_400 + habit) % 3]
    fill(path, "INSERT INTO EntryToCategories (date, category_id) VALUES (?, ?)", marked)
    return Peer("genee", argv, HABITS[0], ("j", "k"), 8)


def fill(path, sql, rows):
    db = sqlite3.connect(path)
    with db:
        db.executemany(sql, rows)
    db.close()


def ready(room):
    """Those that are there, and a line for each that is not."""
    there, absent = [], []
    for name, make in (("tui-journal", tui_journal), ("genee", genee)):
        try:
            peer = make(room)
            # What it shows may be another thing in another version; then there is nothing to wait for.
            peer.frame(room)
            there.append(peer)
        except rooms.Missing as reason:
            absent.append(skipped(name, reason))
        except (Unseen, OSError, sqlite3.Error, subprocess.CalledProcessError) as trouble:
            absent.append(skipped(name, f"this version is not known here: {str(trouble)[:120]!r}"))
    return there, absent
