"""Places: what cannot be written to, files beside the journal, and files that an export must not touch. Row 12 is in moved.py."""

import itertools
import os
import shutil
import sqlite3
import stat
import subprocess

import checks
import lab
import moved

READING = (
    ("status",), ("status", "--json"), ("history",), ("trend",), ("trend", "--view", "grid"), ("export", "csv"),
    ("export", "json"), ("export", "fhir"), ("report",), ("doctor",), ("doctor", "--full"), ("attempt", "list"), ("symptom", "list"),
    ("entry", "dose", "list"), ("bin",), ("backup", "--list"), ("guide", "safety"), ("helplines",), ("paths",), ("medication", "list"),
)
WRITING = (
    ("checkin", "--overall", "3"), ("dose", "1g", "powder"), ("urge", "2"), ("measure", "weight=70kg"), ("did", "walking"),
    ("undo",), ("start",), ("symptom", "add", "Own one", "--category", "physical"), ("reason", "add", "A reason"),
    ("helplines", "add", "A friend", "123"),
)
# By whom and how the place cannot be written to.
GUARDS = ("mount", "owner")
SIZES = ((120, 40), (80, 24), (60, 20), (40, 12))


def read_only(room, guard=True):
    """Row 6. `guard`: without it the place can be written to, and the trial has to notice."""
    bad, runs = [], 0
    os.chmod(room.path, 0o755)
    for kind in GUARDS:
        with contained(room, kind, guard) as (journal, before, env):
            watched = os.path.dirname(journal)
            seen = checks.tree(watched)
            for args in READING:
                code, out, errors = room.run(journal, *args, before=before, **env)
                runs += 1
                fine = code in ((0, 1) if args[0] in ("doctor", "status") else (0,))
                if not fine or checks.RAW.search(out + errors):
                    bad.append(f"{kind}: {' '.join(args)} ends with {code}: {errors.strip()[:160]}")
            for args in WRITING:
                code, _, errors = room.run(journal, *args, before=before, **env)
                runs += 1
                if code != 15 or checks.RAW.search(errors):
                    bad.append(f"{kind}: {' '.join(args)} ends with {code}, not 15: {errors.strip()[:160]}")
                elif journal not in " ".join(errors.split()):
                    bad.append(f"{kind}: {args[0]} does not name the file: {errors.strip()[:160]}")
            for size in SIZES:
                runs += 1
                bad += banner(room, journal, kind, size, before, env)
            bad += [f"{kind}: {change}" for change in checks.changes(seen, checks.tree(watched))]
    return lab.Outcome(runs, bad, f"{len(READING)} verbs read, {len(WRITING)} refused, {len(SIZES)} sizes")


class contained:  # noqa: N801 it is used as a word
    """A journal in a place that cannot be written to, of another owner or mounted so."""

    def __init__(self, room, kind, guard):
        self.room, self.kind, self.guard, self.mount = room, kind, guard, None

    def __enter__(self):
        room = self.room
        folder = room.at(f"place-{self.kind}")
        journal = checks.begun(room, os.path.join(folder, "journal.db"))
        if self.kind == "mount":
            if self.guard:
                self.mount = checks.mounted("--bind", folder, target=folder)
                self.mount.__enter__()
                checks.remounted(folder, "remount,ro,bind")
            return journal, (), {}
        if not lab.has("setpriv") or os.getuid() != 0:
            raise lab.Missing("another owner needs setpriv and root")
        if not self.guard:
            return journal, (), {}
        for top, names, files in os.walk(folder):
            os.chmod(top, 0o755)
            for name in files:
                os.chmod(os.path.join(top, name), 0o644)
        home = room.at("nobody")
        os.makedirs(os.path.join(home, "run"), exist_ok=True)
        for path in (home, os.path.join(home, "run")):
            os.chown(path, 65534, 65534)
            os.chmod(path, 0o700)
        before = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
        return journal, before, {"HOME": home, "XDG_RUNTIME_DIR": os.path.join(home, "run")}

    def __exit__(self, *_):
        if self.mount:
            self.mount.__exit__(None, None, None)


