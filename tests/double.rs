//! What a merge leaves double is shown and can be joined or parted; a package brings the times of edits along.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "cli/house.rs"]
#[expect(dead_code, reason = "a part of it is used")]
mod house;

use house::House;

/// A journal into which another one was merged: each began an attempt on 13 Nov and a plan of powder.
fn merged() -> House {
    let house = House::new();
    let of = |journal: &str, args: &[&str]| {
        house.done(&[&["--journal", journal], args].concat());
    };
    let plan = |journal: &str, begin: &str| {
        let terms = [
            "--from",
            "6",
            "--steps",
            "4,2",
            "--every",
            "7",
            "--product",
            "powder",
        ];
        of(
            journal,
            &[&["taper", "start"], &terms[..], &["--begin", begin]].concat(),
        );
    };
    of(
        "journal.db",
        &["start", "--last-use", "2026-11-13", "--goal", "sleep again"],
    );
    plan("journal.db", "2026-11-14");
    of(
        "other.db",
        &[
            "start",
            "--last-use",
            "2026-11-13",
            "--name",
            "autumn",
            "--method",
            "taper",
        ],
    );
    of("other.db", &["baseline", "add", "--amount", "6 g a day"]);
    plan("other.db", "2026-11-16");
    let said = house.done(&["import", "other.db"]);
    assert!(
        said.err.contains("two attempts begin on that day now"),
        "{}",
        said.err
    );
    house
}

