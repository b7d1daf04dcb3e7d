"""Opens each CSV in LibreOffice, as a person does, and holds every cell of the sheet against the file.

Usage: cells.py SOFFICE FOLDER
"""

import csv
import datetime
import subprocess
import sys
import tempfile
from pathlib import Path

import openpyxl

# Comma, double quote, UTF-8, from line 1, English, special numbers not looked for: what the import dialogue offers.
FILTER = "CSV:44,34,76,1,,1033,false,false,false"


def same(cell, text):
    if cell.data_type == "f":
        return False
    value = cell.value
    if value is None:
        return text == ""
    if isinstance(value, bool):
        return text == str(value).lower()
    if isinstance(value, (int, float)):
        try:
            return abs(float(text) - value) < 1e-9
        except ValueError:
            return False
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return text == value.date().isoformat()
        return text == value.isoformat()
    if isinstance(value, datetime.timedelta):
        return text == (datetime.datetime.min + value).strftime("%H:%M:%S")
    if isinstance(value, datetime.time):
        return text == value.strftime("%H:%M:%S")
    return value.replace("_x000D_", "").replace("\r\n", "\n") == text.replace("\r\n", "\n")


def main():
    office, folder = sys.argv[1], Path(sys.argv[2])
    files = [folder / "long.csv", folder / "wide.csv", folder / "day.csv"]
    for package in ("shared", "package"):
        files += sorted((folder / package).glob("*.csv"))
    bad = 0
    with tempfile.TemporaryDirectory() as work:
        # Names of several folders must not meet.
        named = []
        for at, file in enumerate(files):
            copy = Path(work) / f"{at}.csv"
            copy.write_bytes(file.read_bytes())
            named.append(copy)
        subprocess.run(
            [office, f"-env:UserInstallation=file://{work}/profile", "--headless", f"--infilter={FILTER}",
             "--convert-to", "xlsx", "--outdir", work, *map(str, named)],
            check=True, stdout=subprocess.DEVNULL, timeout=240,
        )
        for file, copy in zip(files, named):
            with open(file, newline="", encoding="utf-8") as text:
                rows = list(csv.reader(text))
            sheet = openpyxl.load_workbook(copy.with_suffix(".xlsx")).active
            if sheet.max_row != len(rows):
                print(f"{file.name}: {sheet.max_row} rows, not {len(rows)}")
                bad += 1
                continue
            for at, row in enumerate(rows, 1):
                for place, text in enumerate(row, 1):
                    cell = sheet.cell(at, place)
                    if not same(cell, text):
                        bad += 1
                        if bad < 20:
                            print(f"{file.name} {cell.coordinate}: {cell.value!r}, not {text!r}")
    sys.exit(bad > 0)


main()
