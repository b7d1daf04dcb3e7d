//! The two CSV layouts and the history: every check-in with its day, attempt, indices and ratings.

use super::binary::Binary;
use crate::journal::{CheckIn, Journal, OWN, SYMPTOMS};
use crate::sums::Series;
use crate::tally::Tally;
use serde_json::{Value, json};

type Row = Vec<(String, String)>;

fn ordered(journal: &Journal) -> Vec<&CheckIn> {
    let mut all: Vec<&CheckIn> = journal.check_ins.iter().collect();
    all.sort_by_key(|on| (on.moment.at.timestamp(), on.id.clone()));
    all
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "it is mapped over what is held by value"
)]
fn cell(number: impl ToString) -> String {
    number.to_string()
}

/// The seven columns that both layouts begin with.
fn head(journal: &Journal, on: &CheckIn) -> Row {
    let day = on.moment.day;
    let number = journal.attempt_on(day).map(|(number, _)| number);
    let cells = [
        ("checkin_id", on.id.clone()),
        ("date", cell(day)),
        ("time", cell(on.moment.at.format("%H:%M:%S"))),
        ("utc_offset", cell(on.moment.at.offset())),
        ("attempt", number.map_or(String::new(), cell)),
        (
            "attempt_day",
            journal.attempt_day(day).map_or(String::new(), cell),
        ),
        ("late", cell(on.moment.late)),
    ];
    cells.map(|(name, cell)| (name.to_owned(), cell)).to_vec()
}

fn index(on: &CheckIn, series: Series) -> String {
    series.in_check_in(on).map_or(String::new(), |n| n.shown(1))
}

fn wide(journal: &Journal, on: &CheckIn) -> Row {
    let mut row = head(journal, on);
    let mut add = |name: &str, cell: String| row.push((name.to_owned(), cell));
    add("overall", on.overall.map_or(String::new(), cell));
    add("severity_index", index(on, Series::Severity));
    add("body_index", index(on, Series::Body));
    add("mind_index", index(on, Series::Mind));
    for symptom in SYMPTOMS.iter() {
        add(
            &symptom.code,
            on.answer(&symptom.code).map_or(String::new(), cell),
        );
    }
    add("note", on.note.clone().unwrap_or_default());
    row
}

fn long(journal: &Journal) -> Vec<Row> {
    let mut rows = Vec::new();
    for on in ordered(journal) {
        for symptom in SYMPTOMS.iter() {
            let Some(answer) = on.answer(&symptom.code) else {
                continue;
            };
            let mut row = head(journal, on);
            let mut add = |name: &str, cell: String| row.push((name.to_owned(), cell));
            add("symptom", symptom.code.clone());
            add("category", symptom.category.clone());
            add("severity", cell(answer));
            rows.push(row);
        }
    }
    rows
}

fn table(name: &'static str, right: &[Row], got: &[Row], tally: &mut Tally) {
    tally.same(name, "rows", right.len(), &json!(got.len()));
    for (n, (right, got)) in right.iter().zip(got).enumerate() {
        tally.same(name, "columns", right.len(), &json!(got.len()));
        for ((column, right), (given, cell)) in right.iter().zip(got) {
            let place = format!("row {n}, {column}");
            tally.same(
                name,
                &place,
                format!("{column} {right}"),
                &json!(format!("{given} {cell}")),
            );
        }
    }
}

pub fn all(journal: &Journal, binary: &Binary, tally: &mut Tally) {
    let right: Vec<Row> = ordered(journal)
        .into_iter()
        .map(|on| wide(journal, on))
        .collect();
    let got = binary.rows(&["export", "csv", "--layout", "wide"]);
    table("csv, a check-in a row", &right, &got, tally);
    let got = binary.rows(&["export", "csv"]);
    table("csv, a rating a row", &long(journal), &got, tally);
    history(journal, binary, tally);
}

fn history(journal: &Journal, binary: &Binary, tally: &mut Tally) {
    let got = binary.json(&["history"]);
    let days = got["days"].as_array().unwrap();
    for day in journal.days_recorded() {
        let date = day.to_string();
        let Some(found) = days.iter().find(|on| on["date"] == date.as_str()) else {
            tally.same("history", "days", date, &Value::Null);
            continue;
        };
        let number = journal.attempt_on(day).map(|(number, _)| number);
        tally.same("history", &date, json!(number), &found["attempt"]);
        tally.same(
            "history",
            &date,
            json!(journal.attempt_day(day)),
            &found["attempt_day"],
        );
        for on in journal.check_ins_of(day) {
            let all = found["check_ins"].as_array().unwrap();
            match all.iter().find(|got| got["checkin_id"] == on.id.as_str()) {
                Some(got) => check_in(on, got, tally),
                None => tally.same("history", &date, on.id.as_str(), &Value::Null),
            }
        }
        let all = found["records"].as_array().unwrap();
        tally.same(
            "history",
            &date,
            journal.records_of(day).count(),
            &json!(all.len()),
        );
        for on in journal.records_of(day) {
            let Some(got) = all.iter().find(|got| got["id"] == on.id.as_str()) else {
                tally.same("history", &date, on.id.as_str(), &Value::Null);
                continue;
            };
            tally.same("history", &date, on.what.kind(), &got["kind"]);
            tally.same("history", &date, json!(on.what.about()), &got["about"]);
            for (name, right) in on.what.fields().as_object().unwrap() {
                tally.same("history", &date, right.clone(), &got["fields"][name]);
            }
        }
    }
}

fn check_in(on: &CheckIn, got: &Value, tally: &mut Tally) {
    let mut same = |name: &str, right: Value| {
        let place = format!("{} {name}", on.id);
        tally.same("history", &place, right, &got[name]);
    };
    same("overall", json!(on.overall));
    same("note", json!(on.note));
    same("late", json!(on.moment.late));
    let indices = [
        ("severity_index", Series::Severity),
        ("body_index", Series::Body),
        ("mind_index", Series::Mind),
    ];
    for (name, series) in indices {
        let right = series.in_check_in(on).map(|n| n.at(1).json());
        same(name, json!(right));
    }
    let ratings: serde_json::Map<String, Value> = on
        .ratings
        .iter()
        .map(|(code, answer)| ((*code).to_owned(), json!(answer)))
        .collect();
    debug_assert!(
        ratings
            .keys()
            .all(|code| code != OWN || on.ratings.len() > 1)
    );
    same("ratings", Value::Object(ratings));
}
