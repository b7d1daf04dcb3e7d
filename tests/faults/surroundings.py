"""What stands around the program: terminals, languages and pipes, folders of home, the file mask. Rows 25, 26 and 36."""

import itertools
import os
import shutil
import stat
import subprocess

import checks
import lab
from scene import JOURNAL, VERBS, Scene

ASKED = (("status",), ("history",), ("trend",), ("report",), ("export", "json"), ("export", "csv"), ("checkin", "--overall", "3"), ("help",), ("guide",), ("checkin",), ())
PLACES = {
    "no terminal": "setsid -w {ebb} </dev/null",
    "a pipe that is closed": "{ebb} </dev/null | head -c 0",
    "a full disk for output": "{ebb} </dev/null >/dev/full",
    "no output": "{ebb} </dev/null >&-",
    "no input": "{ebb} <&-",
}
TERMS = {"C": {"LC_ALL": "C"}, "none": {"TERM": ""}, "dumb": {"TERM": "dumb"}, "unknown": {"TERM": "no-such"}, "POSIX, no colour": {"LANG": "POSIX", "NO_COLOR": "1"}}
# What may come of it; 101 is the language's own end, 139 and its kind the system's.
CODES = {0, 1, 2, 3, 13, 15}


def places(room):
    """Row 25: without a terminal, into pipes and full disks, under other languages: what was asked, or a sentence."""
    base = checks.made_up(room, room.at("base", JOURNAL), 30)

    def trial(item):
        number, (place, line), (term, env), args = item
        name = f"{' '.join(args) or 'ebb'}, {place}, {term}"
        journal = room.at(f"run-{number}.db")
        shutil.copyfile(base, journal)
        line = "set -o pipefail; " + line.format(ebb='"$@"')
        done = subprocess.run(["bash", "-c", line, "bash", *room.argv(journal, *args)], capture_output=True, text=True, errors="replace",
                              env=room.env(**env), timeout=20, check=False)
        bad = []
        is_closed = place == "a pipe that is closed"
        if done.returncode not in CODES | ({141} if is_closed else set()):
            bad.append(f"{name}: ends with {done.returncode}: {done.stderr.strip()[:160]}")
        if checks.RAW.search(done.stdout + done.stderr):
            bad.append(f"{name}: {checks.raw(done.stdout, done.stderr)}")
        if done.returncode not in (0, 141) and not done.stderr.strip():
            bad.append(f"{name}: ends with {done.returncode} without a word")
        if not args and done.returncode == 0:
            bad.append(f"{name}: the full screen without a terminal ends with 0")
        if place == "a full disk for output" and done.returncode == 0 and args[:1] not in ((), ("checkin",)):
            bad.append(f"{name}: what was not written is called done")
        if args == ("checkin", "--overall", "3"):
            saved = lab.rows_of(journal, "SELECT count(*) FROM check_in")[0][0] - lab.rows_of(base, "SELECT count(*) FROM check_in")[0][0]
            if saved != 1:
                bad.append(f"{name}: {saved} check-ins saved, ends with {done.returncode}")
        return bad

    some = list(itertools.product(PLACES.items(), TERMS.items(), ASKED))
    items = [(number, *item) for number, item in enumerate(checks.pick(room, some, short=36))]
    return checks.tried(items, trial, f"{len(PLACES)} ends, {len(TERMS)} terminals, {len(ASKED)} verbs")


def panics(room):
    """A program that ends as the language does when output fails."""
    checks.program_that(room, '"$EBB" "$@" || exit 101')
    return places(room)


HOMES = ("none", "empty", "relative", "not there", "a file", "closed")
DATA = ("none", "empty", "relative", "not there")


