"""Row 48: a paste that ends itself, what is no file as journal, years of no calendar in imports, and memory that ends."""

import csv
import io
import itertools
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess

import checks
import lab
import windows
from forms import CTRL_C, PLACES, READY

# What would run as keys when a paste ended itself: each makes, deletes or undoes something somewhere, or leaves.
LURES = ("b9\r", "d5\ru3\r", "z", "x\r", "\x13", "\r\r\r", "q", ":start an attempt\r\x13")
TABLES = ("check_in", "rating", "record", "attempt", "symptom", "setting", "help_line", "log_step")


def content(journal):
    """Everything but drafts, to see whether a command ran."""
    return [lab.rows_of(journal, f"SELECT * FROM {table}") for table in TABLES]


def pastes(room, bracketed=True):
    """`bracketed`: without it the same bytes come as keys, and the trial has to notice what they do."""
    base = checks.made_up(room, room.at("base", "journal.db"), 30)
    numbers = itertools.count()

    def trial(item):
        place, lure = item
        name = f"{place.name}, {lure!r}"
        journal = room.at(f"paste-{next(numbers)}.db")
        shutil.copyfile(base, journal)
        os.chmod(journal, 0o600)
        bad = []
        with checks.opened(room, journal) as screen:
            screen.wait_for(READY)
            screen.settle()
            screen.type(*place.way)
            screen.wait_for(place.seen)
            before = content(journal)
            start, end = ("\x1b[200~", "\x1b[201~") if bracketed else ("", "")
            screen.send(f"{start}words{end}{lure}{end}")
            screen.settle()
            if screen.has_ended():
                bad.append(f"{name}: the program ended")
            else:
                bad += windows.left(screen, name)
            if content(journal) != before:
                bad.append(f"{name}: a command ran: {screen.flat()[-160:]}")
        os.remove(journal)
        return bad

    items = checks.pick(room, itertools.product(PLACES, LURES), short=12 if bracketed else 36)
    return checks.tried(items, trial, f"{len({place.name for place, _ in items})} places, {len({lure for _, lure in items})} endings")


NO_FILES = ("fifo", "socket", "device", "folder")
OPENING = (("status",), ("history",), ("checkin", "--overall", "3"), ("doctor",), ("export", "json"), ("backup",), ("import", "{other}"), ("sync", "{folder}"),
           ("salvage", "{out}"), (), ("--plain",))


def no_files(room, kinds=NO_FILES):
    """What is no file is refused at once wherever a journal or a file to read is named."""
    other = checks.begun(room, room.at("other", "journal.db"))
    os.mkdir(room.at("Sync"))
    strange = {kind: room.at(f"it-is-a-{kind}") for kind in NO_FILES}
    os.mkfifo(strange["fifo"])
    os.mkdir(strange["folder"])
    strange["device"] = "/dev/zero"
    plug = socket.socket(socket.AF_UNIX)
    plug.bind(strange["socket"])
    known = {"salvage"} if room.run(other, "help", "salvage")[0] == 0 else set()

    def asked(kind, how, argv, codes, now=None):
        try:
            code, _, errors = room.run(*argv, timeout=5)
        except subprocess.TimeoutExpired:
            return [f"{how} {kind}: hangs"]
        if code not in codes or checks.RAW.search(errors):
            return [f"{how} {kind}: ends with {code}: {errors.strip()[:160]}"]
        return []

    def trial(item):
        kind, how, args = item
        path = strange[kind]
        args = [part.format(other=other, folder=room.at("Sync"), out=room.at("out.db")) for part in args]
        if how == "journal" and (not args or args == ["--plain"]):
            with checks.opened(room, path, *args) as screen:
                code = screen.end(4)
                wrong = screen.not_given_back()
                return ([] if code == 2 else [f"full screen or plain mode on a {kind}: ends with {code}"]) + ([wrong] if wrong else [])
        if how == "journal":
            return asked(kind, f"{args[0]} on a", (path, *args), (2,))
        if how == "config":
            return asked(kind, "status with the config file a", (other, "--config", path, "status"), (0, 1, 2))
        # A folder may be a package; this one is none.
        return asked(kind, f"{args[0]} from a", (other, *args[:1], path, *args[1:]), (1, 2, 14))

    verbs = [args for args in OPENING if args[:1] != ("salvage",) or "salvage" in known]
    items = [(kind, "journal", args) for kind, args in itertools.product(kinds, verbs)]
    items += [(kind, "config", ()) for kind in kinds]
    # Reading a device that never ends would be cut by its size.
    items += [(kind, "reading", args) for kind, args in itertools.product(kinds, (("import", "--dry-run"), ("import",), ("restore", "--dry-run"), ("restore", "--yes")))]
    outcome = checks.tried(checks.pick(room, items, short=24), trial, f"{len(kinds)} kinds of what is no file")
    plug.close()
    return outcome


YEARS = ("0000", "1899", "2028", "2300", "9999")
FORMS = ("json", "package", "long", "wide", "journal", "sync")


