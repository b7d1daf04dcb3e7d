#!/usr/bin/env python3
"""Makes film.svg: half a minute with ebb, played on a made-up year with a fixed clock, so that the bytes are the same each time.

  assets/screens/film.py [PROGRAM] [--to FILE]        target/release/ebb when left out

Needs Python alone. The program runs in a terminal of its own, its cells become shapes and letters of an SVG, and CSS shows one
picture after the other. Where nothing moves, the first one stays.
"""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
NOW = "2026-11-22T19:40:00-05:00"
COLUMNS, ROWS = 100, 32
WIDTH, HEIGHT = 9, 19

# Keys, the seconds that the picture after them stays, and what is said below it. No keys: the picture as it is.
STEPS = [
    ("", 3.0, "ebb", "today, and how it compares"),
    ("c", 1.6, "c", "a check-in: each symptom from 0 to 4"),
    ("2", 0.5, "2", "a digit rates a row and moves on"),
    ("1", 0.5, "1", "a digit rates a row and moves on"),
    ("0", 0.5, "0", "a digit rates a row and moves on"),
    ("2", 0.5, "2", "a digit rates a row and moves on"),
    (".", 1.0, ".", "left blank, which is never a 0"),
    ("A", 1.8, "A", "the rest as last time"),
    ("\r", 2.4, "Enter", "saved; z takes it back"),
    ("2", 3.4, "2", "this week beside the week before"),
    ("vvv", 3.4, "v", "counted from day 0, with what was used below"),
    ("vv", 3.0, "v", "each symptom, each day"),
    ("!", 3.4, "!", "numbers to call, from every screen"),
]

# The sixteen colours of the terminal in the film: default text on default ground, then 0 to 15.
TEXT, GROUND = "#d8dbe2", "#16181d"
SIXTEEN = [
    "#2a2e37", "#d0726d", "#8fb573", "#d3b26a", "#6f9fd8", "#b48ead", "#6fb3b8", "#d8dbe2",
    "#7d8492", "#e08b86", "#a5c98b", "#e3c681", "#8bb5e6", "#c6a3c1", "#8ac7cb", "#f2f4f8",
]  # fmt: skip


def colour(number):
    if number < 16:
        return SIXTEEN[number]
    if number < 232:
        steps = [0, 95, 135, 175, 215, 255]
        red, rest = divmod(number - 16, 36)
        green, blue = divmod(rest, 6)
        return "#%02x%02x%02x" % (steps[red], steps[green], steps[blue])
    grey = 8 + (number - 232) * 10
    return "#%02x%02x%02x" % (grey, grey, grey)


