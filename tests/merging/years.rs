//! Days outside the years of entries in another journal: left out by row, and nothing else with them.

use super::lived::Street;
use rusqlite::Connection;

/// A journal at `machine` with a check-in, a dose and an attempt within the years, and one of each that `sql` moves away.
fn with_far_rows(street: &Street, machine: &str, sql: &str) {
    for time in ["08:00", "09:00"] {
        let at = format!("2026-11-20 {time}");
        street.done(machine, &["checkin", "--at", &at, "--overall", "4"]);
        street.done(machine, &["dose", "2g", "powder", "--at", &at]);
    }
    street.done(machine, &["start", "--last-use", "2026-11-01"]);
    street.done(machine, &["start", "--last-use", "2026-11-10"]);
    let db = Connection::open(street.journal(machine)).unwrap();
    assert_eq!(db.execute(sql, []).unwrap(), 1, "{sql}");
}

fn count(street: &Street, machine: &str) -> i64 {
    let db = Connection::open(street.journal(machine)).unwrap();
    let sql = "SELECT (SELECT count(*) FROM check_in) + (SELECT count(*) FROM record) + (SELECT count(*) FROM attempt)";
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

const LAST_CHECK_IN: &str = "WHERE id = (SELECT max(id) FROM check_in)";
const LAST_RECORD: &str = "WHERE id = (SELECT max(id) FROM record)";
const LAST_ATTEMPT: &str = "WHERE id = (SELECT max(id) FROM attempt)";

#[test]
fn a_day_outside_the_years_is_left_out_by_row_and_counted_and_nothing_else_is_lost() {
    for (what, table, set, rows) in [
        ("check-in", "check_in", "day = '0000-01-01'", LAST_CHECK_IN),
        ("check-in", "check_in", "day = '1899-12-31'", LAST_CHECK_IN),
        ("check-in", "check_in", "day = '9999-12-31'", LAST_CHECK_IN),
        (
            "check-in",
            "check_in",
            "at_utc = 253402300799",
            LAST_CHECK_IN,
        ),
        (
            "check-in",
            "check_in",
            "at_utc = -62135596800",
            LAST_CHECK_IN,
        ),
        ("dose", "record", "day = '2028-01-01'", LAST_RECORD),
        (
            "dose",
            "record",
            "at_utc = 9223372036854775807",
            LAST_RECORD,
        ),
        ("attempt", "attempt", "began = '0206-11-01'", LAST_ATTEMPT),
        (
            "attempt",
            "attempt",
            "day_zero = '2206-11-01'",
            LAST_ATTEMPT,
        ),
        (
            "attempt",
            "attempt",
            "ended = '3026-01-01', ending = 'ended'",
            LAST_ATTEMPT,
        ),
    ] {
        let street = Street::new();
        with_far_rows(&street, "sofa", &format!("UPDATE {table} SET {set} {rows}"));
        street.done("desk", &["checkin", "--overall", "2"]);
        let before = street.rows("desk");
        let other = street.journal("sofa").display().to_string();
        let bytes = std::fs::read(&other).unwrap();

        let dry = street.done("desk", &["import", &other, "--dry-run"]).err;
        assert!(dry.contains("1 left out as listed"), "{set}: {dry}");
        let told = street.done("desk", &["import", &other]).err;
        let lines = |text: &str| {
            let listed = |line: &&str| line.contains("so it was left out");
            text.lines()
                .filter(listed)
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(lines(&told).len(), 1, "{set}: {told}");
        assert!(lines(&told)[0].starts_with(what), "{set}: {told}");
        assert_eq!(count(&street, "desk"), 1 + 6 - 1, "{set}");
        assert_eq!(std::fs::read(&other).unwrap(), bytes, "{set}");

        let again = street.done("desk", &["import", &other]).err;
        assert!(
            again.contains("Nothing new: 1 left out as listed"),
            "{again}"
        );
        street.done("desk", &["doctor", "--full"]);
        street.done("desk", &["undo"]);
        assert_eq!(street.rows("desk"), before, "{set}");
    }
}

#[test]
fn the_turn_of_the_years_is_taken_in() {
    for set in [
        "day = '1900-01-01', at_utc = -2208945600",
        "day = '2027-12-31', at_utc = 1830279600",
        // The small hours of New Year count for the day before.
        "day = '2027-12-31', at_utc = 1830315600",
        // What cannot be read is kept as it is, by no rule of years.
        "at_utc = at_utc",
    ] {
        let street = Street::new();
        with_far_rows(
            &street,
            "sofa",
            &format!("UPDATE check_in SET {set} {LAST_CHECK_IN}"),
        );
        street.done("desk", &["checkin", "--overall", "2"]);
        let other = street.journal("sofa").display().to_string();
        let told = street.done("desk", &["import", &other]).err;
        assert!(!told.contains("left out"), "{set}: {told}");
        assert_eq!(count(&street, "desk"), 1 + 6, "{set}");
    }
}

#[test]
fn a_sync_leaves_them_in_the_file_of_the_other_machine() {
    let street = Street::new();
    let sql = format!("UPDATE check_in SET day = '9999-12-31' {LAST_CHECK_IN}");
    with_far_rows(&street, "sofa", &sql);
    street.done("desk", &["checkin", "--overall", "2"]);
    let folder = street.between();
    for _ in 0..2 {
        street.done("sofa", &["sync", &folder]);
        let told = street.done("desk", &["sync", &folder]).err;
        assert!(told.contains("1 left out as listed"), "{told}");
    }
    assert_eq!(count(&street, "desk"), 6);
    assert_eq!(count(&street, "sofa"), 7, "the other machine keeps its own");
    // Restored from before, a journal does not write over its own file, which has that row alone now.
    let own = street.left();
    let copy = street.journal("sofa").with_file_name("copy.db");
    street.done("sofa", &["backup", copy.to_str().unwrap()]);
    let db = Connection::open(street.journal("sofa")).unwrap();
    db.execute("DELETE FROM check_in WHERE day = '9999-12-31'", [])
        .unwrap();
    street.done("sofa", &["sync", &folder]);
    let left = street.left();
    assert_eq!(left.len(), own.len() + 1, "{left:?}");
    let has_it = |name: &String| {
        let db = Connection::open(std::path::Path::new(&folder).join(name)).unwrap();
        let sql = "SELECT count(*) FROM check_in WHERE day = '9999-12-31'";
        db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap() == 1
    };
    assert!(left.iter().any(has_it), "{left:?}");
}
