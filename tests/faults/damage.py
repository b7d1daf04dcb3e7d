"""Damaged files, files of others and of newer programs, and single values that went wrong."""

import contextlib
import itertools
import os
import re
import shutil
import sqlite3
import struct
import threading
import time
import uuid

import checks
import lab
import pages

BLOCK = 512
KINDS = ("truncated", "page", "block", "header", "bits")
VERBS = (("status",), ("history",), ("export", "json"), ("doctor", "--full"), ("checkin", "--overall", "3", "--note", "after the damage"))
# What is brought over by its content, with the name that it keeps in another file.
CONTENT = ("check_in", "record", "attempt", "help_line")
ENOUGH = 0.98


def lived(room, journal, days=120):
    """A journal in which something of everything stands."""
    checks.made_up(room, journal, days)
    for args in (
        ("symptom", "add", "Jaw ache", "--category", "physical"), ("helplines", "add", "A friend", "0123"),
        ("checkin", "--set", "nausea=2", "--overall", "4", "--note", "words " * 700),
        ("reason", "add", "a reason of mine"), ("backup",),
    ):
        code, _, errors = room.run(journal, *args)
        if code != 0:
            raise checks.Broken(f"{args[0]} does not work: {errors.strip()[:200]}")
    with contextlib.suppress(FileNotFoundError):
        os.remove(journal + "-journal")
    return journal


