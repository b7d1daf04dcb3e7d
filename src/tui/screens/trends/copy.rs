//! The values in sight as text for the clipboard: tabs between columns, a day a row, a blank for no answer.

use crate::domain::series;
use crate::domain::series::Series;
use crate::domain::series::middle_line::middle_line;
use crate::domain::text::round::Shown;
use crate::domain::text::words;
use crate::domain::time::span::Span;
use crate::domain::trends::sight::Sight;
use crate::domain::trends::week_table::Row;
use crate::tui::shared::Shared;
use chrono::NaiveDate;

/// The table, and what it is called.
pub(super) fn table(sight: &Sight, shared: &Shared) -> (String, String) {
    let rows = sight.table(shared.basis());
    let what = format!("the table of {}", words::count(rows.len(), "row", "rows"));
    (week(&rows, shared), what)
}

/// The page of the grid with the cursor.
pub(super) fn grid(sight: &Sight, shared: &Shared) -> (String, String) {
    let rows = sight.rows(shared.basis());
    let span = sight.days_copied(shared.basis());
    let symptoms = words::count(rows.len(), "symptom", "symptoms");
    (days(&rows, &[], span, shared), days_of(span, &symptoms))
}

/// The series of a chart with their middle lines, up to today.
pub(super) fn chart(sight: &Sight, shared: &Shared) -> (String, String) {
    let days_in_sight = sight.days_copied(shared.basis());
    let span = Span {
        // Days still to come have no values to copy.
        to: days_in_sight.to.min(shared.today()),
        ..days_in_sight
    };
    let series = sight.charted(shared.basis());
    let names: Vec<String> = series.iter().map(|one| one.name(&shared.journal)).collect();
    let what = days_of(span, &names.join(" and "));
    (days(&series, &series, span, shared), what)
}

fn days_of(span: Span, what: &str) -> String {
    format!("{} of {what}", words::count(span.len(), "day", "days"))
}

/// A day a row: the day, its number in its attempt, the day values of `series`, the middle lines of `lines`.
fn days(series: &[Series], lines: &[Series], span: Span, shared: &Shared) -> String {
    let journal = &shared.journal;
    let code = |series: &Series| series.code(journal);
    let mut head = vec!["date".to_owned(), "attempt_day".to_owned()];
    head.extend(series.iter().map(code));
    head.extend(
        lines
            .iter()
            .map(|series| format!("{}_median_7", code(series))),
    );
    let middle: Vec<Vec<Option<f64>>> = lines
        .iter()
        .map(|series| middle_line(journal, *series, span, shared.today()))
        .collect();
    let row = |(at, date): (usize, NaiveDate)| {
        let number = journal.attempts.day_number(date);
        let mut row = vec![date.to_string(), text(number)];
        row.extend(
            series
                .iter()
                .map(|series| value(series::value(journal, *series, date))),
        );
        row.extend(middle.iter().map(|line| value(line[at])));
        row.join("\t")
    };
    let rows = span.days().enumerate().map(row);
    lines_of(head.join("\t"), rows)
}

/// A series a row: both weeks with their number of days.
fn week(rows: &[Row], shared: &Shared) -> String {
    let row = |row: &Row| {
        [
            row.series.code(&shared.journal),
            text(row.before.value),
            row.before.n.to_string(),
            text(row.now.value),
            row.now.n.to_string(),
        ]
        .join("\t")
    };
    lines_of(
        "series\tbefore\tbefore_days\tweek\tweek_days".to_owned(),
        rows.iter().map(row),
    )
}

fn lines_of(head: String, rows: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = std::iter::once(head).chain(rows).collect();
    lines.join("\n") + "\n"
}

fn text(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Day values and medians with one decimal.
fn value(value: Option<f64>) -> String {
    // One decimal, as in exported files.
    text(value.map(|value| Shown::new(value, 1)))
}
