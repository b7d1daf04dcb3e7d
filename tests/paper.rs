//! A journal that was worked out on paper: files, JSON and the screen agree with the paper to the last digit.
//!
//! Invariant: the expectations stand in `tests/fixtures/paper/paper.md`, worked out from the product's words alone.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;
#[path = "paper/page.rs"]
mod page;
#[path = "paper/screen.rs"]
mod screen;

use ebbtide::domain::text::round::round;
use page::{CORE, Row, SERIES, house, ratings, table};
use serde_json::Value;
use std::fmt::Write as _;

/// The evening of the last day.
const EVENING: &str = "2026-11-22T21:40:00+01:00";

fn json(house: &house::House, args: &[&str]) -> Value {
    serde_json::from_str(&house.done(&[&["--now", EVENING], args].concat()).out).unwrap()
}

/// A JSON number, which has four decimals, with the one of the paper; nothing for null.
fn tenth(value: &Value) -> Option<String> {
    assert!(value.is_null() || value.is_number(), "{value}");
    let number = value.as_f64()?;
    assert!(
        (number * 1e4 - (number * 1e4).round()).abs() < 1e-6,
        "{value}"
    );
    Some(Value::from(round(number, 1)).to_string())
}

fn whole(value: &Value) -> Option<String> {
    value.as_i64().map(|number| number.to_string())
}

/// Collects what differs, so that one run shows all of it.
#[derive(Default)]
struct Differences(String);

impl Differences {
    fn note(&mut self, place: &str, paper: Option<&str>, program: Option<&str>) {
        if paper != program {
            writeln!(self.0, "{place}: paper {paper:?}, program {program:?}").unwrap();
        }
    }
}

impl Drop for Differences {
    fn drop(&mut self) {
        assert!(std::thread::panicking() || self.0.is_empty(), "{}", self.0);
    }
}

#[test]
fn ebb_trend_gives_every_day_value_and_median_of_the_paper() {
    let house = house();
    let codes = SERIES.map(|(code, _)| code);
    let args = [&["trend"], &codes[..], &["--view", "all", "--json"]].concat();
    let said = json(&house, &args);
    let mut differences = Differences::default();
    for (series, (code, name)) in said["series"].as_array().unwrap().iter().zip(SERIES) {
        assert_eq!(
            (&series["series"], &series["name"]),
            (&code.into(), &name.into())
        );
        let paper = table(&format!("Days: {code}"));
        let days = series["days"].as_array().unwrap();
        assert_eq!(days.len(), paper.len(), "{code}");
        for (day, row) in days.iter().zip(&paper) {
            let date = row.cell("day");
            assert_eq!(day["date"], date);
            let mut same = |field: &str, column: &str, program: Option<String>| {
                let place = format!("{code} {date} {field}");
                differences.note(&place, row.number(column), program.as_deref());
            };
            same("value", "file", tenth(&day["value"]));
            same("median_7", "median_7: file", tenth(&day["median_7"]));
            same("answered", "n of 18", whole(&day["answered"]));
            same("attempt_day", "attempt day", whole(&day["attempt_day"]));
            if matches!(code, "severity" | "body" | "mind") {
                let hollow = day["overall_only"].as_bool().unwrap();
                let said = if hollow { "yes" } else { "no" };
                same("overall_only", "overall only", Some(said.to_owned()));
            }
        }
    }
}

/// Each check-in beside what the paper worked out for it, in the order of the export.
fn in_order() -> Vec<(Row, Row)> {
    let mut both: Vec<_> = (table("Check-ins").into_iter())
        .zip(table("Each check-in"))
        .collect();
    both.sort_by_key(|(given, _)| given.cell("moment").to_owned());
    both
}

/// Date, time, offset, attempt, its day, late: the columns that both layouts begin with.
fn begins(given: &Row, worked: &Row) -> Vec<String> {
    let (_, time) = given.cell("moment").split_once(' ').unwrap();
    [
        given.cell("counts for"),
        &format!("{time}:00"),
        "+01:00",
        worked.in_file("attempt"),
        worked.in_file("attempt day"),
        worked.cell("late"),
    ]
    .map(str::to_owned)
    .to_vec()
}

