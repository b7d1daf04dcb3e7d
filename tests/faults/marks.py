"""No word of an encrypted journal in any file, at any moment: row 37.

Twenty words that no program writes by itself go into a journal by every way in: typed, edited, taken back, erased, taken in,
merged, exported. Every call that writes to a file is watched with all of its bytes, so that no moment is missed, and afterwards
every file is searched. Exports are plain, so they go to a folder that is left out. The control does the same in a plain journal,
where each word has to be found.
"""

import json
import os
import re
import shutil
import tempfile
import time

import checks
import crashes
import disk
import keys
import lab
import power
import scene
import trace

WORDS = (
    "porcupine", "lantern", "quagmire", "zucchini", "bassoon", "marzipan", "obelisk", "thimble", "walrus", "gazebo",
    "pumice", "yodel", "cumin", "ferret", "hubcap", "igloo", "jackdaw", "kazoo", "nutmeg", "rhubarb",
)
WRITES = ("write", "pwrite64", "writev", "pwritev", "pwritev2")
COPIES = ("copy_file_range", "sendfile", "splice")
# A file that is written as memory would pass by the watch.
SHARED = re.compile(r"MAP_SHARED.*PROT_WRITE|PROT_WRITE.*MAP_SHARED")
LINE = re.compile(r"^(?:\d+ +)?(\w+)\((.*)$")
FILE = re.compile(r"\d+<(/[^>]*)>")
PASSPHRASE = "one"
TRACED = ",".join("?" + name for name in (*WRITES, *COPIES, "mmap"))


