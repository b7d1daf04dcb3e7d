"""The terminal: it vanishes, signals come, the program is stopped. What is pasted, and what may not be opened, is in hostile.py."""

import os
import shutil
import signal
import subprocess
import time

import checks
import hostile
import lab
import screen
from forms import PLACES, READY

SHAPES = ("leader", "nohup", "child")
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT)
WITH_DRAFT = tuple(place for place in PLACES if place.draft)
# By hand what the model knows: these have to be sent, not only to hold.
SENT = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?2004l")


class Desk:
    """Journals for many runs: each gets a copy of one made-up journal."""

    def __init__(self, room):
        self.room = room
        self.base = checks.made_up(room, room.at("base", "journal.db"), 30)

    def journal(self, number):
        path = self.room.at(f"desk-{number}", "journal.db")
        os.makedirs(os.path.dirname(path), mode=0o700)
        shutil.copyfile(self.base, path)
        os.chmod(path, 0o600)
        return path

    def opened(self, journal, place, shape="leader"):
        """The full screen, gone to this place."""
        seen = checks.opened(self.room, journal, shape=shape)
        try:
            seen.wait_for(READY)
            seen.settle()
            seen.type(*place.way)
            seen.wait_for(place.seen)
        except screen.Unseen:
            seen.__exit__()
            raise
        return seen


def draft_of(journal, place, name):
    """What is wrong with the draft that has to be there."""
    if not place.draft:
        return []
    drafts = [content for (content,) in lab.rows_of(journal, "SELECT content FROM draft")]
    return [] if any(place.draft in content for content in drafts) else [f"{name}: the draft is not there"]