#[test]
fn the_wide_export_gives_every_index_of_the_paper() {
    let house = house();
    let rows = house.rows(&["export", "csv", "--layout", "wide"]);
    let paper = in_order();
    assert_eq!(rows.len(), paper.len() + 1);
    let column = |name: &str| rows[0].iter().position(|head| head == name).unwrap();
    for (row, (given, worked)) in rows[1..].iter().zip(&paper) {
        let no = given.cell("no");
        assert_eq!(row[1..7], begins(given, worked), "check-in {no}");
        let mut expected = vec![given.cell("overall").replace('-', "")];
        for index in ["Severity: file", "Body: file", "Mind: file"] {
            expected.push(worked.in_file(index).to_owned());
        }
        assert_eq!(row[7..11], expected, "check-in {no}");
        let rated = ratings(given);
        for code in CORE.into_iter().chain(["own_tingling"]) {
            let answer = rated.iter().find(|(each, _)| *each == code);
            let answer = answer.and_then(|(_, answer)| answer.clone());
            assert_eq!(row[column(code)], answer.unwrap_or_default(), "{no} {code}");
        }
        assert_eq!(row[column("note")], given.cell("note"));
    }
}

#[test]
fn the_long_export_gives_every_answered_rating_of_the_paper_and_nothing_else() {
    let house = house();
    let mut expected = Vec::new();
    for (given, worked) in in_order() {
        for (code, answer) in ratings(&given) {
            let Some(answer) = answer else { continue };
            let mind = CORE[10..].contains(&code);
            let category = if mind { "psychological" } else { "physical" };
            let mut row = begins(&given, &worked);
            row.extend([code, category, &answer].map(str::to_owned));
            expected.push(row);
        }
    }
    let rows = house.rows(&["export", "csv"]);
    let got: Vec<&[String]> = rows[1..].iter().map(|row| &row[1..]).collect();
    assert_eq!(got, expected);
}

#[test]
fn ebb_history_gives_every_check_in_of_the_paper() {
    let house = house();
    let args = ["history", "--from", "2026-10-01", "--json"];
    let said = json(&house, &args);
    let mut check_ins: Vec<(&Value, &Value)> = Vec::new();
    for day in said["days"].as_array().unwrap() {
        let each = day["check_ins"].as_array().unwrap();
        check_ins.extend(each.iter().map(|check_in| (day, check_in)));
    }
    check_ins.sort_by_key(|(_, check_in)| check_in["at"].as_str().unwrap().to_owned());
    let paper = in_order();
    assert_eq!(check_ins.len(), paper.len());
    let mut differences = Differences::default();
    for ((day, check_in), (given, worked)) in check_ins.into_iter().zip(&paper) {
        let at = check_in["at"].as_str().unwrap().replace('T', " ");
        assert_eq!(at, format!("{}:00+01:00", given.cell("moment")));
        assert_eq!(day["date"], given.cell("counts for"));
        let mut same = |column: &str, program: Option<String>| {
            let place = format!("check-in {} {column}", given.cell("no"));
            differences.note(&place, worked.number(column), program.as_deref());
        };
        same("attempt", whole(&day["attempt"]));
        same("attempt day", whole(&day["attempt_day"]));
        same("late", Some(check_in["late"].to_string()));
        same("answered", whole(&check_in["answered"]));
        same("Severity: file", tenth(&check_in["severity_index"]));
        same("Body: file", tenth(&check_in["body_index"]));
        same("Mind: file", tenth(&check_in["mind_index"]));
        let rated = check_in["ratings"].as_object().unwrap();
        let asked = ratings(given);
        assert_eq!(rated.len(), asked.len(), "{rated:?}");
        for (code, answer) in asked {
            assert_eq!(whole(&rated[code]), answer, "{code}");
        }
    }
}

