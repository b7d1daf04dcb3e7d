"""What every row needs: a room with a journal in it, the program, and how a result is told."""

import concurrent.futures
import contextlib
import dataclasses
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
NOW = "2026-11-28 09:00"
HEAD = "row | fault | runs | bad | figures | control"


class Missing(Exception):
    """The row cannot be tried on this machine; the text is the reason."""


@dataclasses.dataclass
class Outcome:
    """How often it was tried, what went wrong (one line each), and figures worth keeping."""

    runs: int
    bad: list
    figures: str = ""


@dataclasses.dataclass
class Row:
    """A row of the fault matrix. `trial` has to end without a bad line, `control` with one."""

    number: int
    fault: str
    trial: object
    control: object
    needs: tuple = ()
    part: str = ""

    def order(self):
        return (self.number, self.part)


class Result:
    def __init__(self, row):
        self.row, self.trial, self.control, self.skipped = row, None, None, ""

    def is_bad(self):
        if self.skipped:
            return False
        return bool(self.trial.bad) or self.trial.runs == 0 or not self.control.bad


def line(result):
    row = result.row
    name = f"{row.number}{row.part} | {row.fault}"
    if result.skipped:
        return f"{name} | SKIPPED: {result.skipped}"
    trial, control = result.trial, result.control
    bad = f"{len(trial.bad)}" + "".join(f"\n      {line}" for line in trial.bad[:8])
    red = f"red, as it has to be ({len(control.bad)} of {control.runs})" if control.bad else f"PASSED, so the trial proves nothing: {control.figures}"
    return f"{name} | {trial.runs} | {bad} | {trial.figures} | {red}"


def has(tool):
    return shutil.which(tool) is not None


def each(items, work):
    """Does the work on every item, as many at a time as there are cores. The answers have the order of the items."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(work, items))


def reds(runs, **trials):
    """The outcome of a control of several trials, which all have to be bad: one line each, or none when one of them passed."""
    passed = [name for name, bad in trials.items() if not bad]
    return Outcome(runs, [] if passed else [f"{name}: {bad[0]}" for name, bad in trials.items()], "passed: " + ", ".join(passed))


def program():
    named = os.environ.get("EBB")
    built = [os.path.join(ROOT, "target", kind, "ebb") for kind in ("release", "debug")]
    for path in [named] if named else built:
        if path and os.path.exists(path):
            return os.path.abspath(path)
    raise SystemExit("there is no program; `cargo build --release` makes it, or EBB names one")


MEMORY = "/dev/shm"


def ground():
    """Where rooms stand. In memory if it is there: most trials ask what happens, and not how fast the disk is."""
    is_memory = "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2**28
    return MEMORY if is_memory else tempfile.gettempdir()


class Room:
    """A folder of its own with HOME and a journal's place, gone at the end."""

    def __init__(self, short, seed):
        self.short, self.random = short, random.Random(seed)
        self.ebb = program()

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="ebb-faults-", dir=ground())
        self.home = os.path.join(self.path, "home")
        self.runtime = os.path.join(self.path, "runtime")
        os.makedirs(self.home)
        os.makedirs(self.runtime, mode=0o700)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    def count(self, full, short):
        """How often to try."""
        return short if self.short else full

    def at(self, *names):
        return os.path.join(self.path, *names)

    def some(self, items, full, short):
        """As many of the items as are to be tried, chosen at random, in their order."""
        items = list(items)
        chosen = self.random.sample(range(len(items)), min(len(items), self.count(full, short)))
        return [items[at] for at in sorted(chosen)]

    @contextlib.contextmanager
    def copy(self, *names):
        """A copy of a folder of the room, gone at the end: what is tried in it stays in it."""
        with tempfile.TemporaryDirectory(prefix="copy-", dir=self.path) as folder:
            here = os.path.join(folder, "here")
            shutil.copytree(self.at(*names), here, symlinks=True)
            yield here

    def env(self, **more):
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return {**kept, "HOME": self.home, "XDG_RUNTIME_DIR": self.runtime, "TZ": "UTC", "TERM": "xterm-256color", **more}

    def argv(self, journal, *args, now=NOW):
        return [self.ebb, "--journal", journal, "--now", now, *args]

    def run(self, journal, *args, before=(), stdin="", timeout=60, program=None, now=NOW, **env):
        """Runs a verb to its end and gives exit code, output and errors. `before` stands before it: strace and its kind."""
        argv = [*before, *self.argv(journal, *args, now=now)]
        if program:
            argv[len(before)] = program
        done = subprocess.run(
            argv, input=stdin, capture_output=True, text=True, errors="replace", timeout=timeout, env=self.env(**env), check=False
        )
        return done.returncode, done.stdout, done.stderr


def rows_of(journal, sql, *values):
    """What a query gives on a copy of the file, so that looking changes nothing."""
    with tempfile.TemporaryDirectory(prefix="ebb-look-") as folder:
        copy = os.path.join(folder, "look.db")
        shutil.copyfile(journal, copy)
        if os.path.exists(journal + "-journal"):
            shutil.copyfile(journal + "-journal", copy + "-journal")
        db = sqlite3.connect(copy)
        try:
            return db.execute(sql, values).fetchall()
        finally:
            db.close()
