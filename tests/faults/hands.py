"""A shaking hand: a check-in with slips, read off the screen before it is saved and compared with what the journal holds."""

import csv
import io
import json
import os
import random
import re

import checks
import lab
from forms import READY

SIZE = (120, 40)
SMALL = ((120, 40), (80, 24), (60, 20), (40, 12), (160, 50), (61, 21))
UP, DOWN, TAB, BACK_TAB, BACKSPACE = "\x1b[A", "\x1b[B", "\t", "\x1b[Z", "\x7f"
WRONG_ROW = (UP, DOWN, TAB, BACK_TAB, "j", "k", " ")
SLIPS = ("twice", "wrong row", "backspace", "resize", "kill", "other key")
# Keys beside the digits on a keyboard that change nothing for good, or change something that stands on the screen.
BESIDE_THE_DIGITS = (".", "=", "h", "l", "\x1b[C", "\x1b[D", "9", "o", "g", "G")


def asked(room, journal):
    """The names and codes of the symptoms that a check-in asks."""
    _, out, _ = room.run(journal, "symptom", "list", "--json")
    return {each["name"]: each["id"] for each in json.loads(out)["symptoms"] if each["on"]}


def shown(text, names):
    """What a screen shows of a check-in: the number of each symptom and of the overall, blank ones left out."""
    found = {}
    for name, code in names.items():
        row = re.search(r"(?<!\w)" + re.escape(name) + r" {2,}([ \[\]\d]{9,13})", text)
        if row is None:
            raise AssertionError(f"no row of {name} in:\n{text}")
        chosen = re.search(r"\[(\d)\]", row[1])
        if chosen:
            found[code] = chosen[1]
    overall = re.search(r"how hard is today\?\s+(\S+) / 10", text)
    if overall is None:
        raise AssertionError("no overall")
    if overall[1].isdigit():
        found["overall"] = overall[1]
    return found


def saved(room, journal, names):
    """What the journal holds of its only check-in of the day."""
    _, out, errors = room.run(journal, "export", "csv", "--layout", "wide")
    rows = [row for row in csv.DictReader(io.StringIO(out)) if row["date"] == lab.NOW[:10]]
    if len(rows) != 1:
        raise AssertionError(f"{len(rows)} check-ins of the day; {errors}")
    return {column: rows[0][column] for column in [*names.values(), "overall"] if rows[0][column] != ""}


class Hand:
    """A hand that types a whole check-in, and slips on the way."""

    def __init__(self, room, journal, chance):
        self.room, self.journal, self.chance = room, journal, chance
        self.slips = 0
        self.seen = None

    def open(self):
        self.seen = checks.opened(self.room, self.journal, size=SIZE)
        self.seen.wait_for(READY)
        self.seen.settle()
        self.seen.send("c")
        self.seen.wait_for("how hard is today?")

    def to(self, size):
        """Another size; the same one again would make the program draw nothing."""
        if (self.seen.model.columns, self.seen.model.rows) != size:
            self.seen.resize(*size)

    def slip(self):
        """One slip, of whatever kind comes."""
        self.slips += 1
        chance, seen = self.chance, self.seen
        match chance.choice(SLIPS):
            case "twice":
                seen.send(chance.choice("01234") * 2)
            case "wrong row":
                seen.send(chance.choice(WRONG_ROW) + chance.choice("01234"))
            case "backspace":
                seen.send(BACKSPACE * chance.randrange(1, 4))
            case "other key":
                seen.send(chance.choice(BESIDE_THE_DIGITS))
            case "resize":
                self.to(chance.choice(SMALL))
            case "kill":
                seen.kill()
                seen.__exit__()
                self.open()

    def fill(self, slips):
        """Types a whole check-in with so many slips, and leaves it open, whole in sight."""
        moments = sorted(self.chance.sample(range(19), slips))
        for at in range(19):
            if at in moments:
                self.slip()
            self.seen.send(self.chance.choice("01234"))
        self.to(SIZE)
        self.seen.wait_for("how hard is today?")
        self.seen.settle()


def hands(room, too_late=False):
    """Row 49: 200 slips. What is saved is what the screen showed before Enter."""
    each = 4
    count = checks.count(room, 50, 6)
    base = checks.begun(room, room.at("base", "journal.db"))
    names = asked(room, base)
    seeds = [room.random.random() for _ in range(count)]
    done = [0]

    def trial(item):
        number, seed = item
        journal = room.at(f"hand-{number}", "journal.db")
        os.makedirs(os.path.dirname(journal), mode=0o700)
        with open(base, "rb") as file, open(os.open(journal, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as copy:
            copy.write(file.read())
        hand = Hand(room, journal, random.Random(seed))
        hand.open()
        try:
            hand.fill(each)
            before = shown(hand.seen.text(), names)
            if too_late:
                # A digit after the screen was read: the comparison has to see it.
                hand.seen.send("o" + ("7" if before.get("overall") != "7" else "6"))
            hand.seen.send("\r")
            hand.seen.wait_for("takes it back")
            hand.seen.send("q")
            hand.seen.end()
        except AssertionError as error:
            return [f"hand {number}: {error}"]
        finally:
            hand.seen.__exit__()
        done[0] += hand.slips
        after = saved(room, journal, names)
        return [] if after == before else [f"hand {number}: the screen showed {before}, the journal holds {after}"]

    outcome = checks.tried(enumerate(seeds), trial, lambda: f"{done[0]} slips in {count} check-ins")
    return outcome


ROWS = [lab.Row(49, "a shaking hand in a check-in", hands, checks.controls(lambda room: hands(room, too_late=True)))]
