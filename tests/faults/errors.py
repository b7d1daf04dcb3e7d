"""The system answers with an error, before the commit and after it: rows 4 and 45."""

import os

import crashes
import lab
import scene
import trace

# The calls that a disk refuses, and what it answers.
FULL = ("ENOSPC", "EDQUOT", "EROFS")
WRITES = ("pwrite64", "fsync", "ftruncate")
REFUSED = WRITES + ("openat", "unlink", "pread64", "read", "fcntl")
CODES = {"EIO": (1,), "EAGAIN": (11,), **{error: (15,) for error in FULL}}
# The words of SQLite and of the system, which tell a person nothing.
RAW = (
    "disk I/O error", "is locked", "malformed", "SQL logic", "unable to open", "or disk is full", "readonly database", "os error",
    "constraint", "bad parameter", "not a database", "SQLITE",
)
UNSURE = "may be saved or not"
VERBS = ("check-in", "dose", "undo", "redo", "import json", "edit")

# Everything about files that a run may do after its commit.
AFTER = trace.CHANGES + ("read", "pread64", "fcntl", "lseek", "fstat", "newfstatat", "statx", "stat", "lstat", "access", "close", "getdents64", "fchmod")
AFTER_VERBS = ("check-in", "dose", "edit", "undo", "redo", "import json", "import db", "erase")


def answers(call):
    """What a disk may answer at this call: a read is not refused because the disk is full, and nobody waits to let go of a lock."""
    if call.name in WRITES or "O_CREAT" in call.line:
        return ("EIO", *FULL)
    if call.name == "unlink" or "O_RDWR" in call.line:
        return ("EIO", "EROFS")
    return ("EIO", "EAGAIN") if call.name == "fcntl" and "F_UNLCK" not in call.line else ("EIO",)


def is_close_of_folder(call, seen):
    """No kernel answers the close of a folder with an error: there is nothing to be written then. The standard library ends the program there."""
    folders = {other.line.partition("<")[2].partition(">")[0] for other in seen if other.name == "getdents64"}
    return call.name == "close" and call.line.partition("<")[2].partition(">")[0] in folders


class Faults:
    """Verbs, what the journal is before and after them, and faults at their calls."""

    def __init__(self, room):
        self.room, self.scene = room, scene.Scene(room)

    def paths(self, here):
        journal = os.path.join(here, scene.JOURNAL)
        return (journal, journal + "-journal", here, journal + ".backups")

    def states(self, verb):
        with self.room.copy(verb.folder) as here:
            journal = os.path.join(here, scene.JOURNAL)
            old = self.scene.state(journal)
            self.scene.do(journal, *verb.on(self.scene, here))
            return old, self.scene.state(journal)

    def points(self, verbs):
        """A fault for each answer at each call about the journal, once and from there on."""
        points = []
        for verb in verbs:
            states = self.states(verb)
            with self.room.copy(verb.folder) as here:
                journal = os.path.join(here, scene.JOURNAL)
                seen, _ = trace.calls(self.room, journal, *verb.on(self.scene, here), names=REFUSED, paths=self.paths(here))
            for call in seen:
                points += [(verb, call, error, lasting, states) for error in answers(call) for lasting in ("", "+")]
        return points

    def run(self, verb, call, error, lasting, here, program=None, paths=()):
        journal = os.path.join(here, scene.JOURNAL)
        before = trace.fault(call, f"error={error}", paths, lasting)
        return self.room.run(journal, *verb.on(self.scene, here), before=before, program=program)

    def bad(self, point, program=None):
        """Row 4: nothing is called saved that is not, nothing is doubled by a second try, and the message is a person's."""
        verb, call, error, lasting, (old, new) = point
        name = f"{verb.name}, {error} at {call}{lasting}"
        with self.room.copy(verb.folder) as here:
            journal = os.path.join(here, scene.JOURNAL)
            code, out, errors = self.run(verb, call, error, lasting, here, program, self.paths(here))
            text = (out + errors).strip()
            yet = self.scene.state(journal)
            if code > 100 or code < 0 or "panicked" in text:
                return f"{name}: ended with {code}: {text[:300]}"
            if yet not in (old, new):
                return f"{name}: neither as before nor as after"
            if (code == 0 or verb.word in text) and yet != new:
                return f"{name}: exit {code} and {text[:200]!r}, but it is not there"
            if code and yet == new and UNSURE not in text:
                return f"{name}: it is there, and exit {code}: {text[:300]}"
            wrong = self.bad_message(code, call, error, text, here) if code else None
            if wrong:
                return f"{name}: {wrong}"
            if code and yet == old:
                code, _, errors = self.room.run(journal, *verb.on(self.scene, here), program=program)
                if code or self.scene.state(journal) != new:
                    return f"{name}: a second try: exit {code} {errors.strip()[:200]}, and not once in the journal"
            code, out, _ = self.room.run(journal, "doctor", "--full")
            if code:
                return f"{name}: doctor --full: exit {code}: {out.strip()[-300:]}"
        return None

    def bad_message(self, code, call, error, text, here):
        # SQLite opens a file for reading when it cannot be opened for writing.
        codes = CODES[error] + ((15,) if "O_RDWR" in call.line else ())
        if code not in codes and UNSURE not in text:
            return f"exit {code} and not {CODES[error][0]}: {text[:300]}"
        if here not in text:
            return f"no path in: {text[:300]}"
        raw = [words for words in RAW if words in text]
        return f"raw words {raw} in: {text[:300]}" if raw else None

    def points_after(self, verbs):
        """EIO and EAGAIN at each call after the commit."""
        points = []
        for verb in verbs:
            _, new = self.states(verb)
            with self.room.copy(verb.folder) as here:
                journal = os.path.join(here, scene.JOURNAL)
                seen, _ = trace.calls(self.room, journal, *verb.on(self.scene, here), names=AFTER)
            # A rollback journal is emptied at a commit. Of several, it is the first one that leaves the new state.
            ends = [at for at, call in enumerate(seen) if call.name == "ftruncate" and f"{scene.JOURNAL}-journal" in call.line]
            commit = next(at for at in ends if self.is_after(verb, seen[at + 1], new))
            later = [call for call in seen[commit + 1 :] if not is_close_of_folder(call, seen)]
            points += [(verb, call, error, new) for call in later for error in ("EIO", "EAGAIN")]
        return points

    def is_after(self, verb, call, new):
        """Whether a kill before this call leaves the new state."""
        with self.room.copy(verb.folder) as here:
            journal = os.path.join(here, scene.JOURNAL)
            self.room.run(journal, *verb.on(self.scene, here), before=trace.fault(call, crashes.KILL))
            return self.scene.state(journal) == new

    def bad_after(self, point, program=None):
        """Row 45: it is there once, the exit code says so, and a script that repeats until 0 does not double it."""
        verb, call, error, new = point
        name = f"{verb.name}, {error} at {call} ({call.line[:60]})"
        with self.room.copy(verb.folder) as here:
            journal = os.path.join(here, scene.JOURNAL)
            code, out, errors = self.run(verb, call, error, "", here, program)
            text = (out + errors).strip()
            if self.scene.state(journal) != new:
                return f"{name}: exit {code}, and the journal is not as after: {text[:200]}"
            if code:
                self.room.run(journal, *verb.on(self.scene, here))
                twice = "a script would double it" if self.scene.state(journal) != new else "a second try changes nothing"
                return f"{name}: saved, and exit {code}; {twice}: {text[:300]}"
            if "ot saved" in text or "nothing was changed" in text or "still in the bin" in text:
                return f"{name}: saved, and said otherwise: {text[:300]}"
        return None


