"""A lived-in journal, what comes from elsewhere, and every verb that writes.

The marker is a word of an entry that was deleted before; it lies in the bin, in the log, and in a copy. A folder that is
copied for a trial is named by `{here}` in a verb, the folder of what comes from elsewhere by `{theirs}`.
"""

import dataclasses
import json
import os
import re
import shutil
import sqlite3

import lab

MARKER = "marzipan"
JOURNAL = "journal.db"
FORMS = ("form-1.db", "form-2.db", "form-3.db")
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclasses.dataclass(frozen=True)
class Verb:
    """What a person types, on which folder, what it makes there, and the word that says it is done."""

    name: str
    args: tuple
    folder: str = "lived"
    makes: str = ""
    word: str = "Saved"

    def on(self, scene, here):
        names = {"here": here, "theirs": scene.room.at("theirs"), **scene.ids}
        return [part.format(**names) for part in self.args]


VERBS = (
    Verb("check-in", ("checkin", "--set", "nausea=3", "--set", "anxiety=2", "--overall", "5", "--note", "a walk by the river")),
    Verb("dose", ("dose", "2g", "powder")),
    Verb("edit", ("entry", "dose", "edit", "{dose}", "--amount", "4"), word="Changed"),
    Verb("delete", ("entry", "dose", "delete", "{dose}"), word="lies in the bin"),
    Verb("undo", ("undo",), word="Undone"),
    Verb("redo", ("redo",), folder="undone", word="Done again"),
    Verb("import package", ("import", "{theirs}/tables"), word="Taken in"),
    Verb("import json", ("import", "{theirs}/all.json"), word="Taken in"),
    Verb("import db", ("import", "{theirs}/other.db"), word="Taken in"),
    Verb("import csv", ("import", "{theirs}/ratings.csv"), word="Taken in"),
    Verb("export csv-dir", ("export", "csv", "-o", "{here}/tables/"), makes="tables", word="Written"),
    Verb("export csv-dir --force", ("export", "csv", "--force", "-o", "{here}/tables/"), folder="tables", makes="tables", word="Written"),
    Verb("export json", ("export", "json", "-o", "{here}/all.json"), makes="all.json", word="Written"),
    Verb("export json --force", ("export", "json", "--force", "-o", "{here}/all.json"), folder="document", makes="all.json", word="Written"),
    Verb("export fhir", ("export", "fhir", "-o", "{here}/all.fhir.json"), makes="all.fhir.json", word="Written"),
    Verb("report", ("report", "-o", "{here}/report.html"), makes="report.html", word="Written"),
    Verb("backup", ("backup",), word="Copied"),
    Verb("backup elsewhere", ("backup", "{here}/elsewhere.db"), makes="elsewhere.db", word="Copied"),
    Verb("restore", ("restore", "{copy}", "--yes"), word="Restored"),
    Verb("erase", ("bin", "erase", "{marker}", "--yes"), word="Erased"),
    Verb("sync", ("sync", "{here}/meet"), folder="met", word="Left"),
    *(Verb(f"migration of {form}", ("status",), folder=form) for form in FORMS),
)


def verbs(*names):
    return [verb for verb in VERBS if verb.name in names]


