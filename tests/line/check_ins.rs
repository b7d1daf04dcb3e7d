//! A check-in is listed, shown, changed and deleted by the command line, by its id or as the last one.

use super::house::House;
use serde_json::Value;

/// Two check-ins of two days; the first one late.
fn two() -> House {
    let house = House::new();
    house.done(&[
        "checkin",
        "--at",
        "2026-11-20",
        "--set",
        "nausea=2",
        "--set",
        "tremor=1",
        "--note",
        "walked",
    ]);
    house.done(&["checkin", "--overall", "6"]);
    house
}

fn show(house: &House, id: &str) -> Value {
    let shown = house.done(&["entry", "check-in", "show", id, "--json"]).out;
    serde_json::from_str::<Value>(&shown).unwrap()["entry"].clone()
}

fn ids(house: &House, args: &[&str]) -> Vec<String> {
    let listed = house
        .done(&[&["entry", "check-in", "list"], args].concat())
        .out;
    listed
        .lines()
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect()
}

#[test]
fn check_ins_are_listed_with_their_ids_by_days_and_by_number() {
    let house = two();
    let all = ids(&house, &[]);
    assert_eq!(all.len(), 2);
    assert_eq!(ids(&house, &["-n", "1"]), all[1..]);
    assert_eq!(ids(&house, &["--to", "2026-11-21"]), all[..1]);
    assert_eq!(ids(&house, &["--from", "2026-11-21"]), all[1..]);
    let listed = house.done(&["entry", "check-in", "list"]).out;
    assert!(
        ["Nausea 2", "Shaking 1"]
            .iter()
            .all(|it| listed.lines().next().unwrap().contains(it)),
        "{listed}"
    );
    let none = house.done(&[
        "entry",
        "check-in",
        "list",
        "--from",
        "2026-11-21",
        "--to",
        "2026-11-21",
    ]);
    assert_eq!(
        (none.out.as_str(), none.err.as_str()),
        ("", "No check-in in these days.\n")
    );
}

#[test]
fn a_check_in_is_shown_whole_with_what_was_left_blank() {
    let house = House::new();
    house.with_input(&["checkin"], "2 3 . 0 done\n");
    let shown = house.done(&["entry", "check-in", "show", "last"]).out;
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(
        lines[0],
        "Sun 22 Nov 2026 21:40, counts for Sun 22 Nov 2026"
    );
    assert!(
        lines.iter().any(|line| line.ends_with("2 moderate")),
        "{shown}"
    );
    assert!(
        lines.iter().any(|line| line.ends_with("left blank")),
        "{shown}"
    );
    assert_eq!(lines.len(), 19, "{shown}");
}

#[test]
fn an_edit_changes_what_is_given_and_nothing_else_and_undo_takes_it_back() {
    let house = two();
    let first = ids(&house, &[])[0].clone();
    let before = show(&house, &first);
    let said = house.done(&[
        "entry", "check-in", "edit", &first, "--set", "nausea=4", "--set", "tremor=",
    ]);
    assert!(
        said.err
            .starts_with("Changed: check-in Fri 20 Nov, no time, 1 of 2 answered"),
        "{said:?}"
    );
    let after = show(&house, &first);
    assert_eq!(
        (&after["ratings"]["nausea"], &after["ratings"]["tremor"]),
        (&Value::from(4), &Value::Null)
    );
    // Asked and left blank is stored; not asked would be no row.
    assert_eq!(after["ratings"].get("tremor"), Some(&Value::Null));
    for key in ["at", "zone", "late", "note", "overall", "date", "id"] {
        assert_eq!(after[key], before[key], "{key}");
    }
    assert_eq!(before["late"], true);
    house.done(&["undo"]);
    assert_eq!(show(&house, &first), before);
    house.done(&[
        "entry",
        "check-in",
        "edit",
        &first,
        "--overall",
        "7",
        "--note",
        "",
    ]);
    let after = show(&house, &first);
    assert_eq!(
        (&after["overall"], &after["note"], &after["ratings"]),
        (&Value::from(7), &Value::Null, &before["ratings"])
    );
    house.done(&[
        "entry",
        "check-in",
        "edit",
        &first,
        "--at",
        "2026-11-19 08:30",
    ]);
    let moved = show(&house, &first);
    assert_eq!(
        (&moved["date"], &moved["at"]),
        (&"2026-11-19".into(), &"2026-11-19T08:30:00-05:00".into())
    );
}

#[test]
fn a_slip_in_an_edit_changes_nothing() {
    let house = two();
    let first = ids(&house, &[])[0].clone();
    let before = show(&house, &first);
    let slips: &[&[&str]] = &[
        &["edit", &first],
        &["edit", &first, "--set", "nausea=5"],
        &["edit", &first, "--set", "nosuchthing=1"],
        &["edit", &first, "--set", "nosuchthing="],
        &["edit", &first, "--overall", "11"],
        &["edit", &first, "--at", "2027-01-01 10:00"],
        &[
            "edit", &first, "--set", "nausea=", "--set", "tremor=", "--note", "",
        ],
        &["edit", "ffffffff", "--overall", "1"],
        &["show", "ff"],
        &["delete", "nothing"],
    ];
    for slip in slips {
        let said = house.ebb(&[&["entry", "check-in"], *slip].concat());
        assert_eq!(said.code, 2, "{slip:?}: {said:?}");
        assert_eq!(show(&house, &first), before, "{slip:?}");
    }
}

#[test]
fn a_deleted_check_in_lies_in_the_bin_and_comes_back() {
    let house = two();
    let said = house.done(&["entry", "check-in", "delete", "last"]);
    assert!(
        said.err.starts_with(
            "Deleted: check-in 21:40, Sun 22 Nov; `ebb undo` takes it back. It lies in the bin"
        ),
        "{said:?}"
    );
    assert_eq!(ids(&house, &[]).len(), 1);
    house.done(&["bin", "restore", "last"]);
    assert_eq!(ids(&house, &[]).len(), 2);
}

#[test]
fn the_ids_of_history_are_those_that_entry_takes() {
    let house = two();
    house.done(&["dose", "2g", "powder"]);
    let history = house.done(&["history", "--ids"]).out;
    let id = |part: &str| {
        let line = history.lines().find(|line| line.contains(part)).unwrap();
        line.trim_start().split(' ').next().unwrap().to_owned()
    };
    let shown = house.done(&["entry", "dose", "show", &id("Used 2 g")]).out;
    assert!(shown.contains("Amount: 2"), "{shown}");
    let shown = house
        .done(&["entry", "check-in", "show", &id("overall 6")])
        .out;
    assert!(shown.contains("Overall 6"), "{shown}");
}