class Terminal:
    """As much of a terminal as ebb writes for. What it does not know ends the film: a picture that is wrong is worse than none."""

    PIECES = re.compile(
        r"\x1b\[([?>=<]?)([\d;:]*)([ -/]*)([@-~])|\x1b\]([^\x07\x1b]*)(?:\x07|\x1b\\)|\x1b([()][0-9A-B]|[=>78cM])|(\x1b[P_^][^\x1b]*\x1b\\)|([^\x1b])",
        re.DOTALL,
    )

    def __init__(self):
        self.row = self.column = 0
        self.style = {}
        self.cells = [[(" ", {})] * COLUMNS for _ in range(ROWS)]
        self.left = ""

    def feed(self, text):
        text = self.left + text
        at = 0
        while at < len(text):
            piece = self.PIECES.match(text, at)
            if piece is None:
                break
            at = piece.end()
            private, numbers, _, final, _, _, _, letter = piece.groups()
            if letter is not None:
                self.put(letter)
            elif final is not None and not private:
                self.control(final, [int(n or 0) for n in re.split("[;:]", numbers)])
        self.left = text[at:]
        if len(self.left) > 200:
            sys.exit(f"a sequence that is not known: {self.left[:40]!r}")

    def put(self, letter):
        if letter == "\r":
            self.column = 0
        elif letter == "\n":
            self.row = min(self.row + 1, ROWS - 1)
        elif letter >= " ":
            if self.column < COLUMNS:
                self.cells[self.row][self.column] = (letter, self.style)
            self.column += 1

    def control(self, final, numbers):
        first = numbers[0]
        count = max(first, 1)
        if final in "Hf":
            self.row = count - 1
            self.column = max(numbers[1] if len(numbers) > 1 else 1, 1) - 1
        elif final in "ABCD":
            self.row += {"A": -count, "B": count}.get(final, 0)
            self.column += {"D": -count, "C": count}.get(final, 0)
        elif final == "G":
            self.column = count - 1
        elif final == "d":
            self.row = count - 1
        elif final == "J" and first == 2:
            self.cells = [[(" ", self.style)] * COLUMNS for _ in range(ROWS)]
        elif final in "JK" and first == 0:
            self.cells[self.row][self.column :] = [(" ", self.style)] * (COLUMNS - self.column)
            if final == "J":
                self.cells[self.row + 1 :] = [[(" ", self.style)] * COLUMNS for _ in self.cells[self.row + 1 :]]
        elif final == "m":
            self.graphics(numbers)
        elif final not in "hlnctrqsu":
            sys.exit(f"a sequence that is not known: CSI {numbers} {final}")

    def graphics(self, numbers):
        style = dict(self.style)
        numbers = list(numbers)
        on = {1: "bold", 2: "dim", 3: "slanted", 4: "under", 7: "reverse", 9: "through"}
        off = {22: ("bold", "dim"), 23: ("slanted",), 24: ("under",), 27: ("reverse",), 29: ("through",)}
        while numbers:
            n = numbers.pop(0)
            if n == 0:
                style = {}
            elif n in on:
                style[on[n]] = True
            elif n in off:
                for name in off[n]:
                    style.pop(name, None)
            elif n in (38, 48, 58):
                if numbers.pop(0) == 5:
                    shade = colour(numbers.pop(0))
                else:
                    shade = "#%02x%02x%02x" % tuple(numbers.pop(0) for _ in range(3))
                style[{38: "fg", 48: "bg", 58: "line"}[n]] = shade
            elif n in (39, 49, 59):
                style.pop({39: "fg", 49: "bg", 59: "line"}[n], None)
            elif 30 <= n <= 37 or 90 <= n <= 97:
                style["fg"] = colour(n - 30 if n < 90 else n - 82)
            elif 40 <= n <= 47 or 100 <= n <= 107:
                style["bg"] = colour(n - 40 if n < 100 else n - 92)
            elif n not in (5, 6, 8, 25, 28):
                sys.exit(f"a colour that is not known: {n}")
        self.style = style


def blend(over, under, share):
    pairs = zip(bytes.fromhex(over[1:]), bytes.fromhex(under[1:]))
    return "#%02x%02x%02x" % tuple(round(a * share + b * (1 - share)) for a, b in pairs)


def shown(style):
    """Text colour, ground and the weight of a cell."""
    fg, bg = style.get("fg", TEXT), style.get("bg", GROUND)
    if style.get("reverse"):
        fg, bg = bg, fg
    if style.get("dim"):
        fg = blend(fg, bg, 0.6)
    return fg, bg, bool(style.get("bold")), bool(style.get("under"))


# Parts of a cell in eighths: left, top, width, height.
BLOCKS = {"█": (0, 0, 8, 8), "▀": (0, 0, 8, 4), "▐": (4, 0, 4, 8), "▔": (0, 0, 8, 1), "▕": (7, 0, 1, 8)}
BLOCKS |= {letter: (0, 8 - n, 8, n) for n, letter in enumerate("▁▂▃▄▅▆▇", 1)}
BLOCKS |= {letter: (0, 0, 8 - n, 8) for n, letter in enumerate("▉▊▋▌▍▎▏", 1)}
QUARTERS = {"▖": "c", "▗": "d", "▘": "a", "▝": "b", "▚": "ad", "▞": "bc", "▙": "acd", "▛": "abc", "▜": "abd", "▟": "bcd"}
SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75}
# Lines to the left, up, right and down: 1 thin, 2 bold.
LINES = {
    "─": "1010", "│": "0101", "┌": "0011", "┐": "1001", "└": "0110", "┘": "1100", "├": "0111", "┤": "1101", "┬": "1011",
    "┴": "1110", "┼": "1111", "━": "2020", "┃": "0202", "╴": "1000", "╵": "0100", "╶": "0010", "╷": "0001", "╸": "2000",
    "╹": "0200", "╺": "0020", "╻": "0002", "┄": "1010", "┆": "0101", "┈": "1010", "┊": "0101", "╌": "1010", "╎": "0101",
}  # fmt: skip
ROUND = {"╭": (1, 1), "╮": (-1, 1), "╰": (1, -1), "╯": (-1, -1)}


