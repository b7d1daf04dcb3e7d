"""Imports random files through the program, and holds each value of the journal against the truth written with the file.

Usage: made.py EBB FILES WORK [--most N] [--red]

The tests write FILES: EBB_TEST_WRITE=FILES EBB_TEST_FILES=1000 cargo test --test foreign every_value
Each file is imported, again, and again in another zone; what came in is taken back. EBB_FIRST names a program of version
0.1.0: it imports the files that it can read before this program does.
--red changes one line of each truth: every file has to differ then.
"""

import datetime as dt
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from zoneinfo import ZoneInfo

EBB, FILES, WORK = (Path(word).resolve() for word in sys.argv[1:4])
MOST = int(sys.argv[sys.argv.index("--most") + 1]) if "--most" in sys.argv else None
RED = "--red" in sys.argv
FIRST = os.environ.get("EBB_FIRST")
# Five hours behind all year, as the truth is.
HOME_ZONE = "Etc/GMT+5"
ZONES = ["Asia/Tokyo", "Pacific/Auckland", "Europe/Berlin", "America/St_Johns", "Pacific/Honolulu"]
PRODUCT = ["product", "add", "Blue bag", "--unit", "scoop", "--smallest", "0.25"]


class Wrong(Exception):
    """What a file shows that it must not."""


def need(is_so, sentence):
    if not is_so:
        raise Wrong(sentence)