def harm(random, kind, data, size):
    """A damaged copy of the bytes, and the pages (from 1) that it met."""
    data = bytearray(data)
    count = len(data) // size
    if kind == "truncated":
        end = random.randrange(1, len(data))
        return bytes(data[:end]), set(range(end // size + 1, count + 1))
    if kind == "page":
        page = random.randrange(count)
        data[page * size : (page + 1) * size] = random.randbytes(size)
        return bytes(data), {page + 1}
    if kind == "block":
        block = random.randrange(len(data) // BLOCK)
        data[block * BLOCK : (block + 1) * BLOCK] = bytes(BLOCK)
        return bytes(data), {block * BLOCK // size + 1}
    met = set()
    for _ in range(random.choice((1, 4)) if kind == "header" else random.choice((1, 8, 64))):
        at = random.randrange(100) if kind == "header" else random.randrange(len(data))
        data[at] = random.randrange(256) if kind == "header" else data[at] ^ 1 << random.randrange(8)
        met.add(at // size + 1)
    return bytes(data), met


HARMED = re.compile("does not match its sum|totals differ from (their|its) ratings|wholly blank")
ID = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Rows:
    """What stands in a sound journal, each row by the name that it keeps, and on which pages."""

    def __init__(self, journal):
        file = pages.File(journal)
        self.data, self.size = file.data, file.page_size
        self.on = {}
        sitting = {}
        for table in CONTENT:
            for cell in file.cells(table):
                self.on[table, cell["uid"]] = cell.pages
                if table == "check_in":
                    sitting[cell.rowid] = cell
        codes = {cell.rowid: cell["code"] for cell in file.cells("symptom")}
        for cell in file.cells("rating"):
            above = sitting[cell["check_in"]]
            self.on["rating", above["uid"], codes[cell["symptom"]], cell["severity"]] = cell.pages | above.pages

    def unharmed(self, met):
        return {name for name, on in self.on.items() if not on & met}


def names_in(journal):
    """The rows of a salvaged journal, named as `Rows` names them."""
    db = sqlite3.connect(f"file:{journal}?mode=ro", uri=True)
    try:
        seen = {(table, uid) for table in CONTENT for (uid,) in db.execute(f"SELECT uid FROM {table}")}
        seen |= {("rating", *row) for row in db.execute(
            "SELECT c.uid, s.code, r.severity FROM rating r JOIN check_in c ON c.id = r.check_in JOIN symptom s ON s.id = r.symptom")}
        return seen
    finally:
        db.close()


def damaged(room):
    """Row 9: no crash, no hang, nothing overwritten, a fitting exit code, and the unharmed rows come out again."""
    source = lived(room, room.at("sound", "journal.db"))
    rows = Rows(source)
    can_salvage = room.run(source, "help", "salvage")[0] == 0
    tally = {"rows": 0, "out": 0, "worst": 1.0}
    lock = threading.Lock()
    usual = time.monotonic()
    room.run(source, "doctor", "--full")
    usual = time.monotonic() - usual
    count = checks.count(room, 500, 25)
    plan = [(number, KINDS[number % len(KINDS)], harm(room.random, KINDS[number % len(KINDS)], rows.data, rows.size)) for number in range(count)]

    def trial(item):
        number, kind, (data, met) = item
        name = f"{kind} {number}"
        folder = room.at(f"copy-{number}")
        journal = os.path.join(folder, "journal.db")
        bad = []
        for args in VERBS:
            place(folder, journal, data, source)
            bad += [f"{name}: {line}" for line in ran(room, journal, args, data, usual)]
        place(folder, journal, data, source)
        bad += [f"{name}: {line}" for line in looked_at(room, journal, data)]
        place(folder, journal, data, source)
        if can_salvage:
            bad += [f"{name}: {line}" for line in salvaged(room, journal, data, rows.unharmed(met), tally, lock)]
        shutil.rmtree(folder)
        return bad

    outcome = checks.tried(plan, trial)
    outcome.figures = f"{len(VERBS)} verbs and the full screen on each; "
    if can_salvage:
        outcome.figures += f"salvaged {tally['out']} of {tally['rows']} unharmed rows, at worst {tally['worst']:.1%}"
    else:
        outcome.bad.append("`ebb salvage` is not there")
    return outcome


def place(folder, journal, data, source):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder, mode=0o700)
    with open(journal, "wb") as file:
        file.write(data)
    os.chmod(journal, 0o600)
    shutil.copytree(source + ".backups", journal + ".backups")


def ran(room, journal, args, data, usual):
    bad = []
    for _ in range(2):
        start = time.monotonic()
        code, out, errors = room.run(journal, *args, timeout=30)
        took = time.monotonic() - start
        # A machine may stumble once.
        if took < 2 + usual:
            break
    else:
        bad.append(f"{args[0]} takes {took:.1f} s")
    with open(journal, "rb") as file:
        is_same = file.read() == data
    words = errors.strip()[:200]
    allowed = {0, 13, 14} | ({1} if args[0] == "doctor" or "not an Ebbtide journal" in errors else set())
    if code not in allowed:
        bad.append(f"{args[0]} ends with {code}: {words}")
    raw = checks.raw(errors, out if args[0] == "doctor" else "")
    if raw:
        bad.append(f"{args[0]} lets raw words through: {raw}")
    if not is_same and (args[0] != "checkin" or code != 0):
        bad.append(f"{args[0]} changed the file (ends with {code})")
    if args[0] == "checkin" and code == 0:
        try:
            # By its number: a look at every row would meet the damage of another one.
            if lab.rows_of(journal, "SELECT note FROM check_in ORDER BY id DESC LIMIT 1") != [("after the damage",)]:
                bad.append("checkin says saved, and it is not there")
            if os.path.getsize(journal) < len(data) // 2:
                bad.append("a new journal was begun over the damaged one")
        except sqlite3.DatabaseError as error:
            # Saved into a file whose damage lies elsewhere; the entry itself has to be readable.
            bad.append(f"checkin says saved, and reading it fails: {error}")
    if code == 14 and not (journal in " ".join(errors.split()) or args[0] == "doctor"):
        bad.append(f"{args[0]} does not name the file: {words}")
    return bad


def looked_at(room, journal, data):
    """The full screen opens it, or refuses it; either way the terminal comes back and the file is what it was."""
    with checks.opened(room, journal, size=(80, 24)) as screen:
        screen.has(lambda seen: seen.has_ended() or "help lines" in seen.text(), 10)
        screen.settle()
        opened = not screen.has_ended()
        if opened:
            screen.type("2", "1", "q")
        code = screen.end(4)
        if code is None:
            screen.type("\x03")
            code = screen.end(4)
        bad = []
        if code not in (0, 1, 13, 14):
            bad.append(f"the full screen ends with {code}: {screen.flat()[-300:]}")
        wrong = screen.not_given_back()
        if wrong:
            bad.append(f"the full screen: {wrong}")
        raw = checks.raw(screen.flat())
        if raw:
            bad.append(f"the full screen lets raw words through: {raw}")
    with open(journal, "rb") as file:
        if file.read() != data and code != 0:
            bad.append(f"the full screen changed the file (ends with {code})")
    return bad


def salvaged(room, journal, data, unharmed, tally, lock):
    out = journal.replace("journal.db", "salvaged.db")
    code, words, errors = room.run(journal, "salvage", out, timeout=60)
    bad = []
    raw = checks.raw(words, errors)
    if raw:
        bad.append(f"salvage lets raw words through: {raw}")
    with open(journal, "rb") as file:
        if file.read() != data:
            bad.append("salvage changed the damaged file")
    seen = set()
    if code == 0:
        try:
            seen = names_in(out) & unharmed
        except sqlite3.DatabaseError as error:
            bad.append(f"what was salvaged cannot be read: {error}")
        check, told, _ = room.run(out, "doctor", "--full")
        # A harmed row that came over keeps its mark: its old sum, or the part of it that cannot be read.
        others = [line for line in told.splitlines() if line.startswith("found") and not is_about_harmed(line, unharmed)]
        if check not in (0, 1) and (check != 14 or others):
            bad.append(f"doctor --full of what was salvaged ends with {check}: {told.strip()[-200:]}")
    elif code != 14 or unharmed:
        bad.append(f"salvage ends with {code}, {len(unharmed)} rows are unharmed: {errors.strip()[:200]}")
    left = [name for name in os.listdir(os.path.dirname(out)) if name.startswith(".ebb-")]
    if left:
        bad.append(f"salvage leaves {left[0]}")
    if unharmed:
        share = len(seen) / len(unharmed)
        with lock:
            tally["rows"] += len(unharmed)
            tally["out"] += len(seen)
            tally["worst"] = min(tally["worst"], share)
        if share < ENOUGH:
            bad.append(f"salvage brings {len(seen)} of {len(unharmed)} unharmed rows ({share:.1%})")
    return bad


def is_about_harmed(line, unharmed):
    """Whether a finding is about rows that the damage met."""
    if HARMED.search(line):
        return True
    named = set(ID.findall(line))
    return bool(named) and not named & {str(uuid.UUID(bytes=name[1])) for name in unharmed}


def begins_anew(room):
    """A program that answers a damaged file with a new one."""
    checks.program_that(room, '"$EBB" "$@"; code=$?; [ $code = 14 ] && [ "$5" = status ] && { rm -f "$2"; "$EBB" "$1" "$2" checkin --overall 1; }; exit $code')
    return damaged(room)


def salvages_little(room):
    """A program whose salvage gives a new journal with nothing in it."""
    checks.program_that(room, '[ "$5" = help ] && exit 0\n[ "$5" = salvage ] && { "$EBB" --journal "$6" checkin --overall 1; exit 0; }\nexec "$EBB" "$@"')
    return damaged(room)


PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(600)
LOOKS = (("status",), ("status", "--short"), ("history",), ("export", "csv"), ("doctor",), ("doctor", "--full"), ("checkin", "--overall", "3"),
         ("undo",), ("backup",), ("trend",), ("report",))


def not_ours(room):
    """Row 10: a newer form, and what is no journal: refused, byte for byte as it was, nothing beside it."""
    source = checks.begun(room, room.at("sound", "journal.db"))
    shutil.rmtree(source + ".backups", ignore_errors=True)
    with open(source, "rb") as file:
        data = file.read()
    form = struct.unpack(">I", data[60:64])[0]
    other = room.at("other.db")
    db = sqlite3.connect(other)
    db.execute("CREATE TABLE cake (flour)")
    db.execute("INSERT INTO cake VALUES (1)")
    db.commit()
    db.close()
    with open(other, "rb") as file:
        another = file.read()
    files = {
        "form + 1": (data[:60] + struct.pack(">I", form + 1) + data[64:], (13,)),
        "form + 1000": (data[:60] + struct.pack(">I", form + 1000) + data[64:], (13,)),
        "other application": (data[:68] + struct.pack(">I", 0x4D504258) + data[72:], (1,)),
        "no application": (data[:68] + bytes(4) + data[72:], (1,)),
        "0 bytes": (b"", (1, 14)),
        "text": (b"Dear diary,\n" * 40, (1,)),
        "picture": (PNG, (1,)),
        "other database": (another, (1,)),
    }
    numbers = itertools.count()

    def trial(item):
        kind, args = item
        content, codes = files[kind]
        folder = room.at(f"strange-{next(numbers)}")
        os.mkdir(folder)
        journal = os.path.join(folder, "journal.db")
        with open(journal, "wb") as file:
            file.write(content)
        before = checks.tree(folder)
        name = f"{kind}, {' '.join(args) or 'full screen'}"
        bad = []
        if args in ((), ("--plain",)):
            with checks.opened(room, journal, *args) as screen:
                code = screen.end(4)
                words = screen.flat()
                wrong = screen.not_given_back()
                bad += [f"{name}: {wrong}"] if wrong else []
        else:
            code, _, words = room.run(journal, *args)
        if code not in codes:
            bad.append(f"{name}: ends with {code}: {words.strip()[:160]}")
        raw = checks.raw(words)
        if raw:
            bad.append(f"{name}: raw words: {raw}")
        return bad + [f"{name}: {change}" for change in checks.changes(before, checks.tree(folder))]

    outcome = checks.tried(list(itertools.product(files, [*LOOKS, (), ("--plain",)])), trial)
    for part in (newer_for_old, kept_between):
        runs, bad = part(room)
        outcome.runs += runs
        outcome.bad += bad
    outcome.figures = f"{len(files)} files, {len(LOOKS) + 2} looks; a kind of a newer program there and back"
    if checks.old_program() is None:
        outcome.figures += "; without EBB_OLD"
    return outcome


def newer_for_old(room):
    """The older program refuses a journal of today as it is; while the form is the same, it reads and keeps it."""
    old = checks.old_program()
    if old is None:
        return 0, []
    journal = checks.begun(room, room.at("today", "journal.db"))
    shutil.rmtree(journal + ".backups", ignore_errors=True)
    own = checks.begun(room, room.at("yesterday", "journal.db"), program=old)
    form, before = form_of(journal), checks.sha(journal)
    wanted = 13 if form > form_of(own) else 0
    bad = []
    looks = (("status",), ("history",), ("export", "json"), ("doctor", "--full"))
    for args in (*looks, ("checkin", "--overall", "3")) if wanted else looks:
        code, _, errors = room.run(journal, *args, program=old)
        if code != wanted:
            bad.append(f"the older program's {args[0]} on form {form} ends with {code}: {errors.strip()[:160]}")
        if checks.sha(journal) != before:
            bad.append(f"the older program's {args[0]} changed a journal of today")
    return len(looks) + 1, bad


def form_of(journal):
    with open(journal, "rb") as file:
        return struct.unpack(">I", file.read(64)[60:64])[0]


KIND = "moodring"


def with_newer_kind(room, journal):
    """A journal with a record of a kind that no program of today knows."""
    checks.begun(room, journal)
    db = sqlite3.connect(journal)
    columns = [row[1] for row in db.execute("PRAGMA table_info(record)")]
    values = dict(zip(columns, db.execute("SELECT * FROM record LIMIT 1").fetchone()))
    values.update(id=None, uid=bytes(range(16)), kind=KIND, fields='{"colour":"teal","note":"a word of tomorrow"}')
    db.execute(f"INSERT INTO record ({','.join(columns)}) VALUES ({','.join('?' * len(columns))})", [values[name] for name in columns])
    db.commit()
    db.close()
    return journal


NEWER = f"SELECT uid, kind, about, day, at_utc, fields, edited FROM record WHERE kind = '{KIND}'"


def kept_between(room):
    """What a newer program wrote goes through today's program and out again; the older one refuses it or keeps it."""
    first = with_newer_kind(room, room.at("first", "journal.db"))
    wanted = lab.rows_of(first, NEWER)
    bad, runs = [], 0
    second, third, folder, onward = room.at("second", "journal.db"), room.at("third", "journal.db"), room.at("S1"), room.at("S2")
    for path in (folder, onward):
        os.mkdir(path)
    for journal in (second, third):
        room.run(journal, "checkin", "--overall", "5")
    for journal, where in ((first, folder), (second, folder), (second, onward), (third, onward), (second, folder), (first, folder)):
        code, _, errors = room.run(journal, "sync", where)
        runs += 1
        if code not in (0, 1):
            bad.append(f"sync ends with {code}: {errors.strip()[:160]}")
    imported = room.at("fourth", "journal.db")
    room.run(imported, "checkin", "--overall", "5")
    room.run(imported, "import", second)
    for name, journal in (("the first", first), ("the second", second), ("the third", third), ("an import", imported)):
        runs += 1
        if lab.rows_of(journal, NEWER) != wanted:
            bad.append(f"{name} lost or changed what a newer program wrote: {lab.rows_of(journal, NEWER)!r:.120}")
        for args in (("status",), ("export", "json"), ("history",)):
            code, _, errors = room.run(journal, *args)
            if code != 0:
                bad.append(f"{name}: {args[0]} ends with {code}: {errors.strip()[:160]}")
    old = checks.old_program()
    if old is not None:
        runs += 2
        own = checks.begun(room, room.at("older", "journal.db"), program=old)
        before = lab.rows_of(own, "SELECT uid, edited FROM check_in ORDER BY uid")
        seen = checks.tree(folder)
        code, _, errors = room.run(own, "sync", folder, program=old)
        has_it = lab.rows_of(own, NEWER) == wanted
        if not has_it and not (code in (1, 13) or "newer" in errors):
            bad.append(f"the older program neither refuses nor keeps it (ends with {code}): {errors.strip()[:160]}")
        if not set(before) <= set(lab.rows_of(own, "SELECT uid, edited FROM check_in ORDER BY uid")):
            bad.append("the older program lost rows of its own")
        now = checks.tree(folder)
        bad += [f"the older program: {change} in the sync folder" for change in checks.changes(seen, {p: now[p] for p in now if p in seen})]
    return runs, bad


def stamps_over(room):
    """A program that stamps its own form on what it meets."""
    checks.program_that(room, 'case "$2" in *strange-*) [ -s "$2" ] && printf "\\0\\0\\0\\4" | dd of="$2" bs=1 seek=60 conv=notrunc;; esac 2> /dev/null\nexec "$EBB" "$@"')
    return not_ours(room)


def drops_kinds(room):
    """A program that forgets rows of a kind that it does not know."""
    checks.program_that(room, f'"$EBB" "$@"; code=$?\n[ "$5" = sync ] && python3 -c "import sqlite3, sys; db = sqlite3.connect(sys.argv[1]);'
                              f' db.execute(\\"DELETE FROM record WHERE kind = \'{KIND}\'\\"); db.commit()" "$2"\nexit $code')
    runs, bad = kept_between(room)
    return lab.Outcome(runs, bad)


# Row 46. Numbers of this file alone, and stamps: no content.
NO_CONTENT = {"id", "edited", "revision", "sum", "check_in", "symptom"}
TABLES = ("check_in", "rating", "record", "attempt", "symptom", "setting", "help_line")


def flipped(random, file, tables):
    """The bytes with one letter or number of one value changed, and what it was."""
    while True:
        table = random.choice(tables)
        cell = random.choice(file.rows[table])
        value = random.choice(cell.values)
        if value.column in NO_CONTENT or value.start < 0 or value.value is None:
            continue
        data = bytearray(file.data)
        if value.kind in (8, 9):
            data[value.kind_at] = 17 - value.kind
        elif not value.size:
            continue
        else:
            at = value.start + random.randrange(value.size)
            old = data[at]
            if value.kind > 12 and value.kind % 2:
                like = next((part for part in (b"0123456789", b"abcdefghijklmnopqrstuvwxyz", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ") if old in part), None)
                if like is None:
                    continue
                data[at] = random.choice([char for char in like if char != old])
            elif value.kind > 11:
                data[at] ^= 1 << random.randrange(8)
            else:
                # The last byte of a number, so that it stays near: a 2 for a 3.
                at = value.start + value.size - 1
                data[at] ^= 1 << random.randrange(3)
        return bytes(data), f"{table}.{value.column}", cell


def flips(room):
    """Row 46: what changes a value is found by `doctor --full`, and closes nothing."""
    source = lived(room, room.at("sound", "journal.db"), days=40)
    file = pages.File(source)
    file.rows = {table: file.cells(table) for table in TABLES}
    tables = [table for table in TABLES if file.rows[table]]
    base = {args: room.run(source, *args) for args in (("export", "json"), ("status",))}
    wanted = checks.count(room, 500, 40)
    lock = threading.Lock()
    tally = {"kept": 0, "drawn": 0, "found": 0, "closed": 0, "of": set()}
    numbers = itertools.count()

    def trial(_):
        bad = []
        while True:
            with lock:
                data, what, cell = flipped(room.random, file, tables)
                number = next(numbers)
            journal = room.at(f"flip-{number}.db")
            with open(journal, "wb") as out:
                out.write(data)
            os.chmod(journal, 0o600)
            seen = {args: room.run(journal, *args) for args in base}
            differs = any(seen[args] != base[args] and bare(seen[args], journal) != bare(base[args], source) for args in base)
            with lock:
                tally["drawn"] += 1
            if differs:
                break
            os.remove(journal)
        code, out, errors = room.run(journal, "doctor", "--full")
        name = f"{what} in row {cell.rowid}"
        with lock:
            tally["kept"] += 1
            tally["of"].add(what)
            tally["found"] += code == 14
        if code != 14:
            bad.append(f"{name}: doctor --full ends with {code}: {out.strip()[-120:]}")
        elif what.split(".")[0].replace("rating", "check_in") not in out.replace("check-in", "check_in").replace("help line", "help_line"):
            bad.append(f"{name}: doctor --full does not name the row: {out.strip()[-200:]}")
        raw = checks.raw(out, errors)
        if raw:
            bad.append(f"{name}: doctor lets raw words through: {raw}")
        closed = [args[0] for args in base if seen[args][0] != 0]
        for args in (("history",), ("report",), ("trend",), ("checkin", "--overall", "3")):
            done = room.run(journal, *args)
            closed += [args[0]] if done[0] != 0 else []
            raw = checks.raw(done[2])
            if raw:
                bad.append(f"{name}: {args[0]} lets raw words through: {raw}")
        if number % 25 == 0:
            bad += [f"{name}: {line}" for line in looked_at(room, journal, None) if "changed" not in line]
        if closed:
            with lock:
                tally["closed"] += 1
            bad.append(f"{name}: closed for {', '.join(closed)}: {seen[('status',)][2].strip()[:160]}")
        for end in ("", "-journal"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(journal + end)
        shutil.rmtree(journal + ".backups", ignore_errors=True)
        return bad

    outcome = checks.tried(range(wanted), trial)
    outcome.figures = (f"{tally['found']} of {tally['kept']} found by doctor --full, {tally['closed']} journals closed; "
                       f"{len(tally['of'])} columns; {tally['drawn'] - tally['kept']} more changed nothing that is read")
    return outcome


def bare(seen, journal):
    """What a run gave, without the name of its file."""
    return seen[0], seen[1].replace(journal, "J"), seen[2].replace(journal, "J")


def all_is_well(room):
    """A program whose doctor looks at the structure only."""
    checks.program_that(room, 'case "$*" in *--full*) echo "all is as it has to be"; exit 0;; esac\nexec "$EBB" "$@"')
    return flips(room)


ROWS = [
    lab.Row(9, "damaged files", damaged, checks.controls(begins_anew, salvages_little)),
    lab.Row(10, "newer journals, and files that are none", not_ours, checks.controls(stamps_over, drops_kinds)),
    lab.Row(46, "one value that went wrong", flips, checks.controls(all_is_well, checks.on_old_program(flips))),
]