def banner(room, journal, kind, size, before, env):
    """The full screen says from its start on, and on every screen, that nothing can be saved here."""
    bad = []
    with checks.opened(room, journal, size=size, before=before, **env) as screen:
        screen.wait_for(lambda seen: "help lines" in seen.text() or "F1" in seen.text() or seen.has_ended())
        if not screen.has(lambda seen: "read only" in seen.flat().lower(), 1):
            return [f"{kind} {size[0]}x{size[1]}: no banner: {screen.flat()[-200:]}"]
        for tab in "23":
            screen.type(tab)
            if "read only" not in screen.flat().lower():
                bad.append(f"{kind} {size[0]}x{size[1]}: no banner on screen {tab}")
        screen.type("q")
        code = screen.end()
        if code != 0:
            bad.append(f"{kind} {size[0]}x{size[1]}: looking ends with {code}")
        bad += [f"{kind}: {wrong}" for wrong in [screen.not_given_back()] if wrong]
    return bad


# Row 13. How sync tools name the second version of a file.
CONFLICTS = (
    "journal.sync-conflict-20261127-101500-ABCDEFG.db", "journal (conflicted copy 2026-11-27 101500).db",
    "journal (Ada's conflicted copy 2026-11-27).db", "journal (Conflict 2026-11-27).db", "journal_conflict-20261127-101500.db",
    "journal (1).db", "journal-LAPTOP.db",
)
OTHERS = ("holiday.jpg", "notes.txt", "other (1).txt", "journal.txt")


def conflicts(room, planted=True):
    """Copies beside the journal are named by doctor, each of them; what is not a copy is not; nothing is touched."""
    folder = room.at("mine")
    journal = checks.begun(room, os.path.join(folder, "journal.db"))
    bad = []
    for name in CONFLICTS if planted else ():
        shutil.copyfile(journal, os.path.join(folder, name))
    for name in OTHERS:
        with open(os.path.join(folder, name), "w", encoding="ascii") as file:
            file.write("somebody's")
    room.run(journal, "status")
    before = checks.tree(folder)
    code, out, errors = room.run(journal, "doctor")
    words = " ".join((out + errors).split())
    if code not in (0, 1):
        bad.append(f"doctor ends with {code}")
    bad += [f"doctor does not name {name}" for name in CONFLICTS if name not in words]
    bad += [f"doctor names {name}, which is no copy" for name in OTHERS if f"/{name}" in words or f" {name}" in words]
    bad += checks.changes(before, checks.tree(folder))
    synced, lines = foreign(room)
    return lab.Outcome(1 + len(CONFLICTS) + synced, bad + lines, f"{len(CONFLICTS)} names of copies, {synced} foreign files in the sync folder")


