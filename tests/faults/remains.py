"""What a run leaves of a passphrase and of what was typed: arguments, environment, cores, files, scrollback. Row 39."""

import itertools
import os
import signal

import checks
import lab
from forms import CTRL_C, WORD

PASSPHRASE = "a hedgehog under ivy"
ENDS = ("quit", signal.SIGSEGV, signal.SIGABRT, signal.SIGBUS, signal.SIGTERM, signal.SIGKILL, signal.SIGHUP)
# Where the words stand when it ends: a note, a form, a search.
TYPED = (("c", "2", "n"), ("d", "2", "\t", "\t"), ("/",))
MAIN, OTHER = b"\x1b[?1049l", b"\x1b[?1049h"


def remains(room, is_locked=True):
    """`is_locked`: without a passphrase the words have to be found in the journal's own files."""
    base = checks.begun(room, room.at("base", "journal.db"))
    if is_locked:
        code, _, errors = room.run(base, "passphrase", "set", stdin=f"{PASSPHRASE}\n{PASSPHRASE}\n")
        if code:
            raise checks.Broken(f"no passphrase: {code}: {errors.strip()[:200]}")

    def trial(item):
        number, end, way = item
        name = f"{way[0]}, {getattr(end, 'name', end)}"
        bad = []
        with room.copy("base") as here:
            cwd = os.path.join(here, "cwd")
            os.mkdir(cwd)
            before = ("prlimit", "--core=unlimited:unlimited", "--", "env", "-C", cwd)
            with checks.opened(room, os.path.join(here, "journal.db"), before=before, TMPDIR=here) as seen:
                if is_locked:
                    seen.wait_for("Passphrase:")
                    seen.type(PASSPHRASE, "\r")
                # The locked page has the row of help lines, too.
                seen.wait_for("1 Today")
                seen.settle()
                seen.type(*way, WORD)
                seen.wait_for(WORD)
                of_process = f"/proc/{seen.target()}/"
                for what in ("cmdline", "environ"):
                    with open(of_process + what, "rb") as file:
                        if PASSPHRASE.encode() in file.read():
                            bad.append(f"{name}: the passphrase stands in {what}")
                with open(of_process + "limits", encoding="ascii") as file:
                    core = next(line for line in file if line.startswith("Max core file size"))
                if core.split()[4] != "0":
                    bad.append(f"{name}: a core may be written: {core.strip()}")
                if end == "quit":
                    for key in ("\x1b", "\x1b", CTRL_C, "4"):
                        if not seen.has_ended():
                            seen.type(key)
                else:
                    # The language's own look at a full stack takes the first one that no memory caused.
                    for _ in range(5):
                        seen.signal(end)
                        if seen.end(0.5) is not None:
                            break
                if seen.end(4) is None:
                    bad.append(f"{name}: it goes on")
                # Outside the other screen nothing of the journal may stand: it would be scrolled back to.
                first, *others = seen.bytes.split(OTHER)
                outside = first + b"".join(part.split(MAIN, 1)[1] for part in others if MAIN in part)
                for word in (WORD, PASSPHRASE, "first words"):
                    if word.encode() in outside:
                        bad.append(f"{name}: {word!r} stands in the scrollback")
                if PASSPHRASE.encode() in seen.bytes:
                    bad.append(f"{name}: the passphrase was shown")
            for folder, _, files in itertools.chain(os.walk(here), os.walk(room.home), os.walk(room.runtime)):
                for file in files:
                    path = os.path.join(folder, file)
                    with open(path, "rb") as opened:
                        held = opened.read()
                    if file.startswith("core"):
                        bad.append(f"{name}: a core lies there")
                    if any(word.encode() in held for word in (WORD, PASSPHRASE, "first words", "second words")):
                        bad.append(f"{name}: words in {os.path.relpath(path, here)}")
        return bad

    some = checks.pick(room, list(itertools.product(ENDS, TYPED)), short=4)
    return checks.tried([(number, *item) for number, item in enumerate(some)], trial, f"{len(ENDS)} ends, {len(TYPED)} places")


ROWS = [
    lab.Row(39, "what a run leaves of a passphrase and its words", remains, checks.controls(lambda room: remains(room, is_locked=False)), ("prlimit",)),
]
