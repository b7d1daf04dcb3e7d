"""Killed, and without power, while a journal is encrypted, given another passphrase or key, made plain, restored, or saved to:
rows 2e and 3e.

After each cut one sound journal is there, which the old passphrase opens or the new one. After the next start no word of an
encrypted one lies about, no header of a plain one, and nothing unfinished.

Each opening costs what a passphrase costs. A build with RUSTFLAGS="--cfg fuzzing" spares that, and makes the full counts a
matter of minutes; its headers are not those of the program.
"""

import json
import os
import re
import shutil

import crashes
import lab
import power
import scene
import trace

OLD, NEW = "one", "two"
WORD = "a walk by the river"
DEEDS = (
    scene.Verb("passphrase set", ("passphrase", "set"), word="The journal is encrypted"),
    scene.Verb("passphrase change", ("passphrase", "change"), folder="locked", word="another passphrase"),
    scene.Verb("passphrase change --new-key", ("passphrase", "change", "--new-key"), folder="locked", word="another passphrase"),
    scene.Verb("passphrase remove", ("passphrase", "remove"), folder="locked", word="plain again"),
    scene.Verb("restore", ("restore", "{copy}", "--yes"), folder="locked", word="Restored"),
    scene.Verb("check-in", ("checkin", "--overall", "3", "--note", WORD), folder="locked"),
    scene.Verb("import", ("import", "{theirs}/all.json"), folder="locked", word="Taken in"),
    scene.Verb("erase", ("bin", "erase", "{marker}", "--yes"), folder="locked", word="Erased"),
    scene.Verb("restore without a journal", ("restore", "{here}/journal.db.backups/{copy}", "--yes"), folder="gone", word="Restored"),
)
TYPED = {
    "passphrase set": f"{NEW}\n{NEW}\n",
    "passphrase change": f"{OLD}\n{NEW}\n{NEW}\n",
    "passphrase change --new-key": f"{OLD}\n{NEW}\n{NEW}\n",
    "passphrase remove": f"{OLD}\n",
}


def is_encrypted(journal):
    return os.path.exists(journal) and scene.content(journal)[:4] == b"EbbK"


def is_unfinished(name):
    """Whether it is to be gone after a start. What carries the number of a process is spared while one of that number runs."""
    of_process = re.search(r"(?:^|/)\.ebb-[a-z]+-(\d+)-", name)
    if of_process and os.path.exists(f"/proc/{of_process.group(1)}"):
        return False
    return bool(of_process) or "/.ebb-" in f"/{name}" or name.endswith(".key-next")


class Typing:
    """A room in which somebody types: the lines that a deed asks for, and whatever passphrase opens the journal now."""

    def __init__(self, room):
        self.room = room

    def __getattr__(self, name):
        return getattr(self.room, name)

    def run(self, journal, *args, **more):
        typed = TYPED.get(" ".join(args))
        if typed:
            return self.room.run(journal, *args, stdin=typed, **more)
        if os.path.exists(journal) and not is_encrypted(journal):
            return self.room.run(journal, *args, **more)
        for passphrase in (OLD, NEW):
            answer = self.room.run(journal, *args, EBB_PASSPHRASE_COMMAND=f"echo {passphrase}", **more)
            if answer[0] != 12:
                break
        return answer


class Keys:
    """A plain and an encrypted folder with the same journal and copies, and what the journal says."""

    def __init__(self, room):
        self.room = Typing(room)
        self.ids = {}
        scenery = scene.Scene(room)
        scenery.do(room.at("lived", scene.JOURNAL), "checkin", "--overall", "5", "--note", WORD)
        scenery.do(room.at("lived", scene.JOURNAL), "backup")
        os.makedirs(room.at("locked-parent"))
        with room.copy("lived") as here:
            journal = os.path.join(here, scene.JOURNAL)
            code, _, errors = room.run(journal, "passphrase", "set", stdin=f"{OLD}\n{OLD}\n")
            if code:
                raise RuntimeError(errors)
            os.rename(here, room.at("locked"))
            os.mkdir(here)
        self.ids = scenery.ids
        shutil.copytree(room.at("locked"), room.at("gone"))
        for name in (scene.JOURNAL, f"{scene.JOURNAL}.key"):
            os.remove(room.at("gone", name))

    def state(self, journal):
        """What the journal says; nothing where there is none."""
        if not os.path.exists(journal):
            return ""
        code, out, errors = self.room.run(journal, "export", "json")
        if code:
            raise scene.Unreadable(f"export: exit {code}: {errors.strip()}")
        # Each run draws its ids anew.
        return json.dumps(scene.without_ids(json.loads(out)))

    def left_wrong(self, here):
        """What is not as it has to be after a start."""
        journal = os.path.join(here, scene.JOURNAL)
        if not os.path.exists(journal):
            return None
        names = list(scene.files(here))
        unfinished = [name for name in names if is_unfinished(name)]
        if unfinished:
            return f"left: {unfinished}"
        if is_encrypted(journal):
            found = [name for name in names if os.path.isfile(os.path.join(here, name)) and WORD.encode() in scene.content(os.path.join(here, name))]
            if found:
                return f"the journal is encrypted, and its words are in {found}"
        headers = [name for name in names if name.endswith(".key")]
        if not is_encrypted(journal) and headers:
            return f"the journal is plain, and there are {headers}"
        code, out, errors = self.room.run(journal, "backup", "--list", "--json")
        if code or '"sound": false' in out:
            return f"copies: exit {code}: {out[-300:]}{errors}"
        return None


