"""Reads the fixtures of other programs on its own, and holds each value against the journal into which `ebb` took them.

Usage: forms.py EBB FIXTURES WORK [--red]
--red changes one value of each journal's export before it is compared: every form has to differ then.
"""

import csv
import datetime as dt
import io
import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as xml
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

EBB, FIXTURES, WORK = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
RED = "--red" in sys.argv[4:]
ZONE = ZoneInfo("America/New_York")
NOW = "2026-11-22T20:15:00-05:00"
NOON = dt.time(12)


def rows(name, encoding="utf-8-sig", sign=",", skip=0):
    text = (FIXTURES / name).read_bytes().decode(encoding)
    found = [row for row in csv.reader(io.StringIO(text), delimiter=sign) if any(cell.strip() for cell in row)]
    return found[skip:]


def table(name, **how):
    head, *body = rows(name, **how)
    return [dict(zip(head, row)) for row in body]


def at(day, time=NOON):
    return dt.datetime.combine(day, time)


def number(text):
    return round(float(text), 3)


def instant(text):
    return dt.datetime.fromisoformat(text).astimezone(ZONE).replace(tzinfo=None)


# Each reader gives the values that the journal has to hold: (moment on the wall in New York, what, value).


def daylio():
    for row in table("daylio/words.csv"):
        time = row["time"].replace("\u202f", " ").replace(".", "").lower().replace("p m", "pm").replace("a m", "am")
        moment = dt.datetime.strptime(f"{row['full_date']} {time}", "%Y-%m-%d %I:%M %p")
        parts = [("mood: ", row["mood"]), ("activities: ", row["activities"]), ("note_title: ", row["note_title"]), ("", row["note"])]
        yield moment, "note", "\n".join(word + text for word, text in parts if text)


def daylio_older():
    for row in table("daylio/older.csv"):
        moment = dt.datetime.strptime(f"{row['year']} {row['date']} {row['time']}", "%Y %B %d %H:%M")
        parts = [("mood: ", row["mood"]), ("activities: ", row["activities"]), ("", row["note"])]
        yield moment, "note", "\n".join(word + text for word, text in parts if text)


def bearable():
    for row in table("bearable/now.csv"):
        day = dt.datetime.strptime(re.sub(r"^(\d+)[a-z]+", r"\1", row["date"]), "%d %b %Y").date()
        detail, value = row["detail"], row["rating/amount"]
        if row["category"] == "Symptom" and re.search(r"\((Mild|Moderate|Severe)\)$", detail):
            yield day, detail.split(" (")[0].lower(), number(value)
        elif row["category"] == "Sleep":
            yield day, "sleep_hours", number(value)
        is_sitting = row["category"] == "Mood" or detail.startswith(("Nausea", "Headache"))
        # A part of the day is no hour, and stands in the note.
        part = row["time of day"] if is_sitting and not row["time of day"][:1].isdigit() else ""
        words = "Mood words: " + detail.replace(" | ", ", ") if row["category"] == "Mood" else ""
        note = "\n".join(filter(None, ["time: " + part if part else "", words, row["notes"]]))
        if note:
            yield day, "note", note


def loop():
    for row in table("loop/all/Checkmarks.csv"):
        day = at(dt.date.fromisoformat(row["Date"]))
        if row["Meditate"] == "2":
            yield day, "meditation", None
        if int(row["Powder"]) >= 0:
            yield day, "powder", number(int(row["Powder"]) / 1000)
        if int(row["Sleep"]) >= 0:
            yield day, "sleep_hours", number(int(row["Sleep"]) / 1000)
    for folder, name in (("001 Meditate", "Meditate"), ("002 Powder", "Powder"), ("003 Sleep", "Sleep")):
        for row in rows(f"loop/all/{folder}/Checkmarks.csv"):
            if row[0] != "Date" and row[2]:
                yield at(dt.date.fromisoformat(row[0])), "note", f"{name} (notes): {row[2]}"


def medtimer():
    for row in table("medtimer/now.csv", sign=";"):
        due, taken = row["Reminded (ISO 8601)"], row["Taken (ISO 8601)"]
        yield instant(taken or due), "taken" if taken else "skipped", row["Dosage"]
        if row["Notes"]:
            yield instant(due), "note", row["Notes"]


