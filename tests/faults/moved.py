"""The journal's file moves, goes or cannot be written to while the full screen has it open, and a save meets that.

Whatever the form: "Saved" is never said of words that are not in the file at the path; the person reads what happened; and
the words are in the journal, in a draft that can be found, or handed to the person before the program ends.
"""

import contextlib
import itertools
import os
import re
import shutil
import sqlite3

import checks
import lab
from forms import CTRL_C, ESC, FORMS, READY, WORD


class Scene:
    """A journal in a folder of its own, and what can happen to it."""

    def __init__(self, room, number):
        self.room = room
        self.top = room.at(f"scene-{number}")
        self.folder = os.path.join(self.top, "mine")
        self.journal = os.path.join(self.folder, "journal.db")
        self.path = self.journal
        self.foreign = None
        self.before, self.env = (), {}
        self.stack = contextlib.ExitStack()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stack.close()

    def begin(self, event):
        if event == "full":
            self.stack.enter_context(checks.mounted("-t", "tmpfs", "-o", "size=1m", "tmpfs", target=self.folder))
        checks.begun(self.room, self.journal)
        # A save that works would be followed by a copy of the day; that copy is no matter of this trial.
        shutil.rmtree(self.journal + ".backups", ignore_errors=True)
        if event == "link turned":
            self.path = os.path.join(self.top, "link.db")
            os.symlink(self.journal, self.path)
        other = os.path.join(self.top, "other", "journal.db")
        os.makedirs(os.path.dirname(other))
        if event == "same replaced":
            shutil.copyfile(self.journal, other)
        elif event in ("other replaced", "link turned"):
            self.room.run(other, "checkin", "--overall", "9")
        elif event == "text replaced":
            with open(other, "w", encoding="ascii") as file:
                file.write("somebody's words\n")
        self.other = other
        if event == "read-only" and os.getuid() == 0:
            # Modes do not bind root.
            self.before = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
            os.chmod(self.room.path, 0o755)
            for top, _, files in os.walk(self.top):
                for path in (top, *(os.path.join(top, name) for name in files)):
                    os.chown(path, 65534, 65534)
            self.env = {"HOME": self.top, "XDG_RUNTIME_DIR": self.top}

    def happen(self, event):
        journal, away = self.journal, os.path.join(self.top, "away.db")
        if event == "moved":
            os.rename(journal, away)
        elif event == "renamed":
            os.rename(journal, journal + ".old")
        elif event == "deleted":
            os.remove(journal)
        elif event == "folder renamed":
            os.rename(self.folder, os.path.join(self.top, "away"))
        elif event in ("other replaced", "text replaced", "same replaced"):
            os.rename(self.other, journal)
            self.foreign = (journal, checks.sha(journal)) if event != "same replaced" else None
        elif event == "hard link":
            os.link(journal, away)
        elif event == "symlink left":
            os.rename(journal, away)
            os.symlink(away, journal)
        elif event == "link turned":
            os.remove(self.path)
            os.symlink(self.other, self.path)
            self.foreign = (self.other, checks.sha(self.other))
        elif event == "full":
            with contextlib.suppress(OSError), open(os.path.join(self.folder, "fill"), "wb", buffering=0) as file:
                while True:
                    file.write(bytes(4096))
        elif event == "read-only":
            for name in os.listdir(self.folder):
                os.chmod(os.path.join(self.folder, name), 0o444)
            os.chmod(self.folder, 0o555)

    def count(self, sql):
        """What stands at the path now, read as anybody else would read it."""
        try:
            return lab.rows_of(self.path, sql)[0][0]
        except (OSError, sqlite3.DatabaseError):
            return 0

    def draft_somewhere(self):
        """Whether a draft with the words lies in a file that still has a name."""
        for top, _, files in os.walk(self.top):
            for name in files:
                path = os.path.join(top, name)
                if not name.startswith("away") and not name.startswith("journal.db") or name.endswith("-journal"):
                    continue
                with contextlib.suppress(OSError, sqlite3.DatabaseError):
                    if lab.rows_of(path, f"SELECT 1 FROM draft WHERE content LIKE '%{WORD}%'"):
                        return True
        return False


