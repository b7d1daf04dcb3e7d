"""The power fails: row 3.

A run is recorded call by call. Then the disk is built as a power failure would leave it: what was synced is there; of the
rest each sector of 512 bytes, each truncation and each change of a folder may be there or not. Two models of a folder: in the
ordered one, as in ext4, its changes reach the disk in their order and with the next sync of any file; in the strict one each
of them is on its own, and only a sync of the folder brings it there.
"""

import collections
import os
import random
import re
import sqlite3
import tempfile

import crashes
import lab
import scene

SECTOR = 512
CALLS = (
    "openat", "creat", "read", "pwrite64", "write", "pwritev", "writev", "copy_file_range", "sendfile", "lseek", "fsync", "fdatasync",
    "ftruncate", "fallocate", "link", "linkat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir",
    "close", "dup", "dup2", "dup3",
)
DATA = ("write", "truncate", "sync")
LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
CHECK_INS = [
    scene.Verb(f"check-in {overall}", ("checkin", "--set", "nausea=2", "--overall", str(overall), "--note", f"note {overall}"))
    for overall in range(1, 7)
]
WORKLOADS = {
    "check-in": CHECK_INS,
    "import": scene.verbs("import json"),
    "merge": scene.verbs("import db"),
    "sync": scene.verbs("sync"),
    "restore": scene.verbs("restore"),
    "erase": scene.verbs("erase"),
}