def homes(room):
    """Row 26: where home and its folders are none, empty, relative or not there: a sentence, or folders of one's own at 0700."""

    def trial(item):
        number, home, data = item
        name = f"HOME {home}, XDG_DATA_HOME {data}"
        here = room.at(f"home-{number}")
        cwd = os.path.join(here, "cwd")
        os.makedirs(cwd)
        shapes = {"empty": "", "relative": "sub/dir", "not there": os.path.join(here, "new", "home"), "a file": os.path.join(here, "file"), "closed": "/proc/1/nowhere"}
        open(shapes["a file"], "w", encoding="ascii").close()
        env = {"PATH": os.environ["PATH"], "TZ": "UTC", "TERM": "xterm"}
        if home != "none":
            env["HOME"] = shapes[home]
        if data != "none":
            env["XDG_DATA_HOME"] = shapes[data] if data != "not there" else os.path.join(here, "data")
        bad = []
        wrote = False
        for args in (("paths",), ("status",), ("checkin", "--overall", "3"), ("history",)):
            # The user's own home in the user database is not for a trial: a user that has none there.
            argv = ["setpriv", "--reuid=54321", "--regid=54321", "--clear-groups", "--", room.ebb, "--now", lab.NOW, *args] if os.getuid() == 0 else [room.ebb, "--now", lab.NOW, *args]
            done = subprocess.run(argv, capture_output=True, text=True, errors="replace", env=env, cwd=cwd, timeout=20, check=False)
            # 10: there is no journal yet.
            if done.returncode not in CODES | {10} or checks.RAW.search(done.stdout + done.stderr):
                bad.append(f"{name}: {args[0]} ends with {done.returncode}: {done.stderr.strip()[:160]}")
            if done.returncode and not done.stderr.strip():
                bad.append(f"{name}: {args[0]} ends with {done.returncode} without a word")
            wrote |= args[0] == "checkin" and done.returncode == 0
        if os.listdir(cwd):
            bad.append(f"{name}: something was made in the folder that it was called in: {os.listdir(cwd)}")
        found = [os.path.join(top, file) for top, _, files in os.walk(here) for file in files if file == JOURNAL]
        if wrote != bool(found):
            bad.append(f"{name}: saved: {wrote}, journals: {found}")
        for path in found:
            if stat.S_IMODE(os.stat(os.path.dirname(path)).st_mode) != 0o700:
                bad.append(f"{name}: the journal's folder is open to others")
        return bad

    def opened_up(item):
        # Made folders belong to the user of the trial, whom the room lets in.
        os.makedirs(room.at(f"home-{item[0]}"), exist_ok=True)
        os.chmod(room.path, 0o755)
        os.chmod(room.at(f"home-{item[0]}"), 0o777)
        return trial(item)

    items = [(number, *item) for number, item in enumerate(itertools.product(HOMES, DATA))]
    return checks.tried(checks.pick(room, items, short=12), opened_up, f"{len(HOMES)} kinds of home, {len(DATA)} of its data folder")


def takes_what_is_there(room):
    """A program that takes a relative folder as it is, and says nothing where it cannot."""
    checks.program_that(room, 'mkdir -p here/of/mine 2>/dev/null; "$EBB" "$@" 2>/dev/null')
    os.chmod(room.ebb, 0o755)
    return homes(room)


def masks(room):
    """Row 36: every file that any verb makes is this user's alone, whatever the file mask."""
    scene = Scene(room)

    def trial(item):
        mask, verb = item
        with room.copy(verb.folder) as here:
            journal = os.path.join(here, JOURNAL)
            before = {path: sha for path, sha in modes(here)}
            code, _, errors = room.run(journal, *verb.on(scene, here), before=("sh", "-c", f'umask {mask}; exec "$@"', "sh"))
            bad = [] if code == 0 else [f"{verb.name}, {mask}: ends with {code}: {errors.strip()[:160]}"]
            for path, mode in modes(here):
                if mode & 0o077 and before.get(path) != mode:
                    bad.append(f"{verb.name}, {mask}: {os.path.relpath(path, here)} has {mode:o}")
            return bad

    items = list(itertools.product(("000", "022"), VERBS))
    return checks.tried(checks.pick(room, items, short=16), trial, f"{len(VERBS)} verbs, file masks 000 and 022")


def modes(top):
    for folder, folders, files in os.walk(top):
        for name in (*folders, *files):
            path = os.path.join(folder, name)
            yield path, stat.S_IMODE(os.lstat(path).st_mode)


def lets_all_read(room):
    """A program that leaves its files as the mask says."""
    checks.program_that(room, '"$EBB" "$@"; code=$?; chmod -R a+r "$(dirname "$2")"; exit $code')
    return masks(room)


ROWS = [
    lab.Row(25, "no terminal, other languages, pipes that close", places, checks.controls(panics), ("bash", "setsid")),
    lab.Row(26, "no home, or a strange one", homes, checks.controls(takes_what_is_there), ("setpriv",)),
    lab.Row(36, "files that others could read", masks, checks.controls(lets_all_read)),
]