# What has to be said of each event. `None`: the file is where it was, and the save may work.
WORDS = {
    "moved": r"moved|renamed|not there|is gone",
    "renamed": r"moved|renamed|not there|is gone",
    "deleted": r"deleted|removed|moved|is gone|not there",
    "folder renamed": r"moved|renamed|gone|not there|no such|folder",
    "other replaced": r"another (file|journal)|replaced|other (file|journal)",
    "text replaced": r"another file|replaced|not an Ebbtide journal|other file",
    "same replaced": None,
    "hard link": None,
    "symlink left": None,
    "link turned": r"another (file|journal)|replaced|moved|leads|other (file|journal)",
    "full": r"disk is full|no (space|room)|full",
    "read-only": r"read[- ]only|cannot be written",
    "nothing": r"moved|renamed|deleted|full|read[- ]only",
}
# What a file that was moved, replaced or deleted is not.
FALSE = {event: r"read[- ]only" for event in ("moved", "renamed", "deleted", "other replaced", "text replaced", "link turned")}


def met(scene, form, event, early):
    """One form, one event, before (`early`) or after the words were typed, and the save. Gives what went wrong."""
    name = f"{form.name}, {event}{', before typing' if early else ''}"
    scene.begin(event)
    bad = []
    with checks.opened(scene.room, scene.path, before=scene.before, **scene.env) as screen:
        screen.wait_for(READY)
        screen.settle()
        screen.type(*form.way)
        screen.wait_for(form.opened)
        if early:
            scene.happen(event)
        screen.type(*form.fill)
        if not early:
            scene.happen(event)
        screen.type(*form.save)
        answered(screen, form)
        is_there = scene.count(form.rows) == 1
        shown = screen.flat()
        says_saved = form.saved in shown and "Not saved" not in shown and WORD not in form.saved
        if scene.foreign and checks.sha(scene.foreign[0]) != scene.foreign[1]:
            bad.append(f"{name}: somebody's file at the path was written to")
        if says_saved and not is_there:
            bad.append(f"{name}: says {form.saved!r}, and the entry is not at the path: {shown[-160:]}")
        wanted = WORDS[event]
        if wanted is None and is_there:
            return bad + ended(screen, name, (0,))
        # Once the save failed, that stays said: on whatever screen, or in the form where Esc would let its words go.
        screen.type(*((ESC, ESC, ESC, "3") if form.has_draft else ("\t",)))
        elsewhere = screen.flat()
        # Another file of the same journal is followed, and the words are a draft in it: nothing is at risk then.
        if wanted is None and screen.has(lambda _: scene.count("SELECT count(*) FROM draft") == 1, 2):
            return bad + ended(screen, name, (0,))
        if form.name != "setting" and "ot saved" not in elsewhere and "not on the disk" not in elsewhere:
            bad.append(f"{name}: 'Not saved' does not stay: {elsewhere[-160:]}")
        if wanted and not re.search(wanted, shown + said(screen), re.IGNORECASE):
            bad.append(f"{name}: what happened is not said: {shown[-200:]}")
        if event in FALSE and re.search(FALSE[event], said(screen), re.IGNORECASE):
            bad.append(f"{name}: calls it read-only: {shown[-200:]}")
        for never in ("What you saved is saved", "day's copy", "Draft kept"):
            if never in said(screen) and not scene.draft_somewhere():
                bad.append(f"{name}: says {never!r}")
        return bad + left(scene, screen, form, name)


def answered(screen, form):
    """Waits for the answer to a save: done, or not done."""
    screen.has(lambda seen: form.saved in seen.flat() or "ot saved" in seen.flat() or "ot be saved" in seen.flat(), 4)
    screen.settle()


def said(screen):
    """Everything that was drawn so far, in one line; a sentence may have gone from the screen since."""
    text = screen.bytes.decode("utf-8", "replace")
    text = re.sub(r"\x1b\[[0-9;]*H", " ", text)
    return " ".join(re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]", "", text).split()) + " " + screen.flat()


