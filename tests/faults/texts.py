"""What is written in a journal: signs of every script, long pastes, sequences that a terminal obeys, cells that a spreadsheet would
run, and files that are not what they claim. Rows 19, 21, 23, 34 and 35."""

import csv
import datetime
import io
import itertools
import json
import os
import re
import sqlite3
import zipfile

import checks
import lab
from forms import CTRL_S, PLACES, READY
from hostile import content
from windows import copied, left, made

# Wide, joined, combined, from right to left, invisible, and what ends a line elsewhere.
PIECES = (
    "a", "Z", "0", " ", "é", "e\u0301", "ñ", "ß", "İ", "ǆ", "日本", "中", "한글", "ก็", "नि", "ש", "שלום", "مرحبا", "👍", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "❤️", "☺︎", "ﬁ", "…",
    "\u202f", "\u00a0", "\u3000", "\u200b", "\u200d", "\u2060", "\u00ad", "a\u0300\u0301\u0302\u0303", "½", "Ⅷ", "𝒳", "🀄", "\ufe0f", "𠮷", "ﷺ", "--", "'", '"', "\\", "%s", "{}",
)


def words_of(room, count):
    return "x" + "".join(room.random.choice(PIECES) for _ in range(count)) + "x"


def scripts(room):
    """Row 19: what is written comes back sign for sign, on every line and typed; nothing ends, no frame breaks."""
    base = made(room)

    def given_back(item):
        number, text = item
        journal = copied(room, base, f"text-{number}")
        code, _, errors = room.run(journal, "urge", "3", "--trigger", text)
        if code:
            return [f"{text!r}: ends with {code}: {errors.strip()[:160]}"]
        code, out, errors = room.run(journal, "entry", "urge", "list", "--json")
        kept = [record["fields"].get("trigger") for record in json.loads(out)["records"]] if code == 0 else [errors]
        os.remove(journal)
        return [] if text in kept else [f"{text!r}: there is {kept[:1]!r}"]

    def typed(item):
        number, text = item
        journal = copied(room, base, f"typed-{number}")
        with checks.opened(room, journal) as seen:
            seen.wait_for(READY)
            seen.settle()
            seen.type("c", "2", "n")
            seen.send(text)
            seen.settle()
            # Back over half of it and on again: the place between two signs is never within one.
            seen.send("\x1b[D" * (len(text) // 2) + "\x1b[C" * (len(text) // 2))
            seen.settle()
            seen.type(CTRL_S)
            seen.wait_for("Saved")
            bad = left(seen, repr(text))
        notes = [note for (note,) in lab.rows_of(journal, "SELECT note FROM check_in WHERE note LIKE 'x%x'")]
        os.remove(journal)
        return bad + ([] if text in notes else [f"typed {text!r}: there is {notes!r}"])

    by_line = list(enumerate(words_of(room, room.random.randrange(1, 30)) for _ in range(checks.count(room, 450, 18))))
    by_key = list(enumerate(words_of(room, room.random.randrange(1, 12)) for _ in range(checks.count(room, 50, 6))))
    first, second = checks.tried(by_line, given_back), checks.tried(by_key, typed)
    return lab.Outcome(first.runs + second.runs, first.bad + second.bad, f"{first.runs} by the command line, {second.runs} by keys")


def drops_what_is_wide(room):
    """A program that keeps the letters that it knows."""
    checks.program_that(room, 'for part; do shift; set -- "$@" "$(printf %s "$part" | tr -cd "[:print:]" | tr -d "\\200-\\377")"; done; exec "$EBB" "$@"')
    return scripts(room)


SIZES = (1, 1_000, 64_000, 500_000)
TEN_MB = 10_000_000
LURE = "b9\rd5\rx\rz\r\n:\x13qq\r"


def pastes(room, is_bracketed=True):
    """Row 21: a paste of any size runs nothing, in every place; the program lives and ends as ever."""
    base = made(room)

    def trial(item):
        number, place, size = item
        name = f"{place.name}, {size} bytes"
        journal = copied(room, base, f"paste-{number}")
        text = (LURE * (size // len(LURE) + 1))[:size] if size > 1 else "z"
        # One end mark within the text: what follows it at once is not typed by anybody.
        text = text[: size // 2] + "\x1b[201~" * (size > 1) + text[size // 2 :]
        with checks.opened(room, journal) as seen:
            seen.wait_for(READY)
            seen.settle()
            seen.type(*place.way)
            seen.wait_for(place.seen)
            before = content(journal)
            # Ten MB take their time through a terminal of a busy machine.
            seen.send("\x1b[200~" + text + "\x1b[201~" if is_bracketed else text, within=300)
            while seen.pump(1.0):
                pass
            if seen.has_ended():
                return [f"{name}: the program ended with {seen.code}"]
            bad = left(seen, name)
        if content(journal) != before:
            bad.append(f"{name}: a command ran")
        os.remove(journal)
        return bad

    some = list(itertools.product(PLACES, SIZES))
    some = checks.pick(room, some, short=8)
    if is_bracketed:
        some += [(place, TEN_MB) for place in PLACES if place.name in ("its note", "history")][: room.count(2, 1)]
    items = [(number, *item) for number, item in enumerate(some)]
    return checks.tried(items, trial, f"{len({place.name for place, _ in some})} places, 1 byte to 10 MB")


# What terminals obey: titles, links, the clipboard, questions, whole resets, in 7 and 8 bits; and what turns the order of letters.
ORDERS = (
    "\x1b]0;title\x07", "\x1b]2;title\x1b\\", "\x1b]52;c;aGVsbG8=\x07", "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "\x1b]11;?\x07", "\x1b[2J", "\x1b[6n", "\x1b[5i", "\x1b[?1049l",
    "\x1bc", "\x1bPq#0;2;0;0;0~\x1b\\", "\x1b_Gi=1;AAAA\x1b\\", "\x1b^pm\x1b\\", "\x1bXsos\x1b\\", "\x9b2J", "\x9d52;c;aGVsbG8=\x9c", "\x90q\x9c", "\x07", "\x08\x08\x08", "\x7f", "\x0e", "\x0c", "\x0b",
    "\r", "\u202eevil\u202c", "\u2066evil\u2069", "\u200fevil", "\x00", "\u2028", "\x85",
)
# Made by the person: the file that they come from may have anything in it.
FIELDS = (
    ("check-in", "UPDATE check_in SET note = :text WHERE id = (SELECT max(id) FROM check_in)"),
    ("dose", "UPDATE record SET fields = json_set(fields, '$.note', :text) WHERE kind = 'dose'"),
    ("urge", "UPDATE record SET fields = json_set(fields, '$.trigger', :text) WHERE kind = 'urge'"),
    ("symptom", "UPDATE symptom SET name = :text WHERE id = (SELECT max(id) FROM symptom)"),
    ("attempt", "UPDATE attempt SET name = :text"),
)
SHOWN = (("status",), ("history",), ("history", "-n", "40"), ("trend",), ("report",), ("report", "--format", "md"), ("report", "--format", "html"), ("symptom", "list"), ("attempt", "list"),
         ("entry", "dose", "list"), ("doctor",))
# To a pipe these are byte for byte; a terminal gets them without what it would obey.
EXACT = (("export", "json"), ("history", "--json"), ("export", "csv", "--layout", "wide"))
# Lines and tabs; nothing else below the space, and nothing of the second set of orders.
BARE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ODD = re.compile(r"\x1b(?:\](?:52|8|0|2|1[0-9])|P|_|\^|X|c|\[2J|\[6n|\[5i)|[\x07\x0b\x0c\x0e\x80-\x9f]")


def orders(room):
    """Row 23: a sequence in an entry is shown or left out, and reaches no terminal, pipe, page or title."""
    base = made(room)

    def trial(item):
        number, (what, sql), order = item
        name = f"{what}, {order!r}"
        journal = copied(room, base, f"order-{number}")
        text = f"<{order}>"
        db = sqlite3.connect(journal)
        with db:
            db.execute("PRAGMA ignore_check_constraints=ON")
            db.execute(sql, {"text": text})
        db.close()
        bad = []
        for args in SHOWN:
            code, out, errors = room.run(journal, *args)
            if code not in (0, 1, 14):
                bad.append(f"{name}: {' '.join(args)} ends with {code}: {errors.strip()[:120]}")
            seen = BARE.search((out + errors).replace("\r\n", "\n"))
            if seen:
                bad.append(f"{name}: {' '.join(args)} writes {seen.group()!r}")
        for args in EXACT:
            with checks.opened(room, journal, *args) as terminal:
                code = terminal.end(10)
                seen = BARE.search(terminal.bytes.decode(errors="replace").replace("\r\n", "\n"))
                if code != 0 or seen:
                    bad.append(f"{name}: {' '.join(args)} at a terminal ends with {code} and writes {seen and seen.group()!r}")
        with checks.opened(room, journal) as screen:
            screen.wait_for(READY)
            screen.settle()
            quiet = len(screen.bytes)
            for keys in ("3", "\r", "\x1b", "2", "1", "5", "8", "\r", "\x1b"):
                screen.type(keys)
            sent = screen.bytes[quiet:].decode(errors="replace")
            odd = ODD.search(sent)
            if odd:
                bad.append(f"{name}: the screen gets {odd.group()!r}")
            bad += left(screen, name)
        os.remove(journal)
        return bad

    some = checks.pick(room, list(itertools.product(FIELDS, ORDERS)), short=10)
    return checks.tried([(number, *item) for number, item in enumerate(some)], trial, f"{len(FIELDS)} fields, {len(ORDERS)} sequences, {len(SHOWN) + len(EXACT)} verbs and the screen")


def shows_all(room):
    """A program that writes an entry as it is."""
    checks.program_that(room, '"$EBB" "$@"; code=$?; case "$*" in *history*) printf "\\033]52;c;aGVsbG8=\\007\\n";; esac; exit $code')
    return orders(room)


NOTES = "SELECT note FROM check_in WHERE note IS NOT NULL AND deleted_at IS NULL"
# What a spreadsheet runs, also behind a full-width sign; a number below 0 is a number, and so is the offset of a zone.
RUN = re.compile(r"[=+@\t\r＝＋－＠]|-(?![0-9.]+$)")
OFFSET = re.compile(r"[+-][0-9]{2}:[0-9]{2}")
ENDS = ("", ",", ";", "\n=2", '"', "é", "\t")
STARTS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "'=1", '"=1', "=cmd|' /C calc'!A0", "-2+3", "plain", " =1", "0", "1e5", "'", "''=", "=HYPERLINK(\"x\")")


def cells(room, *raw):
    """Row 34: a text that a spreadsheet would run is guarded in CSV, and comes back as it was. `raw`: the way without a guard."""
    total = checks.count(room, 100_000, 600)
    each = min(total, 5_000)
    seen = [0]

    def trial(number):
        here, back = (checks.begun(room, room.at(f"{name}-{number}", "journal.db")) for name in ("from", "to"))
        texts = [f"{room.random.choice(STARTS)} {at}{room.random.choice(ENDS)}" for at in range(each)]
        brought(room, here, texts, room.at(f"notes-{number}.csv"))
        table = room.at(f"out-{number}.csv")
        code, _, errors = room.run(here, "export", "csv", "--layout", "wide", "-o", table, *raw, timeout=300)
        if code:
            return [f"no CSV: {code}: {errors.strip()[:200]}"]
        bad = []
        with open(table, encoding="utf-8-sig", newline="") as file:
            for cell in itertools.chain.from_iterable(csv.reader(file)):
                seen[0] += 1
                if RUN.match(cell) and not OFFSET.fullmatch(cell):
                    bad.append(f"a cell begins as a formula: {cell[:40]!r}")
        code, _, errors = room.run(back, "import", table, timeout=300)
        if code:
            return [*bad, f"the CSV does not come back: {code}: {errors.strip()[:200]}"]
        there, came = (sorted(note for (note,) in lab.rows_of(path, NOTES)) for path in (here, back))
        missing = set(there) - set(came)
        if missing or len(there) < each:
            bad.append(f"{len(there)} of {each} notes there, {len(missing)} not back, such as {sorted(missing)[:3]!r}")
        return bad

    outcome = checks.tried(range(total // each), trial)
    return lab.Outcome(total, outcome.bad, f"{seen[0]} cells")


def brought(room, journal, texts, path):
    """Takes these texts in as the notes of check-ins, each of its own minute."""
    begin = datetime.datetime(2026, 1, 1)
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["date", "time", "note"])
        for at, text in enumerate(texts):
            moment = begin + datetime.timedelta(minutes=at)
            writer.writerow([f"{moment:%Y-%m-%d}", f"{moment:%H:%M}", text])
    code, _, errors = room.run(journal, "import", path, timeout=300)
    if code:
        raise checks.Broken(f"the notes do not come in: {code}: {errors.strip()[:200]}")


def files(room):
    """Files that are not what they claim: name and bytes."""
    valid = io.BytesIO()
    with zipfile.ZipFile(valid, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<workbook/>")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", b" " * 200_000_000)
    climbing = io.BytesIO()
    with zipfile.ZipFile(climbing, "w") as packed:
        packed.writestr("../../Checkmarks.csv", "Date,Walk\n2026-11-20,2\n")
    csv_head = b"date,time,note\n"
    days = b"".join(b"2026-11-%02d,08:00,word\n" % (at % 28 + 1) for at in range(100))
    return {
        "empty.csv": b"", "one byte.csv": b"\x00", "nul.csv": csv_head + b"2026-11-20,08:00,a\x00b\n", "bom.csv": b"\xef\xbb\xbf" + csv_head + days, "bom alone.csv": b"\xef\xbb\xbf",
        "latin.csv": csv_head + b"2026-11-20,08:00,caf\xe9 \x81\n", "cut sign.csv": csv_head + b"2026-11-20,08:00,\xe2\x82", "cr.csv": csv_head.replace(b"\n", b"\r") + b"2026-11-20,08:00,a\r",
        "mixed ends.csv": b"date,note\r\n2026-11-20,a\n2026-11-21,b\r2026-11-22,c\r\n", "open quote.csv": csv_head + b'2026-11-20,08:00,"never closed\n' * 3, "quotes.csv": csv_head + b'"' * 99_999,
        "wide.csv": b"date," + b",".join(b"c%d" % at for at in range(50_000)) + b"\n2026-11-20" + b",1" * 50_000, "long cell.csv": csv_head + b"2026-11-20,08:00," + b"x" * 5_000_000 + b"\n",
        "many columns of one name.csv": b"date" + b",note" * 2_000 + b"\n2026-11-20" + b",a" * 2_000 + b"\n", "no header.csv": days, "only header.csv": csv_head, "commas.csv": b"," * 1_000_000,
        "newlines.csv": b"\n" * 1_000_000, "years.csv": b"date,note\n0000-00-00,a\n9999-12-31,b\n-1,c\n", "numbers.csv": b"date,Weight\n2026-11-20,1e400\n2026-11-21,NaN\n2026-11-22,inf\n2026-11-23,-0\n",
        "deep.json": b"[" * 1_000_000, "deep objects.json": b'{"a":' * 200_000, "bad.json": b'{"version": 1, ', "not ours.json": b'{"entries": [1, 2, {"x": null}]}', "null.json": b"null", "number.json": b"1e99999",
        "huge number.json": b'{"journal": {"form": ' + b"9" * 100_000 + b"}}", "lone surrogate.json": b'{"a": "\\ud800"}', "keys.json": b"{" + b",".join(b'"k%d": 1' % at for at in range(100_000)) + b"}",
        "twice.json": b'{"a": 1, "a": 2}', "utf16.json": "{}".encode("utf-16"), "utf16 odd.csv": b"\xff\xfed", "cut.zip": valid.getvalue()[:-20], "bomb.xlsx": bomb.getvalue(), "climbs.zip": climbing.getvalue(),
        "zip of nothing.zip": b"PK\x05\x06" + bytes(18), "xlsx that is none.xlsx": valid.getvalue(), "text.xlsx": b"date,note\n", "page.csv": b"<!doctype html><table><tr><td>date</td></tr></table>",
        "entities.xml": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY a%d "%s">' % (at, b"&a%s;" % (b"" if at == 0 else b"%d" % (at - 1)) * 10) for at in range(12)) + b"]><HealthData>&a11;</HealthData>",
        "deep.xml": b"<HealthData>" + b"<a>" * 200_000, "open.xml": b'<HealthData><Record type="', "picture.csv": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 100, "elf.csv": b"\x7fELF" + bytes(4096),
        "database.csv": b"SQLite format 3\x00" + bytes(4080), "short database.db": b"SQLite format 3\x00", "noise.db": bytes(range(256)) * 64, "gzip.csv": b"\x1f\x8b\x08" + bytes(64), "pdf.csv": b"%PDF-1.7\n" + bytes(64),
        "orders.csv": csv_head + b"2026-11-20,08:00,\x1b]52;c;aGk=\x07\n", "sep.csv": b"sep=\x00\n" + csv_head, "only quotes.csv": b'""""""""', "tabs.tsv": b"date\tnote\n" + b"\t" * 100_000,
    }


def foreign(room):
    """Row 35: files of every kind of wrong, with little memory: taken in or refused in words, and never half."""
    base = made(room)
    there = room.at("foreign")
    os.makedirs(there)
    for name, data in files(room).items():
        with open(os.path.join(there, name), "wb") as file:
            file.write(data)

    def trial(item):
        number, name, more = item
        journal = copied(room, base, f"foreign-{number}")
        before = content(journal)
        code, out, errors = room.run(journal, "import", os.path.join(there, name), *more, before=("prlimit", f"--as={600 << 20}", "--"), timeout=60)
        bad = []
        if code not in (0, 1, 2, 12, 13, 14):
            bad.append(f"{name} {' '.join(more)}: ends with {code}: {errors.strip()[-160:]}")
        if checks.RAW.search(out + errors) or BARE.search((out + errors).replace("\r\n", "\n")):
            bad.append(f"{name}: {checks.raw(out, errors) or 'signs that a terminal obeys'}")
        if code and not errors.strip():
            bad.append(f"{name}: ends with {code} without a word")
        if (code or "--dry-run" in more) and content(journal) != before:
            bad.append(f"{name}: the journal changed, and it ends with {code}")
        if code == 0 and "--dry-run" not in more and content(journal) != before:
            if room.run(journal, "undo")[0] or [rows for rows in content(journal)[:-1]] != before[:-1]:
                bad.append(f"{name}: undo does not give back what was there")
        code, _, _ = room.run(journal, "doctor")
        if code:
            bad.append(f"{name}: doctor ends with {code} afterwards")
        os.remove(journal)
        return bad

    some = checks.pick(room, [(name, more) for name in sorted(os.listdir(there)) for more in ((), ("--dry-run",), ("--format", "table"))], short=24)
    return checks.tried([(number, *item) for number, item in enumerate(some)], trial, f"{len(os.listdir(there))} files, three ways each, 600 MB")


def takes_half(room):
    """A program that takes part of what it then refuses."""
    checks.program_that(room, '"$EBB" "$@" || { code=$?; case "$*" in *" import "*) "$EBB" --journal "$2" urge 1 >/dev/null 2>&1;; esac; exit $code; }')
    return foreign(room)


ROWS = [
    lab.Row(19, "signs of every script", scripts, checks.controls(drops_what_is_wide)),
    lab.Row(21, "long pastes", pastes, checks.controls(lambda room: pastes(room, is_bracketed=False))),
    lab.Row(23, "orders to the terminal within entries", orders, checks.controls(shows_all)),
    lab.Row(34, "cells that a spreadsheet would run", cells, checks.controls(lambda room: cells(room, "--raw"))),
    lab.Row(35, "files that are not what they claim", foreign, checks.controls(takes_half), ("prlimit",)),
]