def medtimer_older():
    for row in table("medtimer/older.csv", sign=";"):
        due = dt.datetime.strptime(row["Time"], "%m/%d/%y %I:%M %p")
        yield due, "taken" if row["Taken"] == "x" else "skipped", row["Amount"]


def android():
    head = None
    for row in rows("sleep/android.csv"):
        if row[0] == "Id":
            head = row
        elif row[0]:
            night = dict(zip(head[:15], row))
            woke = dt.datetime.strptime(night["To"], "%d. %m. %Y %H:%M")
            hours = number(night["Hours"].replace(",", "."))
            if hours >= 0:
                yield woke, "sleep_hours", hours
            if night["Comment"]:
                yield woke, "note", night["Comment"]


def fitbit():
    is_sleep = False
    for row in rows("sleep/fitbit.csv"):
        if row[0] == "Start Time":
            is_sleep, head = True, row
        elif is_sleep:
            night = dict(zip(head, row))
            if night["Minutes Asleep"] != "N/A":
                woke = dt.datetime.strptime(night["End Time"], "%Y-%m-%d %I:%M%p")
                yield woke, "sleep_hours", number(int(night["Minutes Asleep"].replace(",", "")) / 60)


def oura():
    for row in table("sleep/oura.csv"):
        if row["Total Sleep Duration"]:
            day = at(dt.date.fromisoformat(row["date"]))
            yield day, "sleep_hours", number(int(row["Total Sleep Duration"]) / 3600)