#[test]
fn ebb_status_compares_as_the_paper_does() {
    let house = house();
    let mut differences = Differences::default();
    for row in table("Today") {
        let now = format!("{}T21:40:00+01:00", row.cell("today"));
        let text = house.done(&["--now", &now, "status"]).out;
        let said = house.done(&["--now", &now, "status", "--json"]).out;
        let change = &serde_json::from_str::<Value>(&said).unwrap()["than_a_week_ago"];
        let expected = screen::status_line(&row);
        let line = text.lines().find(|line| *line == expected);
        differences.note(&text, Some(&expected), line);
        let shown = |field: &str| change[field].as_str().map(str::to_owned);
        if let (Some(before), Some(now)) = (change["before"].as_f64(), change["now"].as_f64()) {
            let difference = Value::from(round(now - before, 4));
            differences.note(
                &now.to_string(),
                Some(&difference.to_string()),
                Some(&change["change"].to_string()),
            );
        }
        let compares = row.number("change").is_some();
        let only = |column: &str| row.number(column).filter(|_| compares);
        for (column, field) in [
            ("change", "change_shown"),
            ("screen", "now_shown"),
            ("before: screen", "before_shown"),
        ] {
            let place = format!("{now} {field}");
            differences.note(&place, only(column), shown(field).as_deref());
        }
        for (column, field) in [("n", "now_days"), ("n before", "before_days")] {
            let place = format!("{now} {field}");
            differences.note(&place, only(column), whole(&change[field]).as_deref());
        }
    }
}

#[test]
fn the_read_out_beside_the_chart_says_every_day_value_of_the_paper() {
    let house = house();
    let mut app = app::App::over_file(&house.journal(), EVENING);
    let mut differences = Differences::default();
    for (code, name) in SERIES {
        screen::show(&mut app, name);
        let mut days = table(&format!("Days: {code}"));
        days.reverse();
        for row in days {
            let side = screen::side(&app);
            screen::read_out(&side, name, &row, |place, paper, program| {
                differences.note(place, paper, program);
            });
            app.press("<Left>");
        }
    }
}

#[test]
fn the_week_view_compares_as_the_paper_does() {
    let house = house();
    let mut app = app::App::over_file(&house.journal(), EVENING);
    let mut differences = Differences::default();
    for (code, name) in SERIES {
        screen::show(&mut app, name);
        let days = table(&format!("Days: {code}"));
        let mut weeks: Vec<Row> = table("Weeks");
        weeks.retain(|row| row.cell("series") == code);
        for row in weeks.iter().rev() {
            let side = screen::side(&app);
            if let Some(expected) = screen::week_line(name, row) {
                let found = screen::says(&side, &expected).then_some(expected.as_str());
                differences.note(&side, Some(&expected), found);
            }
            if let Some(title) = screen::week_title(row) {
                let whole = app.screen(screen::WIDTH, screen::HEIGHT);
                let found = whole.contains(&title).then_some(title.as_str());
                differences.note(&whole, Some(&title), found);
            }
            if let Some(hollow) = screen::overall_only(row, &days) {
                let found = side.contains(hollow).then_some(hollow);
                differences.note(&side, Some(hollow), found);
            }
            app.press("[");
        }
    }
}

#[test]
fn today_compares_as_the_paper_does() {
    let house = house();
    let mut differences = Differences::default();
    for row in table("Today") {
        let now = format!("{}T21:40:00+01:00", row.cell("today"));
        let app = app::App::over_file(&house.journal(), &now);
        let side = screen::today(&app);
        let expected = screen::today_line(&row);
        let found = screen::says(&side, &expected).then_some(expected.as_str());
        differences.note(&side, Some(&expected), found);
    }
}

#[test]
fn history_says_every_day_of_the_paper() {
    let house = house();
    let mut app = app::App::over_file(&house.journal(), EVENING);
    app.press("3");
    let mut differences = Differences::default();
    let mut days = table("Days: severity");
    days.reverse();
    let check_ins = in_order();
    for row in days {
        let text = app.screen(screen::WIDTH, 70);
        let expected = screen::history_lines(&row, &check_ins);
        for line in expected {
            let found = text.contains(&line).then_some(line.as_str());
            differences.note(&text, Some(&line), found);
        }
        if let Some(value) = row.number("screen") {
            let shown = screen::under_the_cursor(&text);
            differences.note(&text, Some(value), Some(shown.as_str()));
        }
        app.press("<Left>");
    }
}