def number(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")


def rect(x, y, width, height, fill):
    return f'<path fill="{fill}" d="M{number(x)} {number(y)}h{number(width)}v{number(height)}h-{number(width)}z"/>'


def drawn(letter, x, fg, bg):
    """A sign that fills its cell, as a shape: no font puts them together without a seam. None: a letter."""
    if letter in BLOCKS:
        left, top, width, height = BLOCKS[letter]
        return rect(x + left * WIDTH / 8, top * HEIGHT / 8, width * WIDTH / 8, height * HEIGHT / 8, fg)
    if letter in SHADES:
        return rect(x, 0, WIDTH, HEIGHT, blend(fg, bg, SHADES[letter]))
    if letter in QUARTERS:
        half = {"a": (0, 0), "b": (1, 0), "c": (0, 1), "d": (1, 1)}
        places = [half[name] for name in QUARTERS[letter]]
        return "".join(rect(x + a * WIDTH / 2, b * HEIGHT / 2, WIDTH / 2, HEIGHT / 2, fg) for a, b in places)
    if 0x2801 <= ord(letter) <= 0x28FF:
        places = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]
        bits = ord(letter) - 0x2800
        dots = [place for n, place in enumerate(places) if bits >> n & 1]
        return "".join(rect(x + 1.4 + a * WIDTH / 2, 1.4 + b * HEIGHT / 4, 2, 2, fg) for a, b in dots)
    middle, half = x + WIDTH / 2, HEIGHT / 2
    if letter in LINES:
        left, up, right, down = map(int, LINES[letter])
        pen = 2.4 if "2" in LINES[letter] else 1.2
        dash = ' stroke-dasharray="2 2.5"' if letter in "┄┆┈┊╌╎" else ""
        ways = ""
        if left or right:
            begin, end = (x if left else middle), (x + WIDTH if right else middle)
            ways += f"M{number(begin)} {number(half)}H{number(end)}"
        if up or down:
            begin, end = (0 if up else half), (HEIGHT if down else half)
            ways += f"M{number(middle)} {number(begin)}V{number(end)}"
        return f'<path fill="none" stroke="{fg}" stroke-width="{pen}"{dash} d="{ways}"/>'
    if letter in ROUND:
        across, along = ROUND[letter]
        side, edge = middle + across * WIDTH / 2, half + along * HEIGHT / 2
        way = f"M{number(side)} {number(half)}Q{number(middle)} {number(half)} {number(middle)} {number(half + along * 4.5)}V{number(edge)}"
        return f'<path fill="none" stroke="{fg}" stroke-width="1.2" d="{way}"/>'
    return None


def row_of(cells):
    """One row of the screen as SVG: grounds, shapes, then letters, each run as wide as its cells whatever the font."""
    grounds, shapes, letters = [], [], []
    looks = [(letter, *shown(style)) for letter, style in cells]
    at = 0
    while at < COLUMNS:
        end = at
        while end < COLUMNS and looks[end][2] == looks[at][2]:
            end += 1
        if looks[at][2] != GROUND:
            grounds.append(rect(at * WIDTH, 0, (end - at) * WIDTH, HEIGHT, looks[at][2]))
        at = end
    at = 0
    while at < COLUMNS:
        letter, fg, bg, bold, under = looks[at]
        shape = drawn(letter, at * WIDTH, fg, bg)
        if letter == " " or shape is not None:
            shapes.append(shape or "")
            at += 1
            continue
        end, text = at, ""
        while end < COLUMNS and looks[end][1] == fg and looks[end][3:] == (bold, under):
            # Two spaces end a run, so that a font cannot pull words out of their columns.
            if drawn(looks[end][0], 0, fg, bg) is not None or (text.endswith(" ") and looks[end][0] == " "):
                break
            text += looks[end][0]
            end += 1
        text = text.rstrip()
        kind = ' class="b"' if bold else ""
        kind += ' text-decoration="underline"' if under else ""
        fill = "" if fg == TEXT else f' fill="{fg}"'
        length = f' textLength="{len(text) * WIDTH}"' if len(text) > 1 else ""
        letters.append(f'<text x="{at * WIDTH}"{kind}{fill}{length}>{escape(text)}</text>')
        at += len(text)
    written = f'<g transform="translate(0 14.5)">{"".join(letters)}</g>' if letters else ""
    return "".join(grounds + shapes) + written