class Recording:
    """What a workload did to its folder, event by event, and the state of the journal after each of its steps."""

    def __init__(self, room, scenery, verbs):
        self.events, self.states = [], []
        self.names, self.contents, self.first = {}, {}, {}
        with room.copy(verbs[0].folder) as here:
            self.here = here
            for name in scene.files(here):
                path = os.path.join(here, name)
                if os.path.isfile(path):
                    self.names[name] = len(self.contents)
                    self.contents[len(self.contents)] = bytearray(scene.content(path))
            self.first = dict(self.names)
            self.base = {inode: bytes(data) for inode, data in self.contents.items()}
            journal = os.path.join(here, scene.JOURNAL)
            # Not in the folder itself: a look is a start, which may write.
            self.states.append(self.look(room, scenery))
            for verb in verbs:
                self.events.append(("begin",))
                self.record(room, journal, verb, verb.on(scenery, here))
                self.states.append(self.look(room, scenery))

    def look(self, room, scenery):
        with room.copy(os.path.relpath(self.here, room.path)) as copy:
            return scenery.state(os.path.join(copy, scene.JOURNAL))

    def record(self, room, journal, verb, args):
        with tempfile.TemporaryDirectory(dir=room.path) as folder:
            log = os.path.join(folder, "log")
            names = ",".join("?" + name for name in CALLS)
            before = ["strace", "-f", "-qq", "-xx", "-s", "4000000", "-o", log, "-e", "trace=" + names]
            code, _, errors = room.run(journal, *args, before=before)
            if code:
                raise RuntimeError(f"{verb.name}: exit {code}: {errors}")
            self.open, self.at = {}, {}
            with open(log, encoding="ascii") as lines:
                for line in lines:
                    self.take(line, verb.word)

    def take(self, line, word):
        match = LINE.match(line)
        if match is None or match.group(3).startswith("-"):
            return
        call, rest, answer = match.group(1), match.group(2), int(match.group(3))
        texts = [bytes.fromhex(text.replace("\\x", "")) for text in TEXT.findall(rest)]
        numbers = [part.strip() for part in TEXT.sub("", rest).split(",")]
        fd = int(numbers[0]) if numbers[0].isdigit() else -1
        inode = self.open.get(fd)
        if call in ("openat", "creat"):
            self.take_open(answer, self.path(texts[0]), rest)
        elif call == "close":
            self.open.pop(fd, None)
        elif call.startswith("dup") and inode is not None:
            raise RuntimeError("a file with two numbers is not followed")
        elif call in ("write", "pwritev", "writev") and fd in (1, 2):
            if word.encode() in texts[0]:
                self.events.append(("ack",))
        elif call in ("rename", "renameat", "renameat2"):
            self.take_rename(self.path(texts[0]), self.path(texts[1]), "EXCHANGE" in rest)
        elif call in ("unlink", "unlinkat", "rmdir"):
            self.folder_event({self.path(texts[0]): None})
        elif call in ("link", "linkat"):
            self.folder_event({self.path(texts[1]): self.names.get(self.path(texts[0]))})
        elif isinstance(inode, int):
            self.take_data(call, fd, inode, numbers, texts, answer)
        elif inode is not None and call in ("fsync", "fdatasync"):
            self.events.append(("sync folder", inode))

    def path(self, text):
        path = os.fsdecode(text)
        return os.path.relpath(path, self.here) if path.startswith(self.here) else None

    def folder_event(self, changes):
        changes = {path: inode for path, inode in changes.items() if path is not None}
        if not changes:
            return
        for path, inode in changes.items():
            if inode is None:
                self.names.pop(path, None)
            else:
                self.names[path] = inode
        self.events.append(("folder", changes))

    def take_open(self, fd, path, rest):
        self.open.pop(fd, None)
        self.at[fd] = 0
        if path is None:
            return
        if path not in self.names:
            if "O_CREAT" not in rest:
                self.open[fd] = path
                return
            inode = len(self.contents)
            self.contents[inode] = bytearray()
            self.folder_event({path: inode})
        inode = self.open[fd] = self.names[path]
        if "O_TRUNC" in rest and self.contents[inode]:
            self.data_event(("truncate", inode, 0))
        if "O_APPEND" in rest:
            self.at[fd] = len(self.contents[inode])

    def take_rename(self, source, target, is_exchange):
        if source is None and target is None:
            # Outside: the list of what was handed out, which is best effort.
            return
        if self.names.get(source) is None and not any(name.startswith(f"{source}/") for name in self.names):
            raise RuntimeError("a rename of what is not known is not followed")
        moves = {}
        for name, inode in list(self.names.items()):
            for here, there in ((source, target), (target, source)):
                if name == here or name.startswith(f"{here}/"):
                    if here == source or is_exchange:
                        moves[there + name[len(here) :]] = inode
                    moves.setdefault(name, None)
        self.folder_event(moves)

    def take_data(self, call, fd, inode, numbers, texts, answer):
        if call in ("fsync", "fdatasync"):
            self.events.append(("sync", inode))
        elif call == "ftruncate":
            self.data_event(("truncate", inode, int(numbers[1])))
        elif call == "pwrite64":
            self.data_event(("write", inode, int(numbers[-1]), texts[0][:answer]))
        elif call == "write":
            self.data_event(("write", inode, self.at[fd], texts[0][:answer]))
            self.at[fd] += answer
        elif call == "read":
            self.at[fd] += answer
        elif call == "lseek":
            self.at[fd] = answer
        elif call == "copy_file_range":
            self.copy_range(fd, int(numbers[2]), answer)
        else:
            raise RuntimeError(f"{call} is not followed")

    def copy_range(self, source, target, length):
        data = bytes(self.contents[self.open[source]][self.at[source] : self.at[source] + length])
        self.data_event(("write", self.open[target], self.at[target], data))
        self.at[source] += length
        self.at[target] += length

    def data_event(self, event):
        change(self.contents[event[1]], event)
        self.events.append(event)

    def cut(self, chance, is_late):
        """Where the power fails: half of the time at any event, half of the time at one of the journal's own. Late: once it is written to."""
        if is_late:
            own = self.names[scene.JOURNAL]
            # A deed may leave the journal's own file as it is.
            return chance.randint(next((at for at, event in enumerate(self.events, 2) if event[:2] == ("write", own)), 1), len(self.events))
        if chance.random() < 0.5:
            return chance.randint(1, len(self.events))
        own = [self.names.get(name) for name in (scene.JOURNAL, f"{scene.JOURNAL}-journal")]
        return chance.choice([at for at, event in enumerate(self.events, 1) if event[0] == "ack" or event[0] in DATA and event[1] in own])

    def disk(self, cut, chance, without_sync=False):
        """The files after a power failure at the event `cut`; how many steps were acknowledged, how many begun."""
        is_ordered = chance.random() < 0.5
        survival = chance.choice((0.1, 0.5, 0.9))
        names, data = dict(self.first), {inode: bytearray(first) for inode, first in self.base.items()}
        pending, changes, acks, begun = collections.defaultdict(list), [], 0, 0
        for event in self.events[:cut]:
            kind = event[0]
            if kind == "ack":
                acks += 1
            elif kind == "begin":
                begun += 1
            elif kind in ("write", "truncate"):
                pending[event[1]].append(event)
            elif kind == "folder":
                changes.append(event[1])
            elif not without_sync:
                if kind == "sync":
                    for earlier in pending.pop(event[1], ()):
                        change(data.setdefault(event[1], bytearray()), earlier)
                done = changes if is_ordered else [each for each in changes if kind == "sync folder" and is_in(each, event[1])]
                for each in done:
                    rename(names, each)
                changes = [each for each in changes if not any(each is one for one in done)]
        for inode, events in pending.items():
            for event in torn(events, chance, survival):
                change(data.setdefault(inode, bytearray()), event)
        kept = changes[: chance.randint(0, len(changes))] if is_ordered else [each for each in changes if chance.random() < survival]
        for each in kept:
            rename(names, each)
        return {name: bytes(data.get(inode, b"")) for name, inode in names.items()}, acks, begun