def left(scene, screen, form, name):
    """Leaving with words that are on no disk: asked, handed over, 15."""
    words = os.path.join(scene.top, "words.txt")
    screen.type(CTRL_C)
    asks = screen.has(lambda seen: "4  leave" in seen.flat() or "write the words" in seen.flat() or seen.has_ended(), 4)
    if screen.has_ended() or not asks:
        code = screen.end()
        if form.name == "setting":
            return []
        if scene.draft_somewhere() or not form.has_word:
            return [] if code in (0, 15) and (form.has_word or form.name == "brief check-in") else [f"{name}: ends with {code}, nothing asked"]
        return [f"{name}: ends with {code}, nothing asked, and the words are nowhere"]
    bad = []
    screen.type("3")
    screen.type("\x15" + words)
    screen.type("\r")
    if not screen.has("Written to", 4):
        bad.append(f"{name}: the words could not be written elsewhere: {screen.flat()[-200:]}")
    elif form.has_word and WORD not in open(words, encoding="utf-8").read():
        bad.append(f"{name}: the words are not among what was handed over")
    if not screen.has("leave", 2):
        screen.type(CTRL_C)
    screen.type("4")
    return bad + ended(screen, name, (15,))


def ended(screen, name, codes):
    if not screen.has_ended() and 0 in codes:
        screen.type(CTRL_C)
        if screen.has(lambda seen: seen.has_ended() or "leave" in seen.flat(), 2) and not screen.has_ended():
            screen.type("4")
    code = screen.end(4)
    bad = [] if code in codes else [f"{name}: ends with {code}, not {codes[-1]}"]
    wrong = screen.not_given_back()
    return bad + ([f"{name}: {wrong}"] if wrong else [])


def returned(scene, form):
    """The file comes back, and the next save works without a restart."""
    scene.begin("moved")
    with checks.opened(scene.room, scene.path, before=scene.before, **scene.env) as screen:
        screen.wait_for(READY)
        screen.settle()
        screen.type(*form.way)
        screen.wait_for(form.opened)
        screen.type(*form.fill)
        away = os.path.join(scene.top, "away.db")
        os.rename(scene.journal, away)
        screen.type(*form.save)
        answered(screen, form)
        os.rename(away, scene.journal)
        screen.type(*form.save)
        screen.has(lambda _: scene.count(form.rows) == 1, 4)
        if scene.count(form.rows) != 1:
            return [f"{form.name}, moved and back: is not saved: {screen.flat()[-200:]}"]
        return ended(screen, f"{form.name}, moved and back", (0,))


MOVES = ("moved", "renamed", "deleted", "folder renamed", "other replaced", "text replaced", "same replaced", "hard link", "symlink left", "link turned")
FAILURES = ("full", "read-only", "renamed", "deleted")


def trial_of(events, short):
    def trial(room, only=None):
        numbers = itertools.count()

        def one(item):
            form, event, early = item
            with Scene(room, next(numbers)) as scene:
                return returned(scene, form) if event == "back" else met(scene, form, event, early)

        items = list(itertools.product(FORMS, only or events, (False, True)))
        if not only and "moved" in events:
            items += [(form, "back", False) for form in FORMS if form.has_draft]
        items = checks.pick(room, items, short=short)
        figures = f"{len(FORMS)} forms, {len(only or events)} events, before and after typing"
        return checks.tried(items, one, figures)

    return trial


moves = trial_of(MOVES, 24)
failures = trial_of(FAILURES, 16)

ROWS = [
    lab.Row(12, "the file moves or goes under an open journal", moves,
            checks.controls(lambda room: moves(room, ("nothing",)), checks.on_old_program(lambda room: moves(room, ("renamed", "deleted"))))),
    lab.Row(44, "a save that fails in the full screen", failures,
            checks.controls(lambda room: failures(room, ("nothing",)), checks.on_old_program(lambda room: failures(room, ("renamed", "read-only")))),
            ("mount", "setpriv")),
]