def foreign(room):
    """In the sync folder others' files stay as they are, are named where they look like ours, and the rest comes in."""
    first = checks.begun(room, room.at("one", "journal.db"))
    second = room.at("two", "journal.db")
    room.run(second, "checkin", "--overall", "9", "--note", "from the other machine")
    folder = room.at("Sync")
    os.mkdir(folder)
    bad = []
    code, _, errors = room.run(second, "sync", folder)
    if code != 0:
        bad.append(f"a first sync ends with {code}: {errors.strip()[:160]}")
    own = os.listdir(folder)[0]
    sound = os.path.join(folder, own)
    shutil.copyfile(sound, os.path.join(folder, own.replace(".journal", ".sync-conflict-20261127-101500-ABCDEFG.journal")))
    with open(sound, "rb") as file:
        data = file.read()
    planted = {
        "ebb-0000.journal": b"not a journal at all",
        "ebb-1111.journal": b"",
        "ebb-2222.journal": data[:4096] + bytes(len(data) - 4096),
        "letter.txt": b"somebody's",
    }
    for name, content in planted.items():
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)
    db = sqlite3.connect(os.path.join(folder, "ebb-3333.journal"))
    db.execute("CREATE TABLE cake (flour)")
    db.commit()
    db.close()
    os.mkfifo(os.path.join(folder, "ebb-4444.journal"))
    os.symlink("letter.txt", os.path.join(folder, "ebb-5555.journal"))
    os.mkdir(os.path.join(folder, "ebb-6666.journal"))
    before = checks.tree(folder)
    code, out, errors = room.run(first, "sync", folder, timeout=20)
    words = out + errors
    if code not in (0, 1):
        bad.append(f"sync among foreign files ends with {code}: {errors.strip()[:200]}")
    bad += [f"sync does not name ebb-{n}.journal" for n in ("0000", "1111", "2222", "3333", "4444", "5555") if f"ebb-{n}" not in words]
    if checks.RAW.search(words):
        bad.append(f"sync lets raw words through: {words.strip()[:200]}")
    after = checks.tree(folder)
    bad += [f"in the sync folder: {change}" for change in checks.changes(before, {p: v for p, v in after.items() if p in before})]
    if len(after) - len(before) > 1:
        bad.append(f"sync left {len(after) - len(before)} new files")
    if not lab.rows_of(first, "SELECT 1 FROM check_in WHERE note = 'from the other machine'"):
        bad.append("what the other machine left did not come in")
    return len(planted) + 5, bad


def swept_by_sync(room):
    """A program that tidies the sync folder: it has to be noticed."""
    checks.program_that(room, 'case "$*" in *sync*) rm -f "$7"/letter.txt; for w; do :; done; rm -f "$w"/letter.txt;; esac; exec "$EBB" "$@"')
    synced, bad = foreign(room)
    return lab.Outcome(synced, bad)


# Row 33 and 43. Every verb that writes a file, with its path; "/" behind it asks for a folder.
EXPORTS = (
    ("export", "csv", "-o", "{}"), ("export", "csv", "--layout", "wide", "-o", "{}"), ("export", "csv", "-o", "{}/"),
    ("export", "csv", "-o", "{}", "--share", "P-1", "--yes"), ("export", "json", "-o", "{}"), ("export", "fhir", "-o", "{}"),
    ("report", "-o", "{}"), ("report", "--format", "html", "-o", "{}"), ("report", "--format", "markdown", "-o", "{}"),
    ("backup", "{}"),
)
ALWAYS_NEW = (("demo", "--days", "9", "--write", "{}"), ("salvage", "{}"), ("sync", "{}"))


def over_others(room):
    """Row 33: an export meets what others have there."""
    journal = checks.begun(room, room.at("mine", "journal.db"))
    numbers = itertools.count()
    kinds = ("file", "link", "dangling", "hard", "fifo", "full", "folder", "earlier", "cut")

    def trial(item):
        args, kind, force = item
        if kind == "cut" and not lab.has("prlimit"):
            return []
        top = room.at(f"there-{next(numbers)}")
        os.makedirs(os.path.join(top, "theirs"))
        theirs, at = os.path.join(top, "theirs", "victim"), os.path.join(top, "out")
        with open(theirs, "wb") as file:
            file.write(b"somebody's words\n" * 9)
        before_it = ()
        if kind == "file":
            at = theirs
        elif kind == "link":
            os.symlink(theirs, at)
        elif kind == "dangling":
            os.symlink(os.path.join(top, "theirs", "nowhere"), at)
        elif kind == "hard":
            os.link(theirs, at)
        elif kind == "fifo":
            os.mkfifo(at)
        elif kind == "full":
            at = "/dev/full"
        elif kind == "folder":
            at = os.path.join(top, "theirs")
        elif kind in ("earlier", "cut"):
            if room.run(journal, *filled(args, at))[0] != 0:
                return [f"{args[:2]} to a new place does not work"]
            if kind == "cut":
                before_it = ("prlimit", "--fsize=64", "--")
        before = checks.tree(top)
        argv = [*filled(args, at), *(["--force"] if force and "--share" not in args else [])]
        code, _, errors = room.run(journal, *argv, before=before_it, timeout=20)
        after = checks.tree(top)
        name = f"{' '.join(args[:3])} over {kind}{' --force' if force else ''}"
        return judged(name, kind, force, code, errors, before, after, at, theirs)

    items = checks.pick(room, itertools.product(EXPORTS, kinds, (False, True)), short=60)
    return checks.tried(items, trial, f"{len(EXPORTS)} exports, {len(kinds)} kinds of what stands there, with and without --force")


