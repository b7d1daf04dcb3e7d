"""The window: sizes of every kind, and an answer of the terminal that comes as if it were typed. Rows 18 and 24."""

import os
import re
import shutil

import checks
import lab
from forms import CTRL_C, PLACES, READY, WORD

EDGES = (0, 1, 2, 3, 5, 8, 13, 20, 39, 40, 41, 60, 79, 80, 81, 120, 160, 250, 500)
STEPS = 10
# A question to the terminal: its colours, its kind, where the cursor is. None may be asked by itself.
QUESTIONS = re.compile(rb"\x1b\](?:4;\d+|1[0-9]);\?|\x1b\[[>=]?0?c|\x1b\[\??6n|\x1b\[>0?q")


def made(room):
    return checks.made_up(room, room.at("base", "journal.db"), 30)


def copied(room, base, number):
    """A journal of its own for a run."""
    path = room.at(f"run-{number}.db")
    shutil.copyfile(base, path)
    os.chmod(path, 0o600)
    return path


def drafts(journal):
    return " ".join(content for (content,) in lab.rows_of(journal, "SELECT content FROM draft"))


def left(seen, name):
    """Leaves by Ctrl-C, with its question where there is one; what is wrong with the end. Twice: the first may belong to a paste."""
    for key in (CTRL_C, CTRL_C, "4"):
        seen.type(key)
        if seen.end(2) is not None:
            break
    code = seen.end(4)
    wrong = seen.not_given_back()
    bad = [] if code in (0, 130) else [f"{name}: Ctrl-C ends it with {code}"]
    return bad + ([f"{name}: {wrong}"] if wrong else [])


def sizes(room):
    """Row 18: ten sizes one after another in a place; then it is whole again, with the words that were typed."""
    base = made(room)

    def trial(item):
        number, place, steps = item
        name = f"{place.name}, {' '.join(f'{columns}x{rows}' for columns, rows in steps)}"
        journal = copied(room, base, number)
        with checks.opened(room, journal) as seen:
            seen.wait_for(READY)
            seen.settle()
            seen.type(*place.way)
            seen.wait_for(place.seen)
            for columns, rows in steps:
                # A terminal of no size still has cells to the model; the program alone is told the truth.
                seen.pump(0)
                seen.model.resize(max(columns, 1), max(rows, 1))
                seen.set_size(columns, rows)
                seen.settle()
                if seen.has_ended():
                    return [f"{name}: ended with {seen.code} at {columns}x{rows}"]
            seen.resize(100, 30)
            seen.settle()
            if not seen.has(place.seen, 4):
                return [f"{name}: {place.seen!r} stands no more: {seen.flat()[:200]}"]
            bad = left(seen, name)
        if place.draft and place.draft not in drafts(journal):
            bad.append(f"{name}: the words are gone")
        return bad

    count = checks.count(room, 100, 4)
    items = []
    for number in range(count):
        some = [(room.random.choice(EDGES), room.random.choice(EDGES)) if number % 2 else (room.random.randrange(501), room.random.randrange(501)) for _ in range(STEPS)]
        items.append((number, PLACES[number % len(PLACES)], some))
    return checks.tried(items, trial, f"{count * STEPS} sizes from 0x0 to 500x500, {min(count, len(PLACES))} places")


def ends_at_a_size(room):
    """A program that a new size ends."""
    checks.program_that(room, '"$EBB" "$@" <&0 &\npid=$!\ntrap \'kill -9 $pid; exit 101\' WINCH\nwait $pid')
    return sizes(room)


def answers(room, is_answer=True):
    """Row 24: nothing is asked of the terminal, and what one answers all the same is no text. `is_answer`: without it, typed."""
    base = made(room)
    places = [place for place in PLACES if place.draft == WORD]

    def trial(item):
        number, place, waits, end = item
        name = f"{place.name}, after {waits} s, {end!r}"
        journal = copied(room, base, number)
        begin = "\x1b]" if is_answer else ""
        with checks.opened(room, journal) as seen:
            seen.wait_for(READY)
            seen.settle()
            seen.type(*place.way)
            seen.wait_for(place.seen)
            seen.pump(waits)
            seen.send(f"{begin}11;rgb:1e1e/1e1e/1e1e{end if is_answer else ''}")
            seen.settle()
            asked = QUESTIONS.search(seen.bytes)
            bad = [f"{name}: asks the terminal {asked.group()!r}"] if asked else []
            if "rgb" in seen.text():
                bad.append(f"{name}: the answer stands on the screen: {seen.flat()[:200]}")
            bad += left(seen, name)
        kept = drafts(journal)
        if "rgb" in kept or (is_answer and place.draft not in kept):
            bad.append(f"{name}: the answer is in the words: {kept[-200:]!r}")
        return bad

    some = [(place, waits, end) for place in places for waits in (0.05, 0.5, 3.0) for end in ("\x1b\\", "\a")]
    items = [(number, *item) for number, item in enumerate(checks.pick(room, some, short=6))]
    return checks.tried(items, trial, f"{len(items)} answers after 0.05, 0.5 and 3 s")


ROWS = [
    lab.Row(18, "windows of every size", sizes, checks.controls(ends_at_a_size)),
    lab.Row(24, "an answer of the terminal", answers, checks.controls(lambda room: answers(room, is_answer=False))),
]
