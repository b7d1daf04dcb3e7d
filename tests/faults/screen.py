"""A program on a terminal of its own: typed at, looked at, resized, signalled, and left alone by its terminal.

Every wait is for something that can be seen and has a deadline. A terminal is used by one thread.
"""

import codecs
import errno
import fcntl
import os
import re
import select
import signal
import struct
import termios
import time
import unicodedata

PATIENCE = 20.0
TWO_SECONDS = 2.0
# A frame is drawn in one go. This long without a byte and it is whole.
STILL = 0.06

PIECE = re.compile(
    r"\x1b\[(?P<args>[0-?]*)[ -/]*(?P<final>[@-~])"
    r"|\x1b[\]P_^X](?P<text>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b[()*+].|\x1b[^\[\]P_^X()*+]"
)
GIVEN_BACK = {1049: False, 25: True, 2004: False, 1004: False, 1000: False, 1002: False, 1003: False, 1006: False}


class Unseen(Exception):
    """Something did not come in time; the text says what, and what stood there."""


class Model:
    """What a terminal shows. It knows what a full-screen program sends: places, texts, clearing, private modes."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.modes = {25: True}
        self.clips = []
        self.left = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.clear()

    def clear(self):
        self.cells = [[" "] * self.columns for _ in range(self.rows)]
        self.x = self.y = 0

    def resize(self, columns, rows):
        self.columns, self.rows = max(columns, 1), max(rows, 1)
        self.clear()

    def feed(self, data):
        text = self.left + self.decoder.decode(data)
        self.left = ""
        at = 0
        while at < len(text):
            if text[at] != "\x1b":
                end = text.find("\x1b", at)
                end = len(text) if end < 0 else end
                for char in text[at:end]:
                    self.put(char)
                at = end
                continue
            piece = PIECE.match(text, at)
            if piece is None:
                # The rest of the sequence comes with the next bytes.
                self.left = text[at:]
                return
            self.obey(piece)
            at = piece.end()

    def put(self, char):
        if char == "\n":
            if self.y == self.rows - 1:
                self.cells = self.cells[1:] + [[" "] * self.columns]
            else:
                self.y += 1
        elif char == "\r":
            self.x = 0
        elif char == "\b":
            self.x = max(self.x - 1, 0)
        elif char >= " ":
            width = 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
            if width and self.x + width > self.columns:
                self.x = 0
                self.put("\n")
            if width:
                self.cells[self.y][self.x] = char
                if width == 2:
                    self.cells[self.y][self.x + 1] = ""
                self.x += width

    def obey(self, piece):
        text = piece.group("text")
        if text is not None and text.startswith("52;"):
            self.clips.append(text)
        final, args = piece.group("final"), piece.group("args")
        if final is None:
            return
        if args.startswith("?"):
            if final in "hl":
                for mode in args[1:].split(";"):
                    self.modes[int(mode or 0)] = final == "h"
                    if mode == "1049":
                        self.clear()
            return
        numbers = [int(n) if n.isdigit() else 0 for n in args.split(";")]
        first = numbers[0]
        if final in "Hf":
            row, column = first or 1, (numbers[1] if len(numbers) > 1 else 1) or 1
            self.y, self.x = min(row, self.rows) - 1, min(column, self.columns) - 1
        elif final == "J":
            if first >= 2:
                self.cells = [[" "] * self.columns for _ in range(self.rows)]
            else:
                self.wipe(self.y, self.x)
                for y in range(self.y + 1, self.rows):
                    self.wipe(y, 0)
        elif final == "K":
            self.wipe(self.y, self.x if first == 0 else 0)
        elif final in "ABCD":
            step = first or 1
            self.y = min(max(self.y + {"A": -step, "B": step}.get(final, 0), 0), self.rows - 1)
            self.x = min(max(self.x + {"C": step, "D": -step}.get(final, 0), 0), self.columns - 1)
        elif final == "G":
            self.x = min(first or 1, self.columns) - 1
        elif final == "d":
            self.y = min(first or 1, self.rows) - 1
        elif final == "X":
            for x in range(self.x, min(self.x + (first or 1), self.columns)):
                self.cells[self.y][x] = " "

    def wipe(self, y, x):
        self.cells[y][x:] = [" "] * (self.columns - x)

    def text(self):
        return "\n".join("".join(row).rstrip() for row in self.cells)


class Screen:
    """A terminal with a program on it.

    shape: how the program stands to its terminal when that goes. "leader": it leads the session, as below a terminal
    window. "nohup": it leads it and ignores the hang-up. "child": its parent leads the session and ignores it. "job": it is a job
    of a leader that waits for it, as of a shell; a program without one cannot be stopped by Ctrl-Z.
    """

    def __init__(self, argv, env, size=(80, 24), shape="leader", cwd=None):
        self.model = Model(*size)
        self.bytes = b""
        self.code = None
        self.shape = shape
        if shape == "nohup":
            argv = ["sh", "-c", 'trap "" HUP; exec "$@"', "sh", *argv]
        elif shape == "child":
            argv = ["sh", "-c", 'trap "" HUP; "$@"; exit $?', "sh", *argv]
        self.master, slave = os.openpty()
        self.set_size(*size)
        self.first = termios.tcgetattr(self.master)
        self.pid = os.fork()
        if self.pid == 0:
            begin(argv, env, slave, cwd, shape == "job")
        # The slave stays open here, so that the modes can be read when the program has ended.
        self.slave = slave
        os.set_inheritable(self.master, False)
        # A write that waited for room would wait for ever on a program that waits for its own words to be read.
        os.set_blocking(self.master, False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()
        for fd in (self.master, self.slave):
            if fd is not None:
                os.close(fd)

    def set_size(self, columns, rows):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        self.pump(0)
        self.model.resize(columns, rows)
        self.set_size(columns, rows)

    def send(self, keys, within=PATIENCE):
        """Types. What the program says meanwhile is read, so that neither waits for the other."""
        data = keys.encode() if isinstance(keys, str) else keys
        until = time.monotonic() + within
        while data:
            readable, writable, _ = select.select([self.master], [self.master], [], 1.0)
            if readable:
                self.pump(0)
            if writable:
                try:
                    data = data[os.write(self.master, data[:1024]):]
                except BlockingIOError:
                    pass
            if time.monotonic() > until:
                raise Unseen("the program takes no keys")

    def pump(self, within):
        """Reads what is there, waiting at most so long for a first byte; whether something came."""
        readable, _, _ = select.select([self.master], [], [], within)
        if not readable:
            return False
        try:
            data = os.read(self.master, 65536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return False
        self.bytes += data
        self.model.feed(data)
        return bool(data)

    def text(self):
        return self.model.text()

    def flat(self):
        """The screen in one line, without frames, so that a sentence is found that was broken."""
        return " ".join(re.sub(r"[│┃|╭╮╰╯─━┄]", " ", self.text()).split())

    def has(self, wanted, within=PATIENCE):
        """Whether this comes in time: a text, or a question to the screen."""
        is_so = wanted if callable(wanted) else lambda screen: wanted in screen.text() or wanted in screen.flat()
        until = time.monotonic() + within
        while not is_so(self):
            left = until - time.monotonic()
            if left <= 0 or (not self.pump(min(left, 0.1)) and self.has_ended() and not self.pump(0)):
                return is_so(self)
        return True

    def wait_for(self, wanted, within=PATIENCE):
        if not self.has(wanted, within):
            name = wanted if isinstance(wanted, str) else "what was waited for"
            raise Unseen(f"{name!r} did not come; there stood: {self.flat()[:600]}")

    def settle(self, within=TWO_SECONDS):
        """Waits until nothing more is drawn."""
        until = time.monotonic() + within
        while self.pump(STILL) and time.monotonic() < until:
            pass

    def type(self, *keys):
        """Types one after another, each when what came before is drawn. An Esc and the key after it are two keys then."""
        for key in keys:
            self.send(key)
            self.settle()

    def has_first_modes(self):
        return termios.tcgetattr(self.slave if self.master is None else self.master) == self.first

    def not_given_back(self):
        """What the terminal was not given back, as text; nothing when all is well."""
        wrong = [] if self.has_first_modes() else ["termios differ"]
        wrong += [f"?{mode} left {'on' if is_on else 'off'}" for mode, is_on in self.model.modes.items()
                  if mode in GIVEN_BACK and GIVEN_BACK[mode] != is_on]
        return ", ".join(wrong)

    def target(self):
        """The process of the program itself, also where a shell stands before it."""
        if self.shape not in ("child", "job"):
            return self.pid
        try:
            with open(f"/proc/{self.pid}/task/{self.pid}/children", encoding="ascii") as children:
                return int(children.read().split()[0])
        except (OSError, IndexError):
            return self.pid

    def signal(self, number):
        os.kill(self.target(), number)

    def has_ended(self):
        if self.code is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.code = shell_code(status)
        return self.code is not None

    def has_stopped(self, within=TWO_SECONDS):
        """Whether it stops itself in time, as at Ctrl-Z."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            self.pump(0.02)
            if state(self.target()) == "T":
                while self.pump(0):
                    pass
                return True
        return False

    def end(self, within=TWO_SECONDS):
        """The exit code as a shell would say it; None when it goes on."""
        until = time.monotonic() + within
        while not self.has_ended():
            if time.monotonic() > until:
                return None
            self.pump(0.02)
        while self.pump(0):
            pass
        return self.code

    def vanish(self):
        """Closes the terminal under the program."""
        os.close(self.master)
        os.close(self.slave)
        self.master = self.slave = None

    def end_without_terminal(self, within=TWO_SECONDS):
        until = time.monotonic() + within
        while not self.has_ended() and time.monotonic() < until:
            time.sleep(0.01)
        return self.code

    def kill(self):
        if not self.has_ended():
            target = self.target()
            for pid in {target, self.pid}:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            _, status = os.waitpid(self.pid, 0)
            self.code = shell_code(status)


def begin(argv, env, slave, cwd, is_job):
    """The child's way to the program; it never comes back."""
    try:
        os.setsid()
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        for fd in (0, 1, 2):
            os.dup2(slave, fd)
        os.closerange(3, 256)
        for number in (signal.SIGPIPE, signal.SIGINT, signal.SIGHUP, signal.SIGXFSZ):
            signal.signal(number, signal.SIG_DFL)
        if cwd:
            os.chdir(cwd)
        if is_job:
            job = os.fork()
            if job:
                os._exit(shell_code(os.waitpid(job, 0)[1]))
            os.setpgid(0, 0)
            signal.signal(signal.SIGTTOU, signal.SIG_IGN)
            os.tcsetpgrp(0, os.getpid())
            signal.signal(signal.SIGTTOU, signal.SIG_DFL)
        os.execvpe(argv[0], argv, env)
    finally:
        os._exit(127)


def shell_code(status):
    code = os.waitstatus_to_exitcode(status)
    return 128 - code if code < 0 else code


def is_alive(pid):
    """Whether a process goes on; one that only waits to be counted does not."""
    return state(pid) not in "ZX"


def state(pid):
    """The letter of a process's state; X for one that is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0]
    except OSError:
        return "X"


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
