"""From a key to the frame that answers it, in every place, and many keys at once."""

import dataclasses

import room as rooms
from probe import Probe, Unseen
from starts import MARKER
from table import Row, median, quantile, skipped

FRAME = 1 / 60
KEYS_AT_ONCE = 200


@dataclasses.dataclass(frozen=True)
class Place:
    """`way` leads there from Today, `sign` stands there and nowhere else, `keys` are typed there in turn."""

    name: str
    way: tuple
    sign: str
    keys: tuple

    def is_of_trends(self):
        return self.name.startswith("Trends")


PLACES = (
    Place("Today", (), "l log more", ("j", "k")),
    Place("Trends, week", ("2",), "[week]", ("h", "l")),
    Place("Trends, month", ("2", "v"), "[month]", ("h", "l")),
    Place("Trends, all", ("2", "v", "v"), "[all]", ("h", "l")),
    Place("Trends, all, another series", ("2", "v", "v"), "[all]", ("j", "k")),
    Place("Trends, all, fewer days", ("2", "v", "v"), "[all]", (">", "<")),
    Place("Trends, timeline", ("2", "v", "v", "v"), "[timeline]", ("h", "l")),
    Place("Trends, hours", ("2", "v", "v", "v", "v"), "[hours]", ("h", "l")),
    Place("Trends, grid", ("2", "V", "V"), "[grid]", ("h", "l")),
    Place("Trends, table", ("2", "V"), "[table]", ("j", "k")),
    Place("History", ("3",), "Enter into the day", ("h", "l")),
    Place("History, a month", ("3",), "Enter into the day", ("[", "]")),
    Place("History, a day", ("3", "\r"), "Esc calendar", ("j", "k")),
    Place("the next search hit", ("3", "/", "sleep", "\r"), 'notes with "sleep"', ("n", "n")),
    Place("a letter of the search", ("/", "slee"), "/ slee", ("p", "\x7f")),
    Place("Plan", ("4",), "n new plan", ("j", "k")),
    Place("Care", ("5",), "t taken now", ("j", "k")),
    Place("Guide", ("7",), "↑ ↓ page", ("j", "k")),
    Place("Guide, a page", ("7", "\r"), "n next page", ("j", "k")),
    Place("Settings", ("8",), "↑ ↓ setting", ("j", "k")),
    Place("check-in", ("c",), "rest as last time", ("j", "k")),
    Place("a dose", ("d",), "↑ product", ("1", "\x7f")),
    Place("help lines", ("!",), "a add your own", ("j", "k")),
    Place("keys", ("?",), "╭ Keys", ("j", "k")),
    Place("palette", (":",), "Every action by name", ("a", "\x7f")),
)


def reached(probe, place):
    probe.until(MARKER)
    probe.settle()
    probe.type(*place.way)
    if place.sign not in probe.text():
        raise Unseen(f"{place.name}: {place.sign!r} is not there; there stands: {probe.text()[:900]}")


def taken(probe, keys, count):
    """Seconds of each key that was answered; a key that changes nothing is not."""
    answers = [probe.answer(keys[at % len(keys)]) for at in range(count)]
    return [seconds for seconds in answers if seconds is not None]


def echo(room, count):
    """What a terminal itself takes: a program that gives back each key."""
    with Probe(["sh", "-c", "stty raw -echo; echo ready; exec cat"], room.env(), cwd=room.path) as probe:
        probe.until("ready")
        probe.settle()
        return median(taken(probe, ("j", "k"), count))


def rows(room, peers):
    count = room.count(200, 20)
    floor = echo(room, count)
    yield Row("key → echo of the terminal itself", "", f"{floor * 1e3:.3f} ms")
    theirs = {}
    for peer in peers:
        with peer.probe(room) as probe:
            probe.until(peer.marker)
            probe.settle()
            keys = taken(probe, peer.keys, count)
            burst = probe.answer("".join(peer.keys) * (KEYS_AT_ONCE // 2), 0.1)
        theirs[peer.name] = (median(keys), burst)
        yield Row(f"key → frame of {peer.name}", "", f"p50 {median(keys) * 1e3:.2f} ms, 200 at once {burst * 1e3:.0f} ms")
    if "tui-journal" not in theirs:
        yield skipped("keys against tui-journal", "it is not installed")
    yield from in_every_place(room, count, floor, theirs.get("tui-journal"))
    yield from trends(room)


def in_every_place(room, count, floor, theirs):
    journal = room.own("10 y", "keys")
    for place in PLACES:
        with Probe(room.argv(journal), room.env(), cwd=room.path) as probe:
            reached(probe, place)
            processor = probe.cpu()
            seconds = taken(probe, place.keys, count)
            processor = (probe.cpu() - processor) / count
            at_once = probe.answer("".join(place.keys[at % 2] for at in range(KEYS_AT_ONCE)), 0.1)
        if not seconds:
            yield Row(f"key → frame, {place.name}", "", "no key is answered", False)
            continue
        p50, p99 = median(seconds), quantile(seconds, 0.99)
        is_met = p50 <= 4 * floor and p99 < FRAME
        goal = "p50 ≤ 4 × echo, p99 < 16.7 ms"
        figure = f"p50 {p50 * 1e3:.2f} ms ({p50 / floor:.1f} ×), p99 {p99 * 1e3:.2f} ms of {len(seconds)}, {processor * 1e3:.2f} ms CPU each"
        if at_once is not None:
            figure += f"; {KEYS_AT_ONCE} at once {at_once * 1e3:.1f} ms"
        if theirs:
            is_met &= p50 <= 0.1 * theirs[0] and (at_once or 0) <= 0.1 * theirs[1]
            goal += ", a tenth of tui-journal"
        yield Row(f"key → frame, {place.name}", goal, figure, is_met)


def trends(room):
    """The first frame of each view of Trends, where there is most to draw."""
    for name, frames in (("heavy 10 y", 1), ("100 y", 2)):
        worst, where = 0.0, ""
        with Probe(room.argv(room.journal(name)), room.env(), cwd=room.path) as probe:
            probe.until(MARKER)
            probe.settle()
            for view in range(room.count(21, 7)):
                seconds = probe.answer("v" if view else "2") or 0.0
                if seconds > worst:
                    worst, where = seconds, probe.text().strip().splitlines()[0].strip()
        yield Row(f"any view of Trends, {name}", f"≤ {frames * FRAME * 1e3:.1f} ms", f"at most {worst * 1e3:.2f} ms", worst <= frames * FRAME)
