//! The sleeps of a day add up, and a second one is never taken for the first.

use crate::app::App;
use crate::ground::{at, json, run, said};
use crate::support::home::Ebb;
use ebbtide::domain::record::kind::Kind;
use std::fs;

/// 6.5 hours in the morning of the 21st.
fn one_night() -> Ebb {
    let ebb = Ebb::new();
    run(&ebb, &[("21 08:00", "measure sleep_hours=6.5")]);
    ebb
}

/// The hours slept on the last day of the week's chart.
fn hours(ebb: &Ebb) -> String {
    let trend = json(ebb, "21 23:00", "trend sleep_hours --view week --json");
    let days = trend["series"][0]["days"].as_array().unwrap();
    days.last().unwrap()["value_shown"]
        .as_str()
        .unwrap_or("-")
        .to_owned()
}

#[test]
fn night_and_naps_of_a_day_add_up() {
    let ebb = one_night();
    let line = said(&ebb, "21 15:00", "measure sleep_hours=1 --add");
    assert_eq!(
        line,
        "Saved 15:00: Hours slept, 1 h, counts for Sat 21 Nov, 7.5 h in all; `ebb undo` takes it back.\n"
    );
    assert_eq!(hours(&ebb), "7.5");
    let report = said(&ebb, "21 23:00", "report --format text");
    assert!(report.contains("7.5"), "{report}");
    run(&ebb, &[("21 16:00", "undo")]);
    assert_eq!(hours(&ebb), "6.5");
}

#[test]
fn a_second_sleep_without_a_word_about_it_is_refused_and_both_ways_are_named() {
    let ebb = one_night();
    let (code, _, err) = at(&ebb, "21 15:00", "measure sleep_hours=1");
    assert_eq!(code, Some(2), "{err}");
    for words in ["6.5 h", "--add", "7.5 h in all", "--instead"] {
        assert!(err.contains(words), "{words}: {err}");
    }
    assert_eq!(hours(&ebb), "6.5");
    let line = said(&ebb, "21 15:00", "measure sleep_hours=7 --instead");
    assert!(
        line.contains("counts for Sat 21 Nov, instead of 6.5 h;"),
        "{line}"
    );
    assert_eq!(hours(&ebb), "7.0");
    run(&ebb, &[("21 16:00", "undo")]);
    assert_eq!(hours(&ebb), "6.5", "undo brings the first one back");
    // Of another day, and of anything that is no sleep, nothing is asked.
    run(
        &ebb,
        &[
            ("21 16:01", "measure sleep_hours=8 --at 2026-11-20"),
            ("21 16:02", "measure weight=70kg"),
            ("21 16:03", "measure weight=71kg"),
        ],
    );
}

#[test]
fn a_day_of_more_than_14_hours_is_asked_about_and_one_of_more_than_24_refused() {
    let ebb = one_night();
    let (code, _, err) = at(&ebb, "21 15:00", "measure sleep_hours=8 --add");
    assert_eq!(code, Some(2), "{err}");
    assert!(
        err.contains("14.5 h of sleep") && err.contains("--yes"),
        "{err}"
    );
    run(&ebb, &[("21 15:01", "measure sleep_hours=8 --add --yes")]);
    let (code, _, err) = at(&ebb, "21 15:02", "measure sleep_hours=10 --add --yes");
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("24.5 h of sleep, and a day has 24"), "{err}");
    let list = json(&ebb, "21 15:03", "entry measurement list --json");
    let id = list["records"][0]["id"].as_str().unwrap();
    let edit = format!("entry measurement edit {id} --value 9");
    assert_eq!(
        at(&ebb, "21 15:04", &edit).0,
        Some(2),
        "an edit is asked about, too"
    );
    run(&ebb, &[("21 15:05", &format!("{edit} --yes"))]);
    assert_eq!(hours(&ebb), "17.0");
}

#[test]
fn the_doctor_names_the_days_of_an_older_journal_whose_hours_changed() {
    let ebb = Ebb::new();
    fs::copy("tests/fixtures/form-5.db", ebb.journal()).unwrap();
    let doctor = json(&ebb, "25 09:00", "doctor --json");
    let days = serde_json::json!(["2026-11-21", "2026-11-22"]);
    assert_eq!(doctor["days_of_added_sleeps"], days, "{doctor}");
    run(
        &ebb,
        &[
            ("24 08:00", "measure sleep_hours=6"),
            ("24 15:00", "measure sleep_hours=1 --add"),
        ],
    );
    let doctor = json(&ebb, "25 09:00", "doctor --json");
    assert_eq!(
        doctor["days_of_added_sleeps"], days,
        "a nap of now changed nothing"
    );
    let text = said(&ebb, "25 09:00", "doctor");
    assert!(text.contains("Sat 21 Nov 2026, Sun 22 Nov 2026"), "{text}");
}

#[test]
fn an_imported_sleep_that_overlaps_one_of_the_journal_is_left_out_whole() {
    let ebb = Ebb::new();
    let night = "measure sleep_hours=7";
    run(&ebb, &[("21 08:00", night)]);
    let list = json(&ebb, "21 08:01", "entry measurement list --json");
    let id = list["records"][0]["id"].as_str().unwrap();
    let times = format!("entry measurement edit {id} --asleep 23:00 --woke 06:00");
    run(&ebb, &[("21 08:02", &times)]);
    let document = at(&ebb, "21 08:03", "export json").1;
    // As if the same night, and a nap, had come from another program: their ids are derived from its rows.
    for (at, asleep, woke, hours, all) in [
        ("a", "23:30", "07:00", "7.5", "7.0"),
        ("b", "14:00", "15:00", "1", "8.0"),
    ] {
        let foreign = format!("01a200fb-5100-8{at}ec-9a31-5e5125554695");
        let other = document
            .replace(id, &foreign)
            .replace("23:00", asleep)
            .replace("06:00", woke)
            .replace("\"value\":7", &format!("\"value\":{hours}"));
        let file = ebb.home().join(format!("{at}.json"));
        fs::write(&file, other).unwrap();
        run(&ebb, &[("21 09:00", &format!("import {at}.json"))]);
        assert_eq!(self::hours(&ebb), all, "{asleep}");
    }
}

#[test]
fn the_form_asks_whether_a_second_sleep_is_one_more() {
    let mut app = App::lived_in();
    let slept = |app: &App| app.journal().records_of(Kind::Measurement).count();
    let measure = |app: &mut App, value: &str| {
        app.press("l");
        let list = app.screen(80, 24);
        let row = list
            .lines()
            .find(|line| line.contains("measurement"))
            .unwrap();
        // The screen behind the list has digits too.
        let before = row.split("measurement").next().unwrap();
        let digit = before.chars().rev().find(char::is_ascii_digit).unwrap();
        app.press(&digit.to_string());
        app.press("slept<Enter>");
        app.press(&format!("{value}<Ctrl-S>"));
    };
    measure(&mut app, "6.5");
    assert_eq!(slept(&app), 1, "{}", app.screen(80, 24));
    measure(&mut app, "1");
    let question = app.screen(80, 24);
    assert!(question.contains("instead of 6.5 h"), "{question}");
    assert!(
        question.contains("one more sleep, 7.5 h in all"),
        "{question}"
    );
    assert_eq!(slept(&app), 1, "nothing is saved before the answer");
    app.press("2");
    assert_eq!(slept(&app), 2);
    let message = app.screen(80, 24);
    assert!(message.contains("7.5 h in all"), "{message}");
    app.press("z");
    measure(&mut app, "9");
    app.press("1");
    assert_eq!(slept(&app), 1, "instead of the first");
}
