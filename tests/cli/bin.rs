//! `ebb bin` from outside.

use super::house::House;
use std::fs;

/// A journal with one attempt in the bin, and its id.
fn with_one_deleted() -> (House, String) {
    let house = House::new();
    house.done(&[
        "start",
        "--last-use",
        "2026-11-13",
        "--name",
        "quiet autumn",
    ]);
    house.done(&["checkin", "--overall", "4"]);
    house.done(&["attempt", "delete", "1"]);
    let listed = house.done(&["bin", "--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let id = json["deleted"][0]["id"].as_str().unwrap().to_owned();
    (house, id)
}

#[test]
fn the_bin_lists_what_was_deleted_and_gives_it_back() {
    let (house, id) = with_one_deleted();
    let end = &id[id.len() - 4..];
    assert_eq!(
        house.done(&["bin"]).out,
        format!(
            "{end}  attempt \"quiet autumn\", not decided, begun Fri 13 Nov 2026; deleted Sun 22 Nov 21:40, 30 days left\n"
        )
    );
    assert_eq!(house.done(&["bin", "list"]).out, house.done(&["bin"]).out);
    let listed: serde_json::Value =
        serde_json::from_str(&house.done(&["bin", "list", "--json"]).out).unwrap();
    let entry = &listed["deleted"][0];
    assert_eq!(listed["version"], 1);
    assert_eq!(entry["kind"], "attempt");
    assert_eq!(entry["date"], "2026-11-13");
    assert_eq!(entry["deleted_at"], "2026-11-22T21:40:00-05:00");
    assert_eq!(entry["days_left"], 30);

    let said = house.done(&["bin", "restore", end]);
    assert_eq!(
        said.err,
        "Restored: attempt \"quiet autumn\", not decided, begun Fri 13 Nov 2026; `ebb undo` takes it back.\n"
    );
    assert!(
        house
            .done(&["attempt", "list"])
            .out
            .contains("quiet autumn")
    );
    let empty = house.done(&["bin"]);
    assert!(empty.out.is_empty() && empty.err.starts_with("The bin is empty."));
    assert_eq!(
        house.done(&["undo"]).err,
        "Undone: restoring attempt 1 \"quiet autumn\", begun Fri 13 Nov. `ebb redo` goes the other way.\n"
    );
    assert_eq!(house.code(&["bin", "restore", end]), 0);
}

#[test]
fn an_id_that_the_bin_does_not_hold_ends_with_2_and_changes_nothing() {
    let (house, id) = with_one_deleted();
    let before = fs::read(house.journal()).unwrap();
    for slip in [
        &["bin", "restore", "nothing"][..],
        &["bin", "restore", ""],
        &["bin", "erase", "nothing", "--yes"],
        &["bin", "restore"],
        &["bin", "throw"],
        // Without a terminal nobody can be asked.
        &["bin", "erase", &id],
    ] {
        let said = house.ebb(slip);
        assert_eq!(said.code, 2, "{slip:?}: {said:?}");
        assert!(!said.err.is_empty() && said.out.is_empty());
        assert_eq!(fs::read(house.journal()).unwrap(), before, "{slip:?}");
    }
    let nowhere = House::new();
    assert_eq!(nowhere.code(&["bin"]), 10);
}

#[test]
fn what_is_erased_leaves_the_file_and_undo_goes_on_with_the_rest() {
    let (house, id) = with_one_deleted();
    let holds = |text: &str| {
        let bytes = fs::read(house.journal()).unwrap();
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    assert!(holds("quiet autumn"));
    let said = house.done(&["bin", "erase", &id, "--yes", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        (json["erased"].as_str(), &json["copies"]),
        (Some(id.as_str()), &1.into())
    );
    assert_eq!(
        said.err,
        "Erased for good: attempt \"quiet autumn\", not decided. Also from 1 copy beside the journal.\n"
    );
    assert!(!holds("quiet") && !holds("autumn"));
    assert!(
        house
            .done(&["undo"])
            .err
            .starts_with("Undone: the check-in ")
    );
    let nothing = house.ebb(&["undo"]);
    assert_eq!(
        (nothing.code, nothing.err.as_str()),
        (1, "ebb: there is nothing to undo\n")
    );
    house.done(&["redo"]);
    assert_eq!(house.code(&["redo"]), 1);
    assert_eq!(house.code(&["bin", "restore", &id]), 2);
    house.done(&["doctor"]);
}

#[test]
fn a_verb_that_writes_empties_the_bin_after_thirty_days_and_one_that_reads_does_not() {
    let (house, _) = with_one_deleted();
    let is_there = || {
        let db = rusqlite::Connection::open(house.journal()).unwrap();
        let sql = "SELECT count(*) FROM attempt";
        db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap() == 1
    };
    let (before, later) = ("2026-12-22T21:39:59-05:00", "2026-12-22T21:40:00-05:00");
    house.done(&["--now", before, "checkin", "--overall", "3"]);
    house.done(&["--now", later, "history"]);
    house.done(&["--now", later, "bin"]);
    assert!(is_there());
    house.done(&["--now", later, "checkin", "--overall", "3"]);
    assert!(!is_there());
}

#[test]
fn a_copy_that_cannot_be_changed_is_named_and_the_verb_ends_with_1() {
    let (house, id) = with_one_deleted();
    fs::write(house.path("journal.form-1.copy-1.db"), "torn").unwrap();
    let said = house.ebb(&["bin", "erase", &id, "--yes"]);
    assert_eq!(said.code, 1);
    assert!(
        said.err.contains("Erased for good") && said.err.contains("copy-1.db"),
        "{}",
        said.err
    );
}
