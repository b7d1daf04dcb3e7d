//! A journal with rows in every table, and a foreign hand.

use crate::support::home::Ebb;
use chrono::{DateTime, Utc};
use ebbtide::domain::check_in::{CheckInDraft, Form};
use ebbtide::domain::id::EntryId;
use ebbtide::store::{Depth, Store};
use rusqlite::Connection;
use std::path::Path;

/// What every finding about a wrong sum says.
pub const DIFFERS: &str = "does not match its sum";

pub fn now() -> DateTime<Utc> {
    "2026-11-22T13:12:00Z".parse().unwrap()
}

/// A made-up journal of some days with rows in every table that has sums, also in the bin, the drafts and the log.
pub fn filled() -> Ebb {
    let ebb = Ebb::new();
    let path = ebb.journal().to_str().unwrap();
    ebb.succeed(&["demo", "--days", "12", "--seed", "1", "--write", path]);
    ebb.succeed(&["helplines", "add", "Dr Lee", "021 555 0100"]);
    ebb.succeed(&["helplines", "--country", "NZ", "--remember"]);
    ebb.succeed(&["symptom", "add", "Cold feet", "--category", "physical"]);
    ebb.succeed(&[
        "checkin",
        "--set",
        "own_cold_feet=1",
        "--set",
        "nausea=2",
        "--note",
        "a walk",
    ]);
    ebb.succeed(&["urge", "2", "--trigger", "rain"]);
    ebb.succeed(&["urge", "3"]);
    ebb.succeed(&["undo"]);
    let mut store = Store::open(ebb.journal()).unwrap();
    let day = "2026-11-22".parse().unwrap();
    let mut draft = CheckInDraft::new(EntryId::from_bytes([7; 16]), Form::Full, day);
    "half a thought".clone_into(&mut draft.note);
    store.keep_draft(&draft, now()).unwrap();
    ebb
}

/// Changes the file as another program would: no rule of the tables stops it.
pub fn by_a_foreign_hand(file: &Path, sql: &str) {
    let db = Connection::open(file).unwrap();
    db.execute_batch(&format!(
        "PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF; {sql}"
    ))
    .unwrap();
}

/// What `doctor --full` finds in a file.
pub fn findings(file: &Path) -> Vec<String> {
    let store = Store::open(file).unwrap();
    let examination = store.examine(Depth::Full).unwrap();
    let findings = examination.findings.into_iter();
    findings.map(|finding| finding.what).collect()
}

/// The exit code, stdout and stderr of a command.
pub fn answer(ebb: &Ebb, args: &[&str]) -> (i32, String, String) {
    let output = ebb.run(args);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (
        output.status.code().unwrap(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// The id of the last entry of a kind, as its list shows it.
pub fn last_id(ebb: &Ebb, kind: &str) -> String {
    let listed = ebb.succeed(&["entry", kind, "list"]);
    let last = listed.lines().last().unwrap();
    last.split(' ').next().unwrap().to_owned()
}