def shared(room, places, repeats):
    """A plan of so many runs, the places one after another."""
    return [(number, places[number % len(places)], number // len(places)) for number in range(repeats)]


def vanishings(room):
    """Row 14: the terminal goes; within two seconds so does the program, at rest until then, and the draft is there."""
    desk = Desk(room)
    count = checks.count(room, 270, 24)
    longest = [0.0]

    def trial(item):
        number, shape, place = item
        name = f"{place.name}, {shape}"
        journal = desk.journal(number)
        with desk.opened(journal, place, shape) as seen:
            target = seen.target()
            start = time.monotonic()
            seen.vanish()
            while screen.is_alive(target) and time.monotonic() - start < screen.TWO_SECONDS:
                time.sleep(0.01)
            longest[0] = max(longest[0], time.monotonic() - start)
            bad = alive(target, name)
            code = seen.end_without_terminal()
            if code is None:
                bad.append(f"{name}: what stands before it goes on after 2 s")
            elif code != 129 and not bad:
                bad.append(f"{name}: ends with {code}, not 129")
        return bad + draft_of(journal, place, name) + ending(room, journal)

    items = [(number, SHAPES[number % 3], PLACES[number // 3 % len(PLACES)]) for number in range(count)]
    outcome = checks.tried(items, trial)
    killed = checks.tried(shared(room, WITH_DRAFT + PLACES, checks.count(room, 30, 4)), lambda item: server_killed(room, desk, item)) if lab.has("tmux") else None
    figures = f"{len({item[2].name for item in items})} places, {len(SHAPES)} shapes of terminal, the longest end {longest[0]:.2f} s"
    if killed is None:
        return lab.Outcome(outcome.runs, outcome.bad, figures + "; SKIPPED: tmux is missing")
    return lab.Outcome(outcome.runs + killed.runs, outcome.bad + killed.bad, f"{figures}; {killed.runs} times `tmux kill-server`")


def alive(pid, name):
    if not screen.is_alive(pid):
        return []
    before, start = screen.cpu_seconds(pid), time.monotonic()
    time.sleep(0.5)
    share = (screen.cpu_seconds(pid) - before) / (time.monotonic() - start)
    os.kill(pid, signal.SIGKILL)
    return [f"{name}: alive after 2 s, at {share:.0%} of a processor"]


def ending(room, journal):
    code, out, _ = room.run(journal, "doctor")
    return [] if code == 0 else [f"doctor ends with {code} afterwards: {out.strip()[-160:]}"]


def server_killed(room, desk, item):
    """The program in a pane, and its server killed: our own server, by the socket in this room."""
    number, place, _ = item
    name = f"{place.name}, tmux kill-server"
    journal = desk.journal(f"tmux-{number}")
    socket = os.path.join(os.path.dirname(journal), "tmux")
    tmux = ["tmux", "-S", socket, "-f", "/dev/null"]

    def ask(*args):
        return subprocess.run([*tmux, *args], capture_output=True, text=True, env=room.env(LC_ALL="C.UTF-8"), check=False, timeout=20).stdout

    def stands(text):
        until = time.monotonic() + screen.PATIENCE
        while text not in ask("capture-pane", "-p"):
            if time.monotonic() > until:
                return False
            time.sleep(0.03)
        return True

    ask("-u", "new-session", "-d", "-x", "100", "-y", "30", *room.argv(journal))
    try:
        if not stands(READY):
            return [f"{name}: nothing was drawn"]
        for keys in place.way:
            before = ask("capture-pane", "-p")
            ask("send-keys", "-l", keys)
            until = time.monotonic() + 1
            while ask("capture-pane", "-p") == before and time.monotonic() < until:
                time.sleep(0.03)
        if not stands(place.seen):
            return [f"{name}: the place did not come"]
        pid = int(ask("list-panes", "-F", "#{pane_pid}").split()[0])
    finally:
        ask("kill-server")
    until = time.monotonic() + screen.TWO_SECONDS
    while screen.is_alive(pid) and time.monotonic() < until:
        time.sleep(0.01)
    return alive(pid, name) + draft_of(journal, place, name)


def lingers(room):
    """A program that does not notice that its terminal is gone."""
    checks.program_that(room, 'trap "" HUP\ncase "$*" in *desk*) ;; *) exec "$EBB" "$@";; esac\n"$EBB" "$@"\nexec sleep 3')
    return vanishings(room)


def signals(room, sent=SIGNALS):
    """Row 15: the terminal is given back, the draft is there, and the exit code says which signal it was."""
    desk = Desk(room)
    each = checks.count(room, 100, 6)
    # Places mid-edit stand first, so that a short run has them.
    places = WITH_DRAFT + tuple(place for place in PLACES if not place.draft)

    def trial(item):
        number, place, which = item
        name = f"{place.name}, {which.name}"
        journal = desk.journal(number)
        with desk.opened(journal, place) as seen:
            seen.signal(which)
            code = seen.end()
            bad = [] if code == 128 + which else [f"{name}: ends with {code}"]
            wrong = seen.not_given_back()
            bad += [f"{name}: {wrong}"] if wrong else []
            bad += [f"{name}: {word!r} was not sent" for word in SENT if word not in seen.bytes]
            if seen.text().strip() and code is not None:
                bad.append(f"{name}: words stay on the shell's screen")
        return bad + draft_of(journal, place, name) + ending(room, journal)

    items = [(f"{which.name}-{at}", places[at % len(places)], which) for at in range(each) for which in sent]
    return checks.tried(items, trial, f"{len({item[1].name for item in items})} places, {len(sent)} signals, {each} of each")


def stops(room, by_key=True):
    """Row 16: Ctrl-Z gives the terminal back; going on brings back what stood there, also in another size."""
    desk = Desk(room)
    rounds = 2
    count = checks.count(room, 100, 10)

    def trial(item):
        number, place, _ = item
        name = place.name
        journal = desk.journal(number)
        bad = []
        with desk.opened(journal, place, "job") as seen:
            for at in range(rounds):
                seen.settle()
                before = seen.text()
                if by_key:
                    seen.send("\x1a")
                else:
                    seen.signal(signal.SIGSTOP)
                if not seen.has_stopped():
                    return [f"{name}: does not stop"]
                wrong = seen.not_given_back()
                bad += [f"{name}: while it is stopped, {wrong}"] if wrong else []
                if at:
                    seen.resize(96, 28)
                seen.signal(signal.SIGCONT)
                if not seen.has(lambda now: now.model.modes.get(1049) and not now.has_first_modes() and now.text().strip(), 4):
                    bad.append(f"{name}: does not come back")
                elif not at and not seen.has(lambda now, was=before: now.text() == was, 2):
                    bad.append(f"{name}: another screen came back")
                elif at and not seen.has(place.seen, 2):
                    bad.append(f"{name}: the place did not come back in another size")
            seen.settle()
            seen.signal(signal.SIGTERM)
            code = seen.end()
            if code != 143 or seen.not_given_back():
                bad.append(f"{name}: ends with {code} afterwards, {seen.not_given_back()}")
        return bad + draft_of(journal, place, name)

    outcome = checks.tried(shared(room, PLACES, count // rounds), trial)
    outcome.runs *= rounds
    outcome.figures = f"{min(len(PLACES), count // rounds)} places, every second time in another size afterwards"
    return outcome


ROWS = [
    lab.Row(14, "the terminal vanishes", vanishings, checks.controls(lingers)),
    # A signal that nobody can catch is what a program without a guard makes of the others.
    lab.Row(15, "signals in the middle of an edit", signals, checks.controls(lambda room: signals(room, (signal.SIGKILL,)))),
    # So is a stop from outside: the terminal stays as it was.
    lab.Row(16, "Ctrl-Z and going on", stops, checks.controls(lambda room: stops(room, by_key=False))),
    *hostile.ROWS,
]