class Scene:
    """The folders in a room: lived, undone, tables, document, met, one for each old form, and theirs."""

    def __init__(self, room):
        self.room, self.ids = room, {}
        self._live()
        self._others()
        self._folders()

    def do(self, journal, *args, now=lab.NOW, **more):
        code, out, errors = self.room.run(journal, *args, now=now, **more)
        if code:
            raise RuntimeError(f"{' '.join(args)}: exit {code}: {errors.strip()}")
        return out

    def _live(self):
        own = self.room.at("lived", JOURNAL)
        os.makedirs(os.path.dirname(own), mode=0o700)
        self.do(own, "start", "--last-use", "2026-11-13", now="2026-11-14 09:00")
        for day, severity in (("2026-11-25", 3), ("2026-11-26", 2), ("2026-11-27", 1)):
            self.do(own, "checkin", "--set", f"nausea={severity}", "--overall", "4", "--note", f"day {day}", now=f"{day} 08:00")
        self.do(own, "dose", "3g", "powder", now="2026-11-27 09:00")
        self.do(own, "question", "add", f"about {MARKER}", now="2026-11-27 10:00")
        self.do(own, "question", "add", "about sleep", now="2026-11-27 10:05")
        self.do(own, "backup", now="2026-11-27 11:00")
        for question in json.loads(self.do(own, "question", "list", "--json"))["records"]:
            if MARKER in question["fields"]["text"]:
                self.ids["marker"] = question["id"]
        self.do(own, "question", "delete", self.ids["marker"], now="2026-11-27 12:00")
        self.do(own, "urge", "3", now="2026-11-27 13:00")
        self.ids["dose"] = json.loads(self.do(own, "entry", "dose", "list", "--json"))["records"][0]["id"]
        copies = json.loads(self.do(own, "backup", "--list", "--json"))["copies"]
        self.ids["copy"] = next(copy["name"] for copy in copies if "T110000Z" in copy["name"])

    def _others(self):
        there = self.room.at("theirs")
        os.makedirs(there)
        other = os.path.join(there, "other.db")
        for day in range(10, 20):
            self.do(other, "checkin", "--set", "anxiety=2", "--set", "nausea=1", "--note", f"theirs {day}", now=f"2026-11-{day} 20:00")
            self.do(other, "dose", "1g", "powder", now=f"2026-11-{day} 21:00")
        self.do(other, "export", "csv", "-o", os.path.join(there, "tables/"))
        self.do(other, "export", "json", "-o", os.path.join(there, "all.json"))
        self.do(other, "export", "csv", "-o", os.path.join(there, "ratings.csv"))
        # In the other journal alone, so that a merge brings the deleted word along.
        self.do(other, "question", "add", f"their {MARKER}", now="2026-11-20 10:00")
        gone = json.loads(self.do(other, "question", "list", "--json"))["records"][0]["id"]
        self.do(other, "question", "delete", gone, now="2026-11-20 11:00")
        os.mkdir(os.path.join(there, "meet"))
        self.do(other, "sync", os.path.join(there, "meet"))

    def _folders(self):
        at = self.room.at
        for name in ("undone", "tables", "document", "met"):
            shutil.copytree(at("lived"), at(name))
        self.do(at("undone", JOURNAL), "undo")
        # Exports of before the last entry, to be written over.
        self.do(at("tables", JOURNAL), "export", "csv", "-o", at("tables", "tables/"))
        self.do(at("document", JOURNAL), "export", "json", "-o", at("document", "all.json"))
        for name in ("tables", "document"):
            self.do(at(name, JOURNAL), "urge", "2")
        shutil.copytree(at("theirs", "meet"), at("met", "meet"))
        for form in FORMS:
            os.mkdir(at(form), mode=0o700)
            shutil.copyfile(os.path.join(lab.ROOT, "tests", "fixtures", form), at(form, JOURNAL))
            os.chmod(at(form, JOURNAL), 0o600)
            put_marker_in_bin(at(form, JOURNAL))

    def state(self, journal):
        """What a person has: every entry, the bin and the steps of undo, without the ids that each run draws anew."""
        code, out, errors = self.room.run(journal, "export", "json")
        if code:
            raise Unreadable(f"export json: exit {code}: {errors.strip()[:200]}")
        steps = lab.rows_of(journal, "SELECT what, undone FROM log_step ORDER BY id")
        away = [
            lab.rows_of(journal, f"SELECT count(*) FROM {table} WHERE deleted_at IS NOT NULL")[0][0]
            for table in ("check_in", "attempt", "record", "help_line")
        ]
        gone = lab.rows_of(journal, "SELECT count(*) FROM erased")[0][0]
        return json.dumps([without_ids(json.loads(out)), steps, away, gone])

    def erase_all(self, here):
        """Erases everything in the bin for good, and leaves this anew for other machines."""
        journal = os.path.join(here, JOURNAL)
        # A copy that was brought back is of before the deletion.
        for question in json.loads(self.do(journal, "question", "list", "--json"))["records"]:
            if MARKER in question["fields"]["text"]:
                self.do(journal, "question", "delete", question["id"])
        for entry in json.loads(self.do(journal, "bin", "--json"))["deleted"]:
            self.do(journal, "bin", "erase", entry["id"], "--yes")
        if os.path.isdir(os.path.join(here, "meet")):
            # The file of the other machine is not this one's to change.
            shutil.rmtree(os.path.join(here, "meet"))
            os.mkdir(os.path.join(here, "meet"))
            self.do(journal, "sync", os.path.join(here, "meet"))


class Unreadable(Exception):
    """The journal does not open."""


def without_ids(value):
    if isinstance(value, dict):
        return {key: without_ids(part) for key, part in value.items() if key != "id"}
    if isinstance(value, list):
        return sorted((without_ids(part) for part in value), key=lambda part: json.dumps(part, sort_keys=True))
    if isinstance(value, str):
        return UUID.sub("an id", value)
    return value


def put_marker_in_bin(journal):
    """Makes the newest check-in of an old journal a deleted one with the marker."""
    db = sqlite3.connect(journal)
    db.execute(
        "UPDATE check_in SET note = ?, deleted_at = unixepoch('2026-11-27 12:00') WHERE id = (SELECT max(id) FROM check_in)", (MARKER,)
    )
    db.commit()
    db.close()


def content(path):
    """A file's bytes, or each file of a folder; None where there is nothing."""
    if os.path.isdir(path):
        return {name: content(os.path.join(path, name)) for name in sorted(os.listdir(path))}
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        return file.read()


def files(here):
    """The paths of all files and empty folders under a folder, as they are named in it."""
    for folder, folders, names in os.walk(here):
        for name in names + [name for name in folders if not os.listdir(os.path.join(folder, name))]:
            yield os.path.relpath(os.path.join(folder, name), here)


def leftovers(here, makes=""):
    """What lies in a folder and is neither the journal, nor its finished copies, nor what was asked for."""
    known = re.compile(r"journal\.db(-journal)?|journal\.db\.backups(/\d[^/]*\.db)?|journal\.form-\d\.copy-1\.db|meet(/ebb-[^/]+\.journal)?")
    return [name for name in files(here) if not known.fullmatch(name) and not (makes and name.split("/")[0] == makes)]


def hits(here):
    """The files that hold the marker."""
    return [name for name in files(here) if MARKER.encode() in (content(os.path.join(here, name)) or b"")]
