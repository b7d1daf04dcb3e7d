//! How an entry is made, key by key, and that no key waits for the disk.

use crate::support::home::Ebb;
use crate::support::pty::{Pty, Size, TWO_SECONDS};
use rusqlite::Connection;

/// Types and counts.
fn press(pty: &mut Pty, keys: &str, count: &mut usize) {
    pty.send(keys);
    *count += keys.chars().count();
}

fn quit(mut pty: Pty) {
    pty.send("q");
    assert_eq!(pty.exit_code(TWO_SECONDS).0, 0);
}

/// Date, symptom and severity of every rating.
fn exported(ebb: &Ebb) -> Vec<(String, String, String)> {
    let printed = ebb.succeed(&["export", "csv"]);
    let mut reader = csv::Reader::from_reader(printed.as_bytes());
    let head = reader.headers().unwrap().clone();
    let at = |name: &str| head.iter().position(|field| field == name).unwrap();
    let (date, symptom, severity) = (at("date"), at("symptom"), at("severity"));
    reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            let field = |at: usize| record[at].to_owned();
            (field(date), field(symptom), field(severity))
        })
        .collect()
}

#[test]
fn from_the_first_run_to_a_saved_full_check_in_in_25_keys_and_out_again_as_csv() {
    let ebb = Ebb::new();
    let mut pty = ebb.open();
    pty.wait_for_text("first steps 1 of 3");
    pty.send("\r");
    pty.wait_for_text("First steps 2 of 3");
    pty.send("2026-11-13\r");
    // The safety card that a beginning shows can be skipped.
    pty.wait_for("the card or the third step", |screen| {
        !screen.contents().contains("First steps 2 of 3")
    });
    if !pty.contents().contains("First steps 3 of 3") {
        pty.send("\x1b");
    }
    pty.wait_for_text("First steps 3 of 3");
    let mut keys = 0;
    let severities = "321012340123401234";
    press(&mut pty, "c", &mut keys);
    press(&mut pty, severities, &mut keys);
    press(&mut pty, "7\r", &mut keys);
    pty.wait_for_text("Saved 08:12: check-in");
    assert!(keys <= 25, "{keys} keys");
    println!("{keys} keys");
    // What it was taken for is asked once; Esc skips it.
    pty.wait_for_text("What was it taken for?");
    pty.send("\x1b");
    pty.wait_for_text("c check-in");
    quit(pty);
    let rows = exported(&ebb);
    assert_eq!(rows.len(), 18);
    let printed: String = rows.iter().map(|row| row.2.as_str()).collect();
    assert_eq!(printed, severities);
    assert!(rows.iter().all(|row| row.0 == "2026-11-22"));
    assert_eq!(rows[0].1, "muscle_aches");
    assert_eq!(rows[4], ("2026-11-22".into(), "nausea".into(), "1".into()));
    assert_eq!(ebb.count("SELECT overall FROM check_in"), 7);
    assert_eq!(ebb.count("SELECT count(*) FROM draft"), 0);
}

#[test]
fn a_blank_stays_blank_on_its_way_to_the_file() {
    let ebb = Ebb::begun();
    let mut pty = ebb.open();
    pty.wait_for_text("Today");
    pty.send("c2.0\r");
    pty.wait_for_text("Saved 08:12");
    quit(pty);
    let severities: Vec<String> = exported(&ebb).into_iter().map(|row| row.2).collect();
    assert_eq!(severities, ["2", "0"]);
}

#[test]
fn a_brief_check_in_takes_four_keys_from_today() {
    for (number, overall) in [("6", 6), ("10", 10), ("t", 10), ("0", 0)] {
        let ebb = Ebb::begun();
        let mut pty = ebb.open();
        pty.wait_for_text("Today");
        let mut keys = 0;
        press(&mut pty, &format!("b{number}\r"), &mut keys);
        pty.wait_for_text("Saved 08:12");
        assert!(keys <= 4, "{keys} keys");
        quit(pty);
        assert_eq!(ebb.count("SELECT overall FROM check_in"), overall);
        assert_eq!(exported(&ebb), []);
    }
}

#[test]
fn keys_do_not_wait_for_the_disk() {
    let ebb = Ebb::begun();
    let mut pty = ebb.open();
    pty.wait_for_text("Today");
    let busy = Connection::open(ebb.journal()).unwrap();
    busy.busy_timeout(TWO_SECONDS).unwrap();
    busy.execute_batch("BEGIN EXCLUSIVE").unwrap();
    pty.send("c");
    for (at, digit) in (1..).zip("32104321".chars()) {
        pty.send(&digit.to_string());
        pty.wait_for_text(&format!("{at} of 18 answered"));
    }
    pty.send("n");
    pty.wait_for_text("back to the ratings");
    pty.send("typed while the disk is busy");
    pty.wait_for_text("typed while the disk is busy");
    pty.send("\x13");
    pty.wait_for_text("saving");
    // Another screen comes as well, and the save is not said before it is done.
    pty.send("3");
    pty.wait_for_text("into the day");
    assert!(!pty.contents().contains("Saved"));
    busy.execute_batch("COMMIT").unwrap();
    pty.wait_for_text("Saved 08:12");
    quit(pty);
    assert_eq!(exported(&ebb).len(), 8);
}

#[test]
fn opening_the_full_screen_empties_the_bin_after_thirty_days() {
    let ebb = Ebb::begun();
    ebb.succeed(&["checkin", "--overall", "4"]);
    ebb.succeed(&["attempt", "delete", "1"]);
    let there = |ebb: &Ebb| ebb.count("SELECT count(*) FROM attempt");
    for (now, left) in [
        ("2026-12-22T08:11:59-05:00", 1),
        ("2026-12-22T08:12:00-05:00", 0),
    ] {
        let pty = ebb.open_with(&["--now", now], Size::USUAL);
        pty.wait_for_text("? keys");
        quit(pty);
        assert_eq!(there(&ebb), left, "{now}");
    }
}
