//! A moment without a time, the first days by the hour, and the same day of earlier times, as the binary gives them.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use house::House;
use rusqlite::Connection;
use serde_json::Value;

/// Runs `args` at a moment of its own.
fn at(house: &House, now: &str, args: &[&str]) -> String {
    let out = house.command(args).env("EBB_NOW", now).output().unwrap();
    assert!(out.status.success(), "{args:?}: {out:?}");
    String::from_utf8(out.stdout).unwrap()
}

/// The marks of the rows that have a moment, in the order of writing.
fn marks(house: &House) -> Vec<Option<i64>> {
    let db = Connection::open(house.journal()).unwrap();
    let sql = "SELECT without_time FROM check_in UNION ALL SELECT without_time FROM record WHERE at_utc IS NOT NULL";
    let mut query = db.prepare(sql).unwrap();
    let rows = query.query_map([], |row| row.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// Day 0 on 18 Nov with a dose at 21:30, check-ins and urges after it.
fn first_days() -> House {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-18"]);
    house.done(&["dose", "6g", "powder", "--at", "2026-11-18 21:30"]);
    house.done(&["checkin", "--overall", "6", "--at", "2026-11-19 08:00"]);
    house.done(&["checkin", "--overall", "8", "--at", "2026-11-19 21:40"]);
    house.done(&["urge", "3", "--at", "2026-11-20 02:10"]);
    house.done(&["urge", "2", "--at", "2026-11-20"]);
    house.done(&["measure", "sleep_hours=4", "--at", "2026-11-20 07:00"]);
    // The hours of four days end at 21:30.
    house.done(&["checkin", "--overall", "2", "--at", "2026-11-22 21:29"]);
    house.done(&["checkin", "--overall", "1", "--at", "2026-11-22 21:30"]);
    house
}

#[test]
fn the_second_check_in_of_the_first_days_offers_them_by_the_hour_once_on_the_command_line_and_in_plain_mode()
 {
    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-18"]);
    let said = |day: &str| {
        let args = ["checkin", "--overall", "6", "--at", day];
        let out = house.command(&args).output().unwrap();
        String::from_utf8(out.stderr).unwrap()
    };
    assert!(!said("2026-11-19 08:00").contains("by the hour"));
    let second = said("2026-11-19 21:40");
    assert!(second.contains("`ebb trend --view hours`"), "{second}");
    house.done(&["undo"]);
    assert!(
        said("2026-11-19 22:00").contains("by the hour"),
        "with the check-in, the offer was taken back"
    );
    assert!(!said("2026-11-20 08:00").contains("by the hour"));

    let house = House::new();
    house.done(&["start", "--last-use", "2026-11-21"]);
    house.done(&["checkin", "--overall", "6", "--at", "2026-11-21 08:00"]);
    let mut plain = house.command(&["--plain"]);
    let out = plain
        .write_stdin("brief 4\nbrief 5\nquit\n")
        .output()
        .unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    let offers = said.matches("trends, then hours").count();
    assert_eq!(offers, 1, "{said}");
}

#[test]
fn an_intake_of_a_day_alone_can_have_been_at_the_end_of_its_day() {
    let house = House::new();
    house.done(&["medication", "add", "ibuprofen", "--gap", "6"]);
    let take = |now: &str, more: &[&str]| {
        let args = [&["take", "ibuprofen"], more].concat();
        let out = house.command(&args).env("EBB_NOW", now).output().unwrap();
        assert!(out.status.success(), "{args:?}: {out:?}");
        let said = String::from_utf8(out.stderr).unwrap();
        let gap = said
            .lines()
            .find(|line| line.starts_with("The gap"))
            .unwrap_or_default();
        gap.to_owned()
    };
    assert_eq!(
        take("2026-11-20T20:00:00+01:00", &["--at", "2026-11-20"]),
        ""
    );
    // It can have been at 03:59, when that day ended.
    let late = take("2026-11-21T08:01:00+01:00", &[]);
    insta::assert_snapshot!(late, @"The gap you entered ends 10:00 at the latest: the intake of Fri 20 Nov has no time. It covers only this entry; check other products' ingredients.");
    house.done(&["undo"]);
    assert_eq!(take("2026-11-21T11:00:00+01:00", &[]), "");
    // Of today it can have been just now; the gap ends on the next day.
    assert_eq!(
        take("2026-11-22T20:00:00+01:00", &["--at", "2026-11-22"]),
        ""
    );
    insta::assert_snapshot!(take("2026-11-22T22:00:00+01:00", &[]), @"The gap you entered ends 04:00 tomorrow at the latest: the intake of Sun 22 Nov has no time. It covers only this entry; check other products' ingredients.");
    // One that is noted for a day alone can have been within the gap of that day.
    insta::assert_snapshot!(take("2026-11-23T20:00:00+01:00", &["--at", "2026-11-23"]), @"The gap you entered ends 10:00 at the latest: the intake of Sun 22 Nov has no time. It covers only this entry; check other products' ingredients.");
}

#[test]
fn the_last_dose_of_a_day_alone_is_told_by_its_day_and_by_no_hours() {
    let house = House::new();
    house.done(&["dose", "1", "powder", "--at", "2026-11-20"]);
    let report = house.done(&["report", "--format", "text"]).out;
    let first = report.lines().next().unwrap();
    insta::assert_snapshot!(first, @"Last logged dose: 1 g, Leaf powder (kratom), 2026-11-20.");
}

fn hours(house: &House, args: &[&str]) -> Value {
    let args = [&["trend", "--view", "hours", "--json"], args].concat();
    let whole: Value = serde_json::from_str(&house.done(&args).out).unwrap();
    whole["hours"].clone()
}

fn units(hours: &Value) -> Vec<(u64, String)> {
    let entries = hours["entries"].as_array().unwrap().iter();
    let unit = |entry: &Value| {
        let kind = entry["kind"].as_str().unwrap();
        (entry["unit"].as_u64().unwrap(), kind.to_owned())
    };
    entries.map(unit).collect()
}

fn of(units: &[(u64, String)]) -> Vec<(u64, &str)> {
    units.iter().map(|(unit, kind)| (*unit, &**kind)).collect()
}

#[test]
fn hours_are_counted_from_the_dose_of_day_0_up_to_four_days_and_have_nothing_without_a_time() {
    let house = first_days();
    let hours = hours(&house, &[]);
    assert_eq!(
        of(&units(&hours)),
        [
            (0, "dose"),
            (10, "check_in"),
            (24, "check_in"),
            (28, "urge"),
            (33, "sleep"),
            (95, "check_in"),
        ]
    );
    assert_eq!(hours["left_out"], 1, "{hours}");
    assert_eq!(hours["counted_from"], "day_zero");
    assert_eq!(hours["zero"], "2026-11-18T21:30:00-05:00");
    let text = house.done(&["trend", "--view", "hours", "--plain"]).out;
    for wanted in [
        "Overall by the hour, since the dose of Wed 18 Nov 21:30.",
        "10 h, Thu 19 Nov 08:00: overall 6.",
        "28 h, Fri 20 Nov 02:10: urge 3.",
        "1 entry without a time is left out.",
        "It goes on in week.",
    ] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
}

#[test]
fn hours_can_be_counted_from_the_last_dose_and_are_parts_of_the_day_where_its_hour_is_not_known() {
    let house = first_days();
    house.done(&["dose", "2g", "powder", "--at", "2026-11-20 20:00"]);
    let last = hours(&house, &["--last-dose"]);
    assert_eq!(last["counted_from"], "last_dose");
    assert_eq!(
        of(&units(&last)),
        [(0, "dose"), (49, "check_in"), (49, "check_in")]
    );
    // A second dose of that day without a time may have been the last one.
    house.done(&["dose", "1g", "powder", "--at", "2026-11-20"]);
    let parts = hours(&house, &["--last-dose"]);
    assert_eq!(
        (&parts["by"], &parts["zero"]),
        (&"part".into(), &Value::Null)
    );
    // Behind midnight it is the night of the day before: 02:10 on the 20th is none of these days.
    assert_eq!(
        of(&units(&parts)),
        [
            (0, "sleep"),
            (2, "dose"),
            (10, "check_in"),
            (10, "check_in"),
        ]
    );
    assert_eq!(parts["left_out"], 2, "{parts}");
}

#[test]
fn without_an_attempt_or_its_day_0_there_are_no_hours_and_it_is_said_what_begins_them() {
    let house = House::new();
    house.done(&["checkin", "--overall", "3"]);
    let none = house.ebb(&["trend", "--view", "hours"]);
    assert_eq!(
        (none.code, none.err.contains("`start` begins one")),
        (1, true),
        "{none:?}"
    );
    house.done(&["start"]);
    let unset = house.ebb(&["trend", "--view", "hours"]);
    assert_eq!(
        (unset.code, unset.err.contains("`start` sets it")),
        (1, true),
        "{unset:?}"
    );
}

#[test]
fn a_day_alone_is_kept_as_one_until_a_time_is_given_and_comes_back_with_undo() {
    let house = House::new();
    house.done(&["checkin", "--overall", "3", "--at", "2026-11-20"]);
    house.done(&["checkin", "--overall", "4", "--at", "2026-11-20 12:00"]);
    house.done(&["urge", "2", "--at", "last night"]);
    assert_eq!(marks(&house), [Some(1), None, Some(1)]);
    let history = house.done(&["history"]).out;
    assert_eq!(history.matches("no time").count(), 2, "{history}");
    let urges = house.done(&["entry", "urge", "list", "--json"]).out;
    let urges: Value = serde_json::from_str(&urges).unwrap();
    let id = urges.to_string();
    let id = id
        .split("\"id\":\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    house.done(&["entry", "urge", "edit", id, "--strength", "1"]);
    assert_eq!(marks(&house)[2], Some(1), "another field keeps it");
    house.done(&["entry", "urge", "edit", id, "--at", "2026-11-19"]);
    assert_eq!(marks(&house)[2], Some(1), "another day keeps it");
    house.done(&["entry", "urge", "edit", id, "--at", "2026-11-19 20:00"]);
    assert_eq!(marks(&house)[2], None, "a time clears it");
    house.done(&["undo"]);
    assert_eq!(marks(&house)[2], Some(1));
    house.done(&["redo"]);
    assert_eq!(marks(&house)[2], None);
}

#[test]
fn a_moment_without_a_time_goes_out_and_comes_back_as_one_and_documents_of_before_are_read() {
    let house = House::new();
    house.done(&["checkin", "--overall", "3", "--at", "2026-11-20"]);
    house.done(&["urge", "2", "--at", "2026-11-20"]);
    house.done(&["urge", "1", "--at", "2026-11-20 12:00"]);
    let json = house.done(&["export", "json"]).out;
    assert_eq!(json.matches("\"without_time\":true").count(), 2, "{json}");
    let document = house.path("all.json");
    std::fs::write(&document, &json).unwrap();
    let package = house.path("package");
    house.done(&["export", "csv", "-o", &format!("{}/", package.display())]);
    for from in [&document, &package] {
        let other = House::new();
        other.done(&["import", from.to_str().unwrap()]);
        assert_eq!(marks(&other), [Some(1), Some(1), None]);
        assert_eq!(other.done(&["export", "json"]).out, json, "{from:?}");
    }
    // As a program wrote it that knew no such moment.
    std::fs::write(&document, json.replace(",\"without_time\":true", "")).unwrap();
    let other = House::new();
    other.done(&["import", document.to_str().unwrap()]);
    assert_eq!(marks(&other), [None, None, None]);
}

/// Two attempts: of the first, day 8 with an overall of 6, and a dose on day 6.
fn two_attempts() -> House {
    let house = House::new();
    at(
        &house,
        "2025-10-02T09:00:00-04:00",
        &["start", "--last-use", "2025-10-02"],
    );
    at(
        &house,
        "2025-10-08T20:00:00-04:00",
        &["dose", "2g", "powder"],
    );
    at(
        &house,
        "2025-10-10T20:00:00-04:00",
        &["checkin", "--overall", "6"],
    );
    // What came later in the first attempt is not told on day 8.
    at(
        &house,
        "2025-10-14T20:00:00-04:00",
        &["dose", "3g", "powder"],
    );
    at(
        &house,
        "2026-11-14T09:00:00-05:00",
        &["start", "--last-use", "2026-11-14"],
    );
    at(
        &house,
        "2026-11-21T09:00:00-05:00",
        &["checkin", "--overall", "4"],
    );
    house
}

#[test]
fn the_same_day_of_earlier_times_is_told_once_asked_for_and_stays_away_early_and_after_use() {
    let house = two_attempts();
    let status = |now: &str| at(&house, now, &["status"]);
    let day_8 = "2026-11-22T21:40:00-05:00";
    assert!(!status(day_8).contains("autumn 2025"), "nobody asked");
    let said = house.with_input(&["--plain"], "settings\nsame day\non\nback\nquit\n");
    assert!(
        said.out
            .contains("Today shows the same day of earlier times"),
        "{said:?}"
    );
    let told = "Day 8, earlier: autumn 2025: overall 6.0, 1 check-in; use on day 6\n";
    assert!(status(day_8).contains(told), "{}", status(day_8));
    assert!(
        status("2026-11-19T09:00:00-05:00")
            .contains("Day 5, earlier: autumn 2025: no check-in that day\n")
    );
    assert!(
        !status("2026-11-18T09:00:00-05:00").contains("earlier:"),
        "day 4"
    );
    at(
        &house,
        "2026-11-16T12:00:00-05:00",
        &["dose", "1g", "powder", "--at", "2026-11-16 12:00"],
    );
    assert!(!status(day_8).contains("earlier:"), "a dose 6 days ago");
    assert!(
        !status("2026-11-29T12:00:00-05:00").contains("earlier:"),
        "13 days ago"
    );
    assert!(
        status("2026-11-30T12:00:00-05:00").contains("earlier:"),
        "14 days ago"
    );
}
