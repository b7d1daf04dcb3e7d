"""Loads every table of a Data Package in pandas or DuckDB as anybody would, and holds the types against the schema.

Usage: loads.py pandas|duckdb FOLDER
"""

import csv
import json
import sys
from pathlib import Path

import duckdb
import pandas as pd

TYPES = {
    "integer": {"BIGINT", "INTEGER"},
    # Whole amounts alone read as whole numbers.
    "number": {"DOUBLE", "BIGINT", "INTEGER"},
    "boolean": {"BOOLEAN"},
    "date": {"DATE"},
    "time": {"TIME"},
    "datetime": {"TIMESTAMP", "TIMESTAMP WITH TIME ZONE"},
    "string": None,
    "object": None,
}


def rows_of(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def in_duckdb(path, fields, rows):
    loaded = duckdb.sql(f"SELECT * FROM read_csv('{path}', header = true, delim = ',', quote = '\"', escape = '\"')")
    if loaded.columns != [field["name"] for field in fields]:
        return [f"columns {loaded.columns}"]
    wrong = []
    for field, kind in zip(fields, loaded.types):
        filled = any(row[field["name"]] != "" for row in rows)
        wanted = TYPES[field["type"]]
        if filled and wanted is not None and str(kind) not in wanted:
            wrong.append(f"{field['name']} is {kind}, not {field['type']}")
    counts = ", ".join(f'count("{field["name"]}")' for field in fields)
    n, *held = loaded.aggregate(f"count(*), {counts}").fetchall()[0]
    if n != len(rows):
        wrong.append(f"{n} rows, not {len(rows)}")
    for field, n in zip(fields, held):
        filled = sum(row[field["name"]] != "" for row in rows)
        if n != filled:
            wrong.append(f"{field['name']} has {n} values, not {filled}")
    return wrong


def clock(field):
    form = field.get("format", "default")
    return "%H:%M:%S" if form == "default" else form


def in_pandas(path, fields, rows):
    dates = [field["name"] for field in fields if field["type"] in ("date", "datetime")]
    words = {field["name"]: "string" for field in fields if field["type"] in ("string", "object")}
    loaded = pd.read_csv(path, parse_dates=dates, dtype=words, keep_default_na=False, na_values=[""])
    if list(loaded.columns) != [field["name"] for field in fields]:
        return [f"columns {list(loaded.columns)}"]
    wrong = []
    if len(loaded) != len(rows):
        return [f"{len(loaded)} rows, not {len(rows)}"]
    kinds = pd.api.types
    fits = {
        # A column with blanks is read as floats; each one has to be whole all the same.
        "integer": lambda c: kinds.is_numeric_dtype(c) and (c.dropna() % 1 == 0).all(),
        "number": kinds.is_numeric_dtype,
        "boolean": lambda c: kinds.is_bool_dtype(c) or set(c.dropna()) <= {True, False},
        "date": kinds.is_datetime64_any_dtype,
        "datetime": kinds.is_datetime64_any_dtype,
        "string": lambda c: True,
        "object": lambda c: True,
    }
    for field in fields:
        column = loaded[field["name"]]
        blank = sum(row[field["name"]] == "" for row in rows)
        if column.isna().sum() != blank:
            wrong.append(f"{field['name']} has {column.isna().sum()} blanks, not {blank}")
        fits["time"] = lambda c, form=clock(field): pd.to_datetime(c.dropna(), format=form, errors="coerce").notna().all()
        if blank < len(rows) and not fits[field["type"]](column):
            wrong.append(f"{field['name']} is {column.dtype}, not {field['type']}")
    return wrong


def main():
    load = {"pandas": in_pandas, "duckdb": in_duckdb}[sys.argv[1]]
    folder = Path(sys.argv[2])
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    bad = 0
    filled = 0
    for resource in package["resources"]:
        path = folder / resource["path"]
        rows = rows_of(path)
        filled += bool(rows)
        for problem in load(path, resource["schema"]["fields"], rows):
            print(f"{resource['name']}: {problem}")
            bad += 1
    if filled < 5:
        print(f"{filled} tables have rows, so this says little")
        bad += 1
    sys.exit(bad > 0)


main()