class Life:
    """A journal with the words in it, in a home of its own, and everything that was written meanwhile."""

    def __init__(self, room, is_locked, here=None):
        self.room, self.is_locked = room, is_locked
        self.here = here or room.at("home", "mine")
        self.outside = tempfile.mkdtemp(prefix="outside-", dir=room.path)
        self.temp = room.at("temp")
        for folder in (self.here, self.temp):
            os.makedirs(folder, mode=0o700, exist_ok=True)
        self.journal = os.path.join(self.here, scene.JOURNAL)
        self.written, self.bad, self.calls, self.logs = set(), [], 0, 0

    def env(self):
        known = {"EBB_PASSPHRASE_COMMAND": f"echo {PASSPHRASE}"} if self.is_locked else {}
        return {"TMPDIR": self.temp, **known}

    def strace(self, *more):
        self.logs += 1
        log = os.path.join(self.outside, f"log-{self.logs}")
        return log, ["strace", "-f", "-q", "-y", "-s", "4000000", "-o", log, "-e", "trace=" + TRACED, *more]

    def do(self, *args, stdin="", kill=None, journal=None, code=0):
        """Runs a verb under the watch."""
        more = []
        if kill:
            more = ["-e", f"trace={TRACED},?{kill.name}", "-e", f"inject={kill.name}:{crashes.KILL}:when={kill.number}"]
        log, before = self.strace(*more)
        answer = self.room.run(journal or self.journal, *args, before=before, stdin=stdin, **self.env())
        if kill is None and code is not None and answer[0] != code:
            raise RuntimeError(f"{' '.join(args)}: exit {answer[0]}: {answer[2]}")
        self.look(log, " ".join(args))
        return answer[1]

    def look(self, log, name):
        """Searches every byte that a run wrote."""
        with open(log, errors="replace") as lines:
            for line in lines:
                match = LINE.match(line)
                if match is None:
                    continue
                call, rest = match.groups()
                files = [path for path in FILE.findall(rest.split('"')[0] if call in WRITES else rest) if not path.startswith("/dev/")]
                if call == "sendfile":
                    files.reverse()
                if not files or files[-1].startswith(self.outside):
                    continue
                self.calls += 1
                if call == "mmap":
                    if SHARED.search(rest):
                        self.bad.append(f"{name}: {files[-1]} is written as memory, which nobody watches")
                    continue
                found = {word for word in WORDS if word in rest} if call in WRITES else self.copied(files[0])
                self.note(found, f"{name}: {call} to {files[-1]}")
        os.remove(log)

    def copied(self, source):
        """The words in a file that was copied without passing through the program."""
        return words_in(source) if os.path.isfile(source) else set()

    def note(self, found, where):
        self.written |= found
        if found:
            self.bad.append(f"{where}: {sorted(found)}")

    def search(self, when):
        """Searches every file under home and the temporary folders."""
        for top in (self.here, self.room.home, self.room.runtime, self.temp):
            for name in scene.files(top):
                path = os.path.join(top, name)
                if os.path.isfile(path) and not path.startswith(self.outside):
                    self.note(words_in(path), f"{when}: {path}")

    def begin(self):
        """The passphrase before the first word, and what comes from elsewhere."""
        self.do("start", "--last-use", "2026-11-13")
        if self.is_locked:
            self.do("passphrase", "set", stdin=f"{PASSPHRASE}\n{PASSPHRASE}\n")
        self.other = os.path.join(self.outside, "other", "other.db")
        os.makedirs(os.path.dirname(self.other))
        self.theirs("start", "--last-use", "2026-11-13")
        for word in WORDS[17:20]:
            self.theirs("checkin", "--overall", "4", "--note", f"{word} there")
        self.theirs("export", "json", "-o", os.path.join(self.outside, "theirs.json"))

    def theirs(self, *args, **more):
        code, out, errors = self.room.run(self.other, *args, **more, **self.env())
        if code:
            raise RuntimeError(f"{' '.join(args)}: exit {code}: {errors}")
        return out

    def verbs(self):
        """Every way in and out, one after another."""
        for at, word in enumerate(WORDS[:6]):
            yield ("checkin", "--set", "nausea=2", "--overall", str(at), "--note", f"a {word} by the river")
        yield ("undo",)
        yield ("redo",)
        for word in WORDS[6:9]:
            yield ("symptom", "add", word, "--category", "physical")
        for word in WORDS[9:12]:
            yield ("question", "add", f"about {word}")
        for word in WORDS[12:15]:
            yield ("contact", "add", word, "12")
        yield ("reason", "add", f"for the {WORDS[15]}")
        yield ("dose", "2g", "powder", "--note", WORDS[16])
        yield ("backup",)
        yield ("import", self.other)
        yield ("undo",)
        yield ("import", os.path.join(self.outside, "theirs.json"))
        yield ("backup", os.path.join(self.here, "elsewhere.db"))
        for form, name in (("csv", f"{WORDS[0]}/"), ("json", f"{WORDS[1]}.json"), ("fhir", f"{WORDS[2]}.fhir.json")):
            yield ("export", form, "-o", os.path.join(self.outside, name))
        yield ("report", "--with-notes", "-o", os.path.join(self.outside, f"{WORDS[3]}.html"))
        yield ("sync", self.room.at("home", "meeting"))
        yield ("status",)
        yield ("doctor", "--full")
        yield ("history", "-n", "50")

    def live(self):
        self.begin()
        os.makedirs(self.room.at("home", "meeting"), exist_ok=True)
        for args in self.verbs():
            self.do(*args)
        self.edit()
        self.meet()
        self.restore()
        self.search("after a life")

    def edit(self):
        """Edits, deletes, erases, and takes the rest back."""
        questions = json.loads(self.do("question", "list", "--json"))["records"]
        self.do("question", "edit", questions[0]["id"], "--text", f"again about {WORDS[9]}")
        self.do("question", "delete", questions[0]["id"])
        self.do("undo")
        self.do("redo")
        self.do("bin", "erase", questions[0]["id"], "--yes")

    def meet(self):
        """Another machine, under the same passphrase if there is one, leaves its file; the journals meet twice."""
        meeting = self.room.at("home", "meeting")
        if self.is_locked:
            self.theirs("passphrase", "set", stdin=f"{PASSPHRASE}\n{PASSPHRASE}\n")
        self.theirs("sync", meeting)
        self.do("sync", meeting)
        self.theirs("sync", meeting)

    def restore(self):
        copies = json.loads(self.do("backup", "--list", "--json"))["copies"]
        self.do("restore", copies[-1]["name"], "--yes")
        self.do("undo", code=None)

    def killed(self, args, kill):
        """A verb that is killed at a call, and the search in what it left, before and after the next start."""
        self.do(*args, kill=kill)
        self.search(f"killed in {args[0]}, {kill}")
        self.do("status")
        self.search(f"after the start, {args[0]}, {kill}")

    def types(self, word, seconds):
        """A note is typed on the screen, kept as a draft, and the program killed at some moment."""
        log, before = self.strace("-D")
        with checks.opened(self.room, self.journal, before=before, **self.env()) as terminal:
            terminal.wait_for("? keys")
            terminal.send("c")
            terminal.wait_for("answered")
            terminal.send("2n")
            terminal.wait_for("back to the ratings")
            terminal.send(f"{word} by {word}")
            until = time.monotonic() + seconds
            while (left := until - time.monotonic()) > 0:
                terminal.pump(left)
            terminal.kill()
        until = time.monotonic() + 5
        while "+++ killed" not in scene.content(log).decode(errors="replace") and time.monotonic() < until:
            time.sleep(0.02)
        self.look(log, f"the screen, killed after {seconds:.2f} s")
        self.search("after a kill on the screen")


def words_in(path):
    content = scene.content(path)
    return {word for word in WORDS if word.encode() in content}


def kills(life, room):
    """Verbs killed at any of their calls, in the journal as it goes on."""
    verbs = [args for args in life.verbs() if args[0] in ("checkin", "undo", "question", "import", "backup", "report", "sync")]
    points = []
    for args in verbs:
        seen, _ = trace.calls(room, life.journal, *args, **life.env())
        points += [(args, call) for call in trace.about(seen, room.path)]
    chosen = room.some(points, 300, 25)
    for args, call in chosen:
        # An export and a copy elsewhere would be there already.
        args = tuple(f"{part}.{life.logs}" if part.startswith(life.outside) and args[0] == "report" else part for part in args)
        args = tuple(f"{part}.{life.logs}" if part.endswith("elsewhere.db") else part for part in args)
        life.killed(args, call)
    return len(chosen)