def points(keys, deeds):
    found = []
    for deed in deeds:
        with keys.room.copy(deed.folder) as here:
            journal = os.path.join(here, scene.JOURNAL)
            states = {keys.state(journal)}
            seen, (code, _, errors) = trace.calls(keys.room, journal, *deed.on(keys, here))
            if code or deed.word not in errors:
                raise RuntimeError(f"{deed.name}: exit {code}: {errors}")
            states.add(keys.state(journal))
            if deed.name.startswith("passphrase") and len(states) > 1:
                raise RuntimeError(f"{deed.name}: the journal says what it should not")
        found += [(deed, call, states) for call in trace.about(seen, keys.room.path)]
    return found


def bad(keys, point, loses=()):
    deed, call, states = point
    with keys.room.copy(deed.folder) as here:
        journal = os.path.join(here, scene.JOURNAL)
        keys.room.run(journal, *deed.on(keys, here), before=trace.fault(call, crashes.KILL))
        for ending in loses:
            if os.path.exists(journal + ending):
                os.remove(journal + ending)
        try:
            yet = keys.state(journal)
        except scene.Unreadable as error:
            return f"{deed.name}, {call}: {error}"
        if yet not in states:
            return f"{deed.name}, {call}: the journal says something else"
        if not yet:
            return None
        code, out, errors = keys.room.run(journal, "doctor", "--full")
        if code:
            return f"{deed.name}, {call}: doctor --full: exit {code}: {out.strip()[-300:]} {errors.strip()}"
        wrong = keys.left_wrong(here)
        return wrong and f"{deed.name}, {call}: {wrong}"


def killed(room):
    keys = Keys(room)
    tried = room.some(points(keys, DEEDS), 100_000, 60)
    return lab.Outcome(len(tried), crashes.sift(lab.each(tried, lambda point: bad(keys, point))), f"{len(DEEDS)} deeds, every call")


def killed_without_headers(room):
    """With the headers taken away after the kill the journal has to be found shut."""
    keys = Keys(room)
    tried = points(keys, DEEDS[1:2])[:6]
    return lab.Outcome(len(tried), crashes.sift(bad(keys, point, loses=(".key", ".key-next")) for point in tried))


def recordings(room):
    keys = Keys(room)
    return keys, {deed.name: power.Recording(keys.room, keys, [deed]) for deed in DEEDS}


def power_failures(room, without_sync=False):
    keys, recorded = recordings(room)
    count = room.count(60, 10) if without_sync else room.count(1000, 10)
    trials = [(name, seed) for name in recorded for seed in power.seeds(room, count)]
    states = lab.each(
        trials, lambda trial: power.bad_state(keys.room, keys, trial[0], recorded[trial[0]], trial[1], without_sync, keys.left_wrong)
    )
    return lab.Outcome(len(trials), crashes.sift(states), f"{count} states each of {', '.join(recorded)}")


def power_failures_of_a_lying_disk(room):
    return power_failures(room, without_sync=True)


ROWS = [
    lab.Row(2, "killed while a passphrase is set, changed, removed, and in what an encrypted journal saves", killed, killed_without_headers, ("strace",), part="e"),
    lab.Row(3, "the power fails while a passphrase is set, changed, removed, and in what an encrypted journal saves", power_failures, power_failures_of_a_lying_disk, ("strace",), part="e"),
]