def judged(name, kind, force, code, errors, before, after, at, theirs):
    bad = []
    different = checks.changes(before, after)
    if code not in (0, 1, 2, 15):
        bad.append(f"{name}: ends with {code}: {errors.strip()[:160]}")
    if checks.RAW.search(errors):
        bad.append(f"{name}: raw words: {errors.strip()[:160]}")
    left = [path for path in after if os.path.basename(path).startswith(".ebb-")]
    if left:
        bad.append(f"{name}: leaves {os.path.basename(left[0])}")
    may_replace = force and code == 0 and kind in ("file", "earlier")
    if theirs in before and not may_replace and after.get(theirs) != before[theirs] and kind != "folder":
        bad.append(f"{name}: somebody's file is changed (rc {code})")
    if kind == "folder" and after.get(theirs) != before[theirs]:
        bad.append(f"{name}: a file in somebody's folder is changed (rc {code})")
    if not force and [change for change in different if "is new" not in change]:
        bad.append(f"{name}: changed without --force: {different}")
    if code != 0 and different:
        bad.append(f"{name}: refused with {code}, yet {different[:3]}")
    if kind == "cut" and (code == 0 or different):
        bad.append(f"{name}: cut short with {code}: {different[:3]}")
    if kind == "full" and not stat.S_ISCHR(os.lstat(at).st_mode):
        bad.append(f"{name}: the device was replaced")
    loose = [path for path, seen in after.items() if path not in before and seen[0] not in ("0o100600", "0o40700")]
    bad += [f"{name}: {os.path.basename(path)} has mode {after[path][0]}" for path in loose]
    return bad


def filled(args, at):
    return [part.format(at) for part in args]


def careless(room):
    """A program that writes through whatever stands there."""
    checks.program_that(
        room,
        'at=; last=; for word; do [ "$last" = -o ] && at=$word; last=$word; done\n'
        '[ -n "$at" ] && [ ! -d "$at" ] && [ ! -p "$at" ] && { echo words > "$at"; exit 0; }\nexec "$EBB" "$@"',
    )
    return over_others(room)


def spellings(room, target):
    """The ways to name a file that exists, or would: plain, `..`, links to it, links to its folder, another name of it."""
    folder, name = os.path.split(target)
    side = os.path.join(os.path.dirname(folder), "side")
    os.makedirs(side, exist_ok=True)
    key = "".join(char if char.isalnum() else "-" for char in os.path.relpath(target, room.path))
    link, chain, linked = (os.path.join(side, f"{kind}-{key}") for kind in ("link", "chain", "folder"))
    ways = {"path": target, "..": os.path.join(folder, "..", os.path.basename(folder), name), "symlink": link, "chain": chain,
            "folder": os.path.join(linked, name)}
    for path, to in ((link, target), (chain, link), (linked, folder)):
        if not os.path.islink(path):
            os.symlink(to, path)
    if os.path.isfile(target):
        ways["hard link"] = os.path.join(side, f"hard-{key}")
        if not os.path.exists(ways["hard link"]):
            os.link(target, ways["hard link"])
    return ways