def play(program, home):
    """The screens after each step."""
    place = str(Path(home) / "journal.db")
    # Nothing of the person's own reaches the film, neither a config file nor a zone.
    world = {"HOME": home, "TZ": "America/New_York", "TERM": "xterm-256color", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    made = [program, "--now", NOW, "demo", "--days", "365", "--write", place]
    subprocess.run(made, env=world, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    child, master = pty.fork()
    if child == 0:
        os.execve(program, [program, "--journal", place, "--now", NOW], world)
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    terminal, reader = Terminal(), codecs.getincrementaldecoder("utf-8")()

    def still(first, seconds=0.7):
        """Reads until nothing came for `seconds`; a slow machine has until `first` to begin."""
        while select.select([master], [], [], first)[0]:
            terminal.feed(reader.decode(os.read(master, 65536)))
            first = seconds

    screens = []
    try:
        still(20)
        for keys, *_ in STEPS:
            for key in keys:
                os.write(master, key.encode())
                still(5)
            screens.append([list(row) for row in terminal.cells])
    finally:
        os.kill(child, signal.SIGTERM)
        try:
            still(5)
        except OSError:
            pass
        os.waitpid(child, 0)
        os.close(master)
    return screens


def film(screens):
    margin, bar = 14, 40
    width, height = COLUMNS * WIDTH + 2 * margin, ROWS * HEIGHT + 2 * margin + bar
    rows, groups, rules = {}, [], []
    total = sum(seconds for _, seconds, *_ in STEPS)
    begin = 0.0
    for n, (screen, (_, seconds, key, words)) in enumerate(zip(screens, STEPS)):
        uses = []
        for y, cells in enumerate(screen):
            row = row_of(cells)
            if row:
                name = rows.setdefault(row, f"r{len(rows)}")
                uses.append(f'<use href="#{name}" y="{y * HEIGHT}"/>')
        cap = len(key) * WIDTH + 14
        below = ROWS * HEIGHT + 12
        uses.append(
            f'<rect x="0" y="{below}" width="{cap}" height="26" rx="5" fill="none" stroke="#7d8492"/>'
            f'<text x="7" y="{below + 18}" class="b" textLength="{len(key) * WIDTH}">{escape(key)}</text>'
            f'<text x="{cap + 12}" y="{below + 18}">{escape(words)}</text>'
        )
        hidden = "" if n == 0 else ' visibility="hidden"'
        groups.append(f'<g id="f{n}"{hidden}>{"".join(uses)}</g>')
        start, end = 100 * begin / total, 100 * (begin + seconds) / total
        first = "" if n == 0 else "0%{visibility:hidden}"
        last = "" if n == len(screens) - 1 else f"{number(end)}%{{visibility:hidden}}"
        rules.append(f"@keyframes k{n}{{{first}{number(start)}%{{visibility:visible}}{last}}}#f{n}{{animation:k{n} {number(total)}s step-end infinite}}")
        begin += seconds
    stored = "\n".join(f'<g id="{name}">{row}</g>' for row, name in rows.items())
    font = "ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,'Liberation Mono',monospace"
    said = "; ".join(dict.fromkeys(words for *_, words in STEPS))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">\n'
        f"<title>Half a minute with ebb</title>\n<desc>{escape(said)}. The data are made up.</desc>\n"
        f"<style>text{{font:15px {font};white-space:pre}}.b{{font-weight:bold}}\n"
        f"@media (prefers-reduced-motion:no-preference){{\n{chr(10).join(rules)}\n}}</style>\n"
        f'<defs>\n{stored}\n</defs>\n<rect width="{width}" height="{height}" rx="8" fill="{GROUND}"/>\n'
        f'<g transform="translate({margin} {margin})" fill="{TEXT}">\n{chr(10).join(groups)}\n</g>\n</svg>\n'
    )


def main():
    words = sys.argv[1:]
    to = HERE / "film.svg"
    if "--to" in words:
        at = words.index("--to")
        to = Path(words[at + 1])
        del words[at : at + 2]
    program = Path(words[0] if words else HERE.parent.parent / "target/release/ebb").resolve()
    if not program.is_file():
        sys.exit(f"{program} is not there; `cargo build --release --locked` makes it.")
    with tempfile.TemporaryDirectory() as home:
        screens = play(str(program), home)
    text = film(screens)
    to.write_text(text, encoding="utf-8")
    print(f"{to}: {len(screens)} pictures, {len(text.encode()) // 1024} KB")


main()
