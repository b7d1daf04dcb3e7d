//! The binary on a machine that does not know its zone: said before anything is saved, and found afterwards.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "each test file uses its own part")]
mod house;

use house::{House, Said};
use rusqlite::Connection;

/// Runs with the clock of the machine and this `TZ`.
fn with_tz(house: &House, tz: &str, args: &[&str]) -> Said {
    let mut command = house.command(args);
    let output = command
        .env("TZ", tz)
        .env_remove("EBB_NOW")
        .output()
        .unwrap();
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn a_zone_without_rules_saves_nothing_and_says_what_to_do() {
    let house = House::new();
    for args in [
        &["dose", "3g", "powder"][..],
        &["checkin", "--overall", "3"],
        &["start"],
        &["--plain"],
    ] {
        let said = with_tz(&house, "Europe/Berlim", args);
        assert_eq!(said.code, 2, "{args:?} {said:?}");
        assert!(
            said.err.contains("\"Europe/Berlim\"") && said.err.contains("Nothing was saved"),
            "{said:?}"
        );
        assert!(said.err.contains("TZ=UTC-1"), "{said:?}");
    }
    assert!(!house.journal().exists());
    // Looking goes on; help lines and guide say nothing about clocks.
    house.done(&["checkin", "--overall", "3"]);
    let looked = with_tz(&house, "Europe/Berlim", &["status"]);
    assert!(
        looked.code == 0 && looked.err.contains("Europe/Berlim"),
        "{looked:?}"
    );
    let lines = with_tz(&house, "Europe/Berlim", &["helplines", "--country", "DE"]);
    assert!(lines.code == 0 && lines.err.is_empty(), "{lines:?}");
}

#[test]
fn an_offset_given_with_now_is_enough_to_save() {
    let house = House::new();
    let args = ["--now", "2026-11-28T09:00:00+01:00", "dose", "3g", "powder"];
    let said = with_tz(&house, "Europe/Berlim", &args);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(!said.err.contains("Berlim"), "{said:?}");
    let said = with_tz(&house, "UTC-1", &["urge", "2"]);
    assert_eq!(said.code, 0, "{said:?}");
    let db = Connection::open(house.journal()).unwrap();
    let mut rows = db
        .prepare("SELECT offset_min, zone FROM record ORDER BY id")
        .unwrap();
    let rows = rows
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let rows: Vec<(i64, String)> = rows.map(Result::unwrap).collect();
    assert_eq!(rows, [(60, "+01:00".to_owned()), (60, "+01:00".to_owned())]);
}

#[test]
fn the_doctor_names_an_offset_that_its_zone_did_not_have_and_claims_no_damage() {
    let house = House::new();
    // Without an offset of its own, now is in the zone of the machine.
    let now = ["--now", "2026-11-22 21:40"];
    house.done(&[&now[..], &["urge", "2", "--at", "2026-11-20 08:15"]].concat());
    house.done(
        &[
            &now[..],
            &["urge", "1", "--at", "2026-11-21T09:00:00+09:00"],
        ]
        .concat(),
    );
    let said = house.done(&["doctor", "--full"]);
    assert!(!said.out.contains("zones"), "{said:?}");
    let db = Connection::open(house.journal()).unwrap();
    let sql = "UPDATE record SET offset_min = 0 WHERE zone = 'America/New_York'";
    assert_eq!(db.execute(sql, []).unwrap(), 1);
    // Version 0.1.0 stored such entries, and its journals have no sums yet.
    for table in [
        "check_in",
        "record",
        "attempt",
        "symptom",
        "setting",
        "help_line",
        "draft",
        "log_step",
    ] {
        db.execute_batch(&format!("ALTER TABLE {table} DROP COLUMN sum"))
            .unwrap();
    }
    for table in ["check_in", "record"] {
        db.execute_batch(&format!("ALTER TABLE {table} DROP COLUMN without_time"))
            .unwrap();
    }
    db.pragma_update(None, "user_version", 4).unwrap();
    drop(db);
    let said = house.done(&["doctor"]);
    let told = "1 entry has an offset that the zone beside it did not have then";
    assert!(said.out.contains(told), "{said:?}");
    let named = "Fri 20 Nov 2026 13:15: +00:00 under America/New_York, which had -05:00";
    assert!(
        said.out.contains(named) && said.out.contains("all else is as it has to be"),
        "{said:?}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&house.done(&["doctor", "--json"]).out).unwrap();
    assert_eq!(json["zone_misfits"][0]["offset_of_zone"], "-05:00");
    assert_eq!(json["zone_misfits"][0]["zone"], "America/New_York");
}
