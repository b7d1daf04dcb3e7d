"""Row 40: no verb and no screen opens a connection, and all of it works on a machine that has none."""

import os
import shutil
import subprocess
import sys

import lab
import scene
import screen
from lab import Outcome, Row

READING = (
    ("status",), ("status", "--json"), ("history",), ("history", "--json"), ("trend",), ("trend", "--json"), ("guide",), ("guide", "tapering"),
    ("helplines", "--country", "DE"), ("doctor", "--full"), ("paths",), ("config", "show"), ("export", "csv"), ("export", "fhir"),
    ("backup", "--list"), ("demo", "--days", "20", "--write", "{here}/demo.db"), ("--help",), ("--version",),
)
# A pair of the program's own ends, through which the terminal's library hears of a new size.
OWN = ("socketpair(AF_UNIX", "sendto(", "recvfrom(", "shutdown(")


def traced(room, argv, env):
    """The calls that a program makes to a network, or to anything else by a socket that has an address."""
    log = room.at("network.log")
    before = ["strace", "-f", "-qq", "-e", "trace=%network", "-e", "signal=none", "-o", log]
    done = subprocess.run([*before, *argv], stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=120, env=env, check=False)
    with open(log, errors="replace") as lines:
        calls = [line.split(maxsplit=1)[1].strip() for line in lines if "(" in line]
    return done, calls


def reaching(calls):
    """Those that could reach somebody: all but what passes between the two ends of a pair."""
    return [call for call in calls if not call.startswith(OWN) or "AF_INET" in call]


def verbs(room, here, told):
    named = [(verb.name, verb.on(told, here(verb.folder))) for verb in scene.VERBS]
    lived = here("lived")
    return named + [(" ".join(args), [part.format(here=lived) for part in args]) for args in READING]


def quiet(room):
    told, bad, seen = scene.Scene(room), [], 0
    fresh = iter(range(10_000))

    def here(folder):
        copy = room.at(f"copy-{next(fresh)}")
        shutil.copytree(room.at(folder), copy)
        return copy

    cut = ["unshare", "-rn"] if lab.has("unshare") and subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0 else []
    tried = room.some(verbs(room, here, told), 1000, 14)
    for name, args in tried:
        journal = os.path.join(args_folder(args, here, told), scene.JOURNAL)
        done, calls = traced(room, [*cut, *room.argv(journal, *args)], room.env())
        seen += len(calls)
        bad += [f"{name}: {call}" for call in reaching(calls)]
        if done.returncode not in (0, 1):
            bad.append(f"{name} without a network: exit {done.returncode}: {done.stderr.strip()[:120]}")
    calls = on_screen(room, here("lived"), cut)
    seen += len(calls)
    bad += [f"full screen: {call}" for call in reaching(calls)]
    where = "on a machine without a network" if cut else "with the network there: it could not be taken away"
    return Outcome(len(tried) + 1, bad, f"{seen} calls between the program and itself, none to anybody, {where}" if not bad else "")


def args_folder(args, here, told):
    """The folder that a verb names, or a fresh one of the lived-in journal."""
    for part in args:
        for folder in os.listdir(told.room.path):
            if folder.startswith("copy-") and told.room.at(folder) in part:
                return told.room.at(folder)
    return here("lived")


def on_screen(room, here, cut):
    """A walk through every tab, a saved check-in and the help lines."""
    log = room.at("screen.log")
    argv = [*cut, "strace", "-f", "-qq", "-e", "trace=%network", "-e", "signal=none", "-o", log]
    argv += room.argv(os.path.join(here, scene.JOURNAL))
    with screen.Screen(argv, room.env()) as shown:
        shown.wait_for("Today", within=30)
        for key in ("2", "3", "4", "5", "7", "8", "1"):
            shown.type(key)
            shown.settle()
        shown.type("b", "4", "\r")
        shown.wait_for("Saved", within=30)
        shown.type("q")
        shown.end(within=30)
    with open(log, errors="replace") as lines:
        return [line.split(maxsplit=1)[1].strip() for line in lines if "(" in line]


def talking(room):
    """A program that asks for a name and sends a word must be seen."""
    code = "import socket; s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b'x', ('127.0.0.1', 9))"
    _, calls = traced(room, [sys.executable, "-c", code], room.env())
    return Outcome(1, [f"seen: {call}" for call in reaching(calls)])


ROWS = (Row(40, "a connection to anybody", quiet, talking, needs=("strace",)),)
