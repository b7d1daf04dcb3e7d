"""Breaks each kind of file in one place, so that its check can be seen to turn red. Usage: break.py FOLDER"""

import json
import sys
from pathlib import Path

out = Path(sys.argv[1])


def swap(path, old, new, times=1):
    text = path.read_bytes().decode("utf-8")
    if old not in text:
        sys.exit(f"{path} holds no {old!r} to break")
    path.write_bytes(text.replace(old, new, times).encode("utf-8"))


def cell_of_the_first_row(path, column, value):
    lines = path.read_bytes().decode("utf-8").split("\r\n")
    at = lines[0].split(",").index(column)
    cells = lines[1].split(",")
    cells[at] = value
    lines[1] = ",".join(cells)
    path.write_bytes("\r\n".join(lines).encode("utf-8"))


for package in ("package", "shared"):
    for ratings in (out / package).glob("rating*.csv"):
        cell_of_the_first_row(ratings, "severity", "a lot")

# A formula that nothing guards: a spreadsheet runs it.
swap(out / "wide.csv", "'=1+1", "=1+1")

# A day that says more than its entries.
cell_of_the_first_row(out / "package" / "days.csv", "checkins", "9")

# A participant without check-ins, as when a folder was copied by half.
(out / "study" / "P-07" / "check_ins.csv").unlink()

path = out / "bundle.json"
bundle = json.loads(path.read_text(encoding="utf-8"))
seen = [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "Observation"]
seen[0]["status"] = "fine"
seen[1]["note"] = []
seen[2]["subject"]["reference"] = "urn:uuid:00000000-0000-4000-8000-000000000000"
path.write_text(json.dumps(bundle), encoding="utf-8")

report = out / "report.html"
if report.exists():
    more = '<img src="data:,"><p style="color:#bbb;background:#fff">faint</p></section>' + "<p>a line</p>" * 120
    swap(report, "</body>", more + "</body>")
