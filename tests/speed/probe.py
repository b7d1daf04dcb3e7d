"""A program on a terminal of its own, with the moment of each piece that it writes.

The pieces are put together to a screen only afterwards: while something is timed nothing is done but reading.
"""

import fcntl
import os
import re
import select
import signal
import struct
import sys
import termios
import time

sys.path.append(os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "faults"))

from screen import Model  # noqa: E402 the same terminal that the fault rows look at

SIZE = (120, 40)
PATIENCE = 60.0
# What a program may ask its terminal at the start, and what a terminal answers.
ASKED = (
    (re.compile(rb"\x1b\[6n"), b"\x1b[1;1R"),
    (re.compile(rb"\x1b\[0?c"), b"\x1b[?62;22c"),
    (re.compile(rb"\x1b\[\?u"), b"\x1b[?0u"),
)


class Unseen(Exception):
    """Something did not come in time; the text says what, and what stood there."""


class Probe:
    def __init__(self, argv, env, cwd=None):
        self.master, slave = os.openpty()
        columns, rows = SIZE
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        name = os.ttyname(slave)
        # Opened by the leader of a session, it becomes the terminal of that session.
        actions = [(os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0), (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
        self.pieces, self.seen = [], 0
        self.model = Model(*SIZE)
        self.code = self.ended = None
        here = os.getcwd()
        os.chdir(cwd or here)
        try:
            self.began = time.perf_counter()
            self.pid = os.posix_spawnp(argv[0], argv, env, file_actions=actions, setsid=True)
        finally:
            os.chdir(here)
        self.slave = slave

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self.master)
        os.close(self.slave)

    def read(self, within):
        """One piece, if one comes in time."""
        if not select.select([self.master], [], [], within)[0]:
            return False
        data = os.read(self.master, 1 << 20)
        self.pieces.append((time.perf_counter(), data))
        if b"\x1b[" in data and len(self.pieces) < 20:
            for question, answer in ASKED:
                if question.search(data):
                    os.write(self.master, answer)
        return True

    def settle(self, still=0.05, within=PATIENCE):
        """Reads until nothing has come for so long and no thread has anything to do."""
        until = time.perf_counter() + within
        while time.perf_counter() < until and self.has_not_ended():
            if not self.read(still) and self.is_asleep():
                return
        if time.perf_counter() >= until:
            raise Unseen(f"it is never still; there stands: {self.text()[:600]}")

    def until(self, wanted, within=PATIENCE):
        """Reads until this stands on the screen; the moment at which the piece came that brought it."""
        until = time.perf_counter() + within
        while True:
            while self.seen < len(self.pieces):
                moment, data = self.pieces[self.seen]
                self.seen += 1
                self.model.feed(data)
                if wanted in self.model.text():
                    return moment
            if time.perf_counter() > until or not self.has_not_ended():
                raise Unseen(f"{wanted!r} did not come; there stands: {self.text()[:600]}")
            # A frame comes in one go: the model is fed when that is over.
            while self.read(0.01):
                pass

    def send(self, keys):
        os.write(self.master, keys if isinstance(keys, bytes) else keys.encode())

    def type(self, *keys):
        """One after another, each when what came before is drawn."""
        for key in keys:
            self.send(key)
            self.settle(0.03)

    def text(self):
        for _, data in self.pieces[self.seen:]:
            self.model.feed(data)
        self.seen = len(self.pieces)
        return self.model.text()

    def answer(self, keys, still=0.02, within=PATIENCE):
        """Types, and gives the seconds to the last piece of what came of it; `None` when nothing came."""
        count = len(self.pieces)
        began = time.perf_counter()
        self.send(keys)
        self.settle(still, within)
        return self.pieces[-1][0] - began if len(self.pieces) > count else None

    # What the system says of it.

    def threads(self):
        try:
            return [f"/proc/{self.pid}/task/{task}" for task in os.listdir(f"/proc/{self.pid}/task")]
        except OSError:
            return []

    def is_asleep(self):
        return all(status(task, "State")[:1] in "SZ" for task in self.threads())

    def cpu(self):
        """Seconds of all threads."""
        return sum(int(text_of(f"{task}/schedstat").split()[0] or 0) for task in self.threads()) / 1e9

    def switches(self):
        return sum(int(status(task, "voluntary_ctxt_switches") or 0) for task in self.threads())

    def resident(self):
        """Megabytes."""
        return int(status(f"/proc/{self.pid}", "VmRSS").split()[0]) / 1024

    # Its end.

    def has_not_ended(self):
        if self.code is None:
            pid, code = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code, self.ended = os.waitstatus_to_exitcode(code), time.perf_counter()
        return self.code is None

    def end(self, codes=(0,), within=PATIENCE):
        """Waits for it, reading on; the moment. `codes`: with which it may end."""
        until = time.perf_counter() + within
        while self.has_not_ended():
            if time.perf_counter() > until:
                raise Unseen(f"it does not end; there stands: {self.text()[:600]}")
            self.read(0.0005)
        if self.code not in codes:
            raise Unseen(f"it ended with {self.code}; there stands: {self.text()[:600]}")
        return self.ended


def text_of(path):
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return " "


def status(process, field):
    found = re.search(rf"^{field}:\s*(.*)$", text_of(f"{process}/status"), re.MULTILINE)
    return found[1] if found else "S"