def fills(room):
    """A disk that gets full in the middle of a verb."""
    tried, bad = 0, []
    sizes = room.some([(size, left) for size in disk.SIZES for left in disk.LEFT], 21, 2)
    for size, left in sizes:
        target = room.at(f"small-{size}-{left}")
        with checks.mounted("-t", "tmpfs", "-o", "size=16m,mode=700", "tmpfs", target=target):
            life = Life(room, True, here=os.path.join(target, "here"))
            life.begin()
            for args in list(life.verbs())[:14]:
                life.do(*args)
            checks.remounted(target, f"remount,size={size}k")
            filler = disk.fill(target, left)
            for args in list(life.verbs())[4:]:
                if not any(part.startswith(os.path.join(life.here, "elsewhere")) for part in args):
                    life.do(*args, code=None)
                    tried += 1
            os.remove(filler)
            checks.remounted(target, "remount,size=16m")
            life.do("status")
            life.search("after a full disk")
            bad += life.bad
            shutil.rmtree(life.outside)
    return tried, bad


def power_states(room):
    """What a power failure leaves: no word in any state, before and after the next start."""
    life = Life(room, True, here=room.at("lived-with-words"))
    life.begin()
    for args in life.verbs():
        if args[0] not in ("sync", "export", "report", "undo", "redo"):
            life.do(*args)
    typing = keys.Typing(room)
    deeds = (
        scene.Verb("check-in", ("checkin", "--overall", "5", "--note", WORDS[0]), folder="lived-with-words"),
        scene.Verb("import", ("import", life.other), folder="lived-with-words", word="Taken in"),
        scene.Verb("backup", ("backup",), folder="lived-with-words", word="Copied"),
        scene.Verb("new key", ("passphrase", "change", "--new-key"), folder="lived-with-words", word="another passphrase"),
    )
    looks = Looks(room, typing, life.outside)
    tried, bad = 0, []
    for deed in deeds:
        recording = power.Recording(typing, looks, [deed])
        for seed in power.seeds(room, room.count(250, 10)):
            tried += 1
            bad += looks.state_of(deed, recording, seed)
    return tried, bad + life.bad


class Looks:
    """Builds a state and searches it."""

    def __init__(self, room, typing, outside):
        self.room, self.typing, self.ids, self.outside = room, typing, {}, outside

    def state(self, journal):
        return self.typing.run(journal, "export", "json")[1]

    def state_of(self, deed, recording, seed):
        chance = power.random.Random(seed)
        cut = recording.cut(chance, False)
        files, _, _ = recording.disk(cut, chance)
        with tempfile.TemporaryDirectory(prefix="disk-", dir=self.room.path) as folder:
            for path, data in files.items():
                full = os.path.join(folder, path)
                os.makedirs(os.path.dirname(full), mode=0o700, exist_ok=True)
                with open(os.open(full, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                    file.write(data)
            bad = self.found(folder, f"{deed.name}, state {seed}, cut at {cut}")
            self.typing.run(os.path.join(folder, scene.JOURNAL), "status")
            return bad + self.found(folder, f"{deed.name}, state {seed}, after the start")

    def found(self, folder, when):
        paths = [os.path.join(folder, name) for name in scene.files(folder)]
        found = {path: words_in(path) for path in paths if os.path.isfile(path)}
        return [f"{when}: {path}: {sorted(words)}" for path, words in found.items() if words]


def no_word(room):
    life = Life(room, True)
    life.live()
    killed = kills(life, room)
    typed = room.count(40, 4)
    for at in range(typed):
        life.types(WORDS[at % len(WORDS)], room.random.uniform(0, 2.5))
    try:
        filled, of_fills = fills(room)
    except lab.Missing:
        # The rest says enough where nobody may mount; the figures show that no disk was filled.
        filled, of_fills = 0, []
    states, of_states = power_states(room)
    bad = life.bad + of_fills + of_states
    figures = (
        f"{len(WORDS)} words, {life.calls} writing calls watched, {killed} kills in verbs, {typed} on the screen, "
        f"{filled} runs on full disks, {states} states of a power failure"
    )
    return lab.Outcome(killed + typed + filled + states, bad, figures)


def every_word(room):
    """The same search in a plain journal finds every word, in what is written and in the files."""
    life = Life(room, False)
    life.live()
    written = set(life.written)
    life.written = set()
    life.search("plain")
    missed = [word for word in WORDS if word not in written or word not in life.written]
    # A draft too, before anything of it is saved.
    life.written = set()
    life.types(WORDS[5], 2.5)
    missed += [word for word in WORDS[5:6] if word not in life.written]
    # One line for each word that was found both ways; none at all if a single one was missed.
    return lab.Outcome(len(WORDS), [] if missed else list(WORDS), f"missed: {missed}")


ROWS = [
    lab.Row(37, "words of an encrypted journal in a file, at any moment", no_word, every_word, ("strace",)),
]
