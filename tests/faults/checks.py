"""What the trials of places, writers, damage and terminals share: looking at files, programs that lie, and two lanes."""

import concurrent.futures
import contextlib
import hashlib
import os
import re
import stat
import subprocess

import lab
import screen

LANES = 2
# Words of the database or of the language below it; a person never reads them.
RAW = re.compile(
    r"panicked|RUST_BACKTRACE|rusqlite|sqlite_|SQL logic|Invalid column|no such (table|column)|constraint failed|"
    r"datatype mismatch|disk image is malformed|not a database|database is locked|database or disk is full|FromSql|Query returned|"
    r"wrong # of|missing from index|btreeInitPage|Tree \d+ (page|cell)|Rowid \d+ out of order|never used|Freelist|Multiple uses for byte",
)


class Broken(Exception):
    """A trial could not even begin."""


def raw(*texts):
    """The raw words in these texts with what stands around them, or nothing."""
    seen = RAW.search(" ".join(texts))
    return seen and seen.string[max(seen.start() - 60, 0) : seen.end() + 60].replace("\n", " ")


def begun(room, journal, program=None):
    """A small journal with one of most things."""
    os.makedirs(os.path.dirname(journal), mode=0o700, exist_ok=True)
    for now, *args in (
        ("2026-11-20 09:00", "checkin", "--set", "nausea=2", "--overall", "4", "--note", "first words"),
        ("2026-11-21 09:00", "dose", "3g", "powder", "--note", "second words"),
        ("2026-11-22 09:00", "urge", "2", "--trigger", "third words"),
    ):
        code, _, errors = room.run(journal, *args, now=now, program=program)
        if code != 0:
            raise Broken(f"no journal could be begun: {errors.strip()[:200]}")
    return journal


def made_up(room, journal, days=60, program=None):
    """A made-up journal of so many days."""
    os.makedirs(os.path.dirname(journal), mode=0o700, exist_ok=True)
    code, _, errors = room.run(journal, "demo", "--days", str(days), "--seed", "1", "--write", journal, program=program)
    if code != 0:
        raise Broken(f"no journal could be made up: {errors.strip()[:200]}")
    with contextlib.suppress(FileNotFoundError):
        os.remove(journal + "-journal")
    return journal


def opened(room, journal, *args, size=(100, 30), shape="leader", before=(), **env):
    """The full screen on a terminal."""
    argv = [*before, *room.argv(journal, *args)]
    return screen.Screen(argv, room.env(LC_ALL="C.UTF-8", **env), size, shape)


def sha(path):
    """A file's bytes, shortened to what can be compared; nothing when there is no file."""
    try:
        with open(path, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    except OSError as error:
        return error.__class__.__name__


def tree(*tops):
    """Every file below: kind, mode, where a link leads, content."""
    seen = {}
    for top in tops:
        for folder, names, files in os.walk(top):
            for name in names + files:
                path = os.path.join(folder, name)
                info = os.lstat(path)
                if stat.S_ISLNK(info.st_mode):
                    seen[path] = ("link", os.readlink(path))
                elif stat.S_ISREG(info.st_mode):
                    seen[path] = (oct(info.st_mode), sha(path))
                else:
                    seen[path] = (oct(info.st_mode),)
    return seen


def changes(before, after):
    """What differs between two trees, in words."""
    words = [f"{os.path.basename(path)} is gone" for path in before if path not in after]
    words += [f"{os.path.basename(path)} is new" for path in after if path not in before]
    words += [f"{os.path.basename(path)} changed" for path in before if path in after and before[path] != after[path]]
    return words


def tried(items, trial, figures="", lanes=LANES):
    """Tries every item; `trial` gives its bad lines. What breaks a trial is a bad line of it."""

    def one(item):
        try:
            return list(trial(item) or [])
        except (screen.Unseen, subprocess.TimeoutExpired, OSError) as error:
            return [f"{name_of(item)}: {error.__class__.__name__}: {str(error)[:500]}"]

    items = list(items)
    with concurrent.futures.ThreadPoolExecutor(lanes) as pool:
        bad = [line for lines in pool.map(one, items) for line in lines]
    return lab.Outcome(len(items), bad, figures() if callable(figures) else figures)


def name_of(item):
    return " ".join(str(getattr(part, "name", part)) for part in item) if isinstance(item, tuple) else str(getattr(item, "name", item))


def program_that(room, script):
    """Lets the room run a program that lies or does harm: a shell script in which $EBB is the real one."""
    path = room.at("liar")
    with open(path, "w", encoding="utf-8") as file:
        file.write(f"#!/bin/sh\nEBB='{room.ebb}'\n{script}\n")
    os.chmod(path, 0o755)
    room.ebb = path
    return room


def old_program():
    """The older program, or nothing."""
    named = os.environ.get("EBB_OLD", "")
    return os.path.abspath(named) if named and os.path.exists(named) else None


def on_old_program(trial):
    """The same trial on the older program, which had the fault."""

    def control(room):
        old = old_program()
        if old is None:
            return None
        room.ebb = old
        return trial(room)

    return control


def controls(*parts):
    """One control of several: each has to fail. A part that cannot be tried here gives None and is named."""

    def control(room):
        bad, runs, left_out = [], 0, 0
        for at, part in enumerate(parts):
            with lab.Room(True, room.random.random()) as own:
                own.is_control = True
                outcome = part(own)
            if outcome is None:
                left_out += 1
                continue
            runs += outcome.runs
            if not outcome.bad:
                return lab.Outcome(runs, [], f"part {at + 1} of the control passed")
            bad += outcome.bad
        return lab.Outcome(runs, bad, "EBB_OLD names no program" if left_out else "")

    return control


@contextlib.contextmanager
def mounted(*args, target):
    """A mount for the time of a trial. Needs the right to mount; without it the row cannot be tried."""
    os.makedirs(target, exist_ok=True)
    done = subprocess.run(["mount", *args, target], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise lab.Missing("may not mount here")
    try:
        yield target
    finally:
        subprocess.run(["umount", "-l", target], capture_output=True, check=False)


def remounted(target, options):
    done = subprocess.run(["mount", "-o", options, target], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise lab.Missing("may not mount here")


def count(room, full, short):
    """How often to try; a control needs to fail a few times only."""
    return max(short // 3, 2) if getattr(room, "is_control", False) else room.count(full, short)


def pick(room, items, short=12):
    """All of them, or of a short run a few, spread by chance."""
    items = list(items)
    wanted = count(room, len(items), short)
    return items if wanted >= len(items) else room.random.sample(items, wanted)