def before_the_commit(room):
    faults = Faults(room)
    points = room.some(faults.points(scene.verbs(*VERBS)), 100_000, 90)
    return lab.Outcome(len(points), crashes.sift(lab.each(points, faults.bad)), f"{len(VERBS)} verbs, each answer at each call, once and lasting")


# A program that always says that it saved.
ALWAYS_SAVED = """#!/bin/sh
"{ebb}" "$@" >/dev/null 2>&1
echo "Saved 09:00" >&2
"""
# A program that saves and says that it did not, so that whoever repeats it has the entry twice.
NEVER_SAVED = """#!/bin/sh
"{ebb}" "$@" >/dev/null 2>&1
echo "Not saved: the journal at $2 could not be written" >&2
exit 1
"""


def liars_before_the_commit(room):
    faults = Faults(room)
    points = [point for point in faults.points(scene.verbs("check-in")) if point[1].name in ("fsync", "pwrite64") and point[2] == "EIO"][::6]
    always = crashes.wrapper(room, "always", ALWAYS_SAVED)
    never = crashes.wrapper(room, "never", NEVER_SAVED)
    return lab.reds(
        2 * len(points),
        always_saved=crashes.sift(faults.bad(point, always) for point in points),
        never_saved=crashes.sift(faults.bad(point, never) for point in points),
    )


def after_the_commit(room):
    faults = Faults(room)
    points = room.some(faults.points_after(scene.verbs(*AFTER_VERBS)), 100_000, 90)
    return lab.Outcome(len(points), crashes.sift(lab.each(points, faults.bad_after)), f"{len(AFTER_VERBS)} verbs, EIO and EAGAIN at each call")


def liars_after_the_commit(room):
    """A program that says the opposite, and the version that told errors without a look into the file, where it is at hand."""
    faults = Faults(room)
    points = faults.points_after(scene.verbs("check-in", "undo"))
    never = crashes.wrapper(room, "never", NEVER_SAVED)
    trials = {"never_saved": crashes.sift(faults.bad_after(point, never) for point in points[::12])}
    old = os.environ.get("EBB_OLD")
    if old and os.path.exists(old):
        trials["old_version"] = crashes.sift(faults.bad_after(point, old) for point in points)
    return lab.reds(len(points), **trials)


ROWS = [
    lab.Row(4, "the system refuses a call", before_the_commit, liars_before_the_commit, ("strace",)),
    lab.Row(45, "an error after the commit", after_the_commit, liars_after_the_commit, ("strace",)),
]
