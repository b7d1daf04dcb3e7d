"""The copies beside the journal when some are damaged, and limits of memory and open files: rows 41 and 42."""

import os
import re

import checks
import lab

DAYS = 28
# A verb of each kind: reading, writing, writing elsewhere.
LIMITED = (
    ("status",), ("history",), ("trend",), ("doctor", "--full"), ("checkin", "--overall", "3"), ("dose", "2g", "powder"),
    ("export", "json"), ("backup",), ("undo",),
)
# Beyond what the system needs to load the program: quarters of a MB of memory, open files.
MORE_MEMORY = (0, 1, 2, 4, 8, 16, 128)
MORE_FILES = (0, 1, 2, 3, 5, 9)


def lived(room):
    """A journal with a copy for most of its last days."""
    journal = checks.begun(room, room.at("mine", "journal.db"))
    for day in range(1, DAYS + 1):
        code, _, errors = room.run(journal, "checkin", "--overall", str(day % 10), now=f"2026-11-{day:02} 10:00")
        if code != 0:
            raise checks.Broken(errors.strip()[:200])
    folder = journal + ".backups"
    return journal, sorted(name for name in os.listdir(folder) if name.endswith("-ring.db"))


def harm(path, how):
    """Takes the end of a file, zeroes a block, or writes over its head."""
    size = os.path.getsize(path)
    if how == "cut":
        os.truncate(path, size // 2)
        return
    with open(path, "r+b") as file:
        file.seek(0 if how == "head" else 4096)
        file.write(b"x" * 100 if how == "head" else bytes(4096))


def copies(room):
    """Each copy damaged in turn, then all but one, the journal too: what is not sound is named and refused, the sound one comes back."""
    _, names = lived(room)
    if len(names) < 7:
        return lab.Outcome(1, [f"only {len(names)} copies of {DAYS} days"])

    def trial(item):
        name, how, rest = item
        label = f"{name}, {how}{', all others too' if rest else ''}"
        with room.copy("mine") as here:
            journal = os.path.join(here, "journal.db")
            folder = journal + ".backups"
            harmed = [other for other in names if other != name] if rest else [name]
            for other in harmed:
                harm(os.path.join(folder, other), how)
            harm(journal, "cut")
            before = open(journal, "rb").read()
            sound = max(set(names) - set(harmed))
            listed = room.run(journal, "backup", "--list")[1]
            bad = [f"{label}: {other} is not called unsound" for other in harmed if not re.search(rf"{other}.*not sound", listed)]
            code, _, errors = room.run(journal, "restore", harmed[0], "--yes")
            # A file without its head is no journal at all (1).
            if code not in (1, 14) or open(journal, "rb").read() != before:
                bad.append(f"{label}: an unsound copy is brought back, or the journal changed: {code} {errors.strip()[:160]}")
            code, _, errors = room.run(journal, "status")
            if code != 14 or sound not in errors:
                bad.append(f"{label}: the newest sound copy {sound} is not named: {code} {errors.strip()[:200]}")
            code, _, errors = room.run(journal, "restore", sound, "--yes")
            if code != 0:
                bad.append(f"{label}: {sound} is not brought back: {errors.strip()[:160]}")
            aside = [other for other in os.listdir(folder) if "set-aside" in other]
            if not any(open(os.path.join(folder, other), "rb").read() == before for other in aside):
                bad.append(f"{label}: the damaged journal was not put aside as it was")
            # A day with an entry makes a copy and lets an old one go: never the only sound one.
            for day in range(1, 4):
                room.run(journal, "checkin", "--overall", "5", now=f"2026-12-0{day} 10:00")
            code, out, _ = room.run(journal, "backup", "--list", now="2026-12-03 11:00")
            if not any("entries" in line for line in out.splitlines()):
                bad.append(f"{label}: no sound copy is left")
            return bad

    items = [(name, how, rest) for name in names for how in ("cut", "block", "head") for rest in (False, True)]
    return checks.tried(checks.pick(room, items, short=10), trial, f"{len(names)} copies of {DAYS} days, damaged in turn")


def blind(room):
    """A program that calls every copy sound and brings it back as it is."""
    checks.program_that(room, 'case "$*" in *"restore "*) cp "$2.backups/$6" "$2"; exit 0;; esac\nexec "$EBB" "$@"')
    return copies(room)


def least(room, limit, values):
    """The smallest of the limits under which the system can load the program at all: below it nothing of ours runs."""
    for value in values:
        if room.run(room.at("none", "journal.db"), "--version", before=("prlimit", limit(value), "--"))[0] == 0:
            return value
    raise checks.Broken(f"the program is not loaded under {limit(values[-1])}")


def limits(room):
    """Little memory, few open files: done, or a message and nothing half-written."""
    memory = lambda quarters: f"--as={quarters << 18}"
    files = lambda count: f"--nofile={count}"
    least_memory = least(room, memory, range(32, 2048))
    least_files = least(room, files, range(3, 64))
    journals = {
        "small": checks.made_up(room, room.at("small", "journal.db"), 30),
        "ten years": checks.made_up(room, room.at("large", "journal.db"), 3650),
    }
    done = {"as asked": 0, "refused": 0, "not loaded": 0}

    def trial(item):
        what, limit, args = item
        name = f"{what}, {' '.join(limit)}: {args[0]}"
        with room.copy(os.path.basename(os.path.dirname(journals[what]))) as here:
            journal = os.path.join(here, "journal.db")
            before = lab.rows_of(journal, "SELECT count(*) FROM check_in")
            code, out, errors = room.run(journal, *args, before=("prlimit", *limit, "--"))
            # Where not even `--version` runs, the system could not load the program.
            if code and room.run(journal, "--version", before=("prlimit", *limit, "--"))[0]:
                done["not loaded"] += 1
                return []
            done["as asked" if code == 0 else "refused"] += 1
            bad = []
            # Memory that ends aborts the process (134, -6): nothing of ours runs then.
            if code not in (0, 1, 2, 15, 134, -6):
                bad.append(f"{name}: ends with {code}: {errors.strip()[:160]}")
            # The language's own line about memory is all that can be printed then.
            raw = checks.RAW.search(out + errors) and "memory allocation" not in errors
            if raw or (code and not errors.strip()):
                bad.append(f"{name}: {code}, {errors.strip()[:160]!r}")
            if code not in (0, 1) and "aved " in out:
                bad.append(f"{name}: says saved and ends with {code}")
            rows = lab.rows_of(journal, "SELECT count(*) FROM check_in")[0][0]
            if rows < before[0][0] - 1 or (args[0] == "checkin" and (rows > before[0][0]) != (code == 0)):
                bad.append(f"{name}: {rows} check-ins after {before[0][0]}, ends with {code}")
            code, out, _ = room.run(journal, "doctor", "--full")
            if code != 0:
                bad.append(f"{name}: doctor --full ends with {code} afterwards: {out.strip()[-160:]}")
            return bad

    sizes = [(memory(least_memory + more),) for more in MORE_MEMORY] + [(files(least_files + more),) for more in MORE_FILES]
    items = [(what, limit, args) for what in journals for limit in sizes for args in LIMITED]
    # A save under the tightest limit of each kind is always among them: a few by chance may all be done.
    tightest = [(what, (limit,), ("checkin", "--overall", "3")) for what in journals for limit in (memory(least_memory), files(least_files))]
    outcome = checks.tried(tightest + [item for item in checks.pick(room, items, short=20) if item not in tightest], trial)
    outcome.figures = (
        f"{least_memory / 4:g} to {(least_memory + MORE_MEMORY[-1]) / 4:g} MB and {least_files} to {least_files + MORE_FILES[-1]} files, "
        f"{len(LIMITED)} verbs: {done['as asked']} done, {done['refused']} refused, {done['not loaded']} not loaded"
    )
    return outcome


def half(room):
    """A program that says nothing when it cannot do what was asked."""
    asked = room.run

    def mute(*args, **more):
        # A shell script that lies would need more files than the limits leave.
        code, out, _ = asked(*args, **more)
        return code, out, ""

    room.run = mute
    return limits(room)


ROWS = [
    lab.Row(41, "the copies are damaged", copies, checks.controls(blind)),
    lab.Row(42, "little memory, few open files", limits, checks.controls(half), ("prlimit",)),
]