def onto_ours(room):
    """Row 43: nothing that is written ever lands on the journal, its parts, its copies or the config file."""
    folder = room.at("mine")
    journal = checks.begun(room, os.path.join(folder, "journal.db"))
    config = room.at("conf", "config.toml")
    os.makedirs(os.path.dirname(config))
    room.run(journal, "backup")
    room.run(journal, "--config", config, "config", "init")
    copies = journal + ".backups"
    copy = os.path.join(copies, sorted(os.listdir(copies))[0])
    targets = {"journal": journal, "copy": copy, "new copy": os.path.join(copies, "new.db"), "copies": copies, "config": config}
    targets.update({end: journal + end for end in ("-journal", "-wal", "-shm")})
    ways = [(what, way, path) for what, target in targets.items() for way, path in spellings(room, target).items()]
    verbs = [*EXPORTS, *ALWAYS_NEW, ("config", "init")]
    known = {verb for verb in ("salvage", "sync") if room.run(journal, "help", verb)[0] == 0}
    verbs = [verb for verb in verbs if verb[0] in known or verb[0] not in ("salvage", "sync")]
    watched = (folder, os.path.dirname(config))
    before = checks.tree(*watched)

    def trial(item):
        verb, (what, way, path), force = item
        if verb[0] == "config":
            # The config file is the one file of ours that it may write.
            if what == "config":
                return []
            argv = ["--config", path, *verb]
        else:
            argv = ["--config", config, *filled(verb, path)]
        # Only a copy may take the place of a copy that lies elsewhere; a hard link to one is still ours.
        argv += ["--force"] if force and verb[0] not in ("demo", "salvage", "sync") and "--share" not in verb else []
        code, _, errors = room.run(journal, *argv, stdin="", timeout=20)
        if verb[0] == "sync" and code == 1 and "not a folder" in errors:
            # It takes folders alone; what is none cannot be written to either.
            return []
        name = f"{' '.join(verb[:2])} onto {what} by {way}{' --force' if force else ''}"
        return [] if code == 2 else [f"{name}: ends with {code}: {errors.strip()[:140]}"]

    items = checks.pick(room, itertools.product(verbs, ways, (False, True)), short=150)
    outcome = lab.Outcome(0, [])
    # In one lane: who writes what is seen at once.
    for item in items:
        lines = checks.tried([item], trial, lanes=1).bad
        after = checks.tree(*watched)
        different = checks.changes(before, after)
        if different:
            lines.append(f"{' '.join(item[0][:3])} onto {item[1][0]} by {item[1][1]}: {different[:3]}")
            before = after
        outcome.runs += 1
        outcome.bad += lines
    outcome.runs += 2
    outcome.bad += appended(room, journal)
    outcome.figures = f"{len(verbs)} verbs, {len(targets)} files of ours, up to 6 ways, with and without --force"
    return outcome


def appended(room, journal):
    """The shell writes for it: `ebb export csv >> journal.db`."""
    bad = []
    for path in (journal, room.at("side", "appended")):
        if path != journal:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if not os.path.islink(path):
                os.symlink(journal, path)
        before = checks.sha(journal)
        with open(path, "ab") as end:
            done = subprocess.run(room.argv(journal, "export", "csv"), stdout=end, stderr=subprocess.PIPE, env=room.env(), check=False)
        if checks.sha(journal) != before or done.returncode != 2:
            bad.append(f"appended to the journal, rc {done.returncode}")
    return bad


def onto_anything(room):
    """A program that takes --force at its word."""
    checks.program_that(
        room,
        'at=; last=; force=; for word; do [ "$last" = -o ] && at=$word; [ "$word" = --force ] && force=1; last=$word; done\n'
        '[ -n "$at$force" ] && [ -f "$at" ] && { echo words > "$at"; exit 0; }\nexec "$EBB" "$@"',
    )
    return onto_ours(room)


ROWS = [
    lab.Row(6, "a place that cannot be written to", read_only, checks.controls(lambda room: read_only(room, guard=False)), ("mount", "setpriv")),
    *moved.ROWS,
    lab.Row(13, "copies of sync tools, foreign files in the sync folder", conflicts,
            checks.controls(lambda room: conflicts(room, planted=False), swept_by_sync)),
    lab.Row(33, "exports over what others have", over_others, checks.controls(careless)),
    lab.Row(43, "what is written aimed at our own files", onto_ours, checks.controls(onto_anything, checks.on_old_program(onto_ours))),
]