def plees():
    for row in table("sleep/plees.csv"):
        start, stop = int(row["start"]) // 1000, int(row["stop"]) // 1000
        woke = dt.datetime.fromtimestamp(stop, ZONE).replace(tzinfo=None)
        yield woke, "sleep_hours", number((int(row["stop"]) - int(row["start"])) // 1000 / 3600)


def health():
    asleep = []
    for record in xml.parse(FIXTURES / "sleep/health.xml").getroot().iter("Record"):
        read = lambda name: dt.datetime.strptime(record.get(name), "%Y-%m-%d %H:%M:%S %z")
        kind, value = record.get("type").rsplit("Identifier", 1)[1], record.get("value")
        ended = read("endDate").astimezone(ZONE).replace(tzinfo=None)
        if kind == "SleepAnalysis" and "AnalysisAsleep" in value:
            asleep.append((read("startDate"), read("endDate")))
        elif kind == "BodyMass":
            yield ended, "weight", number(value)
        elif kind == "RestingHeartRate":
            yield ended, "heart_rate", number(value)
    # One night in this file: each minute counts once.
    minutes = set()
    for start, end in asleep:
        while start < end:
            minutes.add(start)
            start += dt.timedelta(minutes=1)
    woke = max(end for _, end in asleep).astimezone(ZONE).replace(tzinfo=None)
    yield woke, "sleep_hours", number(len(minutes) / 60)


def jrnl():
    for entry in json.loads((FIXTURES / "notes/jrnl.json").read_text())["entries"]:
        parts = [entry["title"], entry["body"], "Tags: " + ", ".join(entry["tags"]) if entry["tags"] else ""]
        yield dt.datetime.fromisoformat(f"{entry['date']} {entry['time']}"), "note", "\n".join(filter(None, parts))


def tui_journal():
    for entry in json.loads((FIXTURES / "notes/tui-journal.json").read_text())["entries"]:
        day = dt.datetime.fromisoformat(entry["date"])
        is_day = day.time() == dt.time()
        moment = at(day.date()) if is_day else day.astimezone(ZONE).replace(tzinfo=None)
        parts = [entry["title"], entry["content"], "Tags: " + ", ".join(entry["tags"]) if entry["tags"] else ""]
        yield moment, "note", "\n".join(filter(None, parts))


def kratom():
    for row in table("doses/herbal-tracker.csv"):
        moment = dt.datetime.fromisoformat(f"{row['date']} {row['time']}")
        yield moment, "powder", number(row["amount_g"])
        notes = [row["notes"], "effect_notes: " + row["effect_notes"] if row["effect_notes"] else ""]
        if any(notes):
            yield moment, "note", "\n".join(filter(None, notes))


def tea():
    for row in table("doses/tea-taper.csv"):
        day = at(dt.date.fromisoformat(row["date"]))
        yield day, "extract_liquid", number(row["total_ml"])
        yield day, "overall", int(row["withdrawal"])
        yield day, "urge", round(int(row["craving"]) * 4 / 10 + 1e-9)


def track():
    for row in table("values/track-and-graph.csv"):
        moment, value, name = instant(row["Timestamp"]).replace(microsecond=0), row["Value"], row["FeatureName"]
        if name == "Nausea":
            yield moment, "nausea", number(value.split(":")[0])
        elif name == "Weight":
            yield moment, "weight", number(value)
        elif name == "Asleep":
            hours, minutes, _ = value.split(":")
            yield moment, "sleep_hours", number(int(hours) + int(minutes) / 60)
        if row["Note"]:
            yield moment, "note", row["Note"]


def merged():
    day = None
    for cells in rows("sheets/merged.csv", sign=";", skip=2):
        if cells[0] and not cells[0][0].isdigit():
            continue
        day = dt.datetime.strptime(cells[0], "%d.%m.%Y") if cells[0] else day
        if cells[1]:
            yield at(day.date()), "nausea", number(cells[1])
        yield at(day.date()), "note", cells[2]


def wide():
    for row in table("sheets/utf16le.txt", encoding="utf-16", sign="\t"):
        value = float(row["Gefühl"].replace(",", "."))
        yield at(dt.datetime.strptime(row["Datum"], "%d.%m.%y").date()), "overall", int(value + 0.5)


def western():
    for row in table("sheets/cp1252.csv", encoding="cp1252", sign=";"):
        day = at(dt.datetime.strptime(row["Datum"], "%d.%m.%Y").date())
        yield day, "overall", int(float(row["Gefühl"].replace(",", ".")) + 0.5)
        yield day, "note", row["Notiz"]


def workbook():
    # The cells of the sheet itself, without a library that the program could share.
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(FIXTURES / "sheets/diary.xlsx") as book:
        shared = "xl/sharedStrings.xml"
        items = xml.fromstring(book.read(shared)).iter(f"{space}si") if shared in book.namelist() else []
        strings = ["".join(part.text or "" for part in item.iter(f"{space}t")) for item in items]
        sheet = xml.fromstring(book.read("xl/worksheets/sheet2.xml"))
    day = None
    for row in sheet.iter(f"{space}row"):
        cells = {}
        for cell in row.iter(f"{space}c"):
            value = cell.find(f"{space}v")
            text = value.text if value is not None else "".join(part.text for part in cell.iter(f"{space}t"))
            if text:
                cells[cell.get("r")[0]] = strings[int(text)] if cell.get("t") == "s" else text
        if int(row.get("r")) < 4 or "B" not in cells:
            continue
        if "A" in cells:
            day = dt.datetime(1899, 12, 30) + dt.timedelta(days=float(cells["A"]))
        moment = day + dt.timedelta(minutes=round(float(cells["B"]) * 1440))
        for column, what in (("C", "nausea"), ("D", "sleep_hours"), ("E", "weight")):
            if column in cells:
                yield moment, what, number(cells[column])
        if "F" in cells:
            yield moment, "note", cells["F"]


FORMS = [
    ("daylio/words.csv", [], daylio),
    ("daylio/older.csv", [], daylio_older),
    ("bearable/now.csv", ["Symptom: Nausea=symptom:nausea", "Symptom: Headache=symptom:headache", "Sleep=measure:sleep_hours"], bearable),
    ("loop/all", ["Meditate=practice:meditation", "Powder=dose:powder", "Sleep=measure:sleep_hours"], loop),
    ("medtimer/now.csv", [], medtimer),
    ("medtimer/older.csv", [], medtimer_older),
    ("sleep/android.csv", [], android),
    ("sleep/fitbit.csv", [], fitbit),
    ("sleep/oura.csv", [], oura),
    ("sleep/plees.csv", [], plees),
    ("sleep/health.xml", [], health),
    ("notes/jrnl.json", [], jrnl),
    ("notes/tui-journal.json", [], tui_journal),
    ("doses/herbal-tracker.csv", [], kratom),
    ("doses/tea-taper.csv", ["craving=urge:0-10", "withdrawal=overall:0-10", "total_ml=dose:extract_liquid"], tea),
    ("values/track-and-graph.csv", ["Nausea=symptom:nausea", "Weight=measure:weight:kg", "Asleep=measure:sleep_hours"], track),
    ("sheets/merged.csv", ["Übelkeit=symptom:nausea"], merged),
    ("sheets/utf16le.txt", ["Gefühl=overall"], wide),
    ("sheets/cp1252.csv", ["Gefühl=overall"], western),
    ("sheets/diary.xlsx", ["Nausea=symptom:nausea", "Slept=measure:sleep_hours", "Weight=measure:weight:kg"], workbook),
]


def held(document):
    """Every value of a journal, as the readers above give them."""
    for check_in in document["check_ins"]:
        moment = dt.datetime.fromisoformat(check_in["moment"]["at"]).replace(tzinfo=None)
        for symptom, severity in check_in["ratings"].items():
            yield moment, symptom, number(severity)
        for what in ("overall", "note"):
            if what in check_in:
                yield moment, what, check_in[what]
    for record in document["records"]:
        if "moment" not in record:
            continue
        moment = dt.datetime.fromisoformat(record["moment"]["at"]).replace(tzinfo=None)
        fields = record["fields"]
        if record["kind"] == "measurement":
            value = fields["value"] / 60 if fields.get("unit") == "min" else fields["value"]
            yield moment, record["about"], number(value)
        elif record["kind"] == "dose":
            yield moment, record["about"], number(fields["amount"])
            if fields.get("note"):
                yield moment, "note", fields["note"]
        elif record["kind"] == "day_without":
            yield moment, record["about"], 0.0
        elif record["kind"] == "urge":
            yield moment, "urge", fields["strength"]
        elif record["kind"] == "practice":
            yield moment, record["about"], None
        elif record["kind"] == "intake":
            yield moment, fields["state"], fields["amount"]
        else:
            sys.exit(f"{record['kind']} is not known here")


def compared(values, by_day):
    shown = [(moment.date() if by_day and isinstance(moment, dt.datetime) else moment, what, value) for moment, what, value in values]
    return sorted(map(repr, shown))


def main():
    env = {"PATH": os.environ["PATH"], "HOME": str(WORK), "TZ": "America/New_York", "EBB_NOW": NOW}
    bad = 0
    for at, (name, maps, reader) in enumerate(FORMS):
        journal = WORK / f"form-{at}.db"

        def ebb(*words):
            run = subprocess.run([EBB, "--journal", journal, *words], env=env, capture_output=True, text=True, timeout=60)
            if run.returncode != 0:
                sys.exit(f"{name}: {run.stderr[-500:]}")
            return run.stdout

        words = ["import", FIXTURES / name]
        for map in maps:
            words += ["--map", map]
        ebb(*words)
        values = list(held(json.loads(ebb("export", "json"))))
        if RED:
            moment, what, _ = values[0]
            values[0] = (moment, what, "another value")
        wanted = list(reader())
        # A part of a day has no clock time in the file.
        by_day = any(not isinstance(moment, dt.datetime) for moment, _, _ in wanted)
        mine, theirs = compared(wanted, by_day), compared(values, by_day)
        if mine != theirs:
            bad += 1
            print(f"{name}: not alike")
            for line in [f"  file    {v}" for v in mine if v not in theirs] + [f"  journal {v}" for v in theirs if v not in mine]:
                print(line)
        once = ebb("export", "json")
        ebb(*words)
        if ebb("export", "json") != once:
            bad += 1
            print(f"{name}: a second time brought something")
        ebb("undo")
        if list(held(json.loads(ebb("export", "json")))):
            bad += 1
            print(f"{name}: something is left after the undo")
    if RED and bad < len(FORMS):
        sys.exit(0)
    if bad:
        sys.exit(f"{bad} of {len(FORMS)} forms differ")
    print(f"{len(FORMS)} forms are alike")


main()
