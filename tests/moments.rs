//! Words that a person types for a moment, a day or an amount, on the command line and by keys.
#![allow(clippy::unwrap_used, missing_docs)]

mod app;
#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use app::App;
use house::House;
use rusqlite::Connection;

/// A Saturday morning.
const NOW: &str = "2026-11-28T09:00:00+00:00";

/// Words for a moment, with the moment and the day that they come to.
const MOMENTS: [(&str, &str, &str); 12] = [
    ("last night", "2026-11-27T22:00:00Z", "2026-11-27"),
    ("tue", "2026-11-24T12:00:00Z", "2026-11-24"),
    ("last tuesday 8pm", "2026-11-24T20:00:00Z", "2026-11-24"),
    ("12 Nov", "2026-11-12T12:00:00Z", "2026-11-12"),
    ("november 3 9am", "2026-11-03T09:00:00Z", "2026-11-03"),
    ("20.11.2026", "2026-11-20T12:00:00Z", "2026-11-20"),
    ("3 days ago", "2026-11-25T12:00:00Z", "2026-11-25"),
    ("one week ago", "2026-11-21T12:00:00Z", "2026-11-21"),
    ("-7d", "2026-11-21T12:00:00Z", "2026-11-21"),
    ("noon yesterday", "2026-11-27T12:00:00Z", "2026-11-27"),
    ("8pm", "2026-11-27T20:00:00Z", "2026-11-27"),
    (
        "Fri 27 Nov 2026 02:00",
        "2026-11-27T02:00:00Z",
        "2026-11-26",
    ),
];

fn utc(text: &str) -> i64 {
    let at: chrono::DateTime<chrono::Utc> = text.parse().unwrap();
    at.timestamp()
}

/// The row of `table` that was written last.
fn written(house: &House, table: &str) -> (i64, String) {
    let db = Connection::open(house.journal()).unwrap();
    let sql = format!(
        "SELECT at_utc, day FROM {table} WHERE at_utc IS NOT NULL ORDER BY id DESC LIMIT 1"
    );
    let row = db.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?)));
    row.unwrap()
}

#[test]
fn verbs_read_the_words_of_a_moment() {
    let house = House::new();
    for (typed, moment, day) in MOMENTS {
        for (verb, table) in [
            (&["dose", "3g", "powder"][..], "record"),
            (&["checkin", "--overall", "3"][..], "check_in"),
            (&["measure", "pulse=70"][..], "record"),
        ] {
            house.done(&[&["--now", NOW], verb, &["--at", typed]].concat());
            let wanted = (utc(moment), day.to_owned());
            assert_eq!(written(&house, table), wanted, "{verb:?} {typed}");
        }
    }
}

#[test]
fn a_visit_lies_ahead_and_its_words_and_refusal_do_too() {
    let house = House::new();
    for (typed, moment) in [
        ("tue 10:30", "2026-12-01T10:30:00Z"),
        ("tomorrow 10:00", "2026-11-29T10:00:00Z"),
        ("in 3 days", "2026-12-01T12:00:00Z"),
        ("1 December 14:00", "2026-12-01T14:00:00Z"),
        ("next saturday 8pm", "2026-12-05T20:00:00Z"),
    ] {
        house.done(&[
            "--now",
            NOW,
            "appointment",
            "add",
            "doctor_visit",
            "--at",
            typed,
        ]);
        assert_eq!(written(&house, "record").0, utc(moment), "{typed}");
    }
    let refused = house.ebb(&["appointment", "add", "doctor_visit", "--at", "soon"]);
    assert!(
        refused.err.contains("try tomorrow 10:00"),
        "{}",
        refused.err
    );
}

#[test]
fn what_is_two_days_or_still_to_come_is_not_saved_by_a_script() {
    let house = House::new();
    for (typed, said) in [
        ("1/2", "1 Feb 2026 or 2 Jan 2026?"),
        ("1/2 10:00", "1 Feb 2026 or 2 Jan 2026?"),
        (
            "mon 9",
            "9 Nov 2026 or Mon 23 Nov at 9:00? Write 9 Nov or Mon 9:00",
        ),
        ("friday 8", "Write 8 May or Fri 8:00"),
        ("this afternoon", "has not come yet"),
        ("tonight", "has not come yet"),
        ("tomorrow", "still to come"),
        ("2026-11-28 09:01", "still to come"),
        ("Tue 2 Dec 2026", "is a Wednesday"),
        ("30 feb", "not in the calendar"),
        ("2028-01-01", "outside the years 1900 to 2027"),
    ] {
        for verb in [
            &["dose", "3g", "powder"][..],
            &["checkin", "--overall", "3"][..],
            &["urge", "2"][..],
        ] {
            let answer = house.ebb(&[&["--now", NOW], verb, &["--at", typed]].concat());
            assert_eq!(answer.code, 2, "{verb:?} {typed}: {answer:?}");
            assert!(answer.err.contains(said), "{verb:?} {typed}: {answer:?}");
        }
    }
    assert!(!house.journal().exists(), "nothing was saved");
}