def is_in(changes, folder):
    return any((os.path.dirname(path) or ".") == folder for path in changes)


def rename(names, changes):
    for path, inode in changes.items():
        if inode is None:
            names.pop(path, None)
        else:
            names[path] = inode


def change(data, event):
    if event[0] == "truncate":
        del data[event[2] :]
        data.extend(bytes(event[2] - len(data)))
        return
    _, _, offset, text = event
    data.extend(bytes(max(0, offset - len(data))))
    data[offset : offset + len(text)] = text


def torn(events, chance, survival):
    """Of writes that were not synced each sector is on its own."""
    for event in events:
        if event[0] == "truncate":
            if chance.random() < survival:
                yield event
            continue
        _, inode, offset, text = event
        at = 0
        while at < len(text):
            end = min(len(text), at + SECTOR - (offset + at) % SECTOR)
            if chance.random() < survival:
                yield ("write", inode, offset + at, text[at:end])
            at = end


def is_sound(journal):
    try:
        return lab.rows_of(journal, "PRAGMA integrity_check") == [("ok",)]
    except sqlite3.Error:
        return False


def bad_state(room, scenery, name, recording, seed, without_sync=False, left_wrong=None):
    """A power failure at a random event: the journal opens, is sound, and has every step that was acknowledged.

    An empty state is no journal at all. `left_wrong` says what else in the folder is not as it has to be after a start.
    """
    chance = random.Random(seed)
    cut = recording.cut(chance, without_sync)
    disk, acks, begun = recording.disk(cut, chance, without_sync)
    where = f"{name}, state {seed}, cut at {cut} of {len(recording.events)}"
    with tempfile.TemporaryDirectory(prefix="disk-", dir=room.path) as folder:
        for path, data in disk.items():
            full = os.path.join(folder, path)
            os.makedirs(os.path.dirname(full), mode=0o700, exist_ok=True)
            with open(os.open(full, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                file.write(data)
        journal = os.path.join(folder, scene.JOURNAL)
        try:
            state = scenery.state(journal)
        except (scene.Unreadable, sqlite3.Error) as error:
            return f"{where}: corrupt: {error}"
        code, out, _ = room.run(journal, "doctor", "--full") if state else (0, "", "")
        if code:
            return f"{where}: corrupt: doctor --full: exit {code}: {out.strip()[-200:]}"
        if state not in recording.states[acks : begun + 1]:
            return f"{where}: lost: {acks} steps acknowledged, {begun} begun, and the journal is at none of them"
        if name == "erase" and acks and scene.hits(folder):
            return f"{where}: erased, and the word is in {scene.hits(folder)}"
        for left in scene.files(folder):
            if left.startswith("meet/ebb-") and not is_sound(os.path.join(folder, left)):
                return f"{where}: corrupt: {left}"
        wrong = left_wrong and left_wrong(folder)
        if wrong:
            return f"{where}: {wrong}"
    return None


def recordings(room):
    scenery = scene.Scene(room)
    return scenery, {name: Recording(room, scenery, verbs) for name, verbs in WORKLOADS.items()}


def seeds(room, count):
    return [room.random.randrange(2**32) for _ in range(count)]


def power_failures(room):
    scenery, recorded = recordings(room)
    trials = [(name, seed) for name in recorded for seed in seeds(room, room.count(400, 15))]
    bad = lab.each(trials, lambda trial: bad_state(room, scenery, trial[0], recorded[trial[0]], trial[1]))
    return lab.Outcome(len(trials), crashes.sift(bad), f"{len(trials) // len(recorded)} states each of {', '.join(recorded)}")


def power_failures_of_a_lying_disk(room):
    """The same recordings with every sync taken out: each workload has to lose something."""
    scenery, recorded = recordings(room)
    trials = [(name, seed) for name in recorded for seed in seeds(room, room.count(60, 15))]
    bad = lab.each(trials, lambda trial: bad_state(room, scenery, trial[0], recorded[trial[0]], trial[1], without_sync=True))
    lists = {name: [line for (other, _), line in zip(trials, bad) if other == name and line] for name in recorded}
    outcome = lab.reds(len(trials), **{name.replace("-", "_"): lines for name, lines in lists.items()})
    # Each state that was lost counts, as long as every workload has one.
    return lab.Outcome(len(trials), [line for lines in lists.values() for line in lines] if outcome.bad else [], outcome.figures)


ROWS = [lab.Row(3, "the power fails", power_failures, power_failures_of_a_lying_disk, ("strace",))]