class Home:
    """A folder with a journal."""

    def __init__(self, folder, program=EBB):
        self.folder, self.program = folder, program

    def run(self, *words, zone=HOME_ZONE, program=None, now="2026-11-22T20:15:00+00:00"):
        # Without an offset it is in the zone of the run, whatever season that has.
        now = dt.datetime.fromisoformat(now).astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M:%S")
        env = {"HOME": self.folder, "TZ": zone, "EBB_NOW": now, "EBB_JOURNAL": f"{self.folder}/journal.db", "LANG": "C.UTF-8"}
        done = subprocess.run(
            [program or self.program, *words], env=env, cwd=self.folder, capture_output=True, stdin=subprocess.DEVNULL, timeout=120
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def done(self, *words, **how):
        code, out, err = self.run(*words, **how)
        need(code == 0, f"{words} ended with {code}: {err}")
        return out, err

    def journal(self):
        code, out, err = self.run("export", "json")
        # A file of which nothing can be read makes no journal.
        if code == 10:
            return json.dumps({"check_ins": [], "records": []})
        need(code == 0, f"export ended with {code}: {err}")
        return out


def place(entry):
    moment = entry["moment"]
    return f"{moment['day']} {'no time' if moment.get('without_time') else moment['at'][11:16]}"


def noted(note):
    first, _, rest = (note or "").partition("\n")
    if not first.startswith("Time: "):
        first, rest = "", note or ""
    return (f" [{first}]" if first else "") + (f" {json.dumps(rest, ensure_ascii=False, separators=(',', ':'))}" if rest else "")


def thousandths(number):
    return f"{number * 1000:.0f}"


def lines(document):
    """The entries of a journal by their ids, as the truth writes them."""
    names = {it["id"]: it["fields"]["name"] for it in document["records"] if it["kind"] == "medication"}
    for it in document["check_ins"]:
        values = dict(it["ratings"])
        if it.get("overall") is not None:
            values["overall"] = it["overall"]
        told = ", ".join(f"{code} {value}" for code, value in sorted(values.items()))
        yield it["id"], f"{place(it)} check-in {told}{noted(it.get('note'))}"
    for it in document["records"]:
        kind, fields = it["kind"], it["fields"]
        if kind == "product":
            continue
        if kind == "medication":
            yield it["id"], f"medication {fields['name']}"
            continue
        about = it.get("about", "")
        words = [place(it), kind, names.get(about, about)]
        if kind == "intake":
            words += [fields["state"], fields.get("amount", "")]
        else:
            first = next((thousandths(fields[of]) for of in ("amount", "value", "strength", "count", "minutes") if of in fields), "")
            second = f"/{thousandths(fields['second'])}" if "second" in fields else ""
            words += [first + second, fields.get("unit", "")]
        yield it["id"], " ".join(filter(None, words)) + noted(fields.get("note"))


def held(text):
    return dict(lines(json.loads(text)))


def words_of(truth, path):
    return ["import", path, "--decimal", truth["decimal"], *(word for map in truth["maps"] for word in ("--map", map))]


def now(path, truth, nth):
    """A file into a new journal."""
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        home = Home(folder)
        home.done(*PRODUCT)
        before = home.journal()
        words = words_of(truth, path)
        if truth["slips"]:
            code, _, err = home.run(*words)
            need(code == 2 and "--skip-slips leaves out" in err, f"slips ended with {code}: {err}")
            need(home.journal() == before, "a refused file changed the journal")
        words += ["--skip-slips", "--json"]
        out, err = home.done(*words)
        said = json.loads(out)
        rows = [int(re.search(r"\.csv, row (\d+)[,:]", row)[1]) for row in said["skipped"]]
        need(rows == truth["slips"], f"rows {rows} are named, wrong are {truth['slips']}")
        need(len(said["left_out"]) == truth["without_room"], f"{said['left_out']} beside {truth['without_room']}")
        for column in truth["unknown"]:
            need(f"{column}: left out" in err, f"{column!r} is not named: {err}")
        after = home.journal()
        here, wanted = Counter(held(after).values()), Counter(truth["truth"])
        need(here == wanted, f"the journal alone has {here - wanted}, the truth alone {wanted - here}")
        for zone, later in ((HOME_ZONE, "2026-11-22T21:15:00+00:00"), (ZONES[nth % len(ZONES)], "2026-11-30T10:00:00+00:00")):
            again = json.loads(home.done(*words, zone=zone, now=later)[0])
            need(not again["added"], f"again in {zone}: {again['added']}")
            need(home.journal() == after, f"again in {zone}: the journal is another one")
        if said["added"]:
            home.done("undo")
        need(home.journal() == before, "the undo leaves another journal")
        return Counter(values=len(truth["truth"]), rows_named=len(rows), sleeps_named=truth["without_room"])


def values(all_lines):
    """Each value with its day alone: 0.1.0 gave hours to parts of the day, and put several rows into one check-in."""
    for line in all_lines:
        if line.startswith("medication "):
            continue
        day, rest = line[:10], re.sub(r"^.{11}(no time|\d\d:\d\d) ", "", line)
        rest = re.sub(r" \[Time: [^]]*\]", "", rest)
        if not rest.startswith("check-in"):
            yield f"{day} {rest}"
            continue
        told, quote, note = rest.removeprefix("check-in ").partition(' "')
        yield from (f"{day} {value}" for value in told.strip().split(", ") if value)
        if quote:
            yield from (f"{day} note {part}" for part in re.split(r"\r\n|\r|\n", json.loads(f'"{note}')))


def days_named(said):
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    found = re.findall(r"of \w{3} (\d+) (\w{3}) (\d+)", said)
    return {f"{int(year):04}-{months.index(month) + 1:02}-{int(day):02}" for day, month, year in found}


def first(path, truth, nth):
    """A file into a journal that version 0.1.0 has imported it into."""
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        home = Home(folder)
        plain = [word for word in words_of(truth, path) if word not in ("--decimal", truth["decimal"])]
        code, _, err = home.run(*plain, program=FIRST)
        if code:
            return Counter({"refused by 0.1.0": 1})
        old_text = home.journal()
        words = words_of(truth, path) + ["--json"]
        said = json.loads(home.done(*words)[0])
        text = home.journal()
        old, new = held(old_text), held(text)
        need(all(new.get(id) == line for id, line in old.items()), "an entry of 0.1.0 was changed")
        wanted = Counter(values(truth["truth"]))
        # What 0.1.0 read as something else stands there, is named, and is no value of the file.
        differing = {left.get("id") for left in said["left_out"]}
        stood = Counter(values(line for id, line in old.items() if id not in differing))
        came = Counter(values(line for id, line in new.items() if id not in old))
        need(not came - wanted, f"came in, and stands not in the file: {came - wanted}")
        twice = (came + (stood & wanted)) - wanted
        need(not twice, f"twice: {twice}")
        named = set().union(*(days_named(left["said"]) for left in said["left_out"]), *map(days_named, said["corrected"]))
        missing = wanted - stood - came
        unnamed = {value: n for value, n in missing.items() if value[:10] not in named}
        need(not unnamed, f"neither here nor named: {unnamed} ({said['left_out']})")
        again = json.loads(home.done(*words, zone=ZONES[nth % len(ZONES)], now="2026-11-30T10:00:00+00:00")[0])
        need(not again["added"], f"again: {again['added']}")
        if said["added"]:
            home.done("undo")
        need(home.journal() == old_text, "the undo leaves another journal")
        return Counter({"read by 0.1.0": 1, "values": wanted.total(), "lost by 0.1.0, came in": came.total(), "named": missing.total()})


def tried(trial, path, nth):
    truth = json.loads(path.with_suffix(".json").read_text())
    if RED:
        if not truth["truth"]:
            return path, None, Counter()
        truth["truth"][0] += "7"
    try:
        return path, None, trial(path, truth, nth)
    except Wrong as wrong:
        return path, str(wrong), Counter()


def trial(name, how):
    paths = sorted((FILES / name).glob("*.csv"))[:MOST]
    need(paths, f"there are no files in {FILES / name}")
    with ThreadPoolExecutor(max_workers=2) as pool:
        all_tried = list(pool.map(lambda it: tried(how, it[1], it[0]), enumerate(paths)))
    counts = sum((counts for *_, counts in all_tried), Counter())
    wrong = [(path, why) for path, why, _ in all_tried if why]
    for path, why in wrong[:20]:
        print(f"{name}/{path.name}: {why[:600]}")
    print(f"{name}: {len(paths)} files, {len(wrong)} wrong; " + ", ".join(f"{what} {n}" for what, n in counts.items()))
    return len(wrong)


WORK.mkdir(parents=True, exist_ok=True)
wrong = trial("now", now)
if FIRST and not RED:
    wrong += trial("first", first)
elif not FIRST:
    print("SKIPPED  after version 0.1.0: EBB_FIRST names no program of that version")
sys.exit(1 if wrong else 0)