#[test]
fn periods_take_the_same_words() {
    let house = House::new();
    for at in ["12 Nov", "last tue"] {
        house.done(&["--now", NOW, "dose", "3g", "powder", "--at", at]);
    }
    for from in ["-7d", "last tue", "one week ago", "tue", "20 Nov"] {
        let listed = house.done(&["--now", NOW, "history", "--from", from]).out;
        assert!(
            listed.contains("24 Nov") && !listed.contains("12 Nov"),
            "{from}: {listed}"
        );
        for verb in ["trend", "report"] {
            house.done(&["--now", NOW, verb, "--from", from]);
        }
    }
}

#[test]
fn amounts_are_kept_as_they_are_typed() {
    let house = House::new();
    for (line, said) in [
        ("dose 1/2 capsule", "0.5 capsules"),
        ("dose half a capsule", "0.5 capsules"),
        ("dose 1,5 capsules", "1.5 capsules"),
        ("dose 1 1/2 capsules", "1.5 capsules"),
        ("dose 2 cups tea", "2 cups Tea"),
        ("dose 1 mug tea", "1 mug Tea"),
        ("used caffeine 2 cups", "Caffeine, 2 cups"),
        ("used alcohol 2", "Alcohol, 2 drinks"),
        ("purchase add powder 250g", "250 g Leaf powder"),
        ("purchase add 250 g powder", "250 g Leaf powder"),
    ] {
        let args: Vec<&str> = line.split(' ').collect();
        let answer = house.done(&args);
        assert!(answer.err.contains(said), "{line}: {}", answer.err);
    }
    let refused = house.ebb(&["dose", "1/3", "capsule"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("no exact amount"), "{}", refused.err);
}

#[test]
fn a_series_is_found_by_the_words_that_measure_takes() {
    let house = House::new();
    house.done(&["measure", "sleep=6"]);
    for name in ["sleep", "sleep_hours", "Hours slept"] {
        let drawn = house.done(&["trend", name]).out;
        assert!(drawn.starts_with("Hours slept"), "{name}: {drawn}");
    }
}

#[test]
fn a_form_says_what_it_reads_while_one_types_and_saves_that() {
    for (typed, moment, day) in MOMENTS {
        let house = House::new();
        house.done(&["--now", NOW, "checkin", "--overall", "3"]);
        let mut app = App::over_file(&house.journal(), NOW);
        app.press(&format!("u2<Tab><Tab><Tab><Tab><Tab>{typed}"));
        let at = chrono::DateTime::from_timestamp(utc(moment), 0).unwrap();
        let read = format!("= {}", at.format("%a %-d %b %Y"));
        assert!(
            app.screen(80, 24).contains(&read),
            "{typed}\n{}",
            app.screen(80, 24)
        );
        app.press("<Enter>");
        let journal = app.journal();
        let urges = journal.records_of(ebbtide::domain::record::kind::Kind::Urge);
        let held: Vec<_> = urges.filter_map(|urge| urge.moment.clone()).collect();
        let held: Vec<_> = held.iter().map(|m| (m.at_utc, m.day.to_string())).collect();
        assert_eq!(held, [(utc(moment), day.to_owned())], "{typed}");
    }
}

#[test]
fn plain_mode_says_what_it_reads() {
    let house = House::new();
    house.done(&["--now", NOW, "checkin", "--overall", "3"]);
    let talk = "urge\n2\nskip\nskip\nskip\nskip\n1/2\nlast tue 8pm\nquit\n";
    let said = house.with_input(&["--plain", "--now", NOW], talk).out;
    assert!(said.contains("1 Feb 2026 or 2 Jan 2026?"), "{said}");
    assert!(
        said.contains("= Tue 24 Nov 2026 20:00, counts for Tue 24 Nov."),
        "{said}"
    );
    assert_eq!(written(&house, "record").0, utc("2026-11-24T20:00:00Z"));
}

#[test]
fn a_day_that_did_not_exist_is_none() {
    let house = House::new();
    for typed in ["2011-12-30", "2011-12-30 12:00"] {
        let mut ebb = house.command(&["dose", "1g", "powder", "--at", typed]);
        let said = ebb.env("TZ", "Pacific/Apia").env_remove("EBB_NOW").output();
        let said = String::from_utf8(said.unwrap().stderr).unwrap();
        assert!(said.contains("did not exist there"), "{said}");
        assert_eq!(written(&house, "record").1, "2011-12-31", "{typed}");
    }
}
