//! `ebb report` over everything: days, day values with median and range, the change between first and last days.

use super::binary::Binary;
use crate::journal::{Journal, SYMPTOMS};
use crate::number::Number;
use crate::sums::{NEEDED, Series, Span};
use crate::tally::Tally;
use chrono::Days;
use serde_json::{Value, json};

/// The cells of the row of a table, or what stands behind a name in a list.
struct Page(String);

impl Page {
    fn row(&self, name: &str) -> Option<Vec<&str>> {
        let mut rows = self.0.lines().filter(|line| line.starts_with('|'));
        let cells = |line: &str| line.trim_matches('|').matches('|').count();
        let row = rows.find(|line| line.trim_matches('|').trim().split(" | ").next() == Some(name));
        let row = row.filter(|row| cells(row) == 4)?;
        Some(row.trim_matches('|').trim().split(" | ").collect())
    }

    fn after(&self, name: &str) -> Value {
        let start = format!("- **{name}**: ");
        let line = self.0.lines().find_map(|line| line.strip_prefix(&start));
        json!(line)
    }
}

pub fn all(journal: &Journal, binary: &Binary, tally: &mut Tally) {
    let Some(first) = journal.first_day() else {
        return;
    };
    let span = Span {
        from: first,
        to: journal.today,
    };
    let (from, to) = (span.from.to_string(), span.to.to_string());
    let page = [
        "report", "--format", "markdown", "--from", &from, "--to", &to,
    ];
    let page = Page(binary.text(&page));
    days(journal, span, &page, tally);
    let indices = [
        ("Severity", Series::Severity, 0),
        ("Body", Series::Body, 0),
        ("Mind", Series::Mind, 0),
        ("Overall", Series::Overall, 1),
    ];
    for (name, series, decimals) in indices {
        row(journal, span, (name, series, decimals), &page, tally);
    }
    for symptom in SYMPTOMS.iter().filter(|on| on.is_core) {
        let series = Series::Symptom(&symptom.code);
        if page.row(&symptom.name).is_some() {
            row(journal, span, (&symptom.name, series, 1), &page, tally);
        }
    }
    if page.row("Hours slept, h").is_some() {
        let sleep = ("Hours slept, h", Series::Measure("sleep_hours"), 1);
        row(journal, span, sleep, &page, tally);
    }
}

fn days(journal: &Journal, span: Span, page: &Page, tally: &mut Tally) {
    let n = span.len();
    let plural = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    let rated = span
        .days()
        .filter(|day| journal.check_ins_of(*day).next().is_some())
        .count();
    let right = format!("{}, {rated} with a check-in", plural(n, "day"));
    tally.same("report, days", "Days", right, &page.after("Days"));
    let all: Vec<_> = span
        .days()
        .flat_map(|day| journal.check_ins_of(day))
        .collect();
    if all.is_empty() {
        return;
    }
    let n = all.len();
    tally.same(
        "report, days",
        "Check-ins",
        n.to_string(),
        &page.after("Check-ins"),
    );
    let late = all.iter().filter(|on| on.moment.late).count();
    let right = format!("{late} of {n}");
    tally.same(
        "report, days",
        "Written late",
        right,
        &page.after("Written late"),
    );
    let alone = all.iter().filter(|on| on.ratings.is_empty()).count();
    let right = format!("{alone} of {n}");
    tally.same(
        "report, days",
        "Overall alone",
        right,
        &page.after("Overall alone"),
    );
}

fn row(
    journal: &Journal,
    span: Span,
    (name, series, decimals): (&str, Series, u32),
    page: &Page,
    tally: &mut Tally,
) {
    let values = journal.values(series, span);
    let naps = series == Series::Measure("sleep_hours");
    let heading = |usual| if naps { "sleeps of a day" } else { usual };
    let Some(got) = page.row(name) else {
        if !values.is_empty() {
            tally.same(heading("report, medians"), name, "a row", &Value::Null);
        }
        return;
    };
    let cells: Vec<Value> = got.iter().map(|cell| json!(cell.trim())).collect();
    let medians = heading("report, medians");
    tally.same(medians, name, values.len().to_string(), &cells[1]);
    if let Some(median) = Number::median(&values) {
        tally.same(medians, name, median.shown(decimals), &cells[2]);
        let ends = [values.iter().min(), values.iter().max()];
        let [low, high] = ends.map(|n| n.unwrap().shown(decimals));
        let range = if low == high {
            low
        } else {
            format!("{low} to {high}")
        };
        let got = cells[3].as_str().unwrap();
        let got = got
            .split_once(" to ")
            .filter(|(a, b)| a == b)
            .map_or(got, |(a, _)| a);
        tally.same(medians, name, range, &json!(got));
    }
    if span.len() >= 14 {
        let right = change(journal, span, series, decimals);
        let usual = if right.starts_with("no change") {
            "report, no change"
        } else {
            "report, change"
        };
        tally.same(heading(usual), name, right, &cells[4]);
    }
}

/// The mean of the last 7 days of the span against the first 7.
fn change(journal: &Journal, span: Span, series: Series, decimals: u32) -> String {
    let first = Span {
        from: span.from,
        to: span.from + Days::new(6),
    };
    let last = Span {
        from: span.to - Days::new(6),
        to: span.to,
    };
    if journal.crosses_day_zero(span) {
        return "none (day 0)".to_owned();
    }
    let [before, now] = [first, last].map(|span| journal.values(series, span));
    if before.len() < NEEDED || now.len() < NEEDED {
        return format!("too few days ({}, {})", before.len(), now.len());
    }
    let [before, now] = [before, now].map(|all| Number::mean(&all).unwrap().at(decimals));
    let [from, to] = [before, now].map(|n| n.shown(decimals));
    match now.cmp(&before) {
        std::cmp::Ordering::Equal => format!("no change, {from} to {to}"),
        std::cmp::Ordering::Less => {
            format!("{} less, {from} to {to}", before.minus(now).shown(decimals))
        }
        std::cmp::Ordering::Greater => {
            format!("{} more, {from} to {to}", now.minus(before).shown(decimals))
        }
    }
}