#[test]
fn two_attempts_of_one_day_and_two_plans_of_one_product_are_shown() {
    let house = merged();
    let list = house.done(&["attempt", "list"]).out;
    assert!(
        list.contains("Attempts 1 and 2 begin on Fri 13 Nov 2026"),
        "{list}"
    );
    assert!(list.contains("ebb attempt join") && list.contains("ebb attempt part"));
    let doctor = house.ebb(&["doctor"]).out;
    assert!(
        doctor.contains("attempts 1 and 2 begin on Fri 13 Nov 2026"),
        "{doctor}"
    );
    assert!(
        doctor.contains("2 plans of Leaf powder go on: `ebb taper join`"),
        "{doctor}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&house.ebb(&["doctor", "--json"]).out).unwrap();
    assert_eq!(json["double"].as_array().unwrap().len(), 2);
    for args in [
        &["taper", "show"][..],
        &["taper", "hold", "--product", "powder"],
    ] {
        let said = house.ebb(args);
        assert_eq!(said.code, 2, "{args:?}");
        assert!(said.err.contains("ebb taper join"), "{}", said.err);
    }
    let plain = house
        .with_input(&["--plain"], "plan\nback\nattempts\ndone\nquit\n")
        .out;
    assert!(plain.contains("2 plans of Leaf powder go on"), "{plain}");
    assert!(plain.contains("join makes one of them"), "{plain}");
}

#[test]
fn attempts_are_joined_with_what_the_kept_one_lacks_and_one_undo_brings_both_back() {
    let house = merged();
    let list = || house.done(&["attempt", "list"]).out;
    let before = list();
    let said = house.done(&["attempt", "join"]).err;
    assert!(
        said.contains("attempt 2 is part of attempt 1") && said.contains("ebb undo"),
        "{said}"
    );
    let json = house.done(&["attempt", "list", "--json"]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let attempts = json["attempts"].as_array().unwrap();
    assert_eq!(attempts.len(), 1);
    assert_eq!(
        (
            &attempts[0]["goal"],
            &attempts[0]["name"],
            &attempts[0]["method"]
        ),
        (&"sleep again".into(), &"autumn".into(), &"taper".into())
    );
    let began = house.done(&["baseline", "list"]).out;
    assert!(began.contains("6 g a day"), "{began}");
    assert!(!house.ebb(&["doctor"]).out.contains("double    attempts"));
    house.done(&["undo"]);
    assert_eq!(list(), before);
    house.done(&["attempt", "join", "2", "1"]);
    assert!(list().starts_with("1. tapering"), "{}", list());
    assert_eq!(
        house.code(&["attempt", "join"]),
        2,
        "nothing is left to join"
    );
}

#[test]
fn attempts_are_parted_by_another_first_day() {
    let house = merged();
    house.done(&["attempt", "part", "2", "--on", "2026-11-12"]);
    let list = house.done(&["attempt", "list"]).out;
    assert!(
        list.contains("began Thu 12 Nov 2026") && !list.contains("begin on"),
        "{list}"
    );
    assert_eq!(
        house.code(&["attempt", "join", "1", "2"]),
        2,
        "different days stay two"
    );
}

#[test]
fn of_two_plans_one_goes_on_alone_and_the_other_keeps_its_versions() {
    let house = merged();
    let said = house.done(&["taper", "join"]).err;
    assert!(
        said.contains("begun Mon 16 Nov 2026 goes on alone"),
        "{said}"
    );
    house.done(&["taper", "show"]);
    house.done(&["undo"]);
    assert_eq!(house.code(&["taper", "show"]), 2);
    assert_eq!(house.code(&["taper", "join", "--keep", "2026-11-15"]), 2);
    let said = house.done(&["taper", "join", "--keep", "2026-11-14"]).err;
    assert!(
        said.contains("begun Sat 14 Nov 2026 goes on alone"),
        "{said}"
    );
    assert_eq!(house.code(&["taper", "join"]), 2, "nothing is left to join");
}

#[test]
fn plain_mode_joins_them_too() {
    let house = merged();
    let said = house
        .with_input(&["--plain"], "attempts\njoin\n2\ndone\nquit\n")
        .out;
    assert!(said.contains("attempt 1 is part of attempt 2"), "{said}");
    let list = house.done(&["attempt", "list"]).out;
    assert!(!list.contains("2. "), "{list}");
}

#[test]
fn a_package_brings_the_times_of_edits_into_an_empty_journal_and_a_share_does_not() {
    let house = House::new();
    let at = |now: &str, args: &[&str]| {
        let output = house.command(args).env("EBB_NOW", now).output().unwrap();
        assert!(output.status.success(), "{args:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    at("2026-11-20T08:00:00-05:00", &["checkin", "--overall", "3"]);
    at("2026-11-20T08:05:00-05:00", &["dose", "2g", "powder"]);
    at("2026-11-20T08:06:00-05:00", &["urge", "2"]);
    let id = |kind: &str| {
        let list = house.done(&["entry", kind, "list"]).out;
        list.split(' ').next().unwrap().to_owned()
    };
    at(
        "2026-11-20T09:00:00-05:00",
        &[
            "entry",
            "check-in",
            "edit",
            &id("check-in"),
            "--overall",
            "4",
        ],
    );
    at(
        "2026-11-20T09:30:00-05:00",
        &["entry", "dose", "edit", &id("dose"), "--amount", "3"],
    );
    house.done(&["export", "csv", "-o", "out/"]);
    let check_ins = std::fs::read_to_string(house.path("out/check_ins.csv")).unwrap();
    assert!(
        check_ins.contains("2026-11-20T14:00:00Z\r\n"),
        "{check_ins}"
    );
    let again = |args: &[&str]| house.done(&[&["--journal", "again.db"], args].concat());
    again(&["import", "out/"]);
    again(&["export", "csv", "-o", "again/"]);
    for entry in std::fs::read_dir(house.path("out")).unwrap() {
        let name = entry.unwrap().file_name();
        let bytes = |folder: &str| std::fs::read(house.path(folder).join(&name)).unwrap();
        assert_eq!(bytes("out"), bytes("again"), "{name:?}");
    }
    // The import is taken back and done again, with its times.
    again(&["undo"]);
    assert!(again(&["export", "csv"]).out.lines().count() == 1);
    again(&["redo"]);
    again(&["export", "csv", "-o", "again/", "--force"]);
    let check_ins_again = std::fs::read_to_string(house.path("again/check_ins.csv")).unwrap();
    assert_eq!(check_ins_again, check_ins);
    // Both say the same when they meet, and an edit after the import wins.
    let met = house.done(&["import", "again.db", "--dry-run"]).err;
    assert!(met.contains("Nothing new"), "{met}");
    again(&["entry", "dose", "edit", &id("dose"), "--amount", "5"]);
    house.done(&["import", "again.db"]);
    assert!(house.done(&["history"]).out.contains("5 g"));
    house.done(&["export", "csv", "-o", "study", "--share", "P-1", "--yes"]);
    for entry in std::fs::read_dir(house.path("study")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        assert!(!text.contains("edited"), "{text}");
    }
}
