"""Holds the table of days against the tables that it was worked out from: every count and every sum, worked out anew.

Usage: days.py pandas|duckdb FOLDER
"""

import sys
from pathlib import Path

import duckdb
import pandas as pd

folder = Path(sys.argv[2])


def in_pandas():
    """By day: each column of days as pandas works it out from the other tables."""
    read = lambda name: pd.read_csv(folder / f"{name}.csv", keep_default_na=False, na_values=[""])
    check_ins, ratings = read("check_ins"), read("ratings")
    # A word in the place of a number is no number; that it is one is checked elsewhere.
    ratings["severity"] = pd.to_numeric(ratings["severity"], errors="coerce")
    rated = ratings.merge(check_ins[["id", "day"]], left_on="check_in", right_on="id")
    doses, without, urges = read("doses"), read("days_without"), read("urges")
    made = {
        "checkins": check_ins.groupby("day").size(),
        # A brief check-in asked for nothing.
        "items_asked": rated.groupby("day")["symptom"].nunique().combine_first(pd.Series(0, index=check_ins["day"].unique())),
        "overall": check_ins.groupby("day")["overall"].mean(),
        "urges": urges.groupby("day").size(),
        "urge_worst": urges.groupby("day")["strength"].max(),
        "practices": read("practices").groupby("day").size(),
    }
    several = check_ins.dropna(subset=["overall"]).groupby("day")["overall"].agg(["max", "size"])
    made["overall_worst"] = several[several["size"] > 1]["max"]
    for symptom, of in rated.groupby("symptom"):
        made[symptom] = of.groupby("day")["severity"].mean()
        several = of.dropna(subset=["severity"]).groupby("day")["severity"].agg(["max", "size"])
        made[f"{symptom}_worst"] = several[several["size"] > 1]["max"]
    zeros = pd.Series(0, index=without["day"].unique())
    made["doses"] = doses.groupby("day").size().combine_first(zeros)
    for (product, unit), of in doses.groupby(["product", "unit"]):
        zeros = pd.Series(0.0, index=without[without["product"] == product]["day"].unique())
        made[f"{product}_{unit}"] = of.groupby("day")["amount"].sum().combine_first(zeros)
    intakes = read("intakes")
    made["intakes"] = intakes[intakes["state"] != "skipped"].groupby("day").size()
    sleeps = read("measurements")
    made["sleep_hours"] = sleeps[sleeps["measure_of"] == "sleep_hours"].groupby("day")["value"].sum()
    days = pd.read_csv(folder / "days.csv", keep_default_na=False, na_values=[""]).set_index("date")
    span = pd.date_range(days.index.min(), days.index.max()).strftime("%Y-%m-%d")
    if list(days.index) != list(span):
        yield "the days do not follow one another"
    for name, wanted in made.items():
        wanted = wanted.dropna()
        held = days[name].dropna().astype(float)
        apart = sorted(set(held.index) ^ set(wanted.index))
        if apart:
            yield f"{name}: {len(held)} days, not {len(wanted)}, such as {apart[0]}"
            continue
        # A mean has one decimal.
        wrong = (held - wanted.reindex(held.index).astype(float)).abs() > 0.0501
        if wrong.any():
            yield f"{name} on {wrong.idxmax()}"


QUERIES = {
    "checkins": "SELECT day, count(*) FROM check_ins GROUP BY day",
    "overall": "SELECT day, avg(overall) FROM check_ins WHERE overall IS NOT NULL GROUP BY day",
    "nausea": "SELECT day, avg(TRY_CAST(severity AS DOUBLE)) FROM ratings JOIN check_ins ON id = check_in WHERE symptom = 'nausea' AND TRY_CAST(severity AS DOUBLE) IS NOT NULL GROUP BY day",
    "powder_g": "SELECT day, sum(amount) FROM (SELECT day, product, amount FROM doses UNION ALL SELECT day, product, 0 FROM days_without) WHERE product = 'powder' GROUP BY day",
    "urges": "SELECT day, count(*) FROM urges GROUP BY day",
    "urge_worst": "SELECT day, max(strength) FROM urges GROUP BY day",
    "sleep_hours": "SELECT day, sum(value) FROM measurements WHERE measure_of = 'sleep_hours' GROUP BY day",
    "practices": "SELECT day, count(*) FROM practices GROUP BY day",
}


def in_duckdb():
    """The same sums as anybody would ask for them in SQL."""
    for file in folder.glob("*.csv"):
        duckdb.sql(f"CREATE VIEW {file.stem} AS SELECT * FROM read_csv('{file}', header = true, delim = ',', quote = '\"', escape = '\"')")
    for name, query in QUERIES.items():
        wrong = duckdb.sql(
            f"""SELECT count(*), min(coalesce(date, made.day)) FROM (SELECT date, "{name}" AS held FROM days WHERE "{name}" IS NOT NULL)
                FULL JOIN (SELECT day::DATE AS day, wanted FROM ({query}) AS made (day, wanted)) AS made ON date = made.day
                WHERE held IS NULL OR wanted IS NULL OR abs(held - wanted) > 0.0501"""
        ).fetchall()[0]
        if wrong[0]:
            yield f"{name}: {wrong[0]} days differ, the first is {wrong[1]}"


def main():
    problems = list({"pandas": in_pandas, "duckdb": in_duckdb}[sys.argv[1]]())
    for problem in problems[:20]:
        print(problem)
    sys.exit(bool(problems))


main()
