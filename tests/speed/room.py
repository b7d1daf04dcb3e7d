"""A folder with the journals that are measured on, and the program. It is gone at the end."""

import os
import shutil
import subprocess
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
NOW = "2026-11-22 20:00"
TODAY = "2026-11-22"
# Name and what `ebb demo` is told. Heavy: four check-ins on each day, with entries of the other kinds beside each.
JOURNALS = {
    "1 y": ("--days", "365"),
    "10 y": ("--days", "3650"),
    "heavy 10 y": ("--days", "3650", "--a-day", "4"),
    "100 y": ("--days", "36500"),
}


class Missing(Exception):
    """It cannot be measured on this machine; the text is the reason."""


def program():
    named = os.environ.get("EBB")
    path = named or os.path.join(ROOT, "target", "release", "ebb")
    if os.path.exists(path):
        return os.path.abspath(path)
    raise SystemExit("there is no program; `cargo build --release` makes it, or EBB names one")


def has(tool):
    return shutil.which(tool) is not None


def needs(tool):
    path = shutil.which(tool)
    if path is None:
        raise Missing(f"{tool} is not installed")
    return path


class Room:
    def __init__(self, ebb, short=False):
        self.ebb, self.short = ebb, short

    def __enter__(self):
        # On the disk, as a person's journal is: a save in memory costs nothing.
        self.path = tempfile.mkdtemp(prefix="ebb-speed-")
        os.makedirs(self.at("home"))
        os.makedirs(self.at("run"), mode=0o700)
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

    def at(self, *names):
        return os.path.join(self.path, *names)

    def count(self, full, short):
        """How often it is measured."""
        return short if self.short else full

    def env(self, **more):
        """Little, and always the same: what is counted must not hang on who counts."""
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": self.at("home"),
            "XDG_RUNTIME_DIR": self.at("run"),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "TERM": "xterm-256color",
            **more,
        }

    def journal(self, name):
        """The journal of this name, made when it is first asked for."""
        # A folder each, because copies are put beside a journal.
        folder = self.at("journals", name.replace(" ", "-"))
        path = os.path.join(folder, "journal.db")
        if not os.path.exists(path):
            os.makedirs(folder)
            self.run([self.ebb, "--now", NOW, "demo", *JOURNALS[name], "--write", path])
        return path

    def own(self, name, purpose):
        """A copy of it, to write to."""
        folder = self.at(f"{purpose}-{name}".replace(" ", "-"))
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        path = os.path.join(folder, "journal.db")
        shutil.copyfile(self.journal(name), path)
        return path

    def argv(self, journal, *args):
        return [self.ebb, "--journal", journal, "--now", NOW, *args]

    def run(self, argv, stdin="", **env):
        """Runs it to its end; what it said. It has to work."""
        done = subprocess.run(argv, input=stdin, capture_output=True, text=True, env=self.env(**env), cwd=self.path, check=False)
        if done.returncode:
            raise SystemExit(f"{' '.join(argv)}\nended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout
