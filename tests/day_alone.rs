//! A day alone is noon, in every verb and form, whatever the hour; today before noon it is now.
#![allow(clippy::unwrap_used, missing_docs)]

mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use app::App;
use house::House;
use rusqlite::Connection;

/// Two moments of one day: before noon and after it.
const HOURS: [&str; 2] = ["2026-11-28T09:00:00+00:00", "2026-11-28T15:00:00+00:00"];

/// Every verb that takes `--at`, with the table of its row. `ID` is that of a dose that is there, `DAY` the words for the day.
const VERBS: [(&str, &str); 10] = [
    ("checkin --overall 3 --at DAY", "check_in"),
    ("dose 3g powder --at DAY", "record"),
    ("urge 2 --at DAY", "record"),
    ("take Clonidine --at DAY", "record"),
    ("did walking --minutes 10 --at DAY", "record"),
    ("used alcohol 2 --at DAY", "record"),
    ("measure pulse=70 --at DAY", "record"),
    ("sign add seizure --at DAY", "record"),
    ("appointment add doctor_visit --at DAY", "record"),
    ("purchase add powder --amount 100 --at DAY", "record"),
];

fn utc(text: &str) -> i64 {
    let at: chrono::DateTime<chrono::Utc> = text.parse().unwrap();
    at.timestamp()
}

/// What a person may type for a day alone, and the moment and day that it comes to at `now`.
fn words(now: &'static str) -> [(&'static str, i64, &'static str); 5] {
    let today = utc(now).min(utc("2026-11-28T12:00:00Z"));
    let [yesterday, before] = ["2026-11-27T12:00:00Z", "2026-11-12T12:00:00Z"].map(utc);
    [
        ("yesterday", yesterday, "2026-11-27"),
        ("2026-11-27", yesterday, "2026-11-27"),
        ("2026-11-12", before, "2026-11-12"),
        ("today", today, "2026-11-28"),
        ("2026-11-28", today, "2026-11-28"),
    ]
}

/// The row of `table` that was written last: its moment and the day that it counts for.
fn written(house: &House, table: &str) -> (i64, String) {
    let db = Connection::open(house.journal()).unwrap();
    let sql = format!(
        "SELECT at_utc, day FROM {table} WHERE at_utc IS NOT NULL ORDER BY id DESC LIMIT 1"
    );
    let row = db.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)));
    row.unwrap()
}

fn with_medicine() -> House {
    let house = House::new();
    house.done(&["medication", "add", "clonidine"]);
    house
}

#[test]
fn a_day_alone_is_noon_in_every_verb_whatever_the_hour() {
    for now in HOURS {
        for (line, table) in VERBS {
            let house = with_medicine();
            for (typed, moment, day) in words(now) {
                let line = line.replace("DAY", typed);
                let args: Vec<&str> = line.split(' ').collect();
                house.done(&[&["--now", now], &args[..]].concat());
                let wanted = (moment, day.to_owned());
                assert_eq!(written(&house, table), wanted, "{now}: ebb {line}");
            }
        }
    }
}

#[test]
fn a_day_alone_is_noon_where_an_entry_is_changed() {
    for now in HOURS {
        for (typed, moment, day) in words(now) {
            let house = House::new();
            house.done(&[
                "--now",
                now,
                "dose",
                "3g",
                "powder",
                "--at",
                "2026-11-20 08:00",
            ]);
            let listed = house.done(&["entry", "dose", "list"]).out;
            let id = listed.split_whitespace().next().unwrap();
            house.done(&["--now", now, "entry", "dose", "edit", id, "--at", typed]);
            let wanted = (moment, day.to_owned());
            assert_eq!(written(&house, "record"), wanted, "{now}: {typed}");
        }
    }
}

#[test]
fn a_dose_of_yesterday_is_no_dose_of_just_now() {
    let house = House::new();
    let now = HOURS[0];
    house.done(&["--now", now, "dose", "3g", "powder", "--at", "yesterday"]);
    let said = house.done(&["--now", now, "status"]).out;
    // Without a time there is no number of hours to say.
    assert!(said.contains("Last dose yesterday"), "{said}");
}

#[test]
fn the_same_words_are_the_same_moment_in_plain_mode_and_on_the_full_screen() {
    for now in HOURS {
        for (typed, moment, day) in words(now) {
            let house = House::new();
            house.done(&["--now", now, "checkin", "--overall", "3"]);
            let talk = format!("urge\n2\nskip\nskip\nskip\nskip\n{typed}\nquit\n");
            let said = house.with_input(&["--plain", "--now", now], &talk);
            let wanted = (moment, day.to_owned());
            assert_eq!(
                written(&house, "record"),
                wanted,
                "{now}: {typed}\n{}",
                said.out
            );

            let mut app = App::over_file(&house.journal(), now);
            app.press(&format!("u2<Tab><Tab><Tab><Tab><Tab>{typed}<Enter>"));
            let journal = app.journal();
            let urges = journal.records_of(ebbtide::domain::record::kind::Kind::Urge);
            let moments: Vec<_> = urges.filter_map(|urge| urge.moment.clone()).collect();
            assert_eq!(moments.len(), 2, "{now}: {typed}\n{}", app.screen(80, 24));
            for held in moments {
                assert_eq!(
                    (held.at_utc, held.day.to_string()),
                    wanted,
                    "{now}: {typed}"
                );
            }
        }
    }
}
