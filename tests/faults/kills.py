"""kill -9 while a person types and saves: row 1."""

import collections
import json
import os
import random
import shutil
import subprocess
import tempfile
import time

import checks
import lab
import scene

SAVE = "\x13"
# A draft may lose a second of typing; this is that and a little for the machine.
REST = 1.1


class Kills:
    """A journal for each kill, on a disk and not in memory, so that a save takes as long as it does."""

    def __init__(self, room, preload=""):
        self.room, self.preload = room, preload
        self.scene = scene.Scene(room)
        self.met = collections.Counter()

    def bad(self, seed):
        with tempfile.TemporaryDirectory(prefix="ebb-faults-") as folder:
            here = os.path.join(folder, "here")
            shutil.copytree(self.room.at("lived"), here)
            wrong = self.round(os.path.join(here, scene.JOURNAL), random.Random(seed))
        return [f"kill {seed}: {wrong}"] if wrong else []

    def round(self, journal, chance):
        """Types ratings and a note, perhaps saves, and kills; then looks at what is left."""
        env = {"LD_PRELOAD": self.preload} if self.preload else {}
        kind = chance.choice(("typing", "resting", "saving", "saving", "saving", "saved"))
        ratings = [chance.randint(0, 4) for _ in range(chance.randint(1, 17))]
        words = f"words of {chance.randrange(10**9)}"
        typed, is_saved = 0, False
        with checks.opened(self.room, journal, size=(80, 24), **env) as terminal:
            terminal.wait_for("? keys")
            terminal.send("c")
            terminal.wait_for("0 of 18 answered")
            for rating in ratings:
                terminal.send(str(rating))
            terminal.wait_for(f"{len(ratings)} of 18 answered")
            terminal.send("n")
            terminal.wait_for("back to the ratings")
            end = len(words) if kind != "typing" else chance.randint(0, len(words))
            for typed in range(1, end + 1):
                terminal.send(words[typed - 1])
            if kind == "typing":
                self.linger(terminal, chance.uniform(0, 0.3))
            elif kind == "resting":
                terminal.wait_for(words)
                self.linger(terminal, REST)
            elif kind == "saving":
                terminal.send(SAVE)
                is_saved = terminal.has("Saved", chance.uniform(0, 0.3) if chance.random() < 0.5 else chance.uniform(0, 0.02))
            else:
                terminal.send(SAVE)
                terminal.wait_for("Saved")
                is_saved = True
            terminal.kill()
        return self.look(journal, ratings, words, is_saved, kind)

    def linger(self, terminal, seconds):
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            terminal.pump(left)

    def look(self, journal, ratings, words, is_saved, kind):
        code, out, errors = self.room.run(journal, "doctor", "--full")
        if code:
            return f"doctor --full: exit {code}: {out[-200:]} {errors[-200:]}"
        code, out, _ = self.room.run(journal, "export", "json")
        entries = [each for each in json.loads(out)["check_ins"] if each["moment"]["day"] == "2026-11-28"]
        drafts = [json.loads(content) for (content,) in lab.rows_of(journal, "SELECT content FROM draft")]
        self.met[f"{kind}: {'entry' if entries else 'draft' if drafts else 'neither'}"] += 1
        if len(entries) > 1 or len(drafts) > 1 or entries and drafts:
            return f"{len(entries)} entries and {len(drafts)} drafts of one check-in"
        if entries:
            entry = entries[0]
            answers = [rating for rating in entry["ratings"].values() if rating is not None]
            if entry.get("note") != words or sorted(answers) != sorted(ratings):
                return f"a torn entry: {entry}"
            return None
        if is_saved:
            return "Saved was seen, and the entry is not there"
        if kind == "resting":
            answers = drafts and [answer["severity"] for answer in drafts[0]["answers"].values() if answer["severity"] is not None]
            if not drafts or drafts[0]["note"] != words or sorted(answers) != sorted(ratings):
                return f"more than a second of typing is lost: {drafts}"
            with checks.opened(self.room, journal, size=(80, 24)) as terminal:
                terminal.wait_for("? keys")
                terminal.send("c")
                if not terminal.has(f"{len(ratings)} of 18 answered"):
                    return f"the draft does not come back: {terminal.flat()[:300]}"
        return None


def kills(room):
    trials = Kills(room)
    seeds = [room.random.randrange(2**32) for _ in range(room.count(1000, 24))]
    return checks.tried(seeds, trials.bad, lambda: ", ".join(f"{met} {n}" for met, n in sorted(trials.met.items())))


def kills_of_a_lazy_store(room):
    """The same rounds over a store that keeps its writes in memory: a confirmed entry has to be missed."""
    library = room.at("lazy.so")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, os.path.join(lab.HERE, "lazy.c"), "-ldl"], check=True)
    trials = Kills(room, preload=library)
    outcome = checks.tried([room.random.randrange(2**32) for _ in range(24)], trials.bad)
    return lab.Outcome(outcome.runs, [line for line in outcome.bad if "Saved was seen" in line])


ROWS = [lab.Row(1, "kill -9 while it is typed and saved", kills, kills_of_a_lazy_store, ("cc",))]
