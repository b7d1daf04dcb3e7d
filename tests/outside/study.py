"""Runs the query of assets/docs/study.md over the folder `study` with its 50 shared journals.

Usage: study.py QUERY FOLDER
"""

import os
import sys
from pathlib import Path

import duckdb


def main():
    query = Path(sys.argv[1]).read_text(encoding="utf-8")
    if not query.strip():
        sys.exit("the page about studies shows no query")
    os.chdir(sys.argv[2])
    found = duckdb.sql(query)
    print(found)
    rows = found.fetchall()
    names = found.columns
    participants = [row[names.index("participants")] for row in rows]
    severities = [row[names.index("severity")] for row in rows]
    if len(rows) < 10 or max(participants) != 50:
        sys.exit(f"{len(rows)} rows, at most {max(participants, default=0)} participants a day")
    if any(severity is None or not 0 <= severity <= 100 for severity in severities):
        sys.exit("a severity is not on its scale")


main()