def years(room):
    """Rows outside 1900 to next year: told by their row, and nothing comes in; a merge leaves them out and takes the rest."""
    source = checks.begun(room, room.at("source", "journal.db"))
    numbers = itertools.count()

    def trial(item):
        form, year = item
        top = room.at(f"year-{next(numbers)}")
        os.mkdir(top)
        target = os.path.join(top, "into", "journal.db")
        name = f"{form}, {year}"
        room.run(target, "checkin", "--overall", "9")
        path = os.path.join(top, "out")
        made = {"json": ("export", "json", "-o", path), "package": ("export", "csv", "-o", path + "/"), "long": ("export", "csv", "-o", path),
                "wide": ("export", "csv", "--layout", "wide", "-o", path)}
        if form in made:
            code, _, errors = room.run(source, *made[form])
            if code != 0:
                return [f"{name}: the export ends with {code}: {errors.strip()[:120]}"]
            # The package's and the long layout's check-in is the first in time.
            for file in [path] if os.path.isfile(path) else [os.path.join(path, one) for one in os.listdir(path)]:
                text = open(file, encoding="utf-8", newline="").read()
                with open(file, "w", encoding="utf-8", newline="") as out:
                    out.write(text.replace("2026-11-20", f"{year}-11-20"))
        else:
            os.makedirs(os.path.join(top, "from"))
            path = os.path.join(top, "from", "journal.db")
            shutil.copyfile(source, path)
            # A sync or a merge wants a journal of another machine; this one's rows are the same, one of them long ago.
            db = sqlite3.connect(path)
            shift = f"cast(strftime('%s', '{year}-11-20 09:00:00') as integer)"
            db.execute(f"UPDATE check_in SET day = '{year}-11-20', at_utc = {shift}")
            db.commit()
            db.close()
        if form == "sync":
            folder = os.path.join(top, "Sync")
            os.mkdir(folder)
            room.run(path, "sync", folder)
            code, out, errors = room.run(target, "sync", folder)
        else:
            code, out, errors = room.run(target, "import", path)
        words = " ".join((out + errors).split())
        bad = []
        days = [day for (day,) in lab.rows_of(target, "SELECT day FROM check_in UNION ALL SELECT day FROM record WHERE day IS NOT NULL")]
        if any(not "1900" <= day[:4] <= "2027" for day in days):
            bad.append(f"{name}: a day of {year} came in (ends with {code})")
        if form in ("journal", "sync"):
            if len(days) < 3:
                bad.append(f"{name}: the other rows did not come in (ends with {code}): {words[:160]}")
            if not re.search(r"1 (check-in|entry|row|record|left out)|one (check-in|entry|row)", words):
                bad.append(f"{name}: what stayed out is not counted: {words[:200]}")
        else:
            if code == 0 or len(days) != 1:
                bad.append(f"{name}: ends with {code}, {len(days) - 1} rows came in: {words[:160]}")
            if not re.search(r"row \d|line \d|\d+(st|nd|rd|th) |number \d|:\d+", words):
                bad.append(f"{name}: the row is not told: {words[:200]}")
        if checks.RAW.search(words):
            bad.append(f"{name}: raw words: {words[:200]}")
        return bad

    return checks.tried(checks.pick(room, itertools.product(FORMS, YEARS), short=18), trial, f"{len(FORMS)} forms, {len(YEARS)} years")


def memory(room):
    """`ulimit -v`: whatever happens then, the terminal is given back."""
    if not lab.has("prlimit"):
        raise lab.Missing("needs prlimit")
    journals = {"small": checks.made_up(room, room.at("small", "journal.db"), 30), "ten years": checks.made_up(room, room.at("large", "journal.db"), 3650)}
    limits = range(8, 128, 12 if room.short else 2)
    seen = {"ran": 0, "ended": {}}

    def trial(item):
        what, limit, size = item
        name = f"{what}, {limit} MB, {size[0]}x{size[1]}"
        with checks.opened(room, journals[what], size=size, before=("prlimit", f"--as={limit * 1024 * 1024}", "--")) as screen:
            screen.has(lambda now: now.has_ended() or READY in now.text(), 10)
            screen.settle()
            if not screen.has_ended():
                seen["ran"] += 1
                screen.type("2", "v", "v", "3", "7", "1", "c", "2", CTRL_C)
            code = screen.end(4)
            if code is None:
                return [f"{name}: goes on: {screen.flat()[-160:]}"]
            seen["ended"][code] = seen["ended"].get(code, 0) + 1
            wrong = screen.not_given_back()
            return [f"{name}: ends with {code}, {wrong}"] if wrong else []

    outcome = checks.tried(list(itertools.product(journals, limits, ((100, 30),) if room.short else ((100, 30), (400, 200)))), trial)
    ends = ", ".join(f"{code}: {count}" for code, count in sorted(seen["ended"].items()))
    outcome.figures = f"8 to 126 MB, {seen['ran']} got as far as the screen; ended with {ends}"
    return outcome


def inputs(room):
    """Row 48, all of it."""
    parts = {"pastes": pastes, "no files": no_files, "years": years, "memory": memory}
    total = lab.Outcome(0, [])
    figures = []
    for name, part in parts.items():
        outcome = part(room)
        total.runs += outcome.runs
        total.bad += outcome.bad
        figures.append(f"{name}: {outcome.runs} ({outcome.figures}), {len(outcome.bad)} bad")
    total.figures = "; ".join(figures)
    return total


def takes_all(room):
    """A program that imports whatever year comes."""
    checks.program_that(room, 'case "$5 $*" in "import "*) python3 -c "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]);'
                              ' db.execute(\\"UPDATE check_in SET day = \'0001-01-01\'\\"); db.commit()" "$2"; exit 0;; esac\nexec "$EBB" "$@"')
    return years(room)


def waits_for_ever(room):
    """A program that opens whatever is named."""
    checks.program_that(room, '[ -p "$2" ] && exec cat "$2"\nexec "$EBB" "$@"')
    return no_files(room, ("fifo",))


def keeps_the_terminal(room):
    """A program that is gone without a word when memory ends."""
    checks.program_that(room, '"$EBB" "$@" & pid=$!; sleep 1; kill -9 $pid; stty raw -echo; exit 134')
    return memory(room)


ROWS = [
    lab.Row(48, "pastes that end themselves, no files, years, memory", inputs,
            checks.controls(lambda room: pastes(room, bracketed=False), waits_for_ever, takes_all, checks.on_old_program(lambda room: no_files(room, ("fifo",))))),
]
